package api

import (
	"net/http"
	"strings"
	"testing"

	"bonafide/access"
	"bonafide/record"
)

// A demand comes in over the wire: taken once, read by the circle, compared by
// nobody else, and no key may.
func TestDemands(t *testing.T) {
	w := newWorld(t)
	ana, ben := w.person("one", record.RoleReviewer), w.person("one", record.RoleReviewer)
	id := want[Accepted](t, w.ask("POST", "/v1/applications", applicant("1", "Nora Muster"), w.person("one", record.RoleLead)), 202).Case
	mail := map[string]string{"Content-Type": "message/rfc822"}
	message := []byte("From: x@mail.example\r\nSubject: your code\r\nContent-Type: text/plain\r\n\r\nPay to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa\r\n")
	if r := w.ask("POST", "/v1/cases/"+id+"/demands", []byte("no head"), ana, mail); r.status != 400 {
		t.Errorf("what is no mail: %d %s", r.status, r.body)
	}
	d := want[record.Demand](t, w.ask("POST", "/v1/cases/"+id+"/demands", message, ana, mail), 201)
	if len(d.Wallets) != 1 || len(d.SHA256) != 64 {
		t.Errorf("%+v", d)
	}
	if r := w.ask("POST", "/v1/cases/"+id+"/demands", message, ana, mail); r.status != http.StatusConflict {
		t.Errorf("twice: %d", r.status)
	}
	if got := want[Demands](t, w.ask("GET", "/v1/cases/"+id+"/demands", nil, ana), 200); len(got.Demands) != 1 {
		t.Errorf("%+v", got)
	}
	if r := w.ask("GET", "/v1/cases/"+id+"/demands", nil, ben); r.status != http.StatusNotFound {
		t.Errorf("outside the circle: %d", r.status)
	}
	if r := w.ask("POST", "/v1/cases/"+id+"/demands", message, w.key("one", access.ScopeRead), mail); r.status != http.StatusForbidden {
		t.Errorf("a key: %d", r.status)
	}
	p := want[Papers](t, w.ask("GET", "/v1/cases/"+id+"/drafts?id=report-us", nil, ana), 200)
	if len(p.Papers) != 1 || !strings.Contains(p.Papers[0].Markdown, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa") {
		t.Errorf("%+v", p)
	}
	if x := want[Indicators](t, w.ask("GET", "/v1/cases/"+id+"/indicators?form=misp", nil, ana), 200); !strings.Contains(string(x.Export), `"btc"`) || strings.Contains(string(x.Export), "mail.example") {
		t.Errorf("%s", x.Export)
	}
	if p := want[Papers](t, w.ask("GET", "/v1/papers?id=works&lang=pt", nil, w.person("one", record.RoleWorks)), 200); !strings.Contains(p.Papers[0].Markdown, "doc-mrz-check-digits") {
		t.Error("the annex lacks the catalogue")
	}
	if r := w.ask("GET", "/v1/papers?id=none", nil, w.person("one", record.RoleWorks)); r.status != http.StatusNotFound {
		t.Errorf("no such paper: %d", r.status)
	}
}
