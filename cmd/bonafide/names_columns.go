package main

import (
	"strings"

	"bonafide/match/name"
	"bonafide/record"
)

// columns maps lower-case column names to their place.
type columns map[string]int

func columnsOf(head []string) columns {
	c := columns{}
	for i, h := range head {
		h = strings.ToLower(strings.TrimSpace(h))
		if _, twice := c[h]; !twice {
			c[h] = i
		}
	}
	return c
}

func (c columns) has(names ...string) bool {
	for _, n := range names {
		if _, ok := c[n]; ok {
			return true
		}
	}
	return false
}

func (c columns) get(row []string, names ...string) string {
	for _, n := range names {
		if i, ok := c[n]; ok && i < len(row) && strings.TrimSpace(row[i]) != "" {
			return strings.TrimSpace(row[i])
		}
	}
	return ""
}

func schemaOf(s string) name.Schema {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "", "legalentity": // may be a person or a body
		return name.Unspecified
	case "person", "individual":
		return name.Person
	}
	return name.Organisation
}

func splitValues(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '|' })
}

func datesOf(s string) []record.Date {
	var out []record.Date
	for _, d := range splitValues(s) {
		if d := record.Date(strings.TrimSpace(d)); d.Valid() {
			out = append(out, d)
		}
	}
	return out
}

func textDates(s string) []string {
	var out []string
	for _, d := range datesOf(s) {
		out = append(out, string(d))
	}
	return out
}

// upperAll keeps two-letter country codes; a name of a country is no code and
// would only be a false contradiction.
func upperAll(s string) []string {
	var out []string
	for _, c := range splitValues(s) {
		if c = strings.ToUpper(strings.TrimSpace(c)); len(c) == 2 {
			out = append(out, c)
		}
	}
	return out
}
