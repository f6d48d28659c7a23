package report

import (
	"cmp"
	"slices"

	"bonafide/record"
)

// kept is what the faces for people keep of a run: counts of everything, the
// cases that need a person up to a bound, a line for each routine record up to
// a bound, and the members of operator questions up to a bound. Its memory
// does not grow with the run beyond these bounds and one counter a cluster.
type kept struct {
	total    int
	by       map[record.Assessment]int
	cases    bounded[*record.Result]
	routine  bounded[routineRow]
	members  bounded[member]
	clusters map[string]int // records in each, kept or not
}

// routineRow is all that is shown of a record that needs nobody.
type routineRow struct {
	record, name, role, tier string
	received                 int64 // Unix seconds
	ran, noData, weak        int
	notInForce               int
	excused                  record.Excuse // of the first link that is shown and not counted
}

// member is one record of an operator question.
type member struct {
	cluster, record, name string
	received              int64
	assessment            record.Assessment
	links                 []record.Link
	innocent              []record.Text
}

// keepMembers bounds the members of operator questions: pictures of more than
// that are for the query tools, not for a page.
const keepMembers = 10_000

func newKept(caseMax, routineMax int) *kept {
	return &kept{
		by:       map[record.Assessment]int{},
		clusters: map[string]int{},
		cases:    bounded[*record.Result]{limit: caseMax, less: byAssessmentThenAge},
		routine: bounded[routineRow]{limit: routineMax, less: func(a, b routineRow) int {
			return cmp.Or(cmp.Compare(a.received, b.received), cmp.Compare(a.record, b.record))
		}},
		members: bounded[member]{limit: keepMembers, less: func(a, b member) int {
			return cmp.Or(cmp.Compare(a.cluster, b.cluster), cmp.Compare(a.received, b.received), cmp.Compare(a.record, b.record))
		}},
	}
}

func (k *kept) add(r *record.Result) {
	k.total++
	k.by[r.Assessment]++
	if r.Cluster != "" {
		k.clusters[r.Cluster]++
		k.members.add(memberOf(r))
	}
	if r.Assessment != record.Routine {
		k.cases.add(r)
		return
	}
	row := routineRow{record: r.Record, name: r.Person, role: r.Role, tier: r.Tier, received: r.ReceivedAt.Unix(),
		ran: len(r.Clear), noData: len(r.NoData), notInForce: len(r.NotInForce)}
	last := ""
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Outcome == record.Hit {
			row.weak++
			if f.Check != last {
				row.ran++
			}
			last = f.Check
		}
	}
	for i := range r.Links {
		if r.Links[i].Excuse != record.NoExcuse {
			row.excused = r.Links[i].Excuse
			break
		}
	}
	k.routine.add(row)
}

func (k *kept) needPerson() int { return k.by[record.Review] + k.by[record.VerifyMore] }

func memberOf(r *record.Result) member {
	m := member{cluster: r.Cluster, record: r.Record, name: r.Person, received: r.ReceivedAt.Unix(),
		assessment: r.Assessment, links: r.Links}
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Outcome == record.Hit && f.Value != 0 && f.Strength >= record.Supporting {
			for _, t := range f.Innocent {
				if !slices.Contains(m.innocent, t) {
					m.innocent = append(m.innocent, t)
				}
			}
		}
	}
	return m
}

// byAssessmentThenAge: what needs a closer look first, then the oldest. Time is
// the only order among people.
func byAssessmentThenAge(a, b *record.Result) int {
	return cmp.Or(cmp.Compare(rank(a.Assessment), rank(b.Assessment)), a.ReceivedAt.Compare(b.ReceivedAt), cmp.Compare(a.Record, b.Record))
}

func rank(a record.Assessment) int { return slices.Index(record.Assessments[:], a) }

// bounded keeps the first limit elements in the order of less, whatever order
// they come in, in memory for at most twice as many.
type bounded[T any] struct {
	limit int
	less  func(a, b T) int
	all   []T
	cut   int // elements that were let go
}

func (b *bounded[T]) add(v T) {
	b.all = append(b.all, v)
	if len(b.all) >= 2*b.limit+64 {
		b.trim()
	}
}

// trim sorts and lets go of what is beyond the limit.
func (b *bounded[T]) trim() {
	slices.SortFunc(b.all, b.less)
	if over := len(b.all) - b.limit; over > 0 {
		clear(b.all[b.limit:])
		b.all = b.all[:b.limit]
		b.cut += over
	}
}

func (b *bounded[T]) sorted() []T {
	b.trim()
	return b.all
}
