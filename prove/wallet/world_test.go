package wallet_test

import (
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"bonafide/prove/wallet"
	"bonafide/prove/wallet/walletsim"
)

// world is an invented state, a verifier and a person with a wallet.
type world struct {
	at       time.Time
	state    *walletsim.Authority
	issuer   *walletsim.Signer
	verifier *wallet.Identity
	trust    *wallet.TrustList
}

const (
	pidType  = "urn:eudi:pid:1"
	pidDoc   = "eu.europa.ec.eudi.pid.1"
	listURI  = "https://issuer.example/status/1"
	respond  = "https://hiring.example/wallet/answer"
	hostName = "hiring.example"
)

func newWorld(t testing.TB, at time.Time) *world {
	t.Helper()
	w := &world{at: at}
	var err error
	if w.state, err = walletsim.NewAuthority("Utopia PID CA", at.AddDate(-1, 0, 0), at.AddDate(5, 0, 0)); err != nil {
		t.Fatal(err)
	}
	if w.issuer, err = w.state.Issue(walletsim.Leaf{Name: "Utopia PID issuer"}); err != nil {
		t.Fatal(err)
	}
	access, err := walletsim.NewAuthority("Access CA", at.AddDate(-1, 0, 0), at.AddDate(5, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	v, err := access.Issue(walletsim.Leaf{Name: "Hiring", DNS: []string{hostName}})
	if err != nil {
		t.Fatal(err)
	}
	w.verifier = &wallet.Identity{Chain: v.Chain, Key: v.Key}
	w.trust = w.list(t, w.state.PEM())
	return w
}

func (w *world) list(t testing.TB, text string) *wallet.TrustList {
	t.Helper()
	l, err := wallet.ReadTrust(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func pidQuery() wallet.Query {
	return wallet.Query{Credentials: []wallet.CredentialQuery{{ID: "pid", Format: wallet.FormatSDJWT, Meta: wallet.Meta{VctValues: []string{pidType}},
		Claims: []wallet.ClaimQuery{{Path: wallet.Path{"family_name"}}, {Path: wallet.Path{"given_name"}}, {Path: wallet.Path{"birthdate"}}, {Path: wallet.Path{"nationalities", nil}}}}}}
}

func mdocQuery() wallet.Query {
	return wallet.Query{Credentials: []wallet.CredentialQuery{{ID: "doc", Format: wallet.FormatMdoc, Meta: wallet.Meta{DoctypeValue: pidDoc},
		Claims: []wallet.ClaimQuery{{Path: wallet.Path{pidDoc, "family_name"}}, {Path: wallet.Path{pidDoc, "birth_date"}}}}}}
}

func (w *world) ask(t testing.TB, q wallet.Query) *wallet.Session {
	t.Helper()
	s, err := wallet.NewSession(wallet.Ask{ClientID: w.verifier.ClientIDByHash(), ResponseURI: respond, Query: q, At: w.at}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (w *world) request(t testing.TB, s *wallet.Session) string {
	t.Helper()
	o, err := s.RequestObject(w.verifier, "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func person() map[string]any {
	return map[string]any{"family_name": "Silva", "given_name": "Ana", "birthdate": "1990-02-03", "nationalities": []any{"PT", "BR"},
		"email": "ana@example.com", "address": map[string]any{"locality": "Porto", "country": "PT"}}
}

func (w *world) pid(t testing.TB, change func(*walletsim.SDJWT)) *walletsim.Held {
	t.Helper()
	c := walletsim.SDJWT{Type: pidType, Claims: person(), Always: map[string]any{"iss": "https://issuer.example", "iat": w.at.AddDate(0, -1, 0).Unix(), "exp": w.at.AddDate(0, 2, 0).Unix()}}
	if change != nil {
		change(&c)
	}
	h, err := w.issuer.IssueSDJWT(c, newKey(t))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (w *world) doc(t testing.TB, change func(*walletsim.Mdoc)) *walletsim.Held {
	t.Helper()
	m := walletsim.Mdoc{Type: pidDoc, NameSpaces: map[string]map[string]any{pidDoc: {"family_name": "Silva", "given_name": "Ana", "birth_date": "1990-02-03", "sex": 2}},
		Signed: w.at.AddDate(0, -1, 0), From: w.at.AddDate(0, -1, 0), Until: w.at.AddDate(0, 2, 0)}
	if change != nil {
		change(&m)
	}
	h, err := w.issuer.IssueMdoc(m, newKey(t))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// present runs one whole exchange and gives the report.
func (w *world) present(t testing.TB, h *walletsim.Held, tamper walletsim.Tamper) *wallet.Report {
	t.Helper()
	return w.presentWith(t, h, tamper, wallet.Verification{At: w.at, Trust: w.trust})
}

func (w *world) presentWith(t testing.TB, h *walletsim.Held, tamper walletsim.Tamper, by wallet.Verification) *wallet.Report {
	t.Helper()
	q := pidQuery()
	if h.Format == wallet.FormatMdoc {
		q = mdocQuery()
	}
	s := w.ask(t, q)
	body, err := (&walletsim.Wallet{Held: []*walletsim.Held{h}, At: w.at}).Answer(w.request(t, s), tamper)
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.Read([]byte(body), by)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Reports) != 1 {
		t.Fatalf("%d reports", len(a.Reports))
	}
	return &a.Reports[0]
}

func verdict(r *wallet.Report) string {
	var b strings.Builder
	for _, p := range r.Parts {
		if p.Outcome != wallet.OK {
			fmt.Fprintf(&b, "%s=%s (%s); ", p.Part, p.Outcome, p.Detail)
		}
	}
	return b.String()
}

// check compares all parts; those not named must be ok.
func check(t testing.TB, r *wallet.Report, want map[wallet.PartName]wallet.Outcome) {
	t.Helper()
	for _, p := range r.Parts {
		w, named := want[p.Part]
		if !named {
			w = wallet.OK
		}
		if p.Outcome != w {
			t.Errorf("%s is %s (%s), want %s", p.Part, p.Outcome, p.Detail, w)
		}
	}
}
