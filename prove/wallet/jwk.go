package wallet

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"errors"
	"math/big"
	"slices"
)

// publicKey is a key with what its JWK allows it to be used for.
type publicKey struct {
	key crypto.PublicKey
	alg string // the only algorithm, if the JWK names one
	kid string
	use string
	ops []string
}

var curves = map[string]elliptic.Curve{"P-256": elliptic.P256(), "P-384": elliptic.P384(), "P-521": elliptic.P521()}

// parseJWK reads a public key (RFC 7517, RFC 8037). Symmetric and private keys
// are refused: where a public key belongs, a private one is a leak, and a
// symmetric one an invitation to algorithm confusion.
func parseJWK(m map[string]any) (*publicKey, error) {
	for _, private := range []string{"d", "k", "p", "q", "dp", "dq", "qi", "oth"} {
		if _, there := m[private]; there {
			return nil, errors.New("the key holds a secret part")
		}
	}
	k := &publicKey{}
	var kty, crv string
	for name, to := range map[string]*string{"kty": &kty, "crv": &crv, "alg": &k.alg, "kid": &k.kid, "use": &k.use} {
		var err error
		if *to, err = text(m, name); err != nil {
			return nil, err
		}
	}
	if v, there := m["key_ops"]; there {
		ops, ok := v.([]any)
		if !ok {
			return nil, errors.New("key_ops is not a list")
		}
		for _, o := range ops {
			s, ok := o.(string)
			if !ok {
				return nil, errors.New("key_ops is not a list of strings")
			}
			k.ops = append(k.ops, s)
		}
	}
	part := func(name string) []byte {
		s, _ := m[name].(string)
		b, err := unbase64(s)
		if err != nil {
			return nil
		}
		return b
	}
	var err error
	switch kty {
	case "EC":
		k.key, err = point(crv, part("x"), part("y"))
	case "OKP":
		k.key, err = edwards(crv, part("x"))
	case "RSA":
		k.key, err = modulus(part("n"), part("e"))
	default:
		err = errors.New("key type not supported")
	}
	if err != nil {
		return nil, err
	}
	return k, nil
}

// point is a key on a NIST curve; x and y have the full length of the field
// (RFC 7518 section 6.2.1.2) and lie on the curve.
func point(crv string, x, y []byte) (*ecdsa.PublicKey, error) {
	c, ok := curves[crv]
	if !ok {
		return nil, errors.New("curve not supported")
	}
	size := (c.Params().BitSize + 7) / 8
	if len(x) != size || len(y) != size {
		return nil, errors.New("coordinates have the wrong length")
	}
	k, err := ecdsa.ParseUncompressedPublicKey(c, slices.Concat([]byte{4}, x, y))
	if err != nil {
		return nil, errors.New("the point is not on the curve")
	}
	return k, nil
}

func edwards(crv string, x []byte) (ed25519.PublicKey, error) {
	if crv != "Ed25519" || len(x) != ed25519.PublicKeySize {
		return nil, errors.New("curve not supported")
	}
	return ed25519.PublicKey(x), nil
}

func modulus(n, e []byte) (*rsa.PublicKey, error) {
	if len(n) == 0 || n[0] == 0 || len(e) == 0 || len(e) > 4 || e[0] == 0 {
		return nil, errors.New("RSA key not well-formed")
	}
	k := &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}
	if err := rsaFit(k); err != nil {
		return nil, err
	}
	return k, nil
}

// rsaFit: 2048 bits at least (RFC 7518 section 3.3), 8192 at most lest a key
// become a burden, and an exponent that is one.
func rsaFit(k *rsa.PublicKey) error {
	if k.N.BitLen() < 2048 || k.N.BitLen() > 8192 || k.N.Bit(0) == 0 || k.E < 3 || k.E&1 == 0 {
		return errors.New("RSA key too weak or too large")
	}
	if roca(k.N) {
		return errors.New("RSA key made by a chip whose keys can be factored")
	}
	return nil
}

// roca says whether a modulus bears the mark of CVE-2017-15361: its primes were
// built from powers of 65537, so modulo every small prime the modulus lies in the
// subgroup that 65537 generates (Nemec et al., The Return of Coppersmith's
// Attack, 2017). A good key passes all these by chance once in 2^27.
func roca(n *big.Int) bool {
	for p := int64(3); p <= 167; p += 2 {
		if !big.NewInt(p).ProbablyPrime(0) {
			continue
		}
		rest := new(big.Int).Mod(n, big.NewInt(p)).Int64()
		power, in := int64(1), false
		for range p {
			if power == rest {
				in = true
				break
			}
			power = power * (65537 % p) % p
		}
		if !in {
			return false
		}
	}
	return true
}

// mayVerify says whether the JWK allows its key to verify under alg.
func (k *publicKey) mayVerify(alg string) bool {
	return (k.alg == "" || k.alg == alg) && (k.use == "" || k.use == "sig") && (k.ops == nil || slices.Contains(k.ops, "verify"))
}

// keySet reads a JWK set of public keys with distinct kids. A set that mixes in
// a secret, or names two keys alike, is refused as a whole: which key was meant
// cannot be told.
func keySet(m map[string]any) ([]*publicKey, error) {
	list, ok := m["keys"].([]any)
	if !ok || len(list) == 0 || len(list) > 100 {
		return nil, errors.New("no list of keys")
	}
	var keys []*publicKey
	for _, v := range list {
		one, ok := v.(map[string]any)
		if !ok {
			return nil, errors.New("a key is not an object")
		}
		k, err := parseJWK(one)
		if err != nil {
			return nil, err
		}
		for _, other := range keys {
			if other.kid == k.kid {
				return nil, errors.New("two keys bear one kid")
			}
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// thumbprint is the RFC 7638 SHA-256 thumbprint of a public key, 32 bytes; nil
// for kinds of key that have none here.
func thumbprint(key crypto.PublicKey) []byte {
	var b bytes.Buffer
	put := func(parts ...string) {
		for _, p := range parts {
			b.WriteString(p)
		}
	}
	switch k := key.(type) {
	case *ecdsa.PublicKey:
		raw, err := k.Bytes()
		if err != nil {
			return nil
		}
		half := (len(raw) - 1) / 2
		put(`{"crv":"`, k.Params().Name, `","kty":"EC","x":"`, base64url(raw[1:1+half]), `","y":"`, base64url(raw[1+half:]), `"}`)
	case ed25519.PublicKey:
		put(`{"crv":"Ed25519","kty":"OKP","x":"`, base64url(k), `"}`)
	case *rsa.PublicKey:
		put(`{"e":"`, base64url(big.NewInt(int64(k.E)).Bytes()), `","kty":"RSA","n":"`, base64url(k.N.Bytes()), `"}`)
	default:
		return nil
	}
	sum := sha256.Sum256(b.Bytes())
	return sum[:]
}
