package web

import (
	"testing"

	"bonafide/store/pgtest"
)

// TestOnPostgres runs the tests of this room again, but for the browser's, which is there itself, and the
// long one that compares what strangers are told.
func TestOnPostgres(t *testing.T) {
	pgtest.Again(t, "newWorld", "TestStories", "TestPortalTellsNothing")
}
