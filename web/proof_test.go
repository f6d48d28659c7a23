package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bonafide/record"
)

// What people bring to a case: a link for the person, a call through the
// switchboard, the bank's word, a live moment that two people saw, an identity
// confirmed again. Each raises its link and clears what it names.
func TestProofs(t *testing.T) {
	w := newWorld(t)
	a := someone("a1")
	a.Role.Tier = record.TierT2
	a.References = []record.Reference{{Name: "Bea Beispiel", Organisation: "Meridian Works", Email: "bea@gmail.com", Relationship: "manager"}}
	a.Payouts = []record.Payout{{Kind: "iban", Value: "PT50000201231234567890154", Holder: "A. Muster"}}
	a.Resume.Work = []record.Work{{Organisation: "Meridian Works", Start: "2021-03"}}
	a.Computers = []record.Computer{{ID: "c1", Serial: "SN-4711"}}
	subject, id := w.apply(a)
	ana, ben := w.browser(record.RoleReviewer), w.browser(record.RoleLead)
	at := "/cases/" + id + "/proofs"
	for _, lang := range []string{"de", "pt", "en"} {
		ana.lang = lang
		if page := ana.get(at, 200); strings.Contains(page, "style=") {
			t.Error("the page carries a style")
		}
	}
	page := ana.post(at, url.Values{"do": {"invite"}}, 200)
	m := regexp.MustCompile(`https://hiring\.example(/invite/[a-z2-7]{52})`).FindStringSubmatch(page)
	if m == nil {
		t.Fatal("no link was shown")
	}
	b := w.stranger()
	b.post(m[1], url.Values{"proof": {field(t, b.get(m[1], 200), "proof")}}, 200)
	ana.post(at, url.Values{"do": {"invite"}, "send": {"yes"}}, 200)
	ana.post(at, url.Values{"do": {"referee"}, "reference": {"0"}, "address": {"office@meridian-works.example"}, "from": {"directory"}, "where": {"register"}}, 200)
	if got := w.mails(); len(got) != 2 {
		t.Errorf("%d letters", len(got))
	}
	for what, form := range map[string]url.Values{
		"employment": {"do": {"confirmation"}, "kind": {"employment"}, "contact_from": {"switchboard"}, "outcome": {"confirmed"}, "about": {"resume.work[0]"}, "issuer": {"Meridian Works"}},
		"name":       {"do": {"confirmation"}, "kind": {"name-check"}, "name_check": {"match"}, "about": {"payouts[0]"}, "issuer": {"Bank"}},
		"denied":     {"do": {"confirmation"}, "kind": {"education"}, "contact_from": {"issuer"}, "outcome": {"no-record"}},
		"call":       {"do": {"moment"}, "kind": {"interview"}, "liveness": {"followed"}, "portrait": {"same"}, "knowledge": {"detailed"}},
		"hand-over":  {"do": {"moment"}, "kind": {"onboarding"}, "continuity": {"same"}, "serial": {"sn-4711"}},
		"again":      {"do": {"again"}, "due": {"2027-11-22"}, "method": {"chip"}, "outcome": {"same"}},
	} {
		if page := ana.post(at, form, 200); !strings.Contains(page, "Proofs") {
			t.Errorf("%s: %s", what, text(page))
		}
	}
	for _, bad := range []url.Values{
		{"do": {"confirmation"}, "kind": {"employment"}, "outcome": {"confirmed"}}, {"do": {"confirmation"}, "kind": {"x"}, "outcome": {"confirmed"}, "contact_from": {"issuer"}},
		{"do": {"moment"}, "kind": {"interview"}, "liveness": {"x"}}, {"do": {"again"}, "due": {"x"}, "method": {"chip"}, "outcome": {"same"}}, {"do": {"again"}, "due": {"2027-01-01"}, "method": {"chip"}, "outcome": {"refused"}}, {"do": {"x"}},
	} {
		ana.post(at, bad, http.StatusBadRequest)
	}
	got := w.application(subject)
	var ids []string
	for _, p := range got.Proofs {
		ids = append(ids, p.ID)
	}
	slices.Sort(ids)
	if strings.Join(ids, " ") != "dev-serial-readback live-again live-call payee-name-check ref-switchboard-confirmation" {
		t.Error(ids)
	}
	r := w.result(subject)
	for _, c := range r.Chain {
		confirmed := c.Link == record.LinkCall || c.Link == record.LinkDevice || c.Link == record.LinkPayee || c.Link == record.LinkReverified
		if confirmed != (c.State == record.StateConfirmed) {
			t.Errorf("%s is %s", c.Link, c.State)
		}
	}
	if at := slices.IndexFunc(r.Findings, func(f record.Finding) bool { return f.Check == "ref-all-freemail" }); at >= 0 && r.Findings[at].ClearedBy == "" {
		t.Error("the switchboard's word does not clear the question about free mail")
	}
	// What speaks against somebody is signed by a second person, for themselves.
	ana.post(at, url.Values{"do": {"moment"}, "kind": {"interview"}, "portrait": {"different"}}, 200)
	agree := url.Values{"do": {"agree"}, "of": {"moment"}, "index": {"2"}}
	ana.post(at, agree, http.StatusForbidden)
	ben.post(at, agree, 200)
	ben.post(at, agree, http.StatusConflict)
	if m := w.application(subject).Moments[2]; m.Second == "" || m.Second == m.By {
		t.Errorf("%+v", m)
	}
	// The same draw for everybody in the role this week.
	_, other := func() (string, string) { x := someone("b2"); x.Role.Tier = record.TierT2; return w.apply(x) }()
	draw := func(b *browser, id string) string {
		page := b.post("/cases/"+id+"/proofs", url.Values{"do": {"draw"}}, 200)
		_, page, _ = strings.Cut(page, `role="status"><p><b>`)
		page, _, _ = strings.Cut(page, "</div>")
		return page
	}
	if one, two := draw(ana, id), draw(ben, other); one != two || !strings.Contains(one, "document beside the face") {
		t.Errorf("two in one role are asked other things: %s | %s", one, two)
	}
	w.browser(record.RoleViewer).get(at, http.StatusNotFound)
	w.browser(record.RoleAuditor).get(at, http.StatusForbidden)
}
