package wallet_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"testing"
	"time"

	"bonafide/prove/wallet"
	"bonafide/prove/wallet/walletsim"
	"bonafide/record"
)

// TestBrowser: the same through the Digital Credentials API, where the page's
// origin takes the place of client id and address.
func TestBrowser(t *testing.T) {
	w := newWorld(t, noon)
	q := pidQuery()
	q.Credentials = append(q.Credentials, mdocQuery().Credentials...)
	const page = "https://" + hostName
	ask := func(origin string) *wallet.Session {
		s, err := wallet.NewSession(wallet.Ask{ClientID: w.verifier.ClientIDByHash(), Origin: origin, Query: q, At: noon}, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := ask(page)
	own := &walletsim.Wallet{Held: []*walletsim.Held{w.pid(t, nil), w.doc(t, nil)}, At: noon, Origin: page}
	body, err := own.Answer(w.request(t, s), walletsim.Tamper{})
	if err != nil {
		t.Fatal(err)
	}
	by := wallet.Verification{At: noon, Trust: w.trust}
	a, err := s.Read([]byte(body), by)
	if err != nil || !a.Satisfied {
		t.Fatalf("%+v %v", a, err)
	}
	// The same answer, had the person been on another page.
	other := *s
	other.Origin = "https://evil.example"
	if a, err = other.Read([]byte(body), by); err != nil {
		t.Fatal(err)
	}
	check(t, &a.Reports[0], with(outcomes{wallet.PartAudience: wallet.Failed}))
	check(t, &a.Reports[1], with(outcomes{wallet.PartHolder: wallet.Failed, wallet.PartNonce: wallet.Failed, wallet.PartAudience: wallet.Failed}))
	if _, err := s.Read([]byte(`{"vp_token": {}}`), by); err == nil {
		t.Error("an unencrypted answer was read")
	}
	for _, bad := range []string{"http://hiring.example", "https://hiring.example/page", "hiring.example"} {
		if _, err := wallet.NewSession(wallet.Ask{ClientID: w.verifier.ClientIDByHash(), Origin: bad, Query: q, At: noon}, rand.Reader); err == nil {
			t.Errorf("origin %s", bad)
		}
	}
}

func TestRevokedSigner(t *testing.T) {
	w := newWorld(t, noon)
	leaf, err := x509.ParseCertificate(w.issuer.Chain[0])
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := walletsim.NewAuthority("Utopia PID CA", noon.AddDate(-1, 0, 0), noon.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		by     *walletsim.Authority
		serial *big.Int
		next   time.Time
		want   wallet.Outcome
	}{
		{"revoked", w.state, leaf.SerialNumber, noon.AddDate(0, 1, 0), wallet.Failed}, {"revoked, by a list since ended", w.state, leaf.SerialNumber, noon.AddDate(0, 0, -1), wallet.Failed},
		{"another", w.state, big.NewInt(99), noon.AddDate(0, 1, 0), wallet.OK}, {"by a namesake", stranger, leaf.SerialNumber, noon.AddDate(0, 1, 0), wallet.OK},
	} {
		der, err := c.by.Revoke(noon.AddDate(0, 0, -2), c.next, c.serial)
		if err != nil {
			t.Fatal(err)
		}
		l, err := wallet.ReadRevocation(bytes.NewReader(der))
		if err != nil {
			t.Fatal(err)
		}
		r := w.presentWith(t, w.pid(t, nil), walletsim.Tamper{}, wallet.Verification{At: noon, Trust: w.trust, CRLs: []*wallet.RevocationList{l}})
		check(t, r, with(outcomes{wallet.PartChain: c.want}))
	}
	if _, err := wallet.ReadRevocation(bytes.NewReader([]byte("x"))); err == nil {
		t.Error("no list was read as one")
	}
}

// TestStatusOfAnother: a listed authority may not speak for another's credentials,
// unless the list names it for status lists.
func TestStatusOfAnother(t *testing.T) {
	w := newWorld(t, noon)
	second, err := walletsim.NewAuthority("Second CA", noon.AddDate(-1, 0, 0), noon.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	signer, err := second.Issue(walletsim.Leaf{Name: "Second"})
	if err != nil {
		t.Fatal(err)
	}
	token, err := signer.StatusList(listURI, 1, make([]uint8, 8), noon, noon.AddDate(0, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	first := base64.StdEncoding.EncodeToString(w.state.Cert.Raw)
	other := base64.StdEncoding.EncodeToString(second.Cert.Raw)
	for uses, want := range map[string]wallet.Outcome{"": wallet.NotVerifiable, `, "uses": ["status"]`: wallet.OK} {
		trust := w.list(t, `{"anchors": [{"certificate": "`+first+`"}, {"certificate": "`+other+`"`+uses+`}]}`)
		l, err := wallet.ReadStatusList([]byte(token), trust, noon)
		if err != nil {
			t.Fatal(err)
		}
		h := w.pid(t, func(c *walletsim.SDJWT) {
			c.Always["status"] = map[string]any{"status_list": map[string]any{"idx": 1, "uri": listURI}}
		})
		check(t, w.presentWith(t, h, walletsim.Tamper{}, wallet.Verification{At: noon, Trust: trust, Status: []*wallet.StatusList{l}}), outcomes{wallet.PartStatus: want})
	}
}

// TestNoClock: without a moment nothing is judged, least of all by today's.
func TestNoClock(t *testing.T) {
	w := newWorld(t, noon)
	if _, err := w.ask(t, pidQuery()).Read([]byte("response=x"), wallet.Verification{Trust: w.trust}); record.CodeOf(err) != record.CodeInternal {
		t.Error("judged at no moment")
	}
	if _, err := wallet.ReadStatusList([]byte("e"), w.trust, time.Time{}); err == nil {
		t.Error("judged at no moment")
	}
}

// TestKeyAgreement is the worked example of RFC 7518 appendix C.
func TestKeyAgreement(t *testing.T) {
	d, err := base64.RawURLEncoding.DecodeString("VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw")
	if err != nil {
		t.Fatal(err)
	}
	bob, err := ecdh.P256().NewPrivateKey(d)
	if err != nil {
		t.Fatal(err)
	}
	got, err := wallet.Agree(bob, map[string]any{"kty": "EC", "crv": "P-256", "x": "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0", "y": "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps"}, "A128GCM", "Alice", "Bob", 128)
	if err != nil || base64.RawURLEncoding.EncodeToString(got) != "VqqN6vgjbSBcIijNcacQGg" {
		t.Errorf("%x %v", got, err)
	}
}
