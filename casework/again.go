package casework

import (
	"context"
	"time"

	"bonafide/record"
	"bonafide/store"
)

// What a program asks for, and may ask for again when it does not know what
// became of it: the same key makes the effect once. The answer that is kept is
// an id, because it is not sealed.

// AskOnce is Ask for a caller with a key; it gives the ids of what was asked.
func (d *Desk) AskOnce(ctx context.Context, who record.Actor, key, caseID string, a Asking) (string, error) {
	what := []string{"ask", caseID, a.Check, a.Text, a.Other, a.Due.UTC().Format(time.RFC3339)}
	return once(ctx, d, who, key, what, func(t *store.Tx) (string, error) {
		made, err := ask(t, caseID, []Asking{a})
		if err != nil {
			return "", err
		}
		return made[0].ID, nil
	})
}

// NoteOnce is Note for a caller with a key; it gives the id of the note.
func (d *Desk) NoteOnce(ctx context.Context, who record.Actor, key, caseID, text string) (string, error) {
	return once(ctx, d, who, key, []string{"note", caseID, text}, func(t *store.Tx) (string, error) {
		n, err := note(t, caseID, text)
		return n.ID, err
	})
}

// TaskOnce is AddTask for a caller with a key; it gives the id of the task.
func (d *Desk) TaskOnce(ctx context.Context, who record.Actor, key, caseID, text, assignee string, due time.Time) (string, error) {
	what := []string{"task", caseID, text, assignee, due.UTC().Format(time.RFC3339)}
	return once(ctx, d, who, key, what, func(t *store.Tx) (string, error) {
		k, err := addTask(t, caseID, text, assignee, due)
		return k.ID, err
	})
}

// ProposeOnce is Propose for a caller with a key; it gives the id of the decision.
func (d *Desk) ProposeOnce(ctx context.Context, who record.Actor, key, caseID string, p Proposal) (string, error) {
	if err := p.check(); err != nil {
		return "", err
	}
	what := append([]string{"decision", caseID, string(p.To), p.Reasons, p.Seen, p.Appeals}, p.Findings...)
	return once(ctx, d, who, key, what, func(t *store.Tx) (string, error) {
		made, err := d.propose(t, caseID, p)
		return made.ID, err
	})
}
