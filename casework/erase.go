package casework

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// Export is all that is held about one subject.
type Export struct {
	Made   time.Time
	Parts  [][]byte // JSON objects: kind, at, and the thing itself
	Access []record.Entry
}

type exported struct {
	Kind string    `json:"kind"`
	At   time.Time `json:"at,omitzero"`
	Body any       `json:"body"`
}

// Export gathers every version of an application, every result and event, the
// case with what was asked and decided, and who read what.
func (d *Desk) Export(ctx context.Context, actor record.Actor, subject string) (out Export, err error) {
	if err := d.Store.Integrate(ctx); err != nil {
		return out, err
	}
	err = d.Store.Update(ctx, actor, func(t *store.Tx) error {
		out = Export{Made: t.Now()}
		s, err := t.Subject(subject)
		if err != nil {
			return err
		}
		add := func(kind string, at time.Time, body any) error {
			b, err := json.Marshal(exported{kind, at, body}, json.Deterministic(true))
			out.Parts = append(out.Parts, b)
			return err
		}
		for v := int64(1); v <= s.Version; v++ {
			a, err := t.ApplicationVersion(subject, v)
			if err != nil {
				return err
			}
			if err := add("application", a.ReceivedAt, a); err != nil {
				return err
			}
		}
		heads, err := t.Results(subject)
		if err != nil {
			return err
		}
		slices.Reverse(heads)
		for _, h := range heads {
			r, err := t.ResultVersion(subject, h.Version)
			if err != nil {
				return err
			}
			if err := add("result", h.Stored, r); err != nil {
				return err
			}
		}
		events, err := t.Events(subject, 1000)
		if err != nil {
			return err
		}
		apart, err := behindSeal(t, subject)
		if err != nil {
			return err
		}
		kept := slices.DeleteFunc(slices.Clone(events), func(e store.Event) bool { return apart(e.Source) })
		if n := len(events) - len(kept); n > 0 {
			if err := add("left out", t.Now(), map[string]any{"events": n, "why": "the case is sealed; a person of its circle decides about these (GDPR Art. 15(4), Art. 23)"}); err != nil {
				return err
			}
		}
		for _, e := range kept {
			e.Body, err = json.Marshal(string(e.Body))
			if err := cmp.Or(err, add("event", e.At, e)); err != nil {
				return err
			}
		}
		if err := exportLookups(t, subject, apart, add); err != nil {
			return err
		}
		files, err := t.Files(subject)
		if err != nil {
			return err
		}
		for _, f := range files {
			if apart(f.Kind) {
				continue
			}
			if err := add("file", f.Stored, f); err != nil {
				return err
			}
		}
		inCase, err := exportCase(t, subject, add)
		if err != nil {
			return err
		}
		t.Did("subject.export", "subject/"+subject, inCase, "everything")
		out.Access, err = t.Entries(store.EntryFilter{Object: "subject/" + subject, After: -1, Limit: 1000})
		if err != nil || inCase == "" {
			return err
		}
		more, err := t.Entries(store.EntryFilter{Case: inCase, After: -1, Limit: 1000})
		for _, e := range more {
			if !slices.ContainsFunc(out.Access, func(x record.Entry) bool { return x.Seq == e.Seq }) {
				out.Access = append(out.Access, e)
			}
		}
		slices.SortFunc(out.Access, func(x, y record.Entry) int { return cmp.Compare(x.Seq, y.Seq) })
		return err
	})
	return out, err
}

// exportLookups adds what was asked outside about somebody (GDPR Art. 14, 15(1)(c)
// and (g)): whom, when, on what occasion.
func exportLookups(t *store.Tx, subject string, apart func(string) bool, add func(string, time.Time, any) error) error {
	asked, err := t.LookupsOf(subject, 1000)
	if err != nil {
		return err
	}
	slices.Reverse(asked)
	for _, l := range asked {
		if l.Occasion == endOccasion && apart(offboardSource) {
			continue
		}
		if err := add("look-up", l.At, l); err != nil {
			return err
		}
	}
	return nil
}

func exportCase(t *store.Tx, subject string, add func(string, time.Time, any) error) (string, error) {
	c, err := t.CaseOf(subject)
	if err != nil {
		if record.CodeOf(err) == record.CodeNotFound {
			return "", nil
		}
		return "", err
	}
	if err := add("case", c.Opened, c); err != nil {
		return "", err
	}
	asked, err := t.Requests(c.ID)
	if err != nil {
		return "", err
	}
	for _, r := range asked {
		if err := add("request", r.Sent, r); err != nil {
			return "", err
		}
	}
	decided, err := t.Decisions(c.ID)
	if err != nil {
		return "", err
	}
	for _, x := range decided {
		if err := add("decision", x.Proposed, x); err != nil {
			return "", err
		}
	}
	notes, err := t.Notes(c.ID)
	if err != nil {
		return "", err
	}
	for _, n := range notes {
		if err := add("note", n.At, n); err != nil {
			return "", err
		}
	}
	return c.ID, nil
}

// Erasure is where an erasure stands. It is proposed by one person or key and
// approved by another person.
type Erasure struct {
	ID       string    `json:"id"`
	Subject  string    `json:"subject"`
	Reason   string    `json:"reason"`
	Ticket   string    `json:"ticket,omitempty"`
	State    string    `json:"state"` // proposed, done
	Proposed time.Time `json:"proposed"`
	By       string    `json:"by"`
	Done     time.Time `json:"done,omitzero"`
	Receipt  string    `json:"receipt,omitempty"` // id of the line in the ledger
}

const erasurePrefix = "erasure/"

// ProposeErasure asks for the erasure of a subject.
func (d *Desk) ProposeErasure(ctx context.Context, actor record.Actor, key, subject, reason, ticket string) (Erasure, error) {
	return once(ctx, d, actor, key, []string{"erasure", subject, reason, ticket}, func(t *store.Tx) (Erasure, error) {
		if _, err := t.Subject(subject); err != nil {
			return Erasure{}, err
		}
		e := Erasure{ID: store.NewID(), Subject: subject, Reason: reason, Ticket: ticket, State: "proposed", Proposed: t.Now(), By: string(actor.Kind) + "/" + actor.ID}
		body, err := json.Marshal(e)
		if err != nil {
			return e, err
		}
		t.Did("erasure.propose", "subject/"+subject, "")
		_, err = t.SaveSetting(erasurePrefix+e.ID, 0, body)
		return e, err
	})
}

// ApproveErasure erases what somebody else proposed to erase. A legal hold
// refuses it and says so.
func (d *Desk) ApproveErasure(ctx context.Context, actor record.Actor, key, id string) (Erasure, error) {
	if actor.Kind != record.ActorPerson {
		return Erasure{}, &record.Error{Code: record.CodeRefused, Where: "erasure", Message: "is approved by a person"}
	}
	out, err := once(ctx, d, actor, key, []string{"erasure.approve", id}, func(t *store.Tx) (Erasure, error) {
		e, version, err := erasure(t, erasurePrefix+id)
		if err != nil {
			return e, err
		}
		if e.State != "proposed" {
			return e, &record.Error{Code: record.CodeConflict, Where: "erasure", Message: "it is done already"}
		}
		if e.By == string(actor.Kind)+"/"+actor.ID {
			return e, store.Refusal(record.Entry{Act: "erasure.approve", Object: "subject/" + e.Subject},
				&record.Error{Code: record.CodeRefused, Where: "erasure", Message: "whoever proposed it cannot approve it: another person must"})
		}
		proof, err := t.Erase(e.Subject, e.Reason, string(actor.Kind)+"/"+actor.ID)
		if err != nil {
			return e, err
		}
		e.State, e.Done, e.Receipt = "done", t.Now(), proof.ID
		body, err := json.Marshal(e)
		if err != nil {
			return e, err
		}
		t.Did("subject.erase", "subject/"+e.Subject, "")
		if err := Tell(t, "erasure.done", record.NoticeData{Erasure: e.ID}); err != nil {
			return e, err
		}
		_, err = t.SaveSetting(erasurePrefix+id, version, body)
		return e, err
	})
	if err == nil {
		err = d.Store.Scrub(ctx) // nothing waits in the log of the database
	}
	return out, err
}

func erasure(t *store.Tx, name string) (e Erasure, version int64, err error) {
	s, err := t.Setting(name)
	if err != nil {
		return e, 0, err
	}
	if json.Unmarshal(s.Value, &e) != nil {
		return e, 0, &record.Error{Code: record.CodeInternal, Where: "erasure", Message: "cannot be read"}
	}
	return e, s.Version, nil
}

// Erasures lists them, oldest first.
func (d *Desk) Erasures(ctx context.Context, actor record.Actor) (all []Erasure, err error) {
	err = d.Store.Update(ctx, actor, func(t *store.Tx) error {
		all = nil
		names, err := t.SettingNames(erasurePrefix)
		if err != nil {
			return err
		}
		for _, n := range names {
			e, _, err := erasure(t, n)
			if err != nil {
				return err
			}
			all = append(all, e)
		}
		slices.SortFunc(all, func(x, y Erasure) int {
			return cmp.Or(x.Proposed.Compare(y.Proposed), strings.Compare(x.ID, y.ID))
		})
		t.Did("erasure.list", "tenant/"+t.Tenant(), "")
		return nil
	})
	return all, err
}
