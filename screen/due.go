package screen

import (
	"strings"
	"time"

	"bonafide/record"
	"bonafide/store"
)

// JobDue comes twice for a proof that has an end: two weeks before it, to have the
// new one announced, and after it, to screen the record without it.
const JobDue = "proof-due"

const announced = 14 * 24 * time.Hour

// schedule leaves the first of them for every proof with an end. The same proof
// again leaves nothing twice.
func schedule(t *store.Tx, subject string, a *record.Application) error {
	for _, p := range a.Proofs {
		end, err := time.Parse("2006-01-02", string(p.Until))
		if err != nil {
			continue
		}
		at := end.Add(-announced)
		if at.Before(t.Now()) {
			at = end.Add(24 * time.Hour)
		}
		word := p.ID + " " + string(p.Until)
		if err := t.Enqueue(store.Job{Kind: JobDue, Subject: subject, Args: []byte(word), RunAt: at, Dedupe: subject + " " + word, Priority: 5}); err != nil {
			return err
		}
	}
	return nil
}

// due does one of them. Asking again is for people: a task says when and how.
func (k *Keeper) due(t *store.Tx, key []byte, j store.Job) error {
	args, err := t.JobArgs(j)
	if err != nil {
		return err
	}
	t.Did("proof.due", "subject/"+j.Subject, "")
	proof, day, _ := strings.Cut(string(args), " ")
	end, err := time.Parse("2006-01-02", day)
	if err != nil {
		return record.Invalid("job", "names no day")
	}
	if !t.Now().Before(end.Add(24 * time.Hour)) {
		return k.screenStored(t, key, j.Subject, 0)
	}
	a, err := t.Application(j.Subject)
	if err != nil {
		return err
	}
	identity := false
	for _, p := range a.Proofs {
		identity = identity || p.ID == proof && string(p.Until) == day && (p.Link == record.LinkDocument || p.Link == record.LinkReverified)
	}
	rules, err := k.rules(t)
	if err != nil {
		return err
	}
	c, err := t.CaseOf(j.Subject)
	if err == nil && identity && rules.Tier(rules.TierOf(&a.Role)).Again > 0 {
		task, err := t.AddTask(store.Task{Case: c.ID, Kind: "own", Due: end, Text: "By the tier of the role, identity is confirmed again by " + day + ". Announce it now, in the words of the contract, and offer two ways. Then record what came of it under Proofs."})
		if err != nil {
			return err
		}
		t.Did("task.add", "task/"+task.ID, c.ID)
	} else if err != nil && record.CodeOf(err) != record.CodeNotFound {
		return err
	}
	err = t.Enqueue(store.Job{Kind: JobDue, Subject: j.Subject, Args: args, RunAt: end.Add(24 * time.Hour), Dedupe: j.Subject + " " + string(args) + " end", Priority: 5})
	return err
}
