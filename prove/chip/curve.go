package chip

import (
	"crypto/elliptic"
	"math/big"
	"sync"
)

// curveRow is one row of curveTable.
type curveRow struct{ name, oid, p, a, b, x, y, n string }

// curve is y² = x³ + ax + b over the integers modulo p, with a generator of
// prime order n.
type curve struct {
	name, oid          string
	p, a, b, gx, gy, n *big.Int
	fast               elliptic.Curve // the standard library's, nil where it has none
}

// curves is the table as numbers; nothing is ever added to it.
var curves = sync.OnceValue(func() []*curve {
	fast := map[string]elliptic.Curve{"P-224": elliptic.P224(), "P-256": elliptic.P256(), "P-384": elliptic.P384(), "P-521": elliptic.P521()}
	number := func(hex string) *big.Int {
		v, _ := new(big.Int).SetString(hex, 16)
		return v
	}
	var all []*curve
	for _, r := range curveTable {
		all = append(all, &curve{r.name, r.oid, number(r.p), number(r.a), number(r.b), number(r.x), number(r.y), number(r.n), fast[r.name]})
	}
	return all
})

func namedCurve(oid string) *curve {
	for _, c := range curves() {
		if c.oid == oid {
			return c
		}
	}
	return nil
}

// bytes is the length of a coordinate.
func (c *curve) bytes() int { return (c.p.BitLen() + 7) / 8 }

// holds reports whether x, y is a point of the curve.
func (c *curve) holds(x, y *big.Int) bool {
	if x.Sign() < 0 || y.Sign() < 0 || x.Cmp(c.p) >= 0 || y.Cmp(c.p) >= 0 {
		return false
	}
	right := new(big.Int).Mul(x, x)
	right.Add(right, c.a)
	right.Mul(right, x)
	right.Add(right, c.b)
	left := new(big.Int).Mul(y, y)
	return right.Sub(right, left).Mod(right, c.p).Sign() == 0
}

// point reads the encoding of SEC 1 2.3.4: 04, x, y; or 02 or 03 and x.
func (c *curve) point(b []byte) (x, y *big.Int, ok bool) {
	n := c.bytes()
	switch {
	case len(b) == 1+2*n && b[0] == 4:
		x, y = new(big.Int).SetBytes(b[1:1+n]), new(big.Int).SetBytes(b[1+n:])
		return x, y, c.holds(x, y)
	case len(b) == 1+n && (b[0] == 2 || b[0] == 3):
		x = new(big.Int).SetBytes(b[1:])
		if x.Cmp(c.p) >= 0 {
			return nil, nil, false
		}
		y = new(big.Int).Mul(x, x)
		y.Add(y, c.a).Mul(y, x).Add(y, c.b).Mod(y, c.p)
		if y.ModSqrt(y, c.p) == nil {
			return nil, nil, false
		}
		if y.Bit(0) != uint(b[0]&1) {
			y.Sub(c.p, y)
		}
		return x, y, c.holds(x, y)
	}
	return nil, nil, false
}

// jacobian is a point x/z², y/z³; z = 0 is the point at infinity.
type jacobian struct{ x, y, z big.Int }

// sum is a·G + b·(x, y), four bits of both factors at a time. Signatures are
// public, so it need not take the same time always.
func (c *curve) sum(a, b, x, y *big.Int) *jacobian {
	f := newField(c)
	var tables [2][16]spot
	for i, start := range [2][2]*big.Int{{c.gx, c.gy}, {x, y}} {
		t := &tables[i]
		t[1] = spot{f.in(start[0]), f.in(start[1]), f.in(big.NewInt(1))}
		for k := 2; k < 16; k++ {
			t[k] = t[k-1]
			f.plus(&t[k], &t[1])
		}
	}
	v := &spot{}
	for at := (max(a.BitLen(), b.BitLen()) + 3) / 4 * 4; at > 0; at -= 4 {
		for range 4 {
			f.double(v)
		}
		for i, factor := range [2]*big.Int{a, b} {
			if k := factor.Bit(at-1)<<3 | factor.Bit(at-2)<<2 | factor.Bit(at-3)<<1 | factor.Bit(at-4); k != 0 {
				f.plus(v, &tables[i][k])
			}
		}
	}
	out := &jacobian{}
	f.out(&out.x, &v.x)
	f.out(&out.y, &v.y)
	f.out(&out.z, &v.z)
	return out
}
