package casework

import (
	"context"
	"strings"
	"time"

	"bonafide/record"
	"bonafide/store"
)

// Note writes a note on a case. "@id" mentions somebody, for whom it becomes a task.
func (d *Desk) Note(ctx context.Context, who record.Actor, caseID, text string) (store.Note, error) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > longestReasons {
		return store.Note{}, record.Invalid("text", "is required, 8,000 bytes at most")
	}
	var n store.Note
	err := d.Store.Update(ctx, who, func(t *store.Tx) error {
		_, err := staffCase(t, caseID, "note.add")
		if err != nil {
			return err
		}
		if n, err = t.AddNote(caseID, text); err != nil {
			return err
		}
		t.Did("note.add", "note/"+n.ID, caseID, "text")
		for _, id := range mentioned(text) {
			if _, err := t.User(id); err != nil {
				continue // an @ in a sentence is not always a person
			}
			k, err := t.AddTask(store.Task{Case: caseID, Kind: "mention", Assignee: id, Text: text})
			if err != nil {
				return err
			}
			t.Did("task.add", "task/"+k.ID, caseID)
		}
		return nil
	})
	return n, err
}

// mentioned are the ids behind an @, each once, ten at most.
func mentioned(text string) (ids []string) {
	seen := map[string]bool{}
	for _, w := range strings.Fields(text) {
		id, is := strings.CutPrefix(strings.TrimRight(w, ".,;:!?)"), "@")
		if is && id != "" && len(id) <= 64 && !seen[id] && len(ids) < 10 {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}

// AddTask gives somebody a thing to do on a case.
func (d *Desk) AddTask(ctx context.Context, who record.Actor, caseID, text, assignee string, due time.Time) (store.Task, error) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > longestReasons {
		return store.Task{}, record.Invalid("text", "is required, 8,000 bytes at most")
	}
	var k store.Task
	err := d.Store.Update(ctx, who, func(t *store.Tx) error {
		_, err := staffCase(t, caseID, "task.add")
		if err != nil {
			return err
		}
		if assignee != "" {
			if _, err := t.User(assignee); err != nil {
				return err
			}
		}
		if k, err = t.AddTask(store.Task{Case: caseID, Kind: "own", Assignee: assignee, Due: due, Text: text}); err == nil {
			t.Did("task.add", "task/"+k.ID, caseID, "text")
		}
		return err
	})
	return k, err
}

// FinishTask ends a task that is open.
func (d *Desk) FinishTask(ctx context.Context, who record.Actor, caseID, taskID string) error {
	return d.Store.Update(ctx, who, func(t *store.Tx) error {
		if _, err := staffCase(t, caseID, "task.finish"); err != nil {
			return err
		}
		if err := t.SetTask(taskID, "open", "done", who.ID); err != nil {
			return err
		}
		t.Did("task.finish", "task/"+taskID, caseID)
		return nil
	})
}
