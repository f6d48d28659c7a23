package web

import (
	"net/http"
	"strconv"

	"bonafide/casework"
)

type orderView struct {
	N                        int
	Class, Via, Account      string
	Organisation, State, Way string
	By, Second, Tries, Next  string
	Said                     string
	Steps                    []orderStepView
	Waits, Own               bool // for a second person; ordered by the reader
}

type orderStepView struct{ Text, Intended, Answered, Checked, Sum string }

// orders are what connectors are to end, and how far that is.
func (v *visit) orders(o *casework.Offboarding) (all []orderView) {
	for i := range o.Orders {
		x := &o.Orders[i]
		y := orderView{N: x.N, Via: x.Via, Account: x.Account, Organisation: x.Organisation, State: say(v.lang, "order "+x.State), Class: "open", Said: x.Said,
			By: say(v.lang, "order by", short(x.By), moment(x.Ordered)), Waits: x.State == casework.OrderProposed, Own: x.By == v.caller.ID}
		if x.Item <= len(o.Access) {
			a := &o.Access[x.Item-1]
			y.Way = a.System
			if a.Name != "" {
				y.Way += " · " + a.Name
			}
		}
		switch x.State {
		case casework.OrderEnded:
			y.Class, y.Said = "whole", ""
		case casework.OrderWithdrawn:
			y.Class = "shut"
		}
		if x.Second != "" {
			y.Second = say(v.lang, "order signed by", short(x.Second), moment(x.Signed))
		}
		if x.Tries > 0 {
			y.Tries = say(v.lang, "order tries", x.Tries)
		}
		if !x.Next.IsZero() {
			y.Next = say(v.lang, "order next", moment(x.Next))
		}
		for _, s := range x.Steps {
			step := orderStepView{Text: say(v.lang, "lever "+s.Text), Intended: say(v.lang, "order intended", moment(s.Intended))}
			if p := s.Proof; p != nil {
				step.Answered, step.Sum = say(v.lang, "order answered", moment(p.At), p.Status), p.SHA256[:min(12, len(p.SHA256))]
				if p.Checked {
					step.Checked = say(v.lang, "order checked")
				}
			}
			y.Steps = append(y.Steps, step)
		}
		all = append(all, y)
	}
	return all
}

// order shows what would be sent, or gives, signs or withdraws an order. Whoever
// signs must have signed in just now.
func (v *visit) order(do string, item int) (err error) {
	form, who := v.r.PostFormValue, v.caller.Actor
	asked := casework.Asked{Item: item, Via: form("via"), Account: form("account"), Organisation: form("organisation")}
	n, _ := strconv.Atoi(form("order"))
	switch do {
	case "plan":
		plan, err := v.s.Desk.PlanOrder(v, who, v.id(), asked)
		if err != nil {
			return err
		}
		return v.offboard(http.StatusOK, offboardPage{Asked: asked, Plan: plan})
	case "order":
		_, err = v.s.Desk.OrderEnd(v, who, v.id(), asked)
	case "sign":
		if !v.caller.Fresh {
			return v.again()
		}
		_, err = v.s.Desk.SignOrder(v, who, v.id(), n)
	case "withdraw":
		_, err = v.s.Desk.WithdrawOrder(v, who, v.id(), n)
	}
	if err != nil {
		return err
	}
	return v.back("/cases/%s/offboarding#o-h", v.id())
}
