package chip

import (
	"bytes"
	"fmt"
	"math/big"
)

// publicKey is one key: RSA or a point.
type publicKey struct {
	rsa *rsaKey
	pss *algorithm // an RSA key that may be used for these PSS parameters only
	ec  *ecKey
}

func (k *publicKey) say() string {
	if k.ec != nil {
		return "EC " + k.ec.name
	}
	return fmt.Sprintf("RSA %d", k.rsa.n.BitLen())
}

const oidRSA, oidEC = "1.2.840.113549.1.1.1", "1.2.840.10045.2.1"

// subjectKey takes SubjectPublicKeyInfo apart (RFC 5280 4.1.2.7): what kind of key,
// its parameters, its bytes.
func subjectKey(spki element) (oid string, parameters *cursor, key []byte, err error) {
	if spki.tag != tagSequence {
		return "", nil, nil, errDER
	}
	c := spki.inside()
	id, err := c.take(tagSequence)
	if err != nil {
		return "", nil, nil, err
	}
	if oid, parameters, err = identifier(id); err != nil {
		return "", nil, nil, err
	}
	bits, err := c.take(tagBits)
	if err != nil || !c.empty() {
		return "", nil, nil, errDER
	}
	key, err = bits.bits()
	return oid, parameters, key, err
}

// readKey reads a key whose signatures we can verify.
func readKey(spki element) (*publicKey, error) {
	oid, parameters, key, err := subjectKey(spki)
	if err != nil {
		return nil, err
	}
	switch oid {
	case oidRSA:
		k, err := readRSA(key)
		return &publicKey{rsa: k}, err
	case oidPSS:
		k, err := readRSA(key)
		if err != nil || noParameters(&cursor{parameters.rest}) {
			return &publicKey{rsa: k}, err
		}
		a, err := pssParameters(parameters)
		return &publicKey{rsa: k, pss: &a}, err
	case oidEC, "1.3.132.1.12": // the second: id-ecDH, used for chip authentication
		cv, err := readCurve(parameters)
		if err != nil {
			return nil, err
		}
		x, y, ok := cv.point(key)
		if !ok {
			return nil, fmt.Errorf("the point is not on the curve: %w", errDER)
		}
		return &publicKey{ec: &ecKey{cv, x, y}}, nil
	}
	return nil, fmt.Errorf("key %s: %w", oid, errUnsupported)
}

func readRSA(b []byte) (*rsaKey, error) {
	seq, err := only(b, tagSequence)
	if err != nil {
		return nil, err
	}
	c := seq.inside()
	var v [2]*big.Int
	for i := range v {
		e, err := c.take(tagInteger)
		if err != nil {
			return nil, err
		}
		if v[i], err = e.unsigned(8192 + 8); err != nil {
			return nil, err
		}
	}
	k := &rsaKey{v[0], v[1]}
	if !c.empty() {
		return nil, errDER
	}
	if !k.usable() {
		return nil, fmt.Errorf("RSA of %d bits: %w", k.n.BitLen(), errUnsupported)
	}
	return k, nil
}

// readCurve reads EcpkParameters (RFC 3279 2.3.5): a name, or all numbers, which
// must be those of a curve of the table, every one of them.
func readCurve(c *cursor) (*curve, error) {
	e, err := c.next()
	if err != nil || !c.empty() {
		return nil, errDER
	}
	if e.tag == tagOID {
		oid, err := e.oid()
		if err != nil {
			return nil, err
		}
		if cv := namedCurve(oid); cv != nil {
			return cv, nil
		}
		return nil, fmt.Errorf("curve %s: %w", oid, errUnsupported)
	}
	if e.tag != tagSequence {
		return nil, errDER
	}
	in := e.inside()
	version, err := in.take(tagInteger)
	if err != nil {
		return nil, err
	}
	if v, err := version.small(); err != nil || v < 1 || v > 3 {
		return nil, errDER
	}
	over, err := in.take(tagSequence)
	if err != nil {
		return nil, err
	}
	of := over.inside()
	kind, err := of.take(tagOID)
	if err != nil {
		return nil, err
	}
	if oid, err := kind.oid(); err != nil || oid != "1.2.840.10045.1.1" {
		return nil, fmt.Errorf("a curve over no prime field: %w", errUnsupported)
	}
	p, err := of.number()
	if err != nil || !of.empty() {
		return nil, errDER
	}
	shape, err := in.take(tagSequence)
	if err != nil {
		return nil, err
	}
	ab := shape.inside()
	a, err := ab.take(tagOctets)
	if err != nil {
		return nil, err
	}
	b, err := ab.take(tagOctets)
	if err != nil {
		return nil, err
	}
	if _, _, err := ab.optional(tagBits); err != nil || !ab.empty() { // the seed proves nothing here
		return nil, errDER
	}
	base, err := in.take(tagOctets)
	if err != nil {
		return nil, err
	}
	n, err := in.number()
	if err != nil {
		return nil, err
	}
	if h, ok, err := in.optional(tagInteger); err != nil {
		return nil, err
	} else if ok && !bytes.Equal(h.body, []byte{1}) {
		return nil, fmt.Errorf("a cofactor other than 1: %w", errUnsupported)
	}
	if _, _, err := in.optional(tagSequence); err != nil || !in.empty() { // hash of version 3
		return nil, errDER
	}
	for _, cv := range curves() {
		if cv.p.Cmp(p) != 0 || cv.n.Cmp(n) != 0 || len(a.body) > 80 || len(b.body) > 80 ||
			new(big.Int).SetBytes(a.body).Cmp(cv.a) != 0 || new(big.Int).SetBytes(b.body).Cmp(cv.b) != 0 {
			continue
		}
		x, y, ok := cv.point(base.body)
		if ok && x.Cmp(cv.gx) == 0 && y.Cmp(cv.gy) == 0 {
			return cv, nil
		}
	}
	return nil, fmt.Errorf("explicit curve: %w", errUnsupported)
}

func (c *cursor) number() (*big.Int, error) {
	e, err := c.take(tagInteger)
	if err != nil {
		return nil, err
	}
	return e.unsigned(640)
}
