package web

import (
	"strings"
	"time"

	"bonafide/casework"
	"bonafide/record"
)

// What is done on the page of a case. Each ends with a redirect, so that a
// reload does nothing twice.

func (v *visit) id() string { return v.r.PathValue("id") }

func caseClaim(v *visit) error {
	if _, err := v.s.Desk.Claim(v, v.caller.Actor, v.id(), v.r.FormValue("why")); err != nil {
		return err
	}
	return v.back("/cases/%s", v.id())
}

func caseAsk(v *visit) error {
	due, err := time.Parse("2006-01-02", v.r.FormValue("due"))
	if err != nil {
		return record.Invalid("due", "is a day such as 2026-11-30")
	}
	// The whole of the day named belongs to the person.
	due = due.Add(24*time.Hour - time.Minute)
	asked, err := v.s.Desk.Ask(v, v.caller.Actor, v.id(), []casework.Asking{{
		Check: v.r.FormValue("check"), Text: v.r.FormValue("text"), Other: v.r.FormValue("other"), Due: due,
	}})
	if err != nil {
		return err
	}
	return v.onward("r-h", asked[0].ID)
}

func caseDecide(v *visit) error {
	p := casework.Proposal{
		To: record.CaseState(v.r.FormValue("to")), Reasons: v.r.FormValue("reasons"), Seen: v.r.FormValue("seen"), Appeals: v.r.FormValue("appeals"),
	}
	if _, err := v.s.Desk.Propose(v, v.caller.Actor, v.id(), p); err != nil {
		return err
	}
	return v.onward("d-h", "")
}

func caseNote(v *visit) error {
	if _, err := v.s.Desk.Note(v, v.caller.Actor, v.id(), v.r.FormValue("text")); err != nil {
		return err
	}
	return v.back("/cases/%s#w-h", v.id())
}

// caseRelease puts a case back into the queue.
func caseRelease(v *visit) error {
	if _, err := v.s.Desk.Release(v, v.caller.Actor, v.id()); err != nil {
		return err
	}
	return v.back("/cases/%s", v.id())
}

// caseTask gives somebody a thing to do; without a name it is the reader's own.
func caseTask(v *visit) error {
	whose := strings.TrimPrefix(strings.TrimSpace(v.r.FormValue("for")), "@")
	if whose == "" {
		whose = v.caller.ID
	}
	if _, err := v.s.Desk.AddTask(v, v.caller.Actor, v.id(), v.r.FormValue("text"), whose, typedDay(v.r.FormValue("due"))); err != nil {
		return err
	}
	return v.back("/cases/%s#w-h", v.id())
}

func typedDay(s string) time.Time {
	day, _ := time.Parse(time.DateOnly, s)
	return day
}

func taskFinish(v *visit) error {
	id, err := v.s.Desk.FinishTask(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	return v.back("/cases/%s#w-h", id)
}

func decisionSettle(v *visit) error {
	var err error
	switch v.r.PathValue("verb") {
	case "approve":
		_, err = v.s.Desk.Approve(v, v.caller.Actor, v.id(), v.r.FormValue("seen"))
	case "decline":
		_, err = v.s.Desk.Decline(v, v.caller.Actor, v.id())
	case "withdraw":
		_, err = v.s.Desk.Withdraw(v, v.caller.Actor, v.id())
	default:
		err = &record.Error{Code: record.CodeNotFound, Message: "no such act"}
	}
	if err != nil {
		return err
	}
	to := v.r.FormValue("case")
	if to == "" || strings.ContainsAny(to, "/\\.") {
		return v.back("/queue")
	}
	return v.back("/cases/%s#d-h", to)
}
