package casework

import (
	"context"
	"slices"

	"bonafide/record"
	"bonafide/store"
)

// Row is a case as the queue shows it: what a person needs to choose the next.
type Row struct {
	record.Case
	Record  string
	Person  string // claimed name
	Result  *record.Result
	Waiting record.Decision // one that waits for a second person; ID empty where none does
	Asked   int             // requests that wait for the candidate
	Came    int             // answers that came since the case was changed by staff
}

// queueMost is how many cases a page of the queue shows: each is opened, and so
// each leaves an entry.
const queueMost = 25

// Queue is one page of cases with what stands out in each.
func (d *Desk) Queue(ctx context.Context, who record.Actor, f Filter) (rows []Row, next string, err error) {
	f.Limit = queueMost
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		rows = nil
		page, n, err := chosen(t, f)
		if err != nil {
			return err
		}
		next = n
		for _, c := range page {
			row, err := rowOf(t, c)
			if err != nil {
				return err
			}
			t.Did("case.glance", "case/"+c.ID, c.ID, "name", "findings")
			rows = append(rows, row)
		}
		t.Did("case.list", "tenant/"+t.Tenant(), "")
		return nil
	})
	return rows, next, err
}

// chosen is one page of the cases that a filter lets through and the actor may
// read, the most urgent first. Whoever only views sees their own.
func chosen(t *store.Tx, f Filter) (page []record.Case, next string, err error) {
	who := t.Actor()
	if f.Waiting {
		page, err = waitingFor(t, who, f.Limit)
	} else {
		q := store.CaseFilter{Tier: f.Tier, Stage: f.Stage, Cluster: f.Cluster, Role: f.Role, Limit: f.Limit, Cursor: f.After, States: f.States}
		if f.State != "" {
			q.States = []record.CaseState{f.State}
		}
		if f.Assessment != "" {
			q.Assessments = []record.Assessment{f.Assessment}
		}
		if f.Assignee != "" {
			q.Assignee = &f.Assignee
		}
		if bound := who.Kind == record.ActorPerson && !who.Is(record.RoleReviewer, record.RoleLead); f.Mine || bound {
			if f.Assignee != "" && f.Assignee != who.ID {
				return nil, "", nil
			}
			q.Assignee = &who.ID
		}
		page, next, err = t.Cases(q)
	}
	return slices.DeleteFunc(page, func(c record.Case) bool { return mayRead(t, c) != nil }), next, err
}

// waitingFor are the cases with a decision that waits for somebody else's signature.
func waitingFor(t *store.Tx, who record.Actor, limit int) (page []record.Case, err error) {
	ids, err := t.OpenDecisions(limit)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		x, err := t.Decision(id)
		if err != nil {
			return nil, err
		}
		if x.Proposer == who.ID {
			continue
		}
		c, err := t.Case(x.Case)
		if err != nil {
			return nil, err
		}
		page = append(page, c)
	}
	return page, nil
}

func rowOf(t *store.Tx, c record.Case) (Row, error) {
	r := Row{Case: c}
	res, err := t.Result(c.Subject)
	if err != nil && record.CodeOf(err) != record.CodeNotFound {
		return r, err
	}
	if res != nil {
		r.Result, r.Record, r.Person = res, res.Record, res.Person
	}
	all, err := t.Decisions(c.ID)
	if err != nil {
		return r, err
	}
	for _, x := range all {
		if x.State == record.DecisionProposed {
			r.Waiting = x
		}
	}
	asked, err := t.Requests(c.ID)
	if err != nil {
		return r, err
	}
	for _, x := range asked {
		switch {
		case x.State == RequestSent:
			r.Asked++
		case x.State == RequestAnswered && x.Answered.After(c.Changed):
			r.Came++
		}
	}
	return r, nil
}

// Count says how many cases stand in some states, up to a thousand: for the
// numbers beside the saved filters. It opens nothing.
func (d *Desk) Count(ctx context.Context, who record.Actor, f Filter) (n int, err error) {
	var mine *string
	if f.Mine || who.Kind == record.ActorPerson && !who.Is(record.RoleReviewer, record.RoleLead) {
		mine = &who.ID
	}
	err = d.Store.View(ctx, who, func(t *store.Tx) error {
		if f.Waiting {
			ids, err := t.OpenDecisions(1000)
			n = len(ids)
			return err
		}
		n, err = t.CountCases(f.States, mine, 1000)
		return err
	})
	return n, err
}

// Open is everything about a case for the page on which it is decided.
type Open struct {
	CaseFile
	Application *record.Application
	Decisions   []record.Decision
	Requests    []store.Request
	Notes       []store.Note
	Tasks       []store.Task
	Results     []store.ResultHead
	Holds       []store.Hold
	Files       []store.File
	Cluster     []Row  // the other cases of the operator question
	Shown       string // digest a decision binds to
	Answer      int    // days the rules give for an answer
}

// Heard says whether the person was asked and has answered, would rather not, or
// let the time run out: before that nothing adverse is decided.
func (o *Open) Heard() bool { return heard(o.Requests) }

// Open reads a case whole; reading leaves an entry with the fields that were opened.
func (d *Desk) Open(ctx context.Context, who record.Actor, id string) (Open, error) {
	var out Open
	err := d.Store.Update(ctx, who, func(t *store.Tx) error {
		out = Open{}
		c, err := oneCase(t, id)
		if err != nil {
			return err
		}
		out.Case = c
		res, err := t.Result(c.Subject)
		if err != nil && record.CodeOf(err) != record.CodeNotFound {
			return err
		}
		if res != nil {
			out.Result, out.Record = res, res.Record
		}
		for _, read := range []func() error{
			func() (err error) { out.Application, err = t.Application(c.Subject); return err },
			func() (err error) { out.Decisions, err = t.Decisions(id); return err },
			func() (err error) { out.Requests, err = t.Requests(id); return err },
			func() (err error) { out.Notes, err = t.Notes(id); return err },
			func() (err error) { out.Tasks, err = t.Tasks(id, "", 100); return err },
			func() (err error) { out.Results, err = t.Results(c.Subject); return err },
			func() (err error) { out.Files, err = t.Files(c.Subject); return err },
			func() (err error) { out.Holds, err = t.Holds(c.Subject); return err },
			func() (err error) { out.Shown, err = shown(t, &c); return err },
			func() error {
				rules, err := inForce(t)
				if err == nil {
					out.Answer = rules.Answer
				}
				return err
			},
		} {
			if err := read(); err != nil {
				return err
			}
		}
		t.Did("case.read", "case/"+c.ID, c.ID, "application", "result", "decisions", "requests", "notes", "tasks", "files")
		if c.Cluster == "" || !(who.Is(record.RoleReviewer, record.RoleLead)) {
			return nil
		}
		others, _, err := t.Cases(store.CaseFilter{Cluster: c.Cluster, Limit: 50})
		if err != nil {
			return err
		}
		for _, o := range others {
			if o.ID == id || mayRead(t, o) != nil {
				continue
			}
			row, err := rowOf(t, o)
			if err != nil {
				return err
			}
			t.Did("case.glance", "case/"+o.ID, o.ID, "name", "findings")
			out.Cluster = append(out.Cluster, row)
		}
		return nil
	})
	return out, err
}
