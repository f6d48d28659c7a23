package lists

import (
	"time"

	"bonafide/record"
)

// List is what is known of one published list before a byte of it is read:
// who publishes it, under which licence, where, how often, how many rows a
// whole one has. Adding a list is one file with such a value, its cases in
// testdata, and one line in lists.go.
type List struct {
	ID        string // name in evidence and of the file `lists update` writes, e.g. "x4bnet_vpn"
	Title     string
	Publisher string
	Licence   string
	Ships     bool     // CC0, MIT, Apache, public domain: may stand in a release pack
	Sources   []string // upstream addresses; several are parts of one list (IPv4, IPv6)
	Ext       string   // of the stored file, "txt" when empty
	Cadence   Cadence
	Rows      Rows   // of a whole list, for the sanity of an update
	Note      string // what misleads readers of this list

	Kind    Kind
	Network NetworkClass // of a network list
	Service string       // of a network list: the one service it is about
	Mail    MailClass    // of a mail list

	Files  []string // how its files are called in a folder without a manifest: path.Match on the last elements
	Beside []string // files in the same folder that continue a CSV of this list

	parse parser
}

// Kind is what a list is about.
type Kind string

// The kinds of lists.
const (
	KindNetworks   Kind = "networks"   // addresses of VPN, hosting, Tor, relays
	KindGeo        Kind = "geo"        // network → place or autonomous system
	KindMail       Kind = "mail"       // mail domains
	KindMX         Kind = "mx"         // mail exchangers of throw-away services
	KindTools      Kind = "tools"      // remote-access tools
	KindDevices    Kind = "devices"    // USB and display identities of IP-KVMs
	KindIndicators Kind = "indicators" // published values: domains, addresses, wallets
	KindEntities   Kind = "entities"   // designated persons and organisations
)

// Rows are the sanity limits of a whole list: an update outside of them is not
// believed, nor one that lost more than a third of its rows at once.
type Rows struct{ Min, Max int }

// Cadence is how often a publisher renews a list.
type Cadence string

// The cadences.
const (
	Hourly  Cadence = "hourly"
	Daily   Cadence = "daily"
	Weekly  Cadence = "weekly"
	Monthly Cadence = "monthly"
	Yearly  Cadence = "yearly"
)

// Tolerance is the age at which a list is stale: the cadence times a factor
// that forgives a missed update or two and no more: hourly × 336, daily × 14,
// weekly × 6, monthly × 3, yearly × 1.1. Hours are counted generously, because
// dates inside lists have no hours.
func (c Cadence) Tolerance() time.Duration {
	const day = 24 * time.Hour
	switch c {
	case Weekly:
		return 42 * day
	case Monthly:
		return 93 * day
	case Yearly:
		return 400 * day
	}
	return 14 * day
}

// Stale reports whether a list of a cadence, standing for asOf, is too old on
// a day. A list whose day nobody knows is stale.
func Stale(c Cadence, asOf record.Date, day time.Time) bool {
	_, end, ok := asOf.Span()
	return !ok || day.Sub(end) > c.Tolerance()
}

// parser reads a list's bytes. name is the file's path, for errors; it never
// keeps b when it says so with kept == false.
type parser func(name string, b []byte) (*content, error)

// content is what a parser made of bytes; one of the parts is filled.
type content struct {
	rows    int
	bad     int // rows that were not understood
	badLine int // the first of them, from 1
	asOf    record.Date

	reserved   bool // it is about reserved addresses on purpose
	prefixes   *prefixes
	geo        geoTable
	asn        asnTable
	network    networkList
	domains    []string
	exchangers []string
	tools      []Tool
	devices    []Device
	indicators []Indicator
	entities   []Entity
}

// tooBroken is the share of rows not understood at which a file is refused: a
// list with a few odd rows is used and says so, another kind of file is not.
const tooBroken = 0.1

func (c *content) check(name string) error {
	if c.rows == 0 && c.bad == 0 {
		return record.Invalid(name, "the list has no rows")
	}
	if float64(c.bad) > tooBroken*float64(c.rows+c.bad) {
		return record.Invalid(lineOf(name, c.badLine), "too many rows are not what the list should hold; the first is here")
	}
	return nil
}

func (c *content) reject(line int) {
	if c.bad++; c.badLine == 0 {
		c.badLine = line
	}
}
