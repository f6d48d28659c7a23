package lists

import (
	"net/netip"
	"slices"
)

// networkIndex answers for all network lists at once: the ranges of all lists
// are one table whose values are sets of hits, made once, so that a look-up is
// one binary search and allocates nothing.
type networkIndex struct {
	r       *ranges
	sets    [][]NetworkHit
	inner   [][]NetworkHit // the same for reserved addresses: of lists that mean them
	classes map[NetworkClass]bool
	others  []*Snapshot // databases that are asked by themselves

	services bool // some list names services
}

func newNetworkIndex(of []*Snapshot) *networkIndex {
	x := &networkIndex{classes: map[NetworkClass]bool{}}
	var four []span[ip4]
	var six []span[ip6]
	var hits []NetworkHit
	var means []bool // the hit's list is about reserved addresses on purpose
	for _, s := range of {
		if s.content.network != nil {
			x.others = append(x.others, s)
			x.services = true
			for _, c := range []NetworkClass{VPN, Datacenter, Tor, Proxy} {
				x.classes[c] = true
			}
			continue
		}
		x.classes[s.List.Network] = true
		p := s.content.prefixes
		base := uint32(len(hits))
		reserved := s.List.Network == Watch || p.mostlyReserved()
		for _, service := range p.services {
			means = append(means, reserved)
			if service == "" {
				service = s.List.Service
			}
			x.services = x.services || service != ""
			hits = append(hits, NetworkHit{Class: s.List.Network, Service: service, Use: s.Use()})
		}
		four, six = slices.Grow(four, len(p.four)), slices.Grow(six, len(p.six))
		for _, sp := range p.four {
			sp.val += base
			four = append(four, sp)
		}
		for _, sp := range p.six {
			sp.val += base
			six = append(six, sp)
		}
		s.content.prefixes = nil // the table keeps the ranges
	}
	numbers := &valueSets{number: map[string]uint32{}}
	x.r = build(four, six, func() picker { return &together{sets: numbers, count: map[uint32]int{}} })
	for _, set := range numbers.sets {
		var all, inner []NetworkHit
		for _, i := range set {
			if slices.Contains(all, hits[i]) {
				continue
			}
			all = append(all, hits[i])
			if means[i] {
				inner = append(inner, hits[i])
			}
		}
		x.sets = append(x.sets, slices.Clip(all))
		x.inner = append(x.inner, slices.Clip(inner))
	}
	return x
}

func (x *networkIndex) find(a netip.Addr) []NetworkHit {
	var hits []NetworkHit
	if !a.IsValid() {
		return nil
	}
	reserved := Reserved(a)
	if i, ok := x.r.find(a); ok {
		if hits = x.sets[i]; reserved {
			hits = x.inner[i]
		}
	}
	for _, s := range x.others {
		if reserved && !s.content.reserved {
			continue
		}
		own, ok := s.content.network.holds(a)
		if !ok {
			continue
		}
		for i := range own {
			own[i].Use = s.Use()
		}
		hits = append(slices.Clip(hits), own...)
	}
	return hits
}
