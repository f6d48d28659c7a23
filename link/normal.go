package link

import (
	"encoding/hex"
	"math"
	"net/netip"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zeebo/xxh3"

	"bonafide/match"
)

func lower(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// plain keeps letters and digits in upper case: how numbers of papers and
// accounts are compared, whatever spaces and dots they were typed with.
func plain(s string) string {
	ok := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z') {
			ok = false
			break
		}
	}
	if ok {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToUpper(r))
		}
	}
	return b.String()
}

func isDigest(s string) bool {
	if len(s) != 64 {
		return false
	}
	_, err := hex.DecodeString(s)
	return err == nil && strings.Trim(s, string(s[0])) != ""
}

// parseHash reads a perceptual hash of 64 bits. Flat pictures (all bits equal,
// or nearly) say nothing about a face and are left out.
func parseHash(s string) (uint64, bool) {
	if len(s) != 16 {
		return 0, false
	}
	h, err := strconv.ParseUint(s, 16, 64)
	if ones := popcount(h); err != nil || ones < 8 || ones > 56 {
		return 0, false
	}
	return h, true
}

// network is the value a network is compared by: an IPv4 address, or the /64 a
// household gets with IPv6. Addresses that no public visitor can come from are
// left out.
func network(s string) (string, bool) {
	a, err := netip.ParseAddr(strings.TrimSpace(s))
	if err != nil {
		return "", false
	}
	a = a.Unmap()
	if a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.IsUnspecified() || a.IsMulticast() {
		return "", false
	}
	if a.Is4() {
		return a.String(), true
	}
	p, err := a.WithZone("").Prefix(64)
	return p.String(), err == nil
}

// jointHolder says that an account names two people: "A & B", "A und B".
func jointHolder(holder string) bool {
	h := " " + lower(holder) + " "
	for _, and := range []string{" & ", " and ", " und ", " e ", " y ", " et ", " / ", "; "} {
		if i := strings.Index(h, and); i > 1 && i+len(and) < len(h)-1 {
			return true
		}
	}
	return false
}

// mailPattern is the letters of a mailbox that carries a number: "codename17@"
// and "codename23@" of one provider are one pattern. A mailbox without a number,
// or with few letters, has none.
func mailPattern(address string) (string, bool) {
	m, ok := match.Email(address)
	if !ok {
		return "", false
	}
	local, host, _ := strings.Cut(m, "@")
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, local)
	if len(letters) < 8 || !strings.ContainsAny(local, "0123456789") {
		return "", false
	}
	return letters + "@" + host, true
}

// lettersOfPostcode reports whether a word without a digit is half of a post code: the letters after a Dutch one
// (1017 XR), those before a Maltese one (VLT 1117).
func lettersOfPostcode(words []string, i int) bool {
	fourDigits := func(j int) bool {
		return j >= 0 && j < len(words) && len(words[j]) == 4 && strings.Trim(words[j], "0123456789") == ""
	}
	capitals := strings.Trim(words[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
	return capitals && (len(words[i]) == 2 && fourDigits(i-1) || len(words[i]) == 3 && fourDigits(i+1))
}

// walletForm folds the harmless case of hexadecimal and bech32 addresses;
// base58 keeps its case, it carries meaning there.
func walletForm(v string) string {
	v = strings.TrimSpace(v)
	low := strings.ToLower(v)
	for _, p := range []string{"0x", "bc1", "ltc1", "tb1", "addr1", "cosmos1", "osmo1", "zs1", "bitcoincash:"} {
		if strings.HasPrefix(low, p) {
			return low
		}
	}
	return v
}

// stratum says which set of possible values a value is drawn from, and how
// large that set is (log2), judged by the value's shape alone. It is how the
// chance of an accidental match is estimated. Unbounded: space 0.
func stratum(domain, value string) (group uint32, space float32) {
	switch domain {
	case "block":
		if n := len(value); n > 6 {
			return uint32(xxh3.HashString(domain + value[:n-3])), float32(math.Log2(1000))
		}
	case "phone":
		// A block of a thousand numbers: dense blocks make accidental matches.
		if n := len(value); n > 6 {
			return uint32(xxh3.HashString(domain + value[:n-3])), float32(math.Log2(1000))
		}
	case "document", "tax", "device", "iban":
		var shape [80]byte
		n, bits := 0, 0.0
		hexOnly := domain == "device"
		for i := 0; i < len(value); i++ {
			if c := value[i]; !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c == '-') {
				hexOnly = false
			}
		}
		for i := 0; i < len(value) && n < len(shape); i++ {
			c := value[i]
			switch {
			case hexOnly && c != '-':
				shape[n], bits = 'x', bits+4
			case c >= '0' && c <= '9':
				shape[n], bits = '9', bits+math.Log2(10)
			case c < utf8.RuneSelf && unicode.IsLetter(rune(c)):
				shape[n], bits = 'A', bits+math.Log2(26)
			default:
				shape[n] = c
			}
			n++
		}
		if domain == "iban" {
			bits -= 12 * math.Log2(10) // country, check digits and bank are not free
		} else if domain != "device" {
			bits -= math.Log2(20) // check digits and prefixes are not free
		}
		return uint32(xxh3.Hash(append(shape[:n:n], domain...))), float32(max(bits, 1))
	}
	return uint32(xxh3.HashString(domain)), 0
}

// oneLineAddress reads an address that stands on one line, as a history keeps
// it: street, then post code and town, then perhaps the country.
func oneLineAddress(line, country string) (door string, ok bool) {
	parts := strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == '\n' || r == ';' })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	if n := len(parts); n > 2 && len(parts[n-1]) == 2 {
		country, parts = parts[n-1], parts[:n-1]
	}
	if len(parts) < 2 {
		return "", false
	}
	var post, city []string
	words := strings.Fields(parts[len(parts)-1])
	for i, w := range words {
		if strings.ContainsAny(w, "0123456789") || lettersOfPostcode(words, i) {
			post = append(post, w)
		} else {
			city = append(city, w)
		}
	}
	door, _, ok = match.AddressKey(parts[:len(parts)-1], strings.Join(city, " "), strings.Join(post, " "), country)
	return door, ok
}
