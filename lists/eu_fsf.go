package lists

import (
	"encoding/xml"
	"io"
	"strings"

	"bonafide/record"
)

// The European Union's consolidated financial sanctions list, FSF XML 1.1
// (namespace http://eu.europa.ec/fpi/fsd/export).

// ParseEUFSF reads xmlFullSanctionsList_1_1.
func ParseEUFSF(name, list string, r io.Reader) (*Entities, error) {
	out := &Entities{}
	err := xmlList(name, r, []string{"export"}, map[string]func(*xml.Decoder, xml.StartElement) error{
		"export": func(_ *xml.Decoder, s xml.StartElement) error {
			for _, a := range s.Attr {
				if a.Name.Local == "generationDate" && len(a.Value) >= 10 && record.Date(a.Value[:10]).Valid() {
					out.AsOf = record.Date(a.Value[:10])
				}
			}
			return nil
		},
		"sanctionEntity": func(d *xml.Decoder, s xml.StartElement) error {
			var x euEntity
			if err := d.DecodeElement(&x, &s); err != nil {
				return err
			}
			out.add(x.entity(list), x.LogicalID)
			return nil
		},
	})
	if err != nil {
		return nil, err
	}
	return out, out.check(name)
}

type euEntity struct {
	Reference   string `xml:"euReferenceNumber,attr"`
	LogicalID   string `xml:"logicalId,attr"`
	Regulations []struct {
		Programme string `xml:"programme,attr"`
	} `xml:"regulation"`
	Type struct {
		Code string `xml:"code,attr"`
	} `xml:"subjectType"`
	Names []struct {
		Whole  string `xml:"wholeName,attr"`
		First  string `xml:"firstName,attr"`
		Middle string `xml:"middleName,attr"`
		Last   string `xml:"lastName,attr"`
		Strong string `xml:"strong,attr"`
		Gender string `xml:"gender,attr"`
	} `xml:"nameAlias"`
	Births []struct {
		Date string `xml:"birthdate,attr"`
		Year string `xml:"year,attr"`
	} `xml:"birthdate"`
	Citizenships []struct {
		Country string `xml:"countryIso2Code,attr"`
	} `xml:"citizenship"`
	IDs []struct {
		Type   string `xml:"identificationTypeCode,attr"`
		Number string `xml:"number,attr"`
		False  bool   `xml:"knownFalse,attr"`
	} `xml:"identification"`
}

func (x *euEntity) entity(list string) Entity {
	e := Entity{List: list, ID: x.Reference, Kind: KindOrganisation}
	if e.ID == "" {
		e.ID = x.LogicalID
	}
	if x.Type.Code == "person" {
		e.Kind = KindPerson
	}
	for i, n := range x.Names {
		kind := StrongAlias
		switch {
		case i == 0:
			kind = PrimaryName
		case n.Strong == "false":
			kind = WeakAlias
		}
		whole := n.Whole
		if strings.TrimSpace(whole) == "" {
			whole = n.First + " " + n.Middle + " " + n.Last
		}
		e.name(whole, kind)
		e.gender(n.Gender)
	}
	for _, b := range x.Births {
		if d := listDates(b.Date); d != nil {
			e.born(d)
		} else {
			e.born(listDates(b.Year))
		}
	}
	for _, c := range x.Citizenships {
		e.country(c.Country) // "00" is their unknown
	}
	for _, id := range x.IDs {
		if !id.False {
			e.identifier(id.Type, id.Number)
		}
	}
	for _, r := range x.Regulations {
		e.program(r.Programme)
	}
	return e
}
