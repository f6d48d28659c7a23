package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"bonafide/casework"
	"bonafide/record"
	"bonafide/report"
)

type offboardPage struct {
	ID, Short  string
	Cut, SetBy string
	Passed     bool
	Rows       []accessView
	Open, All  int
	Minutes    []minuteView
	Kinds      string
	Orders     []orderView
	Ends       []casework.Ending
	Plan       []casework.Planned
	Asked      casework.Asked
	Mark       string // of the run sheet as it is shown
	Said       string // why nothing was done
	Typed      stepTyped
}

// stepTyped is what was typed for one step of the run sheet.
type stepTyped struct {
	Do               string
	Item             int // of the inventory; 0: about none
	At, Words, Items string
}

type accessView struct {
	N                         int
	Kind, System, Name        string
	State, Class, Proof, When string
	OpenFor, Seen             string
	Closed                    bool
}

type minuteView struct{ Minute, Open string }

// offboardShow is the run sheet of a leaving: what is still open, since when,
// who confirmed what by which proof.
func offboardShow(v *visit) error { return v.offboard(http.StatusOK, offboardPage{}) }

// offboard shows the run sheet, with what p has already: what an order would send,
// or what was typed.
func (v *visit) offboard(status int, p offboardPage) error {
	o, err := v.s.Desk.Offboarding(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	now := v.s.Now()
	p.ID, p.Short, p.Mark = v.id(), short(v.id()), o.Mark()
	p.All, p.Open, p.Kinds = len(o.Access), o.Open(), strings.Join(casework.AccessKinds, ", ")
	if !o.Cut.IsZero() {
		p.Cut, p.SetBy, p.Passed = moment(o.Cut), short(o.SetBy), !now.Before(o.Cut)
	}
	for _, a := range o.Access {
		s := a.State(o.Cut)
		x := accessView{N: a.N, Kind: say(v.lang, "access "+a.Kind), System: a.System, Name: a.Name, State: say(v.lang, "cut "+s), Class: s, Proof: a.Proof, Closed: s == casework.AccessClosed || s == casework.AccessLate}
		if !a.Revoked.IsZero() {
			x.When = moment(a.Revoked) + " · " + short(a.By)
		}
		if d := a.OpenFor(o.Cut, now); d > 0 {
			x.OpenFor = say(v.lang, "minutes", int((d+time.Minute-1)/time.Minute))
		}
		if !a.LastUse.IsZero() {
			x.Seen = moment(a.LastUse) + " · " + a.Seen
		}
		p.Rows = append(p.Rows, x)
	}
	for _, m := range o.Minutes(now) {
		p.Minutes = append(p.Minutes, minuteView{report.Figures(v.lang, m.Minute), report.Figures(v.lang, m.Open)})
	}
	if p.Ends, err = v.s.Desk.Ends(v, v.caller.Actor); err != nil {
		return err
	}
	p.Orders = v.orders(&o)
	for i := range p.Plan {
		p.Plan[i].Text = say(v.lang, "lever "+p.Plan[i].Text)
	}
	return v.showAs(status, "offboard_show", say(v.lang, "offboarding"), p)
}

// offboardChange records one step of the run sheet. Where another was recorded since
// the page was shown, that is shown first, and what was typed is kept.
func offboardChange(v *visit) (err error) {
	do, who, read := v.r.PostFormValue, v.caller.Actor, v.asShown()
	n, _ := strconv.Atoi(do("item"))
	var o casework.Offboarding
	switch do("do") {
	case "items":
		var items []record.Credential
		if items, err = casework.ParseInventory(strings.NewReader(do("items"))); err == nil {
			o, err = v.s.Desk.AddAccess(read, who, v.id(), items)
		}
	case "cut":
		o, err = v.s.Desk.SetCut(read, who, v.id(), typed(do("at")))
	case "confirm":
		o, err = v.s.Desk.ConfirmCut(read, who, v.id(), n, typedOr(do("at"), v.s.Now()), do("words"))
	case "seen":
		o, err = v.s.Desk.SawUse(read, who, v.id(), n, typedOr(do("at"), v.s.Now()), do("words"))
	case "plan", "order", "sign", "withdraw":
		return v.order(do("do"), n)
	default:
		err = record.Invalid("do", "is no step of a run sheet")
	}
	if changedMeanwhile(err) {
		typed := stepTyped{Do: do("do"), Item: n, At: do("at"), Words: do("words"), Items: do("items")}
		return v.offboard(http.StatusConflict, offboardPage{Said: say(v.lang, "sorry conflict"), Typed: typed})
	}
	if err != nil {
		return err
	}
	// The record has it too: the checks look there, where the policy opens them.
	if err := v.amend("offboarding.record", func(a *record.Application) error { o.Leaving(a); return nil }); err != nil {
		return err
	}
	return v.back("/cases/%s/offboarding", v.id())
}

// moment is a time to the second, of the world's clock: those who cut sit in
// several zones.
func moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") + " UTC" }

func typed(s string) time.Time {
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05", time.RFC3339} {
		if at, err := time.Parse(layout, s); err == nil {
			return at
		}
	}
	return time.Time{}
}

func typedOr(s string, now time.Time) time.Time {
	if strings.TrimSpace(s) == "" {
		return now
	}
	return typed(s)
}
