package web

import (
	"net/http"
	"strings"

	"bonafide/casework"
	"bonafide/report"
)

type siblingsPage struct {
	ID, Short string
	Rows      []siblingView
	Ties      []tieView
	Mark      string // of what was decided so far
	Said      string // why nothing was done
	Typed     tieTyped
}

// tieTyped is what was typed about another case; Listed: it stands among those
// that share something.
type tieTyped struct {
	Other, Reason string
	Listed        bool
}

type siblingView struct{ Case, Short, State, Shares, Via string }

type tieView struct{ What, Other, By, When, Reason string }

// siblingsShow is who shares what with a case, two steps far, and what people
// decided about two of them.
func siblingsShow(v *visit) error { return v.siblings(http.StatusOK, "", tieTyped{}) }

func (v *visit) siblings(status int, said string, typed tieTyped) error {
	all, err := v.s.Desk.Siblings(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	p := siblingsPage{ID: v.id(), Short: short(v.id()), Said: said, Typed: typed}
	for _, s := range all {
		var kinds []string
		for _, k := range s.Kinds {
			kinds = append(kinds, report.SaidKind(k).In(v.lang))
		}
		x := siblingView{Case: s.Case, Short: short(s.Case), State: v.state(s.State), Shares: strings.Join(kinds, ", ")}
		if s.Via != "" {
			x.Via = short(s.Via)
		}
		p.Typed.Listed = p.Typed.Listed || s.Case == typed.Other
		p.Rows = append(p.Rows, x)
	}
	ties, err := v.s.Desk.Ties(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	p.Mark = casework.TiesMark(ties)
	for _, t := range ties {
		p.Ties = append(p.Ties, tieView{say(v.lang, "tie "+t.Op), short(t.B), short(t.By), v.when(t.At), t.Reason})
	}
	return v.showAs(status, "siblings_show", say(v.lang, "siblings"), p)
}

// tieChange records what a person decided about two cases. Where something was
// decided since the page was shown, that is shown first, and the reason is kept.
func tieChange(v *visit) error {
	typed := tieTyped{Other: v.r.PostFormValue("other"), Reason: v.r.PostFormValue("reason")}
	_, err := v.s.Desk.Tie(v.asShown(), v.caller.Actor, v.r.PostFormValue("op"), v.id(), typed.Other, typed.Reason)
	if changedMeanwhile(err) {
		return v.siblings(http.StatusConflict, say(v.lang, "sorry conflict"), typed)
	}
	if err != nil {
		return err
	}
	return v.back("/cases/%s/siblings", v.id())
}
