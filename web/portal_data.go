package web

import (
	"strings"

	"bonafide/casework"
	"bonafide/record"
)

// dataPage is what a person sees of what we hold.
type dataPage struct {
	Rows      []dataRow
	Withdrawn bool
	Closed    bool
}

type dataRow struct{ Name, Value string }

func dataShow(g *guest) error {
	a, err := g.s.Desk.OwnApplication(g, g.who)
	if err != nil {
		return err
	}
	x, err := g.s.Desk.Portal(g, g.who)
	if err != nil {
		return err
	}
	p := dataPage{Withdrawn: x.Withdrawn, Closed: x.Closed}
	row := func(key string, values ...string) {
		if v := strings.Trim(strings.Join(values, ", "), ", "); v != "" {
			p.Rows = append(p.Rows, dataRow{say(g.lang, "p data "+key), v})
		}
	}
	row("name", append([]string{a.Person.Name}, a.Person.OtherNames...)...)
	row("birth", string(a.Person.BirthDate))
	row("address", append(append([]string{}, a.Person.Address.Lines...), a.Person.Address.Postcode, a.Person.Address.City, a.Person.Address.Country)...)
	row("mail", a.Emails...)
	row("phone", a.Phones...)
	for _, x := range a.Accounts {
		row("account", x.Service, x.Handle)
	}
	for _, w := range a.Resume.Work {
		row("work", w.Organisation, w.Title, string(w.Start), string(w.End))
	}
	for _, e := range a.Resume.Education {
		row("education", e.Institution, e.Degree, string(e.Start), string(e.End))
	}
	for _, d := range a.Documents {
		row("document", d.Kind, d.Issuer, d.Number, d.Name)
	}
	for _, r := range a.References {
		row("reference", r.Name, r.Organisation, r.Email, r.Phone)
	}
	for _, y := range a.Payouts {
		row("payout", y.Value, y.Holder)
	}
	row("delivery", append([]string{a.Delivery.Name}, append(append([]string{}, a.Delivery.Lines...), a.Delivery.Postcode, a.Delivery.City, a.Delivery.Country)...)...)
	return g.show("portal_data", say(g.lang, "p data h"), p)
}

// dataCorrect changes a contact at once; anything else a person looks at with
// them, for it may stand on papers.
func dataCorrect(g *guest) error {
	switch field, value := g.r.PostFormValue("field"), g.field("value"); {
	case value == "":
		return record.Invalid("value", "is empty")
	case field == casework.StepMail || field == casework.StepPhone:
		if err := g.s.Keeper.Amend(g, g.who, g.who.ID, "portal.correct", g.newContact(field, value)); err != nil {
			return err
		}
		return g.back("/portal/data")
	default:
		if err := g.s.Desk.Word(g, g.who, casework.WordCorrect, "", value); err != nil {
			return err
		}
		return g.sorryLess("p said")
	}
}
