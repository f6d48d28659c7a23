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
	var n store.Note
	err := d.Store.Update(ctx, who, func(t *store.Tx) (err error) {
		n, err = note(t, caseID, text)
		return err
	})
	return n, err
}

func note(t *store.Tx, caseID, text string) (n store.Note, err error) {
	if text, err = written(text); err != nil {
		return n, err
	}
	if _, err := staffCase(t, caseID, "note.add"); err != nil {
		return n, err
	}
	if n, err = t.AddNote(caseID, text); err != nil {
		return n, err
	}
	t.Did("note.add", "note/"+n.ID, caseID, "text")
	for _, id := range mentioned(text) {
		if _, err := t.User(id); err != nil {
			continue // an @ in a sentence is not always a person
		}
		k, err := t.AddTask(store.Task{Case: caseID, Kind: "mention", Assignee: id, Text: text})
		if err != nil {
			return n, err
		}
		t.Did("task.add", "task/"+k.ID, caseID)
	}
	return n, nil
}

// written is what staff wrote, without the blanks around it.
func written(text string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > longestReasons {
		return "", record.Invalid("text", "is required, 8,000 bytes at most")
	}
	return text, nil
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
	var k store.Task
	err := d.Store.Update(ctx, who, func(t *store.Tx) (err error) {
		k, err = addTask(t, caseID, text, assignee, due)
		return err
	})
	return k, err
}

func addTask(t *store.Tx, caseID, text, assignee string, due time.Time) (k store.Task, err error) {
	if text, err = written(text); err != nil {
		return k, err
	}
	if _, err := staffCase(t, caseID, "task.add"); err != nil {
		return k, err
	}
	if assignee != "" {
		if _, err := t.User(assignee); err != nil {
			return k, err
		}
	}
	if k, err = t.AddTask(store.Task{Case: caseID, Kind: "own", Assignee: assignee, Due: due, Text: text}); err == nil {
		t.Did("task.add", "task/"+k.ID, caseID, "text")
	}
	return k, err
}

// FinishTask ends a task that is open, and says whose case it was on. A task of a
// case that is sealed to others is not there.
func (d *Desk) FinishTask(ctx context.Context, who record.Actor, taskID string) (caseID string, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		var missing error
		if caseID, missing = t.TaskCase(taskID); missing != nil {
			return missing
		}
		if _, err := staffCase(t, caseID, "task.finish"); err != nil && record.CodeOf(err) == record.CodeNotFound {
			return &record.Error{Code: record.CodeNotFound, Where: "task", Message: "there is none under this id"}
		} else if err != nil {
			return err
		}
		if err := t.SetTask(taskID, "open", "done", who.ID); err != nil {
			return err
		}
		t.Did("task.finish", "task/"+taskID, caseID)
		return nil
	})
	return caseID, err
}
