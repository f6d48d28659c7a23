package wallet

import (
	"crypto"
	"crypto/hmac"
	"crypto/sha256"
	"errors"

	"github.com/fxamacker/cbor/v2"
)

// strict is how CBOR is read: keys once, definite lengths only (ISO 18013-5 wants
// deterministic structures, and an indefinite length has no honest use here),
// bounded nesting and sizes, valid UTF-8, names spelled as they are.
var strict = must(cbor.DecOptions{
	DupMapKey:         cbor.DupMapKeyEnforcedAPF,
	IndefLength:       cbor.IndefLengthForbidden,
	MaxNestedLevels:   16,
	MaxArrayElements:  2000,
	MaxMapPairs:       2000,
	UTF8:              cbor.UTF8RejectInvalid,
	FieldNameMatching: cbor.FieldNameMatchingCaseSensitive,
	TimeTagToAny:      cbor.TimeTagToRFC3339Nano,
}.DecMode())

// written is how CBOR is written: shortest lengths, sorted keys (RFC 8949
// section 4.2.1).
var written = must(cbor.CoreDetEncOptions().EncMode())

// must is for the two constants above only; no outside byte reaches it.
func must[M any](m M, err error) M {
	if err != nil {
		panic(err)
	}
	return m
}

var errCBOR = errors.New("not strict CBOR: bad syntax, a key twice, an indefinite length, or too deep")

func uncbor(b []byte, into any) error {
	if len(b) > maxToken {
		return errors.New("too long")
	}
	if err := strict.Unmarshal(b, into); err != nil {
		return errCBOR
	}
	return nil
}

func encoded(v any) []byte {
	b, err := written.Marshal(v)
	if err != nil {
		return nil
	}
	return b
}

// inner gives the bytes within #6.24(bstr .cbor …).
func inner(b []byte) ([]byte, error) {
	var t cbor.RawTag
	if err := uncbor(b, &t); err != nil || t.Number != 24 {
		return nil, errors.New("embedded CBOR expected")
	}
	var in []byte
	if err := uncbor(t.Content, &in); err != nil {
		return nil, errors.New("embedded CBOR expected")
	}
	return in, nil
}

// embedded wraps bytes as #6.24(bstr).
func embedded(b []byte) cbor.Tag { return cbor.Tag{Number: 24, Content: b} }

// cose is a COSE_Sign1 or COSE_Mac0 (RFC 9052), read but not verified.
type cose struct {
	protected []byte
	alg       int64
	typ       string
	x5chain   [][]byte // DER, leaf first (RFC 9360)
	kid       []byte
	payload   []byte // nil if detached
	sig       []byte
}

// coseAlg are the JOSE names of the COSE algorithms that are understood; the new
// fully specified numbers (RFC 9864) mean the same pairs.
var coseAlg = map[int64]string{-7: "ES256", -35: "ES384", -36: "ES512", -8: "EdDSA", -9: "ES256", -51: "ES384", -52: "ES512", -19: "EdDSA"}

const hmac256 = 5 // HMAC 256/256

func parseCOSE(b []byte, tag uint64) (*cose, error) {
	if len(b) > 0 && b[0]>>5 == 6 {
		var t cbor.RawTag
		if err := uncbor(b, &t); err != nil || t.Number != tag {
			return nil, errors.New("another kind of COSE message expected")
		}
		b = t.Content
	}
	var m struct {
		_           struct{} `cbor:",toarray"`
		Protected   []byte
		Unprotected map[any]cbor.RawMessage
		Payload     cbor.RawMessage
		Sig         []byte
	}
	if err := uncbor(b, &m); err != nil {
		return nil, err
	}
	c := &cose{protected: m.Protected, sig: m.Sig}
	if len(m.Payload) != 1 || m.Payload[0] != 0xf6 {
		if err := uncbor(m.Payload, &c.payload); err != nil || c.payload == nil {
			return nil, errors.New("the payload is not a byte string")
		}
	}
	var protected map[any]cbor.RawMessage
	if err := uncbor(m.Protected, &protected); err != nil {
		return nil, errors.New("the protected header is not strict CBOR")
	}
	// The algorithm must be protected (RFC 9052 section 3.1); what demands to be
	// understood is not.
	if err := uncbor(protected[uint64(1)], &c.alg); err != nil {
		return nil, errors.New("no protected algorithm")
	}
	if _, there := protected[uint64(2)]; there {
		return nil, errors.New("the header demands an extension that is not known")
	}
	// A header that stands in both maps is taken from the protected one (RFC 9052
	// section 3): only that is signed.
	header := func(label uint64) cbor.RawMessage {
		if v, ok := protected[label]; ok {
			return v
		}
		return m.Unprotected[label]
	}
	if v := protected[uint64(16)]; v != nil {
		if err := uncbor(v, &c.typ); err != nil {
			return nil, errors.New("the type is not text")
		}
	}
	if v := header(4); v != nil {
		if err := uncbor(v, &c.kid); err != nil {
			return nil, errors.New("the key id is not a byte string")
		}
	}
	if v := header(33); v != nil {
		var one []byte
		if uncbor(v, &one) == nil {
			c.x5chain = [][]byte{one}
		} else if err := uncbor(v, &c.x5chain); err != nil || len(c.x5chain) == 0 || len(c.x5chain) > maxChain {
			return nil, errors.New("the certificate chain is not a short list")
		}
	}
	return c, nil
}

// verify checks a COSE_Sign1 over payload, which may be detached.
func (c *cose) verify(key crypto.PublicKey, payload []byte) error {
	alg, ok := coseAlg[c.alg]
	if !ok {
		return errors.New("the algorithm is not supported")
	}
	return verifySignature(key, alg, encoded([]any{"Signature1", c.protected, []byte{}, payload}), c.sig)
}

// verifyMAC checks a COSE_Mac0 over a detached payload with HMAC 256/256.
func (c *cose) verifyMAC(key, payload []byte) error {
	if c.alg != hmac256 {
		return errors.New("the algorithm is not supported")
	}
	h := hmac.New(sha256.New, key)
	h.Write(encoded([]any{"MAC0", c.protected, []byte{}, payload}))
	if !hmac.Equal(h.Sum(nil), c.sig) {
		return errors.New("the authentication code does not fit")
	}
	return nil
}

var coseCurve = map[int64]string{1: "P-256", 2: "P-384", 3: "P-521", 6: "Ed25519"}

// parseCOSEKey reads a public COSE_Key (RFC 9053 section 7): EC2 or OKP.
func parseCOSEKey(b []byte) (crypto.PublicKey, error) {
	var m map[any]cbor.RawMessage
	if err := uncbor(b, &m); err != nil {
		return nil, err
	}
	if _, secret := m[int64(-4)]; secret {
		return nil, errors.New("the key holds a secret part")
	}
	var kty, crv int64
	var x []byte
	if uncbor(m[uint64(1)], &kty) != nil || uncbor(m[int64(-1)], &crv) != nil || uncbor(m[int64(-2)], &x) != nil {
		return nil, errors.New("the key is not well-formed")
	}
	switch kty {
	case 1:
		return edwards(coseCurve[crv], x)
	case 2:
		var y []byte
		var odd bool
		if uncbor(m[int64(-3)], &y) == nil {
			return point(coseCurve[crv], x, y)
		}
		if uncbor(m[int64(-3)], &odd) == nil {
			return nil, errors.New("compressed points are not supported")
		}
	}
	return nil, errors.New("the key is not well-formed")
}
