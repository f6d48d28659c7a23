package casework

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// A tie is what a person decided about two subjects: that they belong together
// (join) or that they do not (split). Linking heeds it in every run; a later
// decision about the same two undoes it. Subjects are never melted into one:
// the tie is an edge with a name and a reason. The reason is kept as an event of
// each of the two, sealed with them; the setting that the machine reads holds
// only ids.
type Tie struct {
	Op string    `json:"op"` // join, split, free (undone)
	A  string    `json:"a"`  // subject; on a split the one that is taken out
	B  string    `json:"b"`
	By string    `json:"by"`
	At time.Time `json:"at"`
	// Reason stands only where a case is read.
	Reason string `json:"-"`
}

const (
	tieSource = "tie"
	// rescreenJob is the kind of job that screens a subject again; screen does it.
	rescreenJob = "rescreen"
)

// tieName is the name of a tie among the settings; screen reads the ties of a
// subject by its beginning.
func tieName(a, b string) string { return "tie/" + a + "/" + b }

// Tie says that two cases belong together (join), that they do not (split), or that
// nothing is said any more (free). It needs a reason; both are screened again.
func (d *Desk) Tie(ctx context.Context, who record.Actor, op, caseA, caseB, reason string) (out Tie, err error) {
	reason = strings.TrimSpace(reason)
	switch {
	case !slices.Contains([]string{"join", "split", "free"}, op):
		return out, record.Invalid("op", "is none of join, split, free")
	case reason == "" || len(reason) > longestReasons:
		return out, record.Invalid("reason", "is asked for, in 8,000 bytes at most")
	case caseA == caseB:
		return out, record.Invalid("case", "needs two cases")
	}
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		var subjects [2]string
		for i, id := range []string{caseA, caseB} {
			c, err := staffCase(t, id, "tie."+op)
			if err != nil {
				return err
			}
			subjects[i] = c.Subject
		}
		said, err := tiesOf(t, subjects[0])
		if err != nil {
			return err
		}
		if err := asRead(t, TiesMark(said)); err != nil {
			return err
		}
		out = Tie{Op: op, A: subjects[0], B: subjects[1], By: who.ID, At: t.Now().UTC(), Reason: reason}
		b, err := json.Marshal(out)
		if err != nil {
			return err
		}
		for i, s := range subjects {
			other := subjects[1-i]
			before, err := t.Setting(tieName(s, other))
			if err != nil && record.CodeOf(err) != record.CodeNotFound {
				return err
			}
			if op == "free" && err != nil {
				return &record.Error{Code: record.CodeConflict, Where: "tie", Message: "nothing was decided about these two"}
			}
			if _, err := t.SaveSetting(tieName(s, other), before.Version, b); err != nil {
				return err
			}
			e, err := json.Marshal(map[string]string{"op": op, "other": other, "by": who.ID, "reason": reason})
			if err != nil {
				return err
			}
			if _, _, err := t.SaveEvent(store.Event{Source: tieSource, Key: s + "/" + store.NewID(), Subject: s, Kind: "tie." + op, At: t.Now(), Body: e}); err != nil {
				return err
			}
			if err := t.Enqueue(store.Job{Kind: rescreenJob, Subject: s, Dedupe: s, Priority: 3, Args: []byte("1")}); err != nil {
				return err
			}
		}
		t.Did("tie."+op, "case/"+caseA, caseA, "links")
		t.Did("tie."+op, "case/"+caseB, caseB, "links")
		return nil
	})
	return out, err
}

// Ties are what people decided about a case and others, newest first, with reasons.
func (d *Desk) Ties(ctx context.Context, who record.Actor, caseID string) (all []Tie, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		all = nil
		c, err := staffCase(t, caseID, "tie.read")
		if err != nil {
			return err
		}
		if all, err = tiesOf(t, c.Subject); err != nil {
			return err
		}
		t.Did("tie.read", "case/"+c.ID, c.ID, "links")
		return nil
	})
	return all, err
}

// TiesMark is the state of what was decided about a case and others: a decision is
// never taken out, so that their number says which.
func TiesMark(all []Tie) string { return strconv.Itoa(len(all)) }

func tiesOf(t *store.Tx, subject string) (all []Tie, err error) {
	events, err := t.Events(subject, 5000)
	if err != nil {
		return nil, err
	}
	for _, e := range slices.Backward(events) {
		if e.Source != tieSource {
			continue
		}
		var x struct {
			Op     string `json:"op"`
			Other  string `json:"other"`
			By     string `json:"by"`
			Reason string `json:"reason"`
		}
		if json.Unmarshal(e.Body, &x) != nil {
			return nil, &record.Error{Code: record.CodeInternal, Where: "tie", Message: "cannot be read back"}
		}
		all = append(all, Tie{Op: x.Op, A: subject, B: x.Other, By: x.By, At: e.At, Reason: x.Reason})
	}
	return all, nil
}
