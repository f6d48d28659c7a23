package record

import "time"

// Occasion is why the house asks somebody outside: noun.verb as the audit writes
// it, by which part of the house, concerning whom.
type Occasion struct {
	Tenant  string
	Act     string
	By      string // name of the connector, or of the part of the house
	Subject string // id; "" where it concerns nobody in particular
	Own     bool   // the house's own question, not a connector's
}

// Lookup is what one question outside came to.
type Lookup struct {
	At      time.Time
	Host    string
	Path    string // without the query, which may hold a value
	Address string // that was connected to
	Status  int
	Bytes   int64
	Took    time.Duration
	Why     string // why it failed or was refused; "" when it did not
}
