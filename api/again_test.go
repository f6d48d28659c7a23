package api

import (
	"testing"

	"bonafide/store/pgtest"
)

// TestOnPostgres runs the tests of this room again, but for those that end before
// a record is asked.
func TestOnPostgres(t *testing.T) {
	pgtest.Again(t, "newWorld", "TestHostileJSON", "TestSmuggling", "TestSlowClients")
}
