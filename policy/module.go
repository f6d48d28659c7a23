package policy

import (
	"slices"
	"strings"

	"bonafide/record"
)

// opening is where the module after the hire is open, and on what it rests.
type opening struct {
	country string
	tiers   []string
}

// agreed are the countries in which a works council, where there is one, has to
// agree before people at work are watched by technical means: Germany (BetrVG
// § 87(1) no. 6) and Austria (ArbVG §§ 96, 96a).
var agreed = []string{"AT", "DE"}

const (
	moduleLine = "a module line reads \"module after-hire locked\" or \"module after-hire open COUNTRY TIER … purpose security basis KEY dpia DAY [agreement DAY|no-council]\""
	// Código do Trabalho, Art. 20(1): watching people at a distance to control how
	// they perform is a very serious offence. It is no purpose of ours anywhere.
	noPerformance = "performance is no purpose for which people may be watched (in PT: Código do Trabalho, Art. 20); the one there is reads \"purpose security\""
)

// module reads one line; what is wrong with it, or "".
func (p *Policy) module(words []string) string {
	if len(words) < 2 || words[0] != "after-hire" {
		return moduleLine
	}
	if words[1] == "locked" && len(words) == 2 {
		p.opened = nil
		return ""
	}
	if words[1] != "open" || len(words) < 4 {
		return moduleLine
	}
	o := opening{country: words[2]}
	if len(o.country) != 2 || strings.Trim(o.country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "the country of a module line is two capital letters (ISO 3166-1)"
	}
	rest := words[3:]
	for len(rest) > 0 && slices.Contains([]string{record.TierT0, record.TierT1, record.TierT2, record.TierT3}, rest[0]) {
		o.tiers, rest = append(o.tiers, rest[0]), rest[1:]
	}
	said := map[string]string{}
	for ; len(rest) >= 2; rest = rest[2:] {
		if said[rest[0]] != "" || !slices.Contains([]string{"purpose", "basis", "dpia", "agreement"}, rest[0]) {
			return moduleLine
		}
		said[rest[0]] = rest[1]
	}
	day := func(word string) bool { return len(said[word]) == len("2006-01-02") && record.Date(said[word]).Valid() }
	switch {
	case len(rest) != 0 || len(o.tiers) == 0:
		return moduleLine
	case said["purpose"] == "performance":
		return noPerformance
	case said["purpose"] != "security":
		return "a module is opened for a purpose: \"purpose security\""
	case said["basis"] == "" || said["basis"] == "consent":
		return "a module is opened on a legal basis of docs/law.md; consent is none between employer and employee"
	case !day("dpia"):
		return "a module is opened after a data-protection impact assessment: \"dpia\" and its day"
	case said["agreement"] != "" && said["agreement"] != "no-council" && !day("agreement"):
		return "\"agreement\" names the day of the works agreement, or no-council"
	case said["agreement"] == "" && slices.Contains(agreed, o.country):
		return "in this country the works council agrees first: \"agreement\" and its day, or no-council where there is none"
	}
	p.opened = append(p.opened, o)
	return ""
}

// AfterHire reports whether the module is open for an application: for the
// country of the role and that of the home, as far as they are known, since
// the law of both may protect the person. With no country or tier it is locked.
func (p *Policy) AfterHire(a *record.Application) bool {
	known := false
	for _, country := range [2]string{a.Role.Country, a.Person.Address.Country} {
		if country == "" {
			continue
		}
		known = true
		if !slices.ContainsFunc(p.opened, func(o opening) bool {
			return strings.EqualFold(o.country, country) && slices.Contains(o.tiers, a.Role.Tier)
		}) {
			return false
		}
	}
	return known
}

// Opened reports whether the module is open for anybody at all.
func (p *Policy) Opened() bool { return len(p.opened) > 0 }
