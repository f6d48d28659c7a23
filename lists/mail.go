package lists

import (
	"slices"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"

	"bonafide/record"
)

// parseDomains reads one domain a line; "*.", "." and "@" in front mean the
// domain with all below it, which is how every list is read anyway.
func parseDomains(name string, b []byte) (*content, error) {
	c := &content{}
	for n, line := range lines(b) {
		if c.rows+c.bad >= maxRows {
			return nil, record.Invalid(lineOf(name, n), "more rows than a list has")
		}
		word := line
		if i := strings.IndexAny(word, ",;\t "); i > 0 {
			word = word[:i]
		}
		d, ok := domainOf(strings.Trim(word, `"`))
		if !ok {
			c.reject(n)
			continue
		}
		c.domains = append(c.domains, d)
		c.rows++
	}
	return c, c.check(name)
}

// domainOf is the canonical form of a listed domain: lower case, ASCII.
func domainOf(s string) (string, bool) {
	s = strings.TrimSuffix(s, ".")
	s = strings.TrimPrefix(s, "@")
	s = strings.TrimPrefix(s, "*.")
	s = strings.TrimPrefix(s, ".")
	s = plainDomain(s)
	if len(s) > 253 || strings.IndexByte(s, '.') <= 0 {
		return "", false
	}
	label, digits := 0, true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '.':
			if label == 0 {
				return "", false
			}
			label, digits = 0, true
			continue
		case 'a' <= c && c <= 'z' || c == '-' || c == '_':
			digits = false
		case '0' <= c && c <= '9':
		default:
			return "", false
		}
		if label++; label > 63 {
			return "", false
		}
	}
	return s, label > 0 && !digits // a last label of digits is an address
}

// plainDomain is a domain in lower case and in its ASCII form.
func plainDomain(s string) string {
	ascii, lower := true, true
	for i := 0; i < len(s); i++ {
		ascii = ascii && s[i] < 0x80
		lower = lower && !('A' <= s[i] && s[i] <= 'Z')
	}
	if !ascii {
		if a, err := idna.Lookup.ToASCII(s); err == nil {
			return a
		}
	}
	if !lower {
		return strings.ToLower(s)
	}
	return s
}

// mailIndex answers for all mail lists at once: domain → set of lists.
type mailIndex struct {
	domains map[string]uint32
	sets    [][]MailHit
}

func newMailIndex(of []*Snapshot) *mailIndex {
	total := 0
	for _, s := range of {
		total += len(s.content.domains)
	}
	m := &mailIndex{domains: make(map[string]uint32, total)}
	numbers := &valueSets{number: map[string]uint32{}}
	numbers.of(nil)
	for i, s := range of {
		for _, d := range s.content.domains {
			set := numbers.sets[m.domains[d]]
			if slices.Contains(set, uint32(i)) {
				continue
			}
			m.domains[d] = numbers.of(append(slices.Clip(set), uint32(i)))
		}
		s.content.domains = nil // the index keeps the words
	}
	for _, set := range numbers.sets {
		var hits []MailHit
		for _, i := range set {
			hits = append(hits, MailHit{Class: of[i].List.Mail, Use: of[i].Use()})
		}
		m.sets = append(m.sets, slices.Clip(hits))
	}
	return m
}

// find collects the lists that hold a domain or one of its parents, down to
// the name that can be registered: a list that holds a public suffix does not
// thereby hold everybody under it.
func (m *mailIndex) find(domain string) []MailHit {
	domain = plainDomain(strings.TrimSuffix(strings.TrimSpace(domain), "."))
	hits := m.sets[m.domains[domain]]
	first := strings.IndexByte(domain, '.')
	if first < 0 || strings.IndexByte(domain[first+1:], '.') < 0 || len(domain) > 253 {
		return hits
	}
	base, err := publicsuffix.EffectiveTLDPlusOne(domain)
	if err != nil {
		return hits
	}
	for parent := domain; len(parent) > len(base); {
		_, parent, _ = strings.Cut(parent, ".")
		for _, h := range m.sets[m.domains[parent]] {
			if !slices.Contains(hits, h) {
				hits = append(slices.Clip(hits), h)
			}
		}
	}
	return hits
}
