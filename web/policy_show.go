package web

import (
	"strconv"

	"bonafide/access"
	"bonafide/report"
)

type policyPage struct {
	Versions []policyView
	Text     string
	May      bool
	Shadow   *shadowView
}

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
	Rows    []shadowRow
}

type shadowRow struct{ Case, Short, From, To string }

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
	p := &policyPage{May: v.caller.May(access.EditPolicy)}
	for _, r := range all {
		x := policyView{Version: r.Version, Active: r.Active, By: short(r.Proposer), Second: short(r.Approver), Diff: r.Diff, Text: r.Text}
		if !r.At.IsZero() {
			x.When = v.when(r.At)
		}
		x.MayTry = p.May && !r.Active
		x.MayPublish = p.May && !r.Active && r.Version > 0 && r.Proposer != v.caller.ID
		if r.Active {
			p.Text = r.Text
		}
		p.Versions = append(p.Versions, x)
	}
	return p, nil
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
		if err := v.s.Desk.PublishRules(v, v.caller.Actor, version); err != nil {
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
		for _, w := range tried.Would {
			p.Shadow.Rows = append(p.Shadow.Rows, shadowRow{w.Case, short(w.Case), report.SaidAssessment(w.From).In(v.lang), report.SaidAssessment(w.To).In(v.lang)})
		}
		return v.show("policy_show", say(v.lang, "nav policy"), p)
	}
	return v.back("/policy")
}
