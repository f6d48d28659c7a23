package report

import (
	"slices"
	"strings"

	"bonafide/record"
)

// What both the terminal and the page say of one case.

// ordered is the findings as they are read: what counts before what does not,
// strongest first, otherwise as the checks gave them.
func ordered(r *record.Result) []*record.Finding {
	var out []*record.Finding
	for i := range r.Findings {
		out = append(out, &r.Findings[i])
	}
	slices.SortStableFunc(out, func(a, b *record.Finding) int { return weight(b) - weight(a) })
	return out
}

func weight(f *record.Finding) int {
	if f.Outcome != record.Hit {
		return -2
	}
	if f.ClearedBy != "" {
		return -1
	}
	return int(f.Strength)
}

// because says the reason of the assessment in one line: which strengths of
// which families, and which step was refused.
func because(l record.Lang, r *record.Result) string {
	if len(r.Because) == 0 {
		return ""
	}
	type group struct {
		strength record.Strength
		n        int
		families []string
	}
	groups := map[record.Strength]*group{}
	found := map[string]bool{}
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Outcome != record.Hit || f.ClearedBy != "" || !slices.Contains(r.Because, f.Check) {
			continue
		}
		found[f.Check] = true
		if f.Strength < record.Supporting {
			continue
		}
		g := groups[f.Strength]
		if g == nil {
			g = &group{strength: f.Strength}
			groups[f.Strength] = g
		}
		g.n++
		if family := plain(string(f.Family)); !slices.Contains(g.families, family) {
			g.families = append(g.families, family)
		}
	}
	var parts []string
	for s := record.Conclusive; s >= record.Supporting; s-- {
		if g := groups[s]; g != nil {
			key := "finding " + s.String()
			if g.n > 1 {
				key = "findings " + s.String()
			}
			parts = append(parts, say(l, key, spell(l, g.n, findingGender(l)), list(l, g.families)))
		}
	}
	for _, step := range r.Because {
		if !found[step] {
			parts = append(parts, say(l, "refused", plain(step)))
		}
	}
	return say(l, "because", strings.Join(parts, "; "))
}

// anyRefused reports whether a refused step is among the reasons: then no
// finding says it.
func anyRefused(r *record.Result) bool {
	return slices.ContainsFunc(r.Because, func(why string) bool {
		return !slices.ContainsFunc(r.Findings, func(f record.Finding) bool { return f.Check == why && f.ClearedBy == "" })
	})
}

func findingGender(l record.Lang) gender {
	if l == record.PT {
		return feminine
	}
	return masculine
}

// list joins words: "PAY, NET and CV".
func list(l record.Lang, words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + say(l, "and") + " " + words[len(words)-1]
}

// proof is one line of evidence: a field, what it was compared with, where
// from, on which day. Lines that differ only in the record compared are one.
type proof struct {
	field, name, list, day string
	with                   []string
}

func proofs(l record.Lang, f *record.Finding) []proof {
	var out []proof
	for _, e := range f.Evidence {
		p := proof{field: plain(e.Field), name: fieldName(l, e.Field), list: plain(e.List), day: day(l, e.AsOf)}
		if n := len(out); n > 0 && out[n-1].field == p.field && out[n-1].list == p.list && (p.day == "" || out[n-1].day == p.day) {
			if e.ComparedWith != "" {
				out[n-1].with = append(out[n-1].with, plain(e.ComparedWith))
			}
			continue
		}
		if e.ComparedWith != "" {
			p.with = []string{plain(e.ComparedWith)}
		}
		out = append(out, p)
	}
	return out
}

// chainOf is the chain in its order; a link the result does not speak of is unknown.
func chainOf(r *record.Result) []record.ChainPart {
	var out []record.ChainPart
	for _, link := range record.ChainLinks {
		part := record.ChainPart{Link: link, State: record.StateUnknown}
		if i := slices.IndexFunc(r.Chain, func(p record.ChainPart) bool { return p.Link == link }); i >= 0 {
			part = r.Chain[i]
		}
		out = append(out, part)
	}
	return out
}

// join is what stands between two rings.
type join int

const (
	parted join = iota // nothing beside a contradicted link
	loose              // dots: nothing joins them yet
	tied               // a bar: one method has confirmed both
)

func joinOf(a, b record.ChainPart) join {
	switch {
	case a.State == record.StateContradicted || b.State == record.StateContradicted:
		return parted
	case a.State != record.StateConfirmed || b.State != record.StateConfirmed:
		return loose
	case a.Method != "" && a.Method == b.Method:
		return tied
	}
	for _, by := range a.By {
		if slices.Contains(b.By, by) {
			return tied
		}
	}
	return loose
}

// facts is the line under the name, without what is not known.
func facts(l record.Lang, r *record.Result) []string {
	var out []string
	role := plain(r.Role)
	if r.Tier != "" {
		role = strings.TrimPrefix(role+", "+plain(r.Tier), ", ")
	}
	if role != "" {
		out = append(out, role)
	}
	if d := dayOf(l, r.ReceivedAt); d != "" {
		out = append(out, say(l, "received", d))
	}
	return out
}

// title is the claimed name, or the record's when there is none.
func title(r *record.Result) string {
	if name := plain(r.Person); name != "" {
		return name
	}
	return plain(r.Record)
}
