package chip

import (
	"crypto/ecdsa"
	"math/big"
)

// ecKey is a point of one of the curves of the table.
type ecKey struct {
	*curve
	x, y *big.Int
}

// verify checks r, s over a digest (SEC 1 4.1.4). A digest longer than the
// order is cut on the right, as the standard says.
func (k *ecKey) verify(digest []byte, r, s *big.Int) bool {
	if r.Sign() <= 0 || s.Sign() <= 0 || r.Cmp(k.n) >= 0 || s.Cmp(k.n) >= 0 || len(digest) == 0 {
		return false
	}
	if k.fast != nil {
		return ecdsa.Verify(&ecdsa.PublicKey{Curve: k.fast, X: k.x, Y: k.y}, digest, r, s)
	}
	return k.slow(digest, r, s)
}

// slow is verify for curves that the standard library does not know.
func (k *ecKey) slow(digest []byte, r, s *big.Int) bool {
	e := new(big.Int).SetBytes(digest)
	if over := len(digest)*8 - k.n.BitLen(); over > 0 {
		e.Rsh(e, uint(over))
	}
	w := new(big.Int).ModInverse(s, k.n)
	if w == nil {
		return false
	}
	e.Mul(e, w).Mod(e, k.n)
	w.Mul(w, r).Mod(w, k.n)
	v := k.sum(e, w, k.x, k.y)
	if v.z.Sign() == 0 {
		return false
	}
	// x/z² mod n = r without a division: some r + in below p, times z², is x.
	zz := new(big.Int).Mul(&v.z, &v.z)
	zz.Mod(zz, k.p)
	for at := new(big.Int).Set(r); at.Cmp(k.p) < 0; at.Add(at, k.n) {
		got := new(big.Int).Mul(at, zz)
		if got.Mod(got, k.p).Cmp(&v.x) == 0 {
			return true
		}
	}
	return false
}

// derSignature reads SEQUENCE { r, s } (RFC 3279 2.2.3), in DER and no other way.
func derSignature(b []byte) (r, s *big.Int, err error) {
	seq, err := only(b, tagSequence)
	if err != nil {
		return nil, nil, err
	}
	c := seq.inside()
	for _, to := range []**big.Int{&r, &s} {
		e, err := c.take(tagInteger)
		if err != nil {
			return nil, nil, err
		}
		if *to, err = e.integer(528); err != nil {
			return nil, nil, err
		}
	}
	if !c.empty() {
		return nil, nil, errDER
	}
	return r, s, nil
}

// plainSignature reads r and s side by side, each as long as the order (BSI TR-03111 5.2.1).
func (k *ecKey) plainSignature(b []byte) (r, s *big.Int, ok bool) {
	n := (k.n.BitLen() + 7) / 8
	if len(b) != 2*n {
		return nil, nil, false
	}
	return new(big.Int).SetBytes(b[:n]), new(big.Int).SetBytes(b[n:]), true
}
