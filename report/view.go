package report

import (
	"fmt"
	"iter"
	"strings"

	"bonafide/record"
)

// What the templates are given: words and classes, nothing to decide.

type pageView struct {
	Title, Headline, Opening, Fine string
	Facts, Problems                []string
	Tally                          []tallyView
	Questions                      []questionView
	QuestionsMore                  string
	Legend                         []legendView
	Only, Families                 []choice
	Cases                          iter.Seq[caseView] // made as they are written
	CasesMore                      string
	RoutineName                    string
	HasRoutine                     bool
	Routine                        iter.Seq[routineView]
	RoutineMore                    string
	Lists                          []listView
	Missing, Version               string
}

type tallyView struct{ N, Name, Means string }

type legendView struct{ Class, Name, Means string }

type routineView struct{ Record, Name, Role, Ran, NoData string }

type listView struct {
	Name, Day string
	Stale     bool
}

type questionView struct {
	Number  int
	Title   string
	Members []memberView
	Notes   []string
	Rows    []rowView
	Many    bool
}

type memberView struct{ Letter, Name, Record, Anchor string }

type rowView struct {
	Label, Note, Strength string
	Plain, Uncounted      bool
	Cells                 []cellView
}

type cellView struct {
	Class string
	On    bool
}

func (p *page) view(run Run) *pageView {
	l, k := p.o.Lang, p.kept
	cases := k.cases.sorted()
	qs := k.questions()
	number := numbers(qs)
	anchors := make(map[string]string, len(cases))
	for i, r := range cases {
		anchors[r.Record] = fmt.Sprintf("case-%d", i+1)
	}
	v := &pageView{
		Headline: headline(l, k), Opening: opening(l, k), Facts: headFacts(l, run, k.total),
		Fine: strings.Join(finePrint(l, run), " "), RoutineName: assessmentSaid[record.Routine].In(l), HasRoutine: k.by[record.Routine] > 0,
	}
	v.Title = say(l, "applications", figures(l, k.total))
	if d := day(l, run.Day); d != "" {
		v.Title = say(l, "title", figures(l, k.total), d)
	}
	for _, s := range run.Problems {
		v.Problems = append(v.Problems, plain(s))
	}
	for _, a := range record.Assessments {
		v.Tally = append(v.Tally, tallyView{figures(l, k.by[a]), assessmentSaid[a].In(l), assessmentMeans[a].In(l)})
	}
	for s := record.Conclusive; s >= record.Weak; s-- {
		v.Legend = append(v.Legend, legendView{s.String(), strengthSaid[s].In(l), strengthMeans[s].In(l)})
	}
	for i := range qs[:min(len(qs), drawnQuestions)] {
		v.Questions = append(v.Questions, questionOf(l, &qs[i], anchors))
	}
	if n := len(k.clusters) - len(v.Questions); n > 0 {
		v.QuestionsMore = say(l, "questions more", figures(l, n))
	}
	if len(cases) > 0 {
		v.Only, v.Families = p.choices(cases, number)
	}
	v.Cases = func(yield func(caseView) bool) {
		for _, r := range cases {
			if !yield(caseOf(l, r, number[r.Cluster], anchors)) {
				return
			}
		}
	}
	if k.cases.cut > 0 {
		v.CasesMore = say(l, "cases more", figures(l, k.cases.cut))
	}
	rows := k.routine.sorted()
	v.Routine = func(yield func(routineView) bool) {
		for i := range rows {
			if !yield(routineOf(l, &rows[i])) {
				return
			}
		}
	}
	if k.routine.cut > 0 {
		v.RoutineMore = say(l, "routine more", figures(l, k.routine.cut))
	}
	for _, u := range run.Lists {
		v.Lists = append(v.Lists, listView{plain(u.List), day(l, u.AsOf), u.Stale})
	}
	if len(run.MissingLists) > 0 {
		v.Missing = say(l, "missing", plain(strings.Join(run.MissingLists, ", ")))
	} else if len(run.Lists) == 0 {
		v.Missing = say(l, "lists none")
	}
	if run.Version != "" {
		v.Version = say(l, "version", plain(run.Version))
	}
	return v
}

// opening is the paragraph under the headline.
func opening(l record.Lang, k *kept) string {
	if k.total == 0 {
		return say(l, "empty advice")
	}
	var parts []string
	number := func(n int, one, many string) {
		switch {
		case n == 1:
			parts = append(parts, capital(phrase(l, one, spell(l, n, feminine))))
		case n > 1:
			parts = append(parts, capital(phrase(l, many, spell(l, n, feminine))))
		}
	}
	if k.needPerson() == 0 && k.total > 1 {
		parts = append(parts, say(l, "all clear"))
	}
	if k.total > 1 {
		number(k.by[record.Review], "open review one", "open review many")
		number(k.by[record.VerifyMore], "open more one", "open more many")
	}
	if n := len(k.clusters); n > 0 {
		joined := 0
		for _, size := range k.clusters {
			joined += size
		}
		key := "open question many"
		if n == 1 {
			key = "open question one"
		}
		parts = append(parts, capital(phrase(l, key, spell(l, n, feminine), spell(l, joined, masculine))))
	}
	return strings.Join(append(parts, say(l, "open nobody")), " ")
}

func routineOf(l record.Lang, r *routineRow) routineView {
	ran := say(l, "check many", figures(l, r.ran))
	if r.ran == 1 {
		ran = say(l, "check one")
	}
	if r.ran == 0 && r.noData == 0 && r.notInForce > 0 {
		ran = say(l, "none in force")
	}
	switch {
	case r.weak == 1:
		ran += "; " + say(l, "shown one")
	case r.weak > 1:
		ran += "; " + say(l, "shown many", figures(l, r.weak))
	}
	if t, ok := excuseSaid[r.excused]; ok {
		ran += "; " + t.In(l)
	}
	role := strings.TrimPrefix(plain(r.role)+", "+plain(r.tier), ", ")
	return routineView{plain(r.record), plain(r.name), strings.TrimSuffix(role, ", "), ran, figures(l, r.noData)}
}

func questionOf(l record.Lang, q *question, anchors map[string]string) questionView {
	v := questionView{Number: q.number, Title: say(l, "question", q.number) + ": " + q.title(l), Many: len(q.members) > 6}
	for i := range q.members {
		m := &q.members[i]
		name := plain(m.name)
		if name == "" {
			name = plain(m.record)
		}
		v.Members = append(v.Members, memberView{letter(i), name, plain(m.record), anchors[m.record]})
	}
	if n := q.size - len(q.members); n > 0 {
		v.Notes = append(v.Notes, say(l, "not drawn", figures(l, n)))
	}
	if q.more > 0 {
		v.Notes = append(v.Notes, say(l, "rows more", figures(l, q.more)))
	}
	if len(q.rows) == 0 {
		v.Notes = append(v.Notes, say(l, "no picture"))
	}
	if innocent := q.innocent(l); len(innocent) > 0 {
		v.Notes = append(v.Notes, say(l, "innocent")+": "+strings.Join(innocent, "; ")+".")
	}
	v.Notes = append(v.Notes, say(l, "ask apart"))
	for i := range q.rows {
		r := &q.rows[i]
		strength := max(r.strength, record.Weak)
		row := rowView{Label: r.label(l), Note: r.note(l), Strength: strength.String(), Plain: strength <= record.Supporting, Uncounted: r.strength <= record.Weak}
		first, last := r.span()
		for m, on := range r.on {
			var class []string
			if on {
				class = append(class, "on")
			} else {
				class = append(class, "no")
			}
			if m > first && m <= last {
				class = append(class, "run")
			}
			if m > first && m < last {
				class = append(class, "mid")
			}
			if row.Plain {
				class = append(class, "plain")
			}
			row.Cells = append(row.Cells, cellView{strings.Join(class, " "), on})
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

type caseView struct {
	Anchor, Classes, Title, Assessment, Record, Because, Looked string
	Facts                                                       []string
	Question                                                    int
	Chain                                                       []ringView
	Findings, Weak                                              []findingView
	WeakSaid                                                    string
	For                                                         []string
	LookedAt                                                    []lookedView
	Weighed                                                     []weighedView
}

type lookedView struct {
	Head   string
	Checks []string
}

type ringView struct{ State, Name, Said, How, Join string }

type findingView struct {
	Class, Shape, Strength, Family, Text, Check, Cleared, Lowered, Innocent, Clears, Ask string
	Plain                                                                                bool
	Proofs                                                                               []proofView
}

type proofView struct {
	Name, Field, Before, After, List, Day string
	With                                  []withView
}

type withView struct{ Name, Record, Anchor string }

func caseOf(l record.Lang, r *record.Result, question int, anchors map[string]string) caseView {
	v := caseView{Anchor: anchors[r.Record], Title: title(r), Assessment: assessmentSaid[r.Assessment].In(l), Record: plain(r.Record),
		Because: because(l, r), Facts: facts(l, r), Question: question,
		Looked: say(l, "looked counts", figures(l, len(r.Clear)), figures(l, len(r.NoData)), figures(l, len(r.NotApplicable)))}
	if question > drawnQuestions {
		v.Question = 0
	}
	classes := []string{string(r.Assessment)}
	if r.Cluster != "" {
		classes = append(classes, "asked", fmt.Sprintf("q-%d", question))
	}
	for _, f := range familiesOf(r) {
		classes = append(classes, "f-"+string(f))
	}
	v.Classes = strings.Join(classes, " ")
	chain := chainOf(r)
	for i, part := range chain {
		ring := ringView{State: string(part.State), Name: chainSaid[part.Link].In(l), Said: stateSaid[part.State].In(l), How: howSaid(l, part)}
		if i+1 < len(chain) {
			ring.Join = [...]string{parted: "parted", loose: "loose", tied: "tied"}[joinOf(part, chain[i+1])]
		}
		v.Chain = append(v.Chain, ring)
	}
	for _, f := range ordered(r) {
		if weight(f) >= int(record.Supporting) || f.ClearedBy != "" && f.Strength >= record.Supporting {
			v.Findings = append(v.Findings, findingOf(l, f, anchors))
		} else {
			v.Weak = append(v.Weak, findingOf(l, f, anchors))
		}
	}
	v.WeakSaid = say(l, "weak fold many", spell(l, len(v.Weak), findingGender(l)))
	if len(v.Weak) == 1 {
		v.WeakSaid = say(l, "weak fold one")
	}
	v.WeakSaid = capital(v.WeakSaid)
	for i := range r.Assurances {
		v.For = append(v.For, assuranceSaid(l, &r.Assurances[i]))
	}
	for i := range r.Waterfalls {
		v.Weighed = append(v.Weighed, weighedOf(l, &r.Waterfalls[i]))
	}
	for _, part := range lookedAt(l, r) {
		v.LookedAt = append(v.LookedAt, lookedView{part.head, part.checks})
	}
	return v
}

func findingOf(l record.Lang, f *record.Finding, anchors map[string]string) findingView {
	v := findingView{Class: f.Strength.String(), Shape: f.Strength.String(), Strength: capital(strengthSaid[f.Strength].In(l)), Family: plain(string(f.Family)),
		Text: plain(f.Text.In(l)), Check: plain(f.Check), Lowered: plain(f.Lowered.In(l)), Innocent: joined(l, f.Innocent), Clears: joined(l, f.Clears), Ask: plain(f.Ask.In(l))}
	switch {
	case f.Outcome != record.Hit:
		v.Class, v.Shape, v.Strength, v.Plain = "weak", "nodata", capital(say(l, "failed")), true
	case f.ClearedBy != "":
		v.Class, v.Plain, v.Cleared = "weak", true, say(l, "cleared", plain(f.ClearedBy))
	}
	// "compared with %s": the records are links, so the phrase is cut around them.
	before, after, _ := strings.Cut(say(l, "compared", "\x00"), "\x00")
	for _, e := range proofs(l, f) {
		row := proofView{Name: e.name, Field: e.field, Before: before, After: after}
		if e.list != "" {
			row.List = say(l, "in list", e.list)
		}
		if e.day != "" {
			row.Day = say(l, "on day", e.day)
		}
		for _, w := range e.with {
			row.With = append(row.With, withView{fieldName(l, w), w, anchors[w]})
		}
		v.Proofs = append(v.Proofs, row)
	}
	return v
}
