package sim

import (
	"cmp"
	"slices"
)

// people counts honest people and operators. A person is flagged when any of
// their records is.
func (e *Evaluation) people(t *truths) {
	type tally struct{ n, flagged, review int }
	// Records are grouped by person and by operator through sorted order, so
	// that no map of maps is needed.
	order := make([]int32, 0, len(t.rows))
	for i := range t.rows {
		if t.rows[i].seen {
			order = append(order, int32(i))
		}
	}
	key := func(i int32) int32 {
		if c := t.rows[i].cell; c != 0 {
			return -c
		}
		return t.rows[i].person
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(key(a), key(b)) })

	var all, records, cells, cellRecords tally
	kinds, countries, traces := map[string]*tally{}, map[string]*tally{}, map[string]*tally{}
	sizes := [...]struct {
		name   string
		lo, hi int
		tally
	}{{name: "2-3 personas", lo: 1, hi: 3}, {name: "4-9 personas", lo: 4, hi: 9}, {name: "10 and more", lo: 10, hi: 1 << 30}}
	add := func(to *tally, flagged, review bool) {
		to.n++
		if flagged {
			to.flagged++
		}
		if review {
			to.review++
		}
	}
	of := func(m map[string]*tally, name string) *tally {
		if m[name] == nil {
			m[name] = &tally{}
		}
		return m[name]
	}
	for from := 0; from < len(order); {
		to := from
		flagged, review := false, false
		names := []string{}
		for ; to < len(order) && key(order[to]) == key(order[from]); to++ {
			row := &t.rows[order[to]]
			flagged, review = flagged || row.flagged, review || row.review
			if row.cell != 0 {
				add(&cellRecords, row.flagged, row.review)
				for _, k := range splitKinds(t.names[row.kind]) {
					add(of(traces, k), row.flagged, row.review)
				}
				continue
			}
			add(&records, row.flagged, row.review)
			for _, k := range splitKinds(t.names[row.kind]) {
				if !slices.Contains(names, k) {
					names = append(names, k)
				}
				if used(k) && row.flagged {
					e.UsedNotRoutine = append(e.UsedNotRoutine, t.names[row.person])
				}
			}
		}
		head := &t.rows[order[from]]
		if head.cell != 0 {
			add(&cells, flagged, review)
			for i := range sizes {
				if n := to - from; n >= sizes[i].lo && n <= sizes[i].hi {
					add(&sizes[i].tally, flagged, review)
				}
			}
		} else {
			add(&all, flagged, review)
			for _, k := range names {
				add(of(kinds, k), flagged, review)
			}
			if slices.ContainsFunc(names, used) {
				e.UsedPeople++
			}
			if c := t.names[head.country]; c != "" {
				add(of(countries, c), flagged, review)
			}
		}
		from = to
	}
	slices.Sort(e.UsedNotRoutine)
	e.UsedNotRoutine = slices.Compact(e.UsedNotRoutine)
	e.OperatorRecords, e.OperatorRecordsReview = NewShare(cellRecords.flagged, cellRecords.n), NewShare(cellRecords.review, cellRecords.n)
	e.Operators = NewShare(cells.flagged, cells.n)
	e.HonestFlagged, e.HonestReview = NewShare(all.flagged, all.n), NewShare(all.review, all.n)
	e.HonestRecords = NewShare(records.flagged, records.n)
	group := func(name string, a *tally) Group {
		return Group{Name: name, Flagged: NewShare(a.flagged, a.n), Review: NewShare(a.review, a.n)}
	}
	groups := func(m map[string]*tally) []Group {
		var out []Group
		for name, a := range m {
			g := group(name, a)
			if e.HonestFlagged.Rate > 0 {
				g.Ratio = g.Flagged.Rate / e.HonestFlagged.Rate
			}
			out = append(out, g)
		}
		slices.SortFunc(out, func(a, b Group) int { return cmp.Compare(a.Name, b.Name) })
		return out
	}
	e.Kinds, e.Countries, e.Traces = groups(kinds), groups(countries), groups(traces)
	for i := range e.Traces {
		e.Traces[i].Ratio = 0
	}
	for i := range sizes {
		e.BySize = append(e.BySize, group(sizes[i].name, &sizes[i].tally))
	}
	low, high := 0.0, 0.0
	for i, g := range e.Countries {
		if i == 0 || g.Flagged.Rate < low {
			low = g.Flagged.Rate
		}
		high = max(high, g.Flagged.Rate)
	}
	if low > 0 {
		e.CountrySpread = high / low
	}
}

// used reports whether an operator used this person: planted their phone,
// document or photo, or copied their résumé.
func used(kind string) bool { return kind == "framed-victim" || kind == "stolen-resume" }

// pairs measures clusters over pairs of records.
func (e *Evaluation) pairs(t *truths) {
	c := &e.Clusters
	cellSizes := map[int32]int64{}
	var in []int32
	for i := range t.rows {
		row := &t.rows[i]
		if row.cell != 0 && row.seen {
			cellSizes[row.cell]++
		}
		if row.cluster != 0 {
			in = append(in, int32(i))
		}
	}
	two := func(n int64) int64 { return n * (n - 1) / 2 }
	for _, n := range cellSizes {
		c.True += two(n)
	}
	slices.SortFunc(in, func(a, b int32) int {
		x, y := &t.rows[a], &t.rows[b]
		return cmp.Or(cmp.Compare(x.cluster, y.cluster), cmp.Compare(x.cell, y.cell), cmp.Compare(x.person, y.person))
	})
	falseLinks, people := int64(0), e.HonestFlagged.Of
	for from := 0; from < len(in); {
		to, honest := from, int64(0)
		right, same := int64(0), int64(0)
		for to < len(in) && t.rows[in[to]].cluster == t.rows[in[from]].cluster {
			row, end := &t.rows[in[to]], to
			for end < len(in) && t.rows[in[end]].cluster == row.cluster && t.rows[in[end]].cell == row.cell && (row.cell != 0 || t.rows[in[end]].person == row.person) {
				end++
			}
			n := int64(end - to)
			if row.cell != 0 {
				right += two(n)
			} else {
				same += two(n)
				honest++
			}
			to = end
		}
		size := int64(to - from)
		c.Count++
		c.Records += int(size)
		c.Right += right
		c.SamePerson += same
		c.Wrong += two(size) - right - same
		// Every honest person in company is linked falsely to each other one there,
		// counted once a pair of honest people and once a pair with operators' records.
		operators := int64(0)
		for _, i := range in[from:to] {
			if t.rows[i].cell != 0 {
				operators++
			}
		}
		falseLinks += two(honest) + honest*operators
		from = to
	}
	if c.Right+c.Wrong > 0 {
		c.Precision = float64(c.Right) / float64(c.Right+c.Wrong)
	}
	if c.True > 0 {
		c.Recall = float64(c.Right) / float64(c.True)
	}
	if people > 0 {
		e.FalseLinks = float64(falseLinks) * 10000 / float64(people)
	}
}
