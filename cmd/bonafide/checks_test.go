package main

import (
	"bytes"
	"os"
	"testing"

	"bonafide/checks"
	"bonafide/record"
	"bonafide/report"
)

// TestPrintIsFresh: docs/checks.md says what the catalogue says.
func TestPrintIsFresh(t *testing.T) {
	var want bytes.Buffer
	report.ChecksMarkdown(&want, described(), record.EN)
	got, err := os.ReadFile("../../docs/checks.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Error("docs/checks.md is stale; make docs prints it anew")
	}
}

// TestEveryCheckShows: in each language, with everything a reader is owed.
func TestEveryCheckShows(t *testing.T) {
	for _, c := range checks.Catalogue() {
		for _, l := range record.Langs {
			var b bytes.Buffer
			report.CheckShow(&b, describe(c), report.Options{Lang: l})
			for _, text := range append(append([]record.Text{c.Title}, c.FalsePositives...), c.Clears...) {
				if text.In(l) == "" || text.DE == "" || text.PT == "" {
					t.Errorf("%s: a text is missing in %s", c.ID, l)
				}
			}
			if !bytes.Contains(b.Bytes(), []byte(c.ID)) || bytes.Contains(b.Bytes(), []byte("⟦")) {
				t.Errorf("%s in %s:\n%s", c.ID, l, b.String())
			}
		}
	}
}
