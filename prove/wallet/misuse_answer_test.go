package wallet_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"bonafide/prove/wallet"
	"bonafide/prove/wallet/walletsim"
	"bonafide/record"
)

func TestStatus(t *testing.T) {
	w := newWorld(t, noon)
	states := make([]uint8, 100)
	states[1], states[2], states[3] = 1, 2, 3
	token, err := w.issuer.StatusList(listURI, 2, states, noon.Add(-time.Hour), noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	list, err := wallet.ReadStatusList([]byte(token), w.trust, noon)
	if err != nil {
		t.Fatal(err)
	}
	untrusted, err := wallet.ReadStatusList([]byte(token), nil, noon)
	if err != nil {
		t.Fatal(err)
	}
	stale, err := wallet.ReadStatusList([]byte(token), w.trust, noon.Add(2*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		idx   any
		lists []*wallet.StatusList
		want  wallet.Outcome
	}{
		{"valid", 0, []*wallet.StatusList{list}, wallet.OK}, {"revoked", 1, []*wallet.StatusList{list}, wallet.Failed}, {"suspended", 2, []*wallet.StatusList{list}, wallet.Failed},
		{"the issuer's own", 3, []*wallet.StatusList{list}, wallet.NotVerifiable}, {"beyond the end", 1000, []*wallet.StatusList{list}, wallet.Failed},
		{"negative", -1, []*wallet.StatusList{list}, wallet.Failed}, {"not fetched", 0, nil, wallet.NotDone},
		{"by a stranger", 0, []*wallet.StatusList{untrusted}, wallet.NotVerifiable}, {"stale", 0, []*wallet.StatusList{stale}, wallet.NotVerifiable},
	} {
		status := map[string]any{"status_list": map[string]any{"idx": c.idx, "uri": listURI}}
		for _, h := range []*walletsim.Held{w.pid(t, func(x *walletsim.SDJWT) { x.Always["status"] = status }), w.doc(t, func(x *walletsim.Mdoc) { x.Status = status })} {
			r := w.presentWith(t, h, walletsim.Tamper{}, wallet.Verification{At: noon, Trust: w.trust, Status: c.lists})
			check(t, r, outcomes{wallet.PartStatus: c.want})
			if r.Proven != (c.want == wallet.OK) {
				t.Errorf("%s, %s: proven %v", c.name, h.Format, r.Proven)
			}
		}
	}
	other, err := w.issuer.JWS(map[string]any{"typ": "JWT"}, map[string]any{"sub": listURI, "iat": noon.Unix(), "status_list": map[string]any{"bits": 1, "lst": "eNrbuRgAAhcBXQ"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"", "e", "eyJ", other, token + "x", strings.Replace(token, ".", ".e", 1)} {
		if _, err := wallet.ReadStatusList([]byte(bad), w.trust, noon); record.CodeOf(err) != record.CodeInvalid {
			t.Errorf("status list %.20q: %v", bad, err)
		}
	}
	// A bomb: 16 MiB of zeros in a few kilobytes.
	bomb, err := w.issuer.StatusList(listURI, 8, make([]uint8, 16<<20), noon, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := wallet.ReadStatusList([]byte(bomb), w.trust, noon); err == nil {
		t.Error("a list beyond the bound was read")
	}
}

// TestAnswers: what does not belong to the session is refused as a whole.
func TestAnswers(t *testing.T) {
	w := newWorld(t, noon)
	by := wallet.Verification{At: noon, Trust: w.trust}
	s := w.ask(t, pidQuery())
	own := &walletsim.Wallet{Held: []*walletsim.Held{w.pid(t, nil)}, At: noon}
	answer := func(s *wallet.Session, tamper walletsim.Tamper) string {
		body, err := own.Answer(w.request(t, s), tamper)
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	body := answer(s, walletsim.Tamper{})
	refused := func(name string, s *wallet.Session, body string, by wallet.Verification, code record.Code) {
		t.Helper()
		if a, err := s.Read([]byte(body), by); err == nil || record.CodeOf(err) != code {
			t.Errorf("%s: %v, %v", name, a, err)
		}
	}
	refused("another session's answer", w.ask(t, pidQuery()), body, by, record.CodeInvalid)
	refused("another state", s, answer(s, walletsim.Tamper{State: "x"}), by, record.CodeInvalid)
	refused("too late", s, body, wallet.Verification{At: noon.Add(time.Hour), Trust: w.trust}, record.CodeRefused)
	used := *s
	used.Answered = noon
	refused("a second answer", &used, body, by, record.CodeConflict)
	refused("unencrypted", s, `{"vp_token": {}, "state": "`+s.State+`"}`, by, record.CodeInvalid)
	refused("a parameter twice", s, body+"&response=x", by, record.CodeInvalid)
	refused("nothing", s, "", by, record.CodeInvalid)
	refused("too long", s, strings.Repeat("a", 3<<20), by, record.CodeInvalid)
	for name, header := range map[string]map[string]any{
		"direct encryption": {"alg": "dir"}, "RSA": {"alg": "RSA-OAEP"}, "wrapped key": {"alg": "ECDH-ES+A128KW"}, "CBC": {"enc": "A128CBC-HS256"},
		"compression": {"zip": "DEF"}, "a demand": {"crit": []any{"x"}}, "another key": {"kid": "x"}, "a point off the curve": {"epk": map[string]any{"kty": "EC", "crv": "P-256", "x": strings.Repeat("A", 43), "y": strings.Repeat("A", 43)}},
		"no ephemeral key": {"epk": nil}, "another curve": {"epk": map[string]any{"kty": "OKP", "crv": "X25519", "x": strings.Repeat("A", 43)}}, "other parties": {"apu": "AAAA"},
	} {
		refused(name, s, answer(s, walletsim.Tamper{JWEHeader: header}), by, record.CodeInvalid)
	}
	// The same good answer still counts; the keeper then marks the session.
	if a, err := s.Read([]byte(body), by); err != nil || !a.Satisfied || len(a.Missing) > 0 {
		t.Errorf("%v %v", a, err)
	}
	// A presentation replayed into another session fails on its nonce.
	other := w.ask(t, pidQuery())
	var kept string
	answer(s, walletsim.Tamper{Presentation: func(_, p string) any { kept = p; return p }})
	replay := answer(other, walletsim.Tamper{Presentation: func(string, string) any { return kept }})
	a, err := other.Read([]byte(replay), by)
	if err != nil {
		t.Fatal(err)
	}
	check(t, &a.Reports[0], with(outcomes{wallet.PartNonce: wallet.Failed}))
	// The person said no.
	a, err = s.Read([]byte("error=access_denied&state="+s.State), by)
	if err != nil || a.Refused != "access_denied" || a.Satisfied || len(a.Missing) != 1 {
		t.Errorf("%v %v", a, err)
	}
	if a, err := s.Read([]byte("error=%3Cscript%3E&state="+s.State), by); err != nil || a.Refused != "other" {
		t.Errorf("a stranger's words were passed on: %v %v", a, err)
	}
}

func TestRequests(t *testing.T) {
	w := newWorld(t, noon)
	byName, err := w.verifier.ClientIDByName(hostName)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(a wallet.Ask) (*wallet.Session, error) {
		a.At = noon
		if a.Query.Credentials == nil {
			a.Query = pidQuery()
		}
		return wallet.NewSession(a, rand.Reader)
	}
	s, err := ask(wallet.Ask{ClientID: byName, ResponseURI: respond})
	if err != nil {
		t.Fatal(err)
	}
	own := &walletsim.Wallet{Held: []*walletsim.Held{w.pid(t, nil)}, At: noon}
	body, err := own.Answer(w.request(t, s), walletsim.Tamper{})
	if err != nil {
		t.Fatal(err)
	}
	// The session is kept as text between asking and answer.
	kept, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	again, err := wallet.ReadSession(bytes.NewReader(kept))
	if err != nil {
		t.Fatal(err)
	}
	if a, err := again.Read([]byte(body), wallet.Verification{At: noon, Trust: w.trust}); err != nil || !a.Satisfied {
		t.Errorf("%+v %v", a, err)
	}
	link, err := s.Link("haip-vp", "https://hiring.example/wallet/request/1")
	if err != nil || link != "haip-vp://?client_id=x509_san_dns%3Ahiring.example&request_uri=https%3A%2F%2Fhiring.example%2Fwallet%2Frequest%2F1" {
		t.Errorf("%s %v", link, err)
	}
	if link, err = s.Link("https://wallet.example/authorize", "https://hiring.example/r"); err != nil || !strings.HasPrefix(link, "https://wallet.example/authorize?client_id=") {
		t.Errorf("%s %v", link, err)
	}
	back, code, err := s.Return("https://hiring.example/done?step=2", rand.Reader)
	if err != nil || len(code) != 43 || string(back) != `{"redirect_uri":"https://hiring.example/done?response_code=`+code+`&step=2"}` {
		t.Errorf("%s %v", back, err)
	}
	if _, _, err := s.Return("http://hiring.example/done", rand.Reader); err == nil {
		t.Error("sent back in the open")
	}
	for _, bad := range [][2]string{{"javascript:alert(1)", "https://a.example"}, {"openid4vp", "http://a.example"}, {"", "https://a.example"}} {
		if _, err := s.Link(bad[0], bad[1]); err == nil {
			t.Errorf("link %v", bad)
		}
	}
	for name, a := range map[string]wallet.Ask{
		"http":            {ClientID: byName, ResponseURI: "http://hiring.example/x"},
		"another host":    {ClientID: byName, ResponseURI: "https://other.example/x"},
		"no client id":    {ResponseURI: respond},
		"a bare name":     {ClientID: hostName, ResponseURI: respond},
		"no claims":       {ClientID: byName, ResponseURI: respond, Query: wallet.Query{Credentials: []wallet.CredentialQuery{{ID: "a", Format: wallet.FormatSDJWT, Meta: wallet.Meta{VctValues: []string{"x"}}}}}},
		"a doubtful id":   {ClientID: byName, ResponseURI: respond, Query: wallet.Query{Credentials: []wallet.CredentialQuery{{ID: "a b", Format: wallet.FormatSDJWT, Meta: wallet.Meta{VctValues: []string{"x"}}}}}},
		"a foreign claim": {ClientID: byName, ResponseURI: respond, Query: wallet.Query{Credentials: []wallet.CredentialQuery{{ID: "a", Format: "ldp_vc"}}}},
	} {
		if _, err := ask(a); record.CodeOf(err) != record.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.verifier.ClientIDByName("other.example"); err == nil {
		t.Error("a name the certificate does not bear")
	}
	mixed, err := ask(wallet.Ask{ClientID: "x509_hash:AAAA", ResponseURI: respond})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := mixed.RequestObject(w.verifier, "", rand.Reader); err == nil {
		t.Error("a client id of another certificate was signed")
	}
}

// TestQuerySets: alternatives of claims and of credentials.
func TestQuerySets(t *testing.T) {
	w := newWorld(t, noon)
	q := pidQuery()
	q.Credentials[0].Claims = []wallet.ClaimQuery{{ID: "a", Path: wallet.Path{"tax_number"}}, {ID: "b", Path: wallet.Path{"family_name"}}, {ID: "c", Path: wallet.Path{"address", "country"}, Values: []any{"DE", "PT"}}}
	q.Credentials[0].ClaimSets = [][]string{{"a"}, {"b", "c"}}
	q.Credentials = append(q.Credentials, mdocQuery().Credentials...)
	no := false
	q.CredentialSets = []wallet.CredentialSet{{Options: [][]string{{"doc"}, {"pid"}}}, {Options: [][]string{{"doc"}}, Required: &no}}
	s := w.ask(t, q)
	body, err := (&walletsim.Wallet{Held: []*walletsim.Held{w.pid(t, nil)}, At: noon}).Answer(w.request(t, s), walletsim.Tamper{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.Read([]byte(body), wallet.Verification{At: noon, Trust: w.trust})
	if err != nil {
		t.Fatal(err)
	}
	if !a.Satisfied || fmt.Sprint(a.Missing) != "[doc]" || len(a.Reports[0].Claims) != 2 {
		t.Errorf("%+v", a)
	}
	q.Credentials[0].Claims[2].Values = []any{"DE"}
	s = w.ask(t, q)
	if body, err = (&walletsim.Wallet{Held: []*walletsim.Held{w.pid(t, nil)}, At: noon}).Answer(w.request(t, s), walletsim.Tamper{}); err != nil {
		t.Fatal(err)
	}
	if a, err = s.Read([]byte(body), wallet.Verification{At: noon, Trust: w.trust}); err != nil || a.Satisfied {
		t.Errorf("%+v %v", a, err)
	}
}
