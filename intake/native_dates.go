package intake

import (
	"encoding/json"
	"fmt"
	"time"

	"bonafide/record"
)

// validDates checks every date and time of an application. Empty means not
// given. Year 9999 is how many systems write "no end": it stays where a
// document expires, and becomes "to this day" where a position or a course
// ends (the date as written is kept in extra).
func validDates(a *record.Application) error {
	v := &dateCheck{a: a}
	if wrong(a.Person.BirthDate) {
		v.bad("person.birth_date")
	}
	for i := range a.Resume.Work {
		v.work(&a.Resume.Work[i], "resume.work[%d]", i)
	}
	for i := range a.Resume.Education {
		e := &a.Resume.Education[i]
		if wrong(e.Start) {
			v.bad("resume.education[%d].start", i)
		}
		v.end(&e.End, "resume.education[%d].end", i)
	}
	for i := range a.Documents {
		d := &a.Documents[i]
		if wrong(d.BirthDate) {
			v.bad("documents[%d].birth_date", i)
		}
		if wrong(d.Issued) {
			v.bad("documents[%d].issued", i)
		}
		if wrong(d.Expires) && !endless(d.Expires) {
			v.bad("documents[%d].expires", i)
		}
	}
	for i := range a.References {
		if wrongTime(a.References[i].RepliedAt) {
			v.badTime("references[%d].replied_at", i)
		}
		if wrong(a.References[i].DomainFacts.AsOf) {
			v.bad("references[%d].domain_facts.as_of", i)
		}
	}
	for i := range a.Sessions {
		if wrongTime(a.Sessions[i].At) {
			v.badTime("sessions[%d].at", i)
		}
	}
	for i := range a.Payouts {
		if wrong(a.Payouts[i].Since) {
			v.bad("payouts[%d].since", i)
		}
	}
	for i := range a.Interviews {
		if wrongTime(a.Interviews[i].At) {
			v.badTime("interviews[%d].at", i)
		}
	}
	for i := range a.Stage {
		if wrong(a.Stage[i].At) {
			v.bad("stage[%d].at", i)
		}
	}
	for i := range a.Messages {
		if wrongTime(a.Messages[i].At) {
			v.badTime("messages[%d].at", i)
		}
	}
	for i := range a.History {
		if wrongTime(a.History[i].At) {
			v.badTime("history[%d].at", i)
		}
	}
	for i := range a.Profiles {
		p := &a.Profiles[i]
		if wrong(p.AsOf) {
			v.bad("profiles[%d].as_of", i)
		}
		for j := range p.Work {
			v.work(&p.Work[j], "profiles[%d].work[%d]", i, j)
		}
	}
	for i := range a.Requests {
		if wrongTime(a.Requests[i].At) {
			v.badTime("requests[%d].at", i)
		}
	}
	for i := range a.MailFacts {
		if wrong(a.MailFacts[i].AsOf) {
			v.bad("mail_facts[%d].as_of", i)
		}
	}
	for i := range a.Tools {
		if wrongTime(a.Tools[i].At) {
			v.badTime("tools[%d].at", i)
		}
	}
	after(a, v.datesUnder)
	return v.err
}

// dateCheck collects the first wrong date. Paths are formatted only when
// something is wrong: the check runs for every line.
type dateCheck struct {
	a   *record.Application
	err error
}

func (v *dateCheck) bad(path string, at ...any) {
	v.say("not a date of the form YYYY, YYYY-MM or YYYY-MM-DD", path, at)
}

func (v *dateCheck) badTime(path string, at ...any) { v.say("a time outside 1970–2199", path, at) }

func (v *dateCheck) say(what, path string, at []any) {
	if v.err == nil {
		v.err = record.Invalid(fmt.Sprintf(path, at...), what)
	}
}

func (v *dateCheck) work(w *record.Work, path string, at ...any) {
	if wrong(w.Start) {
		v.bad(path+".start", at...)
	}
	v.end(&w.End, path+".end", at...)
}

func (v *dateCheck) end(d *record.Date, path string, at ...any) {
	switch {
	case !wrong(*d):
	case endless(*d):
		written, _ := json.Marshal(*d)
		keepOne(v.a, fmt.Sprintf(path, at...), written)
		*d = ""
	default:
		v.bad(path, at...)
	}
}

// wrong reports whether d is given and is no day between the years 1 and 9998.
func wrong(d record.Date) bool { return d != "" && (!d.Valid() || d[:4] == "9999") }

// endless reports whether d stands for "no end".
func endless(d record.Date) bool { return d.Valid() && d[:4] == "9999" }

func wrongTime(t time.Time) bool {
	return !t.IsZero() && (t.Before(firstTime) || !t.Before(lastTime))
}
