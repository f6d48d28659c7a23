package web

import (
	"net/url"
	"strings"
	"time"

	"bonafide/casework"
	"bonafide/record"
	"bonafide/report"
)

type queuePage struct {
	Title  string
	Views  []viewLink
	Groups []rowGroup
	Next   string
	Rows   int
	Bulk   *bulkView
	Tiers  []string
	Tier   string
	View   string
	Done   string
	Shaky  []string   // connectors in trouble, a line each
	Own    []viewLink // filters the reader made
	Here   string     // the address of this queue, for a filter and for the way back
}

type viewLink struct {
	Name, Href string
	Count      string
	Current    bool
}

type rowGroup struct {
	Name string
	Rows []rowView
}

type rowView struct {
	ID, Name, Sub string
	Strength      string
	Stands, Said  string
	Chain         []miniRing
	ChainSaid     string
	When, WhenSub string
	Late          bool
	Hands, Note   string
	Mine          bool
}

type miniRing struct {
	State string
	X     string
}

type bulkView struct {
	Picked int
	Goes   []string
	Left   []leftView
}

type leftView struct{ Case, Why string }

func queueShow(v *visit) error {
	q := v.r.URL.Query()
	i, f := filterOf(q)
	f.After = q.Get("after")
	rows, next, err := v.s.Desk.Queue(v, v.caller.Actor, f)
	if err != nil {
		return err
	}
	p := queuePage{Title: say(v.lang, "view "+casework.Views[i].Name), Rows: len(rows), Tiers: []string{"T0", "T1", "T2", "T3"}, Tier: f.Tier, View: casework.Views[i].Name, Done: q.Get("done")}
	for j, w := range casework.Views {
		n, err := v.s.Desk.Count(v, v.caller.Actor, w.Filter)
		if err != nil {
			return err
		}
		p.Views = append(p.Views, viewLink{say(v.lang, "view "+w.Name), "/queue?view=" + w.Name, v.counted(n), i == j})
	}
	own, err := v.s.Desk.Filters(v, v.caller.Actor)
	if err != nil {
		return err
	}
	if p.Shaky, err = v.troubled(); err != nil {
		return err
	}
	q.Del("after")
	q.Del("done")
	here := q.Encode()
	for _, x := range own {
		p.Own = append(p.Own, viewLink{Name: x.Name, Href: "/queue?" + x.Query, Current: x.Query == here})
	}
	p.Here = here
	p.Groups = v.groups(rows)
	if next != "" {
		q.Set("after", next)
		p.Next = "/queue?" + q.Encode()
	}
	return v.show("queue_show", p.Title, p)
}

// groups puts rows under when they are due, in words; within a group the order
// of the queue stays: deadline, then state, then age.
func (v *visit) groups(rows []casework.Row) []rowGroup {
	names := []string{"late", "today", "this week", "later", "no deadline"}
	groups := make([]rowGroup, len(names))
	now := v.s.Now()
	for i := range rows {
		g := dueGroup(rows[i].Due, now)
		groups[g].Rows = append(groups[g].Rows, v.row(&rows[i], now))
	}
	var out []rowGroup
	for i, g := range groups {
		if len(g.Rows) > 0 {
			g.Name = say(v.lang, "due "+names[i])
			out = append(out, g)
		}
	}
	return out
}

func dueGroup(due, now time.Time) int {
	end := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, now.Location())
	switch {
	case due.IsZero():
		return 4
	case due.Before(now):
		return 0
	case due.Before(end):
		return 1
	case due.Before(end.AddDate(0, 0, 6)):
		return 2
	}
	return 3
}

func (v *visit) row(r *casework.Row, now time.Time) rowView {
	l := v.lang
	x := rowView{ID: r.ID, Name: r.Person, Note: "", Mine: r.Assignee == v.caller.ID}
	if x.Name == "" {
		x.Name = r.Record
	}
	if x.Name == "" {
		x.Name = short(r.ID)
	}
	role := r.Role
	if r.Result != nil && r.Result.Role != "" {
		role = r.Result.Role
	}
	var sub []string
	for _, s := range []string{short(r.ID), role, r.Tier} {
		if s != "" {
			sub = append(sub, s)
		}
	}
	x.Sub = strings.Join(sub, " · ")
	x.Strength, x.Said, x.Stands = v.stands(r)
	if r.Result != nil {
		x.Chain, x.ChainSaid = v.mini(r.Result)
	}
	x.When = say(l, "no deadline")
	if !r.Due.IsZero() {
		x.When, x.Late = v.when(r.Due), r.Due.Before(now)
	}
	switch {
	case r.Waiting.ID != "":
		x.WhenSub = say(l, "second person")
	case r.Asked > 0:
		x.WhenSub = say(l, "asked", r.Asked)
	}
	switch {
	case r.Assignee == "":
		x.Hands = say(l, "nobody")
	case x.Mine:
		x.Hands = say(l, "you")
	default:
		x.Hands = short(r.Assignee)
	}
	return x
}

// stands is what stands out in a case: an answer that came, else its strongest finding.
func (v *visit) stands(r *casework.Row) (class, said, text string) {
	l := v.lang
	if r.Came > 0 {
		return "note", say(l, "answer came"), say(l, "answer came text")
	}
	if r.Result == nil {
		return "nodata", say(l, "not screened"), say(l, "not screened text")
	}
	all := report.Ordered(r.Result)
	if len(all) == 0 || all[0].Outcome != record.Hit || all[0].ClearedBy != "" {
		return "clear", say(l, "nothing open"), say(l, "nothing open text")
	}
	first := all[0]
	return first.Strength.String(), upper(report.SaidStrength(first.Strength).In(l)) + " · " + string(first.Family), first.Text.In(l)
}

func (v *visit) mini(r *record.Result) (rings []miniRing, said string) {
	var words []string
	for i, p := range report.WholeChain(r) {
		rings = append(rings, miniRing{string(p.State), []string{"0", "18.5", "37", "55.5", "74", "92.5"}[min(i, 5)]})
		words = append(words, report.SaidLink(p.Link).In(v.lang)+": "+report.SaidState(p.State).In(v.lang))
	}
	return rings, strings.Join(words, ", ")
}

// when is a moment as people say it, in the reader's day.
func (v *visit) when(t time.Time) string {
	now := v.s.Now().In(t.Location())
	clock := t.Format("15:04")
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch {
	case !t.Before(day) && t.Before(day.AddDate(0, 0, 1)):
		return say(v.lang, "today at", clock)
	case !t.Before(day.AddDate(0, 0, 1)) && t.Before(day.AddDate(0, 0, 2)):
		return say(v.lang, "tomorrow at", clock)
	case !t.Before(day.AddDate(0, 0, -1)) && t.Before(day):
		return say(v.lang, "since yesterday")
	}
	return report.DayOf(v.lang, t)
}

// short is the part of an id that people say to each other.
func short(id string) string { return strings.ToUpper(id[:min(5, len(id))]) }

func upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// queueAsk asks the same of several people: first a preview, then, confirmed,
// the act. What needs a second person is left out and said so.
func queueAsk(v *visit) error {
	picked := v.r.Form["case"]
	text, other := strings.TrimSpace(v.r.FormValue("text")), strings.TrimSpace(v.r.FormValue("other"))
	if v.r.FormValue("confirm") == "" {
		preview, err := v.s.Desk.PreviewMove(v, v.caller.Actor, picked, record.CaseVerifyMore)
		if err != nil {
			return err
		}
		return v.show("queue_ask", say(v.lang, "ask several"), v.bulk(picked, preview))
	}
	done, err := v.s.Desk.AskAll(v, v.caller.Actor, picked, casework.Asking{Check: "own", Text: text, Other: other})
	if err != nil {
		return err
	}
	return v.back("/queue?%s", url.Values{"view": {"verify"}, "done": {report.Figures(v.lang, len(done.Goes))}}.Encode())
}

func (v *visit) bulk(picked []string, p casework.BulkPreview) bulkView {
	b := bulkView{Picked: len(picked), Goes: p.Goes}
	for _, x := range p.Left {
		// A case that waits already can be asked again; it is not left out.
		if x.Why == "closed" {
			b.Goes = append(b.Goes, x.Case)
			continue
		}
		b.Left = append(b.Left, leftView{short(x.Case), say(v.lang, "left "+x.Why)})
	}
	return b
}
