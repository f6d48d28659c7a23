package checks

import (
	"net/netip"
	"slices"

	"bonafide/lists"
	"bonafide/match"
	"bonafide/record"
)

// spot is what the lists say about the network of one session.
type spot struct {
	session int
	addr    netip.Addr
	places  []lists.Place
	hidden  bool               // a VPN, proxy, relay, Tor or hosting network stands in between
	relay   bool               // a privacy relay: it says nothing at all
	by      []lists.NetworkHit // the lists that say so
}

// maxSpots bounds the work on one record; nobody applies in more visits.
const maxSpots = 512

// spots looks up every session with a public address, in the order of the
// record. geo and networks are false when no list of that sort is loaded.
func spots(in *In) (all []spot, geo, networks bool) {
	for i := range in.App.Sessions {
		if len(all) == maxSpots {
			break
		}
		a, ok := publicAddr(in.App.Sessions[i].IP)
		if !ok {
			continue
		}
		s := spot{session: i, addr: a}
		if j := slices.IndexFunc(all, func(o spot) bool { return o.addr == a }); j >= 0 {
			s = all[j]
			s.session = i
			all = append(all, s)
			continue
		}
		s.places, geo = in.Lists.Places(a)
		s.by, networks = in.Lists.Networks(a)
		for _, h := range s.by {
			switch h.Class {
			case lists.Relay:
				s.relay, s.hidden = true, true
			case lists.Watch:
			default:
				s.hidden = true
			}
		}
		all = append(all, s)
	}
	return all, geo, networks
}

// publicAddr is an address that can have a place: not private, not local, not
// a carrier's inner network (RFC 6598).
func publicAddr(s string) (netip.Addr, bool) {
	if s == "" {
		return netip.Addr{}, false
	}
	a, err := netip.ParseAddr(s)
	if err != nil {
		return netip.Addr{}, false
	}
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() || carrierInner.Contains(a) {
		return netip.Addr{}, false
	}
	return a, true
}

var carrierInner = netip.MustParsePrefix("100.64.0.0/10")

// networkOf is what one line has: an IPv4 address, or the /64 of an IPv6 one.
func networkOf(a netip.Addr) netip.Prefix {
	if a.Is4() {
		return netip.PrefixFrom(a, 32)
	}
	p, _ := a.Prefix(64)
	return p
}

// in reports whether any table places the spot in a country. Tables disagree;
// the one that agrees with the person is believed.
func (s *spot) in(country string) bool {
	return slices.ContainsFunc(s.places, func(p lists.Place) bool { return p.Country == country })
}

// clockAgrees reports whether a clock shows the time of the place of the
// network: the two tell one story, as on a journey.
func (s *spot) clockAgrees(in *In, zone string) bool {
	at := in.App.Sessions[s.session].At
	if at.IsZero() {
		at = in.Day
	}
	return slices.ContainsFunc(s.places, func(p lists.Place) bool {
		fits, known := match.ClockFits(zone, p.Country, at)
		return known && fits
	})
}

// evidence is the session's network compared with a field, by each table.
func (s *spot) evidence(in *In, with string) []record.Evidence {
	var e []record.Evidence
	for _, p := range s.places {
		in.use(p.Use)
		e = append(e, record.Evidence{Field: sessionField(s.session, "ip"), ComparedWith: with, List: p.Use.List, AsOf: p.Use.AsOf})
	}
	return e
}

func sessionField(i int, part string) string { return indexed("sessions", i) + "." + part }

// use notes a list once.
func (in *In) use(u record.ListUse) {
	if !slices.Contains(in.used, u) {
		in.Use(u)
	}
}
