package lists

import (
	"net/netip"
	"strconv"
	"strings"

	"bonafide/record"
)

// asnTable knows the autonomous system that announces an address.
type asnTable interface {
	asn(netip.Addr) (uint32, bool)
}

// geoRanges is a table of ranges with places, each place kept once.
type geoRanges struct {
	r      *ranges
	places []Place
}

func (g *geoRanges) place(a netip.Addr) (Place, bool) {
	i, ok := g.r.find(a)
	if !ok {
		return Place{}, false
	}
	return g.places[i], true
}

// asnRanges is a table of ranges with autonomous system numbers.
type asnRanges struct{ r *ranges }

func (t *asnRanges) asn(a netip.Addr) (uint32, bool) { return t.r.find(a) }

// columns of a range table, -1 where there is none.
type columns struct{ network, from, to, country, lat, lon, radius, asn int }

func columnsOf(header []string) (columns, bool) {
	c := columns{-1, -1, -1, -1, -1, -1, -1, -1}
	for i, h := range header {
		switch strings.ToLower(strings.TrimSpace(h)) {
		case "network", "cidr", "prefix":
			c.network = i
		case "start", "start_ip", "ip_range_start", "ip_start", "ip_from", "first_ip", "network_start_ip", "from":
			c.from = i
		case "end", "end_ip", "ip_range_end", "ip_end", "ip_to", "last_ip", "network_last_ip", "to":
			c.to = i
		case "country", "country_code", "country_iso_code", "iso2":
			if c.country < 0 || strings.Contains(h, "code") {
				c.country = i
			}
		case "latitude", "lat":
			c.lat = i
		case "longitude", "lon", "lng":
			c.lon = i
		case "accuracy_radius", "radius":
			c.radius = i
		case "asn", "as", "autonomous_system_number":
			c.asn = i
		}
	}
	return c, (c.network >= 0 || c.from >= 0 && c.to >= 0) && (c.country >= 0 || c.asn >= 0)
}

// columnsFrom guesses the columns of a table without a header from a row:
// start,end,CC[,lat,lon] · start,end,CC,…8 columns of a city table · start,end,asn,name · start,end,asn,CC,name · network,CC.
func columnsFrom(row []string) (columns, bool) {
	c := columns{-1, -1, -1, -1, -1, -1, -1, -1}
	if len(row) >= 2 && isCountry(row[1]) {
		if _, err := netip.ParsePrefix(row[0]); err == nil {
			c.network, c.country = 0, 1
			return c, true
		}
	}
	if len(row) < 3 {
		return c, false
	}
	_, ok1 := addrOf(row[0])
	_, ok2 := addrOf(row[1])
	if !ok1 || !ok2 {
		return c, false
	}
	c.from, c.to = 0, 1
	switch {
	case isCountry(row[2]) || unknownCountry(row[2]):
		c.country = 2
		switch {
		case len(row) == 5:
			c.lat, c.lon = 3, 4
		case len(row) >= 9: // start,end,CC,state1,state2,city,postcode,lat,lon,zone
			c.lat, c.lon = 7, 8
		}
		return c, true
	case isNumber(strings.TrimPrefix(row[2], "AS")):
		c.asn = 2
		if len(row) == 5 && (isCountry(row[3]) || unknownCountry(row[3])) { // start,end,asn,CC,name
			c.country = 3
		}
		return c, true
	}
	return c, false
}

// parseRanges reads a range table: places or autonomous systems.
func parseRanges(name string, b []byte) (*content, error) {
	c := &content{}
	p := &prefixes{}
	var cols columns
	var places []Place
	numbers := map[Place]uint32{}
	started := false
	for n, line := range lines(b) {
		if c.rows+c.bad >= maxRows {
			return nil, record.Invalid(lineOf(name, n), "more rows than a table has")
		}
		row := cellsOf(line)
		if !started {
			started = true
			var ok bool
			if cols, ok = columnsOf(row); ok {
				continue
			}
			if cols, ok = columnsFrom(row); !ok {
				return nil, record.Invalid(lineOf(name, n), "neither a header nor a row of a range table")
			}
		}
		cell := func(i int) string {
			if i < 0 || i >= len(row) {
				return ""
			}
			return row[i]
		}
		var val uint32
		if cols.country >= 0 {
			country := strings.ToUpper(cell(cols.country))
			if !isCountry(country) {
				if unknownCountry(country) {
					continue // the table says that it does not know
				}
				c.reject(n)
				continue
			}
			pl := Place{Country: country, Latitude: float(cell(cols.lat), 90), Longitude: float(cell(cols.lon), 180), RadiusKM: float(cell(cols.radius), 20000)}
			pl.ASN = asnOf(cell(cols.asn))
			var seen bool
			if val, seen = numbers[pl]; !seen {
				val = uint32(len(places))
				numbers[pl] = val
				places = append(places, pl)
			}
		} else if val = asnOf(cell(cols.asn)); val == 0 {
			continue // not announced
		}
		ok := false
		if cols.network >= 0 {
			if x, err := netip.ParsePrefix(cell(cols.network)); err == nil {
				ok = p.addRange(x.Masked().Addr(), lastOf(x), val, false)
			}
		} else if from, ok1 := addrOf(cell(cols.from)); ok1 {
			if to, ok2 := addrOf(cell(cols.to)); ok2 {
				ok = p.addRange(from, to, val, false)
			}
		}
		if !ok {
			c.reject(n)
			continue
		}
		c.rows++
	}
	if err := c.check(name); err != nil {
		return nil, err
	}
	c.reserved = p.mostlyReserved()
	r := build(p.four, p.six, newNarrowest)
	if cols.country >= 0 {
		c.geo = &geoRanges{r, places}
	} else {
		c.asn = &asnRanges{r}
	}
	return c, nil
}

// lastOf is the last address of a prefix.
func lastOf(x netip.Prefix) netip.Addr {
	b := x.Masked().Addr().AsSlice()
	for i := x.Bits(); i < len(b)*8; i++ {
		b[i/8] |= 1 << (7 - i%8)
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

func isCountry(s string) bool {
	return len(s) == 2 && isLetter(s[0]) && isLetter(s[1]) && !strings.EqualFold(s, "ZZ")
}

// unknownCountry is how tables say that they do not know.
func unknownCountry(s string) bool {
	return s == "" || s == "-" || strings.EqualFold(s, "ZZ") || strings.EqualFold(s, "None")
}

func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' }

func isNumber(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// asnOf reads "AS64496" or "64496"; 0 when it is neither.
func asnOf(s string) uint32 {
	n, err := strconv.ParseUint(strings.TrimPrefix(strings.ToUpper(s), "AS"), 10, 32)
	if err != nil {
		return 0
	}
	return uint32(n)
}

// float is 0 for what is not a number within ±limit.
func float(s string, limit float64) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f >= -limit && f <= limit) {
		return 0
	}
	return f
}
