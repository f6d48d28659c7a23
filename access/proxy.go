package access

import (
	"net/http"
	"net/netip"
	"strings"

	"bonafide/record"
)

// Proxies are the networks whose X-Forwarded-For is believed.
type Proxies []netip.Prefix

// ParseProxies reads networks such as 10.0.0.0/8 or single addresses.
func ParseProxies(all []string) (Proxies, error) {
	var p Proxies
	for _, s := range all {
		if a, err := netip.ParseAddr(s); err == nil {
			p = append(p, netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()))
			continue
		}
		n, err := netip.ParsePrefix(s)
		if err != nil {
			return nil, record.Invalid("proxy", "is neither an address nor a network such as 10.0.0.0/8")
		}
		if n.Bits() == 0 {
			return nil, &record.Error{Code: record.CodeRefused, Where: "proxy", Message: "a network of everybody would let anybody write their own address"}
		}
		p = append(p, n.Masked())
	}
	return p, nil
}

func (p Proxies) hold(a netip.Addr) bool {
	for _, n := range p {
		if n.Contains(a) {
			return true
		}
	}
	return false
}

// Client is the address a request came from. X-Forwarded-For is read from the
// right, and only as far as each hop is a proxy of ours; what a client wrote
// into it itself is never believed.
func (p Proxies) Client(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	addr := at.Addr().Unmap()
	if !p.hold(addr) {
		return addr
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			return addr
		}
		if addr = next.Unmap(); !p.hold(addr) {
			return addr
		}
	}
	return addr
}
