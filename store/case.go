package store

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"bonafide/record"
)

const caseColumns = "id, subject, state, assessment, stage, tier, role, cluster, assignee, claim_until, due, opened, changed, version, hold"

func readCase(s scan) (c record.Case, err error) {
	var claim, due, opened, changed, hold int64
	err = s(&c.ID, &c.Subject, &c.State, &c.Assessment, &c.Stage, &c.Tier, &c.Role, &c.Cluster, &c.Assignee, &claim, &due, &opened, &changed, &c.Version, &hold)
	c.ClaimUntil, c.Due, c.Opened, c.Changed, c.Hold = moment(claim), moment(due), moment(opened), moment(changed), hold == 1
	return c, err
}

// urgency sorts cases as a person should look at them: what a machine proposed
// for review first, then by when it is due, then by age.
func urgency(c *record.Case) int64 {
	rank := int64(len(record.CaseStates))
	for i, s := range record.CaseStates {
		if s == c.State {
			rank = int64(i)
		}
	}
	due := c.Due
	if due.IsZero() {
		due = c.Opened.AddDate(1, 0, 0)
	}
	return rank<<40 | due.Unix()
}

// OpenCase opens the one case of a subject. Id, times and version are given here.
func (t *Tx) OpenCase(c record.Case) (record.Case, error) {
	c.ID, c.Opened, c.Changed, c.Version = NewID(), t.now, t.now, 1
	err := t.put("insert into cases (tenant, "+caseColumns+", urgency) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)",
		c.ID, c.Subject, string(c.State), string(c.Assessment), c.Stage, c.Tier, c.Role, c.Cluster, c.Assignee, micros(c.ClaimUntil), micros(c.Due),
		micros(c.Opened), micros(c.Changed), c.Version, bit(c.Hold), urgency(&c))
	return c, err
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// Case is one case.
func (t *Tx) Case(id string) (c record.Case, err error) {
	return t.theCase("select "+caseColumns+" from cases where tenant = $1 and id = $2", id)
}

// CaseOf is the case of a subject.
func (t *Tx) CaseOf(subject string) (c record.Case, err error) {
	return t.theCase("select "+caseColumns+" from cases where tenant = $1 and subject = $2", subject)
}

func (t *Tx) theCase(query, id string) (c record.Case, err error) {
	found := false
	err = t.each(query, func(s scan) (err error) {
		found = true
		c, err = readCase(s)
		return err
	}, id)
	if err == nil && !found {
		err = missing("case")
	}
	return c, err
}

// SaveCase writes what may change of a case, if it is still at c.Version (the
// If-Match of the caller), and gives it back with the next version.
func (t *Tx) SaveCase(c record.Case) (record.Case, error) {
	before := c.Version
	c.Version, c.Changed = before+1, t.now
	n, err := t.exec("update cases set state = $4, assessment = $5, stage = $6, tier = $7, role = $8, cluster = $9, assignee = $10, claim_until = $11, due = $12, changed = $13, version = $14, hold = $15, urgency = $16"+
		" where tenant = $1 and id = $2 and version = $3",
		c.ID, before, string(c.State), string(c.Assessment), c.Stage, c.Tier, c.Role, c.Cluster, c.Assignee, micros(c.ClaimUntil), micros(c.Due), micros(c.Changed), c.Version, bit(c.Hold), urgency(&c))
	if err == nil && n == 0 {
		if _, err := t.Case(c.ID); err != nil {
			return c, err
		}
		return c, conflict("case", "it has changed since it was read")
	}
	return c, err
}

// ClaimCase gives a case to who until a time, if nobody else's claim is alive.
func (t *Tx) ClaimCase(id, who string, until time.Time) (record.Case, error) {
	n, err := t.exec("update cases set assignee = $3, claim_until = $4, changed = $5, version = version + 1"+
		" where tenant = $1 and id = $2 and (assignee = '' or assignee = $3 or (claim_until <> 0 and claim_until < $5))", id, who, micros(until), micros(t.now))
	if err != nil {
		return record.Case{}, err
	}
	c, err := t.Case(id)
	if err == nil && n == 0 {
		return c, conflict("case", "somebody else is working on it")
	}
	return c, err
}

// ReleaseCase ends who's claim.
func (t *Tx) ReleaseCase(id, who string) (record.Case, error) {
	n, err := t.exec("update cases set assignee = '', claim_until = 0, changed = $4, version = version + 1 where tenant = $1 and id = $2 and assignee = $3", id, who, micros(t.now))
	if err != nil {
		return record.Case{}, err
	}
	c, err := t.Case(id)
	if err == nil && n == 0 {
		return c, conflict("case", "it is not claimed by this person")
	}
	return c, err
}

// CaseFilter narrows a list of cases. Empty fields let all through.
type CaseFilter struct {
	States      []record.CaseState
	Assessments []record.Assessment
	Assignee    *string // a pointer to "" finds what nobody has
	Tier        string
	Role        string
	Stage       string
	Cluster     string
	DueBefore   time.Time
	Newest      bool   // newest change first; otherwise the most urgent first
	Cursor      string // where the page before ended; only what Cases gave
	Limit       int    // at most; 0: 100, more than 1000: 1000
}

// Cases gives one page, and the cursor of the next, empty at the end. A cursor
// is opaque: it is sealed and says nothing of how many there are.
func (t *Tx) Cases(f CaseFilter) (page []record.Case, next string, err error) {
	var q strings.Builder
	q.WriteString("select " + caseColumns + ", urgency from cases where tenant = $1")
	var args []any
	add := func(text string, value any) {
		args = append(args, value)
		fmt.Fprintf(&q, text, len(args)+1)
	}
	if len(f.States) > 0 {
		q.WriteString(" and state in (" + holes(&args, f.States) + ")")
	}
	if len(f.Assessments) > 0 {
		q.WriteString(" and assessment in (" + holes(&args, f.Assessments) + ")")
	}
	for _, x := range []struct{ column, value string }{{"tier", f.Tier}, {"role", f.Role}, {"stage", f.Stage}, {"cluster", f.Cluster}} {
		if x.value != "" {
			add(" and "+x.column+" = $%d", x.value)
		}
	}
	if f.Assignee != nil {
		add(" and assignee = $%d", *f.Assignee)
	}
	if !f.DueBefore.IsZero() {
		add(" and due <> 0 and due < $%d", micros(f.DueBefore))
	}
	column, after, way := "urgency", ">", ""
	if f.Newest {
		column, after, way = "changed", "<", " desc"
	}
	if f.Cursor != "" {
		value, id, err := t.readCursor(column, f.Cursor)
		if err != nil {
			return nil, "", err
		}
		args = append(args, value, id)
		fmt.Fprintf(&q, " and (%[1]s %[2]s $%[3]d or (%[1]s = $%[3]d and id %[2]s $%[4]d))", column, after, len(args), len(args)+1)
	}
	limit := pageSize(f.Limit)
	add(" order by "+column+way+", id"+way+" limit $%d", limit+1)
	var places []int64
	err = t.each(q.String(), func(s scan) error {
		var place int64
		c, err := readCase(func(dest ...any) error { return s(append(dest, &place)...) })
		page, places = append(page, c), append(places, place)
		return err
	}, args...)
	if err != nil || int64(len(page)) <= limit {
		return page, "", err
	}
	last := page[limit-1]
	value := places[limit-1]
	if f.Newest {
		value = micros(last.Changed)
	}
	next, err = t.writeCursor(column, value, last.ID)
	return page[:limit], next, err
}

// CountCases counts cases in some states, of one assignee where one is named,
// up to most: it reads an index and opens nothing.
func (t *Tx) CountCases(states []record.CaseState, assignee *string, most int) (int, error) {
	q, args := "select count(*) from (select 1 from cases where tenant = $1", []any{}
	if len(states) > 0 {
		q += " and state in (" + holes(&args, states) + ")"
	}
	if assignee != nil {
		args = append(args, *assignee)
		q += fmt.Sprintf(" and assignee = $%d", len(args)+1)
	}
	args = append(args, int64(most))
	n, err := t.count(q+fmt.Sprintf(" limit $%d) as counted", len(args)+1), args...)
	return int(n), err
}

func (t *Tx) writeCursor(order string, value int64, id string) (string, error) {
	b, err := t.sealHouse([]byte(strconv.FormatInt(value, 10)+" "+id), "cursor", order)
	return base64.RawURLEncoding.EncodeToString(b), err
}

func (t *Tx) readCursor(order, cursor string) (value int64, id string, err error) {
	bad := record.Invalid("cursor", "not a cursor of this list")
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(cursor) > 400 {
		return 0, "", bad
	}
	if b, err = t.openHouse(b, "cursor", order); err != nil {
		return 0, "", bad
	}
	number, id, _ := strings.Cut(string(b), " ")
	value, err = strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0, "", bad
	}
	return value, id, nil
}
