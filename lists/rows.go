package lists

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// Row is one row of a list as a person reads it, and all that it says.
type Row struct{ Label, Says string }

// RowMap is the rows of a snapshot that was just parsed, by what identifies a
// row to its publisher, so that two states can be compared. It is nil for
// databases (MMDB) and for snapshots that went into a Set.
func (s *Snapshot) RowMap() map[string]Row {
	c := s.content
	rows := map[string]Row{}
	put := func(key, says string) { rows[key] = Row{key, says} }
	switch {
	case c.prefixes != nil:
		for _, sp := range c.prefixes.four {
			put(rangeText(addr4(sp.from), addr4(sp.to)), c.prefixes.services[sp.val])
		}
		for _, sp := range c.prefixes.six {
			put(rangeText(addr6(sp.from), addr6(sp.to)), c.prefixes.services[sp.val])
		}
	case c.domains != nil:
		for _, d := range c.domains {
			put(d, "")
		}
	case c.exchangers != nil:
		for _, d := range c.exchangers {
			put(d, "")
		}
	case c.tools != nil:
		for _, t := range c.tools {
			put(t.Name, fmt.Sprint(t.Category, t.Files, t.Domains, t.Services, t.Products))
		}
	case c.devices != nil:
		for _, d := range c.devices {
			put(d.Name+" "+d.Bus+" "+d.Vendor+":"+d.Product, fmt.Sprint(d.Manufacturer, d.Model, d.Serial, d.Shared))
		}
	case c.indicators != nil:
		for _, i := range c.indicators {
			key := i.Type + " " + i.Value
			put(key, strings.TrimPrefix(rows[key].Says+"; "+fmt.Sprint(i.Confidence, i.Source, i.Published, i.Expires), "; "))
		}
	case c.entities != nil:
		for i := range c.entities {
			e := &c.entities[i]
			label := e.ID
			if len(e.Names) > 0 {
				label += " " + e.Names[0].Text
			}
			rows[e.ID] = Row{label, fmt.Sprint(e.Kind, e.Names, e.BirthDates, e.Countries, e.Gender, e.Identifiers, e.Programs, e.Wallets)}
		}
	case c.geo != nil:
		g, ok := c.geo.(*geoRanges)
		if !ok {
			return nil
		}
		for _, sp := range g.r.four {
			put(rangeText(addr4(sp.from), addr4(sp.to)), g.places[sp.val].Country)
		}
		for _, sp := range g.r.six {
			put(rangeText(addr6(sp.from), addr6(sp.to)), g.places[sp.val].Country)
		}
	case c.asn != nil:
		t, ok := c.asn.(*asnRanges)
		if !ok {
			return nil
		}
		for _, sp := range t.r.four {
			put(rangeText(addr4(sp.from), addr4(sp.to)), fmt.Sprint("AS", sp.val))
		}
		for _, sp := range t.r.six {
			put(rangeText(addr6(sp.from), addr6(sp.to)), fmt.Sprint("AS", sp.val))
		}
	default:
		return nil
	}
	return rows
}

// Difference is what lies between two states of a list, each part sorted.
type Difference struct{ Added, Changed, Removed []string }

// Compare says what was added, changed and removed from a to b.
func Compare(a, b map[string]Row) Difference {
	var d Difference
	for key, was := range a {
		switch is, ok := b[key]; {
		case !ok:
			d.Removed = append(d.Removed, was.Label)
		case is.Says != was.Says:
			d.Changed = append(d.Changed, is.Label)
		}
	}
	for key, is := range b {
		if _, ok := a[key]; !ok {
			d.Added = append(d.Added, is.Label)
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
