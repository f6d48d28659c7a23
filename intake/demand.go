package intake

import (
	"regexp"
	"slices"
	"strings"

	"bonafide/match"
	"bonafide/match/wallet"
	"bonafide/record"
)

// demandItems of a kind are kept of one message, so that nobody fills a page with it.
const demandItems = 100

var (
	demandMail   = regexp.MustCompile(`[\pL\pN.!#$%&'*+/=?^_{|}~-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)+`)
	demandLink   = regexp.MustCompile(`(?i)\b(?:https?://|t\.me/|www\.)[^\s<>"']{3,300}|\b[a-z2-7]{56}\.onion\b`)
	demandAmount = regexp.MustCompile(`(?i)(?:[$€£]\s?\d[\d.,' ]{0,20}\d?|\b\d[\d.,']{0,20}\s?(?:btc|bitcoins?|xmr|monero|eth|usdt|usd|eur|gbp|dollars?|euros?)\b)`)
	demandToken  = regexp.MustCompile(`[A-Za-z0-9:]{20,512}`)
)

// FindInDemand fills in what the words of a demand name: wallets whose checksum
// holds, mail addresses, links, amounts. A word that merely could be an address
// counts only if its checksum holds, or if it is written as no word is (0x…).
func FindInDemand(d *record.Demand, text string) {
	add := func(to *[]string, s string) {
		s = strings.TrimRight(s, ".,;:!?)]}")
		if s != "" && len(*to) < demandItems && !slices.Contains(*to, s) {
			*to = append(*to, s)
		}
	}
	for _, s := range demandMail.FindAllString(text, demandItems) {
		if c, ok := match.Email(strings.TrimRight(s, ".")); ok {
			add(&d.Mails, c)
		}
	}
	for _, s := range demandLink.FindAllString(text, demandItems) {
		add(&d.Links, s)
	}
	for _, s := range demandAmount.FindAllString(text, demandItems) {
		add(&d.Amounts, strings.TrimSpace(s))
	}
	seen := map[string]bool{}
	for _, s := range demandToken.FindAllString(text, 10*demandItems) {
		s = strings.Trim(s, ":")
		a, ok := wallet.Parse(s)
		if i := strings.LastIndexByte(s, ':'); !ok && i > 0 { // "BTC:1…"
			a, ok = wallet.Parse(s[i+1:])
		}
		if !ok || a.Checksum == wallet.Bad || a.Checksum == wallet.NoChecksum && !strings.HasPrefix(strings.ToLower(s), "0x") {
			continue
		}
		if key := wallet.Key(a.Canonical); !seen[key] && len(d.Wallets) < demandItems {
			seen[key] = true
			d.Wallets = append(d.Wallets, record.DemandWallet{Address: a.Canonical, Chains: a.Chains})
		}
	}
}
