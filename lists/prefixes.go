package lists

import (
	"encoding/binary"
	"math/bits"
	"net/netip"
	"strings"

	"bonafide/record"
)

// prefixes are the ranges of a network list. The value of a span is an index
// into services; service 0 is the list's own, "" when it names none.
type prefixes struct {
	four     []span[ip4]
	six      []span[ip6]
	services []string
}

// Widest prefixes that are believed: a shorter one would hold a large part of
// all people, and is an error or an attack.
const (
	widest4 = 6
	widest6 = 16
)

func (p *prefixes) addPrefix(x netip.Prefix, service uint32) bool {
	a := x.Addr()
	if a.Is4In6() {
		if x.Bits() < 96 {
			return false
		}
		x = netip.PrefixFrom(a.Unmap(), x.Bits()-96)
	}
	x = x.Masked()
	if x.Addr().Is4() {
		if x.Bits() < widest4 {
			return false
		}
		from := num4(x.Addr())
		p.four = append(p.four, span[ip4]{from, from | ip4(uint64(1)<<(32-x.Bits())-1), service})
		return true
	}
	if x.Bits() < widest6 {
		return false
	}
	from, to := num6(x.Addr()), num6(x.Addr())
	if n := x.Bits(); n < 64 {
		to.hi |= 1<<(64-n) - 1
		to.lo = ^uint64(0)
	} else if n < 128 {
		to.lo |= 1<<(128-n) - 1
	}
	p.six = append(p.six, span[ip6]{from, to, service})
	return true
}

// addRange takes an inclusive range of two addresses of one family.
func (p *prefixes) addRange(from, to netip.Addr, val uint32, bounded bool) bool {
	from, to = from.Unmap(), to.Unmap()
	if from.BitLen() != to.BitLen() || to.Less(from) {
		return false
	}
	if from.Is4() {
		a, b := num4(from), num4(to)
		if bounded && bits.LeadingZeros32(uint32(b-a)) < widest4 {
			return false
		}
		p.four = append(p.four, span[ip4]{a, b, val})
		return true
	}
	a, b := num6(from), num6(to)
	if bounded && bits.LeadingZeros64(b.hi-a.hi) < widest6 {
		return false
	}
	p.six = append(p.six, span[ip6]{a, b, val})
	return true
}

func (p *prefixes) service(name string) uint32 {
	if name == "" {
		return 0
	}
	for i, s := range p.services {
		if s == name && i > 0 {
			return uint32(i)
		}
	}
	p.services = append(p.services, name)
	return uint32(len(p.services) - 1)
}

// maxServices bounds the names one list may give; more are not services.
const maxServices = 4096

// parsePrefixes reads one address or prefix a line, or a CSV whose first
// column is one. A second column is the name of a service when the header
// calls it operator, service or provider, or when labels says so (watch
// lists). Lines of the Tor project's "ExitAddress A D T" and ranges "A-B" are
// understood too.
func parsePrefixes(labels bool) parser {
	return func(name string, b []byte) (*content, error) {
		c := &content{prefixes: &prefixes{services: []string{""}}}
		p := c.prefixes
		label, first := -1, true
		if labels {
			label = 1
		}
		for n, line := range lines(b) {
			if c.rows+c.bad >= maxRows {
				return nil, record.Invalid(lineOf(name, n), "more rows than a list has")
			}
			cells := []string{line}
			if strings.ContainsAny(line, ",;\t") {
				cells = cellsOf(line)
			}
			if first {
				if first = false; headerOf(cells, &label) {
					continue
				}
			}
			word := strings.TrimPrefix(cells[0], "ExitAddress ")
			word, _, _ = strings.Cut(word, " ")
			var service uint32
			if label > 0 && label < len(cells) && len(p.services) < maxServices {
				service = p.service(strings.TrimSpace(cells[label]))
			}
			if !p.addWord(word, service) {
				if !isTorNote(line) {
					c.reject(n)
				}
				continue
			}
			c.rows++
		}
		return c, c.check(name)
	}
}

// isTorNote are the lines that go along with an ExitAddress.
func isTorNote(line string) bool {
	return strings.HasPrefix(line, "ExitNode ") || strings.HasPrefix(line, "Published ") || strings.HasPrefix(line, "LastStatus ")
}

// addWord takes an address, a prefix or a range of two addresses.
func (p *prefixes) addWord(s string, service uint32) bool {
	if strings.IndexByte(s, '/') > 0 {
		x, err := netip.ParsePrefix(s)
		return err == nil && p.addPrefix(x, service)
	}
	if a, b, ok := strings.Cut(s, "-"); ok {
		from, err1 := netip.ParseAddr(a)
		to, err2 := netip.ParseAddr(b)
		return err1 == nil && err2 == nil && from.Zone() == "" && to.Zone() == "" && p.addRange(from, to, service, true)
	}
	a, err := netip.ParseAddr(s)
	return err == nil && a.Zone() == "" && p.addPrefix(netip.PrefixFrom(a, a.BitLen()), service)
}

// headerOf recognises a header line of a network CSV and the column that
// names a service.
func headerOf(cells []string, label *int) bool {
	switch strings.ToLower(cells[0]) {
	case "network", "cidr", "ip", "prefix", "address", "ip_or_cidr", "ip-or-cidr", "range":
	default:
		return false
	}
	for i, h := range cells {
		switch strings.ToLower(h) {
		case "operator", "service", "provider", "provider_name":
			*label = i
		}
	}
	return true
}

// cellsOf splits a simple CSV line at commas, semicolons or tabs; cells may be
// in double quotes.
func cellsOf(line string) []string {
	sep := byte(',')
	if strings.IndexByte(line, ',') < 0 {
		sep = ';'
		if strings.IndexByte(line, ';') < 0 {
			sep = '\t'
		}
	}
	var cells []string
	for {
		line = strings.TrimLeft(line, " ")
		if strings.HasPrefix(line, `"`) {
			rest := line[1:]
			var cell strings.Builder
			for {
				i := strings.IndexByte(rest, '"')
				if i < 0 {
					cell.WriteString(rest)
					return append(cells, cell.String())
				}
				cell.WriteString(rest[:i])
				rest = rest[i+1:]
				if !strings.HasPrefix(rest, `"`) {
					break
				}
				cell.WriteByte('"')
				rest = rest[1:]
			}
			cells = append(cells, cell.String())
			i := strings.IndexByte(rest, sep)
			if i < 0 {
				return cells
			}
			line = rest[i+1:]
			continue
		}
		i := strings.IndexByte(line, sep)
		if i < 0 {
			return append(cells, strings.TrimSpace(line))
		}
		cells = append(cells, strings.TrimSpace(line[:i]))
		line = line[i+1:]
	}
}

// addrOf reads an address or, as some tables have it, an IPv4 address as a
// decimal number.
func addrOf(s string) (netip.Addr, bool) {
	if a, err := netip.ParseAddr(s); err == nil {
		return a, a.Zone() == ""
	}
	if len(s) == 0 || len(s) > 10 {
		return netip.Addr{}, false
	}
	var n uint64
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return netip.Addr{}, false
		}
		n = n*10 + uint64(s[i]-'0')
	}
	if n > 1<<32-1 {
		return netip.Addr{}, false
	}
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], uint32(n))
	return netip.AddrFrom4(b), true
}
