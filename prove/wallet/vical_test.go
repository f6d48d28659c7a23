package wallet_test

import (
	"bytes"
	"testing"

	"bonafide/prove/wallet"
	"bonafide/prove/wallet/walletsim"
	"bonafide/record"
)

func TestVICAL(t *testing.T) {
	w := newWorld(t, noon)
	provider, err := w.state.Issue(walletsim.Leaf{Name: "List provider"})
	if err != nil {
		t.Fatal(err)
	}
	other, err := walletsim.NewAuthority("Other CA", noon.AddDate(-1, 0, 0), noon.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	made := func(docType string, next int, authorities ...*walletsim.Authority) []byte {
		b, err := provider.VICAL("Utopia lists", 7, noon.AddDate(0, -1, 0), noon.AddDate(0, 0, next), []string{docType}, authorities...)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, c := range []struct {
		name string
		list []byte
		want wallet.Outcome
	}{
		{"listed", made(pidDoc, 30, other, w.state), wallet.OK}, {"for another document", made("org.iso.18013.5.1.mDL", 30, w.state), wallet.NotVerifiable},
		{"not listed", made(pidDoc, 30, other), wallet.NotVerifiable}, {"ended", made(pidDoc, -1, w.state), wallet.NotVerifiable},
	} {
		l, err := wallet.ReadTrust(bytes.NewReader(c.list))
		if err != nil {
			t.Fatal(c.name, err)
		}
		r := w.presentWith(t, w.doc(t, nil), walletsim.Tamper{}, wallet.Verification{At: noon, Trust: l})
		check(t, r, with(outcomes{wallet.PartChain: c.want}))
		if r.Trust.Name != "Utopia lists" || r.Trust.Version != "7" || r.Trust.AsOf != "2026-10-22" || len(l.SignedBy) != 64 {
			t.Errorf("%s: %+v", c.name, r.Trust)
		}
		// A VICAL speaks for mdocs only.
		if r := w.presentWith(t, w.pid(t, nil), walletsim.Tamper{}, wallet.Verification{At: noon, Trust: l}); r.Outcome(wallet.PartChain) != wallet.NotVerifiable {
			t.Errorf("%s: an SD-JWT VC by a VICAL: %s", c.name, verdict(r))
		}
	}
	good := made(pidDoc, 30, w.state)
	for name, bad := range map[string][]byte{"a letter changed": bytes.Replace(good, []byte("Utopia lists"), []byte("Utopia lifts"), 1), "cut": good[:len(good)-1], "more after the end": append(bytes.Clone(good), 0), "empty": {0x84}} {
		if _, err := wallet.ReadTrust(bytes.NewReader(bad)); record.CodeOf(err) != record.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
