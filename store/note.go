package store

import "time"

// Note is what a member of staff wrote on a case.
type Note struct {
	ID     string    `json:"id"`
	Case   string    `json:"case"`
	Author string    `json:"author"`
	At     time.Time `json:"at"`
	Text   string    `json:"text"`
}

// AddNote writes a note; author is the actor.
func (t *Tx) AddNote(caseID, text string) (Note, error) {
	c, err := t.Case(caseID)
	if err != nil {
		return Note{}, err
	}
	n := Note{ID: NewID(), Case: caseID, Author: t.actor.ID, At: t.now, Text: text}
	sealed, err := t.seal(c.Subject, []byte(text), "notes", n.ID)
	if err != nil {
		return n, err
	}
	_, err = t.exec("insert into notes (tenant, id, case_id, subject, author, at, sealed) values ($1,$2,$3,$4,$5,$6,$7)", n.ID, caseID, c.Subject, n.Author, micros(n.At), sealed)
	return n, err
}

// Notes opens the notes of a case, oldest first.
func (t *Tx) Notes(caseID string) ([]Note, error) {
	type row struct {
		n       Note
		subject string
		sealed  []byte
	}
	rows, err := collect(t, "select id, case_id, subject, author, at, sealed from notes where tenant = $1 and case_id = $2 order by at, id", func(s scan) (r row, err error) {
		var at int64
		err = s(&r.n.ID, &r.n.Case, &r.subject, &r.n.Author, &at, &r.sealed)
		r.n.At = moment(at)
		return r, err
	}, caseID)
	if err != nil {
		return nil, err
	}
	all := make([]Note, len(rows))
	for i, r := range rows {
		text, err := t.open(r.subject, r.sealed, "notes", r.n.ID)
		if err != nil {
			return nil, err
		}
		all[i] = r.n
		all[i].Text = string(text)
	}
	return all, nil
}
