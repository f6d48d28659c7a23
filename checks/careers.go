package checks

import (
	"time"

	"bonafide/match"
	"bonafide/record"
)

// maxRoles bounds how many positions of one source are compared.
const maxRoles = 40

func roles(work []record.Work) []record.Work { return work[:min(len(work), maxRoles)] }

// monthsApart is the least time between two dates, in months: zero when the
// less precise one may mean the other.
func monthsApart(a, b record.Date) (months int, ok bool) {
	af, at, aok := a.Span()
	bf, bt, bok := b.Span()
	if !aok || !bok {
		return 0, false
	}
	if af.Before(bt) && bf.Before(at) {
		return 0, true
	}
	if bt.After(at) {
		return monthsBetween(at, bf), true
	}
	return monthsBetween(bt, af), true
}

func monthsBetween(from, to time.Time) int {
	return int(to.Sub(from).Hours() / 24 / 30.44)
}

// careerGap is the largest difference between what two sources say of the same
// employer, in months, with the positions that differ; both dates must be given.
// A person may have held several positions there, so each is set against the
// nearest of the other source.
func careerGap(own, other []record.Work) (months, i, j int) {
	i, j = -1, -1
	var keys [maxRoles]string
	mine := employers(keys[:0], own)
	for y := range roles(other) {
		w := &other[y]
		key := match.FirmKey(w.Organisation)
		least, x := 1<<30, -1
		for k := range mine {
			v := &own[k]
			if same, ok := match.SameFirmKey(mine[k], key); !ok || !same {
				continue
			}
			gap, known := monthsApart(v.Start, w.Start)
			if v.End != "" && w.End != "" {
				if end, ok := monthsApart(v.End, w.End); ok {
					gap, known = max(gap, end), true
				}
			}
			if known && gap < least {
				least, x = gap, k
			}
		}
		if x >= 0 && least > months {
			months, i, j = least, x, y
		}
	}
	return months, i, j
}

// employers are the keys of the employers, for comparing each with many.
func employers(keys []string, work []record.Work) []string {
	for k := range roles(work) {
		keys = append(keys, match.FirmKey(work[k].Organisation))
	}
	return keys
}

// sharedEmployers counts how many employers of one source the other names too.
func sharedEmployers(own, other []record.Work) (shared int) {
	var keys [maxRoles]string
	mine := employers(keys[:0], own)
	for y := range roles(other) {
		key := match.FirmKey(other[y].Organisation)
		for k := range mine {
			if same, ok := match.SameFirmKey(mine[k], key); ok && same {
				shared++
				break
			}
		}
	}
	return shared
}

// longestOverlap is the longest time, in months, two positions at different
// employers run side by side; an open end lasts to the given day.
func longestOverlap(work []record.Work, day time.Time) (months, i, j int) {
	type span struct {
		from, to time.Time
		ok       bool
	}
	var spans [maxRoles]span
	for k := range work {
		from, _, ok := work[k].Start.Span()
		_, to, closed := work[k].End.Span()
		if work[k].End == "" {
			to, closed = day, true
		}
		spans[k] = span{from, to, ok && closed && to.After(from)}
	}
	for x := range work {
		for y := x + 1; y < len(work); y++ {
			a, b := spans[x], spans[y]
			if !a.ok || !b.ok || work[x].Organisation == work[y].Organisation {
				continue
			}
			from, to := a.from, a.to
			if b.from.After(from) {
				from = b.from
			}
			if b.to.Before(to) {
				to = b.to
			}
			if n := monthsBetween(from, to); n > months {
				months, i, j = n, x, y
			}
		}
	}
	return months, i, j
}
