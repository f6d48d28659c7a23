package chip

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// dataDir is the folder of real files, which is not part of the repository.
func dataDir() string {
	if d := os.Getenv("BONAFIDE_DATA"); d != "" {
		return d
	}
	return filepath.Join("..", "..", "..", "shared", "data")
}

// real reads a real file, or skips the test and says so.
func real(t testing.TB, parts ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(append([]string{dataDir()}, parts...)...))
	if err != nil {
		t.Skipf("NOT TESTED: %s is not there; set BONAFIDE_DATA", filepath.Join(parts...))
	}
	return b
}

func glob(t testing.TB, parts ...string) []string {
	t.Helper()
	all, _ := filepath.Glob(filepath.Join(append([]string{dataDir()}, parts...)...))
	if len(all) == 0 {
		t.Skipf("NOT TESTED: %s is not there; set BONAFIDE_DATA", filepath.Join(parts...))
	}
	return all
}

// lists are all published lists at hand.
func lists(t testing.TB) *Trust {
	t.Helper()
	trust := NewTrust()
	for _, p := range append(glob(t, "mrtd", "csca", "*.*"), glob(t, "mrtd", "csca", "*", "*.*")...) {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		if err := trust.Add(filepath.Base(p), b); err != nil {
			t.Error(err)
		}
	}
	return trust
}

var lateNovember = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// TestMasterLists: every certificate of the published lists is read, with key
// and algorithm.
func TestMasterLists(t *testing.T) {
	trust := lists(t)
	n := 0
	for _, l := range trust.Lists() {
		t.Logf("%s: %s of %s, %d certificates, %d unread, %d unusable, signed by %s", l.Name, l.Kind, l.Signed, l.Certificates, l.Unread, l.Unusable, l.Signer)
		n += l.Certificates
		if l.Unread > 0 || l.Unusable > 0 {
			t.Errorf("%s: %d of %d certificates could not be read, %d not used", l.Name, l.Unread, l.Certificates+l.Unread, l.Unusable)
		}
		if strings.HasSuffix(l.Name, ".ml") && (l.Kind != "master list" || l.Certificates < 100 || l.Signed.IsZero() || l.Doubt != "") {
			t.Errorf("%s was not read as a master list: %+v", l.Name, l)
		}
	}
	odd, own := 0, 0
	for _, all := range trust.authority {
		for _, a := range all {
			if a.keyErr != nil || a.algorithmErr != nil {
				t.Logf("%s: %v %v", a.subject.say, a.keyErr, a.algorithmErr)
			}
			if !a.mayIssue() {
				odd++
				t.Logf("%s may not issue: ca %v %v, usage %v %x", a.subject.say, a.hasCA, a.ca, a.hasUsage, a.usage)
			}
			// Every one that says so is signed with its own key: a proof of our own
			// arithmetic over every algorithm, curve and quirk that states use.
			if a.selfIssued && a.keyID != "" && a.keyID == a.signedBy {
				if err := a.signedWith(a.key); err != nil {
					t.Errorf("%s of %s: own signature: %v (%s, %s)", a.subject.say, day(a.from), err, a.algorithm.say(), a.key.say())
				} else {
					own++
				}
			}
		}
	}
	t.Logf("%d certificates, %d different, %d may not issue, %d own signatures hold", n, trust.Certificates(), odd, own)
	if own < n/3 {
		t.Errorf("only %d own signatures were checked", own)
	}
	states := map[State]int{}
	for _, all := range trust.authority {
		for _, a := range all {
			_, s, detail := trust.chain(a.certificate)
			if states[s]++; s == Failed {
				t.Errorf("%s of %s: %s", a.subject.say, day(a.from), detail)
			}
		}
	}
	t.Logf("issuers of authorities found in the lists: %v", states)
}

// expected is what another implementation said of a security object.
type expected struct {
	File    string
	SigOK   bool            `json:"sig_ok"`
	ChainOK bool            `json:"chain_ok_2026_ml"`
	LDS     int             `json:"lds_version"`
	Groups  []int           `json:"dgs"`
	Match   map[string]bool `json:"dg_hash_match"`
	Country string          `json:"dsc_issuer_c"`
}

func expectations(t testing.TB) []expected {
	var all []expected
	s := bufio.NewScanner(bytes.NewReader(real(t, "mrtd", "sod-expected-openssl3.jsonl")))
	for s.Scan() {
		var e expected
		if err := json.Unmarshal(s.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

// TestRealDocuments: signature and chain of issued documents, never less than
// what OpenSSL says of them.
func TestRealDocuments(t *testing.T) {
	trust := lists(t)
	want := map[string]expected{}
	for _, e := range expectations(t) {
		want[e.File] = e
	}
	chains := 0
	for _, p := range append(glob(t, "mrtd", "sod", "*.bin"), glob(t, "mrtd", "lds", "*", "EF_SOD.bin")...) {
		rel, _ := filepath.Rel(filepath.Join(dataDir(), "mrtd"), p)
		rel = filepath.ToSlash(rel)
		b, _ := os.ReadFile(p)
		d, err := Sort([]File{{p, b}})
		if err != nil {
			t.Errorf("%s: %v", rel, err)
			continue
		}
		r := Verify(d, trust, lateNovember, nil)
		t.Logf("%s: %s %s", rel, r.Verdict, r.Country)
		for _, part := range r.Parts {
			t.Logf("    %-22s %-15s %s", part.Name, part.State, part.Detail)
		}
		if r.Part(PartSignature) != OK {
			t.Errorf("%s: the signature is %s", rel, r.Part(PartSignature))
		}
		if r.Part(PartChain) == OK {
			chains++
		}
		if e, known := want[rel]; known {
			if e.ChainOK && r.Part(PartChain) != OK {
				t.Errorf("%s: OpenSSL finds the chain, we do not", rel)
			}
			if e.LDS != r.LDSVersion || len(e.Groups) != len(r.Groups) {
				t.Errorf("%s: LDS %d with groups %v, want %d with %v", rel, r.LDSVersion, r.Groups, e.LDS, e.Groups)
			}
		}
		if r.Verdict == Refused {
			t.Errorf("%s: refused", rel)
		}
	}
	t.Logf("%d chains", chains)
}

// TestPublishedGroups: published data groups and face records of both
// generations, and one whose picture is none.
func TestPublishedGroups(t *testing.T) {
	infos, err := securityInfos(real(t, "mrtd", "lds", "doc9303", "spec_sample_encoded_dg14.bin"))
	if err != nil || len(infos) == 0 {
		t.Errorf("DG14 of the specification: %v, %d protocols", err, len(infos))
	}
	face, err := readFace(real(t, "mrtd", "iso-face", "ICAO_39794_5_AP_DG2_AllFields.dat"))
	if err != nil || len(face.Image) < 1000 {
		t.Errorf("DG2 with ISO/IEC 39794-5: %v", err)
	}
	if f := picture(real(t, "mrtd", "iso-face", "ISO19794_Test1_Data.bin")); f == nil || len(f.Image) < 1000 {
		t.Error("no picture in a face record of ISO/IEC 19794-5")
	}
	if f := picture(real(t, "mrtd", "iso-face", "ISO19794_Test2_Data_InvalidImage.bin")); f != nil {
		t.Logf("the record with an invalid image gives %s of %d bytes", f.Format, len(f.Image))
	}
	for _, name := range []string{"bsi2008/Datagroup15.bin", "bsi-tr03105-5/DG15.bin"} {
		if k, err := chipKey(real(t, "mrtd", "lds", filepath.FromSlash(name))); err != nil {
			t.Errorf("%s: %v", name, err)
		} else {
			t.Logf("%s: %s", name, k.say())
		}
	}
	x, err := readCertificate(real(t, "mrtd", "certs", "dsc_de_0142fd5cf927.cer"))
	if err != nil || x.keyErr != nil || x.algorithmErr != nil || x.subject.country != "DE" {
		t.Errorf("the test signer's certificate: %v %+v", err, x)
	}
}

// TestCRLAddresses: most authorities say where their revocation list lies, mostly over https.
func TestCRLAddresses(t *testing.T) {
	all, some, https := 0, 0, 0
	for _, l := range lists(t).authority {
		for _, a := range l {
			all++
			if len(a.crls) > 0 {
				some++
			}
			for _, u := range a.crls {
				if strings.HasPrefix(u, "https://") {
					https++
				}
			}
		}
	}
	t.Logf("%d of %d authorities name addresses, %d of them over https", some, all, https)
	if some < all/2 {
		t.Error("too few addresses were read")
	}
}

// TestAgreementKeys: a question can be drawn for the published DG14 files, a group
// modulo p and a curve without a named protocol among them.
func TestAgreementKeys(t *testing.T) {
	for p, want := range map[string]string{"doc9303/spec_sample_encoded_dg14.bin": "DH 1024", "bsi-tr03105-5/DG14.bin": "EC brainpoolP224r1", "bsi2008/Datagroup14.bin": "EC brainpoolP224r1"} {
		b := real(t, "mrtd", "lds", p)
		_, key, err := agreementOf(b)
		if err != nil || key.say() != want {
			t.Errorf("%s: %v", p, err)
			continue
		}
		if q, err := AskAgreement(b, rand.Reader); err != nil || len(q.Sealed) == 0 || len(q.Begin) == 0 {
			t.Errorf("%s: %+v %v", p, q, err)
		}
	}
}
