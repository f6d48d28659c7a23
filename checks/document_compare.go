package checks

import (
	"fmt"
	"strings"

	"bonafide/match"
	"bonafide/record"
)

// comparison holds one document's zone against its face and against the form,
// for doc-mrz-visual-form-mismatch.
type comparison struct {
	person   *record.Person
	own      []string
	doc      int
	zone     match.MRZ // zero when there is none that can be read
	faults   []string
	compared bool
	found    []record.Finding
}

func (c *comparison) document(d *record.Document) {
	born := c.person.BirthDate
	if c.zone.Format == "" {
		c.part(match.Dates(string(d.BirthDate), string(born)), record.Strong, partBirth, ".birth_date", "person.birth_date")
		if d.Name != "" && len(c.own) > 0 {
			c.name(d.Name, match.Dates(string(d.BirthDate), string(born)), ".name")
		}
		return
	}
	birth := c.zoneDate(born, c.zone.Birth)
	c.part(birth, c.ceiling(match.PartBirth), partBirth, ".mrz", "person.birth_date")
	c.part(c.zoneDate(d.BirthDate, c.zone.Birth), c.ceiling(match.PartBirth), partBirth, ".mrz", ".birth_date")
	c.part(match.SameNumber(c.zone.Number, d.Number), c.ceiling(match.PartNumber), partNumber, ".mrz", ".number")
	c.part(c.zoneDate(d.Expires, c.zone.Expires), record.Supporting, partExpires, ".mrz", ".expires")
	if same, ok := match.SameIssuer(c.zone.Issuer, d.Issuer); ok && !same {
		c.add(record.Supporting, sayPartDiffers.Say(partIssuer), ".mrz", ".issuer")
	}
	if len(c.own) > 0 {
		c.name(c.zone.Given+" "+c.zone.Surname, birth, ".mrz")
	}
}

// zoneDate compares only where the zone prints a date at all.
func (c *comparison) zoneDate(iso record.Date, short string) match.DateAgreement {
	return match.DateAndShort(string(iso), short)
}

// ceiling is less where the zone itself was misread at that part.
func (c *comparison) ceiling(part string) record.Strength {
	for _, f := range c.faults {
		if f == part {
			return record.Supporting
		}
	}
	return record.Strong
}

func (c *comparison) part(a match.DateAgreement, strength record.Strength, part record.Text, field, with string) {
	switch a {
	case match.DateUnknown:
		return
	case match.DateSlip:
		c.add(record.Weak, sayPartSlip.Say(part), field, with)
	case match.DateDifferent:
		c.add(strength, sayPartDiffers.Say(part), field, with)
	}
	c.compared = true
}

// name compares the name on the document with every name the person gives. A
// name of which a part agrees is a question, not a contradiction, when the birth
// date agrees too.
func (c *comparison) name(onDocument string, birth match.DateAgreement, field string) {
	got := compareName(c.own, onDocument)
	if field == ".mrz" && got != nameAgrees && c.printed() {
		got = nameAgrees
	}
	if got == nameUnknown {
		return
	}
	c.compared = true
	sameBirth := birth == match.DateSame
	switch {
	case got == nameAgrees:
	case got == nameGiven && birth != match.DateDifferent:
		c.add(record.Weak, sayNameMarried, field, "person.name")
	case got == nameFamily && sameBirth:
		c.add(record.Weak, sayNameDaily, field, "person.name")
	case got == nameOther:
		c.add(record.Strong, sayPartDiffers.Say(partName), field, "person.name")
	default:
		c.add(record.Supporting, sayPartDiffers.Say(partName), field, "person.name")
	}
}

// printed reports whether the zone's name is how Doc 9303 prints a name the
// person gives: UXX for Ü is nobody's other name.
func (c *comparison) printed() bool {
	for _, n := range c.own {
		if c.zone.ZonePrints(n) {
			return true
		}
	}
	return false
}

// contract compares the name on the document with the party of a contract made
// with a person. The payee is pay-holder-name-mismatch's to compare, with form and
// document: one value must not speak twice. A name the person gives as their
// own is no new question here, and neither is a family name or a given name that
// agrees.
func (c *comparison) contract(d *record.Document, k *record.Contract) {
	if k.Kind != "person" || k.Party == "" || match.Firm(k.Party) {
		return
	}
	onDocument := d.Name
	if c.zone.Format != "" {
		onDocument = c.zone.Given + " " + c.zone.Surname
	}
	got := compareName([]string{k.Party}, onDocument)
	if onDocument == "" || got == nameUnknown {
		return
	}
	c.compared = true
	if got == nameOther && compareName(c.own, k.Party) != nameAgrees {
		c.add(record.Supporting, sayContractOther, ".name", "contract.party")
	}
}

func (c *comparison) add(s record.Strength, text record.Text, field, with string) {
	c.found = append(c.found, observed(s, text, record.Evidence{Field: c.path(field), ComparedWith: c.path(with)}))
}

// path puts the document before a part of it: ".mrz" is "documents[0].mrz".
func (c *comparison) path(part string) string {
	if strings.HasPrefix(part, ".") {
		return fmt.Sprintf("documents[%d]%s", c.doc, part)
	}
	return part
}
