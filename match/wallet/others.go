package wallet

import (
	"bytes"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"strings"

	"golang.org/x/crypto/blake2b"
	"golang.org/x/crypto/sha3"
)

// readEVM reads Ethereum-style addresses; mixed case carries a checksum (ERC-55).
func readEVM(s string) (Address, bool) {
	if len(s) != 42 || s[0] != '0' || s[1] != 'x' && s[1] != 'X' {
		return Address{}, false
	}
	low := strings.ToLower(s[2:])
	if _, err := hex.DecodeString(low); err != nil {
		return Address{}, false
	}
	a := Address{[]string{"evm"}, "0x" + low, NoChecksum}
	if s[2:] == low || s[2:] == strings.ToUpper(low) {
		return a, true
	}
	h := sha3.NewLegacyKeccak256()
	h.Write([]byte(low))
	sum := hex.EncodeToString(h.Sum(nil))
	a.Checksum = Good
	for i := range len(low) {
		if low[i] > '9' && (sum[i] >= '8') != (s[2+i] < 'a') {
			a.Checksum = Bad
		}
	}
	return a, true
}

// readMonero reads standard, integrated and sub-addresses: base 58 in blocks of
// eight bytes, four bytes of Keccak at the end.
func readMonero(s string) (Address, bool) {
	if len(s) != 95 && len(s) != 106 || s[0] != '4' && s[0] != '8' {
		return Address{}, false
	}
	sizes := map[int]int{11: 8, 2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7}
	var raw []byte
	for i := 0; i < len(s); i += 11 {
		block := s[i:min(i+11, len(s))]
		want, ok := sizes[len(block)]
		if !ok {
			return Address{}, false
		}
		var v uint64
		for k := range len(block) {
			d := strings.IndexByte(alphabetBitcoin, block[k])
			if d < 0 {
				return Address{}, false
			}
			v = v*58 + uint64(d)
		}
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], v)
		raw = append(raw, b[8-want:]...)
	}
	body, sum := raw[:len(raw)-4], raw[len(raw)-4:]
	if body[0] != 18 && body[0] != 19 && body[0] != 42 {
		return Address{}, false
	}
	h := sha3.NewLegacyKeccak256()
	h.Write(body)
	return Address{[]string{"monero"}, s, verdict(bytes.Equal(h.Sum(nil)[:4], sum))}, true
}

// readTON reads the user-friendly form: tag, workchain, hash, CRC-16.
func readTON(s string) (Address, bool) {
	if len(s) != 48 {
		return Address{}, false
	}
	raw, err := base64.StdEncoding.DecodeString(strings.NewReplacer("-", "+", "_", "/").Replace(s))
	if err != nil || len(raw) != 36 {
		return Address{}, false
	}
	if t := raw[0] &^ 0x80; t != 0x11 && t != 0x51 || raw[1] != 0 && raw[1] != 0xff {
		return Address{}, false
	}
	a := Address{[]string{"ton"}, base64.URLEncoding.EncodeToString(raw), verdict(crc16(raw[:34]) == binary.BigEndian.Uint16(raw[34:]))}
	return a, true
}

// crc16 is CRC-16/XMODEM.
func crc16(b []byte) (crc uint16) {
	for _, x := range b {
		crc ^= uint16(x) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return crc
}

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

func readAlgorand(s string) (Address, bool) {
	if len(s) != 58 {
		return Address{}, false
	}
	raw, err := base32Plain.DecodeString(s)
	if err != nil || len(raw) != 36 {
		return Address{}, false
	}
	sum := sha512.Sum512_256(raw[:32])
	return Address{[]string{"algorand"}, s, verdict(bytes.Equal(sum[28:], raw[32:]))}, true
}

func readStellar(s string) (Address, bool) {
	if len(s) != 56 || s[0] != 'G' {
		return Address{}, false
	}
	raw, err := base32Plain.DecodeString(s)
	if err != nil || len(raw) != 35 || raw[0] != 6<<3 {
		return Address{}, false
	}
	return Address{[]string{"stellar"}, s, verdict(crc16(raw[:33]) == binary.LittleEndian.Uint16(raw[33:]))}, true
}

// readSS58 reads Polkadot, Kusama and generic Substrate accounts.
func readSS58(s string) (Address, bool) {
	if len(s) < 46 || len(s) > 50 {
		return Address{}, false
	}
	raw := base58Decode(s, alphabetBitcoin)
	prefix := 1
	if len(raw) > 0 && raw[0]&0x40 != 0 {
		prefix = 2
	}
	if len(raw) != prefix+34 || raw[0] >= 0x80 {
		return Address{}, false
	}
	h, err := blake2b.New512(nil)
	if err != nil {
		return Address{}, false
	}
	h.Write([]byte("SS58PRE"))
	h.Write(raw[:prefix+32])
	chain := "substrate"
	if prefix == 1 {
		switch raw[0] {
		case 0:
			chain = "polkadot"
		case 2:
			chain = "kusama"
		}
	}
	return Address{[]string{chain}, s, verdict(bytes.Equal(h.Sum(nil)[:2], raw[prefix+32:]))}, true
}

// readByron reads Cardano's older addresses: CBOR [tag 24 bytes, CRC-32].
func readByron(s string) (Address, bool) {
	if !strings.HasPrefix(s, "Ae2") && !strings.HasPrefix(s, "DdzFF") {
		return Address{}, false
	}
	raw := base58Decode(s, alphabetBitcoin)
	if len(raw) < 12 || raw[0] != 0x82 || raw[1] != 0xd8 || raw[2] != 0x18 || raw[3] != 0x58 {
		return Address{}, false
	}
	n := int(raw[4])
	if len(raw) != 5+n+5 || raw[5+n] != 0x1a {
		return Address{}, false
	}
	return Address{[]string{"cardano"}, s, verdict(crc32.ChecksumIEEE(raw[5:5+n]) == binary.BigEndian.Uint32(raw[6+n:]))}, true
}
