package wallet

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Our own cases; the public vectors stand in the measuring data.
func TestParse(t *testing.T) {
	for _, c := range []struct {
		s, chain string
		want     Checksum
	}{
		{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "bitcoin", Good}, // block 0
		{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "bitcoin", Bad},
		{"0x0000000000000000000000000000000000000000", "evm", NoChecksum},
		{"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "evm", Good}, // ERC-55 text
		{"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeaEd", "evm", Bad},
		{"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "bitcoin", Good}, // BIP 173
		{"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "bitcoin", Bad},
	} {
		a, ok := Parse(c.s)
		if !ok || a.Checksum != c.want || !slices.Contains(a.Chains, c.chain) {
			t.Errorf("Parse(%s) = %+v %v, want %v on %s", c.s, a, ok, c.want, c.chain)
		}
	}
	for _, s := range []string{"", "hello", "0x12", strings.Repeat("1", 600), "Rua das Flores 12, Porto"} {
		if a, ok := Parse(s); ok {
			t.Errorf("Parse(%.20q) = %+v, want nothing", s, a)
		}
	}
}

func TestKeyJoinsSpellings(t *testing.T) {
	for _, c := range [][2]string{
		{"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"},
		{"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"},
		{"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "1a1zp1ep5qgefi2dmptftl5slmv7divfna"},
		{"bitcoincash:qp63uahgrxged4z5jswyt5dn5v3lzsem6cy4spdc2h", "qp63uahgrxged4z5jswyt5dn5v3lzsem6cy4spdc2h"},
	} {
		if Key(c[0]) != Key(c[1]) {
			t.Errorf("%s and %s have keys %s and %s", c[0], c[1], Key(c[0]), Key(c[1]))
		}
	}
	if Key("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa") == Key("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2") {
		t.Error("two addresses share a key")
	}
}

// known lists the chains of the vectors that this package reads.
var known = map[string]string{
	"bitcoin": "bitcoin", "Bitcoin": "bitcoin", "bitcoincash": "bitcoincash", "Ethereum": "evm", "Tron": "tron", "Litecoin": "litecoin", "Zcash": "zcash", "zcash": "zcash", "Ripple": "ripple", "ripple": "ripple",
	"Solana": "solana", "solana": "solana", "Monero": "monero", "BitcoinCash": "bitcoincash", "Cardano": "cardano", "Algorand": "algorand", "ton": "ton", "binance": "binance", "cosmos": "cosmos", "Polkadot": "polkadot", "Verge": "verge",
	"Kusama": "kusama", "kusama": "kusama", "zetachain": "zetachain", "Pivx": "pivx", "Zen": "zen", "IoTeX": "iotex", "thorchain": "thorchain", "native_injective": "injective", "native_evmos": "evmos",
}

func TestVectors(t *testing.T) {
	dir := os.Getenv("BONAFIDE_DATA")
	if dir == "" {
		dir = "../../../shared/data"
	}
	total, wrong := 0, 0
	for _, file := range []string{"address_vectors.jsonl", "ofac_address_vectors.jsonl"} {
		f, err := os.Open(filepath.Join(dir, "crypto-addresses", file))
		if err != nil {
			t.Skip("NOT TESTED: the public address vectors are absent: ", err)
		}
		defer f.Close()
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 1<<20)
		for sc.Scan() {
			var v struct {
				Chain, Address string
				Valid          bool
			}
			if err := json.Unmarshal(sc.Bytes(), &v); err != nil {
				t.Fatal(err)
			}
			chain, ok := known[v.Chain]
			if !ok || strings.TrimSpace(v.Address) != v.Address {
				continue // white space around an address is forgiven here
			}
			if chain == "polkadot" && v.Valid && strings.HasPrefix(v.Address, "cE") {
				chain = "substrate" // an account of another network with that key
			}
			a, isAddress := Parse(v.Address)
			got := isAddress && a.Checksum != Bad && (slices.Contains(a.Chains, chain) || chain == "bitcoin" && slices.Contains(a.Chains, "bitcoin-testnet"))
			total++
			if got != v.Valid {
				wrong++
				t.Errorf("%s %s: valid %v, want %v (%+v)", v.Chain, v.Address, got, v.Valid, a)
			}
		}
	}
	t.Logf("%d vectors, %d wrong", total, wrong)
}

func FuzzParse(f *testing.F) {
	f.Add("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")
	f.Add("bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y")
	f.Add("EQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsorkdl")
	f.Add("X76UnYEMbQfEs3mUqgtjp4zFy9exgThRj7XVZ6UxsdrBptF")
	f.Fuzz(func(t *testing.T, s string) {
		a, ok := Parse(s)
		if !ok {
			return
		}
		if len(a.Chains) == 0 || a.Canonical == "" {
			t.Fatalf("%q: %+v", s, a)
		}
		if a.Checksum == Good {
			if b, ok := Parse(a.Canonical); !ok || b.Checksum == Bad || b.Canonical != a.Canonical {
				t.Fatalf("%q: canonical %q reads as %+v", s, a.Canonical, b)
			}
		}
		if len(s) < 500 && Key(s) != Key(strings.TrimSpace(s)) {
			t.Fatalf("%q: the key depends on white space", s)
		}
	})
}

func BenchmarkKey(b *testing.B) {
	a := []string{"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "TXEsK1sEsKjZ1xtHitnyAAoqw3WLdYdRNW", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"}
	for i := 0; b.Loop(); i++ {
		Key(a[i&3])
	}
}
