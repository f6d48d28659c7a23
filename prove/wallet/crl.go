package wallet

import (
	"crypto/x509"
	"encoding/pem"
	"io"
	"time"

	"bonafide/record"
)

// RevocationList is a CRL of an authority (RFC 5280): which of the signers it
// named have lost its trust since.
type RevocationList struct {
	list    *x509.RevocationList
	revoked map[string]time.Time // serial number → when
}

// ReadRevocation reads a CRL in DER or PEM. Whose it is and whether it is in
// force is judged where it is used.
func ReadRevocation(from io.Reader) (*RevocationList, error) {
	b, err := io.ReadAll(io.LimitReader(from, maxTrust+1))
	if err != nil {
		return nil, &record.Error{Code: record.CodeUnavailable, Where: "revocation list", Message: "cannot be read", Err: err}
	}
	if len(b) > maxTrust {
		return nil, record.Invalid("revocation list", "longer than 16 MiB")
	}
	if block, _ := pem.Decode(b); block != nil {
		b = block.Bytes
	}
	list, err := x509.ParseRevocationList(b)
	if err != nil {
		return nil, record.Invalid("revocation list", "cannot be read as a CRL")
	}
	l := &RevocationList{list, make(map[string]time.Time, len(list.RevokedCertificateEntries))}
	for _, e := range list.RevokedCertificateEntries {
		l.revoked[e.SerialNumber.String()] = e.RevocationTime
	}
	return l, nil
}

// NextUpdate is until when the list counts; zero where it does not say.
func (l *RevocationList) NextUpdate() time.Time { return l.list.NextUpdate }

// revoked looks for the signer in the CRLs of its own issuer. One that says so
// fails the chain whatever its date: what is withdrawn does not come back. That a
// current one does not name it, or that none was given, is said.
func (v *verification) revoked(chain []*x509.Certificate, so verdict) verdict {
	leaf := chain[0]
	issuers := append([]*x509.Certificate(nil), chain[1:]...)
	for i := range v.Trust.anchors {
		issuers = append(issuers, v.Trust.anchors[i].cert)
	}
	so.detail = "whether the signer was revoked was not looked up"
	for _, l := range v.CRLs {
		for _, issuer := range issuers {
			if string(issuer.RawSubject) != string(leaf.RawIssuer) || leaf.CheckSignatureFrom(issuer) != nil || l.list.CheckSignatureFrom(issuer) != nil {
				continue
			}
			if _, gone := l.revoked[leaf.SerialNumber.String()]; gone {
				return verdict{outcome: Failed, detail: "the signer's certificate was revoked"}
			}
			if within(v.At, l.list.ThisUpdate, l.list.NextUpdate) {
				so.detail = "the signer is not revoked"
			}
		}
	}
	return so
}
