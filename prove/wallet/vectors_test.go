package wallet

import (
	"bytes"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
)

const vectors = "digital-credentials/"

// outcomes is the whole verdict of a report in one line, for comparing.
func outcomes(r *Report) string {
	var b strings.Builder
	for _, p := range r.Parts {
		fmt.Fprintf(&b, "%s=%s", p.Part, p.Outcome)
		if p.Outcome != OK && p.Detail != "" {
			fmt.Fprintf(&b, "(%s)", p.Detail)
		}
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

func expect(t *testing.T, r *Report, want map[PartName]Outcome) {
	t.Helper()
	for _, p := range r.Parts {
		w, named := want[p.Part]
		if !named {
			w = OK
		}
		if p.Outcome != w {
			t.Errorf("%s is %s (%s), want %s", p.Part, p.Outcome, p.Detail, w)
		}
	}
}

func unfold(b []byte) string { return strings.Join(strings.Fields(string(b)), "") }

// TestOpenID4VPExample is the worked SD-JWT example of OpenID4VP with the issuer
// key of the generator's settings.
func TestOpenID4VPExample(t *testing.T) {
	settings := string(SharedData(t, vectors+"sd-jwt-python/examples/settings.yml"))
	xy := regexp.MustCompile(`x: (\S+)\s+y: (\S+)`).FindStringSubmatch(settings)
	trust, err := ReadTrust(strings.NewReader(`{"name": "examples", "version": "1", "keys": [{"issuer": "https://issuer.example.com",
		"jwks": {"keys": [{"kty": "EC", "crv": "P-256", "x": "` + xy[1] + `", "y": "` + xy[2] + `"}]}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	folder := vectors + "openid4vp-1.1/sd_jwt_vcld/01/"
	presentation := unfold(SharedData(t, folder+"sd_jwt_presentation.txt"))
	s := &Session{ClientID: "https://verifier.example.org", Nonce: "1234567890", Query: Query{Credentials: []CredentialQuery{{ID: "a", Format: FormatSDJWT,
		Meta: Meta{VctValues: []string{"https://credentials.example.com/example_credential"}}, Claims: []ClaimQuery{{Path: Path{"ld", "credentialSubject", "givenName"}}}}}}}
	at := time.Unix(1744743394, 0)
	read := func(s *Session, presentation string, at time.Time) *Report {
		r := s.read(&s.Query.Credentials[0], presentation, Verification{At: at, Trust: trust, Skew: time.Minute, Window: 10 * time.Minute})
		return &r
	}
	r := read(s, presentation, at)
	expect(t, r, map[PartName]Outcome{PartStatus: NotDone})
	if !r.Proven || len(r.Claims) != 1 || r.Claims[0].Value != "John" {
		t.Errorf("not proven, or other claims: %s", outcomes(r))
	}
	if r.Assurance != nil {
		t.Error("a credential that is no identity upholds the link of the document")
	}
	// The verified contents, as the generator printed them.
	d, err := parseSDJWT(presentation)
	if err != nil {
		t.Fatal(err)
	}
	got, err := d.unpack()
	if err != nil {
		t.Fatal(err)
	}
	want, err := tree(SharedData(t, folder+"verified_contents.json"))
	if err != nil {
		t.Fatal(err)
	}
	if a, b := mustJSON(t, got), mustJSON(t, want); a != b {
		t.Errorf("verified contents\n%s\nwant\n%s", a, b)
	}
	// The same with one thing changed.
	expect(t, read(s, unfold(SharedData(t, folder+"sd_jwt_issuance.txt")), at), map[PartName]Outcome{PartHolder: Failed, PartNonce: NotDone, PartAudience: NotDone, PartStatus: NotDone})
	other := *s
	other.Nonce = "1234567891"
	expect(t, read(&other, presentation, at), map[PartName]Outcome{PartNonce: Failed, PartStatus: NotDone})
	expect(t, read(s, presentation, at.Add(time.Hour)), map[PartName]Outcome{PartHolder: Failed, PartStatus: NotDone})
	expect(t, read(s, presentation, time.Unix(1883000999, 0)), map[PartName]Outcome{PartHolder: Failed, PartValidity: Failed, PartStatus: NotDone})
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestVerifierExamples are the tokens of the EU reference verifier's tests.
func TestVerifierExamples(t *testing.T) {
	read := func(name string, at time.Time) *Answer {
		q, err := ReadQuery(bytes.NewReader(SharedData(t, vectors+"eudi-verifier/"+name+"-dcql.json")))
		if err != nil {
			t.Fatal(err)
		}
		m, err := object(SharedData(t, vectors+"eudi-verifier/"+name+"-vpToken.json"))
		if err != nil {
			t.Fatal(err)
		}
		s := &Session{ClientID: "x", Nonce: "y", ResponseURI: "https://v.example", Query: *q}
		a, err := s.judge(map[string]any{"vp_token": m}, Verification{At: at})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	// Two genuine documents made for another request, by an authority that no list names.
	a := read("06-pidPlusMdl", time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC))
	if len(a.Reports) != 2 || a.Satisfied {
		t.Fatalf("%d reports", len(a.Reports))
	}
	for i := range a.Reports {
		t.Log(a.Reports[i].Type, outcomes(&a.Reports[i]))
		expect(t, &a.Reports[i], map[PartName]Outcome{PartChain: NotVerifiable, PartHolder: Failed, PartNonce: Failed, PartAudience: Failed, PartStatus: NotDone})
	}
	// A credential of another type, for another verifier, by an issuer that vouches
	// for its own key, and with a proof of possession signed by some other key.
	a = read("07-ehicSdJwtVc", time.Unix(1744180895, 0))
	t.Log(outcomes(&a.Reports[0]))
	expect(t, &a.Reports[0], map[PartName]Outcome{PartSignature: NotVerifiable, PartChain: NotVerifiable, PartType: Failed,
		PartHolder: Failed, PartNonce: Failed, PartAudience: Failed, PartStatus: NotDone, PartClaims: Failed})
	// What is no presentation at all is said to be none, one by one.
	for _, name := range []string{"04", "05"} {
		a := read(name, time.Unix(1744180895, 0))
		for i := range a.Reports {
			if a.Reports[i].Outcome(PartStructure) != Failed || a.Reports[i].Proven {
				t.Errorf("%s: %s", name, outcomes(&a.Reports[i]))
			}
		}
	}
}

func auth0(t *testing.T, response, transcript string, at time.Time, trust *TrustList, reader string) *Report {
	t.Helper()
	b, err := inner(SharedData(t, vectors+"mdoc-auth0/"+transcript))
	if err != nil {
		t.Fatal(err)
	}
	s := &Session{fixed: b}
	if reader != "" {
		raw, err := hex.DecodeString(reader)
		if err != nil {
			t.Fatal(err)
		}
		if s.readerKey, err = ecdh.P256().NewPrivateKey(raw); err != nil {
			t.Fatal(err)
		}
	}
	c := &CredentialQuery{ID: "mdl", Format: FormatMdoc, Meta: Meta{DoctypeValue: docTypeMDL}, Claims: []ClaimQuery{{Path: Path{"org.iso.18013.5.1", "family_name"}}}}
	r := s.read(c, base64url(SharedData(t, vectors+"mdoc-auth0/"+response)), Verification{At: at, Trust: trust, Skew: time.Minute})
	return &r
}

// TestMdocExamples are the device responses of a JavaScript library (two good, one
// with an altered name) and the worked example of ISO 18013-5 annex D, whose
// device authenticates with a MAC.
func TestMdocExamples(t *testing.T) {
	at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	// Their issuer is its own certificate; it stands in the response.
	docs, err := parseDeviceResponse(SharedData(t, vectors+"mdoc-auth0/example1_5.cbor"))
	if err != nil {
		t.Fatal(err)
	}
	trust, err := ReadTrust(bytes.NewReader(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: docs[0].issuerAuth.x5chain[0]})))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		response, transcript string
		want                 map[PartName]Outcome
	}{
		{"example1_5.cbor", "example1_4.cbor", map[PartName]Outcome{PartStatus: NotDone}},
		{"example2_7.cbor", "example2_6.cbor", map[PartName]Outcome{PartStatus: NotDone}},
		{"example3_9.cbor", "example3_8.cbor", map[PartName]Outcome{PartDisclosures: Failed, PartStatus: NotDone, PartClaims: NotDone}},
		{"diagnostic_1.cbor", "diagnostic_0.cbor", map[PartName]Outcome{PartStatus: NotDone}},
		{"disableCertVerification_3.cbor", "disableCertVerification_2.cbor", map[PartName]Outcome{PartStatus: NotDone}},
		{"example1_5.cbor", "verifier_16.cbor", map[PartName]Outcome{PartHolder: Failed, PartNonce: Failed, PartAudience: Failed, PartStatus: NotDone}},
	} {
		r := auth0(t, c.response, c.transcript, at, trust, "")
		expect(t, r, c.want)
		if proven := len(c.want) == 1; r.Proven != proven {
			t.Errorf("%s: proven %v", c.response, r.Proven)
		}
	}
	if r := auth0(t, "example1_5.cbor", "example1_4.cbor", at, nil, ""); r.Outcome(PartChain) != NotVerifiable || r.Proven {
		t.Error("without a trust list the issuer cannot be verified")
	}
	// ISO 18013-5 D.3.1 gives the reader's ephemeral key; its IACA is not at hand.
	iso := time.Date(2020, 11, 1, 0, 0, 0, 0, time.UTC)
	reader := "de3b4b9e5f72dd9b58406ae3091434da48a6f9fd010d88fcb0958e2cebec947c"
	for _, n := range []string{"verifier_15.cbor", "verifier_17.cbor"} {
		r := auth0(t, n, "verifier_16.cbor", iso, nil, reader)
		expect(t, r, map[PartName]Outcome{PartChain: NotVerifiable, PartStatus: NotDone})
		expect(t, auth0(t, n, "verifier_16.cbor", iso, nil, ""), map[PartName]Outcome{PartChain: NotVerifiable, PartHolder: NotVerifiable, PartNonce: NotDone, PartAudience: NotDone, PartStatus: NotDone})
		expect(t, auth0(t, n, "example1_4.cbor", iso, nil, reader), map[PartName]Outcome{PartChain: NotVerifiable, PartHolder: Failed, PartNonce: Failed, PartAudience: Failed, PartStatus: NotDone})
		expect(t, auth0(t, n, "verifier_16.cbor", at, nil, reader), map[PartName]Outcome{PartChain: NotVerifiable, PartValidity: Failed, PartStatus: NotDone})
	}
}

// TestDeviceResponse12: a response that only a parser's test has; its security
// object is not wrapped as ISO 18013-5 section 9.1.2.4 wants, so its signature
// covers something else, and it is refused.
func TestDeviceResponse12(t *testing.T) {
	if _, err := parseDeviceResponse(SharedData(t, vectors+"mdoc-auth0/deviceResponse_12.cbor")); err == nil {
		t.Error("a security object without its wrapping was read")
	}
}

func hexFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := hex.DecodeString(unfold(SharedData(t, vectors+name)))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestCOSEExamples are the COSE messages and keys of the isomdl tests.
func TestCOSEExamples(t *testing.T) {
	d := hexFile(t, "mdoc-isomdl/definitions/cose/sign1/secret_key")
	k, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), d)
	if err != nil {
		t.Fatal(err)
	}
	c, err := parseCOSE(hexFile(t, "mdoc-isomdl/definitions/cose/sign1/serialized.cbor"), 18)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.verify(&k.PublicKey, c.payload); err != nil {
		t.Error(err)
	}
	if c.verify(&k.PublicKey, append([]byte("x"), c.payload...)) == nil {
		t.Error("another payload was accepted")
	}
	mac, err := parseCOSE(hexFile(t, "mdoc-isomdl/definitions/cose/mac0/serialized.cbor"), 17)
	if err != nil {
		t.Fatal(err)
	}
	// The tests it comes from take the bytes of the key file themselves as the key.
	if err := mac.verifyMAC(hexFile(t, "mdoc-isomdl/definitions/cose/mac0/secret_key"), mac.payload); err != nil {
		t.Error(err)
	}
	if _, err := parseCOSEKey(hexFile(t, "mdoc-isomdl/definitions/cose_key/ec_p256.cbor")); err != nil {
		t.Error(err)
	}
	if _, err := parseCOSEKey(hexFile(t, "mdoc-isomdl/definitions/cose/mac0/secret_key")); err == nil {
		t.Error("a symmetric key was taken for a public one")
	}
	// Its device response has plain text where the security object belongs.
	if _, err := parseDeviceResponse(hexFile(t, "mdoc-isomdl/definitions/device_response.cbor")); err == nil {
		t.Error("a security object that is none was accepted")
	}
}

// TestAuthorityExamples are the certificates of the isomdl tests: one signer by
// the book, one that is an authority itself, and one below an intermediate that
// may not sign certificates.
func TestAuthorityExamples(t *testing.T) {
	cert := func(name string) *x509.Certificate {
		b, _ := pem.Decode(SharedData(t, vectors+"mdoc-isomdl/presentation/isomdl_"+name+".pem"))
		c, err := x509.ParseCertificate(b.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	trust, err := ReadTrust(bytes.NewReader(SharedData(t, vectors+"mdoc-isomdl/presentation/isomdl_iaca_root_cert.pem")))
	if err != nil {
		t.Fatal(err)
	}
	p := purpose{FormatMdoc, docTypeMDL, "credential", time.Time{}, time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}
	for _, c := range []struct {
		chain []*x509.Certificate
		want  Outcome
	}{
		{[]*x509.Certificate{cert("iaca_signer")}, OK},
		{[]*x509.Certificate{cert("incorrect_iaca_signer")}, Failed},
		{[]*x509.Certificate{cert("iaca_leaf_signer"), cert("iaca_intermediate")}, Failed},
	} {
		if got := trust.judge(c.chain, p); got.outcome != c.want {
			t.Errorf("%s: %s (%s), want %s", c.chain[0].Subject, got.outcome, got.detail, c.want)
		}
	}
	reader := p
	if got := trust.judge([]*x509.Certificate{cert("iaca_signer")}, reader); got.anchor == "" {
		t.Error("the anchor is not named")
	}
	p.at = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if got := trust.judge([]*x509.Certificate{cert("iaca_signer")}, p); got.outcome != Failed {
		t.Error("an expired signer passed")
	}
	b, _ := pem.Decode(SharedData(t, vectors+"mdoc-isomdl/presentation/reader_auth.pem"))
	stranger, err := x509.ParseCertificate(b.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	p.at, p.typ = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), "other"
	if got := trust.judge([]*x509.Certificate{stranger}, p); got.outcome != NotVerifiable {
		t.Errorf("a stranger's certificate: %s", got.outcome)
	}
}

// TestTranscripts are the two worked examples of OpenID4VP 1.0, B.2.6: hashes of
// the handover.
func TestTranscripts(t *testing.T) {
	thumb, err := hex.DecodeString("4283ec927ae0f208daaa2d026a814f2b22dca52cf85ffa8f3f8626c6bd669047")
	if err != nil {
		t.Fatal(err)
	}
	const nonce = "exc7gBkxjx1rdc9udRrveKvSsJIq80avlXeLHhGwqtA"
	if got := hex.EncodeToString(RedirectTranscript("x509_san_dns:example.com", nonce, thumb, "https://example.com/response")); got !=
		"83f6f682714f70656e494434565048616e646f7665725820048bc053c00442af9b8eed494cefdd9d95240d254b046b11b68013722aad38ac" {
		t.Error("by redirect:", got)
	}
	if got := hex.EncodeToString(BrowserTranscript("https://example.com", nonce, thumb)); got !=
		"83f6f682764f70656e4944345650444341504948616e646f7665725820fbece366f4212f9762c74cfdbf83b8c69e371d5d68cea09cb4c48ca6daab761a" {
		t.Error("by browser:", got)
	}
	if string(RedirectTranscript("a", "b", nil, "c")) == string(RedirectTranscript("a", "b", thumb, "c")) {
		t.Error("the encryption key is not bound")
	}
}

// TestQueryExamples are the published DCQL queries: those of the specification
// hold, and one of an early draft, which gives an mdoc a vct, does not.
func TestQueryExamples(t *testing.T) {
	for name, valid := range map[string]bool{
		"openid4vp-1.1/query_lang/claims_alternatives.json": true, "openid4vp-1.1/query_lang/credentials_alternatives.json": true,
		"openid4vp-1.1/query_lang/multi_credentials.json": true, "openid4vp-1.1/query_lang/simple_mdoc.json": true,
		"openid4vp-1.1/query_lang/value_matching_simple.json": true,
		"eudi-verifier/00-dcql.json":                          true, "eudi-verifier/02-dcql.json": true, "eudi-verifier/04-dcql.json": true,
		"eudi-verifier/05-dcql.json": true, "eudi-verifier/06-pidPlusMdl-dcql.json": true, "eudi-verifier/07-ehicSdJwtVc-dcql.json": true,
		"eudi-openid4vp-kt/dcql/basic_example.json": true, "eudi-openid4vp-kt/dcql/complex_example.json": false,
		"eudi-openid4vp-kt/example/mso_mdoc-pid-dcql-query.json": true, "eudi-openid4vp-kt/example/sd-jwt-vc-pid-dcql-query.json": true,
		"openid4vp-1.1/request/dcql_jwt_vc.json": false, "openid4vp-1.1/request/dcql_ldp_vc.json": false, // formats that are not read
	} {
		if _, err := ReadQuery(bytes.NewReader(SharedData(t, vectors+name))); (err == nil) != valid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestStatusExamples are the status lists of the IETF draft, as JSON and as CBOR.
func TestStatusExamples(t *testing.T) {
	list := func(bits uint, packed []byte) *StatusList {
		l := &StatusList{}
		if err := l.unpack(bits, packed); err != nil {
			t.Fatal(err)
		}
		return l
	}
	short := list(1, fromJSON(t, "status-list/status_list_encoding_json.md"))
	for i, want := range []State{1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1} {
		if got, ok := short.State(uint64(i)); got != want || !ok {
			t.Errorf("one bit, index %d: %d", i, got)
		}
	}
	if _, ok := short.State(16); ok {
		t.Error("an index beyond the end has a state")
	}
	two := list(2, fromJSON(t, "status-list/status_list_encoding2_json.md"))
	for i, want := range []State{1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3} {
		if got, _ := two.State(uint64(i)); got != want {
			t.Errorf("two bits, index %d: %d", i, got)
		}
	}
	// The long vectors: 2^20 entries; the draft names which of them are not zero.
	marks := func(indices []uint64, state func(i uint64) State) map[uint64]State {
		m := map[uint64]State{}
		for _, i := range indices {
			m[i] = state(i)
		}
		return m
	}
	indices := []uint64{0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345}
	want := marks(indices, func(uint64) State { return 1 })
	same := func(name string, l *StatusList, want map[uint64]State) {
		found := 0
		for i := range uint64(1 << 20) {
			got, ok := l.State(i)
			if !ok {
				t.Fatalf("%s: ends at %d", name, i)
			}
			if got != 0 {
				found++
			}
			if w, there := want[i]; there && got != w {
				t.Errorf("%s: index %d is %d, want %d", name, i, got, w)
			}
		}
		if want != nil && found != len(want) {
			t.Errorf("%s: %d entries set, want %d", name, found, len(want))
		}
		t.Logf("%s: %d entries set", name, found)
	}
	same("one bit", list(1, fromJSON(t, "status-list/status_list_encoding1_long_json.md")), want)
	same("two bits", list(2, fromCBOR(t, "status-list/status_list_encoding2_long_cbor.md")), nil)
	four, fourJSON := list(4, fromCBOR(t, "status-list/status_list_encoding4_cbor.md")), list(4, fromJSON(t, "status-list/status_list_encoding4_json.md"))
	same("four bits", four, nil)
	if !bytes.Equal(four.states, fourJSON.states) {
		t.Error("four bits: the JSON and the CBOR form differ")
	}
	same("eight bits", list(8, fromCBOR(t, "status-list/status_list_encoding8_cbor.md")), nil)
}

func fromJSON(t *testing.T, name string) []byte {
	text := string(SharedData(t, vectors+name))
	text = unfold([]byte(text[strings.Index(text, "{"):]))
	m, err := object([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	b, err := unbase64(stringOf(m["lst"]))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func fromCBOR(t *testing.T, name string) []byte {
	var m struct {
		Lst []byte `cbor:"lst"`
	}
	if err := uncbor(hexFile(t, name), &m); err != nil {
		t.Fatal(err)
	}
	return m.Lst
}

// TestReferencedToken: a CWT that names its status list.
func TestReferencedToken(t *testing.T) {
	c, err := parseCOSE(hexFile(t, "status-list/referenced_token_cwt.md"), 18)
	if err != nil {
		t.Fatal(err)
	}
	var m map[any]any
	if err := uncbor(c.payload, &m); err != nil {
		t.Fatal(err)
	}
	p, err := plain(m[uint64(65535)], 0)
	if err != nil {
		t.Fatal(err)
	}
	v := &verification{}
	r := newReport("", "")
	v.status(r, p)
	if r.StatusURI != "https://example.com/statuslists/1" || !r.is(PartStatus, NotDone) {
		t.Errorf("status at %q", r.StatusURI)
	}
}
