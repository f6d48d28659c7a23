package web

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bonafide/egress"
	"bonafide/prove/wallet/walletsim"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// issuerHouse is where an invented state keeps its status and revocation lists.
type issuerHouse struct {
	*httptest.Server
	status, crl atomic.Pointer[[]byte]
	asked       atomic.Int64
}

func newIssuerHouse(t *testing.T) *issuerHouse {
	h := &issuerHouse{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.asked.Add(1)
		b := map[string]*atomic.Pointer[[]byte]{"/status": &h.status, "/crl": &h.crl}[r.URL.Path]
		if b == nil || b.Load() == nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.Write(*b.Load())
	}))
	t.Cleanup(h.Close)
	return h
}

// TestPortalLists: a credential that names a status list, from a signer that names a
// revocation list. Off, or not allowed, nothing is asked, nothing is proven and
// nothing has failed; allowed, both lists decide, and are asked once for as long as
// they say.
func TestPortalLists(t *testing.T) {
	w := newWorld(t)
	h := newIssuerHouse(t)
	issuer, err := w.state.Issue(walletsim.Leaf{Name: "Utopia PID issuer", CRLs: []string{"ldap://x.example/crl", h.URL + "/crl"}})
	ok(t, err)
	leaf, err := x509.ParseCertificate(issuer.Chain[0])
	ok(t, err)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ok(t, err)
	now := w.now()
	held, err := issuer.IssueSDJWT(walletsim.SDJWT{Type: "urn:eudi:pid:1", Claims: map[string]any{"family_name": "Muster", "given_name": "Ana", "birthdate": "1990-02-03"},
		Always: map[string]any{"iss": "https://issuer.example", "iat": now.AddDate(0, -1, 0).Unix(), "exp": now.AddDate(0, 2, 0).Unix(),
			"status": map[string]any{"status_list": map[string]any{"idx": 1, "uri": h.URL + "/status"}}}}, key)
	ok(t, err)
	publish := func(state uint8, life time.Duration) {
		list, err := issuer.StatusList(h.URL+"/status", 2, []uint8{2, state, 0}, w.now().Add(-time.Minute), w.now().Add(life))
		ok(t, err)
		b := []byte(list)
		h.status.Store(&b)
	}
	person := 0
	// show presents the credential for a new person, and gives what stands of it:
	// the proofs, and the report of the step.
	show := func() (proofs int, report string) {
		t.Helper()
		person++
		subject, id := w.apply(someone(fmt.Sprintf("l%d", person)))
		b := w.invited(id)
		tel := &phone{at: w.http.URL, wallet: &walletsim.Wallet{Held: []*walletsim.Held{held}, At: w.now()}}
		back, status, err := tel.open(walletLink(t, b.post("/portal/identity/wallet", url.Values{"here": {"yes"}}, 200)), walletsim.Tamper{})
		if err != nil || status != 200 {
			t.Fatal(status, err)
		}
		if page := b.get(back, 200); !strings.Contains(page, "arrived") {
			t.Error("the page tells what came of it")
		}
		w.see(func(t *store.Tx) error {
			steps, err := t.PortalSteps(subject)
			report = fmt.Sprint(steps[len(steps)-1].Report)
			return err
		})
		return len(w.application(subject).Proofs), report
	}
	expect := func(name string, asked int64, proofs int, words ...string) {
		t.Helper()
		got, report := show()
		if got != proofs || h.asked.Load() != asked {
			t.Errorf("%s: %d proofs, asked %d times: %s", name, got, h.asked.Load(), report)
		}
		for _, word := range words {
			if !strings.Contains(report, word) {
				t.Errorf("%s: no %q in %s", name, word, report)
			}
		}
		if strings.Contains(name, "not") && strings.Contains(report, "failed") {
			t.Errorf("%s: something failed: %s", name, report)
		}
	}
	publish(0, time.Hour)
	expect("not switched on", 0, 0, "was not fetched")
	w.prover.Lists = &screen.Lookups{Now: w.now, Plain: true, Net: func(on egress.Occasion, hosts []string) screen.Pages {
		return egress.New(egress.Config{Hosts: hosts, Private: true, Redirects: -1}, on, w.store.KeepLookup)
	}}
	expect("not allowed", 0, 0, "not on the allow-list")
	if _, err := w.keep.SetLookupHosts(ctx, operator(), []string{"127.0.0.1:80"}, nil); err == nil {
		t.Error("an address with a port is allowed")
	}
	_, err = w.keep.SetLookupHosts(ctx, operator(), []string{"127.0.0.1"}, nil)
	ok(t, err)
	expect("not revoked; no revocation list there", 2, 1, "the host gave no list", "sha256")
	revoked, err := w.state.Revoke(w.now().Add(-time.Hour), w.now().Add(24*time.Hour))
	ok(t, err)
	h.crl.Store(&revoked)
	w.later(6 * time.Minute) // who gave nothing is asked again, who gave a list is not
	expect("not on either list", 3, 1, "the signer is not revoked")
	expect("not asked again", 3, 1)
	publish(1, time.Hour)
	expect("the copy holds", 3, 1)
	w.later(time.Hour)
	publish(1, time.Hour)
	expect("revoked by the issuer", 4, 0, "revoked by the issuer")
	publish(0, time.Hour)
	w.later(25 * time.Hour)
	publish(0, time.Hour)
	revoked, err = w.state.Revoke(w.now().Add(-time.Hour), w.now().Add(24*time.Hour), leaf.SerialNumber)
	ok(t, err)
	h.crl.Store(&revoked)
	expect("the signer was revoked", 6, 0, "certificate was revoked")
	// A list by somebody else is none, and the host that gives it is left alone for a while.
	w.later(25 * time.Hour)
	other, err := walletsim.NewAuthority("Another", w.now().AddDate(-1, 0, 0), w.now().AddDate(1, 0, 0))
	ok(t, err)
	stranger, err := other.Issue(walletsim.Leaf{Name: "Stranger"})
	ok(t, err)
	forged, err := stranger.StatusList(h.URL+"/status", 2, []uint8{0, 0, 0}, w.now().Add(-time.Minute), w.now().Add(time.Hour))
	ok(t, err)
	b := []byte(forged)
	h.status.Store(&b)
	good, err := w.state.Revoke(w.now().Add(-time.Hour), w.now().Add(24*time.Hour))
	ok(t, err)
	h.crl.Store(&good)
	expect("not by its authority", 8, 0, "trust list")
	// Reviewers see which part it was, and what was looked up for it, in their language.
	_, caseID := w.apply(someone(fmt.Sprintf("l%d", person)))
	for lang, words := range map[string][]string{"en": {"What arrived, part by part", "Not withdrawn", "not verifiable", "Revocation list of 127.0.0.1, fetched on"}, "de": {"Teil für Teil", "nicht prüfbar", "Sperrliste von 127.0.0.1, abgerufen am"}, "pt": {"parte por parte", "não verificável"}} {
		desk := w.browser(record.RoleReviewer)
		desk.lang = lang
		page := desk.get("/cases/"+caseID+"/proofs", 200)
		for _, word := range words {
			if !strings.Contains(page, word) {
				t.Errorf("%s: no %q", lang, word)
			}
		}
	}
	ok(t, w.store.Integrate(ctx)) // what the last minute wrote has its place in the log from here on
	entries := 0
	w.see(func(t *store.Tx) error {
		all, err := t.Entries(store.EntryFilter{Object: "asker/lists", After: -1, Limit: 100})
		entries = len(all)
		return err
	})
	if entries != 10 {
		t.Errorf("%d entries for 8 look-ups and 2 that were refused", entries)
	}
}
