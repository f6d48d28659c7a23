package report

import (
	"bufio"
	"io"
	"slices"
	"strings"

	"bonafide/record"
)

// text is the face for a terminal: counts, operator questions, then the cases
// that need a person, by assessment and age.
type text struct {
	out  *bufio.Writer
	o    Options
	kept *kept
	*pen
}

func newText(w io.Writer, o Options) *text {
	t := &text{out: bufio.NewWriter(w), o: o, kept: newKept(o.TextCaseMax, 0)}
	t.pen = newPen(t.out, o)
	return t
}

func (t *text) Result(r *record.Result) error { t.kept.add(r); return nil }

// textQuestions is how many operator questions a terminal gets.
const textQuestions = 40

func (t *text) Close(run Run) error {
	k, l := t.kept, t.o.Lang
	t.line(quiet, strings.Join(headFacts(l, run, k.total), " · "))
	t.gap()
	t.line(strong, headline(l, k))
	if k.total == 0 {
		t.line(normal, say(l, "empty advice"))
	} else {
		if k.needPerson() == 0 {
			t.line(normal, say(l, "all clear"))
		}
		t.gap()
		t.tally(k)
	}
	if fine := finePrint(l, run); len(fine) > 0 {
		t.gap()
		t.line(quiet, strings.Join(fine, " "))
	}
	questions := k.questions()
	t.questions(questions)
	t.cases(k, numbers(questions))
	t.end(run)
	return t.out.Flush()
}

// numbers maps a cluster to the number of its question.
func numbers(qs []question) map[string]int {
	n := make(map[string]int, len(qs))
	for i := range qs {
		n[qs[i].cluster] = qs[i].number
	}
	return n
}

func (t *text) tally(k *kept) {
	l := t.o.Lang
	wide, digits := 0, 0
	for _, a := range record.Assessments {
		wide = max(wide, columnsOf(assessmentSaid[a].In(l)))
		digits = max(digits, len(figures(l, k.by[a])))
	}
	for _, a := range record.Assessments {
		n := figures(l, k.by[a])
		head := "  " + pad(assessmentSaid[a].In(l), wide) + "  " + strings.Repeat(" ", digits-columnsOf(n)) + n + "  "
		t.hang(head, assessmentMeans[a].In(l), strong, quiet)
	}
}

func (t *text) questions(qs []question) {
	if len(qs) == 0 {
		return
	}
	l := t.o.Lang
	t.section(say(l, "questions"))
	t.line(quiet, say(l, "questions sub"))
	for i := range qs[:min(len(qs), textQuestions)] {
		q := &qs[i]
		t.gap()
		t.line(strong, say(l, "question", q.number)+": "+q.title(l))
		widest := 0
		for j := range q.members {
			widest = max(widest, columnsOf(clip(plain(q.members[j].name), 28)))
		}
		for j := range q.members {
			m := &q.members[j]
			t.put("  " + letter(j) + "  " + pad(clip(plain(m.name), 28), widest) + "  " + t.paint(quiet, clip(plain(m.record), max(12, t.width-widest-7))))
		}
		if n := q.size - len(q.members); n > 0 {
			t.line(quiet, "  "+say(l, "not drawn", figures(l, n)))
		}
		t.picture(q)
		if q.more > 0 {
			t.line(quiet, "  "+say(l, "rows more", figures(l, q.more)))
		}
		if innocent := q.innocent(l); len(innocent) > 0 {
			t.hang("  "+say(l, "innocent")+": ", strings.Join(innocent, "; "), quiet, quiet)
		}
	}
	if n := len(qs) - textQuestions; n > 0 {
		t.gap()
		t.line(quiet, say(l, "questions more", figures(l, n)))
	}
}

// picture draws who shares what: a letter a holder, a line that joins them.
// More columns than a terminal has room for are left to the page.
func (t *text) picture(q *question) {
	l := t.o.Lang
	if len(q.rows) == 0 {
		t.line(quiet, "  "+say(l, "no picture"))
		return
	}
	if len(q.members) > 12 {
		for i := range q.rows {
			r := &q.rows[i]
			t.hang("  "+mark(max(r.strength, record.Weak))+" ", r.label(l)+": "+r.note(l), tone(r.strength), normal)
		}
		return
	}
	for i := range q.rows {
		r := &q.rows[i]
		first, last := r.span()
		var b strings.Builder
		for m, on := range r.on {
			if m > 0 {
				if m > first && m <= last {
					b.WriteString("──")
				} else {
					b.WriteString("  ")
				}
			}
			switch {
			case on:
				b.WriteString(letter(m))
			case m > first && m < last:
				b.WriteString("─")
			default:
				b.WriteString("·")
			}
		}
		head := "  " + mark(max(r.strength, record.Weak)) + " " + b.String() + "  "
		t.hang(head, r.label(l)+": "+r.note(l), tone(r.strength), normal)
	}
}

func (t *text) cases(k *kept, question map[string]int) {
	l := t.o.Lang
	all := k.cases.sorted()
	for _, a := range record.Assessments[:2] {
		var these []*record.Result
		for _, r := range all {
			if r.Assessment == a {
				these = append(these, r)
			}
		}
		if k.by[a] == 0 {
			continue
		}
		head := assessmentSaid[a].In(l) + " · " + say(l, "oldest first", figures(l, k.by[a]))
		if len(these) < k.by[a] {
			head = assessmentSaid[a].In(l) + " · " + say(l, "cases shown", figures(l, k.by[a]), figures(l, len(these)))
		}
		t.section(head)
		for i, r := range these {
			if i > 0 {
				t.gap()
			}
			t.brief(r, question[r.Cluster])
		}
	}
	if k.cases.cut > 0 {
		t.gap()
		t.line(quiet, say(l, "cases more", figures(l, k.cases.cut)))
	}
}

// brief is a case in a few lines: who, why, what counts, what to ask.
func (t *text) brief(r *record.Result, question int) {
	l := t.o.Lang
	t.line(strong, clip(title(r), t.width))
	where := append([]string{plain(r.Record)}, facts(l, r)...)
	if question > 0 {
		where = append(where, say(l, "in question", question))
	}
	t.line(quiet, strings.Join(where, " · "))
	if anyRefused(r) {
		t.hang("  ", because(l, r), normal, normal)
	}
	t.chainLine(r, record.StateConfirmed, say(l, "confirmed are"), sure)
	t.chainLine(r, record.StateQuestioned, say(l, "open are"), asking)
	t.chainLine(r, record.StateContradicted, stateSaid[record.StateContradicted].In(l), asking)
	weak := 0
	for _, f := range ordered(r) {
		if f.Outcome != record.Hit {
			continue
		}
		switch {
		case f.ClearedBy != "":
			t.hang("  ✓ ", plain(f.Check)+": "+say(l, "cleared", plain(f.ClearedBy)), sure, normal)
		case f.Strength <= record.Weak:
			weak++
		default:
			t.sentence(l, f)
		}
	}
	switch {
	case weak == 1:
		t.line(quiet, "  "+say(l, "weak one"))
	case weak > 1:
		t.line(quiet, "  "+say(l, "weak many", spell(l, weak, findingGender(l))))
	}
	var asks []string
	for _, f := range ordered(r) {
		if s := plain(f.Ask.In(l)); s != "" && f.Outcome == record.Hit && f.ClearedBy == "" && f.Strength >= record.Supporting && !slices.Contains(asks, s) {
			asks = append(asks, s)
		}
	}
	for _, s := range asks[:min(len(asks), 3)] {
		t.hang("  → ", s, normal, normal)
	}
}

func (t *text) chainLine(r *record.Result, s record.ChainState, head string, tone ink) {
	l := t.o.Lang
	var parts []string
	for _, p := range chainOf(r) {
		if p.State != s {
			continue
		}
		part := chainSaid[p.Link].In(l)
		if p.Method != "" {
			part += " (" + methodName(l, p.Method) + ")"
		}
		parts = append(parts, part)
	}
	if len(parts) > 0 {
		t.hang("  "+head+": ", strings.Join(parts, ", "), tone, normal)
	}
}

func (t *text) end(run Run) {
	l := t.o.Lang
	t.gap()
	t.rule()
	if len(run.Lists) > 0 {
		t.hang(say(l, "lists")+": ", strings.Join(listsSaid(l, run.Lists), ". ")+".", quiet, quiet)
	}
	if len(run.MissingLists) > 0 {
		t.line(quiet, say(l, "missing", plain(strings.Join(run.MissingLists, ", "))))
	} else if len(run.Lists) == 0 {
		t.line(quiet, say(l, "lists none"))
	}
	for _, p := range run.Problems {
		t.line(fault, plain(p))
	}
	t.line(quiet, say(l, "open nobody"))
	if t.kept.total > 0 {
		t.line(quiet, say(l, "all in"))
	}
}

func listsSaid(l record.Lang, uses []record.ListUse) []string {
	var out []string
	for _, u := range uses {
		s := plain(u.List)
		if d := day(l, u.AsOf); d != "" {
			s += ", " + d
		}
		if u.Stale {
			s += ": " + say(l, "stale")
		}
		out = append(out, s)
	}
	return out
}

// headFacts is the line above the title: what was read, when, by which rules.
func headFacts(l record.Lang, run Run, total int) []string {
	var out []string
	if n := len(run.Files); n > 0 {
		s := clip(plain(run.Files[0]), 60)
		if n > 1 {
			s = say(l, "files more", s, figures(l, n-1))
		}
		out = append(out, s)
	}
	key := "applications"
	if total == 1 {
		key = "application"
	}
	out = append(out, say(l, key, figures(l, total)))
	if d := day(l, run.Day); d != "" {
		out = append(out, say(l, "screened", d))
	}
	if run.Policy != "" {
		name := plain(run.Policy)
		if version, ok := strings.CutPrefix(name, "shipped, version "); ok {
			name = say(l, "shipped", version)
		}
		out = append(out, say(l, "policy", name))
	}
	return out
}

// headline is the one sentence a reader takes away.
func headline(l record.Lang, k *kept) string {
	need := k.needPerson()
	switch {
	case k.total == 0:
		return say(l, "head empty")
	case k.total == 1 && need == 0:
		return say(l, "head single none")
	case k.total == 1:
		return say(l, "head single")
	case need == 0:
		return say(l, "head none", figures(l, k.total))
	case need == 1:
		return say(l, "head one", capital(spell(l, need, feminine)), figures(l, k.total))
	}
	return say(l, "head many", capital(spell(l, need, feminine)), figures(l, k.total))
}

// finePrint is what was left out and what counts for nothing.
func finePrint(l record.Lang, run Run) []string {
	var out []string
	number := func(n int, one, many string) {
		switch {
		case n == 1:
			out = append(out, say(l, one))
		case n > 1:
			out = append(out, say(l, many, figures(l, n)))
		}
	}
	number(run.Rejected, "rejected one", "rejected many")
	number(run.MergeQuestions, "merge one", "merge many")
	if run.Earlier > 0 {
		out = append(out, say(l, "earlier", figures(l, run.Earlier)))
	}
	return out
}
