package screen

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"strings"

	"bonafide/confine/document"
	"bonafide/match"
	"bonafide/match/wallet"
	"bonafide/record"
)

// DemandMost is the largest message that is taken in, in bytes.
const DemandMost = 4 << 20

// Bounds of what is kept of one message, so that nobody fills a page with it.
const (
	demandText  = 64 << 10
	demandItems = 100
)

// Demand reads a message (.eml) in the locked process and finds in its text what
// can be compared: wallets whose checksum holds, mail addresses, links, amounts.
// Nothing is answered, followed or opened.
func (k *Keeper) Demand(ctx context.Context, raw []byte) (*record.Demand, error) {
	if len(raw) == 0 || len(raw) > DemandMost {
		return nil, record.Invalid("message", "is empty or larger than 4 MiB")
	}
	if k.Files == nil {
		return nil, &record.Error{Code: record.CodeUnavailable, Where: "message", Message: "this node opens no files"}
	}
	r, err := k.Files.Read(ctx, bytes.NewReader(raw), "message.eml")
	if err != nil {
		return nil, err
	}
	if r.Verdict != document.Accepted || r.Mail == nil {
		return nil, record.Invalid("message", "is no message with its headers: save it as .eml, or show its source and paste that")
	}
	m := r.Mail
	d := &record.Demand{
		SHA256: r.SHA256, Size: int64(len(raw)), From: m.From, To: m.To, Subject: m.Subject, Date: m.Date, MessageID: m.MessageID,
		Attachments: m.Attachments, Text: r.Text, Partial: slices.Contains(r.Flags, document.FlagPartial),
	}
	if len(d.Text) > demandText {
		d.Text, d.Partial = strings.ToValidUTF8(d.Text[:demandText], ""), true
	}
	findInDemand(d, d.Subject+"\n"+d.From+"\n"+d.Text)
	return d, nil
}

var (
	demandMail   = regexp.MustCompile(`[\pL\pN.!#$%&'*+/=?^_{|}~-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)+`)
	demandLink   = regexp.MustCompile(`(?i)\b(?:https?://|t\.me/|www\.)[^\s<>"']{3,300}|\b[a-z2-7]{56}\.onion\b`)
	demandAmount = regexp.MustCompile(`(?i)(?:[$€£]\s?\d[\d.,' ]{0,20}\d?|\b\d[\d.,']{0,20}\s?(?:btc|bitcoins?|xmr|monero|eth|usdt|usd|eur|gbp|dollars?|euros?)\b)`)
	demandToken  = regexp.MustCompile(`[A-Za-z0-9:]{20,512}`)
)

// findInDemand fills what the text names. A word that merely could be an address
// counts only if its checksum holds, or if it is written as no word is (0x…).
func findInDemand(d *record.Demand, text string) {
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
