package casework

import (
	"context"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// Filter narrows a list of cases. Empty fields let all through.
type Filter struct {
	State      record.CaseState
	Assessment record.Assessment
	Assignee   string
	Tier       string
	Stage      string
	Cluster    string
	Role       string
	States     []record.CaseState // any of them
	Mine       bool               // in the actor's hands
	Waiting    bool               // decisions that wait for the actor's signature
	Limit      int
	After      string // cursor
}

// View is a queue that is there for everybody: its name stands in addresses.
type View struct {
	Name   string
	Filter Filter
}

// Views are the shipped queues, in the order in which they are shown.
var Views = []View{
	{"open", Filter{States: []record.CaseState{record.CaseReview, record.CaseVerifyMore}}},
	{"mine", Filter{Mine: true}},
	{"waiting", Filter{Waiting: true}},
	{"review", Filter{States: []record.CaseState{record.CaseReview}}},
	{"verify", Filter{States: []record.CaseState{record.CaseVerifyMore}}},
	{"routine", Filter{States: []record.CaseState{record.CaseRoutine}}},
	{"closed", Filter{States: []record.CaseState{record.CaseCleared, record.CaseNotVerified, record.CaseMisrepresentation, record.CaseWithdrawn}}},
}

// Cases is one page of cases, the most urgent first. A viewer sees their own.
func (d *Desk) Cases(ctx context.Context, actor record.Actor, f Filter) (page []record.Case, next string, err error) {
	err = d.Store.Update(ctx, actor, func(t *store.Tx) (err error) {
		page, next, err = chosen(t, f)
		t.Did("case.list", "tenant/"+t.Tenant(), "")
		return err
	})
	return page, next, err
}

// CaseFile is a case with what the machine found.
type CaseFile struct {
	record.Case
	Record   string
	Result   *record.Result
	Screened int64 // which result of the subject this is, counted from 1
}

// Mark is the state of the case that was read: who holds it, where it stands, and
// which screening it shows.
func (f CaseFile) Mark() string {
	return strconv.FormatInt(f.Version, 10) + "." + strconv.FormatInt(f.Screened, 10)
}

// Case reads one case.
func (d *Desk) Case(ctx context.Context, actor record.Actor, id string) (CaseFile, error) {
	var out CaseFile
	err := d.Store.Update(ctx, actor, func(t *store.Tx) error {
		c, err := oneCase(t, id)
		if err != nil {
			return err
		}
		s, err := t.Subject(c.Subject)
		if err != nil {
			return err
		}
		res, err := t.ResultVersion(c.Subject, s.Result)
		if err != nil && record.CodeOf(err) != record.CodeNotFound {
			return err
		}
		out = CaseFile{Case: c, Result: res, Screened: s.Result}
		if res != nil {
			out.Record = res.Record
		}
		t.Did("case.read", "case/"+c.ID, c.ID, "result")
		return nil
	})
	return out, err
}

// Application reads an application as it was handed in: its JSON.
func (d *Desk) Application(ctx context.Context, actor record.Actor, subject string) ([]byte, error) {
	var raw []byte
	err := d.Store.Update(ctx, actor, func(t *store.Tx) error {
		c, err := subjectCase(t, subject)
		if err != nil {
			return err
		}
		a, err := t.Application(subject)
		if err != nil {
			return err
		}
		t.Did("subject.read", "subject/"+subject, c.ID, "application")
		raw, err = json.Marshal(a, json.Deterministic(true))
		return err
	})
	return raw, err
}

// Result reads what the newest screening of a subject came to; not found before
// the first.
func (d *Desk) Result(ctx context.Context, actor record.Actor, subject string) (res *record.Result, err error) {
	err = d.Store.Update(ctx, actor, func(t *store.Tx) error {
		c, err := subjectCase(t, subject)
		if err != nil {
			return err
		}
		if res, err = t.Result(subject); err != nil {
			return err
		}
		t.Did("subject.result", "subject/"+subject, c.ID, "result")
		return nil
	})
	return res, err
}

// The four words that a recruiter or an applicant is told. They never say what
// the machine proposed: routine and review are one word.
const (
	StatusReceived = "received"
	StatusReview   = "in review"
	StatusMore     = "more information needed"
	StatusFinished = "finished"
)

// Status is where an application stands, in one of four words, and since when.
func (d *Desk) Status(ctx context.Context, actor record.Actor, subject string) (word string, since time.Time, err error) {
	err = d.Store.Update(ctx, actor, func(t *store.Tx) error {
		s, err := t.Subject(subject)
		if err != nil {
			return err
		}
		word, since = StatusReceived, s.Created
		c, err := t.CaseOf(subject)
		switch {
		case record.CodeOf(err) == record.CodeNotFound && err != nil:
		case err != nil:
			return err
		case c.State == record.CaseCleared || c.State == record.CaseNotVerified || c.State == record.CaseMisrepresentation || c.State == record.CaseWithdrawn:
			word, since = StatusFinished, c.Changed
		default:
			word, since = StatusReview, c.Opened
			asked, err := t.Requests(c.ID)
			if err != nil {
				return err
			}
			for _, r := range asked {
				if r.State == "sent" {
					word, since = StatusMore, r.Sent
				}
			}
		}
		t.Did("subject.status", "subject/"+subject, "")
		return nil
	})
	return word, since, err
}

// Links is what linking said about a subject.
func (d *Desk) Links(ctx context.Context, actor record.Actor, subject string) (links []record.Link, err error) {
	err = d.Store.Update(ctx, actor, func(t *store.Tx) error {
		links = nil
		c, err := subjectCase(t, subject)
		if err != nil {
			return err
		}
		res, err := t.Result(subject)
		if err != nil && record.CodeOf(err) != record.CodeNotFound {
			return err
		}
		if res != nil {
			links = res.Links
		}
		t.Did("subject.links", "subject/"+subject, c.ID, "links")
		return nil
	})
	return links, err
}

// Cluster is the cases of one operator question. One without cases is not there.
func (d *Desk) Cluster(ctx context.Context, actor record.Actor, id string) (all []record.Case, err error) {
	err = d.Store.Update(ctx, actor, func(t *store.Tx) error {
		all = nil
		page, _, err := t.Cases(store.CaseFilter{Cluster: id, Limit: 1000})
		if err != nil {
			return err
		}
		for _, c := range page {
			if mayRead(t, c) == nil {
				all = append(all, c)
			}
		}
		if len(all) == 0 {
			return notThere
		}
		t.Did("cluster.read", "cluster/"+id, "")
		return nil
	})
	return all, err
}

// JobState is how far a job is.
type JobState struct {
	ID, Kind, State      string
	Done, Total, Rejects int
	Changed              time.Time
}

// Job reads how far a job is.
func (d *Desk) Job(ctx context.Context, actor record.Actor, id string) (out JobState, err error) {
	err = d.Store.View(ctx, actor, func(t *store.Tx) error {
		j, err := t.Job(id)
		if err != nil {
			return err
		}
		if !ownJob(actor, j) {
			return notThere
		}
		words := map[string]string{"ready": "waiting", "leased": "running", "done": "done", "dead": "failed"}
		out = JobState{ID: j.ID, Kind: j.Kind, State: words[j.State], Done: int(j.Progress), Changed: j.Created}
		if !j.Ended.IsZero() {
			out.Changed = j.Ended
		}
		for after := int64(0); ; {
			lines, err := t.JobLines(id, after, 1000)
			if err != nil || len(lines) == 0 {
				// An upload is first keyed, then screened: the second half is what shows.
				if out.Done = max(0, out.Done-out.Total); out.State == "done" {
					out.Done = out.Total
				}
				return err
			}
			for _, l := range lines {
				out.Total++
				if l.Status == "rejected" {
					out.Rejects++
				}
				after = l.Line
			}
		}
	})
	return out, err
}

// ownJob keeps a recruiter, and a key that only hands in, to their own uploads.
func ownJob(a record.Actor, j store.Job) bool {
	if j.Kind != "upload" {
		return a.Is(record.RoleLead, record.RoleAdmin)
	}
	return a.Is(record.RoleLead, record.RoleAdmin, record.RoleReviewer) || j.By == string(a.Kind)+"/"+a.ID
}

// Line is what became of one line of an upload.
type Line struct {
	Line    int
	Subject string
	Error   string
}

// JobLines is one page of them.
func (d *Desk) JobLines(ctx context.Context, actor record.Actor, id, after string, limit int) (all []Line, next string, err error) {
	from, err := readNumber(after)
	if err != nil {
		return nil, "", err
	}
	err = d.Store.View(ctx, actor, func(t *store.Tx) error {
		j, err := t.Job(id)
		if err != nil {
			return err
		}
		if !ownJob(actor, j) {
			return notThere
		}
		lines, err := t.JobLines(id, from, limit)
		for _, l := range lines {
			all = append(all, Line{int(l.Line), l.Ref, l.Detail})
		}
		if len(lines) == limit {
			next = writeNumber(lines[limit-1].Line)
		}
		return err
	})
	return all, next, err
}
