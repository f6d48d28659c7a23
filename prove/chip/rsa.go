package chip

import (
	"bytes"
	"crypto"
	"crypto/subtle"
	"encoding/binary"
	"math/big"
)

// rsaKey is a public key. The standard library takes no exponent above 2^31 and
// no key below 1024 bits; certificates of states have had both.
type rsaKey struct{ n, e *big.Int }

// usable bounds the work one key can ask for, and refuses what cannot be a key.
func (k *rsaKey) usable() bool {
	bits := k.n.BitLen()
	return bits >= 1024 && bits <= 8192 && k.n.Bit(0) == 1 && k.e.BitLen() >= 2 && k.e.BitLen() <= 64 && k.e.Bit(0) == 1
}

func (k *rsaKey) size() int { return (k.n.BitLen() + 7) / 8 }

// open is s^e mod n as bytes of the key's length; nil when s is no signature of it.
func (k *rsaKey) open(sig []byte) []byte {
	s := new(big.Int).SetBytes(sig)
	if len(sig) != k.size() || s.Cmp(k.n) >= 0 {
		return nil
	}
	return s.Exp(s, k.e, k.n).FillBytes(make([]byte, k.size()))
}

// digestInfo is what stands before the digest in EMSA-PKCS1-v1_5 (RFC 8017 9.2 note 1).
var digestInfo = map[crypto.Hash]string{
	crypto.SHA1:   "\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14",
	crypto.SHA224: "\x30\x2d\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x04\x05\x00\x04\x1c",
	crypto.SHA256: "\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20",
	crypto.SHA384: "\x30\x41\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30",
	crypto.SHA512: "\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40",
}

// pkcs1 is RSASSA-PKCS1-v1_5 (RFC 8017 8.2.2): the expected block is built and
// compared whole, so nothing in it is ever parsed.
func (k *rsaKey) pkcs1(h crypto.Hash, digest, sig []byte) bool {
	prefix, known := digestInfo[h]
	got := k.open(sig)
	if !known || got == nil || len(digest) != h.Size() || len(got) < len(prefix)+len(digest)+11 {
		return false
	}
	want := bytes.Repeat([]byte{0xff}, len(got))
	want[0], want[1] = 0, 1
	at := len(want) - len(prefix) - len(digest)
	want[at-1] = 0
	copy(want[at:], prefix)
	copy(want[at+len(prefix):], digest)
	return subtle.ConstantTimeCompare(got, want) == 1
}

// pss is RSASSA-PSS (RFC 8017 8.1.2, 9.1.2) with MGF1 over mgf and a salt of salt bytes.
func (k *rsaKey) pss(h, mgf crypto.Hash, salt int, digest, sig []byte) bool {
	em := k.open(sig)
	if em == nil || len(digest) != h.Size() || salt < 0 || salt > 512 {
		return false
	}
	bits := k.n.BitLen() - 1
	if bits%8 == 0 { // the block is one byte shorter than the key
		if em[0] != 0 {
			return false
		}
		em = em[1:]
	}
	n := len(em)
	if n < h.Size()+salt+2 || em[n-1] != 0xbc {
		return false
	}
	db, hash := em[:n-h.Size()-1], em[n-h.Size()-1:n-1]
	over := byte(0xff) << (8 - (8*n - bits)) // bits that are left of the block
	if 8*n == bits {
		over = 0
	}
	if db[0]&over != 0 {
		return false
	}
	mask := mgf1(mgf, hash, len(db))
	for i := range db {
		db[i] ^= mask[i]
	}
	db[0] &^= over
	pad := len(db) - salt - 1
	for _, b := range db[:pad] {
		if b != 0 {
			return false
		}
	}
	if db[pad] != 1 {
		return false
	}
	w := h.New()
	w.Write(make([]byte, 8))
	w.Write(digest)
	w.Write(db[pad+1:])
	return bytes.Equal(w.Sum(nil), hash)
}

// mgf1 is the mask of RFC 8017 B.2.1.
func mgf1(h crypto.Hash, seed []byte, n int) []byte {
	var out []byte
	for i := uint32(0); len(out) < n; i++ {
		w := h.New()
		w.Write(seed)
		w.Write(binary.BigEndian.AppendUint32(nil, i))
		out = w.Sum(out)
	}
	return out[:n]
}
