package api

import (
	"net/http"
	"testing"

	"bonafide/record"
)

// Who may see a case is a list that its own people keep, over the wire too.
func TestCircleOverTheWire(t *testing.T) {
	w := newWorld(t)
	ana, ben := w.person("one", record.RoleReviewer), w.person("one", record.RoleReviewer)
	at := "/v1/cases/" + want[Accepted](t, w.ask("POST", "/v1/applications", applicant("1", "Nora Muster"), w.person("one", record.RoleLead)), 202).Case + "/circle"
	if c := want[Circle](t, w.ask("GET", at, nil, ben), 200); c.Closed || len(c.People) != 0 {
		t.Errorf("%+v", c)
	}
	if r := w.ask("POST", at, []byte(`{"do":"admit","address":"x@example.org"}`), ben); r.status != http.StatusConflict {
		t.Errorf("a list of an open case: %d", r.status)
	}
	if c := want[Circle](t, w.ask("POST", at, []byte(`{"do":"close"}`), ana), 200); !c.Closed || len(c.People) != 1 {
		t.Errorf("%+v", c)
	}
	if r := w.ask("GET", at, nil, ben); r.status != http.StatusNotFound {
		t.Errorf("outside: %d", r.status)
	}
	if r := w.ask("POST", at, []byte(`{"do":"admit","address":"nobody@example.org"}`), ana); r.status != http.StatusBadRequest {
		t.Errorf("nobody: %d", r.status)
	}
}
