package store

import (
	"fmt"
	"time"

	"bonafide/record"
)

// Clock is one running clock.
type Clock struct {
	Subject string
	Class   Class
	Due     time.Time
	Basis   string
}

// SetClock sets from when and for how many days a class of a subject's record is
// kept, and on what basis. The newest holds, but nothing shortens a clock while a
// legal hold is on the subject.
func (t *Tx) SetClock(subject string, class Class, began time.Time, days int, basis string) error {
	_, err := t.MoveClock(subject, class, began, days, basis)
	return err
}

// MoveClock is SetClock that says whether anything was set.
func (t *Tx) MoveClock(subject string, class Class, began time.Time, days int, basis string) (moved bool, err error) {
	if class != ClassApplication && class != ClassDocument {
		return false, record.Invalid("clock.class", "a subject's clocks are application and document; closed keys carry their own end")
	}
	n, err := t.exec("insert into clocks (tenant, subject, class, due, basis, began) values ($1,$2,$3,$4,$5,$6) on conflict (tenant, subject, class) do update set due = excluded.due, basis = excluded.basis, began = excluded.began"+
		" where clocks.due <= excluded.due or not exists (select 1 from holds h where h.tenant = $1 and h.subject = $2 and h.released = 0 and h.expires > $7)",
		subject, string(class), micros(began)+inMicros(days), basis, micros(began), micros(t.now))
	return n > 0, err
}

func inMicros(days int) int64 { return int64(days) * 24 * 60 * 60 * 1_000_000 }

// Clocks are those of a subject.
func (t *Tx) Clocks(subject string) ([]Clock, error) {
	return collect(t, "select subject, class, due, basis from clocks where tenant = $1 and subject = $2 order by class", readClock, subject)
}

// isDue is when a clock has run out and is not held. While a person works on the
// subject's case, the clock of its application stands still.
const isDue = " and c.due <= $2 and not exists (select 1 from holds h where h.tenant = $1 and h.subject = c.subject and h.released = 0 and h.expires > $2)" +
	" and (c.class <> 'application' or not exists (select 1 from cases k where k.tenant = $1 and k.subject = c.subject and k.state in ('review', 'verify-more')))"

// DueClocks are those that have run out and are not held, earliest first.
func (t *Tx) DueClocks(limit int) ([]Clock, error) {
	return collect(t, "select subject, class, due, basis from clocks c where c.tenant = $1"+isDue+" order by due, subject, class limit $3",
		readClock, micros(t.now), pageSize(limit))
}

// stillDue says whether a clock is due in this transaction too: a hold may have
// come, a person, or other rules.
func (t *Tx) stillDue(c Clock) (bool, error) {
	n, err := t.count("select count(*) from clocks c where c.tenant = $1"+isDue+" and c.subject = $3 and c.class = $4", micros(t.now), c.Subject, string(c.Class))
	return n > 0, err
}

func readClock(s scan) (c Clock, err error) {
	var due int64
	err = s(&c.Subject, &c.Class, &due, &c.Basis)
	c.Due = moment(due)
	return c, err
}

// Keeping is for how many days a class is kept.
type Keeping struct {
	Class   Class
	Days    int
	States  []record.CaseState // of ClassApplication and ClassRoutine: of the cases it is about
	Receipt bool               // their clock begins when the case was opened, else with its last change
}

// Unset is what has no clock yet, or another than a Keeping gives it.
type Unset struct {
	Subject, Case string // closed keys have no subject, documents no case
	Began         time.Time
}

const (
	ofDocuments = "select c.subject as subject, '' as case_id, c.began as began, c.due as due from clocks c where c.tenant = $1 and c.class = 'document' and c.began > 0"
	ofClosed    = "select coalesce(min(k.subject), '') as subject, c.closed_case as case_id, c.began as began, c.until_at as due from closed_keys c left join cases k on k.tenant = $1 and k.id = c.closed_case" +
		" where c.tenant = $1 and c.began > 0 group by c.closed_case, c.began, c.until_at"
)

// clocked is a statement of all that a Keeping is about (subject, case_id, began,
// due), with the days as $2 and now as $3. A case's clock begins with its last
// change (or opening), or with the newest version of the application where that is
// later.
func (t *Tx) clocked(k Keeping) (statement string, args []any) {
	args = []any{inMicros(k.Days), micros(t.now)}
	switch k.Class {
	case ClassDocument:
		return ofDocuments, args
	case ClassClosedKeys:
		return ofClosed, args
	}
	began := "case when s.received > k.changed then s.received else k.changed end"
	if k.Receipt {
		began = "k.opened"
	}
	return "select k.subject as subject, k.id as case_id, " + began + " as began, c.due as due from cases k join subjects s on s.tenant = $1 and s.id = k.subject" +
		" left join clocks c on c.tenant = $1 and c.subject = k.subject and c.class = 'application' where k.tenant = $1 and k.state in (" + holes(&args, k.States) + ")", args
}

// UnsetClocks are those that a Keeping would set or move. A number of days that is
// changed moves every clock; on what is not asked. What is held is not shortened,
// and comes when the hold has ended.
func (t *Tx) UnsetClocks(k Keeping, limit int) ([]Unset, error) {
	of, args := t.clocked(k)
	return collect(t, "select x.subject, x.case_id, x.began from ("+of+") x where (x.due is null or x.due <> x.began + $2) and not (x.due is not null and x.due > x.began + $2 and"+
		" exists (select 1 from holds h where h.tenant = $1 and h.subject = x.subject and h.released = 0 and h.expires > $3))"+
		fmt.Sprintf(" limit $%d", len(args)+2), func(row scan) (u Unset, err error) {
		var began int64
		err = row(&u.Subject, &u.Case, &began)
		u.Began = moment(began)
		return u, err
	}, append(args, pageSize(limit))...)
}

// Moves is how many clocks that run would be moved.
type Moves struct {
	Moved  int64 // all of them
	Sooner int64 // of them, that would run out sooner
	Due    int64 // of them, that would have run out now
	Held   int64 // besides: as they are for as long as a legal hold lasts
}

// CountMoves counts what a Keeping would move of the clocks that run.
func (t *Tx) CountMoves(k Keeping) (m Moves, err error) {
	of, args := t.clocked(k)
	err = t.each("select count(*), coalesce(sum(y.sooner), 0), coalesce(sum(y.ended), 0), coalesce(sum(y.held), 0) from"+
		" (select case when x.due > x.began + $2 then 1 else 0 end as sooner, case when x.due > $3 and x.began + $2 <= $3 then 1 else 0 end as ended,"+
		" case when x.due > x.began + $2 and exists (select 1 from holds h where h.tenant = $1 and h.subject = x.subject and h.released = 0 and h.expires > $3) then 1 else 0 end as held from ("+of+") x where x.due is not null and x.due <> x.began + $2) y group by y.held", func(row scan) error {
		var all, sooner, due, held int64
		err := row(&all, &sooner, &due, &held)
		if held > 0 {
			m.Held = all
		} else {
			m.Moved, m.Sooner, m.Due = all, sooner, due
		}
		return err
	}, args...)
	return m, err
}

// MoveClosed is MoveClock of the closed keys of a case that are kept from a moment.
func (t *Tx) MoveClosed(caseID string, began time.Time, days int) (moved bool, err error) {
	n, err := t.exec("update closed_keys set until_at = $4 where tenant = $1 and closed_case = $2 and began = $3 and (until_at <= $4 or not exists"+
		" (select 1 from holds h join cases k on k.tenant = $1 and k.subject = h.subject where h.tenant = $1 and k.id = $2 and h.released = 0 and h.expires > $5))",
		caseID, micros(began), micros(began)+inMicros(days), micros(t.now))
	return n > 0, err
}
