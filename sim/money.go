package sim

import (
	"fmt"

	"bonafide/record"
)

// Ranges of account numbers beside those of people, who count from zero.
const (
	operatorAccounts = 70_000_000
	olderAccounts    = 75_000_000 // of personas
	agencyAccounts   = 80_000_000
	payrollAccounts  = 90_000_000
)

// account n of a person in a country: an IBAN whose bank code
// is not issued, an account of a payment service, or a wallet nobody has the
// key of.
func (w *world) account(d dice, home *country, n uint64) record.Payout {
	u := scatter(w.key+51, n, 1e8) // unique: no two accounts collide by chance
	p := record.Payout{Currency: home.currency}
	switch k := d.weighted([]float64{70, 10, 9, 7, 4}); {
	case k == 0 && home.bank != "":
		p.Kind, p.Value = "iban", iban(d, home, u)
	case k == 0:
		p.Kind, p.Value = "bank", fmt.Sprintf("000000-%s%08d", d.digits(2), u)
	case k == 1:
		p.Kind, p.Value, p.Currency = "wise", fmt.Sprintf("P%08d", u), "USD"
	case k == 2:
		p.Kind, p.Value, p.Currency = "payoneer", fmt.Sprintf("%08d", u), "USD"
	case k == 3:
		p.Kind, p.Value, p.Currency = "paypal", fmt.Sprintf("pay%08d@%s", u, pick(d, mailHosts)), "USD"
	default:
		p.Kind, p.Currency, p.Chain = "crypto", "USDC", "ethereum"
		// Sixteen leading zeros: an address nobody can hold the key of.
		p.Value = fmt.Sprintf("0x0000000000000000%08x%s", u, d.hex(16))
	}
	return p
}

// iban fills the account digits of a country from the right with the unique
// number and the rest by chance, then sets the check digits (ISO 13616).
func iban(d dice, c *country, u uint64) string {
	b := []byte(c.bank)
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] != '#' {
			continue
		}
		if u > 0 {
			b[i] = byte('0' + u%10)
			u /= 10
		} else {
			b[i] = byte('0' + d.upTo(10))
		}
	}
	bban := string(b)
	return fmt.Sprintf("%s%02d%s", c.code, 98-mod97(bban+c.code+"00"), bban)
}

// mod97 reads letters as two digits, A = 10.
func mod97(s string) int {
	r := 0
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 'A' {
			r = (r*100 + int(c-'A') + 10) % 97
		} else {
			r = (r*10 + int(c-'0')) % 97
		}
	}
	return r
}
