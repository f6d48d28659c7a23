// Package lists holds published lists: published bytes become a dated, hashed
// snapshot with an index. It never fetches, opens or stores anything itself:
// bytes are given to it. To add a list: one file here and one line in lists.go.
package lists

import (
	"cmp"
	"net/netip"
	"slices"
	"sync"

	"bonafide/record"
)

// Set is all the lists one run screens against. A nil *Set holds none; every
// question to it is then answered with ok == false, "no list for that". It is
// made once and asked from many goroutines; what it answers with is shared and
// must not be changed.
type Set struct {
	snapshots []*Snapshot
	ignored   []Ignored

	geo        []geoSource
	asn        []asnTable
	networks   *networkIndex
	mail       *mailIndex
	exchangers *mailIndex
	tools      *toolIndex
	devices    []deviceSource
	indicators *indicatorIndex
	entities   []ListedEntities

	once  sync.Once // the index of names takes a second to make: only when asked for
	names *EntityIndex

	wallets bool // some entity has an address
}

// Place is where a table puts a network. Country is ISO 3166-1 alpha-2.
type Place struct {
	Country   string
	Latitude  float64 // degrees; both zero when the table has no coordinates
	Longitude float64
	RadiusKM  float64 // accuracy radius, 0 when unknown
	ASN       uint32
	Use       record.ListUse
}

// NetworkClass says what kind of network a list is about.
type NetworkClass string

// The classes of networks.
const (
	VPN        NetworkClass = "vpn"
	Datacenter NetworkClass = "datacenter"
	Tor        NetworkClass = "tor"
	Proxy      NetworkClass = "proxy"
	Relay      NetworkClass = "relay" // privacy relays: an allow-list, demotes the others
	Cloud      NetworkClass = "cloud"
	Watch      NetworkClass = "watch" // an operator's own list
)

// NetworkHit is one list that holds an address.
type NetworkHit struct {
	Class   NetworkClass
	Service string // name of the service when the list gives one
	Use     record.ListUse
}

// MailClass says what kind of mail domain a list is about.
type MailClass string

// The classes of mail domains.
const (
	MailDisposable MailClass = "disposable"
	MailFree       MailClass = "free"
	MailRelay      MailClass = "relay" // privacy relays: an allow-list
)

// MailHit is one list that holds a domain or a parent of it.
type MailHit struct {
	Class MailClass
	Use   record.ListUse
}

// geoTable knows the place of an address.
type geoTable interface {
	place(netip.Addr) (Place, bool)
}

// networkList answers with classes of its own; it does not know its name.
type networkList interface {
	holds(netip.Addr) ([]NetworkHit, bool)
}

type geoSource struct {
	table    geoTable
	use      record.ListUse
	reserved bool // it answers for reserved addresses
}

// Snapshots are the lists of the set by name.
func (s *Set) Snapshots() []*Snapshot {
	if s == nil {
		return nil
	}
	return s.snapshots
}

// Ignored are the files of the folder that are no lists we read, by path.
func (s *Set) Ignored() []Ignored {
	if s == nil {
		return nil
	}
	return s.ignored
}

// Uses are all lists of the set, as a result names them: what a run was
// screened against, whether it found something there or not.
func (s *Set) Uses() []record.ListUse {
	var uses []record.ListUse
	for _, snap := range s.Snapshots() {
		if u := snap.Use(); !slices.Contains(uses, u) {
			uses = append(uses, u)
		}
	}
	return uses
}

// Places is each geographic table's answer for an address, in the order of the
// tables' names; tables disagree, so each answer keeps its source. A table that
// does not know the address, or answers with a country that tables are known to
// be wrong about (see unreliable), is left out. ok is false when no table of
// places is loaded.
func (s *Set) Places(a netip.Addr) (places []Place, ok bool) {
	if s == nil || len(s.geo) == 0 {
		return nil, false
	}
	if !a.IsValid() {
		return nil, true
	}
	system, asked := uint32(0), false
	reserved := Reserved(a)
	for i := range s.geo {
		if reserved && !s.geo[i].reserved {
			continue
		}
		p, found := s.geo[i].table.place(a)
		if !found || unreliable(p.Country, a) {
			continue
		}
		if p.ASN == 0 {
			if !asked {
				system, asked = s.system(a), true
			}
			p.ASN = system
		}
		p.Use = s.geo[i].use
		places = append(places, p)
	}
	return places, true
}

// announcedKP is the one network that the operator of AS131279 announces.
var announcedKP = netip.MustParsePrefix("175.45.176.0/22")

// unreliable reports an answer that says more about the table than about the
// address: of sixteen ranges that two country tables place in KP one is
// announced from there, the others belong to hosters, VPN vendors and carriers
// elsewhere, whose customers would all be accused.
func unreliable(country string, a netip.Addr) bool {
	return country == "KP" && !announcedKP.Contains(a.Unmap())
}

// System is the number of the autonomous system that announces an address; 0
// when the tables do not know, ok is false when no table is loaded.
func (s *Set) System(a netip.Addr) (asn uint32, ok bool) {
	if s == nil || len(s.asn) == 0 || !a.IsValid() {
		return 0, false
	}
	return s.system(a), true
}

func (s *Set) system(a netip.Addr) uint32 {
	for _, t := range s.asn {
		if n, ok := t.asn(a); ok {
			return n
		}
	}
	return 0
}

// Networks is every network list that holds an address, by name; ok is false
// when no network list is loaded. A hit of class Relay demotes the others: the
// address serves the customers of a privacy relay, wherever it is housed.
func (s *Set) Networks(a netip.Addr) (hits []NetworkHit, ok bool) {
	if s == nil || s.networks == nil {
		return nil, false
	}
	return s.networks.find(a), true
}

// HasNetworks reports whether a list of a class is loaded, so that a check of
// one class can tell "clear" from "no-data".
func (s *Set) HasNetworks(c NetworkClass) bool {
	return s != nil && s.networks != nil && s.networks.classes[c]
}

// HasServices reports whether a network list is loaded that names services.
func (s *Set) HasServices() bool { return s != nil && s.networks != nil && s.networks.services }

// MailDomain is every mail-domain list that holds a domain or a parent of it,
// down to the name that can be registered; ok is false when none is loaded. A
// hit of class MailRelay demotes the others.
func (s *Set) MailDomain(domain string) (hits []MailHit, ok bool) {
	if s == nil || s.mail == nil {
		return nil, false
	}
	return s.mail.find(domain), true
}

// HasMail reports whether a list of a class is loaded.
func (s *Set) HasMail(c MailClass) bool {
	return s != nil && slices.ContainsFunc(s.snapshots, func(n *Snapshot) bool { return n.List.Kind == KindMail && n.List.Mail == c })
}

// Exchanger is every list of throw-away services that holds a mail exchanger;
// ok is false when none is loaded.
func (s *Set) Exchanger(host string) (hits []MailHit, ok bool) {
	if s == nil || s.exchangers == nil {
		return nil, false
	}
	return s.exchangers.find(host), true
}

// Entities is the index of all designated persons and organisations; ok is
// false when no list of them is loaded. The first call makes the index.
func (s *Set) Entities() (ix *EntityIndex, ok bool) {
	if s == nil || len(s.entities) == 0 {
		return nil, false
	}
	s.once.Do(func() { s.names = NewEntityIndex(s.entities) })
	return s.names, true
}

func newSet(snapshots []*Snapshot, ignored []Ignored) *Set {
	slices.SortStableFunc(snapshots, func(a, b *Snapshot) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.File, b.File))
	})
	s := &Set{snapshots: snapshots, ignored: ignored}
	var networks, mail, exchangers []*Snapshot
	for _, n := range snapshots {
		c := n.content
		if c.geo != nil {
			s.geo = append(s.geo, geoSource{c.geo, n.Use(), c.reserved})
		}
		if c.asn != nil {
			s.asn = append(s.asn, c.asn)
		}
		switch n.List.Kind {
		case KindNetworks, KindGeo:
			if c.prefixes != nil || c.network != nil {
				networks = append(networks, n)
			}
		case KindMail:
			mail = append(mail, n)
		case KindMX:
			c.domains = c.exchangers
			exchangers = append(exchangers, n)
		case KindTools:
			s.tools = s.tools.with(n)
		case KindDevices:
			s.devices = append(s.devices, deviceSource{c.devices, n.Use()})
		case KindEntities:
			s.entities = append(s.entities, ListedEntities{Use: n.Use(), Entities: c.entities})
			s.wallets = s.wallets || slices.ContainsFunc(c.entities, func(e Entity) bool { return len(e.Wallets) > 0 })
		case KindIndicators:
			s.indicators = s.indicators.with(n)
		}
	}
	if len(networks) > 0 {
		s.networks = newNetworkIndex(networks)
	}
	if len(mail) > 0 {
		s.mail = newMailIndex(append(mail, ownMailRelays()))
	}
	if len(exchangers) > 0 {
		s.exchangers = newMailIndex(exchangers)
	}
	return s
}

// HasExchangers reports whether a list of mail exchangers is loaded.
func (s *Set) HasExchangers() bool { return s != nil && s.exchangers != nil }

// HasWallets reports whether a list with crypto-currency addresses is loaded.
func (s *Set) HasWallets() bool { return s != nil && s.wallets }
