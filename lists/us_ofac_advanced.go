package lists

import (
	"encoding/xml"
	"io"
	"strings"

	"bonafide/record"
)

// OFAC's ADVANCED_XML (the UN/OFAC advanced sanctions schema): parties point by
// number at tables of feature types, countries and scripts that stand before
// them. We read names in every script, birth dates, countries, documents and
// digital currency addresses.

// ParseOFACAdvanced reads sdn_advanced.xml or cons_advanced.xml.
func ParseOFACAdvanced(name, list string, r io.Reader) (*Entities, error) {
	out := &Entities{}
	ref := advancedTables{feature: map[string]string{}, subType: map[string]string{}, country: map[string]string{}, place: map[string]string{}, detail: map[string]string{}}
	at := map[string]int{} // identity → entity
	err := xmlList(name, r, []string{"Sanctions"}, map[string]func(*xml.Decoder, xml.StartElement) error{
		"DateOfIssue": func(d *xml.Decoder, s xml.StartElement) error {
			var x advancedDate
			if err := d.DecodeElement(&x, &s); err != nil {
				return err
			}
			out.AsOf = x.date()
			return nil
		},
		"FeatureType":  ref.into("feature"),
		"PartySubType": ref.into("subType"),
		"Country":      ref.into("country"),
		"DetailReference": func(d *xml.Decoder, s xml.StartElement) error {
			return ref.into("detail")(d, s)
		},
		"Location": func(d *xml.Decoder, s xml.StartElement) error {
			var x struct {
				ID      string `xml:"ID,attr"`
				Country struct {
					ID string `xml:"CountryID,attr"`
				} `xml:"LocationCountry"`
			}
			if err := d.DecodeElement(&x, &s); err != nil {
				return err
			}
			ref.place[x.ID] = ref.country[x.Country.ID]
			return nil
		},
		"IDRegDocument": func(d *xml.Decoder, s xml.StartElement) error {
			var x struct {
				Identity string `xml:"IdentityID,attr"`
				Number   string `xml:"IDRegistrationNo"`
			}
			if err := d.DecodeElement(&x, &s); err != nil {
				return err
			}
			ref.documents = append(ref.documents, [2]string{x.Identity, x.Number})
			return nil
		},
		"DistinctParty": func(d *xml.Decoder, s xml.StartElement) error {
			var x advancedParty
			if err := d.DecodeElement(&x, &s); err != nil {
				return err
			}
			for _, p := range x.Profiles {
				e := p.entity(list, &ref)
				for _, i := range p.Identities {
					at[i.ID] = len(out.Entities)
				}
				out.add(e, e.ID)
			}
			return nil
		},
		"SanctionsEntry": func(d *xml.Decoder, s xml.StartElement) error { return d.Skip() },
	})
	if err != nil {
		return nil, err
	}
	for _, doc := range ref.documents {
		if i, ok := at[doc[0]]; ok && i < len(out.Entities) {
			out.Entities[i].identifier("document", doc[1])
		}
	}
	return out, out.check(name)
}

// advancedTables are the reference values, by number.
type advancedTables struct {
	feature, subType, country, place, detail map[string]string
	documents                                [][2]string
}

func (t *advancedTables) into(table string) func(*xml.Decoder, xml.StartElement) error {
	return func(d *xml.Decoder, s xml.StartElement) error {
		var x struct {
			ID    string `xml:"ID,attr"`
			ISO2  string `xml:"ISO2,attr"`
			Party string `xml:"PartyTypeID,attr"`
			Text  string `xml:",chardata"`
		}
		if err := d.DecodeElement(&x, &s); err != nil {
			return err
		}
		switch table {
		case "feature":
			t.feature[x.ID] = strings.TrimSpace(x.Text)
		case "subType":
			t.subType[x.ID] = strings.TrimSpace(x.Text) + "/" + x.Party
		case "detail":
			t.detail[x.ID] = strings.TrimSpace(x.Text)
		case "country":
			t.country[x.ID] = x.ISO2
			if x.ISO2 == "" {
				t.country[x.ID] = countryCode(x.Text)
			}
		}
		return nil
	}
}

type advancedDate struct {
	Year, Month, Day string
}

func (a advancedDate) date() record.Date {
	y, m, d := strings.TrimSpace(a.Year), strings.TrimSpace(a.Month), strings.TrimSpace(a.Day)
	for len(m) == 1 || len(d) == 1 {
		if len(m) == 1 {
			m = "0" + m
		}
		if len(d) == 1 {
			d = "0" + d
		}
	}
	for _, s := range []string{y + "-" + m + "-" + d, y + "-" + m, y} {
		if x := record.Date(s); x.Valid() {
			return x
		}
	}
	return ""
}

type advancedParty struct {
	Profiles []advancedProfile `xml:"Profile"`
}

type advancedProfile struct {
	ID         string `xml:"ID,attr"`
	SubType    string `xml:"PartySubTypeID,attr"`
	Identities []struct {
		ID      string `xml:"ID,attr"`
		Aliases []struct {
			Primary bool `xml:"Primary,attr"`
			Low     bool `xml:"LowQuality,attr"`
			Names   []struct {
				Parts []string `xml:"DocumentedNamePart>NamePartValue"`
			} `xml:"DocumentedName"`
		} `xml:"Alias"`
	} `xml:"Identity"`
	Features []struct {
		Type     string `xml:"FeatureTypeID,attr"`
		Versions []struct {
			From    advancedDate `xml:"DatePeriod>Start>From"`
			To      advancedDate `xml:"DatePeriod>End>To"`
			Details []struct {
				Reference string `xml:"DetailReferenceID,attr"`
				Text      string `xml:",chardata"`
			} `xml:"VersionDetail"`
			Places []struct {
				ID string `xml:"LocationID,attr"`
			} `xml:"VersionLocation"`
		} `xml:"FeatureVersion"`
	} `xml:"Feature"`
}

func (p *advancedProfile) entity(list string, ref *advancedTables) Entity {
	e := Entity{List: list, ID: p.ID, Kind: advancedKind(ref.subType[p.SubType])}
	for _, i := range p.Identities {
		for _, a := range i.Aliases {
			for k, n := range a.Names {
				kind := StrongAlias
				switch {
				case a.Low:
					kind = WeakAlias
				case a.Primary && k == 0:
					kind = PrimaryName
				}
				e.name(strings.Join(n.Parts, " "), kind)
			}
		}
	}
	for _, f := range p.Features {
		what := ref.feature[f.Type]
		for _, v := range f.Versions {
			switch {
			case strings.HasPrefix(what, walletIDType):
				for _, d := range v.Details {
					e.wallet(what[len(walletIDType):], d.Text)
				}
			case what == "Birthdate":
				from, to := v.From.date(), v.To.date()
				if len(from) >= 4 && len(to) >= 4 && from[:4] != to[:4] {
					e.born(listDates(string(from[:4]) + " to " + string(to[:4])))
				} else if from != "" {
					e.born([]record.Date{from})
				}
			case what == "Nationality Country", what == "Citizenship Country":
				for _, l := range v.Places {
					e.country(ref.place[l.ID])
				}
			case what == "Gender":
				for _, d := range v.Details {
					e.gender(ref.detail[d.Reference])
					e.gender(d.Text)
				}
			}
		}
	}
	return e
}

// advancedKind reads "Vessel/4", the sub-type with its party type: 1 is an
// individual, 2 an entity, 4 a means of transport.
func advancedKind(s string) EntityKind {
	sub, party, _ := strings.Cut(s, "/")
	switch {
	case sub == "Vessel":
		return KindVessel
	case sub == "Aircraft":
		return KindAircraft
	case party == "1":
		return KindPerson
	}
	return KindOrganisation
}
