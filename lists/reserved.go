package lists

import (
	"net/netip"
)

// Reserved reports an address that belongs to nobody on the open network:
// private, documentation, carrier-inner, multicast and the rest of the IANA
// special-purpose registries. Published tables hold some of them by mistake
// (a hoster's feed with 192.0.2.0/24, a country for 198.51.100.0/24).
func Reserved(a netip.Addr) bool {
	a = a.Unmap()
	if a.Is4() {
		if !reservedOctets[a.As4()[0]] {
			return false
		}
		for _, p := range reserved4 {
			if p.Contains(a) {
				return true
			}
		}
		return false
	}
	b := a.As16()
	if b[0]&0xe0 != 0x20 {
		return true
	}
	for _, p := range reserved6 {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

var (
	reserved4 = prefixesOf("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
		"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3")
	reserved6      = prefixesOf("2001:db8::/32", "3fff::/20")
	reservedOctets = octetsOf(reserved4)
)

func prefixesOf(words ...string) (out []netip.Prefix) {
	for _, w := range words {
		out = append(out, netip.MustParsePrefix(w))
	}
	return out
}

func octetsOf(of []netip.Prefix) (first [256]bool) {
	for _, p := range of {
		for o := int(p.Addr().As4()[0]); o <= int(lastOf(p).As4()[0]); o++ {
			first[o] = true
		}
	}
	return first
}

// mostlyReserved reports a list that is about reserved space on purpose, as
// those of tests and closed networks are. Of any other list, rows in reserved
// space are mistakes and are not answered with.
func (p *prefixes) mostlyReserved() bool {
	n := 0
	for _, sp := range p.four {
		if Reserved(addr4(sp.from)) && Reserved(addr4(sp.to)) {
			n++
		}
	}
	for _, sp := range p.six {
		if Reserved(addr6(sp.from)) && Reserved(addr6(sp.to)) {
			n++
		}
	}
	return n > 0 && n*2 >= len(p.four)+len(p.six)
}
