// Package chipsim is the chip of an invented document, for tests and stories: it
// answers the questions of chip authentication with a private key on P-256 and
// AES-128. It is written apart from the room that judges it, and shares no code
// with it.
package chipsim

import (
	"bytes"
	"crypto/aes"
	"crypto/ecdh"
	"crypto/sha1"
	"encoding/hex"
	"errors"
)

// Answer is what the chip with this private key says to the sealed command of a
// question: begin and sealed are hexadecimal, as a reader app is given them.
func Answer(private []byte, begin []string, sealed string) (string, error) {
	key, err := ecdh.P256().NewPrivateKey(private)
	if err != nil || len(begin) == 0 {
		return "", errors.New("no key, or nothing to begin with")
	}
	last, err := hex.DecodeString(begin[len(begin)-1])
	if err != nil {
		return "", err
	}
	at := bytes.Index(last, []byte{0x80, 65, 4}) // the reader's public key in GENERAL AUTHENTICATE
	if at < 0 || len(last) < at+2+65 {
		return "", errors.New("no public key in the commands")
	}
	theirs, err := ecdh.P256().NewPublicKey(last[at+2 : at+2+65])
	if err != nil {
		return "", err
	}
	shared, err := key.ECDH(theirs)
	if err != nil {
		return "", err
	}
	sum := sha1.Sum(append(shared, 0, 0, 0, 2))
	mac := sum[:16]
	command, err := hex.DecodeString(sealed)
	if err != nil || len(command) < 16 {
		return "", errors.New("no sealed command")
	}
	body := command[5 : len(command)-1]
	given := body[len(body)-8:]
	head := append(append([]byte{}, command[:4]...), 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	if !bytes.Equal(given, check(mac, counter(1), head, body[:len(body)-10])) {
		return hex.EncodeToString([]byte{0x69, 0x88}), nil // as chips do: wrong secure messaging
	}
	status := []byte{0x99, 2, 0x90, 0}
	out := append(append(bytes.Clone(status), 0x8e, 8), check(mac, counter(2), status)...)
	return hex.EncodeToString(append(out, 0x90, 0)), nil
}

func counter(n byte) []byte { return append(make([]byte, 15), n) }

// check is AES-CMAC (RFC 4493) of the parts, padded with 80 00 …, cut to eight bytes.
func check(key []byte, parts ...[]byte) []byte {
	m := append(bytes.Join(parts, nil), 0x80)
	for len(m)%16 != 0 {
		m = append(m, 0)
	}
	k, err := aes.NewCipher(key)
	if err != nil {
		return nil
	}
	var l [16]byte
	k.Encrypt(l[:], l[:])
	var k1 [16]byte
	for i := range l {
		k1[i] = l[i] << 1
		if i < 15 {
			k1[i] |= l[i+1] >> 7
		}
	}
	if l[0]&0x80 != 0 {
		k1[15] ^= 0x87
	}
	var v [16]byte
	for n := 0; n < len(m); n += 16 {
		for i := range v {
			v[i] ^= m[n+i]
			if n+16 == len(m) {
				v[i] ^= k1[i]
			}
		}
		k.Encrypt(v[:], v[:])
	}
	return v[:8]
}
