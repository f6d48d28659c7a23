package web

import (
	"strings"

	"bonafide/report"
)

type siblingsPage struct {
	ID, Short string
	Rows      []siblingView
	Ties      []tieView
}

type siblingView struct{ Case, Short, State, Shares, Via string }

type tieView struct{ What, Other, By, When, Reason string }

// siblingsShow is who shares what with a case, two steps far, and what people
// decided about two of them.
func siblingsShow(v *visit) error {
	all, err := v.s.Desk.Siblings(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	p := siblingsPage{ID: v.id(), Short: short(v.id())}
	for _, s := range all {
		var kinds []string
		for _, k := range s.Kinds {
			kinds = append(kinds, report.SaidKind(k).In(v.lang))
		}
		x := siblingView{Case: s.Case, Short: short(s.Case), State: v.state(s.State), Shares: strings.Join(kinds, ", ")}
		if s.Via != "" {
			x.Via = short(s.Via)
		}
		p.Rows = append(p.Rows, x)
	}
	ties, err := v.s.Desk.Ties(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	for _, t := range ties {
		p.Ties = append(p.Ties, tieView{say(v.lang, "tie "+t.Op), short(t.B), short(t.By), v.when(t.At), t.Reason})
	}
	return v.show("siblings_show", say(v.lang, "siblings"), p)
}

// tieChange records what a person decided about two cases.
func tieChange(v *visit) error {
	if _, err := v.s.Desk.Tie(v, v.caller.Actor, v.r.PostFormValue("op"), v.id(), v.r.PostFormValue("other"), v.r.PostFormValue("reason")); err != nil {
		return err
	}
	return v.back("/cases/%s/siblings", v.id())
}
