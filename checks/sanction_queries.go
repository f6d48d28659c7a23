package checks

import (
	"slices"
	"strings"

	"bonafide/lists"
	"bonafide/match/name"
	"bonafide/record"
)

// hired reports whether money or work is near: screening everybody who applies
// would only make namesakes.
func hired(a *record.Application) bool {
	return len(a.Payouts) > 0 || slices.ContainsFunc(a.Stage, func(s record.Stage) bool {
		return slices.Contains([]string{"offer", "onboarding", "employment", "payment", "offboarding"}, s.Name)
	})
}

// sanctionQuery is one party of the record, with the field it stands in.
type sanctionQuery struct {
	lists.EntityQuery
	field  string
	family record.Family
}

// maxQueries bounds the parties of one record.
const maxQueries = 8

// sanctionQueries are the parties that would be worked with or paid: the
// person under every name of theirs, payees under another name, the
// contracting firm, the agency. Nationality and place are never part of it.
func sanctionQueries(a *record.Application) (out []sanctionQuery) {
	var born []record.Date
	var numbers, seen []string
	if a.Person.BirthDate != "" {
		born = append(born, a.Person.BirthDate)
	}
	for _, d := range a.Documents {
		if d.BirthDate != "" && !slices.Contains(born, d.BirthDate) {
			born = append(born, d.BirthDate)
		}
		if d.Number != "" {
			numbers = append(numbers, d.Number)
		}
	}
	add := func(text, field string, schema name.Schema, family record.Family, own bool) {
		key := strings.ToLower(strings.Join(strings.Fields(text), " "))
		if key == "" || len(out) == maxQueries || slices.Contains(seen, key) {
			return
		}
		seen = append(seen, key)
		q := sanctionQuery{lists.EntityQuery{Name: text, Schema: schema}, field, family}
		if own {
			q.BirthDates, q.Identifiers = born, numbers
		}
		out = append(out, q)
	}
	add(a.Person.Name, "person.name", name.Person, record.Ident, true)
	for i, n := range a.Person.OtherNames {
		add(n, indexed("person.other_names", i), name.Person, record.Ident, true)
	}
	for i, d := range a.Documents {
		if nameDiffers(a.Person.Name, d.Name) {
			add(d.Name, indexed("documents", i)+".name", name.Person, record.Ident, true)
		}
	}
	for i, p := range a.Payouts {
		if nameDiffers(a.Person.Name, p.Holder) {
			add(p.Holder, indexed("payouts", i)+".holder", name.Unspecified, record.Pay, false)
		}
	}
	if a.Contract.Kind != "person" && nameDiffers(a.Person.Name, a.Contract.Party) {
		add(a.Contract.Party, "contract.party", name.Organisation, record.Pay, false)
	}
	if a.SubmittedBy.Kind == "agency" {
		add(a.SubmittedBy.Name, "submitted_by.name", name.Organisation, record.Pay, false)
	}
	return out
}

// nameDiffers leaves out another spelling of the name that is asked anyway.
func nameDiffers(own, other string) bool {
	return other != "" && name.SamePerson(own, other) != name.Same
}
