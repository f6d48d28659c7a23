package wallet

import "strings"

// Bech32 (BIP 173), Bech32m (BIP 350) and the cash address code, which is the
// same idea with a longer checksum.

const bech32Charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

func bech32Polymod(values []byte) uint32 {
	gen := [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3}
	chk := uint32(1)
	for _, v := range values {
		top := chk >> 25
		chk = (chk&0x1ffffff)<<5 ^ uint32(v)
		for i := range 5 {
			if top>>i&1 == 1 {
				chk ^= gen[i]
			}
		}
	}
	return chk
}

// bech32Decode returns the human-readable part, the data without checksum and
// the checksum constant (1 for Bech32, 0x2bc830a3 for Bech32m, anything else is bad).
func bech32Decode(s string) (hrp string, data []byte, sum uint32, ok bool) {
	lower := strings.ToLower(s)
	if s != lower && s != strings.ToUpper(s) {
		return "", nil, 0, false
	}
	at := strings.LastIndexByte(lower, '1')
	if at < 1 || at+7 > len(lower) {
		return "", nil, 0, false
	}
	hrp = lower[:at]
	values := make([]byte, 0, 2*len(hrp)+1+len(lower))
	for i := range len(hrp) {
		values = append(values, hrp[i]>>5)
	}
	values = append(values, 0)
	for i := range len(hrp) {
		values = append(values, hrp[i]&31)
	}
	for i := at + 1; i < len(lower); i++ {
		v := strings.IndexByte(bech32Charset, lower[i])
		if v < 0 {
			return "", nil, 0, false
		}
		values = append(values, byte(v))
		data = append(data, byte(v))
	}
	return hrp, data[:len(data)-6], bech32Polymod(values), true
}

// regroup turns 5-bit groups into bytes; padding must be zero and short.
func regroup(data []byte) ([]byte, bool) {
	var acc uint32
	bits := 0
	out := make([]byte, 0, len(data)*5/8)
	for _, v := range data {
		acc = acc<<5 | uint32(v)
		bits += 5
		if bits >= 8 {
			bits -= 8
			out = append(out, byte(acc>>bits))
		}
		acc &= 1<<bits - 1
	}
	return out, bits < 5 && acc == 0
}

const (
	bech32Sum  = 1
	bech32mSum = 0x2bc830a3
)

// segwit chains by human-readable part.
var segwit = map[string]string{"bc": "bitcoin", "tb": "bitcoin-testnet", "bcrt": "bitcoin-testnet", "ltc": "litecoin", "btg": "bitcoingold"}

// accounts are chains whose address is a plain Bech32 of 20 or 32 bytes.
var accounts = map[string]string{
	"bnb": "binance", "bva": "binance", "tbnb": "binance-testnet", "cosmos": "cosmos", "cosmosvaloper": "cosmos", "thor": "thorchain", "osmo": "osmosis", "inj": "injective", "terra": "terra", "zeta": "zetachain",
	"kava": "kava", "axelar": "axelar", "secret": "secret", "juno": "juno", "evmos": "evmos", "sei": "sei", "dydx": "dydx", "celestia": "celestia", "stars": "stargaze", "akash": "akash", "noble": "noble",
	"one": "harmony", "io": "iotex", "erd": "multiversx", "zil": "zilliqa",
}

func readBech32(s string) (Address, bool) {
	hrp, data, sum, ok := bech32Decode(s)
	if !ok {
		return Address{}, false
	}
	a := Address{Canonical: strings.ToLower(s)}
	if chain, ok := segwit[hrp]; ok { // two to forty bytes of program
		a.Chains = []string{chain}
		if len(data) == 0 || len(s) > 90 {
			return Address{}, false
		}
		prog, padded := regroup(data[1:])
		want := uint32(bech32Sum)
		if data[0] > 0 {
			want = bech32mSum
		}
		good := sum == want && padded && data[0] <= 16 && len(prog) >= 2 && len(prog) <= 40 && (data[0] != 0 || len(prog) == 20 || len(prog) == 32)
		a.Checksum = verdict(good)
		return a, true
	}
	body, padded := regroup(data)
	if chain, ok := accounts[hrp]; ok {
		a.Chains = []string{chain}
		a.Checksum = verdict(sum == bech32Sum && padded && (len(body) == 20 || len(body) == 32))
		return a, true
	}
	switch hrp {
	case "addr", "stake", "addr_test":
		a.Chains = []string{"cardano"}
		a.Checksum = verdict(sum == bech32Sum && padded && cardanoLength(body))
		return a, true
	case "zs":
		a.Chains = []string{"zcash"}
		a.Checksum = verdict(sum == bech32Sum && padded && len(body) == 43)
		return a, true
	case "u", "tex":
		a.Chains = []string{"zcash"}
		a.Checksum = verdict(sum == bech32mSum && padded && (hrp == "u" || len(body) == 20))
		return a, true
	}
	return Address{}, false
}

// cardanoLength checks the size an address of its type must have (CIP-19).
func cardanoLength(b []byte) bool {
	if len(b) == 0 {
		return false
	}
	switch b[0] >> 4 {
	case 0, 1, 2, 3:
		return len(b) == 57
	case 4, 5:
		return len(b) >= 32 && len(b) <= 60
	case 6, 7, 14, 15:
		return len(b) == 29
	}
	return false
}

// readCashAddr reads Bitcoin Cash addresses, with or without their prefix. The
// canonical form is the older base58 spelling, so that both are one address.
func readCashAddr(s string) (Address, bool) {
	if len(s) != 42 && len(s) != 54 {
		return Address{}, false
	}
	low := strings.ToLower(s)
	if s != low && s != strings.ToUpper(s) {
		return Address{}, false
	}
	body := strings.TrimPrefix(low, "bitcoincash:")
	if len(body) != 42 || body[0] != 'q' && body[0] != 'p' {
		return Address{}, false
	}
	values := make([]byte, 0, 64)
	for _, c := range []byte("bitcoincash") {
		values = append(values, c&31)
	}
	values = append(values, 0)
	start := len(values)
	for i := range len(body) {
		v := strings.IndexByte(bech32Charset, body[i])
		if v < 0 {
			return Address{}, false
		}
		values = append(values, byte(v))
	}
	a := Address{Chains: []string{"bitcoincash"}, Canonical: body, Checksum: Bad}
	raw, ok := regroup(values[start : len(values)-8])
	if cashPolymod(values) != 0 || !ok || len(raw) != 21 {
		return a, true
	}
	a.Checksum = Good
	version := byte(0x00)
	if raw[0]>>3 == 1 {
		version = 0x05
	}
	legacy := append([]byte{version}, raw[1:]...)
	a.Canonical = base58Encode(append(legacy, doubleSHA(legacy)[:4]...), alphabetBitcoin)
	return a, true
}

func cashPolymod(values []byte) uint64 {
	gen := [5]uint64{0x98f2bc8e61, 0x79b76d99e2, 0xf33e5fb3c4, 0xae2eabe2a8, 0x1e4f43e470}
	c := uint64(1)
	for _, v := range values {
		top := c >> 35
		c = (c&0x07ffffffff)<<5 ^ uint64(v)
		for i := range 5 {
			if top>>i&1 == 1 {
				c ^= gen[i]
			}
		}
	}
	return c ^ 1
}
