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

// field does the sums; its numbers are kept so that nothing is allocated inside
// the loop. Signatures are public, so it need not take the same time always.
type field struct {
	*curve
	q, t0, t1, t2, t3, t4, t5 big.Int
}

func (f *field) mul(to, a, b *big.Int) { to.Mul(a, b); f.q.QuoRem(to, f.p, to) }

func (f *field) sub(to, a, b *big.Int) {
	if to.Sub(a, b).Sign() < 0 {
		to.Add(to, f.p)
	}
}

func (f *field) add(to, a, b *big.Int) {
	if to.Add(a, b).Cmp(f.p) >= 0 {
		to.Sub(to, f.p)
	}
}

// double puts 2·v into v.
func (f *field) double(v *jacobian) {
	if v.z.Sign() == 0 {
		return
	}
	yy, s, m, zz := &f.t0, &f.t1, &f.t2, &f.t3
	f.mul(yy, &v.y, &v.y)
	f.mul(s, &v.x, yy)
	f.add(s, s, s)
	f.add(s, s, s) // 4xy²
	f.mul(zz, &v.z, &v.z)
	f.mul(zz, zz, zz)
	f.mul(zz, zz, f.a)
	f.mul(m, &v.x, &v.x)
	f.add(zz, zz, m)
	f.add(m, m, m)
	f.add(m, m, zz) // 3x² + az⁴
	f.mul(&v.z, &v.y, &v.z)
	f.add(&v.z, &v.z, &v.z)
	f.mul(&v.x, m, m)
	f.sub(&v.x, &v.x, s)
	f.sub(&v.x, &v.x, s)
	f.mul(yy, yy, yy)
	for range 3 {
		f.add(yy, yy, yy) // 8y⁴
	}
	f.sub(s, s, &v.x)
	f.mul(&v.y, m, s)
	f.sub(&v.y, &v.y, yy)
}

// plus puts v+w into v.
func (f *field) plus(v, w *jacobian) {
	switch {
	case w.z.Sign() == 0:
		return
	case v.z.Sign() == 0:
		v.x.Set(&w.x)
		v.y.Set(&w.y)
		v.z.Set(&w.z)
		return
	}
	u, s, h, r, t, hh := &f.t0, &f.t1, &f.t2, &f.t3, &f.t4, &f.t5
	f.mul(t, &w.z, &w.z)
	f.mul(u, &v.x, t) // x1 z2²
	f.mul(t, t, &w.z)
	f.mul(s, &v.y, t) // y1 z2³
	f.mul(t, &v.z, &v.z)
	f.mul(h, &w.x, t)
	f.sub(h, h, u)
	f.mul(t, t, &v.z)
	f.mul(r, &w.y, t)
	f.sub(r, r, s)
	if h.Sign() == 0 {
		if r.Sign() == 0 {
			f.double(v)
		} else {
			v.z.SetInt64(0)
		}
		return
	}
	f.mul(t, &v.z, &w.z)
	f.mul(&v.z, t, h)
	f.mul(hh, h, h)
	f.mul(u, u, hh)
	f.mul(hh, hh, h) // h³
	f.mul(&v.x, r, r)
	f.sub(&v.x, &v.x, hh)
	f.sub(&v.x, &v.x, u)
	f.sub(&v.x, &v.x, u)
	f.sub(u, u, &v.x)
	f.mul(&v.y, r, u)
	f.mul(t, s, hh)
	f.sub(&v.y, &v.y, t)
}

// sum is a·G + b·(x, y), four bits of both factors at a time.
func (c *curve) sum(a, b, x, y *big.Int) *jacobian {
	f := &field{curve: c}
	var tables [2][16]jacobian
	for i, start := range [2][2]*big.Int{{c.gx, c.gy}, {x, y}} {
		t := &tables[i]
		t[1].x.Set(start[0])
		t[1].y.Set(start[1])
		t[1].z.SetInt64(1)
		for k := 2; k < 16; k++ {
			f.plus(&t[k], &t[k-1])
			f.plus(&t[k], &t[1])
		}
	}
	v := &jacobian{}
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
	return v
}
