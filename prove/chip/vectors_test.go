package chip

import (
	"crypto"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestWycheproof runs the published attacks on signatures: not one wrong
// accept, not one right signature refused.
func TestWycheproof(t *testing.T) {
	digests := map[string]crypto.Hash{"SHA-1": crypto.SHA1, "SHA-224": crypto.SHA224, "SHA-256": crypto.SHA256, "SHA-384": crypto.SHA384, "SHA-512": crypto.SHA512}
	ran := 0
	for _, p := range glob(t, "hostile", "wycheproof", "*.json") {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		var file struct {
			Algorithm  string
			TestGroups []struct {
				Type         string
				SHA, MgfSHA  string
				SLen         int
				PublicKey    json.RawMessage
				PublicKeyDer string
				Tests        []struct {
					TcID     int
					Msg, Sig string
					Result   string
					Flags    []string
				}
			}
		}
		if json.Unmarshal(b, &file) != nil {
			continue
		}
		accepted, refused := 0, 0
		for _, g := range file.TestGroups {
			h, known := digests[g.SHA]
			var a algorithm
			switch {
			case !known:
				continue
			case g.Type == "EcdsaVerify":
				a = algorithm{scheme: schemeECDSA, hash: h}
			case g.Type == "EcdsaP1363Verify":
				a = algorithm{scheme: schemePlainECDSA, hash: h}
			case g.Type == "RsassaPkcs1Verify":
				a = algorithm{scheme: schemePKCS1, hash: h}
			case g.Type == "RsassaPssVerify":
				a = algorithm{scheme: schemePSS, hash: h, mgf: digests[g.MgfSHA], salt: g.SLen}
			default:
				continue
			}
			spki, err := only(unhex(t, g.PublicKeyDer), tagSequence)
			if err != nil {
				t.Fatal(err)
			}
			key, err := readKey(spki)
			if err != nil {
				if strings.Contains(filepath.Base(p), "secp256k1") {
					continue // no document uses that curve
				}
				t.Errorf("%s: key: %v", filepath.Base(p), err)
				continue
			}
			for _, c := range g.Tests {
				msg, sig := unhex(t, c.Msg), unhex(t, c.Sig)
				ok := a.verify(key, msg, sig) == nil
				if ok && c.Result == "invalid" || !ok && c.Result == "valid" {
					t.Errorf("%s case %d (%v) is %s, accepted: %v", filepath.Base(p), c.TcID, c.Flags, c.Result, ok)
				}
				if ok {
					accepted++
				} else {
					refused++
				}
				if key.ec != nil { // our own arithmetic must say the same as the standard library's
					r, s, err := derSignature(sig)
					if a.scheme == schemePlainECDSA {
						var whole bool
						if r, s, whole = key.ec.plainSignature(sig); !whole {
							continue
						}
					} else if err != nil {
						continue
					}
					if r.Sign() > 0 && s.Sign() > 0 && r.Cmp(key.ec.n) < 0 && s.Cmp(key.ec.n) < 0 && key.ec.slow(digest(h, msg), r, s) != ok {
						t.Errorf("%s case %d: two answers", filepath.Base(p), c.TcID)
					}
				}
			}
		}
		if accepted+refused > 0 {
			t.Logf("%s: %d accepted, %d refused", filepath.Base(p), accepted, refused)
			ran++
		}
	}
	if ran < 3 {
		t.Errorf("only %d files ran", ran)
	}
}

// TestMockAuthorities: pairs of invented authorities and signers in every
// algorithm, each signer only under its own authority.
func TestMockAuthorities(t *testing.T) {
	read := func(p string) *certificate {
		b, err := os.ReadFile(p)
		if err != nil {
			return nil
		}
		block, _ := pem.Decode(b)
		if block == nil {
			t.Fatalf("%s is not PEM", p)
		}
		x, err := readCertificate(block.Bytes)
		if err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		return x
	}
	var authorities, signers []*certificate
	pairs := 0
	for _, dir := range glob(t, "mrtd", "mock-csca", "*") {
		csca, dsc := read(filepath.Join(dir, "mock_csca.pem")), read(filepath.Join(dir, "mock_dsc.pem"))
		for _, x := range []*certificate{csca, dsc} {
			if x != nil && (x.keyErr != nil || x.algorithmErr != nil) {
				t.Errorf("%s: %v %v", filepath.Base(dir), x.keyErr, x.algorithmErr)
			}
		}
		if csca == nil || dsc == nil {
			continue
		}
		pairs++
		authorities, signers = append(authorities, csca), append(signers, dsc)
		if err := csca.signedWith(csca.key); err != nil {
			t.Errorf("%s: the authority's own signature: %v", filepath.Base(dir), err)
		}
	}
	for i, dsc := range signers {
		for k, csca := range authorities {
			if err := dsc.signedWith(csca.key); (err == nil) != (i == k) {
				t.Errorf("%s under %s: %v", dsc.subject.say, csca.subject.say, err)
			}
		}
	}
	if pairs < 15 {
		t.Errorf("only %d pairs", pairs)
	}
}

// TestCurveTable: every generator is on its curve and of the order it names.
func TestCurveTable(t *testing.T) {
	for _, c := range curves() {
		if !c.holds(c.gx, c.gy) || !c.p.ProbablyPrime(8) || !c.n.ProbablyPrime(8) {
			t.Errorf("%s does not hold", c.name)
		}
		// n·G is nothing, and neither is (n-1)·G.
		if v := c.sum(c.n, big.NewInt(1), c.gx, c.gy); v.z.Sign() == 0 {
			t.Errorf("%s: n·G + G is not G", c.name)
		}
		less := new(big.Int).Sub(c.n, big.NewInt(1))
		if v := c.sum(less, big.NewInt(1), c.gx, c.gy); v.z.Sign() != 0 {
			t.Errorf("%s: the order is not that of the generator", c.name)
		}
	}
}
