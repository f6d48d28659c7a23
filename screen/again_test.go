package screen_test

import (
	"testing"

	"bonafide/store/pgtest"
)

// TestOnPostgres runs the tests of this room again.
func TestOnPostgres(t *testing.T) { pgtest.Again(t, "newKeeper") }
