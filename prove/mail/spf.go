package mail

import (
	"net/netip"
	"strconv"
	"strings"
)

// Envelope is what only the server that took the mail knows: who connected, and
// what was said before the message. All empty: SPF is not done.
type Envelope struct {
	IP   string `json:"ip,omitempty"`
	From string `json:"from,omitempty"` // MAIL FROM, without <>
	Helo string `json:"helo,omitempty"`
}

// spfResult is a result of RFC 7208 2.6, or notAsked when a DNS answer is missing.
type spfResult string

const (
	spfNone      spfResult = "none"
	spfNeutral   spfResult = "neutral"
	spfPass      spfResult = "pass"
	spfFail      spfResult = "fail"
	spfSoftFail  spfResult = "softfail"
	spfPermError spfResult = "permerror"
	notAsked     spfResult = "not asked"
)

// spfCheck is one run of check_host (RFC 7208 4).
type spfCheck struct {
	*lookup
	ip           netip.Addr
	sender, helo string
	lookups      int // 10 at most (4.6.4)
	void         int // 2 at most
}

// spf checks the envelope's domain, which it returns.
func (l *lookup) spf(e Envelope) (result spfResult, domain string) {
	ip, err := netip.ParseAddr(e.IP)
	if err != nil {
		return spfNone, ""
	}
	c := &spfCheck{lookup: l, ip: ip.Unmap().WithZone(""), helo: strings.ToLower(e.Helo)}
	c.sender = e.From
	if !strings.Contains(c.sender, "@") {
		c.sender = "postmaster@" + c.helo // a report of non-delivery has no sender (2.4)
	}
	_, domain, _ = strings.Cut(c.sender, "@")
	domain = strings.ToLower(domain)
	return c.host(domain, 0), domain
}

func validDomain(d string) bool {
	d = strings.TrimSuffix(d, ".")
	if len(d) == 0 || len(d) > 253 || !strings.Contains(d, ".") {
		return false
	}
	for _, label := range strings.Split(d, ".") {
		if len(label) == 0 || len(label) > 63 {
			return false
		}
	}
	return true
}

func (c *spfCheck) host(domain string, depth int) spfResult {
	if !validDomain(domain) || depth > 10 {
		return spfNone
	}
	records, asked := c.get("txt", domain)
	if !asked {
		return notAsked
	}
	var record []string
	for _, r := range records {
		if f := strings.Split(r, " "); strings.EqualFold(f[0], "v=spf1") {
			if record != nil {
				return spfPermError
			}
			record = f
		}
	}
	if record == nil {
		return spfNone
	}
	terms, redirect, ok := parseTerms(record[1:])
	if !ok {
		return spfPermError
	}
	for _, t := range terms {
		hit, bad := c.matches(t, domain, depth)
		if bad != "" {
			return bad
		}
		if hit {
			return t.result
		}
	}
	if redirect == "" {
		return spfNeutral
	}
	target, ok := c.expand(redirect, domain)
	if c.lookups++; c.lookups > 10 || !ok {
		return spfPermError
	}
	if r := c.host(target, depth+1); r != spfNone {
		return r
	}
	return spfPermError
}

// term is one mechanism.
type term struct {
	result     spfResult
	name, spec string
	four, six  int // prefix lengths, -1 when not said
	network    netip.Prefix
}

// parseTerms reads all terms before any is evaluated: one error anywhere is an
// error of the whole (4.6).
func parseTerms(words []string) (terms []term, redirect string, ok bool) {
	explained := false
	for _, w := range words {
		if w == "" {
			continue
		}
		if len(terms) > 200 {
			return nil, "", false
		}
		if i := strings.IndexAny(w, "=:/"); i > 0 && w[i] == '=' {
			key, value := strings.ToLower(w[:i]), w[i+1:]
			if !validName(key) || !validSpec(value, key != "redirect" && key != "exp") {
				return nil, "", false
			}
			switch {
			case key == "redirect" && redirect == "" && value != "":
				redirect = value
			case key == "exp" && !explained && value != "":
				explained = true
			case key == "redirect" || key == "exp":
				return nil, "", false
			}
			continue
		}
		t := term{result: spfPass, four: -1, six: -1}
		switch w[0] {
		case '+', '-', '~', '?':
			t.result = map[byte]spfResult{'+': spfPass, '-': spfFail, '~': spfSoftFail, '?': spfNeutral}[w[0]]
			w = w[1:]
		}
		i := strings.IndexAny(w, ":/")
		if i < 0 {
			i = len(w)
		}
		t.name, w = strings.ToLower(w[:i]), w[i:]
		if !t.arguments(w) {
			return nil, "", false
		}
		terms = append(terms, t)
	}
	return terms, redirect, true
}

func validName(s string) bool {
	for i, r := range s {
		if !(r >= 'a' && r <= 'z' || i > 0 && (r >= '0' && r <= '9' || strings.ContainsRune("-_.", r))) {
			return false
		}
	}
	return s != ""
}

func (t *term) arguments(w string) bool {
	switch t.name {
	case "all":
		return w == ""
	case "ip4", "ip6":
		if !strings.HasPrefix(w, ":") {
			return false
		}
		address, bits, has := strings.Cut(w[1:], "/")
		ip, err := netip.ParseAddr(address)
		if err != nil || ip.Zone() != "" || ip.Is4() != (t.name == "ip4") {
			return false
		}
		n := ip.BitLen()
		if has {
			var ok bool
			if n, ok = prefix(bits, ip.BitLen()); !ok {
				return false
			}
		}
		t.network = netip.PrefixFrom(ip, n).Masked()
		return true
	case "include", "exists":
		t.spec = strings.TrimPrefix(w, ":")
		return strings.HasPrefix(w, ":") && t.spec != "" && validSpec(t.spec, false)
	case "a", "mx", "ptr":
		if strings.HasPrefix(w, ":") {
			t.spec = w[1:]
			w = ""
			if t.name != "ptr" {
				t.spec, w = cutPrefixes(t.spec)
			}
			if t.spec == "" || !validSpec(t.spec, false) {
				return false
			}
		}
		return t.prefixes(w)
	}
	return false
}

// cutPrefixes parts a domain from the prefix lengths behind it. A slash may be
// part of a domain; only what is made of slashes and digits is a length.
func cutPrefixes(s string) (spec, lengths string) {
	at := len(s)
	for at > 0 && (s[at-1] == '/' || s[at-1] >= '0' && s[at-1] <= '9') {
		at--
	}
	if i := strings.IndexByte(s[at:], '/'); i >= 0 {
		return s[:at+i], s[at+i:]
	}
	return s, ""
}

// prefixes reads /24, //64 or /24//64.
func (t *term) prefixes(w string) bool {
	if w == "" {
		return true
	}
	if t.name == "ptr" || w[0] != '/' {
		return false
	}
	four, six, has := strings.Cut(w, "//")
	var ok bool
	if four != "" {
		if t.four, ok = prefix(four[1:], 32); !ok {
			return false
		}
	}
	if has {
		if t.six, ok = prefix(six, 128); !ok {
			return false
		}
	}
	return true
}

func prefix(s string, limit int) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && n <= limit && s == strconv.Itoa(n)
}

// matches evaluates one mechanism; bad ends the check.
func (c *spfCheck) matches(t term, domain string, depth int) (hit bool, bad spfResult) {
	switch t.name {
	case "all":
		return true, ""
	case "ip4", "ip6":
		return t.network.Contains(c.ip), ""
	}
	if c.lookups++; c.lookups > 10 {
		return false, spfPermError
	}
	target := domain
	if t.spec != "" {
		var ok bool
		if target, ok = c.expand(t.spec, domain); !ok {
			return false, spfPermError
		}
	}
	switch t.name {
	case "include":
		switch r := c.host(target, depth+1); r {
		case spfPass:
			return true, ""
		case spfFail, spfSoftFail, spfNeutral:
			return false, ""
		case notAsked:
			return false, notAsked
		}
		return false, spfPermError
	case "exists":
		found, bad := c.ask("a", target, true)
		return len(found) > 0, bad
	case "a":
		return c.address(target, t, true)
	case "mx":
		hosts, bad := c.ask("mx", target, true)
		if bad != "" {
			return false, bad
		}
		if len(hosts) > 10 {
			return false, spfPermError
		}
		for _, h := range hosts {
			if hit, bad := c.address(h, t, false); hit || bad != "" {
				return hit, bad
			}
		}
		return false, ""
	}
	return c.pointer(target)
}

// ask counts answers that are empty: more than two end the check (4.6.4).
func (c *spfCheck) ask(kind, name string, counted bool) (values []string, bad spfResult) {
	if !validDomain(name) && kind != "ptr" {
		return nil, ""
	}
	values, asked := c.get(kind, name)
	if !asked {
		return nil, notAsked
	}
	if len(values) == 0 && counted {
		if c.void++; c.void > 2 {
			return nil, spfPermError
		}
	}
	return values, ""
}

func (c *spfCheck) address(name string, t term, counted bool) (bool, spfResult) {
	kind, n := "a", t.four
	if !c.ip.Is4() {
		kind, n = "aaaa", t.six
	}
	values, bad := c.ask(kind, name, counted)
	if bad != "" {
		return false, bad
	}
	for _, v := range values {
		ip, err := netip.ParseAddr(v)
		if err != nil || ip.Is4() != c.ip.Is4() {
			continue
		}
		bits := n
		if bits < 0 {
			bits = ip.BitLen()
		}
		if netip.PrefixFrom(ip, bits).Contains(c.ip) {
			return true, ""
		}
	}
	return false, ""
}

// pointer: the address's own name, confirmed by its address, is in the domain (5.5).
func (c *spfCheck) pointer(target string) (bool, spfResult) {
	names, bad := c.ask("ptr", c.ip.String(), true)
	if bad != "" {
		return false, bad
	}
	for _, name := range names[:min(len(names), 10)] {
		name = strings.ToLower(strings.TrimSuffix(name, "."))
		if name != target && !strings.HasSuffix(name, "."+target) {
			continue
		}
		if hit, bad := c.address(name, term{four: -1, six: -1}, false); hit || bad != "" {
			return hit, bad
		}
	}
	return false, ""
}
