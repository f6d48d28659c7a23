package lists

import (
	"encoding/csv"
	"io"
	"strings"

	"bonafide/record"
)

// ParseTargetsCSV reads OpenSanctions' targets.simple.csv: one row per target,
// several values in a cell separated by semicolons, each quoted as in CSV.
func ParseTargetsCSV(name, list string, r io.Reader) (*Entities, error) {
	br, err := bounded(name, r)
	if err != nil {
		return nil, err
	}
	out := &Entities{}
	var h header
	err = csvRows(name, br, ',', func(line int, row []string) error {
		if h == nil {
			h = headerFrom(row)
			if !h.has("id") || !h.has("schema") || !h.has("aliases") {
				return record.Invalid(name, "not the columns of targets.simple.csv")
			}
			return nil
		}
		e := Entity{List: list, ID: strings.Clone(h.get(row, "id")), Kind: ftmKinds[h.get(row, "schema")]}
		if e.Kind == "" {
			e.Kind = KindOther
		}
		e.name(strings.Clone(h.get(row, "name")), PrimaryName)
		for _, a := range cellValues(h.get(row, "aliases")) {
			e.name(a, StrongAlias)
		}
		for _, d := range cellValues(h.get(row, "birth_date")) {
			e.born(listDates(d))
		}
		for _, c := range cellValues(h.get(row, "countries")) {
			e.country(c)
		}
		for _, v := range cellValues(h.get(row, "identifiers")) {
			e.identifier("identifier", v)
		}
		for _, v := range cellValues(h.get(row, "program_ids", "sanctions")) {
			e.program(v)
		}
		out.add(e, lineAt("line", line))
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, out.check(name)
}

// cellValues splits a;b;"c;d".
func cellValues(s string) []string {
	if s == "" {
		return nil
	}
	if !strings.ContainsAny(s, `;"`) {
		return []string{strings.Clone(s)}
	}
	c := csv.NewReader(strings.NewReader(s))
	c.Comma, c.LazyQuotes, c.FieldsPerRecord = ';', true, -1
	row, err := c.Read()
	if err != nil {
		return strings.Split(s, ";")
	}
	return row
}
