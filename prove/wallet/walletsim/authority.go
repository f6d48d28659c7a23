// Package walletsim is a test wallet of our own, with the state that issues its
// credentials: authorities, issuers, status lists, SD-JWT VC and mdoc, and the
// answers of a wallet to an OpenID4VP request. Tests and the browser suite use it.
//
// It never verifies for the product, and nothing it issues is trusted by anybody
// who does not put its authority into a trust list. Its people are invented.
//
// To add a way in which a wallet may misbehave: one field of Tamper.
package walletsim

import (
	"bytes"
	"compress/zlib"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/go-json-experiment/json"
)

// Authority is a root that a trust list may name.
type Authority struct {
	Cert *x509.Certificate
	Key  *ecdsa.PrivateKey
	// serial counts the certificates given out.
	serial int64
}

// Signer is an issuer, or a verifier, with its chain (leaf first, root left out).
type Signer struct {
	Chain [][]byte
	Key   *ecdsa.PrivateKey
}

// NewAuthority makes a root certificate valid over [from, until].
func NewAuthority(name string, from, until time.Time) (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name, Country: []string{"UT"}}, NotBefore: from, NotAfter: until,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, key.Public(), key)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &Authority{Cert: cert, Key: key, serial: 1}, nil
}

// Impostor makes an authority with the name and key identifier of a, and another key.
func (a *Authority) Impostor() (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: a.Cert.Subject, SubjectKeyId: a.Cert.SubjectKeyId, NotBefore: a.Cert.NotBefore, NotAfter: a.Cert.NotAfter,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: a.Cert.KeyUsage}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, key.Public(), key)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &Authority{Cert: cert, Key: key, serial: 1}, nil
}

// PEM is the authority's certificate for a trust list.
func (a *Authority) PEM() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.Cert.Raw}))
}

// Leaf asks an authority for a certificate.
type Leaf struct {
	Name        string
	DNS         []string
	From, Until time.Time     // of the authority if zero
	CA          bool          // wrongly: an authority that signs credentials
	NoUsage     bool          // without the usage for mobile driving licences
	Usage       x509.KeyUsage // another key usage than signing
	Key         *ecdsa.PrivateKey
	CRLs        []string // where the authority's revocation list lies
}

// Issue gives a signer a certificate.
func (a *Authority) Issue(l Leaf) (*Signer, error) {
	key := l.Key
	if key == nil {
		var err error
		if key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
			return nil, err
		}
	}
	if l.From.IsZero() {
		l.From, l.Until = a.Cert.NotBefore, a.Cert.NotAfter
	}
	a.serial++
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(a.serial), Subject: pkix.Name{CommonName: l.Name, Country: []string{"UT"}}, NotBefore: l.From, NotAfter: l.Until,
		DNSNames: l.DNS, CRLDistributionPoints: l.CRLs, KeyUsage: x509.KeyUsageDigitalSignature, BasicConstraintsValid: true, IsCA: l.CA}
	if l.Usage != 0 {
		tmpl.KeyUsage = l.Usage
	}
	if !l.NoUsage {
		tmpl.UnknownExtKeyUsage = []asn1.ObjectIdentifier{{1, 0, 18013, 5, 1, 2}}
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, a.Cert, key.Public(), a.Key)
	if err != nil {
		return nil, err
	}
	return &Signer{Chain: [][]byte{der}, Key: key}, nil
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// JWS signs claims with ES256; x5c is added from the signer's chain unless the
// header has a key or kid of its own.
func (s *Signer) JWS(header map[string]any, claims any) (string, error) {
	h := map[string]any{"alg": "ES256"}
	if s.Chain != nil {
		var x5c []string
		for _, der := range s.Chain {
			x5c = append(x5c, base64.StdEncoding.EncodeToString(der))
		}
		h["x5c"] = x5c
	}
	for k, v := range header {
		if v == nil {
			delete(h, k)
			continue
		}
		h[k] = v
	}
	hb, err := json.Marshal(h, json.Deterministic(true))
	if err != nil {
		return "", err
	}
	cb, err := json.Marshal(claims, json.Deterministic(true))
	if err != nil {
		return "", err
	}
	signed := b64(hb) + "." + b64(cb)
	sig, err := s.raw([]byte(signed))
	if err != nil {
		return "", err
	}
	return signed + "." + b64(sig), nil
}

// raw signs with ECDSA on P-256 and SHA-256, r and s side by side.
func (s *Signer) raw(message []byte) ([]byte, error) {
	sum := sha256.Sum256(message)
	der, err := s.Key.Sign(rand.Reader, sum[:], crypto.SHA256)
	if err != nil {
		return nil, err
	}
	var rs struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &rs); err != nil {
		return nil, err
	}
	out := make([]byte, 64)
	rs.R.FillBytes(out[:32])
	rs.S.FillBytes(out[32:])
	return out, nil
}

// VICAL signs a list of authorities for these document types (ISO 18013-5 C.1.7).
func (s *Signer) VICAL(provider string, issue uint64, date, next time.Time, docTypes []string, authorities ...*Authority) ([]byte, error) {
	var infos []any
	for _, a := range authorities {
		infos = append(infos, map[string]any{"certificate": a.Cert.Raw, "serialNumber": cbor.Tag{Number: 2, Content: a.Cert.SerialNumber.Bytes()},
			"ski": a.Cert.SubjectKeyId, "docType": docTypes, "issuingCountry": "UT"})
	}
	payload := []byte(encode(map[string]any{"version": "1.0", "vicalProvider": provider, "vicalIssueID": issue, "date": dated(date), "nextUpdate": dated(next), "certificateInfos": infos}))
	return s.sign1(payload, payload, map[int]any{33: s.Chain[0]})
}

// Revoke signs a CRL that names these serial numbers.
func (a *Authority) Revoke(at, next time.Time, serials ...*big.Int) ([]byte, error) {
	list := &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: at, NextUpdate: next}
	for _, s := range serials {
		list.RevokedCertificateEntries = append(list.RevokedCertificateEntries, x509.RevocationListEntry{SerialNumber: s, RevocationTime: at})
	}
	return x509.CreateRevocationList(rand.Reader, list, a.Cert, a.Key)
}

// StatusList signs a status list (statuslist+jwt) of states of the given width.
func (s *Signer) StatusList(uri string, bits uint, states []uint8, issued, expires time.Time) (string, error) {
	packed := make([]byte, (len(states)*int(bits)+7)/8)
	for i, st := range states {
		at := i * int(bits)
		packed[at/8] |= st << (at % 8)
	}
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write(packed); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	claims := map[string]any{"sub": uri, "iat": issued.Unix(), "status_list": map[string]any{"bits": bits, "lst": b64(b.Bytes())}}
	if !expires.IsZero() {
		claims["exp"] = expires.Unix()
	}
	return s.JWS(map[string]any{"typ": "statuslist+jwt"}, claims)
}
