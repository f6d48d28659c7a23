package web

import (
	"slices"
	"strings"
	"time"

	"bonafide/casework"
	"bonafide/record"
	"bonafide/report"
)

type portalPage struct {
	Role      string
	Left      int
	Walk      []walkView
	Steps     []taskItem
	Requests  []askedView
	Closed    bool
	Withdrawn bool
	Paused    bool
	Told      string
	Minutes   int
}

type walkView struct {
	Name, Since string
	Done, Now   bool
}

type taskItem struct {
	ID                         string
	Number, Of, Minutes        int
	Head, What, Why, Kept, Act string
	OtherHead, Other           string
	Done, Free, First          bool
}

type askedView struct{ ID, Text, Other, Due string }

var walkWords = []string{casework.StatusReceived, casework.StatusReview, casework.StatusMore, casework.StatusFinished}

// portalShow is a person's own page. Nothing in it depends on a finding.
func portalShow(g *guest) error {
	x, err := g.s.Desk.Portal(g, g.who)
	if err != nil {
		return err
	}
	p := portalPage{Role: x.Role, Left: x.Left + len(x.Requests), Closed: x.Closed, Withdrawn: x.Withdrawn, Paused: x.Paused, Told: x.Told}
	at := slices.Index(walkWords, x.Status)
	for i, w := range walkWords {
		v := walkView{Name: say(g.lang, "p status "+strings.ReplaceAll(w, " ", "-")), Done: i < at, Now: i == at}
		if v.Now && !x.Since.IsZero() {
			v.Since = report.DayOf(g.lang, x.Since)
		}
		p.Walk = append(p.Walk, v)
	}
	first := true
	for i, s := range x.Steps {
		v := g.task(s.ID)
		v.Number, v.Of, v.Minutes, v.Done, v.Free = i+1, len(x.Steps), s.Minutes, !s.Done.IsZero(), s.Free
		if !v.Done && !v.Free && first {
			v.First, first = true, false
		}
		if !v.Done {
			p.Minutes += s.Minutes
		}
		p.Steps = append(p.Steps, v)
	}
	for _, r := range x.Requests {
		text, other, _ := strings.Cut(r.Ask, "\n\n")
		p.Requests = append(p.Requests, askedView{r.ID, text, other, report.DayOf(g.lang, r.Due)})
	}
	return g.show("portal_show", say(g.lang, "p title"), p)
}

func (g *guest) task(id string) taskItem {
	w := func(part string) string { return say(g.lang, "p "+id+" "+part) }
	return taskItem{ID: id, Head: w("h"), What: w("what"), Why: w("why"), Kept: w("kept"), Act: w("act"), OtherHead: w("other h"), Other: w("other")}
}

func requestAnswer(g *guest) error {
	text, refused := g.field("text"), g.r.PostFormValue("refused") != ""
	if text == "" && !refused {
		return record.Invalid("text", "is empty")
	}
	if err := g.s.Desk.Answer(g, g.who, g.r.PathValue("id"), text, refused); err != nil {
		return err
	}
	return g.back("/portal")
}

// portalSay is what a person does besides the steps: ask for a person, for time,
// for another way; contest, pause, withdraw, come back, leave.
func portalSay(g *guest) error {
	var err error
	switch what := g.r.PostFormValue("what"); what {
	case casework.WordHelp, casework.WordContest, casework.WordTime, casework.WordOtherWay, casework.WordCorrect:
		if err = g.s.Desk.Word(g, g.who, what, g.field("step"), g.field("text")); err == nil {
			return g.sorryLess("p said")
		}
	case "pause", "resume":
		err = g.s.Desk.Pause(g, g.who, what == "pause")
	case "withdraw":
		if g.r.PostFormValue("sure") == "" {
			return g.back("/portal/data#withdraw")
		}
		err = g.s.Desk.WithdrawApplication(g, g.who)
	case "return":
		err = g.s.Desk.ReturnApplication(g, g.who)
	case "leave":
		if err = g.s.Desk.LeavePortal(g, g.who, g.cookie); err == nil {
			g.setCookie(g.s.portalCookie(), "", -time.Second)
			return g.back("/portal/again")
		}
	default:
		err = record.Invalid("what", "is none of these")
	}
	if err != nil {
		return err
	}
	return g.back("/portal")
}

// sorryLess says one sentence and the way back.
func (g *guest) sorryLess(key string) error {
	return g.showAs(200, "portal_sorry", say(g.lang, key), say(g.lang, key))
}
