package lists

import (
	"encoding/xml"
	"io"
	"strings"

	"bonafide/record"
)

// The United Nations Security Council's consolidated list.

// ParseUN reads consolidated.xml.
func ParseUN(name, list string, r io.Reader) (*Entities, error) {
	out := &Entities{}
	entry := func(kind EntityKind) func(*xml.Decoder, xml.StartElement) error {
		return func(d *xml.Decoder, s xml.StartElement) error {
			var x unEntry
			if err := d.DecodeElement(&x, &s); err != nil {
				return err
			}
			out.add(x.entity(list, kind), x.DataID)
			return nil
		}
	}
	err := xmlList(name, r, []string{"CONSOLIDATED_LIST"}, map[string]func(*xml.Decoder, xml.StartElement) error{
		"CONSOLIDATED_LIST": func(_ *xml.Decoder, s xml.StartElement) error {
			for _, a := range s.Attr {
				if a.Name.Local == "dateGenerated" && len(a.Value) >= 10 && record.Date(a.Value[:10]).Valid() {
					out.AsOf = record.Date(a.Value[:10])
				}
			}
			return nil
		},
		"INDIVIDUAL": entry(KindPerson),
		"ENTITY":     entry(KindOrganisation),
	})
	if err != nil {
		return nil, err
	}
	return out, out.check(name)
}

type unAlias struct {
	Quality string `xml:"QUALITY"`
	Name    string `xml:"ALIAS_NAME"`
}

type unEntry struct {
	DataID        string    `xml:"DATAID"`
	First         string    `xml:"FIRST_NAME"`
	Second        string    `xml:"SECOND_NAME"`
	Third         string    `xml:"THIRD_NAME"`
	Fourth        string    `xml:"FOURTH_NAME"`
	Original      string    `xml:"NAME_ORIGINAL_SCRIPT"`
	Type          string    `xml:"UN_LIST_TYPE"`
	Reference     string    `xml:"REFERENCE_NUMBER"`
	Gender        string    `xml:"GENDER"`
	Nationalities []string  `xml:"NATIONALITY>VALUE"`
	PersonAliases []unAlias `xml:"INDIVIDUAL_ALIAS"`
	BodyAliases   []unAlias `xml:"ENTITY_ALIAS"`
	Births        []struct {
		Date string `xml:"DATE"`
		Year string `xml:"YEAR"`
		From string `xml:"FROM_YEAR"`
		To   string `xml:"TO_YEAR"`
	} `xml:"INDIVIDUAL_DATE_OF_BIRTH"`
	Documents []struct {
		Type   string `xml:"TYPE_OF_DOCUMENT"`
		Number string `xml:"NUMBER"`
	} `xml:"INDIVIDUAL_DOCUMENT"`
}

func (x *unEntry) entity(list string, kind EntityKind) Entity {
	e := Entity{List: list, ID: strings.TrimSpace(x.Reference), Kind: kind}
	if e.ID == "" {
		e.ID = strings.TrimSpace(x.DataID)
	}
	e.name(strings.Join([]string{x.First, x.Second, x.Third, x.Fourth}, " "), PrimaryName)
	e.name(x.Original, StrongAlias)
	for _, a := range append(x.PersonAliases, x.BodyAliases...) {
		kind := StrongAlias
		if a.Quality == "Low" {
			kind = WeakAlias
		}
		e.name(a.Name, kind)
	}
	for _, b := range x.Births {
		switch {
		case b.Date != "":
			e.born(listDates(b.Date))
		case b.Year != "":
			e.born(listDates(b.Year))
		case b.From != "":
			e.born(listDates(b.From + " to " + b.To))
		}
	}
	for _, n := range x.Nationalities {
		e.country(n)
	}
	for _, d := range x.Documents {
		e.identifier(d.Type, d.Number)
	}
	e.gender(x.Gender)
	e.program(x.Type)
	return e
}
