package web

import (
	"strconv"

	"bonafide/access"
	"bonafide/casework"
	"bonafide/record"
)

// The tour leads somebody new through the example: the queue, a case, its chain,
// what is shared, the decision. It is five links and a form, without a script.

// tourStops are where each step points, from the second on within a case.
var tourStops = []string{"main", "main", "chain-h", "l-h", "d-h"}

type tourView struct {
	Step, Steps int
	Next        int    // 0 at the end
	Text        string // key of the phrase
	Follows     bool   // stays in sight while the page is read
}

// tour is the step of this page: the one that was asked for, else the first one on
// the queue, until the person has put it away.
func (v *visit) tour() *tourView {
	if !v.s.Example || v.caller.ID == "" || !v.caller.May(access.ListCases) {
		return nil
	}
	step, err := strconv.Atoi(v.r.URL.Query().Get("tour"))
	if err != nil || step < 1 || step > len(tourStops) {
		if v.r.URL.Path != "/queue" {
			return nil
		}
		step = 1
	}
	if over, err := v.s.Desk.TourOver(v, v.caller.Actor); err != nil || over {
		return nil
	}
	t := &tourView{Step: step, Steps: len(tourStops), Next: step + 1, Text: "tour " + strconv.Itoa(step), Follows: step > 1}
	if step == len(tourStops) {
		t.Next = 0
	}
	return t
}

// tourStep goes to where a step of the tour is to be seen.
func tourStep(v *visit) error {
	step, err := strconv.Atoi(v.r.PathValue("step"))
	if err != nil || step < 1 || step > len(tourStops) {
		return &record.Error{Code: record.CodeNotFound, Message: "no such step"}
	}
	if step == 1 {
		return v.back("/queue")
	}
	id, err := v.tourCase()
	if err != nil {
		return err
	}
	if id == "" {
		return v.back("/queue")
	}
	return v.back("/cases/%s?tour=%d#%s", id, step, tourStops[step-1])
}

// tourCase is a case on which there is something to show: one that shares something
// with others, else the most urgent.
func (v *visit) tourCase() (id string, err error) {
	page, _, err := v.s.Desk.Cases(v, v.caller.Actor, casework.Filter{State: record.CaseReview, Limit: 100})
	if err == nil && len(page) == 0 {
		page, _, err = v.s.Desk.Cases(v, v.caller.Actor, casework.Filter{Limit: 100})
	}
	if err != nil || len(page) == 0 {
		return "", err
	}
	for _, c := range page {
		if c.Cluster != "" {
			return c.ID, nil
		}
	}
	return page[0].ID, nil
}

// tourPut puts the tour away for good, or takes it out again from the settings.
func tourPut(v *visit) error {
	over := v.r.PostFormValue("do") != "again"
	if err := v.s.Desk.PutTour(v, v.caller.Actor, over); err != nil {
		return err
	}
	return v.back("/queue")
}
