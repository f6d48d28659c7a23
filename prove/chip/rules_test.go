package chip

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"slices"
	"testing"
	"time"
)

func verifyUtopia(t testing.TB, files []File, trust *Trust, at time.Time, active *Transcript) Report {
	t.Helper()
	d, err := Sort(files)
	if err != nil {
		t.Fatal(err)
	}
	return Verify(d, trust, at, active)
}

// TestUtopia: what a whole document says, and one broken rule at a time.
func TestUtopia(t *testing.T) {
	spring := on("2026-03-01")
	for _, c := range []struct {
		name    string
		change  func(u *utopia)
		files   func(f []File) []File
		trust   func(u *utopia) *Trust
		at      time.Time
		verdict Verdict
		part    string
		state   State
	}{
		{name: "whole", verdict: Authentic, part: PartChain, state: OK},
		{name: "signed with RSA-PSS", change: func(u *utopia) {
			u.signer = newRSA(t)
			u.dsc.key = u.signer
		}, verdict: Authentic, part: PartSignature, state: OK},
		{name: "named curves", change: func(u *utopia) { u.signer.explicit, u.authority.explicit = false, false }, verdict: Authentic, part: PartChain, state: OK},
		{name: "country in small letters", change: func(u *utopia) { u.csca.subject = nameOf("ut", "CSCA  utopia") }, verdict: Authentic, part: PartChain, state: OK},
		{name: "another person's zone", files: func(f []File) []File {
			f[0].Bytes = bytes.Replace(f[0].Bytes, []byte("ANNA"), []byte("OTTO"), 1)
			return f
		}, verdict: Refused, part: PartHashes, state: Failed},
		{name: "no list", trust: func(*utopia) *Trust { return NewTrust() }, verdict: Unconfirmed, part: PartChain, state: NotVerifiable},
		{name: "another authority of the same name and key id", change: func(u *utopia) { u.dsc.by = newEC(t, "brainpoolP384r1") }, verdict: Refused, part: PartChain, state: Failed},
		{name: "another key of the authority", change: func(u *utopia) {
			u.dsc.by, u.dsc.signedBy = newEC(t, "brainpoolP384r1"), "utopia-2"
		}, verdict: Unconfirmed, part: PartChain, state: NotVerifiable},
		{name: "an authority of another state with the key", change: func(u *utopia) { u.csca.subject = nameOf("OC", "CSCA Utopia") }, verdict: Unconfirmed, part: PartChain, state: NotVerifiable},
		{name: "an authority that may not sign certificates", change: func(u *utopia) { u.csca.usage = 0x80 }, verdict: Unconfirmed, part: PartChain, state: NotVerifiable},
		{name: "signed by the authority's own certificate", change: func(u *utopia) { u.dsc.ca, u.dsc.usage = true, 0x06 }, verdict: Refused, part: PartChain, state: Failed},
		{name: "a generator of its own", change: func(u *utopia) {
			// CVE-2020-0601: the key is a known one, the generator chosen to fit.
			c := u.signer.curve
			x, y := times(c, big.NewInt(7), c.gx, c.gy)
			u.signer.generator = u.signer.encode(x, y)
		}, verdict: Unconfirmed, part: PartSignature, state: NotVerifiable},
		{name: "the zone names another state", change: func(u *utopia) {
			u.groups[1] = bytes.Replace(u.groups[1], []byte("P<UTO"), []byte("P<FRA"), 1)
		}, verdict: Refused, part: PartIssuer, state: Failed},
		{name: "signer ended", at: on("2034-12-01"), verdict: Expired, part: PartValidity, state: Failed},
		{name: "document expired", at: on("2032-05-01"), verdict: Expired, part: PartValidity, state: Failed},
		{name: "signed before the signer was certified", change: func(u *utopia) { u.signed = on("2023-01-01") }, verdict: Expired, part: PartValidity, state: Failed},
		{name: "read before it was signed", at: on("2024-02-01"), verdict: Expired, part: PartValidity, state: Failed},
		{name: "certified outside the authority's time", change: func(u *utopia) { u.csca.until = on("2023-01-01") }, verdict: Expired, part: PartValidity, state: Failed},
		{name: "revoked", trust: func(u *utopia) *Trust {
			trust := u.trust()
			if err := trust.Add("utopia.crl", u.revoke(u.authority, on("2026-02-01"), on("2026-06-01"), 5, 77)); err != nil {
				t.Error(err)
			}
			return trust
		}, verdict: Refused, part: PartRevocation, state: Failed},
		{name: "not revoked", trust: func(u *utopia) *Trust {
			trust := u.trust()
			if err := trust.Add("utopia.crl", u.revoke(u.authority, on("2026-02-01"), on("2026-06-01"), 5)); err != nil {
				t.Error(err)
			}
			return trust
		}, verdict: Authentic, part: PartRevocation, state: OK},
		{name: "revocation list out of date", trust: func(u *utopia) *Trust {
			trust := u.trust()
			if err := trust.Add("utopia.crl", u.revoke(u.authority, on("2025-02-01"), on("2025-06-01"))); err != nil {
				t.Error(err)
			}
			return trust
		}, verdict: Authentic, part: PartRevocation, state: NotVerifiable},
		{name: "revocation list of somebody else", trust: func(u *utopia) *Trust {
			trust := u.trust()
			if err := trust.Add("utopia.crl", u.revoke(newEC(t, "brainpoolP256r1"), on("2026-02-01"), on("2026-06-01"), 77)); err != nil {
				t.Error(err)
			}
			return trust
		}, verdict: Authentic, part: PartRevocation, state: NotVerifiable},
		{name: "a data group too many", files: func(f []File) []File {
			return append(f, File{"DG13.bin", tlvOf(0x6d, []byte{1})})
		}, verdict: Authentic, part: PartHashes, state: OK},
		{name: "only the security object", files: func(f []File) []File {
			return slices.DeleteFunc(f, func(f File) bool { return f.Name != "EF_SOD.bin" })
		}, verdict: Unconfirmed, part: PartHashes, state: NotDone},
		{name: "list as PEM", trust: func(u *utopia) *Trust {
			trust := NewTrust()
			b := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: u.csca.make(t)})
			if err := trust.Add("utopia.pem", b); err != nil {
				t.Error(err)
			}
			return trust
		}, verdict: Authentic, part: PartChain, state: OK},
		{name: "list as LDIF, folded", trust: func(u *utopia) *Trust {
			trust := NewTrust()
			text := base64.StdEncoding.EncodeToString(u.csca.make(t))
			ldif := "version: 1\n\ndn: c=UT,dc=data\nobjectClass: top\ncACertificate;binary:: " + text[:60] + "\n " + text[60:] + "\nsn: 1\n\ndn: c=XX\ncACertificate;binary:: MAA=\n"
			if err := trust.Add("utopia.ldif", []byte(ldif)); err != nil {
				t.Error(err)
			}
			return trust
		}, verdict: Authentic, part: PartChain, state: OK},
	} {
		t.Run(c.name, func(t *testing.T) {
			u := newUtopia(t)
			if c.change != nil {
				c.change(u)
			}
			files, at := u.issue(), c.at
			if c.files != nil {
				files = c.files(files)
			}
			if at.IsZero() {
				at = spring
			}
			var trust *Trust
			if c.trust != nil {
				trust = c.trust(u)
			} else {
				trust = u.trust()
			}
			r := verifyUtopia(t, files, trust, at, nil)
			if r.Verdict != c.verdict || r.Part(c.part) != c.state {
				t.Errorf("%s, %s %s; want %s, %s; %+v", r.Verdict, c.part, r.Part(c.part), c.verdict, c.state, r.Parts)
			}
			if _, ok := r.Assurance(); ok != (c.verdict == Authentic) {
				t.Errorf("assurance %v for %s", ok, r.Verdict)
			}
			if c.name == "whole" {
				h := r.Holder
				if h == nil || len(h.ZoneFaults) > 0 || h.Name != "ANNA MARIA ERIKSSON" || h.NameOnChip != "ÅNNA MARIA ERIKSSON" || h.BirthDate != "1974-08-12" || h.Issued != "2024-06-01" || h.Portrait == nil || h.Portrait.Format != "jpeg" {
					t.Errorf("holder %+v", h)
				}
			}
		})
	}
}

// TestActive: a chip that answers with its own key, and one that does not.
func TestActive(t *testing.T) {
	challenge := []byte("8 octets")
	u := newUtopia(t)
	r, s := u.chip.signDigest(t, digest(crypto.SHA224, challenge))
	n := (u.chip.curve.n.BitLen() + 7) / 8
	plain := append(r.FillBytes(make([]byte, n)), s.FillBytes(make([]byte, n))...)
	files := u.issue()
	rsaChip := newUtopia(t)
	rsaChip.chip = newRSA(t)
	rsaChip.groups[15] = tlvOf(0x6f, rsaChip.chip.spki())
	recovered := recoverable(t, rsaChip.chip, challenge)
	for _, c := range []struct {
		name  string
		state *utopia
		files []File
		t     *Transcript
		want  State
	}{
		{"curve", u, files, &Transcript{Challenge: challenge, Response: plain}, OK},
		{"curve, another challenge", u, files, &Transcript{Challenge: []byte("8 OCTETS"), Response: plain}, Failed},
		{"curve, cut short", u, files, &Transcript{Challenge: challenge, Response: plain[1:]}, Failed},
		{"challenge of one byte", u, files, &Transcript{Challenge: challenge[:1], Response: plain}, Failed},
		{"RSA", rsaChip, rsaChip.issue(), &Transcript{Challenge: challenge, Response: recovered}, OK},
		{"RSA, another challenge", rsaChip, rsaChip.issue(), &Transcript{Challenge: []byte("8 OCTETS"), Response: recovered}, Failed},
		{"no DG15", u, slices.DeleteFunc(slices.Clone(files), func(f File) bool { return f.Name == "DG15.bin" }), &Transcript{Challenge: challenge, Response: plain}, NotVerifiable},
		{"not asked", u, files, nil, NotDone},
	} {
		r := verifyUtopia(t, c.files, c.state.trust(), on("2026-03-01"), c.t)
		if r.Part(PartActive) != c.want {
			t.Errorf("%s: %s, want %s: %+v", c.name, r.Part(PartActive), c.want, r.Parts)
		}
		a, ok := r.Assurance()
		if ok != (c.want != Failed) || ok && (a.ID == "chip-active") != (c.want == OK) {
			t.Errorf("%s: assurance %v %s", c.name, ok, a.ID)
		}
	}
}

// recoverable signs as ISO/IEC 9796-2 scheme 1 has it.
func recoverable(t *testing.T, k *private, challenge []byte) []byte {
	size := k.rsa.Size()
	own := make([]byte, size-crypto.SHA256.Size()-3)
	rand.Read(own)
	block := append([]byte{0x6a}, own...)
	block = append(block, digest(crypto.SHA256, append(bytes.Clone(own), challenge...))...)
	block = append(block, 0x34, 0xcc)
	m := new(big.Int).SetBytes(block)
	return m.Exp(m, k.rsa.D, k.rsa.N).FillBytes(make([]byte, size))
}

// TestEveryCurve: what is signed on a curve holds on it, named and explicit,
// and nothing else does.
func TestEveryCurve(t *testing.T) {
	for _, c := range curves() {
		k := newEC(t, c.name)
		for _, k.explicit = range []bool{false, true} {
			spki, err := only(k.spki(), tagSequence)
			if err != nil {
				t.Fatal(err)
			}
			key, err := readKey(spki)
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			a := algorithm{scheme: schemeECDSA, hash: crypto.SHA256}
			sig := k.sign(t, []byte("signed"))
			if a.verify(key, []byte("signed"), sig) != nil || a.verify(key, []byte("Signed"), sig) == nil {
				t.Errorf("%s, explicit %v: does not verify as it should", c.name, k.explicit)
			}
		}
	}
}

// TestSortRefuses: files that are none of a chip.
func TestSortRefuses(t *testing.T) {
	sod := File{"SOD", newUtopia(t).issue()[6].Bytes}
	for name, files := range map[string][]File{
		"nothing":       {},
		"no SOD":        {{"DG1", tlvOf(0x61, []byte{1})}},
		"twice":         {sod, sod},
		"trailing byte": {{"SOD", append(bytes.Clone(sod.Bytes), 0)}},
		"cut":           {{"SOD", sod.Bytes[:len(sod.Bytes)-1]}},
		"a text":        {sod, {"notes", []byte("hello")}},
		"empty":         {sod, {"DG1", nil}},
		"endless":       {{"SOD", []byte{0x77, 0x80, 0, 0}}},
		"huge":          {{"SOD", make([]byte, maxFile+1)}},
	} {
		if _, err := Sort(files); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// TestHostileDER: lengths and depths that break readers.
func TestHostileDER(t *testing.T) {
	deep := bytes.Repeat([]byte{0x30, 0x80}, 1<<16)
	nested := []byte{}
	for range 2000 {
		nested = tlvOf(tagSequence, nested)
	}
	for name, b := range map[string][]byte{
		"indefinite":     deep,
		"nested":         nested,
		"long length":    {0x30, 0x84, 0xff, 0xff, 0xff, 0xff},
		"not shortest":   {0x30, 0x81, 0x05, 1, 1, 1, 1, 1},
		"high tag":       {0x3f, 0x81, 0x01, 0x00},
		"wide length":    {0x30, 0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1},
		"empty sequence": {0x30, 0x00},
	} {
		start := time.Now()
		if _, err := readSignedData(b); err == nil {
			t.Errorf("%s: read as signed data", name)
		}
		if _, err := readCertificate(b[:min(len(b), maxCertificate)]); err == nil {
			t.Errorf("%s: read as a certificate", name)
		}
		if err := NewTrust().Add(name, b); err == nil {
			t.Errorf("%s: read as a list", name)
		}
		if d := time.Since(start); d > time.Second {
			t.Errorf("%s: took %s", name, d)
		}
	}
}

// TestOwnMasterList: a list of two authorities of which one cannot be read; a
// list that was changed; a list whose signer is not inside.
func TestOwnMasterList(t *testing.T) {
	u := newUtopia(t)
	content := seqOf(numOf(0), tlvOf(tagSet, u.csca.make(t), seqOf(numOf(1))))
	b := u.cms(oidMasterList, content)
	trust := NewTrust()
	if err := trust.Add("utopia.ml", b); err != nil {
		t.Fatal(err)
	}
	l := trust.Lists()[0]
	if l.Kind != "master list" || l.Certificates != 1 || l.Unread != 1 || day(l.Signed) != "2024-06-01" || l.Signer == "" || l.Doubt != "" {
		t.Errorf("list %+v", l)
	}
	if r := verifyUtopia(t, u.issue(), trust, on("2026-03-01"), nil); r.Verdict != Authentic || r.List != "utopia.ml of 2024-06-01" {
		t.Errorf("%s from %s", r.Verdict, r.List)
	}
	if err := trust.Add("again", b); err != nil || trust.Certificates() != 1 {
		t.Errorf("the same list again: %v, %d certificates", err, trust.Certificates())
	}
	changed := bytes.Replace(b, []byte("CSCA Utopia"), []byte("CSCA Utopie"), 1)
	if err := NewTrust().Add("changed", changed); err == nil {
		t.Error("a list that was changed was taken")
	}
	u.dsc.serial++
	stranger := bytes.Replace(b, seqOf(u.dsc.issuer, numOf(77)), seqOf(u.dsc.issuer, numOf(78)), 1)
	trust = NewTrust()
	if err := trust.Add("stranger", stranger); err != nil || trust.Lists()[0].Doubt == "" {
		t.Errorf("a list whose signer is not inside: %v, %+v", err, trust.Lists())
	}
}
