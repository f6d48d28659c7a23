package web

import (
	"strconv"
	"strings"
	"time"

	"bonafide/casework"
	"bonafide/record"
	"bonafide/report"
)

type settlePage struct {
	ID, Short string
	Devices   []handbackView
	Pays      []lastPayView
	Kinds     []wordView
	Seals     []wordView
	Review    string // the day proposed for the next look at a hold
}

type wordView struct{ Word, Name string }

type handbackView struct {
	N                  int
	Name, State, Class string
	Rows               []figureView
	Back               bool
}

type lastPayView struct {
	N                       int
	Name, State, Class      string
	Rows                    []figureView
	MayAsk, MayHold, Mine   bool
	MayLift, MayMade, Owned bool
}

// settleShow is what is settled when somebody leaves: the devices they have and
// the payments still to be made. There is no way to pay or to hold back from here:
// people write down what they did and said.
func settleShow(v *visit) error {
	a, err := v.s.Desk.Given(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	l, now := v.lang, v.s.Now()
	p := settlePage{ID: v.id(), Short: short(v.id()), Review: now.AddDate(0, 0, 14).Format(time.DateOnly)}
	for _, k := range casework.PayKinds {
		p.Kinds = append(p.Kinds, wordView{k, say(l, "pay "+k)})
	}
	for _, s := range casework.SealWords {
		p.Seals = append(p.Seals, wordView{s, say(l, "seal "+s)})
	}
	if a.Departure != nil {
		for i := range a.Departure.Devices {
			p.Devices = append(p.Devices, v.handback(i, &a.Departure.Devices[i], now))
		}
		for i := range a.Departure.Pays {
			p.Pays = append(p.Pays, v.lastPay(i, &a.Departure.Pays[i]))
		}
	}
	return v.show("settle_show", say(l, "settle"), p)
}

// row adds what is known under a name.
func row(rows *[]figureView, name, value string) {
	if value != "" {
		*rows = append(*rows, figureView{name, value})
	}
}

func (v *visit) handback(i int, d *record.Handback, now time.Time) handbackView {
	l := v.lang
	x := handbackView{N: i + 1, Name: strings.Trim(d.Device+" · "+d.Serial, " ·"), Back: !d.Back.IsZero()}
	switch {
	case x.Back:
		x.State, x.Class = say(l, "handed back"), "whole"
	case !d.Due.IsZero() && now.After(d.Due):
		x.State, x.Class = say(l, "handback late"), "open"
	default:
		x.State, x.Class = say(l, "handback awaited"), "open"
	}
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return report.DayOf(l, t)
	}
	both := func(out, back string) string {
		if back == "" {
			return out
		}
		return strings.TrimPrefix(out+" → "+back, " → ")
	}
	row(&x.Rows, say(l, "handback due"), day(d.Due))
	row(&x.Rows, say(l, "handed back"), day(d.Back))
	row(&x.Rows, say(l, "serial"), both(d.Serial, d.BackSerial))
	row(&x.Rows, say(l, "disk"), both(d.Disk, d.BackDisk))
	row(&x.Rows, say(l, "country"), both(d.Country, d.From))
	if d.Seal != "" {
		row(&x.Rows, say(l, "seal"), say(l, "seal "+d.Seal))
	}
	if d.Wiped {
		row(&x.Rows, say(l, "wiped"), say(l, "settle yes"))
	}
	row(&x.Rows, say(l, "written by"), short(d.By)+", "+moment(d.Noted))
	return x
}

func (v *visit) lastPay(i int, p *record.LastPay) lastPayView {
	l := v.lang
	x := lastPayView{N: i + 1, Name: say(l, "pay "+p.Kind) + " · " + p.What, State: say(l, "pay "+p.State), Class: "open", Owned: p.By == v.caller.ID}
	if p.State == record.PayMade {
		x.Class = "whole"
	}
	x.MayAsk = p.State == record.PayDue || p.State == record.PayLifted || p.State == record.PayHeld
	x.MayHold = p.State == record.PayAsked && !x.Owned
	x.Mine = p.State == record.PayAsked && x.Owned
	x.MayLift = p.State == record.PayAsked || p.State == record.PayHeld
	x.MayMade = p.State == record.PayDue || p.State == record.PayLifted
	row(&x.Rows, say(l, "pay due on"), report.DayOf(l, p.Due))
	if p.Earned {
		row(&x.Rows, say(l, "pay earned"), say(l, "settle yes"))
	}
	row(&x.Rows, say(l, "pay adviser"), p.Adviser)
	row(&x.Rows, say(l, "pay basis"), p.Basis)
	row(&x.Rows, say(l, "pay authority"), p.Authority)
	row(&x.Rows, say(l, "pay review"), report.Day(l, p.Review))
	row(&x.Rows, say(l, "pay why"), p.Why)
	by := short(p.By)
	if p.Second != "" {
		by += " + " + short(p.Second)
	}
	row(&x.Rows, say(l, "written by"), by+", "+moment(p.Noted))
	return x
}

// settleStep writes one step down.
func settleStep(v *visit) error {
	f := v.r.PostFormValue
	n, _ := strconv.Atoi(f("item"))
	day := func(name string) time.Time {
		at, _ := time.Parse(time.DateOnly, f(name))
		return at
	}
	text := func(name string) string { return strings.TrimSpace(f(name)) }
	land := func(name string) string { return strings.ToUpper(text(name)) }
	x := casework.Settling{Do: f("do"), Item: n,
		Device: record.Handback{Device: text("device"), Serial: text("serial"), Disk: text("disk"), Country: land("country"), Due: day("due"), Back: typedOr(f("at"), v.s.Now()),
			From: land("from"), BackSerial: text("serial"), BackDisk: text("disk"), Seal: f("seal"), Wiped: f("wiped") != ""},
		Payment: record.LastPay{Kind: f("kind"), What: text("what"), Earned: f("earned") != "", Due: day("due"), Adviser: text("adviser"), Basis: text("basis"), Authority: text("authority"), Review: record.Date(f("review")), Why: text("why")}}
	now := v.s.Now().UTC()
	if err := v.amend("settlement."+x.Do, func(a *record.Application) error { return casework.Settle(a, x, v.caller.ID, now) }); err != nil {
		return err
	}
	return v.back("/cases/%s/settlement", v.id())
}

// amend changes the record of a case after reading it, which keeps a sealed one
// to its circle.
func (v *visit) amend(act string, change func(*record.Application) error) error {
	if _, err := v.s.Desk.Given(v, v.caller.Actor, v.id()); err != nil {
		return err
	}
	c, err := v.s.Desk.Case(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	return v.s.Keeper.Amend(v, v.caller.Actor, c.Subject, act, change)
}
