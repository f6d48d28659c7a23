package lists

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// RowMap is the rows of a snapshot that was just parsed, as a map from what a
// row is about to what it says, so that two states can be compared. It is nil
// for databases (MMDB) and for snapshots that went into a Set.
func (s *Snapshot) RowMap() map[string]string {
	c := s.content
	rows := map[string]string{}
	switch {
	case c.prefixes != nil:
		for _, sp := range c.prefixes.four {
			rows[rangeText(addr4(sp.from), addr4(sp.to))] = c.prefixes.services[sp.val]
		}
		for _, sp := range c.prefixes.six {
			rows[rangeText(addr6(sp.from), addr6(sp.to))] = c.prefixes.services[sp.val]
		}
	case c.domains != nil:
		for _, d := range c.domains {
			rows[d] = ""
		}
	case c.exchangers != nil:
		for _, d := range c.exchangers {
			rows[d] = ""
		}
	case c.tools != nil:
		for _, t := range c.tools {
			rows[t.Name] = fmt.Sprint(t.Category, t.Files, t.Domains, t.Services, t.Products)
		}
	case c.devices != nil:
		for _, d := range c.devices {
			rows[d.Name+" "+d.Bus+" "+d.Vendor+":"+d.Product] = fmt.Sprint(d.Manufacturer, d.Model, d.Serial, d.Shared)
		}
	case c.indicators != nil:
		for _, i := range c.indicators {
			key := i.Type + " " + i.Value
			rows[key] = strings.TrimPrefix(rows[key]+"; "+fmt.Sprint(i.Confidence, i.Source, i.Published, i.Expires), "; ")
		}
	case c.entities != nil:
		for i := range c.entities {
			e := &c.entities[i]
			name := ""
			if len(e.Names) > 0 {
				name = " " + e.Names[0].Text
			}
			rows[e.ID+name] = fmt.Sprint(e.Kind, e.Names, e.BirthDates, e.Countries, e.Gender, e.Identifiers, e.Programs, e.Wallets)
		}
	case c.geo != nil:
		g, ok := c.geo.(*geoRanges)
		if !ok {
			return nil
		}
		for _, sp := range g.r.four {
			rows[rangeText(addr4(sp.from), addr4(sp.to))] = g.places[sp.val].Country
		}
		for _, sp := range g.r.six {
			rows[rangeText(addr6(sp.from), addr6(sp.to))] = g.places[sp.val].Country
		}
	case c.asn != nil:
		t, ok := c.asn.(*asnRanges)
		if !ok {
			return nil
		}
		for _, sp := range t.r.four {
			rows[rangeText(addr4(sp.from), addr4(sp.to))] = fmt.Sprint("AS", sp.val)
		}
		for _, sp := range t.r.six {
			rows[rangeText(addr6(sp.from), addr6(sp.to))] = fmt.Sprint("AS", sp.val)
		}
	default:
		return nil
	}
	return rows
}

// Difference is what lies between two states of a list, each part sorted.
type Difference struct{ Added, Changed, Removed []string }

// Compare says what was added, changed and removed from a to b.
func Compare(a, b map[string]string) Difference {
	var d Difference
	for key, was := range a {
		switch is, ok := b[key]; {
		case !ok:
			d.Removed = append(d.Removed, key)
		case is != was:
			d.Changed = append(d.Changed, key)
		}
	}
	for key := range b {
		if _, ok := a[key]; !ok {
			d.Added = append(d.Added, key)
		}
	}
	slices.Sort(d.Added)
	slices.Sort(d.Changed)
	slices.Sort(d.Removed)
	return d
}

func addr4(a ip4) netip.Addr {
	return netip.AddrFrom4([4]byte(binary.BigEndian.AppendUint32(nil, uint32(a))))
}

func addr6(a ip6) netip.Addr {
	return netip.AddrFrom16([16]byte(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, a.hi), a.lo)))
}

// rangeText is a range as a prefix when it is one, else from-to.
func rangeText(from, to netip.Addr) string {
	for n := from.BitLen(); n >= 0; n-- {
		p := netip.PrefixFrom(from, n)
		if p.Masked().Addr() != from {
			break
		}
		if lastOf(p) == to {
			return p.String()
		}
	}
	return from.String() + "-" + to.String()
}
