package casework

import (
	"testing"

	"bonafide/store/pgtest"
)

// TestOnPostgres runs the tests of this room again. A package that was changed is
// refused whatever it was made from.
func TestOnPostgres(t *testing.T) { pgtest.Again(t, "openOffice", "TestEvidenceChanged") }
