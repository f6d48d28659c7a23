package lists

import (
	"bufio"
	"encoding/xml"
	"io"
	"strings"

	"bonafide/record"
)

// The UK Sanctions List, since 28 January 2026 the only UK list: a CSV of 58
// columns (line 1 "Report Date: 13-Feb-2026", line 2 the header, one row per
// name and address) and an XML. The older OFSI ConList has the same name
// columns and is read too.

// ParseUKSanctionsCSV reads the CSV in its present and former layouts.
func ParseUKSanctionsCSV(name, list string, r io.Reader) (*Entities, error) {
	br, err := bounded(name, r)
	if err != nil {
		return nil, err
	}
	out := &Entities{}
	out.AsOf = ukReportDate(br)
	var h header
	at := map[string]int{}
	err = csvRows(name, br, ',', func(line int, row []string) error {
		if h == nil {
			if len(row) > 0 && (strings.HasPrefix(row[0], "Report Date") || strings.HasPrefix(row[0], "Last Updated") && len(row) > 1 && strings.Contains(row[1], "/")) {
				if len(row) > 1 {
					out.AsOf = dayFirst(row[1])
				}
				return nil
			}
			h = headerFrom(row)
			if !h.has("name 6") {
				return record.Invalid(lineAt(name, line), "not the columns of the UK list")
			}
			return nil
		}
		id := h.get(row, "unique id", "group id", "ofsi group id")
		i, known := at[id]
		if !known || id == "" {
			i = len(out.Entities)
			e := Entity{List: list, ID: strings.Clone(id)}
			ukRow(&e, h, row)
			n := len(out.Entities)
			out.add(e, lineAt("line", line))
			if len(out.Entities) > n && id != "" {
				at[e.ID] = i
			}
			return nil
		}
		ukRow(&out.Entities[i], h, row)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, out.check(name)
}

// ukReportDate takes the first line when it is the report date alone.
func ukReportDate(br *bufio.Reader) record.Date {
	head, _ := br.Peek(64)
	line, _, ok := strings.Cut(string(head), "\n")
	rest, is := strings.CutPrefix(line, "Report Date:")
	if !ok || !is {
		return ""
	}
	br.Discard(len(line) + 1)
	return dayFirst(strings.Trim(rest, " ,\r"))
}

func dayFirst(s string) record.Date {
	if d := listDates(s); len(d) == 1 {
		return d[0]
	}
	return ""
}

func ukRow(e *Entity, h header, row []string) {
	text := ukName(h.get(row, "name 6"), h.get(row, "name 1"), h.get(row, "name 2"), h.get(row, "name 3"), h.get(row, "name 4"), h.get(row, "name 5"))
	kind := ukNameKind(h.get(row, "name type", "alias type"), h.get(row, "alias strength", "alias quality"))
	if kind == PrimaryName && len(e.Names) > 0 && e.Names[0].Text != text {
		kind = StrongAlias
	}
	e.name(strings.Clone(text), kind)
	e.name(strings.Clone(h.get(row, "name non-latin script")), StrongAlias)
	for _, c := range multi(h.get(row, "nationality(/ies)", "nationality")) {
		e.country(c)
	}
	for _, d := range multi(h.get(row, "d.o.b", "dob")) {
		e.born(listDates(ukDate(d)))
	}
	e.gender(h.get(row, "gender"))
	e.identifier("Passport", strings.Clone(h.get(row, "passport number")))
	e.identifier("National ID", strings.Clone(h.get(row, "national identifier number", "national identification number")))
	e.program(strings.Clone(h.get(row, "regime name", "regime")))
	switch strings.ToLower(h.get(row, "designation type", "group type")) {
	case "individual":
		e.Kind = KindPerson
	case "ship":
		e.Kind = KindVessel
	default:
		if e.Kind == "" {
			e.Kind = KindOrganisation
		}
	}
}

// ukName: column 6 holds the family name or the whole name of a body.
func ukName(family string, given ...string) string {
	g := strings.Join(strings.Fields(strings.Join(given, " ")), " ")
	return lastFirst(family, g)
}

func ukNameKind(kind, strength string) NameKind {
	low := strings.ToLower(strength)
	if strings.Contains(low, "low") || strings.Contains(low, "weak") {
		return WeakAlias
	}
	if strings.Contains(strings.ToLower(kind), "prime") || strings.Contains(strings.ToLower(kind), "primary name") && !strings.Contains(strings.ToLower(kind), "variation") {
		return PrimaryName
	}
	return StrongAlias
}

// ukDate drops the parts the list writes as unknown: dd/mm/1963, 00/00/1963.
func ukDate(s string) string {
	s = strings.ToLower(s)
	s = strings.ReplaceAll(s, "dd/mm/", "")
	return strings.ReplaceAll(s, "00/00/", "")
}

// multi splits a cell that holds several values, "(1) Iran (2) Iraq" or "Iran; Iraq".
func multi(s string) []string {
	for _, n := range []string{"(1)", "(2)", "(3)", "(4)", "(5)", "(6)"} {
		s = strings.ReplaceAll(s, n, ";")
	}
	var out []string
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '|' }) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// ParseUKSanctionsXML reads the XML of the same list. Its element names follow
// the columns; no whole file was at hand when this was written.
func ParseUKSanctionsXML(name, list string, r io.Reader) (*Entities, error) {
	out := &Entities{}
	err := xmlList(name, r, []string{"Designations", "UKSanctionsList"}, map[string]func(*xml.Decoder, xml.StartElement) error{
		"DateGenerated": func(d *xml.Decoder, s xml.StartElement) error {
			var text string
			if err := d.DecodeElement(&text, &s); err != nil {
				return err
			}
			out.AsOf = dayFirst(text)
			return nil
		},
		"Designation": func(d *xml.Decoder, s xml.StartElement) error {
			var x ukDesignation
			if err := d.DecodeElement(&x, &s); err != nil {
				return err
			}
			out.add(x.entity(list), x.ID)
			return nil
		},
	})
	if err != nil {
		return nil, err
	}
	return out, out.check(name)
}

type ukDesignation struct {
	ID    string `xml:"UniqueID"`
	Kind  string `xml:"IndividualEntityShip"`
	Names []struct {
		Name1, Name2, Name3, Name4, Name5, Name6 string
		Type                                     string `xml:"NameType"`
		Strength                                 string `xml:"AliasStrength"`
	} `xml:"Names>Name"`
	NonLatin []string `xml:"NonLatinNames>NonLatinName>NameNonLatinScript"`
	Regime   string   `xml:"RegimeName"`
	People   []struct {
		Births        []string `xml:"DOBs>DOB"`
		Nationalities []string `xml:"Nationalities>Nationality"`
		Genders       []string `xml:"Genders>Gender"`
		Passports     []string `xml:"PassportDetails>Passport>PassportNumber"`
		IDs           []string `xml:"NationalIdentifierDetails>NationalIdentifier>NationalIdentifierNumber"`
	} `xml:"IndividualDetails>Individual"`
}

func (x *ukDesignation) entity(list string) Entity {
	e := Entity{List: list, ID: strings.TrimSpace(x.ID), Kind: KindOrganisation}
	switch strings.ToLower(strings.TrimSpace(x.Kind)) {
	case "individual":
		e.Kind = KindPerson
	case "ship":
		e.Kind = KindVessel
	}
	for _, n := range x.Names {
		e.name(ukName(n.Name6, n.Name1, n.Name2, n.Name3, n.Name4, n.Name5), ukNameKind(n.Type, n.Strength))
	}
	for _, n := range x.NonLatin {
		e.name(n, StrongAlias)
	}
	e.program(x.Regime)
	for _, p := range x.People {
		for _, b := range p.Births {
			e.born(listDates(ukDate(b)))
		}
		for _, c := range p.Nationalities {
			e.country(c)
		}
		for _, g := range p.Genders {
			e.gender(g)
		}
		for _, v := range p.Passports {
			e.identifier("Passport", v)
		}
		for _, v := range p.IDs {
			e.identifier("National ID", v)
		}
	}
	return e
}
