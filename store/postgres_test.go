package store

import (
	"os"
	"testing"
)

// TestMain: this binary is also the child of the tests that kill it.
func TestMain(m *testing.M) {
	if writer := os.Getenv("BONAFIDE_STORE_WRITER"); writer != "" {
		os.Exit(crashWriter(writer))
	}
	if database := os.Getenv("BONAFIDE_STORE_NODE"); database != "" {
		os.Exit(pausedNode(database))
	}
	os.Exit(m.Run())
}
