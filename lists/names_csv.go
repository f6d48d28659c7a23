package lists

import (
	"io"
	"strconv"
	"strings"

	"bonafide/record"
)

// Any CSV of names: a header with a column "name" (or full_name, caption,
// primary_name) is enough. Further columns are used when they are there: an id
// (rows with one id are one entity), type or schema, aliases (separated by
// semicolons), alias type, birth date, country, identifier. The US Consolidated
// Screening List and most home-made lists are read this way.

var (
	nameColumns   = []string{"name", "full_name", "fullname", "primary_name", "caption", "person_name", "entity_name"}
	idColumns     = []string{"id", "ent_num", "uid", "ref", "entity_number", "entity_id", "recordid", "reference"}
	aliasColumns  = []string{"aliases", "alias", "alt_names", "aka", "also_known_as", "name_original_script", "previousname"}
	weakColumns   = []string{"weakalias", "weak_alias"}
	kindColumns   = []string{"schema", "type", "entity_type", "sdn_type"}
	birthColumns  = []string{"birth_date", "date_of_birth", "dob", "dates_of_birth", "birthdate"}
	placeColumns  = []string{"nationality", "country", "countries", "nationalities", "citizenships", "citizenship"}
	numberColumns = []string{"identifiers", "identifier", "passportnumber", "passport_number", "idnumber", "ids"}
)

// ParseNamesCSV reads a CSV with a name column.
func ParseNamesCSV(name, list string, r io.Reader) (*Entities, error) {
	br, err := bounded(name, r)
	if err != nil {
		return nil, err
	}
	comma := ','
	if head, _ := br.Peek(512); len(head) > 0 {
		line, _, _ := strings.Cut(string(head), "\n")
		for _, c := range []rune{'\t', ';'} {
			if strings.Count(line, string(c)) > strings.Count(line, string(comma)) {
				comma = c
			}
		}
	}
	out := &Entities{}
	var h header
	at := map[string]int{}
	err = csvRows(name, br, comma, func(line int, row []string) error {
		if h == nil {
			h = headerFrom(row)
			if !h.has(nameColumns...) && !h.has("first_name", "last_name") {
				return record.Invalid(name, "no column called name")
			}
			return nil
		}
		id := h.get(row, idColumns...)
		i, known := at[id]
		if id == "" || !known {
			e := Entity{List: list, ID: strings.Clone(id)}
			if id == "" {
				e.ID = strconv.Itoa(line)
			}
			namesRow(&e, h, row)
			i = len(out.Entities)
			out.add(e, lineAt("line", line))
			if id != "" && len(out.Entities) > i {
				at[e.ID] = i
			}
			return nil
		}
		namesRow(&out.Entities[i], h, row)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, out.check(name)
}

func namesRow(e *Entity, h header, row []string) {
	text := h.get(row, nameColumns...)
	if text == "" {
		text = lastFirst(h.get(row, "last_name"), h.get(row, "first_name")+" "+h.get(row, "middle_name"))
	}
	kind := PrimaryName
	if len(e.Names) > 0 {
		kind = StrongAlias
	}
	if t := strings.ToLower(h.get(row, "alias_type", "alias_quality", "quality")); strings.Contains(t, "weak") || t == "low" {
		kind = WeakAlias
	}
	e.name(strings.Clone(text), kind)
	for _, c := range aliasColumns {
		for _, a := range cellValues(h.get(row, c)) {
			e.name(a, StrongAlias)
		}
	}
	for _, c := range weakColumns {
		for _, a := range cellValues(h.get(row, c)) {
			e.name(a, WeakAlias)
		}
	}
	if e.Kind == "" || e.Kind == KindOther {
		e.Kind = kindOf(h.get(row, kindColumns...))
	}
	for _, d := range multi(h.get(row, birthColumns...)) {
		e.born(listDates(d))
	}
	for _, c := range multi(h.get(row, placeColumns...)) {
		e.country(c)
	}
	for _, v := range multi(h.get(row, numberColumns...)) {
		e.identifier("identifier", strings.Clone(v))
	}
	if p := h.get(row, "program", "programs", "un_list", "programkey"); p != "" {
		e.program(strings.Clone(p))
	}
}

// kindOf reads what a list calls its rows; KindOther means "not said".
func kindOf(s string) EntityKind {
	switch strings.ToLower(s) {
	case "person", "individual", "natural person", "p":
		return KindPerson
	case "vessel", "ship":
		return KindVessel
	case "aircraft", "airplane":
		return KindAircraft
	case "entity", "organization", "organisation", "company", "legalentity", "publicbody", "e":
		return KindOrganisation
	}
	return KindOther
}
