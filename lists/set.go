// Package lists holds published lists: published bytes become a dated, hashed
// snapshot with an index. It never fetches, opens or stores anything itself:
// bytes are given to it. To add a list: one file here and one line in lists.go.
package lists

import (
	"net/netip"

	"bonafide/record"
)

// Set is all the lists one run screens against. A nil *Set holds none; every
// question to it is then answered with ok == false, "no list for that".
type Set struct {
	geo      []geoTable
	networks []networkList
	mail     []mailList
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

type geoTable interface {
	place(netip.Addr) (Place, bool)
}
type networkList interface {
	holds(netip.Addr) (NetworkHit, bool)
}
type mailList interface {
	lists(domain string) (MailHit, bool)
}

// Places is each geographic table's answer for an address, in the order of the
// tables' names; tables disagree, so each answer keeps its source. ok is false
// when no table is loaded.
func (s *Set) Places(a netip.Addr) (places []Place, ok bool) {
	if s == nil || len(s.geo) == 0 {
		return nil, false
	}
	for _, t := range s.geo {
		if p, found := t.place(a); found {
			places = append(places, p)
		}
	}
	return places, true
}

// Networks is every network list that holds an address; ok is false when no
// list of the class is loaded.
func (s *Set) Networks(a netip.Addr) (hits []NetworkHit, ok bool) {
	if s == nil || len(s.networks) == 0 {
		return nil, false
	}
	for _, l := range s.networks {
		if h, found := l.holds(a); found {
			hits = append(hits, h)
		}
	}
	return hits, true
}

// MailDomain is every mail-domain list that holds a domain; ok is false when
// none is loaded.
func (s *Set) MailDomain(domain string) (hits []MailHit, ok bool) {
	if s == nil || len(s.mail) == 0 {
		return nil, false
	}
	for _, l := range s.mail {
		if h, found := l.lists(domain); found {
			hits = append(hits, h)
		}
	}
	return hits, true
}
