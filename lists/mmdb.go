package lists

import (
	"bytes"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/oschwald/maxminddb-golang/v2"

	"bonafide/record"
)

// mmdbRow are the fields we read of a record of a MaxMind database, of any of
// its schemas and of those that others write in the same format.
type mmdbRow struct {
	Country struct {
		ISO string `maxminddb:"iso_code"`
	} `maxminddb:"country"`
	Location struct {
		Latitude  float64 `maxminddb:"latitude"`
		Longitude float64 `maxminddb:"longitude"`
		Radius    uint16  `maxminddb:"accuracy_radius"`
	} `maxminddb:"location"`
	Number uint32 `maxminddb:"autonomous_system_number"`
}

// mmdbFlatRow is the schema of tables with plain columns (ip-location-db, IPinfo).
type mmdbFlatRow struct {
	CountryCode string  `maxminddb:"country_code"`
	Latitude    float64 `maxminddb:"latitude"`
	Longitude   float64 `maxminddb:"longitude"`
	ASN         string  `maxminddb:"asn"`
}

// mmdbAnonymous is the schema of the anonymous and residential proxy databases.
type mmdbAnonymous struct {
	Anonymous   bool   `maxminddb:"is_anonymous"`
	VPN         bool   `maxminddb:"is_anonymous_vpn"`
	Hosting     bool   `maxminddb:"is_hosting_provider"`
	Public      bool   `maxminddb:"is_public_proxy"`
	Residential bool   `maxminddb:"is_residential_proxy"`
	Tor         bool   `maxminddb:"is_tor_exit_node"`
	Provider    string `maxminddb:"provider_name"`
}

type mmdbShape uint8

const (
	mmdbUnknown mmdbShape = iota
	mmdbPlaces
	mmdbFlat
	mmdbSystems
	mmdbProxies
)

// mmdbFile is a database with a bounded memory of decoded records: many
// networks point to one record.
type mmdbFile struct {
	db    *maxminddb.Reader
	shape mmdbShape
	seen  sync.Map // offset → Place
	n     atomic.Int64
}

const maxSeen = 1 << 20

// parseMMDB opens a database. What it is about is told by its records, not by
// its name: several vendors write the format.
func parseMMDB(name string, b []byte) (*content, error) {
	db, err := maxminddb.OpenBytes(b)
	if err != nil {
		return nil, record.Invalid(name, "not a MaxMind database, or a damaged one")
	}
	shape, readable, reserved := shapeOf(db)
	f := &mmdbFile{db: db, shape: shape}
	c := &content{rows: int(db.Metadata.NodeCount), reserved: reserved}
	if t := db.Metadata.BuildTime().UTC(); t.Year() >= 2000 && t.Year() < 2100 {
		c.asOf = record.DateOf(t)
	}
	switch f.shape {
	case mmdbPlaces, mmdbFlat:
		c.geo = f
	case mmdbSystems:
		c.asn = f
	case mmdbProxies:
		c.network = &mmdbNetworks{db: db}
	default:
		if readable {
			return nil, errNothing
		}
		return nil, record.Invalid(name, "a MaxMind database whose records cannot be read")
	}
	return c, nil
}

// shapeOf looks at the first records that can be read. reserved says that
// most of their networks are in reserved space.
func shapeOf(db *maxminddb.Reader) (shape mmdbShape, readable, reserved bool) {
	looked, broken, inside := 0, 0, 0
	for r := range db.Networks() {
		if looked++; looked > 64 {
			break
		}
		var keys map[string]any
		if r.Decode(&keys) != nil || keys == nil {
			if broken++; broken > 4 {
				break // a damaged or hostile file; each failure may be costly
			}
			continue
		}
		readable = true
		if p := r.Prefix(); p.IsValid() && Reserved(p.Addr()) {
			inside++
		}
		if shape == mmdbUnknown {
			shape = shapeOfRecord(keys)
		}
	}
	return shape, readable, inside > 0 && inside*2 >= looked
}

func shapeOfRecord(keys map[string]any) mmdbShape {
	for _, key := range []string{"country", "registered_country", "continent"} {
		if _, nested := keys[key].(map[string]any); nested {
			return mmdbPlaces
		}
	}
	if _, ok := keys["country_code"]; ok {
		return mmdbFlat
	}
	for _, key := range []string{"is_anonymous", "is_anonymous_vpn", "is_hosting_provider", "is_residential_proxy", "is_public_proxy", "is_tor_exit_node", "anonymizer_confidence"} {
		if _, ok := keys[key]; ok {
			return mmdbProxies
		}
	}
	if _, ok := keys["autonomous_system_number"]; ok {
		return mmdbSystems
	}
	return mmdbUnknown
}

func (f *mmdbFile) row(a netip.Addr) (Place, bool) {
	r := f.db.Lookup(a.Unmap())
	if r.Err() != nil || !r.Found() {
		return Place{}, false
	}
	at := r.Offset()
	if p, ok := f.seen.Load(at); ok {
		return p.(Place), true
	}
	p, ok := f.decode(r)
	if ok && f.n.Add(1) < maxSeen {
		f.seen.Store(at, p)
	}
	return p, ok
}

func (f *mmdbFile) decode(r maxminddb.Result) (Place, bool) {
	if f.shape == mmdbFlat {
		var row mmdbFlatRow
		if r.Decode(&row) != nil {
			return Place{}, false
		}
		return Place{Country: strings.ToUpper(row.CountryCode), Latitude: row.Latitude, Longitude: row.Longitude, ASN: asnOf(row.ASN)}, true
	}
	var row mmdbRow
	if r.Decode(&row) != nil {
		return Place{}, false
	}
	return Place{Country: strings.ToUpper(row.Country.ISO), Latitude: row.Location.Latitude, Longitude: row.Location.Longitude,
		RadiusKM: float64(row.Location.Radius), ASN: row.Number}, true
}

func (f *mmdbFile) place(a netip.Addr) (Place, bool) {
	p, ok := f.row(a)
	return p, ok && isCountry(p.Country)
}

func (f *mmdbFile) asn(a netip.Addr) (uint32, bool) {
	p, ok := f.row(a)
	return p.ASN, ok && p.ASN != 0
}

// mmdbNetworks answers by classes of the anonymous databases.
type mmdbNetworks struct{ db *maxminddb.Reader }

func (m *mmdbNetworks) holds(a netip.Addr) ([]NetworkHit, bool) {
	r := m.db.Lookup(a.Unmap())
	if r.Err() != nil || !r.Found() {
		return nil, false
	}
	var row mmdbAnonymous
	if r.Decode(&row) != nil {
		return nil, false
	}
	var hits []NetworkHit
	add := func(on bool, class NetworkClass) {
		if on {
			hits = append(hits, NetworkHit{Class: class, Service: row.Provider})
		}
	}
	add(row.VPN, VPN)
	add(row.Hosting, Datacenter)
	add(row.Public || row.Residential, Proxy)
	add(row.Tor, Tor)
	if len(hits) == 0 { // the residential proxy database names a provider and sets no flag
		add(row.Anonymous || row.Provider != "", Proxy)
	}
	return hits, len(hits) > 0
}

// parseGeo reads a table of places that is published both ways.
func parseGeo(name string, b []byte) (*content, error) {
	if bytes.LastIndex(b, []byte("\xab\xcd\xefMaxMind.com")) >= 0 {
		return parseMMDB(name, b)
	}
	return parseRanges(name, b)
}
