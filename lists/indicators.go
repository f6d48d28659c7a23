package lists

import (
	"encoding/csv"
	"errors"
	"io"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"bonafide/record"
)

// Indicator is one published value: somebody says that operators used it. It
// says nothing about who else did: lists hold stolen addresses, reissued
// numbers and victims, so each keeps its source, its day and its expiry.
type Indicator struct {
	Type       string // of IndicatorTypes
	Value      string // canonical
	Confidence string // as published: government, vendor, community-unverified, or a number of 100
	Context    string
	Source     string
	Published  record.Date
	Expires    record.Date
}

// IndicatorTypes are the values that are compared; each names one thing. Names
// of persons and companies are not among them: they match the wrong people.
var IndicatorTypes = []string{"email", "email-domain", "domain", "ip", "url", "phone", "github", "gitlab", "linkedin", "telegram", "x", "discord",
	"skype", "upwork", "freelancer", "wallet", "hash", "iban", "device"}

// IndicatorHit is an indicator that a value equals.
type IndicatorHit struct {
	Indicator
	Use record.ListUse
}

type indicatorIndex struct {
	by       map[string][]IndicatorHit // type NUL value
	networks map[netip.Prefix][]IndicatorHit
	lengths  [129]bool // of prefixes, IPv4 and IPv6 together
}

func (x *indicatorIndex) with(s *Snapshot) *indicatorIndex {
	if x == nil {
		x = &indicatorIndex{by: map[string][]IndicatorHit{}, networks: map[netip.Prefix][]IndicatorHit{}}
	}
	for _, i := range s.content.indicators {
		h := IndicatorHit{i, s.Use()}
		if i.Type == "ip" {
			if p, err := netip.ParsePrefix(i.Value); err == nil {
				x.networks[p] = append(x.networks[p], h)
				x.lengths[p.Bits()] = true
				continue
			}
		}
		key := i.Type + "\x00" + i.Value
		x.by[key] = append(x.by[key], h)
	}
	s.content.indicators = nil
	return x
}

// Indicator is every published indicator of a type that a value equals once
// both are in canonical form; ok is false when no list of indicators is loaded.
func (s *Set) Indicator(typ, value string) (hits []IndicatorHit, ok bool) {
	if s == nil || s.indicators == nil {
		return nil, false
	}
	x := s.indicators
	value, is := canonical(typ, value)
	if !is {
		return nil, true
	}
	if typ != "ip" {
		return x.by[typ+"\x00"+value], true
	}
	p, err := netip.ParsePrefix(value)
	if err != nil {
		return nil, true
	}
	for n := p.Bits(); n >= 0; n-- {
		if x.lengths[n] {
			if wider, err := p.Addr().Prefix(n); err == nil {
				hits = append(hits, x.networks[wider]...)
			}
		}
	}
	return hits, true
}

// typeWords are what publishers call the types, in our words. What is missing
// here is not compared.
var typeWords = map[string]string{
	"email": "email", "email-addr": "email", "email-src": "email", "email-dst": "email", "mail": "email", "e-mail": "email",
	"email-domain": "email-domain", "mail-domain": "email-domain",
	"domain": "domain", "domain-name": "domain", "hostname": "domain", "host": "domain", "fqdn": "domain",
	"ip": "ip", "ipv4": "ip", "ipv6": "ip", "ipv4-addr": "ip", "ipv6-addr": "ip", "ip-src": "ip", "ip-dst": "ip", "cidr": "ip", "ip/cidr": "ip", "ip-cidr": "ip", "network": "ip",
	"url": "url", "uri": "url", "link": "url", "website": "url",
	"phone": "phone", "phone-number": "phone", "whats-app": "phone",
	"github": "github", "github-username": "github", "github-user": "github", "gitlab": "gitlab", "linkedin": "linkedin",
	"telegram": "telegram", "telegram-id": "telegram", "x": "x", "twitter": "x", "twitter-id": "x", "discord": "discord", "skype": "skype",
	"upwork": "upwork", "freelancer": "freelancer",
	"wallet": "wallet", "btc": "wallet", "xmr": "wallet", "dash": "wallet", "eth": "wallet", "crypto": "wallet", "cryptocurrency": "wallet", "cryptocurrency-wallet": "wallet", "crypto-wallet": "wallet",
	"hash": "hash", "sha256": "hash", "sha1": "hash", "md5": "hash", "file": "hash",
	"iban": "iban", "device": "device", "device-serial": "device", "serial": "device",
}

// typeOf is our word for a publisher's type: "wallet-eth" and "wallet:tron"
// are wallets.
func typeOf(word string) (string, bool) {
	word = strings.ToLower(strings.TrimSpace(word))
	if t, ok := typeWords[word]; ok {
		return t, true
	}
	word, _, _ = strings.Cut(strings.NewReplacer(":", "-", "_", "-").Replace(word), "-")
	t, ok := typeWords[word]
	return t, ok && (t == "wallet" || t == "hash")
}

// canonical is the form in which values of a type are compared. ok is false
// for what cannot be a value of it.
func canonical(typ, v string) (string, bool) {
	v = refang(strings.TrimSpace(v))
	if v == "" || len(v) > 2048 {
		return "", false
	}
	switch typ {
	case "email":
		v = strings.ToLower(strings.TrimPrefix(v, "mailto:"))
		local, domain, ok := strings.Cut(v, "@")
		if !ok || local == "" {
			return "", false
		}
		domain, ok = domainOf(domain)
		return local + "@" + domain, ok
	case "email-domain", "domain":
		return domainOf(v)
	case "ip":
		if p, err := netip.ParsePrefix(v); err == nil {
			return p.Masked().String(), p.Bits() >= widest4
		}
		a, err := netip.ParseAddr(v)
		a = a.Unmap()
		return netip.PrefixFrom(a, a.BitLen()).String(), err == nil && a.Zone() == ""
	case "url":
		return plainURL(v)
	case "phone":
		return digitsOf(v)
	case "github", "gitlab", "linkedin", "telegram", "x", "discord", "skype", "upwork", "freelancer":
		return handleOf(v)
	case "wallet":
		if strings.ContainsAny(v, " \t\r\n") || len(v) < 20 || len(v) > 200 {
			return "", false
		}
		if low := strings.ToLower(v); strings.HasPrefix(low, "0x") || strings.HasPrefix(low, "bc1") || strings.HasPrefix(low, "ltc1") {
			return low, true // case is a checksum or none
		}
		return v, true
	case "hash", "device", "iban":
		return strings.ToLower(strings.Join(strings.Fields(v), "")), true
	}
	return "", false
}

// refang undoes the spelling in which reports make addresses harmless.
func refang(s string) string {
	if !strings.ContainsAny(s, "[({") && !strings.HasPrefix(strings.ToLower(s), "hxxp") {
		return s
	}
	s = refangs.Replace(s)
	if len(s) > 4 && strings.EqualFold(s[:4], "hxxp") {
		s = "http" + s[4:]
	}
	return s
}

var refangs = strings.NewReplacer("[.]", ".", "(.)", ".", "{.}", ".", "[dot]", ".", "(dot)", ".", "[:]", ":", "[@]", "@", "(at)", "@", "[at]", "@", "[://]", "://", "[/]", "/")

func plainURL(v string) (string, bool) {
	if !strings.Contains(v, "://") {
		v = "https://" + v
	}
	u, err := url.Parse(v)
	if err != nil || u.Host == "" {
		return "", false
	}
	host, ok := domainOf(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."))
	if !ok {
		return "", false
	}
	s := host + strings.TrimRight(u.EscapedPath(), "/")
	if u.RawQuery != "" {
		s += "?" + u.RawQuery
	}
	return s, true
}

// handleOf takes a handle with or without "@", or the address of a profile.
func handleOf(v string) (string, bool) {
	if strings.Contains(v, "/") {
		v, _, _ = strings.Cut(v, "?")
		v = strings.TrimRight(v, "/")
		v = v[strings.LastIndexByte(v, '/')+1:]
	}
	v = strings.ToLower(strings.TrimPrefix(v, "@"))
	return v, v != "" && !strings.ContainsAny(v, " \t\r\n")
}

func digitsOf(v string) (string, bool) {
	d := make([]byte, 0, len(v))
	for i := 0; i < len(v); i++ {
		if v[i] >= '0' && v[i] <= '9' {
			d = append(d, v[i])
		}
	}
	s := strings.TrimPrefix(string(d), "00")
	return s, len(s) >= 7 && len(s) <= 15
}

// addIndicator takes one row; false when it cannot be read. Types that are not
// compared are passed over.
func (c *content) addIndicator(typ string, i Indicator) bool {
	t, ok := typeOf(typ)
	if !ok {
		return true
	}
	v, ok := canonical(t, i.Value)
	if !ok {
		return false
	}
	i.Type, i.Value = t, v
	if !i.Published.Valid() {
		i.Published = ""
	}
	if !i.Expires.Valid() {
		i.Expires = ""
	}
	c.indicators = append(c.indicators, i)
	c.rows++
	return true
}

// errNothing is a well-formed document without anything that is compared.
var errNothing = errors.New("holds nothing that is compared")

func (c *content) indicatorsOnly(name string) (*content, error) {
	if c.rows == 0 && c.bad == 0 {
		return nil, errNothing
	}
	for _, i := range c.indicators { // the newest entry says how far the list reaches
		if d := i.Published; len(d) == 10 && d > c.asOf {
			c.asOf = d
		}
	}
	return c, c.check(name)
}

func isIndicatorHeader(row []string) bool {
	typ, value := false, false
	for _, h := range row {
		switch strings.ToLower(strings.TrimSpace(h)) {
		case "type", "indicator_type", "ioc_type":
			typ = true
		case "value", "indicator", "ioc":
			value = true
		}
	}
	return typ && value && len(row) >= 3
}

// parseIndicatorCSV reads a CSV with a header: type and value, and where they
// are given confidence, context, source, published (or date), expires (or expiry).
func parseIndicatorCSV(name string, b []byte) (*content, error) {
	c := &content{asOf: dayInside(b)}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(b), "\ufeff")))
	r.FieldsPerRecord, r.ReuseRecord, r.Comment = -1, true, '#'
	at := map[string]int{}
	for first := true; ; first = false {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			line := 0
			var bad *csv.ParseError
			if errors.As(err, &bad) {
				line = bad.Line
			}
			return nil, record.Invalid(lineOf(name, line), "not a CSV row")
		}
		line, _ := r.FieldPos(0)
		if c.rows+c.bad >= maxRows {
			return nil, record.Invalid(lineOf(name, line), "more rows than a list has")
		}
		if first {
			if !isIndicatorHeader(row) {
				return nil, record.Invalid(lineOf(name, line), "not the header of a table of indicators")
			}
			for i, h := range row {
				h = strings.ToLower(strings.TrimSpace(h))
				if w, ok := indicatorColumns[h]; ok {
					if _, taken := at[w]; !taken {
						at[w] = i
					}
				}
			}
			continue
		}
		cell := func(word string) string {
			if i, ok := at[word]; ok && i < len(row) {
				return strings.Clone(strings.TrimSpace(row[i]))
			}
			return ""
		}
		if !c.addIndicator(cell("type"), Indicator{Value: cell("value"), Confidence: strings.ToLower(cell("confidence")), Context: cell("context"),
			Source: cell("source"), Published: record.Date(cell("published")), Expires: record.Date(cell("expires"))}) {
			c.reject(line)
		}
	}
	return c.indicatorsOnly(name)
}

var indicatorColumns = map[string]string{"type": "type", "indicator_type": "type", "ioc_type": "type", "value": "value", "indicator": "value", "ioc": "value",
	"confidence": "confidence", "context": "context", "comment": "context", "description": "context", "source": "source", "publisher": "source",
	"published": "published", "date": "published", "first_seen": "published", "expires": "expires", "expiry": "expires", "valid_until": "expires"}

// Confirmed reports whether somebody answers for an indicator: a community row
// that nobody checked, or a confidence below 50 of 100, is not confirmed.
func (i *Indicator) Confirmed() bool {
	c := strings.ToLower(i.Confidence)
	if isNumber(c) {
		return len(c) >= 2 && c >= "50" || c == "100"
	}
	for _, doubt := range []string{"community", "unverified", "unconfirmed", "low", "suspected", "possible"} {
		if strings.Contains(c, doubt) {
			return false
		}
	}
	return true
}

// OlderThan reports whether an indicator was published more than so many days
// before a day, or nobody knows when.
func (i *Indicator) OlderThan(day time.Time, days int) bool {
	_, end, ok := i.Published.Span()
	return !ok || day.Sub(end) > time.Duration(days)*24*time.Hour
}
