package match

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/unicode/norm"
)

// maxMail is the longest mail address of RFC 5321 (64 + @ + 255).
const maxMail = 320

// Email is the canonical form of a mail address: two spellings of one mailbox
// give one string. Lower case, IDNA domain, and, only for providers that say
// so, without the tags and dots they ignore. ok is false when s is not a mail
// address that a mailbox could have.
func Email(s string) (canonical string, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at > 64 || len(s) > maxMail {
		return "", false
	}
	domain, ok := Domain(s[at+1:])
	if !ok || !strings.Contains(domain, ".") {
		return "", false
	}
	local, ok := mailLocal(s[:at])
	if !ok {
		return "", false
	}
	if p, known := mailProviders[domain]; known {
		if p.same != "" {
			domain = p.same
		}
		if i := strings.IndexByte(local, '+'); i > 0 {
			local = local[:i]
		}
		if p.dots {
			local = strings.ReplaceAll(local, ".", "")
		}
		if local == "" {
			return "", false
		}
	}
	if at+1+len(domain) == len(s) && s[:at] == local && s[at+1:] == domain {
		return s, true
	}
	return local + "@" + domain, true
}

// mailProvider says what a provider ignores in an address. All listed here
// deliver "name+tag" to "name".
type mailProvider struct {
	same string // the provider's other name for the same mailboxes
	dots bool   // dots in the local part are ignored
}

// Source: the providers' own help pages on aliases, read as common knowledge;
// a provider that is missing costs a link, a wrong one would invent a link.
var mailProviders = map[string]mailProvider{
	"gmail.com":      {dots: true},
	"googlemail.com": {same: "gmail.com", dots: true},
	"outlook.com":    {},
	"hotmail.com":    {},
	"live.com":       {},
	"icloud.com":     {},
	"me.com":         {same: "icloud.com"},
	"mac.com":        {same: "icloud.com"},
	"fastmail.com":   {},
	"proton.me":      {},
	"protonmail.com": {same: "proton.me"},
	"pm.me":          {same: "proton.me"},
}

func mailLocal(s string) (string, bool) {
	ascii, lower := true, true
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c <= ' ' || c == 0x7f, strings.IndexByte(`"(),:;<>@[\]`, c) >= 0:
			return "", false // quoted local parts exist on paper only
		case c >= utf8.RuneSelf:
			ascii = false
		case 'A' <= c && c <= 'Z':
			lower = false
		}
	}
	if s[0] == '.' || s[len(s)-1] == '.' {
		return "", false
	}
	if ascii {
		if lower {
			return s, true
		}
		return strings.ToLower(s), true
	}
	if !utf8.ValidString(s) {
		return "", false
	}
	s = norm.NFC.String(strings.ToLower(norm.NFKC.String(s)))
	for _, r := range s {
		if r != '\u200c' && r != '\u200d' && !unicode.IsGraphic(r) || unicode.IsSpace(r) || r == '@' {
			return "", false
		}
	}
	return s, s != ""
}

// Domain is the lower-case ASCII (IDNA 2008, UTS 46 lookup) form of a host
// name, without a final dot. ok is false for anything that is not one.
func Domain(s string) (ascii string, ok bool) {
	s = strings.TrimSuffix(s, ".")
	if s == "" || len(s) > 253 {
		return "", false
	}
	if plainDomain(s) {
		return s, true
	}
	a, err := idna.Lookup.ToASCII(s)
	if err != nil {
		return "", false
	}
	a = strings.TrimSuffix(strings.ToLower(a), ".")
	// The library lets some names pass that it does not read back.
	if again, err := idna.Lookup.ToASCII(a); err != nil || again != a || !labels(a) {
		return "", false
	}
	return a, true
}

// plainDomain reports lower-case letter-digit-hyphen labels with no IDNA
// marker: what needs no further work.
func plainDomain(s string) bool { return labels(s) && !strings.Contains(s, "xn--") }

func labels(s string) bool {
	label := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			label++
		case c == '-':
			if label == 0 || i+1 == len(s) || s[i+1] == '.' {
				return false
			}
			label++
		case c == '.':
			if label == 0 {
				return false
			}
			label = 0
		default:
			return false
		}
		if label > 63 {
			return false
		}
	}
	return label > 0
}

// MailDomain is the domain of a mail address in the form of Domain.
func MailDomain(mail string) (domain string, ok bool) {
	at := strings.LastIndexByte(mail, '@')
	if at < 1 || len(mail) > maxMail {
		return "", false
	}
	domain, ok = Domain(strings.TrimSpace(mail[at+1:]))
	return domain, ok && strings.Contains(domain, ".")
}

// Registrable is the part of a domain that somebody registered: one label
// below a public suffix (Public Suffix List, as shipped with x/net). ok is
// false for a public suffix itself and for a single label.
//
// Below example.com, .net and .org, which RFC 2606 keeps for documentation,
// every label stands for a registrant of its own.
func Registrable(domain string) (string, bool) {
	domain, ok := Domain(domain)
	if !ok {
		return "", false
	}
	e, err := publicsuffix.EffectiveTLDPlusOne(domain)
	if err != nil {
		return "", false
	}
	if e != domain && (e == "example.com" || e == "example.net" || e == "example.org") {
		rest := strings.TrimSuffix(domain, "."+e)
		e = rest[strings.LastIndexByte(rest, '.')+1:] + "." + e
	}
	return e, true
}

// HostOf is the host of a web address as people write one: with or without a
// scheme, path or port. ok is false when there is none.
func HostOf(url string) (host string, ok bool) {
	s := strings.TrimSpace(url)
	if i := strings.Index(s, "://"); i >= 0 {
		s = s[i+3:]
	}
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		s = s[:i]
	}
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		s = s[i+1:]
	}
	if i := strings.LastIndexByte(s, ':'); i >= 0 {
		s = s[:i]
	}
	host, ok = Domain(s)
	return host, ok && strings.Contains(host, ".")
}
