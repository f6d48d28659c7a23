package store

import (
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Request is something asked of the candidate on a case, and the reply.
type Request struct {
	ID       string    `json:"id"`
	Case     string    `json:"case"`
	Kind     string    `json:"kind"`
	State    string    `json:"state"` // sent, answered, refused, expired, withdrawn: the caller's words
	Due      time.Time `json:"due,omitzero"`
	Sent     time.Time `json:"sent,omitzero"`
	Answered time.Time `json:"answered,omitzero"`
	Ask      string    `json:"ask"`
	Reply    string    `json:"reply,omitempty"`
}

type requestText struct{ Ask, Reply string }

// AddRequest writes a request. Id and time are given here.
func (t *Tx) AddRequest(r Request) (Request, error) {
	c, err := t.Case(r.Case)
	if err != nil {
		return r, err
	}
	r.ID, r.Sent = NewID(), t.now
	if r.State == "" {
		r.State = "sent"
	}
	sealed, err := t.sealJSON(c.Subject, requestText{r.Ask, r.Reply}, "requests", r.ID)
	if err != nil {
		return r, err
	}
	_, err = t.exec("insert into requests (tenant, id, case_id, subject, kind, state, due, sent, answered, sealed) values ($1,$2,$3,$4,$5,$6,$7,$8,0,$9)",
		r.ID, r.Case, c.Subject, r.Kind, r.State, micros(r.Due), micros(r.Sent), sealed)
	return r, err
}

// SettleRequest ends a request that is still sent, with its reply if any.
func (t *Tx) SettleRequest(id, state, reply string) (Request, error) {
	r, subject, err := t.request(id)
	if err != nil {
		return r, err
	}
	if r.State != "sent" {
		return r, conflict("request", "it no longer waits")
	}
	r.State, r.Reply, r.Answered = state, reply, t.now
	sealed, err := t.sealJSON(subject, requestText{r.Ask, r.Reply}, "requests", r.ID)
	if err != nil {
		return r, err
	}
	n, err := t.exec("update requests set state = $3, answered = $4, sealed = $5 where tenant = $1 and id = $2 and state = 'sent'", id, state, micros(t.now), sealed)
	return r, changed(n, err, conflict("request", "it no longer waits"))
}

const requestColumns = "id, case_id, subject, kind, state, due, sent, answered, sealed"

// Request opens one.
func (t *Tx) Request(id string) (Request, error) {
	r, _, err := t.request(id)
	return r, err
}

func (t *Tx) request(id string) (Request, string, error) {
	all, subjects, err := t.requests("select "+requestColumns+" from requests where tenant = $1 and id = $2", id)
	if err == nil && len(all) == 0 {
		err = missing("request")
	}
	if err != nil {
		return Request{}, "", err
	}
	return all[0], subjects[0], nil
}

// Requests opens all of a case, oldest first.
func (t *Tx) Requests(caseID string) ([]Request, error) {
	all, _, err := t.requests("select "+requestColumns+" from requests where tenant = $1 and case_id = $2 order by sent, id", caseID)
	return all, err
}

// RequestHeads are "id state" of all of a case, oldest first, unopened.
func (t *Tx) RequestHeads(caseID string) ([]string, error) {
	return collect(t, "select id, state from requests where tenant = $1 and case_id = $2 order by sent, id", func(s scan) (head string, err error) {
		var id, state string
		err = s(&id, &state)
		return id + " " + state, err
	}, caseID)
}

// RequestFigures are kind and state of all of a case, unopened.
func (t *Tx) RequestFigures(caseID string) ([]Request, error) {
	return collect(t, "select kind, state from requests where tenant = $1 and case_id = $2 order by sent, id", func(s scan) (r Request, err error) {
		return r, s(&r.Kind, &r.State)
	}, caseID)
}

// DueRequests are the ids of requests whose time has run out.
func (t *Tx) DueRequests(limit int) ([]string, error) {
	return collect(t, "select id from requests where tenant = $1 and state = 'sent' and due <> 0 and due <= $2 order by due, id limit $3", func(s scan) (id string, err error) {
		return id, s(&id)
	}, micros(t.now), pageSize(limit))
}

func (t *Tx) requests(query string, args ...any) ([]Request, []string, error) {
	type row struct {
		r       Request
		subject string
		sealed  []byte
	}
	rows, err := collect(t, query, func(s scan) (x row, err error) {
		var due, sent, answered int64
		err = s(&x.r.ID, &x.r.Case, &x.subject, &x.r.Kind, &x.r.State, &due, &sent, &answered, &x.sealed)
		x.r.Due, x.r.Sent, x.r.Answered = moment(due), moment(sent), moment(answered)
		return x, err
	}, args...)
	if err != nil {
		return nil, nil, err
	}
	all, subjects := make([]Request, len(rows)), make([]string, len(rows))
	for i, x := range rows {
		b, err := t.open(x.subject, x.sealed, "requests", x.r.ID)
		if err != nil {
			return nil, nil, err
		}
		var text requestText
		if err := json.Unmarshal(b, &text); err != nil {
			return nil, nil, &record.Error{Code: record.CodeInternal, Where: "requests", Message: "does not read back as it was written"}
		}
		all[i], subjects[i] = x.r, x.subject
		all[i].Ask, all[i].Reply = text.Ask, text.Reply
	}
	return all, subjects, nil
}
