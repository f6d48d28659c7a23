package lists

import (
	"encoding/xml"
	"io"
	"strings"

	"bonafide/record"
)

// OFAC's Specially Designated Nationals and its consolidated non-SDN list in
// the SDN.XML format (schema sdnList.xsd): one sdnEntry per entity with lists of
// names, identifiers, dates; wallets are identifiers "Digital Currency Address - XBT".

const walletIDType = "Digital Currency Address - "

// ParseOFACSDN reads SDN.XML or CONSOLIDATED.XML. list names it in evidence.
func ParseOFACSDN(name, list string, r io.Reader) (*Entities, error) {
	out := &Entities{}
	err := xmlList(name, r, []string{"sdnList"}, map[string]func(*xml.Decoder, xml.StartElement) error{
		"Publish_Date": func(d *xml.Decoder, s xml.StartElement) error {
			var text string
			if err := d.DecodeElement(&text, &s); err != nil {
				return err
			}
			out.AsOf = usDate(text)
			return nil
		},
		"sdnEntry": func(d *xml.Decoder, s xml.StartElement) error {
			var x sdnEntry
			if err := d.DecodeElement(&x, &s); err != nil {
				return err
			}
			out.add(x.entity(list), x.UID)
			return nil
		},
	})
	if err != nil {
		return nil, err
	}
	return out, out.check(name)
}

type sdnEntry struct {
	UID      string   `xml:"uid"`
	First    string   `xml:"firstName"`
	Last     string   `xml:"lastName"`
	Type     string   `xml:"sdnType"`
	Programs []string `xml:"programList>program"`
	IDs      []struct {
		Type   string `xml:"idType"`
		Number string `xml:"idNumber"`
	} `xml:"idList>id"`
	AKAs []struct {
		Category string `xml:"category"`
		First    string `xml:"firstName"`
		Last     string `xml:"lastName"`
	} `xml:"akaList>aka"`
	Nationalities []string `xml:"nationalityList>nationality>country"`
	Citizenships  []string `xml:"citizenshipList>citizenship>country"`
	Births        []string `xml:"dateOfBirthList>dateOfBirthItem>dateOfBirth"`
}

func (x *sdnEntry) entity(list string) Entity {
	e := Entity{List: list, ID: strings.TrimSpace(x.UID), Kind: usKind(x.Type)}
	e.name(lastFirst(x.Last, x.First), PrimaryName)
	for _, a := range x.AKAs {
		kind := StrongAlias
		if a.Category == "weak" {
			kind = WeakAlias
		}
		e.name(lastFirst(a.Last, a.First), kind)
	}
	for _, p := range x.Programs {
		e.program(p)
	}
	for _, id := range x.IDs {
		switch {
		case strings.HasPrefix(id.Type, walletIDType):
			e.wallet(id.Type[len(walletIDType):], id.Number)
		case id.Type == "Gender":
			e.gender(id.Number)
		default:
			e.identifier(id.Type, id.Number)
		}
	}
	for _, c := range append(x.Nationalities, x.Citizenships...) {
		e.country(c)
	}
	for _, b := range x.Births {
		e.born(listDates(b))
	}
	return e
}

// lastFirst keeps the comma by which the matcher knows the family name.
func lastFirst(last, first string) string {
	last, first = strings.TrimSpace(last), strings.TrimSpace(first)
	switch {
	case first == "":
		return last
	case last == "":
		return first
	}
	return last + ", " + first
}

func usKind(s string) EntityKind {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "individual":
		return KindPerson
	case "vessel":
		return KindVessel
	case "aircraft":
		return KindAircraft
	}
	return KindOrganisation
}

// usDate reads 04/22/2020, month first.
func usDate(s string) record.Date {
	p := strings.Split(strings.TrimSpace(s), "/")
	if len(p) != 3 {
		return ""
	}
	if d := record.Date(p[2] + "-" + p[0] + "-" + p[1]); d.Valid() {
		return d
	}
	return ""
}
