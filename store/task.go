package store

import (
	"fmt"
	"time"
)

// Task is a thing to do on a case, of a playbook or by hand.
type Task struct {
	ID       string    `json:"id"`
	Case     string    `json:"case"`
	Kind     string    `json:"kind"`
	State    string    `json:"state"` // open, done, dropped: the caller's words
	Assignee string    `json:"assignee,omitempty"`
	Due      time.Time `json:"due,omitzero"`
	Created  time.Time `json:"created"`
	Done     time.Time `json:"done,omitzero"`
	Text     string    `json:"text"`
}

// AddTask writes a task. Id and time are given here.
func (t *Tx) AddTask(k Task) (Task, error) {
	c, err := t.Case(k.Case)
	if err != nil {
		return k, err
	}
	k.ID, k.Created = NewID(), t.now
	if k.State == "" {
		k.State = "open"
	}
	sealed, err := t.seal(c.Subject, []byte(k.Text), "tasks", k.ID)
	if err != nil {
		return k, err
	}
	_, err = t.exec("insert into tasks (tenant, id, case_id, subject, kind, state, assignee, due, created, done, sealed) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,0,$10)",
		k.ID, k.Case, c.Subject, k.Kind, k.State, k.Assignee, micros(k.Due), micros(k.Created), sealed)
	return k, err
}

// SetTask changes state and assignee, if the task is still in state from.
func (t *Tx) SetTask(id, from, to, assignee string) error {
	done := int64(0)
	if to != "open" {
		done = micros(t.now)
	}
	n, err := t.exec("update tasks set state = $4, assignee = $5, done = $6 where tenant = $1 and id = $2 and state = $3", id, from, to, assignee, done)
	return changed(n, err, conflict("task", "it is not there, or no longer "+from))
}

// TaskCase is the case of a task.
func (t *Tx) TaskCase(id string) (caseID string, err error) {
	err = t.each("select case_id from tasks where tenant = $1 and id = $2", func(s scan) error { return s(&caseID) }, id)
	if err == nil && caseID == "" {
		err = missing("task")
	}
	return caseID, err
}

// Tasks opens the tasks of a case, or of an assignee, or both; oldest first.
func (t *Tx) Tasks(caseID, assignee string, limit int) ([]Task, error) {
	q, args := "select id, case_id, subject, kind, state, assignee, due, created, done, sealed from tasks where tenant = $1", []any{}
	for _, x := range []struct{ column, value string }{{"case_id", caseID}, {"assignee", assignee}} {
		if x.value != "" {
			args = append(args, x.value)
			q += fmt.Sprintf(" and %s = $%d", x.column, len(args)+1)
		}
	}
	args = append(args, pageSize(limit))
	q += fmt.Sprintf(" order by created, id limit $%d", len(args)+1)
	type row struct {
		k       Task
		subject string
		sealed  []byte
	}
	rows, err := collect(t, q, func(s scan) (r row, err error) {
		var due, created, done int64
		err = s(&r.k.ID, &r.k.Case, &r.subject, &r.k.Kind, &r.k.State, &r.k.Assignee, &due, &created, &done, &r.sealed)
		r.k.Due, r.k.Created, r.k.Done = moment(due), moment(created), moment(done)
		return r, err
	}, args...)
	if err != nil {
		return nil, err
	}
	all := make([]Task, len(rows))
	for i, r := range rows {
		text, err := t.open(r.subject, r.sealed, "tasks", r.k.ID)
		if err != nil {
			return nil, err
		}
		all[i] = r.k
		all[i].Text = string(text)
	}
	return all, nil
}
