package chip

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
)

// channel is secure messaging with one pair of session keys (9303-11, 9.8).
type channel struct {
	encrypt cipher.Block
	mac     func(b []byte) []byte // of padded bytes, eight of them
	wide    bool                  // AES: the counter is a block long, and encrypted it is the vector
}

// keyBytes are the lengths of session keys by the last number of the protocol.
var keyBytes = map[byte]int{1: 16, 2: 16, 3: 24, 4: 32}

// openChannel derives the keys from a shared secret (9303-11, 9.7.1). kind is the
// last number of the protocol: 1 is 3DES, 2 to 4 AES with 128, 192 and 256 bits.
func openChannel(secret []byte, kind byte) (*channel, error) {
	derive := func(counter uint32) []byte {
		in := binary.BigEndian.AppendUint32(bytes.Clone(secret), counter)
		if kind > 2 {
			sum := sha256.Sum256(in)
			return sum[:keyBytes[kind]]
		}
		sum := sha1.Sum(in)
		return sum[:16]
	}
	return newChannel(derive(1), derive(2), kind)
}

func newChannel(encKey, macKey []byte, kind byte) (c *channel, err error) {
	c = &channel{wide: kind > 1}
	if !c.wide {
		k := append(bytes.Clone(encKey), encKey[:8]...)
		if c.encrypt, err = des.NewTripleDESCipher(k); err != nil {
			return nil, err
		}
		one, err := des.NewCipher(macKey[:8])
		if err != nil {
			return nil, err
		}
		two, err := des.NewCipher(macKey[8:16])
		if err != nil {
			return nil, err
		}
		c.mac = func(b []byte) []byte { return retail(one, two, b) }
		return c, nil
	}
	if c.encrypt, err = aes.NewCipher(encKey); err != nil {
		return nil, err
	}
	k, err := aes.NewCipher(macKey)
	if err != nil {
		return nil, err
	}
	// The message is padded before, so it is always whole blocks (RFC 4493, K1).
	c.mac = func(b []byte) []byte { return cmac(k, b)[:8] }
	return c, nil
}

// retail is MAC algorithm 3 of ISO/IEC 9797-1 with DES: all blocks under one
// key, the last also under two.
func retail(one, two cipher.Block, b []byte) []byte {
	v := make([]byte, 8)
	for ; len(b) > 0; b = b[8:] {
		subtle.XORBytes(v, v, b[:8])
		one.Encrypt(v, v)
	}
	two.Decrypt(v, v)
	one.Encrypt(v, v)
	return v
}

// cmac is AES-CMAC of whole blocks, at least one.
func cmac(k cipher.Block, b []byte) []byte {
	sub := make([]byte, 16)
	k.Encrypt(sub, sub)
	carry := sub[0] >> 7
	for i := range 15 {
		sub[i] = sub[i]<<1 | sub[i+1]>>7
	}
	sub[15] = sub[15]<<1 ^ carry*0x87
	v := make([]byte, 16)
	for ; len(b) > 16; b = b[16:] {
		subtle.XORBytes(v, v, b[:16])
		k.Encrypt(v, v)
	}
	subtle.XORBytes(v, v, b)
	subtle.XORBytes(v, v, sub)
	k.Encrypt(v, v)
	return v
}

func (c *channel) block() int { return c.encrypt.BlockSize() }

// counter is the send sequence counter as bytes.
func (c *channel) counter(n byte) []byte {
	b := make([]byte, c.block())
	b[len(b)-1] = n
	return b
}

// pad is padding method 2 of ISO/IEC 9797-1.
func (c *channel) pad(b []byte) []byte {
	b = append(bytes.Clone(b), 0x80)
	for len(b)%c.block() != 0 {
		b = append(b, 0)
	}
	return b
}

// seal protects a command with data and without an answer but its status.
func (c *channel) seal(n byte, header [4]byte, data []byte) []byte {
	header[0] |= 0x0c
	iv := make([]byte, c.block())
	if c.wide {
		c.encrypt.Encrypt(iv, c.counter(n))
	}
	secret := c.pad(data)
	cipher.NewCBCEncrypter(c.encrypt, iv).CryptBlocks(secret, secret)
	do87 := append([]byte{0x87, byte(len(secret) + 1), 1}, secret...)
	over := append(append(c.counter(n), c.pad(header[:])...), do87...)
	body := append(append(do87, 0x8e, 8), c.mac(c.pad(over))...)
	return append(append(append(header[:], byte(len(body))), body...), 0)
}

// accepts reports whether an answer without data was protected by whoever holds the
// keys. sealed is false where it carries no check value at all: then the chip,
// or the app, broke off.
func (c *channel) accepts(n byte, answer []byte) (right, sealed bool, status []byte) {
	if len(answer) < 2 {
		return false, false, nil
	}
	body, outer := answer[:len(answer)-2], answer[len(answer)-2:]
	all, err := fields(body)
	if err != nil || len(all) != 2 || all[0].tag != 0x99 || len(all[0].body) != 2 || all[1].tag != 0x8e || len(all[1].body) != 8 {
		return false, false, outer
	}
	signed := body[:len(body)-10] // the status as it was sent
	over := append(c.counter(n), signed...)
	return subtle.ConstantTimeCompare(c.mac(c.pad(over)), all[1].body) == 1, true, all[0].body
}
