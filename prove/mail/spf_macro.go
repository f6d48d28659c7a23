package mail

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// validSpec checks macros (7.1), and that what names a domain ends like one.
func validSpec(s string, any bool) bool {
	if len(s) > 512 {
		return false
	}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] <= ' ' || s[i] >= 0x7f:
			return false
		case s[i] != '%':
			continue
		case i+1 < len(s) && strings.IndexByte("%_-", s[i+1]) >= 0:
			i++
		case i+1 < len(s) && s[i+1] == '{':
			end := strings.IndexByte(s[i:], '}')
			if end < 0 {
				return false
			}
			if _, _, _, _, ok := macro(s[i+2 : i+end]); !ok {
				return false
			}
			i += end
		default:
			return false
		}
	}
	if any || strings.HasSuffix(s, "}") {
		return true
	}
	last := s[strings.LastIndexByte(strings.TrimSuffix(s, "."), '.')+1:]
	last = strings.TrimSuffix(last, ".")
	if !strings.Contains(strings.TrimSuffix(s, "."), ".") || last == "" || strings.HasPrefix(last, "-") || strings.HasSuffix(last, "-") {
		return false
	}
	digits := true
	for _, r := range last {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && !(r >= '0' && r <= '9') && r != '-' {
			return false
		}
		digits = digits && r >= '0' && r <= '9'
	}
	return !digits
}

// macro reads letter, number, r, delimiters.
func macro(s string) (letter byte, parts int, reverse bool, delimiters string, ok bool) {
	if s == "" || strings.IndexByte("slodiphcrtvSLODIPHCRTV", s[0]) < 0 || strings.IndexByte("crtCRT", s[0]) >= 0 {
		return 0, 0, false, "", false
	}
	letter, s = s[0], s[1:]
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n > 0 {
		v, err := strconv.Atoi(s[:n])
		if err != nil || v == 0 {
			return 0, 0, false, "", false
		}
		parts, s = min(v, 128), s[n:]
	}
	if s != "" && (s[0] == 'r' || s[0] == 'R') {
		reverse, s = true, s[1:]
	}
	for _, r := range s {
		if !strings.ContainsRune(".-+,/_=", r) {
			return 0, 0, false, "", false
		}
	}
	if s == "" {
		s = "."
	}
	return letter, parts, reverse, s, true
}

// expand puts macros in; the result loses labels on the left until it fits (7.3).
func (c *spfCheck) expand(spec, domain string) (string, bool) {
	var out strings.Builder
	for i := 0; i < len(spec); i++ {
		if spec[i] != '%' {
			out.WriteByte(spec[i])
			continue
		}
		i++
		switch spec[i] {
		case '%':
			out.WriteByte('%')
		case '_':
			out.WriteByte(' ')
		case '-':
			out.WriteString("%20")
		case '{':
			end := i + strings.IndexByte(spec[i:], '}')
			letter, parts, reverse, delimiters, ok := macro(spec[i+1 : end])
			if !ok {
				return "", false
			}
			v := c.value(letter|0x20, domain)
			words := strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune(delimiters, r) })
			if reverse {
				slices.Reverse(words)
			}
			if parts > 0 && len(words) > parts {
				words = words[len(words)-parts:]
			}
			v = strings.Join(words, ".")
			if letter < 'a' {
				v = strings.ReplaceAll(url.QueryEscape(v), "+", "%20")
			}
			out.WriteString(v)
			i = end
		}
	}
	d := strings.TrimSuffix(out.String(), ".")
	for len(d) > 253 {
		_, rest, ok := strings.Cut(d, ".")
		if !ok {
			return "", false
		}
		d = rest
	}
	return strings.ToLower(d), true
}

func (c *spfCheck) value(letter byte, domain string) string {
	local, host, _ := strings.Cut(c.sender, "@")
	switch letter {
	case 's':
		return c.sender
	case 'l':
		return local
	case 'o':
		return host
	case 'd':
		return domain
	case 'h':
		return c.helo
	case 'p':
		return "unknown"
	case 'v':
		if c.ip.Is4() {
			return "in-addr"
		}
		return "ip6"
	case 'i':
		if c.ip.Is4() {
			return c.ip.String()
		}
		var nibbles []string
		for _, b := range c.ip.As16() {
			nibbles = append(nibbles, strconv.FormatInt(int64(b>>4), 16), strconv.FormatInt(int64(b&15), 16))
		}
		return strings.Join(nibbles, ".")
	}
	return ""
}
