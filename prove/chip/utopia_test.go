package chip

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Utopia is a state of our own: it has an authority, a document signer and a
// citizen, all invented, and can be told to break any rule.

// tlvOf writes one element.
func tlvOf(tag int, parts ...[]byte) []byte {
	var body []byte
	for _, p := range parts {
		body = append(body, p...)
	}
	var out []byte
	if tag > 0xff {
		out = append(out, byte(tag>>8))
	}
	out = append(out, byte(tag))
	switch n := len(body); {
	case n < 0x80:
		out = append(out, byte(n))
	case n < 0x100:
		out = append(out, 0x81, byte(n))
	default:
		out = append(out, 0x82, byte(n>>8), byte(n))
	}
	return append(out, body...)
}

func seqOf(parts ...[]byte) []byte { return tlvOf(tagSequence, parts...) }

func intOf(v *big.Int) []byte {
	b := v.Bytes()
	if len(b) == 0 || b[0]&0x80 != 0 {
		b = append([]byte{0}, b...)
	}
	return tlvOf(tagInteger, b)
}

func numOf(v int64) []byte { return intOf(big.NewInt(v)) }

func oidOf(dots string) []byte {
	var v []uint64
	for _, p := range strings.Split(dots, ".") {
		n, _ := strconv.ParseUint(p, 10, 64)
		v = append(v, n)
	}
	body := []byte{}
	for _, n := range append([]uint64{v[0]*40 + v[1]}, v[2:]...) {
		var part []byte
		for part = []byte{byte(n & 0x7f)}; n > 0x7f; part = append([]byte{byte(n&0x7f) | 0x80}, part...) {
			n >>= 7
		}
		body = append(body, part...)
	}
	return tlvOf(tagOID, body)
}

func nameOf(country, cn string) []byte {
	one := func(oid string, tag int, v string) []byte {
		return tlvOf(tagSet, seqOf(oidOf(oid), tlvOf(tag, []byte(v))))
	}
	return seqOf(one("2.5.4.6", 0x13, country), one("2.5.4.3", 0x0c, cn))
}

func timeOf(t time.Time) []byte { return tlvOf(tagGeneralTime, []byte(t.Format("20060102150405Z"))) }

// private is a key that can sign: on a curve, or RSA.
type private struct {
	curve     *curve
	d         *big.Int
	rsa       *rsa.PrivateKey
	explicit  bool
	generator []byte // instead of the curve's own
}

func newEC(t testing.TB, name string) *private {
	t.Helper()
	for _, c := range curves() {
		if c.name == name {
			d, err := rand.Int(rand.Reader, new(big.Int).Sub(c.n, big.NewInt(2)))
			if err != nil {
				t.Fatal(err)
			}
			return &private{curve: c, d: d.Add(d, big.NewInt(1))}
		}
	}
	t.Fatalf("no curve %s", name)
	return nil
}

func newRSA(t testing.TB) *private {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return &private{rsa: k}
}

// times is k·G as x and y.
func times(c *curve, k, gx, gy *big.Int) (x, y *big.Int) {
	v := c.sum(big.NewInt(0), k, gx, gy)
	z := new(big.Int).ModInverse(&v.z, c.p)
	zz := new(big.Int).Mul(z, z)
	x = new(big.Int).Mul(&v.x, zz)
	y = new(big.Int).Mul(&v.y, zz.Mul(zz, z))
	return x.Mod(x, c.p), y.Mod(y, c.p)
}

func (k *private) encode(x, y *big.Int) []byte {
	n := k.curve.bytes()
	return append(append([]byte{4}, x.FillBytes(make([]byte, n))...), y.FillBytes(make([]byte, n))...)
}

func (k *private) spki() []byte {
	bits := func(b []byte) []byte { return tlvOf(tagBits, []byte{0}, b) }
	if k.rsa != nil {
		return seqOf(seqOf(oidOf(oidRSA), tlvOf(tagNull)), bits(seqOf(intOf(k.rsa.N), numOf(int64(k.rsa.E)))))
	}
	c := k.curve
	x, y := times(c, k.d, c.gx, c.gy)
	parameters := oidOf(c.oid)
	if k.explicit {
		g := k.generator
		if g == nil {
			g = k.encode(c.gx, c.gy)
		}
		n := c.bytes()
		parameters = seqOf(numOf(1), seqOf(oidOf("1.2.840.10045.1.1"), intOf(c.p)),
			seqOf(tlvOf(tagOctets, c.a.FillBytes(make([]byte, n))), tlvOf(tagOctets, c.b.FillBytes(make([]byte, n)))),
			tlvOf(tagOctets, g), intOf(c.n), numOf(1))
	}
	return seqOf(seqOf(oidOf(oidEC), parameters), bits(k.encode(x, y)))
}

func (k *private) algorithm() []byte {
	if k.rsa != nil {
		sha := seqOf(oidOf("2.16.840.1.101.3.4.2.1"), tlvOf(tagNull))
		return seqOf(oidOf(oidPSS), seqOf(tlvOf(0xa0, sha), tlvOf(0xa1, seqOf(oidOf(oidMGF1), sha)), tlvOf(0xa2, numOf(32))))
	}
	return seqOf(oidOf("1.2.840.10045.4.3.2"))
}

func (k *private) sign(t testing.TB, b []byte) []byte {
	sum := digest(crypto.SHA256, b)
	if k.rsa != nil {
		sig, err := rsa.SignPSS(rand.Reader, k.rsa, crypto.SHA256, sum, &rsa.PSSOptions{SaltLength: 32})
		if err != nil {
			t.Fatal(err)
		}
		return sig
	}
	r, s := k.signDigest(t, sum)
	return seqOf(intOf(r), intOf(s))
}

func (k *private) signDigest(t testing.TB, sum []byte) (r, s *big.Int) {
	c := k.curve
	e := new(big.Int).SetBytes(sum)
	if over := len(sum)*8 - c.n.BitLen(); over > 0 {
		e.Rsh(e, uint(over))
	}
	once, err := rand.Int(rand.Reader, new(big.Int).Sub(c.n, big.NewInt(2)))
	if err != nil {
		t.Fatal(err)
	}
	once.Add(once, big.NewInt(1))
	x, _ := times(c, once, c.gx, c.gy)
	r = x.Mod(x, c.n)
	s = new(big.Int).Mul(r, k.d)
	s.Add(s, e).Mul(s, new(big.Int).ModInverse(once, c.n)).Mod(s, c.n)
	return r, s
}

// wish is a certificate to be made.
type wish struct {
	serial          int64
	issuer, subject []byte
	from, until     time.Time
	key, by         *private
	keyID, signedBy string
	usage           byte
	ca              bool
}

func (w wish) make(t testing.TB) []byte {
	extension := func(oid string, value []byte) []byte { return seqOf(oidOf(oid), tlvOf(tagOctets, value)) }
	ext := [][]byte{extension("2.5.29.15", tlvOf(tagBits, []byte{0, w.usage}))}
	if w.ca {
		ext = append(ext, extension("2.5.29.19", seqOf(tlvOf(tagBoolean, []byte{0xff}))))
	}
	if w.keyID != "" {
		ext = append(ext, extension("2.5.29.14", tlvOf(tagOctets, []byte(w.keyID))))
	}
	if w.signedBy != "" {
		ext = append(ext, extension("2.5.29.35", seqOf(tlvOf(0x80, []byte(w.signedBy)))))
	}
	tbs := seqOf(tlvOf(0xa0, numOf(2)), numOf(w.serial), w.by.algorithm(), w.issuer, seqOf(timeOf(w.from), timeOf(w.until)),
		w.subject, w.key.spki(), tlvOf(0xa3, seqOf(ext...)))
	return seqOf(tbs, w.by.algorithm(), tlvOf(tagBits, []byte{0}, w.by.sign(t, tbs)))
}

// utopia is a state with one citizen. Its fields may be changed before issue.
type utopia struct {
	t                 testing.TB
	authority, signer *private
	csca, dsc         wish
	groups            map[int][]byte
	signed            time.Time
	chip              *private
}

func on(d string) time.Time {
	t, err := time.Parse("2006-01-02", d)
	if err != nil {
		panic(err)
	}
	return t
}

const annasZone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F3204153ZE184226B<<<<<16"

func newUtopia(t testing.TB) *utopia {
	u := &utopia{t: t, authority: newEC(t, "brainpoolP384r1"), signer: newEC(t, "brainpoolP256r1"), signed: on("2024-06-01"), chip: newEC(t, "brainpoolP224r1")}
	u.authority.explicit, u.signer.explicit = true, true
	name := nameOf("UT", "CSCA Utopia")
	u.csca = wish{serial: 1, issuer: name, subject: name, from: on("2020-01-01"), until: on("2035-01-01"), key: u.authority, by: u.authority, keyID: "utopia-1", usage: 0x06, ca: true}
	u.dsc = wish{serial: 77, issuer: name, subject: nameOf("UT", "Document Signer 77"), from: on("2024-01-01"), until: on("2034-06-01"), key: u.signer, by: u.authority, keyID: "ds-77", signedBy: "utopia-1", usage: 0x80}
	jpeg := append([]byte("FAC\x00010\x00"), "\xff\xd8\xff\xe0 an invented face \xff\xd9"...)
	u.groups = map[int][]byte{
		1:  tlvOf(0x61, tlvOf(0x5f1f, []byte(annasZone))),
		2:  tlvOf(0x75, tlvOf(0x7f61, tlvOf(0x02, []byte{1}), tlvOf(0x7f60, tlvOf(0xa1, tlvOf(0x87, []byte{1, 1})), tlvOf(0x5f2e, jpeg)))),
		11: tlvOf(0x6b, tlvOf(0x5c, []byte{0x5f, 0x0e, 0x5f, 0x2b}), tlvOf(0x5f0e, []byte("ERIKSSON<<ÅNNA<MARIA")), tlvOf(0x5f2b, []byte{0x19, 0x74, 0x08, 0x12})),
		12: tlvOf(0x6c, tlvOf(0x5c, []byte{0x5f, 0x26}), tlvOf(0x5f26, []byte("20240601"))),
		14: tlvOf(0x6e, tlvOf(tagSet, seqOf(oidOf(oidActive), numOf(1), oidOf("0.4.0.127.0.7.1.1.4.1.2")))),
		15: tlvOf(0x6f, u.chip.spki()),
	}
	return u
}

// issue makes the files of the chip.
func (u *utopia) issue() []File {
	sha := seqOf(oidOf("2.16.840.1.101.3.4.2.1"))
	var hashes [][]byte
	var files []File
	com := []byte{}
	for n := 1; n <= 16; n++ {
		if b := u.groups[n]; b != nil {
			hashes = append(hashes, seqOf(numOf(int64(n)), tlvOf(tagOctets, digest(crypto.SHA256, b))))
			files = append(files, File{fmt.Sprintf("DG%d.bin", n), b})
			com = append(com, groupTags[n])
		}
	}
	content := seqOf(numOf(0), sha, seqOf(hashes...))
	cms := u.cms(oidSecurityObject, content)
	return append(files, File{"EF_SOD.bin", tlvOf(tagSOD, cms)},
		File{"EF_COM.bin", tlvOf(tagCOM, tlvOf(0x5f01, []byte("0107")), tlvOf(0x5f36, []byte("040000")), tlvOf(0x5c, com))})
}

// cms is content signed by the document signer.
func (u *utopia) cms(kind string, content []byte) []byte {
	sha := seqOf(oidOf("2.16.840.1.101.3.4.2.1"))
	attributes := tlvOf(tagSet,
		seqOf(oidOf(oidContentType), tlvOf(tagSet, oidOf(kind))),
		seqOf(oidOf(oidSigningTime), tlvOf(tagSet, timeOf(u.signed))),
		seqOf(oidOf(oidMessageDigest), tlvOf(tagSet, tlvOf(tagOctets, digest(crypto.SHA256, content)))))
	implicit := append([]byte{0xa0}, attributes[1:]...)
	info := seqOf(numOf(1), seqOf(u.dsc.issuer, numOf(u.dsc.serial)), sha, implicit, u.signer.algorithm(), tlvOf(tagOctets, u.signer.sign(u.t, attributes)))
	return seqOf(oidOf(oidSignedData), tlvOf(0xa0, seqOf(numOf(3), tlvOf(tagSet, sha),
		seqOf(oidOf(kind), tlvOf(0xa0, tlvOf(tagOctets, content))), tlvOf(0xa0, u.dsc.make(u.t)), tlvOf(tagSet, info))))
}

// trust is a list that holds the authority, as DER.
func (u *utopia) trust() *Trust {
	u.t.Helper()
	trust := NewTrust()
	if err := trust.Add("utopia.cer", u.csca.make(u.t)); err != nil {
		u.t.Fatal(err)
	}
	return trust
}

// revoke makes a revocation list, signed by a key.
func (u *utopia) revoke(by *private, from, next time.Time, serials ...int64) []byte {
	var entries [][]byte
	for _, s := range serials {
		entries = append(entries, seqOf(numOf(s), timeOf(from)))
	}
	parts := [][]byte{numOf(1), by.algorithm(), u.csca.subject, timeOf(from), timeOf(next)}
	if len(entries) > 0 {
		parts = append(parts, seqOf(entries...))
	}
	tbs := seqOf(parts...)
	return seqOf(tbs, by.algorithm(), tlvOf(tagBits, []byte{0}, by.sign(u.t, tbs)))
}
