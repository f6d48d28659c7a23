package model

import (
	"bytes"
	"fmt"
	"strings"
)

// Kind is how the values of a field are read and compared.
type Kind string

const (
	Text  Kind = "text"  // a word or two: names, cities
	Words Kind = "words" // several words whose order may change: addresses, whole names, companies
	Code  Kind = "code"  // numbers and identifiers, compared character by character
	Phone Kind = "phone"
	Date  Kind = "date"
	Email Kind = "email"
	Prose Kind = "prose" // running text: letters, résumés, descriptions, compared by the passages they share
)

// Role is what a field says about a person; empty when it is only a column.
type Role string

const (
	Given      Role = "given"
	Middle     Role = "middle"
	Family     Role = "family"
	WholeName  Role = "whole-name"
	Address    Role = "address"
	Birth      Role = "birth"
	Identifier Role = "identifier"
	Contact    Role = "contact"
	Place      Role = "place"
	Attribute  Role = "attribute"
	Gender     Role = "gender" // half of all strangers agree, however rarely the column is filled
)

// MaxFields bounds the agreement pattern: three bits per field in one word.
const MaxFields = 21

// Field is one thing that is compared: usually one column, sometimes several read together.
type Field struct {
	Name   string   `json:"name"`
	Kind   Kind     `json:"kind"`
	Role   Role     `json:"role,omitempty"`
	Inputs []string `json:"columns"`
	Order  string   `json:"date_order,omitempty"` // DMY, MDY or YMD: how this column writes dates
	Cross  string   `json:"may_swap_with,omitempty"`
	Joined int      `json:"joined,omitempty"` // that many of the first columns make one value; the others are values beside it
}

// column is what is known of one input column before anything is decided.
type column struct {
	name     string
	values   [][]byte // sample, present values only
	rows     int
	distinct int
}

func (c *column) share(test func([]byte) bool) float64 {
	if len(c.values) == 0 {
		return 0
	}
	n := 0
	for _, v := range c.values {
		if test(v) {
			n++
		}
	}
	return float64(n) / float64(len(c.values))
}

// words of a header: "GivenName2" and "given_name 2" both give [given name 2].
func headerWords(name string) []string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		name = name[i+1:]
	}
	var b strings.Builder
	for i, r := range name {
		upper := r >= 'A' && r <= 'Z'
		if upper && i > 0 && name[i-1] >= 'a' && name[i-1] <= 'z' {
			b.WriteByte(' ')
		}
		switch {
		case upper:
			b.WriteRune(r + 32)
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r > 127:
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

var identifierWords = []string{"ssn", "soc", "social", "sec", "passport", "license", "licence", "national", "tax", "id", "lei", "account", "iban"}

// qualifier: the country of a passport, the type of a name. They follow the value they stand beside.
func qualifier(w []string) bool {
	if len(w) < 2 {
		return false
	}
	switch w[len(w)-1] {
	case "type":
		return true
	case "country", "state":
		return hasWord(w, identifierWords...) || hasWord(w, "addr", "address") && w[len(w)-1] == "country"
	}
	return false
}

// neverCompared are columns that may not speak for or against two records being one person, whatever they would
// tell: origin and belief are no evidence.
var neverCompared = []string{"race", "ethnicity", "ethnic", "nationality", "citizenship", "religion", "language", "origin", "birthplace", "school", "university", "college", "accent"}

// aboutTheRecord are columns a database keeps about its rows. Two rows of one person need not agree in them, and
// in a small table an accidental pattern in them drowns what matters.
var aboutTheRecord = []string{"type", "status", "source", "category", "amount", "balance", "created", "updated", "modified", "timestamp",
	"anchor", "pointer", "batch", "domain", "comment", "comments", "note", "notes", "relationship"}

func hasWord(words []string, any ...string) bool {
	for _, w := range words {
		for _, a := range any {
			if w == a {
				return true
			}
		}
	}
	return false
}

// recognise decides kind and role from the header and a sample of values.
// Values win over headers: a column called "phone" full of e-mail addresses is e-mail.
func (c *column) recognise() Field {
	w := headerWords(c.name)
	joined := strings.Join(w, "")
	f := Field{Name: c.name, Inputs: []string{c.name}, Kind: Text, Role: Attribute}
	name := hasWord(w, "name") || strings.HasSuffix(joined, "name")
	switch {
	case c.share(looksEmail) >= 0.6:
		f.Kind, f.Role = Email, Contact
		return f
	case hasWord(w, "type", "country", "kind") && !name:
		return f
	}
	if order, ok := dateColumn(c, w); ok {
		f.Kind, f.Order = Date, order
		if hasWord(w, "birth", "dob", "born", "birthdate", "birthday", "geburtsdatum", "nascimento", "dateofbirth") || joined == "bday" {
			f.Role = Birth
		}
		return f
	}
	digitish := c.share(digitish)
	switch {
	case hasWord(w, "phone", "tel", "telephone", "mobile", "cell", "fax", "phonenumber", "telefon", "telefone") && digitish > 0.5:
		f.Kind, f.Role = Phone, Contact
		return f
	case c.share(looksPhone) >= 0.8 && !hasWord(w, identifierWords...):
		f.Kind, f.Role = Phone, Contact
		return f
	}
	words := c.meanWords()
	switch {
	case hasWord(w, "gender", "sex", "geschlecht", "sexo", "genre", "sesso") && c.distinct <= 20:
		f.Role = Gender
		return f
	case hasWord(w, "given", "first", "forename", "fname", "givenname", "firstname", "vorname", "prenom") && digitish < 0.3:
		f.Role = Given
		if strings.HasSuffix(joined, "c2") || strings.HasSuffix(joined, "2") {
			f.Role = Middle
		}
	case hasWord(w, "last", "sur", "surname", "family", "lname", "lastname", "familyname", "nachname", "apelido") && digitish < 0.3:
		f.Role = Family
		if strings.HasSuffix(joined, "c2") || strings.HasSuffix(joined, "2") {
			f.Role = Middle
		}
	case hasWord(w, "middle", "middlename"):
		f.Role = Middle
	case name && hasWord(w, "full", "org", "organization", "organisation", "company", "person", "business", "legal") || joined == "name" || joined == "fullname":
		f.Role, f.Kind = WholeName, Words
		return f
	case hasWord(w, "address", "addr", "street", "road", "line", "line1", "line2") && words >= 1.3 && digitish < 0.5:
		f.Role, f.Kind = Address, Words
		return f
	case hasWord(w, "city", "town", "suburb", "state", "county", "zip", "zipcode", "postcode", "postal", "region"),
		hasWord(w, "street", "house", "unit", "flat", "apartment", "suite") && !name:
		f.Role = Place
	}
	switch {
	case digitish >= 0.5:
		f.Kind = Code
		if f.Role == Attribute && (hasWord(w, identifierWords...) || hasWord(w, "number") && !hasWord(w, "street", "house", "blocking", "unit", "flat")) {
			f.Role = Identifier
		}
	case words >= proseWords:
		f.Kind = Prose
	case words >= 2.2:
		f.Kind = Words
	}
	return f
}

func (c *column) meanWords() float64 {
	if len(c.values) == 0 {
		return 0
	}
	n := 0
	for _, v := range c.values {
		n += len(bytes.Fields(v))
	}
	return float64(n) / float64(len(c.values))
}

func looksEmail(v []byte) bool {
	at := bytes.IndexByte(v, '@')
	return at > 0 && at < len(v)-2
}

// digitish: at least as many digits as letters, so that identifiers with a misread digit still count.
func digitish(v []byte) bool {
	d, l := 0, 0
	for _, b := range v {
		switch {
		case b >= '0' && b <= '9':
			d++
		case b|32 >= 'a' && b|32 <= 'z', b > 127:
			l++
		}
	}
	return d > 0 && d >= l
}

// looksPhone: seven to fifteen digits with separators between them.
func looksPhone(v []byte) bool {
	d, sep := 0, 0
	for i, b := range v {
		switch {
		case b >= '0' && b <= '9':
			d++
		case b == ' ', b == '-', b == '(', b == ')', b == '/', b == '+' && i == 0:
			sep++
		default:
			return false
		}
	}
	return d >= 7 && d <= 15 && sep > 0
}

// drop says why a column can tell nothing, or "" when it can.
func (c *column) drop() string {
	switch {
	case hasWord(headerWords(c.name), neverCompared...):
		return "not evidence of identity by rule of the house"
	case qualifier(headerWords(c.name)):
		return "it only qualifies another column"
	case hasWord(headerWords(c.name), aboutTheRecord...) && !hasWord(headerWords(c.name), "name", "number"):
		return "about the record, not the person"
	case len(c.values) == 0:
		return "no values"
	case c.distinct == 1 && c.rows > 1 && len(c.values) == c.rows:
		return "one value everywhere"
	}
	return ""
}

func (f Field) String() string { return fmt.Sprintf("%s (%s)", f.Name, f.Kind) }
