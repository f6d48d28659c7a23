package chip

import (
	"crypto"
	_ "crypto/sha1"   // documents of the first generation are signed over SHA-1
	_ "crypto/sha256" // makes SHA-224 and SHA-256 known to package crypto
	_ "crypto/sha512" // and SHA-384, SHA-512
	"errors"
	"fmt"
)

// errUnsupported is about us, not about the document: what rests on it is not verifiable.
var errUnsupported = errors.New("an algorithm or curve that is not on our list")

var hashes = map[string]crypto.Hash{
	"1.3.14.3.2.26":          crypto.SHA1,
	"2.16.840.1.101.3.4.2.4": crypto.SHA224,
	"2.16.840.1.101.3.4.2.1": crypto.SHA256,
	"2.16.840.1.101.3.4.2.2": crypto.SHA384,
	"2.16.840.1.101.3.4.2.3": crypto.SHA512,
}

// scheme is how a signature is made.
type scheme uint8

const (
	schemePKCS1 scheme = iota + 1
	schemePSS
	schemeECDSA      // r and s in DER
	schemePlainECDSA // r and s side by side
)

// algorithm is a signature algorithm with all its parameters.
type algorithm struct {
	scheme scheme
	hash   crypto.Hash // 0: the one named beside it (CMS)
	mgf    crypto.Hash
	salt   int
}

var signatures = map[string]algorithm{
	"1.2.840.113549.1.1.1":    {scheme: schemePKCS1},
	"1.2.840.113549.1.1.5":    {scheme: schemePKCS1, hash: crypto.SHA1},
	"1.2.840.113549.1.1.14":   {scheme: schemePKCS1, hash: crypto.SHA224},
	"1.2.840.113549.1.1.11":   {scheme: schemePKCS1, hash: crypto.SHA256},
	"1.2.840.113549.1.1.12":   {scheme: schemePKCS1, hash: crypto.SHA384},
	"1.2.840.113549.1.1.13":   {scheme: schemePKCS1, hash: crypto.SHA512},
	"1.2.840.10045.2.1":       {scheme: schemeECDSA},
	"1.3.14.3.2.29":           {scheme: schemePKCS1, hash: crypto.SHA1},
	oidSpecified:              {scheme: schemeECDSA},
	"1.2.840.10045.4.1":       {scheme: schemeECDSA, hash: crypto.SHA1},
	"1.2.840.10045.4.3.1":     {scheme: schemeECDSA, hash: crypto.SHA224},
	"1.2.840.10045.4.3.2":     {scheme: schemeECDSA, hash: crypto.SHA256},
	"1.2.840.10045.4.3.3":     {scheme: schemeECDSA, hash: crypto.SHA384},
	"1.2.840.10045.4.3.4":     {scheme: schemeECDSA, hash: crypto.SHA512},
	"0.4.0.127.0.7.1.1.4.1.1": {scheme: schemePlainECDSA, hash: crypto.SHA1},
	"0.4.0.127.0.7.1.1.4.1.2": {scheme: schemePlainECDSA, hash: crypto.SHA224},
	"0.4.0.127.0.7.1.1.4.1.3": {scheme: schemePlainECDSA, hash: crypto.SHA256},
	"0.4.0.127.0.7.1.1.4.1.4": {scheme: schemePlainECDSA, hash: crypto.SHA384},
	"0.4.0.127.0.7.1.1.4.1.5": {scheme: schemePlainECDSA, hash: crypto.SHA512},
}

const (
	oidPSS       = "1.2.840.113549.1.1.10"
	oidMGF1      = "1.2.840.113549.1.1.8"
	oidSpecified = "1.2.840.10045.4.3"
)

// identifier reads AlgorithmIdentifier: its name, and what follows it.
func identifier(e element) (oid string, parameters *cursor, err error) {
	if e.tag != tagSequence {
		return "", nil, errDER
	}
	c := e.inside()
	oid, err = c.oid()
	return oid, c, err
}

// noParameters: absent, or NULL.
func noParameters(c *cursor) bool {
	if c.empty() {
		return true
	}
	e, err := c.take(tagNull)
	return err == nil && len(e.body) == 0 && c.empty()
}

func hashAlgorithm(e element) (crypto.Hash, error) {
	oid, rest, err := identifier(e)
	if err != nil || !noParameters(rest) {
		return 0, errDER
	}
	if h, ok := hashes[oid]; ok {
		return h, nil
	}
	return 0, fmt.Errorf("hash %s: %w", oid, errUnsupported)
}

func signatureAlgorithm(e element) (algorithm, error) {
	oid, rest, err := identifier(e)
	if err != nil {
		return algorithm{}, err
	}
	if oid == oidPSS {
		return pssParameters(rest)
	}
	a, known := signatures[oid]
	if !known {
		return a, fmt.Errorf("signature %s: %w", oid, errUnsupported)
	}
	if oid == oidSpecified { // ecdsa-with-Specified: the hash is the parameter
		e, err := rest.take(tagSequence)
		if err != nil || !rest.empty() {
			return a, errDER
		}
		a.hash, err = hashAlgorithm(e)
		return a, err
	}
	if a.scheme == schemeECDSA && oid == "1.2.840.10045.2.1" {
		return a, nil // some signers repeat the curve here; the key says it already
	}
	if !noParameters(rest) {
		return a, errDER
	}
	return a, nil
}

// pssParameters reads RSASSA-PSS-params (RFC 4055 3.1); what is left out is
// SHA-1, MGF1 over SHA-1, a salt of 20 bytes.
func pssParameters(c *cursor) (algorithm, error) {
	a := algorithm{scheme: schemePSS, hash: crypto.SHA1, mgf: crypto.SHA1, salt: 20}
	if c.empty() {
		return a, nil
	}
	seq, err := c.take(tagSequence)
	if err != nil || !c.empty() {
		return a, errDER
	}
	in := seq.inside()
	if e, ok, err := in.optional(0xa0); err != nil {
		return a, err
	} else if ok {
		inner, err := only(e.body, tagSequence)
		if err != nil {
			return a, err
		}
		if a.hash, err = hashAlgorithm(inner); err != nil {
			return a, err
		}
	}
	if e, ok, err := in.optional(0xa1); err != nil {
		return a, err
	} else if ok {
		inner, err := only(e.body, tagSequence)
		if err != nil {
			return a, err
		}
		oid, rest, err := identifier(inner)
		if err != nil {
			return a, err
		}
		if oid != oidMGF1 {
			return a, fmt.Errorf("mask %s: %w", oid, errUnsupported)
		}
		if inner, err = rest.take(tagSequence); err != nil || !rest.empty() {
			return a, errDER
		}
		if a.mgf, err = hashAlgorithm(inner); err != nil {
			return a, err
		}
	}
	for _, tag := range []byte{0xa2, 0xa3} {
		e, ok, err := in.optional(tag)
		if err != nil {
			return a, err
		}
		if !ok {
			continue
		}
		inner, err := only(e.body, tagInteger)
		if err != nil {
			return a, err
		}
		v, err := inner.small()
		if err != nil || tag == 0xa2 && v > 512 || tag == 0xa3 && v != 1 {
			return a, errDER
		}
		if tag == 0xa2 {
			a.salt = v
		}
	}
	if !in.empty() {
		return a, errDER
	}
	return a, nil
}

// digest hashes bytes.
func digest(h crypto.Hash, b []byte) []byte {
	w := h.New()
	w.Write(b)
	return w.Sum(nil)
}

// errSignature is the one answer to a signature that does not hold.
var errSignature = errors.New("the signature does not hold")

// verify checks a signature over signed with a public key.
func (a algorithm) verify(k *publicKey, signed, sig []byte) error {
	if a.hash == 0 {
		return errDER
	}
	sum := digest(a.hash, signed)
	ok := false
	switch {
	case a.scheme == schemePKCS1 && k.rsa != nil && k.pss == nil:
		ok = k.rsa.pkcs1(a.hash, sum, sig)
	case a.scheme == schemePSS && k.rsa != nil:
		if p := k.pss; p != nil && (p.hash != a.hash || p.mgf != a.mgf || a.salt < p.salt) {
			return errSignature // the key is for other parameters (RFC 4055 3.3)
		}
		ok = k.rsa.pss(a.hash, a.mgf, a.salt, sum, sig)
	case a.scheme == schemeECDSA && k.ec != nil:
		r, s, err := derSignature(sig)
		ok = err == nil && k.ec.verify(sum, r, s)
	case a.scheme == schemePlainECDSA && k.ec != nil:
		r, s, whole := k.ec.plainSignature(sig)
		ok = whole && k.ec.verify(sum, r, s)
	}
	if !ok {
		return errSignature
	}
	return nil
}

// say names an algorithm for a person who audits.
func (a algorithm) say() string {
	switch a.scheme {
	case schemePKCS1:
		return "RSA PKCS#1 with " + a.hash.String()
	case schemePSS:
		return fmt.Sprintf("RSA-PSS with %s, salt %d", a.hash, a.salt)
	case schemeECDSA, schemePlainECDSA:
		return "ECDSA with " + a.hash.String()
	}
	return "unknown"
}
