package chip

import (
	"bytes"
	"crypto"
	"errors"
	"fmt"
	"math/big"
)

// Transcript is what was asked of the chip itself, and what it answered: active
// authentication (9303-11, 6.1), chip authentication (agreement.go), or both. What
// was asked must be ours, drawn for this session and never used before; the
// caller sees to that.
type Transcript struct {
	Challenge []byte     // 8 bytes; none when active authentication was not asked for
	Response  []byte     // to the challenge
	Agreement *Agreement // nil when chip authentication was not asked for
	Answer    []byte     // to its sealed command, with its status
}

const oidActive = "2.23.136.1.1.5"

// active checks a transcript against the key of DG15, which must have been
// among the signed files. DG14 names the hash for keys on curves.
func (d *Document) active(t *Transcript) (State, string) {
	if len(t.Challenge) != 8 || len(t.Response) == 0 || len(t.Response) > 1024 {
		return Failed, "a transcript is a challenge of 8 bytes and an answer"
	}
	key, err := chipKey(d.groups[15])
	if errors.Is(err, errUnsupported) {
		return NotVerifiable, "the chip's key: " + err.Error()
	}
	if err != nil {
		return Failed, "DG15 holds no key"
	}
	if key.rsa != nil {
		if !key.rsa.recovers(t.Challenge, t.Response) {
			return Failed, "the chip's answer does not fit the challenge"
		}
		return OK, "the chip answered with its own key (" + key.say() + ")"
	}
	h, err := d.activeHash()
	if err != nil {
		return NotVerifiable, err.Error()
	}
	sum := digest(h, t.Challenge)
	r, s, ok := key.ec.plainSignature(t.Response)
	if !ok {
		if r, s, err = derSignature(t.Response); err != nil {
			return Failed, "the chip's answer is no signature"
		}
	}
	if !key.ec.verify(sum, r, s) {
		return Failed, "the chip's answer does not fit the challenge"
	}
	return OK, "the chip answered with its own key (" + key.say() + ")"
}

func (d *Document) activeHash() (crypto.Hash, error) {
	if d.groups[14] == nil {
		return 0, errors.New("DG14, which names the hash of the chip's answer, was not given")
	}
	infos, err := securityInfos(d.groups[14])
	if err != nil {
		return 0, errors.New("DG14 cannot be read")
	}
	c := infos[oidActive]
	if c == nil {
		return 0, errors.New("DG14 does not name the hash of the chip's answer")
	}
	if _, err := c.take(tagInteger); err != nil {
		return 0, errors.New("DG14 cannot be read")
	}
	oid, err := c.oid()
	if err != nil {
		return 0, errors.New("DG14 cannot be read")
	}
	if a, ok := signatures[oid]; ok && a.scheme == schemePlainECDSA {
		return a.hash, nil
	}
	return 0, fmt.Errorf("the chip signs with %s: %w", oid, errUnsupported)
}

// trailers of ISO/IEC 9796-2 by their last bytes.
var trailers = map[byte]crypto.Hash{0x33: crypto.SHA1, 0x34: crypto.SHA256, 0x35: crypto.SHA512, 0x36: crypto.SHA384, 0x38: crypto.SHA224}

// recovers checks a signature with partial message recovery (ISO/IEC 9796-2
// scheme 1): 6A, a part of the message that the chip chose, the hash of that
// part and the challenge, the trailer.
func (k *rsaKey) recovers(challenge, sig []byte) bool {
	block := k.open(sig)
	if block == nil {
		return false
	}
	if block[len(block)-1]&0x0f != 0x0c { // the signer may have given n minus it
		m := new(big.Int).SetBytes(block)
		block = m.Sub(k.n, m).FillBytes(make([]byte, k.size()))
	}
	n := len(block)
	h, end := crypto.SHA1, n-1
	switch block[n-1] {
	case 0xbc:
	case 0xcc:
		var known bool
		if h, known = trailers[block[n-2]]; !known {
			return false
		}
		end = n - 2
	default:
		return false
	}
	if block[0] != 0x6a || end-h.Size() < 1 {
		return false
	}
	w := h.New()
	w.Write(block[1 : end-h.Size()])
	w.Write(challenge)
	return bytes.Equal(w.Sum(nil), block[end-h.Size():end])
}
