package lists

import (
	"strings"

	"bonafide/record"
)

// Entity is one designated person, organisation, ship or aircraft of a list,
// as published: nothing is guessed, and names stay in the script they came in.
type Entity struct {
	List        string // the list it stands on, e.g. "us_ofac_sdn"
	ID          string // the publisher's own number
	Kind        EntityKind
	Names       []EntityName
	BirthDates  []record.Date // years, months or days; several when the publisher is not sure
	Countries   []string      // nationality or seat, ISO 3166-1 alpha-2
	Gender      string        // "male", "female" or ""
	Identifiers []Identifier
	Programs    []string
	Wallets     []Wallet
}

// EntityKind is what was designated.
type EntityKind string

// The kinds of entities.
const (
	KindPerson       EntityKind = "person"
	KindOrganisation EntityKind = "organisation"
	KindVessel       EntityKind = "vessel"
	KindAircraft     EntityKind = "aircraft"
	KindOther        EntityKind = "other"
)

// EntityName is one name of an entity.
type EntityName struct {
	Text string
	Kind NameKind
}

// NameKind says how far the publisher trusts a name.
type NameKind uint8

// The kinds of names.
const (
	PrimaryName NameKind = iota
	StrongAlias
	WeakAlias // too broad to search for, by the publisher's own word
)

// String gives the word for evidence.
func (k NameKind) String() string {
	return [...]string{"name", "alias", "weak alias"}[k]
}

// Identifier is a document or registration of an entity.
type Identifier struct{ Kind, Value string }

// Wallet is a crypto-currency address of an entity; Asset is the ticker the
// list gives ("XBT", "USDT").
type Wallet struct{ Asset, Address string }

// Entities is what a parser makes of one published file.
type Entities struct {
	AsOf     record.Date // the day the publisher states in the file, if any
	Entities []Entity
	Bad      int    // entries without a name or id, left out
	BadAt    string // the first of them
}

const (
	maxNames    = 500 // of one entity
	maxNameText = 500 // bytes of one name
)

// name adds a name once, trimmed and bounded.
func (e *Entity) name(text string, kind NameKind) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" || text == "-0-" || len(e.Names) >= maxNames {
		return
	}
	if len(text) > maxNameText {
		text = text[:maxNameText]
	}
	for i := range e.Names {
		if e.Names[i].Text == text {
			return
		}
	}
	e.Names = append(e.Names, EntityName{text, kind})
}

func (e *Entity) identifier(kind, value string) {
	value = strings.TrimSpace(value)
	if value == "" || value == "-0-" || len(value) > 200 || len(e.Identifiers) >= maxNames {
		return
	}
	e.Identifiers = append(e.Identifiers, Identifier{strings.TrimSpace(kind), value})
}

func (e *Entity) wallet(asset, address string) {
	address = strings.TrimSpace(address)
	if address == "" || len(address) > 200 || len(e.Wallets) >= 10_000 {
		return
	}
	w := Wallet{strings.ToUpper(strings.TrimSpace(asset)), address}
	for _, x := range e.Wallets {
		if x == w {
			return
		}
	}
	e.Wallets = append(e.Wallets, w)
}

func (e *Entity) country(s string) {
	if c := countryCode(s); c != "" {
		e.Countries = addOnce(e.Countries, c)
	}
}

func (e *Entity) program(s string) {
	if s = strings.TrimSpace(s); s != "" && len(s) < 200 {
		e.Programs = addOnce(e.Programs, s)
	}
}

func (e *Entity) born(dates []record.Date) {
	for _, d := range dates {
		e.BirthDates = addOnce(e.BirthDates, d)
	}
}

func (e *Entity) gender(s string) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "m", "male":
		e.Gender = "male"
	case "f", "female":
		e.Gender = "female"
	}
}

func addOnce[T comparable](s []T, v T) []T {
	for _, x := range s {
		if x == v {
			return s
		}
	}
	return append(s, v)
}

// add keeps an entity that has a name or a wallet.
func (l *Entities) add(e Entity, where string) {
	if len(e.Names) == 0 && len(e.Wallets) == 0 {
		if l.Bad++; l.BadAt == "" {
			l.BadAt = where
		}
		return
	}
	l.Entities = append(l.Entities, e)
}

// check refuses a file of which nothing, or too little, was understood.
func (l *Entities) check(name string) error {
	if len(l.Entities) == 0 {
		return record.Invalid(name, "no entry of it could be read")
	}
	if l.Bad*10 > len(l.Entities)+l.Bad {
		return record.Invalid(name+" "+l.BadAt, "too many entries have no name; the first is here")
	}
	return nil
}
