package sim

import (
	"slices"
	"strings"

	"bonafide/record"
)

// asTyped writes some values the way people type them: numbers in groups,
// capitals in addresses, abbreviations. What they mean does not change.
func asTyped(d dice, a *record.Application) {
	a.Phones = slices.Clone(a.Phones)
	for i, p := range a.Phones {
		// The unassigned country code is only understood in its plain form.
		if d.chance(0.15) && !strings.HasPrefix(p, "+999") && len(p) > 8 {
			a.Phones[i] = grouped(d, p)
		}
	}
	a.Emails = slices.Clone(a.Emails)
	for i, e := range a.Emails {
		if d.chance(0.05) {
			a.Emails[i] = strings.ToUpper(e[:1]) + e[1:]
		}
	}
	for i := range a.Payouts {
		if p := &a.Payouts[i]; p.Kind == "iban" && d.chance(0.3) {
			p.Value = inFours(p.Value)
		}
	}
	if d.chance(0.12) {
		a.Person.Address = abbreviated(a.Person.Address)
	}
	if d.chance(0.12) && !a.Delivery.IsZero() {
		short := abbreviated(a.Delivery.Address())
		a.Delivery.Lines, a.Delivery.City = short.Lines, short.City
	}
}

// grouped is a number with its country code apart and the rest in two groups.
func grouped(d dice, p string) string {
	code := 3
	switch {
	case strings.HasPrefix(p, "+1"):
		code = 2
	case strings.HasPrefix(p, "+353"):
		code = 4
	}
	mark := pick(d, []string{" ", "-", " "})
	cut := code + 3
	head := p[:code]
	if d.chance(0.2) {
		head = "00" + head[1:]
	}
	return head + mark + p[code:cut] + mark + p[cut:]
}

func inFours(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i += 4 {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s[i:min(i+4, len(s))])
	}
	return b.String()
}

var abbreviations = strings.NewReplacer(" Street", " St.", " Avenue", " Ave", " Road", " Rd", "straße", "str.", " Lane", " Ln", " Close", " Cl", "Calle ", "C/ ", "Rua ", "R. ", "Apt ", "Apartment ")

func abbreviated(a record.Address) record.Address {
	lines := slices.Clone(a.Lines)
	for i := range lines {
		lines[i] = abbreviations.Replace(lines[i])
	}
	a.Lines, a.City = lines, strings.ToUpper(a.City)
	return a
}
