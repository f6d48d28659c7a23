package wallet

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

const (
	maxTrust = 16 << 20 // bytes of a trust list
	maxChain = 5        // certificates a presentation may carry
)

// TrustList says whose signatures count, for what and from when to when. It is
// read once and may be used by many at the same time.
type TrustList struct {
	Name       string
	Version    string
	Issued     time.Time // zero if the list does not say
	NextUpdate time.Time // zero if the list does not say
	Unread     int       // certificates of a kind that is not read, Brainpool curves for instance
	SignedBy   string    // of a VICAL: SHA-256 of its signer's certificate, hexadecimal
	anchors    []anchor
	keys       []issuerKey
	pool       *x509.CertPool
}

// anchor is one listed authority: a CA, or the very certificate that signs.
type anchor struct {
	cert        *x509.Certificate
	hash        string
	formats     []string // empty: all
	types       []string // vct or doctype, a * at the end stands for any rest; empty: all
	uses        []string // credential, status; empty: both
	from, until time.Time
}

// issuerKey is a bare key of an issuer that signs without certificates.
type issuerKey struct {
	issuer string
	types  []string
	keys   []*publicKey
}

type trustFile struct {
	Name       string `json:"name"`
	Version    string `json:"version"`
	Issued     string `json:"issued"`
	NextUpdate string `json:"next_update"`
	Anchors    []struct {
		Certificate string   `json:"certificate"`
		Formats     []string `json:"formats"`
		Types       []string `json:"types"`
		Uses        []string `json:"uses"`
		From        string   `json:"from"`
		Until       string   `json:"until"`
	} `json:"anchors"`
	Keys []struct {
		Issuer string         `json:"issuer"`
		JWKS   map[string]any `json:"jwks"`
		Types  []string       `json:"types"`
	} `json:"keys"`
}

// ReadTrust reads a trust list: PEM certificates one after the other (anchors for
// everything, without dates), a VICAL of ISO 18013-5, or a JSON object
//
//	{"name": "…", "version": "7", "issued": "2026-11-01", "next_update": "2027-05-01",
//	 "anchors": [{"certificate": "<PEM or base64 DER>", "formats": ["dc+sd-jwt", "mso_mdoc"],
//	              "types": ["urn:eudi:pid:*"], "uses": ["credential", "status"],
//	              "from": "2025-01-01", "until": "2027-01-01"}],
//	 "keys": [{"issuer": "https://…", "jwks": {"keys": […]}, "types": […]}]}
//
// A certificate of a kind that is not read is counted in Unread, so that whoever
// uses the list can say so; anything else that is wrong refuses the whole list.
func ReadTrust(from io.Reader) (*TrustList, error) {
	b, err := io.ReadAll(io.LimitReader(from, maxTrust+1))
	if err != nil {
		return nil, &record.Error{Code: record.CodeUnavailable, Where: "trust list", Message: "cannot be read", Err: err}
	}
	if len(b) > maxTrust {
		return nil, record.Invalid("trust list", "longer than 16 MiB")
	}
	t := &TrustList{pool: x509.NewCertPool()}
	switch {
	case len(b) > 0 && (b[0] == 0x84 || b[0] == 0xd2): // a CBOR list of four, tagged or not
		err = t.readVICAL(b)
	case strings.HasPrefix(string(bytes.TrimSpace(b)), "{"):
		err = t.readJSON(b)
	default:
		err = t.readPEM(b)
	}
	if err != nil {
		return nil, record.Invalid("trust list", err.Error())
	}
	if len(t.anchors)+len(t.keys) == 0 {
		return nil, record.Invalid("trust list", "names no authority: give PEM certificates, or the JSON form that bonafide prove wallet --help shows")
	}
	if t.Version == "" {
		sum := sha256.Sum256(b)
		t.Version = hex.EncodeToString(sum[:8])
	}
	return t, nil
}

func (t *TrustList) readPEM(b []byte) error {
	t.Name = "PEM certificates"
	for n := 1; ; n++ {
		var block *pem.Block
		block, b = pem.Decode(b)
		if block == nil {
			return nil
		}
		if block.Type != "CERTIFICATE" {
			return fmt.Errorf("block %d is no certificate", n)
		}
		t.add(anchor{}, block.Bytes)
	}
}

func (t *TrustList) readJSON(b []byte) error {
	var f trustFile
	if err := json.Unmarshal(b, &f, json.RejectUnknownMembers(true)); err != nil {
		return errors.New("not the JSON form of a trust list")
	}
	t.Name, t.Version = f.Name, f.Version
	var err error
	if t.Issued, err = day(f.Issued, false); err != nil {
		return fmt.Errorf("issued: %w", err)
	}
	if t.NextUpdate, err = day(f.NextUpdate, true); err != nil {
		return fmt.Errorf("next_update: %w", err)
	}
	for i, in := range f.Anchors {
		a := anchor{formats: in.Formats, types: in.Types, uses: in.Uses}
		var err1, err2 error
		a.from, err1 = day(in.From, false)
		a.until, err2 = day(in.Until, true)
		der, err3 := derOf(in.Certificate)
		if err := errors.Join(err1, err2, err3); err != nil {
			return fmt.Errorf("anchors[%d]: a date or the certificate cannot be read", i)
		}
		t.add(a, der)
	}
	for i, in := range f.Keys {
		v, err := json.Marshal(in.JWKS)
		if err != nil {
			return fmt.Errorf("keys[%d]: not a set of keys", i)
		}
		m, err := object(v)
		if err != nil {
			return fmt.Errorf("keys[%d]: not a set of keys", i)
		}
		keys, err := keySet(m)
		if err != nil {
			return fmt.Errorf("keys[%d]: %w", i, err)
		}
		if in.Issuer == "" {
			return fmt.Errorf("keys[%d]: no issuer", i)
		}
		t.keys = append(t.keys, issuerKey{in.Issuer, in.Types, keys})
	}
	return nil
}

// day reads a date or a moment; a bare date as an end means the end of that day.
func day(s string, end bool) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if d, err := time.Parse("2006-01-02", s); err == nil {
		if end {
			d = d.Add(24*time.Hour - time.Second)
		}
		return d, nil
	}
	return time.Parse(time.RFC3339, s)
}

func derOf(s string) ([]byte, error) {
	if block, _ := pem.Decode([]byte(s)); block != nil {
		return block.Bytes, nil
	}
	return base64.StdEncoding.DecodeString(s)
}

func (t *TrustList) add(a anchor, der []byte) {
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Unread++
		return
	}
	a.cert, a.hash = c, hashHex(c.Raw)
	t.anchors = append(t.anchors, a)
	t.pool.AddCert(c)
}

func hashHex(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// Ref is the line of the report that names the list.
func (t *TrustList) Ref() TrustRef {
	if t == nil {
		return TrustRef{}
	}
	r := TrustRef{Name: t.Name, Version: t.Version}
	if !t.Issued.IsZero() {
		r.AsOf = dayOf(t.Issued)
	}
	return r
}

// key is the listed key of an issuer. Without a kid the issuer must have only
// one: guessing among several is not verifying.
func (t *TrustList) key(issuer, kid string) *publicKey {
	if t == nil || issuer == "" {
		return nil
	}
	for i := range t.keys {
		if t.keys[i].issuer != issuer {
			continue
		}
		for _, k := range t.keys[i].keys {
			if k.kid == kid || kid == "" && len(t.keys[i].keys) == 1 || k.kid == "" && len(t.keys[i].keys) == 1 {
				return k
			}
		}
	}
	return nil
}

func matches(patterns []string, s string) bool {
	return len(patterns) == 0 || slices.ContainsFunc(patterns, func(p string) bool {
		start, any := strings.CutSuffix(p, "*")
		return p == s || any && strings.HasPrefix(s, start)
	})
}

// purpose is what a chain is asked to vouch for.
type purpose struct {
	format, typ, use string
	signed           time.Time // when it was signed, zero if unknown
	at               time.Time
}

// verdict of a chain.
type verdict struct {
	outcome   Outcome
	detail    string
	anchor    string
	dedicated bool // the anchor is listed for this use by name
}

// documentSigner is the extended key usage that ISO 18013-5 Table B.3 demands of
// whoever signs mobile driving licences.
const documentSigner = "1.0.18013.5.1.2"

func forDocuments(leaf *x509.Certificate) bool {
	for _, usage := range leaf.UnknownExtKeyUsage {
		if usage.String() == documentSigner {
			return true
		}
	}
	return false
}

// judge says whether a chain, leaf first, ends in a listed authority for this
// purpose. An authority that no list names is "not verifiable"; only what
// contradicts a listed authority, or the calendar, has failed.
func (t *TrustList) judge(chain []*x509.Certificate, p purpose) verdict {
	if t == nil {
		return verdict{outcome: NotVerifiable, detail: "no trust list was given"}
	}
	if !t.NextUpdate.IsZero() && p.at.After(t.NextUpdate) {
		return verdict{outcome: NotVerifiable, detail: "the trust list has ended; fetch its next version"}
	}
	leaf := chain[0]
	leafHash := hashHex(leaf.Raw)
	pinned := slices.ContainsFunc(t.anchors, func(a anchor) bool { return a.hash == leafHash })
	if !within(p.at, leaf.NotBefore, leaf.NotAfter) {
		return verdict{outcome: Failed, detail: "the signer's certificate is not valid on this day"}
	}
	if leaf.KeyUsage != 0 && leaf.KeyUsage&x509.KeyUsageDigitalSignature == 0 && !pinned {
		return verdict{outcome: Failed, detail: "the signer's certificate is not for signing"}
	}
	if !pinned {
		if leaf.IsCA {
			return verdict{outcome: Failed, detail: "an authority's certificate signed a credential"}
		}
		if p.typ == docTypeMDL && p.use == "credential" && !forDocuments(leaf) {
			return verdict{outcome: Failed, detail: "the signer's certificate is not for mobile driving licences"}
		}
	}
	if p.format == FormatMdoc && !p.signed.IsZero() && !within(p.signed, leaf.NotBefore, leaf.NotAfter) {
		return verdict{outcome: Failed, detail: "signed when the signer's certificate was not valid"}
	}
	if pinned {
		return t.choose([]string{leafHash}, p)
	}
	between := x509.NewCertPool()
	for _, c := range chain[1:] {
		between.AddCert(c)
	}
	found, err := leaf.Verify(x509.VerifyOptions{Roots: t.pool, Intermediates: between, CurrentTime: p.at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	if err != nil {
		return t.refused(chain, err)
	}
	var ends []string
	for _, c := range found {
		ends = append(ends, hashHex(c[len(c)-1].Raw))
	}
	return t.choose(ends, p)
}

// refused sorts why no chain was found.
func (t *TrustList) refused(chain []*x509.Certificate, err error) verdict {
	var invalid x509.CertificateInvalidError
	if errors.As(err, &invalid) {
		if invalid.Reason == x509.Expired {
			return verdict{outcome: Failed, detail: "a certificate of the chain is not valid on this day"}
		}
		return verdict{outcome: Failed, detail: "the chain breaks a rule of its certificates"}
	}
	var unknown x509.UnknownAuthorityError
	if !errors.As(err, &unknown) {
		return verdict{outcome: Failed, detail: "the chain breaks a rule of its certificates"}
	}
	for _, c := range chain {
		for i := range t.anchors {
			a := t.anchors[i].cert
			if bytes.Equal(c.RawIssuer, a.RawSubject) && !bytes.Equal(c.Raw, a.Raw) && len(c.AuthorityKeyId) > 0 &&
				bytes.Equal(c.AuthorityKeyId, a.SubjectKeyId) && c.CheckSignatureFrom(a) != nil {
				return verdict{outcome: Failed, detail: "it names a listed authority that did not sign it"}
			}
		}
	}
	return verdict{outcome: NotVerifiable, detail: "the authority stands in no trust list that was given"}
}

// choose takes the first anchor among ends that is listed for the purpose.
func (t *TrustList) choose(ends []string, p purpose) verdict {
	detail := "the authority is not listed for this purpose"
	outcome := NotVerifiable
	for i := range t.anchors {
		a := &t.anchors[i]
		if !slices.Contains(ends, a.hash) || !matches(a.formats, p.format) || !matches(a.uses, p.use) || p.use == "credential" && !matches(a.types, p.typ) {
			continue
		}
		if !within(p.at, a.from, a.until) || !p.signed.IsZero() && !within(p.signed, a.from, a.until) {
			outcome, detail = Failed, "the authority was not, or is no longer, listed at that time"
			continue
		}
		return verdict{OK, "", a.hash, slices.Contains(a.uses, p.use)}
	}
	return verdict{outcome, detail, "", false}
}

func parseChain(der [][]byte) ([]*x509.Certificate, error) {
	if len(der) == 0 || len(der) > maxChain {
		return nil, errors.New("no certificate chain")
	}
	var chain []*x509.Certificate
	for _, d := range der {
		c, err := x509.ParseCertificate(d)
		if err != nil {
			return nil, errors.New("a certificate of the chain cannot be read")
		}
		chain = append(chain, c)
	}
	return chain, nil
}

// chain fills the parts on the issuer: the signature by the leaf's key, and the
// way from the leaf to a listed authority.
func (v *verification) chain(r *Report, der [][]byte, format, typ string, signed time.Time, check func(*publicKey) error) {
	chain, err := parseChain(der)
	if err != nil {
		r.say(PartSignature, NotVerifiable, err.Error())
		r.say(PartChain, NotVerifiable, err.Error())
		return
	}
	leaf := chain[0]
	r.Issuer = leaf.Subject.CommonName
	if len(leaf.Subject.Country) > 0 {
		r.Country = leaf.Subject.Country[0]
	}
	if _, ok := leaf.PublicKey.(*ecdsa.PublicKey); !ok && leaf.PublicKeyAlgorithm == x509.UnknownPublicKeyAlgorithm {
		r.say(PartSignature, NotVerifiable, "the signer's kind of key is not supported")
	} else if err := check(&publicKey{key: leaf.PublicKey}); err != nil {
		r.say(PartSignature, Failed, err.Error())
	} else {
		r.say(PartSignature, OK, "")
	}
	j := v.Trust.judge(chain, purpose{format, typ, "credential", signed, v.At})
	if j.outcome == OK {
		r.CRLURIs = leaf.CRLDistributionPoints[:min(len(leaf.CRLDistributionPoints), 4)]
		j = v.revoked(chain, j)
	}
	r.Anchor = j.anchor
	r.say(PartChain, j.outcome, j.detail)
}

// listed is the chain part of a key that the list itself holds.
func (v *verification) listed(r *Report, detail string) {
	if !v.Trust.NextUpdate.IsZero() && v.At.After(v.Trust.NextUpdate) {
		r.say(PartChain, NotVerifiable, "the trust list has ended; fetch its next version")
		return
	}
	r.say(PartChain, OK, detail)
}
