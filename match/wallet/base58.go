package wallet

import (
	"bytes"
	"crypto/sha256"
)

const (
	alphabetBitcoin = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	alphabetRipple  = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
)

// base58Decode reads base 58 big-endian with leading zero digits kept as zero
// bytes. It returns nil on a foreign character.
func base58Decode(s, alphabet string) []byte {
	if len(s) > 128 {
		return nil
	}
	var table [128]int8
	for i := range table {
		table[i] = -1
	}
	for i := range len(alphabet) {
		table[alphabet[i]] = int8(i)
	}
	zeros := 0
	for zeros < len(s) && s[zeros] == alphabet[0] {
		zeros++
	}
	out := make([]byte, 0, len(s))
	for i := zeros; i < len(s); i++ {
		if s[i] >= 128 || table[s[i]] < 0 {
			return nil
		}
		carry := int(table[s[i]])
		for k := len(out) - 1; k >= 0; k-- {
			carry += 58 * int(out[k])
			out[k] = byte(carry)
			carry >>= 8
		}
		for carry > 0 {
			out = append([]byte{byte(carry)}, out...)
			carry >>= 8
		}
	}
	return append(make([]byte, zeros), out...)
}

func base58Encode(b []byte, alphabet string) string {
	zeros := 0
	for zeros < len(b) && b[zeros] == 0 {
		zeros++
	}
	digits := []byte{}
	for _, x := range b[zeros:] {
		carry := int(x)
		for k := range digits {
			carry += int(digits[k]) << 8
			digits[k] = byte(carry % 58)
			carry /= 58
		}
		for carry > 0 {
			digits = append(digits, byte(carry%58))
			carry /= 58
		}
	}
	out := bytes.Repeat([]byte{alphabet[0]}, zeros)
	for k := len(digits) - 1; k >= 0; k-- {
		out = append(out, alphabet[digits[k]])
	}
	return string(out)
}

func doubleSHA(b []byte) []byte {
	x := sha256.Sum256(b)
	y := sha256.Sum256(x[:])
	return y[:]
}

// base58Kinds: version bytes before a 20-byte hash, from each chain's
// parameters. Chains that share a version byte stand together.
var base58Kinds = []struct {
	prefix []byte
	chains []string
}{
	{[]byte{0x00}, []string{"bitcoin", "bitcoincash"}}, {[]byte{0x05}, []string{"bitcoin", "bitcoincash", "litecoin"}},
	{[]byte{0x6f}, []string{"bitcoin-testnet"}}, {[]byte{0xc4}, []string{"bitcoin-testnet"}},
	{[]byte{0x30}, []string{"litecoin"}}, {[]byte{0x32}, []string{"litecoin"}}, {[]byte{0x1e}, []string{"dogecoin", "verge", "pivx"}}, {[]byte{0x16}, []string{"dogecoin"}},
	{[]byte{0x21}, []string{"verge"}}, {[]byte{0x4c}, []string{"dash"}}, {[]byte{0x10}, []string{"dash"}}, {[]byte{0x41}, []string{"tron"}},
	{[]byte{0x26}, []string{"bitcoingold"}}, {[]byte{0x17}, []string{"bitcoingold"}},
	{[]byte{0x1c, 0xb8}, []string{"zcash"}}, {[]byte{0x1c, 0xbd}, []string{"zcash"}}, {[]byte{0x20, 0x89}, []string{"zen"}}, {[]byte{0x20, 0x96}, []string{"zen"}},
}

// readBase58Check reads Base58Check addresses of bitcoin's relatives.
func readBase58Check(s string) (Address, bool) {
	if len(s) < 26 || len(s) > 36 {
		return Address{}, false
	}
	raw := base58Decode(s, alphabetBitcoin)
	if len(raw) != 25 && len(raw) != 26 {
		return Address{}, false
	}
	body, sum := raw[:len(raw)-4], raw[len(raw)-4:]
	for _, k := range base58Kinds {
		if len(body) == len(k.prefix)+20 && bytes.HasPrefix(body, k.prefix) {
			return Address{k.chains, s, verdict(bytes.Equal(doubleSHA(body)[:4], sum))}, true
		}
	}
	return Address{}, false
}

func verdict(ok bool) Checksum {
	if ok {
		return Good
	}
	return Bad
}

// readRipple reads classic (r…) and X-addresses (XLS-5d) of the XRP Ledger.
func readRipple(s string) (Address, bool) {
	if s[0] != 'r' && s[0] != 'X' {
		return Address{}, false
	}
	raw := base58Decode(s, alphabetRipple)
	if s[0] == 'r' && len(raw) != 25 || s[0] == 'X' && len(raw) != 35 {
		return Address{}, false
	}
	body, sum := raw[:len(raw)-4], raw[len(raw)-4:]
	if s[0] == 'X' && (body[0] != 0x05 || body[1] != 0x44) {
		return Address{}, false
	}
	a := Address{[]string{"ripple"}, s, verdict(bytes.Equal(doubleSHA(body)[:4], sum))}
	if s[0] == 'X' && a.Checksum == Good { // the account inside, without its tag
		classic := append([]byte{0}, body[2:22]...)
		a.Canonical = base58Encode(append(classic, doubleSHA(classic)[:4]...), alphabetRipple)
	}
	return a, true
}

// readSolana accepts 32 bytes in base 58: an ed25519 key, without checksum.
func readSolana(s string) (Address, bool) {
	if len(s) < 32 || len(s) > 44 || len(base58Decode(s, alphabetBitcoin)) != 32 {
		return Address{}, false
	}
	return Address{[]string{"solana"}, s, NoChecksum}, true
}
