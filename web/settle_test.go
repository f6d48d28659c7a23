package web

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"bonafide/intake"
	"bonafide/match/fingerprint"
	"bonafide/record"
)

// Devices come back, a payment is held by two and lifted by one; nothing on the
// page pays or holds back.
func TestSettlementPage(t *testing.T) {
	w := newWorld(t)
	w.example(60)
	ana, ben := w.browser(record.RoleReviewer), w.browser(record.RoleReviewer)
	id := cases(ana.get("/queue?view=open", 200))[0]
	at := "/cases/" + id + "/settlement"
	for _, lang := range []string{"de", "pt-PT", "en"} {
		ana.lang = lang
		ana.get(at, 200)
	}
	ana.post(at, url.Values{"do": {"device"}}, 400)
	ana.post(at, url.Values{"do": {"device"}, "device": {"laptop <b>7"}, "serial": {"SN-100"}, "country": {"pt"}, "due": {"2026-01-01"}}, 200)
	ana.post(at, url.Values{"do": {"missing"}, "item": {"1"}}, 200)
	page := ana.post(at, url.Values{"do": {"back"}, "item": {"1"}, "serial": {"SN-200"}, "from": {"lt"}}, 200)
	if !strings.Contains(page, "SN-100 → SN-200") || !strings.Contains(page, "PT → LT") || strings.Contains(page, "laptop <b>") {
		t.Errorf("%s", text(page))
	}
	ana.post(at, url.Values{"do": {"pay"}, "kind": {"wage"}, "what": {"January"}, "earned": {"yes"}, "due": {"2026-01-31"}}, 200)
	review := w.now().AddDate(0, 0, 20).Format(time.DateOnly)
	hold := url.Values{"do": {"ask-hold"}, "item": {"1"}, "adviser": {"counsel"}, "basis": {"asset freeze"}, "review": {review}}
	ana.post(at, url.Values{"do": {"ask-hold"}, "item": {"1"}, "review": {review}}, 400)
	if page = ana.post(at, hold, 200); !strings.Contains(page, "nothing waits yet") || strings.Contains(page, "Agree to the hold") {
		t.Errorf("%s", text(page))
	}
	ana.post(at, url.Values{"do": {"hold"}, "item": {"1"}}, http.StatusForbidden)
	if page = ben.post(at, url.Values{"do": {"hold"}, "item": {"1"}}, 200); !strings.Contains(page, "Held by two people") {
		t.Errorf("%s", text(page))
	}
	ben.post(at, url.Values{"do": {"made"}, "item": {"1"}}, http.StatusConflict)
	if page = ben.post(at, url.Values{"do": {"lift"}, "item": {"1"}, "why": {"the doubt was wrong"}}, 200); !strings.Contains(page, "Hold lifted") || !strings.Contains(page, "the doubt was wrong") {
		t.Errorf("%s", text(page))
	}
	if letter := ben.get("/cases/"+id+"/drafts/hold-lifted", 200); !strings.Contains(letter, "We are sorry") {
		t.Errorf("%s", text(letter))
	}
	if regexp.MustCompile(`(?i)<button[^>]*>[^<]*\b(pay now|transfer|send money|forfeit)`).MatchString(page) {
		t.Error("there is a button that pays or takes away")
	}
	w.browser(record.RoleViewer).get(at, http.StatusForbidden)
}

// Something of ours stands in the open: compared by what stood there, which is not
// kept; without fingerprints it is kept uncompared.
func TestPublication(t *testing.T) {
	w := newWorld(t)
	w.example(60)
	b := w.browser(record.RoleReviewer)
	id := cases(b.get("/queue?view=open", 200))[0]
	at := "/cases/" + id + "/demand"
	b.post(at, url.Values{"do": {"public"}, "where": {"javascript:alert(1)"}, "source": {"person"}}, 400)
	page := b.post(at, url.Values{"do": {"public"}, "where": {"https://paste.example/1"}, "source": {"person"}, "text": {"secret words"}}, 200)
	if !strings.Contains(page, "Not compared") || !strings.Contains(page, "--fingerprints") {
		t.Errorf("%s", text(page))
	}
	b.post(at, url.Values{"do": {"public"}, "where": {"https://paste.example/1"}, "source": {"person"}}, http.StatusConflict)
	var index bytes.Buffer
	x, err := fingerprint.NewWriter(&index)
	ok(t, err)
	print, err := fingerprint.Of(strings.NewReader("package billing"))
	ok(t, err)
	ok(t, x.Add(fingerprint.File{Path: "billing/rounding.go", Print: print}))
	ok(t, x.Close())
	w.keep.Ours, err = intake.OpenOurs(&index)
	ok(t, err)
	page = b.post(at, url.Values{"do": {"public"}, "where": {"https://paste.example/2"}, "source": {"monitoring"}, "text": {"package billing"}}, 200)
	if !strings.Contains(page, "The same bytes as a file of ours") || !strings.Contains(page, "billing/rounding.go") || strings.Contains(page, "package billing") {
		t.Errorf("%s", text(page))
	}
	if page = b.get("/cases/"+id, 200); !strings.Contains(page, "ext-publication-watch") {
		t.Error("the case does not show it")
	}
	page = b.post(at, url.Values{"do": {"public"}, "where": {"https://paste.example/3"}, "source": {"person"}, "sha256": {strings.Repeat("0", 64)}}, 200)
	if !strings.Contains(page, "Like no file of ours") {
		t.Errorf("%s", text(page))
	}
}
