package report

import (
	"bufio"
	"io"
	"strings"

	"bonafide/record"
)

// Case writes one result in full for a terminal: the chain of identity, every
// finding with its evidence, its innocent explanations, what clears it and the
// next fair step, what speaks for the person, and what was looked at.
func Case(w io.Writer, r *record.Result, o Options) error {
	o = o.defaults()
	out := bufio.NewWriter(w)
	p := newPen(out, o)
	l := o.Lang
	p.line(strong, clip(title(r), p.width))
	where := facts(l, r)
	if r.Person != "" {
		where = append([]string{plain(r.Record)}, where...)
	}
	if len(where) > 0 {
		p.line(quiet, strings.Join(where, " · "))
	}
	p.gap()
	p.hang(assessmentSaid[r.Assessment].In(l)+": ", assessmentMeans[r.Assessment].In(l), strong, normal)
	if s := because(l, r); s != "" {
		p.line(normal, s)
	}
	if r.Cluster != "" {
		p.line(normal, say(l, "one question")+": "+plain(r.Cluster))
	}
	p.chain(l, r)

	p.section(say(l, "findings"))
	found := ordered(r)
	if len(found) == 0 {
		p.line(normal, say(l, "no findings"))
	}
	for i, f := range found {
		if i > 0 {
			p.gap()
		}
		p.finding(l, f)
	}
	if len(r.Assurances) > 0 {
		p.section(say(l, "speaks for"))
		for i := range r.Assurances {
			p.hang("  ✓ ", assuranceSaid(l, &r.Assurances[i]), sure, normal)
		}
	}
	p.shared(l, r)
	p.weighed(l, r)
	p.section(say(l, "looked at"))
	for _, part := range lookedAt(l, r) {
		p.line(normal, part.head)
		p.line(quiet, "  "+strings.Join(part.checks, ", "))
	}
	if len(r.Lists) > 0 {
		p.hang(say(l, "lists")+": ", strings.Join(listsSaid(l, r.Lists), ". ")+".", quiet, quiet)
	}
	p.gap()
	p.line(quiet, say(l, "open nobody"))
	return out.Flush()
}

func (p *pen) chain(l record.Lang, r *record.Result) {
	p.section(say(l, "chain"))
	wide := 0
	for _, part := range chainOf(r) {
		wide = max(wide, columnsOf(chainSaid[part.Link].In(l)))
	}
	for _, part := range chainOf(r) {
		shape, tint := ringMark(part.State)
		said := stateSaid[part.State].In(l)
		if how := howSaid(l, part); how != "" {
			said += ", " + how
		}
		p.hang("  "+shape+"  "+pad(chainSaid[part.Link].In(l), wide)+"  ", said, tint, tint)
	}
}

// howSaid is the method and day of a link's state.
func howSaid(l record.Lang, part record.ChainPart) string {
	var how []string
	if part.Method != "" {
		how = append(how, methodName(l, part.Method))
	}
	if d := day(l, part.AsOf); d != "" {
		how = append(how, d)
	}
	return strings.Join(how, ", ")
}

// ringMark is the ring of a state in three columns.
func ringMark(s record.ChainState) (string, ink) {
	switch s {
	case record.StateConfirmed:
		return "(=)", sure
	case record.StateClaimed:
		return "( )", normal
	case record.StateQuestioned:
		return "( ·", asking
	case record.StateContradicted:
		return ") (", asking
	case record.StateNotDue:
		return "[ ]", quiet
	}
	return "···", quiet
}

// sentence is a finding's first line: shape, word, family, what was observed.
func (p *pen) sentence(l record.Lang, f *record.Finding) {
	word, shape, tint := strengthSaid[f.Strength].In(l), mark(f.Strength), tone(f.Strength)
	switch {
	case f.Outcome != record.Hit:
		word, shape, tint = say(l, "failed"), "–", quiet
	case f.ClearedBy != "":
		tint = quiet
	}
	family := plain(string(f.Family))
	wide := 0
	for _, s := range strengthSaid {
		wide = max(wide, columnsOf(s.In(l)))
	}
	head := "  " + shape + " " + pad(word, wide) + "  " + pad(family, 9) + "  "
	if p.width < 60 {
		head = "  " + shape + " " + word + " " + family + ": "
	}
	p.hang(head, plain(f.Text.In(l)), tint, normal)
}

func (p *pen) finding(l record.Lang, f *record.Finding) {
	p.sentence(l, f)
	detail := func(key, body string) {
		if body != "" {
			p.hang("      "+say(l, key)+": ", body, quiet, normal)
		}
	}
	detail("check", plain(f.Check))
	for _, e := range proofs(l, f) {
		detail("evidence", e.said(l))
	}
	if f.ClearedBy != "" {
		p.line(sure, "      "+say(l, "cleared", plain(f.ClearedBy)))
	}
	detail("lowered", plain(f.Lowered.In(l)))
	detail("innocent", joined(l, f.Innocent))
	detail("clears", joined(l, f.Clears))
	detail("ask", plain(f.Ask.In(l)))
}

// said is a line of evidence in words, the field's path in brackets.
func (e *proof) said(l record.Lang) string {
	s := e.field
	if e.name != "" && e.field != "" {
		s = e.name + " (" + e.field + ")"
	}
	parts := []string{}
	if s != "" {
		parts = append(parts, s)
	}
	if len(e.with) > 0 {
		var with []string
		for _, w := range e.with {
			if name := fieldName(l, w); name != "" {
				w = name + " (" + w + ")"
			}
			with = append(with, w)
		}
		parts = append(parts, say(l, "compared", strings.Join(with, ", ")))
	}
	if e.list != "" {
		parts = append(parts, say(l, "in list", e.list))
	}
	out := strings.Join(parts, ", ")
	if e.day != "" {
		out += " " + say(l, "on day", e.day)
	}
	return out
}

func joined(l record.Lang, texts []record.Text) string {
	var out []string
	for _, t := range texts {
		if s := plain(t.In(l)); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, "; ")
}

func assuranceSaid(l record.Lang, a *record.Assurance) string {
	s := say(l, "assured alone", methodName(l, a.Method))
	if a.Link != "" {
		link := plain(string(a.Link))
		if t, ok := chainSaid[a.Link]; ok {
			link = t.In(l)
		}
		s = say(l, "assured", link, methodName(l, a.Method))
	}
	if d := day(l, a.AsOf); d != "" {
		s += ", " + d
	}
	if len(a.Clears) > 0 {
		s += "; " + say(l, "assured clears", plain(strings.Join(a.Clears, ", ")))
	}
	return s
}

// shared lists the links of one record, counted and not counted alike.
func (p *pen) shared(l record.Lang, r *record.Result) {
	if len(r.Links) == 0 {
		return
	}
	p.section(say(l, "shared with"))
	for i := range r.Links {
		k := &r.Links[i]
		row := sharedRow{kind: k.Kind, strength: k.Strength, excuse: k.Excuse, identities: k.Identities + 1, population: k.Population, shared: k.Shared}
		body := row.label(l)
		if k.Field != "" {
			body += " (" + plain(k.Field) + ")"
		}
		if len(k.Others) > 0 {
			body += " " + say(l, "same as", plain(strings.Join(k.Others, ", ")))
		}
		p.hang("  "+mark(max(k.Strength, record.Weak))+" ", body+": "+row.note(l), tone(k.Strength), normal)
	}
}

// looked is one outcome and the checks that gave it.
type looked struct {
	head   string
	checks []string
}

func lookedAt(l record.Lang, r *record.Result) []looked {
	var out []looked
	for _, part := range []struct {
		key    string
		checks []string
	}{{"clear", r.Clear}, {"no data", r.NoData}, {"not applicable", r.NotApplicable}, {"not in force", r.NotInForce}} {
		if len(part.checks) > 0 {
			names := make([]string, len(part.checks))
			for i, c := range part.checks {
				names[i] = plain(c)
			}
			out = append(out, looked{phrase(l, part.key) + " (" + figures(l, len(part.checks)) + ")", names})
		}
	}
	return out
}

// phrase is say for a key that is chosen at run time.
func phrase(l record.Lang, key string, args ...any) string { return say(l, key, args...) }
