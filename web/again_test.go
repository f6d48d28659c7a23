package web

import (
	"testing"

	"bonafide/store/pgtest"
)

// TestOnPostgres runs the tests of this room again, but for the browser's and the
// long one that compares what strangers are told.
func TestOnPostgres(t *testing.T) {
	pgtest.Again(t, "newWorld", "TestInABrowser", "TestPortalInABrowser", "TestPortalTellsNothing")
}
