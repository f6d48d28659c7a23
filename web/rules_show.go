package web

import (
	"bonafide/report"
)

type rulesPage struct{ Rules []ruleView }

type ruleView struct {
	ID, Title, Text, Family, Class, Strength, Ask string
	Innocent, Clears                              []string
}

// rulesShow prints the catalogue of checks: for works councils and for everybody
// who wants to know what is looked at. No person is on it.
func rulesShow(v *visit) error {
	var p rulesPage
	for _, c := range v.s.Rules {
		r := ruleView{ID: c.ID, Title: c.Title.In(v.lang), Text: c.Text.In(v.lang), Family: string(c.Family), Class: c.Strength.String(),
			Strength: upper(report.SaidStrength(c.Strength).In(v.lang)), Ask: c.Ask.In(v.lang)}
		for _, t := range c.FalsePositives {
			r.Innocent = append(r.Innocent, t.In(v.lang))
		}
		for _, t := range c.Clears {
			r.Clears = append(r.Clears, t.In(v.lang))
		}
		p.Rules = append(p.Rules, r)
	}
	return v.show("rules_show", say(v.lang, "nav rules"), p)
}
