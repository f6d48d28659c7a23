// Package wallet reads crypto-currency addresses: is it well formed, does its
// checksum hold, on which chains can it live, and what is its one canonical form.
//
// It never says whose an address is and never asks a network. To add a chain:
// one line in a table (base58.go, bech32.go) or one reader in readers below.
package wallet

import (
	"strings"
)

// Checksum says what the address itself proves about having been typed right.
type Checksum uint8

const (
	NoChecksum Checksum = iota // the format has none, or it was not used (lower-case Ethereum)
	Good
	Bad
)

// String gives the word in lower case.
func (c Checksum) String() string { return [...]string{"none", "good", "bad"}[c] }

// Address is a recognised address.
type Address struct {
	Chains    []string // chains on which this text is an address, the likeliest first
	Canonical string   // one spelling per address, with its own case
	Checksum  Checksum
}

const maxAddress = 512

// reader recognises one family of formats; ok is false when it is not one.
type reader func(s string) (a Address, ok bool)

var readers = []reader{readEVM, readBech32, readCashAddr, readMonero, readTON, readAlgorand, readStellar, readRipple, readBase58Check, readSS58, readByron, readSolana}

// Parse recognises an address by its format. ok is false when the text is an
// address of no chain known here; an address of a known form whose checksum
// fails is returned with Checksum Bad and ok true.
func Parse(s string) (a Address, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) < 14 || len(s) > maxAddress {
		return Address{}, false
	}
	var bad Address
	badOK := false
	for _, r := range readers {
		a, ok := r(s)
		if ok && a.Checksum != Bad {
			return a, true
		}
		if ok && !badOK {
			bad, badOK = a, true
		}
	}
	return bad, badOK
}

// Key is what two spellings of one address share: the canonical form in lower
// case. Some published lists write base58 addresses in lower case, and no two
// real addresses differ in case alone. Text that is no address keys as itself.
func Key(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > maxAddress {
		s = s[:maxAddress]
	}
	if strings.HasPrefix(s, "0x") || strings.HasPrefix(s, "0X") {
		return strings.ToLower(s) // the commonest form needs no reading
	}
	if a, ok := readCashAddr(s); ok && a.Checksum == Good {
		return strings.ToLower(a.Canonical)
	}
	if i := strings.IndexByte(s, ':'); i > 0 && i < 12 { // bitcoin:…, ethereum:…
		s = s[i+1:]
	}
	return strings.ToLower(s)
}
