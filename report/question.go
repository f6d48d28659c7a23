package report

import (
	"cmp"
	"slices"
	"strings"

	"bonafide/record"
)

// question is an operator question ready to be drawn: who (columns) shares
// what (rows). It names nobody but the members: a record that merely had its
// value copied by one of them is counted, not shown.
type question struct {
	number  int // 1, 2, …, oldest first
	cluster string
	members []member
	size    int // members in the run, drawn or not
	rows    []sharedRow
	more    int // rows left out
}

// sharedRow is one value and the members that hold it.
type sharedRow struct {
	kind               record.Kind
	strength           record.Strength // of the strongest holder; NotCounted when excused for all
	excuse             record.Excuse
	identities         int // identities that share it in all, members included
	population, shared int
	on                 []bool // by member
	value              uint64
}

const (
	drawnMembers   = 26 // letters
	drawnRows      = 14
	drawnUncounted = 3
)

// questions draws the operator questions of a run, the one with the oldest
// record first.
func (k *kept) questions() []question {
	var out []question
	for members := k.members.sorted(); len(members) > 0; {
		n := 1
		for n < len(members) && members[n].cluster == members[0].cluster {
			n++
		}
		out = append(out, draw(members[:n], k.clusters[members[0].cluster]))
		members = members[n:]
	}
	slices.SortFunc(out, func(a, b question) int {
		return cmp.Or(cmp.Compare(a.members[0].received, b.members[0].received), cmp.Compare(a.cluster, b.cluster))
	})
	for i := range out {
		out[i].number = i + 1
	}
	return out
}

func draw(members []member, size int) question {
	q := question{cluster: members[0].cluster, members: members, size: size}
	// The question may be named after a record of an earlier input.
	if !slices.ContainsFunc(members, func(m member) bool { return m.record == q.cluster }) && len(members) == size {
		q.members = append([]member{{cluster: q.cluster, record: q.cluster, received: members[0].received}}, members...)
		q.size++
	}
	q.members = q.members[:min(len(q.members), drawnMembers)]
	at := map[string]int{}
	for i := range q.members {
		at[q.members[i].record] = i
	}
	type key struct {
		kind  record.Kind
		value uint64
		other string // holds apart links without a digest
	}
	byKey := map[key]*sharedRow{}
	var order []key
	for i := range q.members {
		for j := range q.members[i].links {
			l := &q.members[i].links[j]
			if l.Kind == record.KindMergeQuestion {
				continue
			}
			id := key{kind: l.Kind, value: l.Value}
			if l.Value == 0 {
				id.other = strings.Join(slices.Sorted(slices.Values(append(slices.Clone(l.Others), q.members[i].record))), "\n")
			}
			row := byKey[id]
			if row == nil {
				row = &sharedRow{kind: l.Kind, value: l.Value, on: make([]bool, len(q.members)), excuse: l.Excuse}
				byKey[id], order = row, append(order, id)
			}
			row.on[i] = true
			for _, o := range l.Others {
				if other, ok := at[o]; ok {
					row.on[other] = true
				}
			}
			if l.Strength > row.strength {
				row.strength, row.excuse = l.Strength, l.Excuse
			}
			row.identities = max(row.identities, l.Identities+1)
			row.population = max(row.population, l.Population)
			row.shared = max(row.shared, l.Shared)
		}
	}
	for _, id := range order {
		row := byKey[id]
		if row.holders() < 2 {
			continue
		}
		// Texts share in pairs: one row for the same kind among the same people.
		if i := slices.IndexFunc(q.rows, func(r sharedRow) bool { return r.kind == row.kind && slices.Equal(r.on, row.on) && pairwise(r.kind) }); i >= 0 {
			q.rows[i].strength = max(q.rows[i].strength, row.strength)
			q.rows[i].shared = max(q.rows[i].shared, row.shared)
			continue
		}
		q.rows = append(q.rows, *row)
	}
	slices.SortStableFunc(q.rows, func(a, b sharedRow) int {
		return cmp.Or(cmp.Compare(b.strength, a.strength), cmp.Compare(b.holders(), a.holders()), cmp.Compare(a.kind, b.kind))
	})
	// A few of the values that count for nothing show that they were seen.
	if i := slices.IndexFunc(q.rows, func(r sharedRow) bool { return r.strength <= record.Weak }); i >= 0 && len(q.rows) > i+drawnUncounted {
		q.more = len(q.rows) - i - drawnUncounted
		q.rows = q.rows[:i+drawnUncounted]
	}
	if len(q.rows) > drawnRows {
		q.more += len(q.rows) - drawnRows
		q.rows = q.rows[:drawnRows]
	}
	return q
}

// pairwise kinds compare two texts, so a third holder makes further links.
func pairwise(k record.Kind) bool {
	switch k {
	case record.KindResumeText, record.KindAnswerText, record.KindReferenceText, record.KindPhoto, record.KindDocumentImage, record.KindCareer,
		record.KindBidText, record.KindPageText, record.KindPremises:
		return true
	}
	return false
}

// holders is how many of the drawn members share the value.
func (r *sharedRow) holders() (n int) {
	for _, on := range r.on {
		if on {
			n++
		}
	}
	return n
}

// span is the first and the last holder.
func (r *sharedRow) span() (first, last int) {
	first = slices.Index(r.on, true)
	for i, on := range r.on {
		if on {
			last = i
		}
	}
	return first, last
}

// title says how many names share what: "four names, one phone, one account".
// What joins most of them comes first.
func (q *question) title(l record.Lang) string {
	parts := []string{say(l, "names", spell(l, q.size, masculine))}
	counts, reach := map[record.Kind]int{}, map[record.Kind]int{}
	var order []record.Kind
	for i := range q.rows {
		r := &q.rows[i]
		if r.strength < record.Strong && len(order) > 0 {
			break
		}
		if counts[r.kind] == 0 {
			order = append(order, r.kind)
		}
		counts[r.kind]++
		reach[r.kind] = max(reach[r.kind], r.holders())
	}
	slices.SortStableFunc(order, func(a, b record.Kind) int { return cmp.Compare(reach[b], reach[a]) })
	for _, k := range order[:min(len(order), 3)] {
		if words := kindSaid[k]; counts[k] == 1 || pairwise(k) {
			parts = append(parts, words.one.In(l))
		} else {
			parts = append(parts, words.many.Say(counts[k]).In(l))
		}
	}
	return strings.Join(parts, ", ")
}

// note says how strong and how common: "strong, on 4 of 61,204".
func (r *sharedRow) note(l record.Lang) string {
	strength := max(r.strength, record.Weak)
	parts := []string{strengthSaid[strength].In(l)}
	if t, ok := excuseSaid[r.excuse]; ok && (r.strength <= record.Weak || r.excuse == record.Reissued) {
		parts = append(parts, t.In(l))
	}
	if r.population > 0 && r.identities > 0 {
		parts = append(parts, say(l, "rarity", figures(l, r.identities), figures(l, r.population)))
	}
	return strings.Join(parts, ", ")
}

// label is the value's kind, with how much of a text is shared.
func (r *sharedRow) label(l record.Lang) string {
	s := kindSaid[r.kind].label.In(l)
	if r.shared > 1 {
		key := "sentences"
		switch r.kind {
		case record.KindCareer:
			key = "items"
		case record.KindPremises:
			key = "days"
		}
		s += ", " + say(l, key, figures(l, r.shared))
	}
	return s
}

// letter names a column.
func letter(i int) string { return string(rune('A' + i)) }

// innocent gathers what could explain a question honestly, at most four.
func (q *question) innocent(l record.Lang) []string {
	var out []string
	for i := range q.members {
		for _, t := range q.members[i].innocent {
			if s := plain(t.In(l)); !slices.Contains(out, s) && len(out) < 4 {
				out = append(out, s)
			}
		}
	}
	return out
}
