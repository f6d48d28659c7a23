package web

import (
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"bonafide/casework"
	"bonafide/confine"
	"bonafide/connect"
	"bonafide/record"
	"bonafide/report"
	"bonafide/screen"
	"bonafide/store"
)

// The test itself is the locked child when it is started as one.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "worker" {
		os.Exit(confine.Child())
	}
	os.Exit(m.Run())
}

func minutesAgo(w *world, n int) string {
	return w.now().UTC().Add(-time.Duration(n) * time.Minute).Format("2006-01-02T15:04:05")
}

// The papers of the house in three languages, on screen and as files, filled
// from what runs; for those whom they concern and nobody else.
func TestPapers(t *testing.T) {
	w := newWorld(t)
	b := w.browser(record.RoleWorks)
	all, err := report.Papers()
	ok(t, err)
	for _, lang := range []string{"en", "de", "pt-PT"} {
		b.lang = lang
		list := b.get("/papers", 200)
		for _, x := range all {
			if !strings.Contains(list, `href="/papers/`+x.ID+`"`) {
				t.Errorf("%s is not listed", x.ID)
			}
			page := b.get("/papers/"+x.ID, 200)
			if strings.Contains(page, "style=") {
				t.Errorf("%s carries a style of its own", x.ID)
			}
		}
	}
	page := b.get("/papers/works", 200)
	for _, want := range []string{"doc-mrz-check-digits", "case.read", "180"} {
		if !strings.Contains(page, want) {
			t.Errorf("the annex lacks %s", want)
		}
	}
	if md := b.get("/papers/dpia?form=md", 200); !strings.HasPrefix(md, "# ") || !strings.Contains(md, "______") {
		t.Errorf("%.200s", md)
	}
	if page := b.get("/papers/dpia?form=html", 200); !strings.HasPrefix(page, "<!doctype html>") {
		t.Errorf("%.200s", page)
	}
	b.get("/papers/none", 404)
	w.browser(record.RoleReviewer).get("/papers", 403)
}

// Somebody leaves: the inventory, the moment, the confirmation, the gap; who
// shares what; two cases joined with a reason.
func TestLeaving(t *testing.T) {
	w := newWorld(t)
	w.example(60)
	b := w.browser(record.RoleReviewer)
	ids := cases(b.get("/queue?view=open", 200))
	id, other := ids[0], ids[1]
	at := "/cases/" + id + "/offboarding"
	for _, lang := range []string{"de", "pt-PT", "en"} {
		b.lang = lang
		b.get(at, 200)
		b.get("/cases/"+id+"/siblings", 200)
		b.get("/cases/"+id+"/drafts", 200)
	}
	b.step(at, url.Values{"do": {"items"}, "items": {"nonsense"}}, 400)
	b.step(at, url.Values{"do": {"items"}, "items": {"token,forge,<b>ci</b>\nvpn,gate,x"}}, 200)
	b.step(at, url.Values{"do": {"cut"}, "at": {minutesAgo(w, 10)}}, 200)
	b.step(at, url.Values{"do": {"confirm"}, "item": {"1"}, "at": {minutesAgo(w, 8)}, "words": {"forge log"}}, 200)
	page := b.step(at, url.Values{"do": {"seen"}, "item": {"1"}, "words": {"a push"}}, 200)
	if !strings.Contains(page, "2 of 2 open") || !strings.Contains(page, "Used after it was cut") || !strings.Contains(page, "Open, minute by minute") || strings.Contains(page, "<b>ci") {
		t.Errorf("%s", text(page))
	}
	page = b.step("/cases/"+id+"/siblings", url.Values{"op": {"join"}, "other": {other}, "reason": {"one desk"}}, 200)
	if !strings.Contains(page, "one desk") || !strings.Contains(page, "Belong together") {
		t.Errorf("%s", text(page))
	}
	if draft := b.get("/cases/"+id+"/drafts/report-de", 200); !strings.Contains(draft, "GDPR Art. 33") {
		t.Errorf("%s", text(draft))
	}
	w.browser(record.RoleViewer).get(at, http.StatusForbidden)
}

// An access is ended by a connector: shown, ordered by one, signed by another.
func TestOrders(t *testing.T) {
	w := newWorld(t)
	w.example(60)
	b, other := w.browser(record.RoleReviewer), w.browser(record.RoleLead)
	id := cases(b.get("/queue?view=open", 200))[0]
	at := "/cases/" + id + "/offboarding"
	page := b.step(at, url.Values{"do": {"items"}, "items": {"account,idp,nora"}}, 200)
	if !strings.Contains(page, "No connector ends accesses") {
		t.Errorf("%s", text(page))
	}
	w.leaving()
	for _, lang := range []string{"de", "pt-PT", "en"} {
		b.lang = lang
		page = b.post(at, url.Values{"do": {"plan"}, "item": {"1"}, "via": {"directory"}, "account": {"nora"}}, 200)
		if !strings.Contains(page, "GET https://directory.example/Users?filter=userName") || strings.Contains(page, "lever ") {
			t.Errorf("%s: %s", lang, text(page))
		}
	}
	b.post(at, url.Values{"do": {"order"}, "item": {"1"}, "via": {"none"}, "account": {"nora"}}, 404)
	page = b.post(at, url.Values{"do": {"order"}, "item": {"1"}, "via": {"directory"}, "account": {"nora"}}, 200)
	if !strings.Contains(page, "Waits for a second person") || strings.Contains(page, `value="sign"`) {
		t.Errorf("%s", text(page))
	}
	b.post(at, url.Values{"do": {"sign"}, "order": {"1"}}, http.StatusForbidden)
	page = other.post(at, url.Values{"do": {"sign"}, "order": {"1"}}, 200)
	if !strings.Contains(page, "Signed; waits for its moment") || strings.Contains(page, `value="withdraw"`) {
		t.Errorf("%s", text(page))
	}
}

// A connector that is late stands over the queue and on a page of its own.
func TestConnectors(t *testing.T) {
	w := newWorld(t)
	w.example(5)
	b, dpo := w.browser(record.RoleReviewer), w.browser(record.RoleProtection)
	w.leaving()
	w.see(func(tx *store.Tx) error {
		return tx.AddLookup(store.Lookup{At: w.now(), Occasion: "signins.pull", By: "signins", Host: "firm.okta.example", Path: "/api/v1/secret", Status: 200})
	})
	if page := b.get("/queue", 200); strings.Contains(page, "Connectors to look at") {
		t.Error("a banner while all is well")
	}
	w.late()
	page := b.get("/queue", 200)
	if !strings.Contains(page, "Okta System Log (signins): Its key is not taken any more, 6 h behind") {
		t.Errorf("%s", text(page))
	}
	for _, lang := range []string{"de", "pt-PT", "en"} {
		dpo.lang = lang
		if page = dpo.get("/connectors", 200); !strings.Contains(page, "firm.okta.example") || strings.Contains(page, "secret") || !strings.Contains(page, "directory") {
			t.Errorf("%s: %s", lang, text(page))
		}
	}
	if page := text(page); !strings.Contains(page, "the hosts of the connectors that were added") || !strings.Contains(page, "1 of 20,000") || !strings.Contains(page, "fetched from no host") {
		t.Errorf("what may be asked, before anybody said: %s", page)
	}
	_, err := w.desk.SetLimits(ctx, operator(), casework.Limits{Hosts: []string{"firm.okta.example", "api.example"}, Budget: 5000})
	ok(t, err)
	_, err = w.keep.SetLookupHosts(ctx, operator(), []string{".icao.example"}, nil)
	ok(t, err)
	if page := text(dpo.get("/connectors", 200)); !strings.Contains(page, "firm.okta.example, api.example") || !strings.Contains(page, "1 of 5,000") || !strings.Contains(page, "fetched from .icao.example") {
		t.Errorf("what may be asked: %s", page)
	}
	if page = b.get("/connectors", 200); strings.Contains(page, "firm.okta.example") || strings.Contains(page, "icao.example") {
		t.Error("a reviewer sees what was, or may be, asked outside")
	}
	w.browser(record.RoleRecruiter).get("/connectors", http.StatusForbidden)
}

// late adds a connector that was last heard of six hours ago.
func (w *world) late() {
	w.t.Helper()
	_, err := (&screen.Hooks{Keeper: w.keep}).AddHook(ctx, operator(), connect.Endpoint{Name: "signins", Provider: "okta", Pull: true, Account: connect.Account{Base: "https://firm.okta.example", Key: "k"}})
	ok(w.t, err)
	at := w.now().Add(-6*time.Hour - time.Minute).UTC().Format(time.RFC3339)
	w.see(func(tx *store.Tx) error {
		return tx.SaveCursor("pull/signins", []byte(`{"since":"`+at+`","good":"`+at+`","failed":"expired","from":"`+at+`","said":"the provider does not take the key"}`))
	})
}

// leaving adds a connector that ends accesses; nothing is sent there by a page.
func (w *world) leaving() {
	w.t.Helper()
	_, err := (&screen.Hooks{Keeper: w.keep}).AddHook(ctx, operator(), connect.Endpoint{Name: "directory", Provider: "scim", End: true, Account: connect.Account{Base: "https://directory.example", Key: "k"}})
	ok(w.t, err)
}

// A demand is pasted, taken in, compared with lists and cases; to others the
// case is gone.
func TestDemandPage(t *testing.T) {
	w := newWorld(t)
	w.example(60)
	var err error
	w.keep.Files, err = confine.New(confine.Options{})
	ok(t, err)
	b := w.browser(record.RoleReviewer)
	id := cases(b.get("/queue?view=open", 200))[0]
	at := "/cases/" + id + "/demand"
	b.post(at, url.Values{"message": {"no head"}}, 400)
	message := "From: x@mail.example\r\nSubject: your code\r\nDate: Fri, 20 Nov 2026 08:00:00 +0000\r\nContent-Type: text/plain\r\n\r\nPay 2 BTC to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa <script>x</script>\r\n"
	page := b.post(at, url.Values{"message": {message}}, 200)
	if !strings.Contains(page, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa") || strings.Contains(page, "<script>x") || !strings.Contains(page, "2 BTC") {
		t.Errorf("%s", text(page))
	}
	b.post(at, url.Values{"message": {message}}, http.StatusConflict)
	if page = b.post(at, url.Values{"do": {"compare"}}, 200); !strings.Contains(page, "Not listed does not mean permitted") || !strings.Contains(page, "In no case that you may see") {
		t.Errorf("%s", text(page))
	}
	if regexp.MustCompile(`(?i)<button[^>]*>[^<]*\b(pay|reply|answer)`).MatchString(page) {
		t.Error("there is a button to pay or to answer")
	}
	if stix := b.get("/cases/"+id+"/indicators/stix", 200); !strings.Contains(stix, `"type": "bundle"`) || strings.Contains(stix, "mail.example") {
		t.Errorf("%s", stix)
	}
	b.get("/cases/"+id+"/indicators/other", 404)
	b.step("/cases/"+id+"/offboarding", url.Values{"do": {"items"}, "items": {"repository,forge,team/billing"}}, 200)
	if page = b.post(at, url.Values{"do": {"leavers"}, "paths": {"billing/a.go\r\nsite/b.go"}}, 200); !strings.Contains(page, "1 of 2") {
		t.Errorf("%s", text(page))
	}
	w.browser(record.RoleReviewer).get(at, http.StatusNotFound)
	w.browser(record.RoleReviewer).get("/cases/"+id, http.StatusNotFound)
}
