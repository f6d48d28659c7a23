package wallet

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"math/big"
	"strings"
)

// jws is a JSON Web Signature in compact form (RFC 7515), read but not verified.
// jwk, jku, x5u and kid of the header are never followed: a key comes from a
// trust list, from the x5c chain that ends in one, or from a signed cnf.
type jws struct {
	header  map[string]any
	alg     string
	typ     string
	kid     string
	x5c     [][]byte // DER, leaf first
	payload []byte
	signed  []byte // the bytes under the signature
	sig     []byte
}

func parseJWS(token string) (*jws, error) {
	if len(token) > maxToken {
		return nil, errors.New("the token is too long")
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil, errors.New("the token has not three parts")
	}
	head, err := unbase64(parts[0])
	if err != nil {
		return nil, errors.New("the header is not base64url")
	}
	j := &jws{signed: []byte(token[:len(parts[0])+1+len(parts[1])])}
	if j.payload, err = unbase64(parts[1]); err != nil {
		return nil, errors.New("the payload is not base64url")
	}
	if j.sig, err = unbase64(parts[2]); err != nil {
		return nil, errors.New("the signature is not base64url")
	}
	if j.header, err = object(head); err != nil {
		return nil, errors.New("the header is not a strict JSON object")
	}
	for name, to := range map[string]*string{"alg": &j.alg, "typ": &j.typ, "kid": &j.kid} {
		if *to, err = text(j.header, name); err != nil {
			return nil, errors.New("the header has a member of the wrong kind")
		}
	}
	// RFC 7515 section 4.1.11: extensions that must be understood; none is.
	if _, there := j.header["crit"]; there {
		return nil, errors.New("the header demands an extension that is not known")
	}
	if j.x5c, err = certificates(j.header["x5c"]); err != nil {
		return nil, err
	}
	return j, nil
}

// certificates reads an x5c member: standard base64 of DER (RFC 7515 section
// 4.1.6), which is the one place in JOSE with that alphabet.
func certificates(v any) ([][]byte, error) {
	if v == nil {
		return nil, nil
	}
	list, ok := v.([]any)
	if !ok || len(list) == 0 || len(list) > maxChain {
		return nil, errors.New("the certificate chain is not a short list")
	}
	var chain [][]byte
	for _, one := range list {
		s, ok := one.(string)
		if !ok || strings.ContainsAny(s, "\r\n") {
			return nil, errors.New("the certificate chain is not base64")
		}
		der, err := base64.StdEncoding.Strict().DecodeString(s)
		if err != nil {
			return nil, errors.New("the certificate chain is not base64")
		}
		chain = append(chain, der)
	}
	return chain, nil
}

var errSignature = errors.New("the signature does not fit")

// verify checks the signature. The key decides which algorithms are possible,
// never the token alone; "none" and every MAC are impossible.
func (j *jws) verify(k *publicKey) error {
	if !k.mayVerify(j.alg) {
		return errors.New("the key is not meant for this algorithm")
	}
	return verifySignature(k.key, j.alg, j.signed, j.sig)
}

// verifySignature checks sig over message under a JOSE algorithm name (RFC 7518,
// RFC 8037). Each curve has one algorithm; ECDSA signatures are r and s of full
// length side by side (IEEE P1363).
func verifySignature(key crypto.PublicKey, alg string, message, sig []byte) error {
	switch k := key.(type) {
	case *ecdsa.PublicKey:
		want := map[string]string{"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}[k.Params().Name]
		if alg != want || want == "" {
			return errors.New("the algorithm does not belong to this key")
		}
		size := (k.Params().BitSize + 7) / 8
		if len(sig) != 2*size {
			return errSignature
		}
		r, s := new(big.Int).SetBytes(sig[:size]), new(big.Int).SetBytes(sig[size:])
		if !ecdsa.Verify(k, digest(hashOf(alg), message), r, s) {
			return errSignature
		}
		return nil
	case ed25519.PublicKey:
		if alg != "EdDSA" && alg != "Ed25519" {
			return errors.New("the algorithm does not belong to this key")
		}
		if len(sig) != ed25519.SignatureSize || !ed25519.Verify(k, message, sig) {
			return errSignature
		}
		return nil
	case *rsa.PublicKey:
		if err := rsaFit(k); err != nil {
			return err
		}
		h := hashOf(alg)
		var err error
		switch alg {
		case "RS256", "RS384", "RS512":
			err = rsa.VerifyPKCS1v15(k, h, digest(h, message), sig)
		case "PS256", "PS384", "PS512":
			err = rsa.VerifyPSS(k, h, digest(h, message), sig, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash})
		default:
			return errors.New("the algorithm does not belong to this key")
		}
		if err != nil {
			return errSignature
		}
		return nil
	}
	return errors.New("kind of key not supported")
}

func hashOf(alg string) crypto.Hash {
	switch alg[max(0, len(alg)-3):] {
	case "384":
		return crypto.SHA384
	case "512":
		return crypto.SHA512
	}
	return crypto.SHA256
}

func digest(h crypto.Hash, b []byte) []byte {
	switch h {
	case crypto.SHA384:
		s := sha512.Sum384(b)
		return s[:]
	case crypto.SHA512:
		s := sha512.Sum512(b)
		return s[:]
	}
	s := sha256.Sum256(b)
	return s[:]
}
