package document

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPDFEncrypted: a file that opens without a word is read like any other,
// whatever its cipher; one that needs a password is refused. The files are one
// page of our own, encrypted by qpdf.
func TestPDFEncrypted(t *testing.T) {
	files, err := filepath.Glob("testdata/encrypted/*.pdf")
	if err != nil || len(files) != 6 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		r := read(t, b, "pdf")
		if strings.Contains(path, "needs_password") {
			if r.Verdict != Refused || r.Reason != ReasonEncrypted {
				t.Errorf("%s: %s %s", path, r.Verdict, r.Reason)
			}
			continue
		}
		if r.Text != "Zuzana Vzor, developer" || r.Metadata.Author != "Gerald Whitcombe" || !has(r.Flags, FlagHidden) || !has(r.Flags, FlagActive) || has(r.Flags, FlagMalformed) {
			t.Errorf("%s: %+v", path, r)
		}
	}
}
