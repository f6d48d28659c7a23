package egress

import (
	"context"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// allowed checks a question before anything is sent: its occasion, and of its address
// scheme, host and port.
func (c *Client) allowed(raw string) (*url.URL, error) {
	if err := answers(c.on, c.keep); err != nil {
		return nil, err
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Opaque != "" {
		return nil, refused("", "not an address that can be asked")
	}
	host := plainHost(u.Hostname())
	switch {
	case u.User != nil:
		return u, refused(host, "an address with a name or password in it")
	case u.Scheme != "https" && !(c.c.Private && u.Scheme == "http"):
		return u, refused(host, "only https is asked")
	case !c.hosts[host] && !slices.ContainsFunc(c.below, func(end string) bool { return strings.HasSuffix(host, end) }):
		return u, refused(host, "the host is not on the allow-list")
	}
	if c.c.Private {
		return u, nil
	}
	if p := u.Port(); p != "" && p != "443" {
		return u, refused(host, "only the usual port is asked")
	}
	if _, err := netip.ParseAddr(host); err == nil || !strings.Contains(host, ".") || isNumeric(host) {
		return u, refused(host, "a name is needed, not an address")
	}
	return u, nil
}

// isNumeric finds the old spellings of IPv4 addresses: 127.1, 0x7f.1, 2130706433.
func isNumeric(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	return last != "" && (last[0] >= '0' && last[0] <= '9')
}

func plainHost(h string) string {
	return strings.TrimSuffix(strings.ToLower(h), ".")
}

// dialled carries where the address of a connection is noted.
type dialled struct{}

// dial resolves a name once, refuses it when any of its addresses is not
// public, and connects to an address that was checked, so that an answer that
// changes between look and leap changes nothing.
func (c *Client) dial(ctx context.Context, network, hostport string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(hostport)
	if err != nil {
		return nil, refused("", "not an address that can be asked")
	}
	addrs, err := c.resolve(ctx, plainHost(host))
	if err != nil {
		return nil, err
	}
	if !c.c.Private {
		for _, a := range addrs {
			if !Public(a) {
				return nil, refused(host, "the name points into a network that is not public")
			}
		}
	}
	var d net.Dialer
	var last error
	for _, a := range addrs {
		conn, err := d.DialContext(ctx, network, netip.AddrPortFrom(a.Unmap(), portOf(port)).String())
		if err == nil {
			if at, ok := ctx.Value(dialled{}).(*string); ok {
				*at = a.Unmap().String()
			}
			return conn, nil
		}
		last = err
	}
	if last == nil {
		return nil, &net.DNSError{Err: "no address", Name: host}
	}
	return nil, last
}

func (c *Client) resolve(ctx context.Context, host string) ([]netip.Addr, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{a}, nil
	}
	return c.c.Resolve(ctx, host)
}

func portOf(s string) uint16 {
	n := 0
	for i := 0; i < len(s) && n < 1<<16; i++ {
		n = n*10 + int(s[i]-'0')
	}
	return uint16(n)
}

// special are the networks of the IANA special-purpose registries that no
// publisher answers from.
var special = func() (out []netip.Prefix) {
	for _, s := range []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
		"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
		"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
	} {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}()

// global is the part of IPv6 that is given out.
var global = netip.MustParsePrefix("2000::/3")

// Public reports whether an address can belong to a publisher: global unicast
// and in none of the special-purpose networks. An IPv4 address in IPv6 clothes
// is judged as IPv4.
func Public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsValid() || a.Zone() != "" || a.Is6() && !global.Contains(a) {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
