package web

import (
	"strings"
	"testing"

	"bonafide/record"
)

// TestSystemSaid: what the applicant tracking system noted stands on the case as its
// own words, and that it was not given as that; elsewhere there is no such part.
func TestSystemSaid(t *testing.T) {
	w := newWorld(t)
	b := w.browser(record.RoleReviewer)
	for name, c := range map[string]struct{ raw, says string }{
		"noted":     {`[{"createdAt":"2026-01-15T10:30:00Z","fraudSignals":[{"category":"Geographic","name":"Line of a <b>data centre</b>","value":"Porto, PT"}]}]`, "Line of a &lt;b&gt;data centre"},
		"nothing":   {`[]`, "Nothing."},
		"not given": {`"not given: ashby: the key lacks a permission"`, "the key lacks a permission"},
	} {
		a := someone("s-" + strings.ReplaceAll(name, " ", "-"))
		a.Extra = record.Fields{"fraudChecks": []byte(c.raw)}
		_, id := w.apply(a)
		if page := b.get("/cases/"+id, 200); !strings.Contains(page, "What Ashby itself noted") || !strings.Contains(page, c.says) {
			t.Errorf("%s: not on the page: %q", name, c.says)
		}
	}
	_, id := w.apply(someone("plain"))
	if strings.Contains(b.get("/cases/"+id, 200), "What Ashby itself noted") {
		t.Error("a record that was never asked about has the part")
	}
}
