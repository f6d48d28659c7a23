package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"bonafide/casework"
	"bonafide/record"
	"bonafide/report"
)

// The tiers, days and languages of the rules as a form: what it writes is a draft
// of the text, tried and put in force like any other.

type policyEditPage struct {
	Wrong     string
	Tiers     []tierHead
	Steps     []stepRow
	Links     []linkRow
	Roles     []roleRow
	Keeps     []keepRow
	Langs     []langRow
	First     string
	Answer    int
	TierIDs   []string
	Classes   []optionView
	Countries []string
	Country   string
	Usual     []usualRow // what the country's profile says
}

type tierHead struct {
	ID          string
	Look, Again int
}

type optionView struct{ Value, Name string }

type stepRow struct {
	ID, Name string
	Cells    []stepCell
}

type stepCell struct {
	Tier, Now string
	Asks      bool // may be asked for, not only offered
}

type linkRow struct {
	ID, Name string
	Cells    []linkCell
}

type linkCell struct {
	Tier string
	On   bool
}

type roleRow struct {
	N          int
	Tier, Name string
}

type keepRow struct {
	N                       int
	Class, Country, Because string
	Days                    string
}

type langRow struct {
	ID string
	On bool
}

type usualRow struct {
	Name, Because string
	Days          int
}

// spare are the empty rows for one more.
const spare = 3

func policyEdit(v *visit) error {
	rules, err := v.s.Desk.Terms(v, v.caller.Actor)
	if err != nil {
		return err
	}
	return v.policyForm(http.StatusOK, &rules, "")
}

func (v *visit) policyForm(status int, t *casework.HouseTerms, wrong string) error {
	country, usual, err := v.s.Desk.CountryTerms(v, v.caller.Actor)
	if err != nil {
		return err
	}
	p := policyEditPage{Wrong: wrong, Answer: t.Answer, Country: country, Countries: casework.TermCountries()}
	for _, k := range usual {
		p.Usual = append(p.Usual, usualRow{say(v.lang, "keep "+k.Class), k.Basis, k.Days})
	}
	for _, c := range casework.TermClasses() {
		p.Classes = append(p.Classes, optionView{c, say(v.lang, "keep "+c)})
	}
	for _, x := range t.Tiers {
		p.Tiers = append(p.Tiers, tierHead{x.ID, x.Look, x.Again})
		p.TierIDs = append(p.TierIDs, x.ID)
	}
	for _, s := range casework.Steps {
		row := stepRow{ID: s.ID, Name: say(v.lang, "step name "+s.ID)}
		for _, x := range t.Tiers {
			cell := stepCell{Tier: x.ID, Asks: s.ID != casework.StepCode}
			switch {
			case slices.Contains(x.Asks, s.ID):
				cell.Now = "asks"
			case slices.Contains(x.Offers, s.ID):
				cell.Now = "offers"
			}
			row.Cells = append(row.Cells, cell)
		}
		p.Steps = append(p.Steps, row)
	}
	for _, l := range record.ChainLinks {
		row := linkRow{ID: string(l), Name: report.SaidLink(l).In(v.lang)}
		for _, x := range t.Tiers {
			row.Cells = append(row.Cells, linkCell{x.ID, slices.Contains(x.Chain, l)})
		}
		p.Links = append(p.Links, row)
	}
	for i := range len(t.Roles) + spare {
		r := roleRow{N: i, Tier: record.TierT1}
		if i < len(t.Roles) {
			r.Tier, r.Name = t.Roles[i].Tier, t.Roles[i].Name
		}
		p.Roles = append(p.Roles, r)
	}
	for i := range len(t.Keeps) + spare {
		r := keepRow{N: i}
		if i < len(t.Keeps) {
			k := t.Keeps[i]
			r.Class, r.Country, r.Because, r.Days = k.Class, k.Country, k.Because, strconv.Itoa(k.Days)
		}
		p.Keeps = append(p.Keeps, r)
	}
	for _, l := range record.Langs {
		p.Langs = append(p.Langs, langRow{string(l), slices.Contains(t.Languages, l)})
	}
	p.First = string(t.Languages[0])
	return v.showAs(status, "policy_edit", say(v.lang, "policy form"), p)
}

// policyFormTake makes a draft of what the form says; what cannot be read comes
// back with the form as it was filled in.
func policyFormTake(v *visit) error {
	t, err := v.s.Desk.Terms(v, v.caller.Actor)
	if err != nil {
		return err
	}
	v.readTerms(&t)
	made, err := v.s.Desk.DraftTerms(v, v.caller.Actor, &t)
	var own *record.Error
	if errors.As(err, &own) && own.Code == record.CodeInvalid {
		if len(t.Languages) == 0 {
			t.Languages = []record.Lang{v.lang}
		}
		return v.policyForm(http.StatusBadRequest, &t, own.Message)
	}
	if err != nil {
		return err
	}
	return v.back("/policy#v-%d", made.Version)
}

// readTerms takes the form's fields. What is no number becomes one that the rules refuse.
func (v *visit) readTerms(t *casework.HouseTerms) {
	f := func(name string) string { return strings.TrimSpace(v.r.PostFormValue(name)) }
	number := func(name string) int {
		n, err := strconv.Atoi(f(name))
		if err != nil {
			return -1
		}
		return n
	}
	t.Tiers = slices.Clone(t.Tiers)
	for i := range t.Tiers {
		x := &t.Tiers[i]
		x.Asks, x.Offers, x.Chain = nil, nil, nil
		for _, s := range casework.Steps {
			switch f("step." + x.ID + "." + s.ID) {
			case "asks":
				x.Asks = append(x.Asks, s.ID)
			case "offers":
				x.Offers = append(x.Offers, s.ID)
			}
		}
		for _, l := range record.ChainLinks {
			if f("chain."+x.ID+"."+string(l)) != "" {
				x.Chain = append(x.Chain, l)
			}
		}
		x.Look, x.Again = number("look."+x.ID), number("again."+x.ID)
	}
	t.Answer = number("answer")
	t.Roles, t.Keeps, t.Languages = nil, nil, nil
	for i := range 500 + spare {
		n := strconv.Itoa(i)
		if name := f("role." + n + ".name"); name != "" {
			t.Roles = append(t.Roles, casework.HouseRole{Name: name, Tier: f("role." + n + ".tier")})
		}
		if f("keep."+n+".days") != "" {
			t.Keeps = append(t.Keeps, casework.HouseKeep{Class: f("keep." + n + ".class"), Country: f("keep." + n + ".country"), Days: number("keep." + n + ".days"), Because: f("keep." + n + ".because")})
		}
	}
	first := record.Lang(f("first"))
	for _, l := range append([]record.Lang{first}, record.Langs[:]...) {
		if slices.Contains(record.Langs[:], l) && f("lang."+string(l)) != "" && !slices.Contains(t.Languages, l) {
			t.Languages = append(t.Languages, l)
		}
	}
}
