package web

import (
	"cmp"
	"strconv"
	"strings"

	"bonafide/access"
	"bonafide/casework"
	"bonafide/report"
)

type policyPage struct {
	Versions []policyView
	Text     string
	May      bool
	Shadow   *shadowView
	Mark     string // of the version in force, against which everything here is shown
	Tiers    []tierView
	Terms    []termView
}

// tierView is what a tier asks for, in words.
type tierView struct{ ID, Asks, Offers, Chain, Look, Again string }

type termView struct{ Name, Said string }

type policyView struct {
	Version            int64
	Active             bool
	By, Second, When   string
	Diff               []string
	Text               string
	MayPublish, MayTry bool
}

type shadowView struct {
	Version int64
	Head    string
	Clocks  []string
	Rows    []shadowRow
}

// shadowRow is one case and everything that would change about it.
type shadowRow struct {
	Case, Short string
	Changes     []string
}

// policyShow is the rules of weighing as versions: draft, difference, a trial
// over the cases there are, and two people to put one in force.
func policyShow(v *visit) error {
	p, err := v.policyPage()
	if err != nil {
		return err
	}
	return v.show("policy_show", say(v.lang, "nav policy"), p)
}

func (v *visit) policyPage() (*policyPage, error) {
	all, err := v.s.Desk.Rules(v, v.caller.Actor)
	if err != nil {
		return nil, err
	}
	p := &policyPage{May: v.caller.May(access.EditPolicy), Mark: casework.RulesMark(all)}
	for _, r := range all {
		x := policyView{Version: r.Version, Active: r.Active, By: short(r.Proposer), Second: short(r.Approver), Diff: r.Diff, Text: r.Text}
		if !r.At.IsZero() {
			x.When = v.when(r.At)
		}
		x.MayTry = p.May && !r.Active
		x.MayPublish = p.May && !r.Active && r.Version > 0 && r.Proposer != v.caller.ID
		if r.Active {
			p.Text = r.Text
			v.termsInForce(p, &r.Terms)
		}
		p.Versions = append(p.Versions, x)
	}
	return p, nil
}

// changes are what would be otherwise about a case, in words.
func (v *visit) changes(w *casework.Would) (all []string) {
	if w.From != w.To {
		all = append(all, report.SaidAssessment(w.From).In(v.lang)+" → "+report.SaidAssessment(w.To).In(v.lang))
	}
	if w.TierFrom != w.TierTo {
		all = append(all, w.TierFrom+" → "+w.TierTo)
	}
	if len(w.More) > 0 {
		all = append(all, say(v.lang, "policy more", v.stepNames(w.More)))
	}
	if len(w.Fewer) > 0 {
		all = append(all, say(v.lang, "policy fewer", v.stepNames(w.Fewer)))
	}
	if w.DaysFrom != w.DaysTo {
		all = append(all, say(v.lang, "policy kept", w.DaysFrom, w.DaysTo))
	}
	return all
}

func (v *visit) stepNames(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = say(v.lang, "step name "+id)
	}
	if len(names) == 0 {
		return "–"
	}
	return strings.Join(names, ", ")
}

// termsInForce says what the tiers ask for, what is kept and what is spoken.
func (v *visit) termsInForce(p *policyPage, t *casework.HouseTerms) {
	for _, x := range t.Tiers {
		var chain []string
		for _, l := range x.Chain {
			chain = append(chain, report.SaidLink(l).In(v.lang))
		}
		again := say(v.lang, "terms on event")
		if x.Again > 0 {
			again = say(v.lang, "terms months", x.Again)
		}
		p.Tiers = append(p.Tiers, tierView{x.ID, v.stepNames(x.Asks), v.stepNames(x.Offers), cmp.Or(strings.Join(chain, ", "), "–"), say(v.lang, "terms n days", x.Look), again})
	}
	for _, r := range t.Roles {
		p.Terms = append(p.Terms, termView{r.Name, r.Tier})
	}
	for _, k := range t.Keeps {
		name := say(v.lang, "keep "+k.Class)
		if k.Country != "" {
			name += ", " + k.Country
		}
		p.Terms = append(p.Terms, termView{name, say(v.lang, "terms n days", k.Days) + ": " + k.Because})
	}
	var speaks []string
	for _, l := range t.Languages {
		speaks = append(speaks, say(v.lang, "lang "+string(l)))
	}
	p.Terms = append(p.Terms, termView{say(v.lang, "terms languages"), strings.Join(speaks, ", ")}, termView{say(v.lang, "terms answer"), say(v.lang, "terms n days", t.Answer)})
}

// policyChange drafts, tries or publishes.
func policyChange(v *visit) error {
	version, _ := strconv.ParseInt(v.r.PostFormValue("version"), 10, 64)
	switch v.r.PathValue("verb") {
	case "draft":
		if _, err := v.s.Desk.DraftRules(v, v.caller.Actor, v.r.PostFormValue("text")); err != nil {
			return err
		}
	case "publish":
		// A tab that is older than the rules in force shows another difference.
		if err := v.s.Desk.PublishRules(v.asShown(), v.caller.Actor, version); err != nil {
			return err
		}
	default:
		tried, err := v.s.Desk.ShadowRules(v, v.caller.Actor, version)
		if err != nil {
			return err
		}
		p, err := v.policyPage()
		if err != nil {
			return err
		}
		p.Shadow = &shadowView{Version: version, Head: say(v.lang, "policy would", tried.Changed, tried.Looked)}
		for _, m := range tried.Clocks {
			p.Shadow.Clocks = append(p.Shadow.Clocks, say(v.lang, "policy clocks", say(v.lang, "keep "+m.Class), m.DaysFrom, m.DaysTo, m.Moved, m.Sooner, m.Due, m.Held))
		}
		for _, w := range tried.Would {
			p.Shadow.Rows = append(p.Shadow.Rows, shadowRow{w.Case, short(w.Case), v.changes(&w)})
		}
		return v.show("policy_show", say(v.lang, "nav policy"), p)
	}
	return v.back("/policy")
}
