package casework

import (
	"context"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/connect"
	"bonafide/record"
	"bonafide/store"
)

// BackJob is the kind of job that writes a status back to where somebody applied.
const BackJob = "status-back"

const (
	endpointPrefix = "hook/"
	backKind       = "connector.status"
	backWait       = 2 * time.Second // several changes in a row are written once
)

// Back writes how far a verification is to the system in which somebody applied:
// one of four phrases, once for each change, for endpoints that were told to.
type Back struct {
	Desk *Desk
	// Net opens a client for an occasion; nil: egress is off and statuses wait.
	Net connect.Net
}

// tellBack leaves the job that writes a status back, where there is a connector.
func tellBack(t *store.Tx, kind string, about record.NoticeData) error {
	if kind != "case.changed" && kind != "application.screened" || about.Subject == "" {
		return nil
	}
	names, err := t.SettingNames(endpointPrefix)
	if err != nil || len(names) == 0 {
		return err
	}
	err = t.Enqueue(store.Job{Kind: BackJob, Subject: about.Subject, Dedupe: about.Subject, Priority: 6, RunAt: t.Now().Add(backWait), Attempts: 48})
	return err
}

var backWords = map[string]connect.Word{StatusReceived: connect.NotStarted, StatusReview: connect.InProgress, StatusMore: connect.MoreAsked, StatusFinished: connect.Finished}

// Run does one job. The provider is written to outside any transaction, between
// the entry that it was meant and the entry that it was done; a crash between
// the two writes the same phrase again and nothing else.
func (b *Back) Run(ctx context.Context, j store.Job) error {
	machine := record.Actor{Kind: record.ActorMachine, ID: "hook", Tenant: j.Tenant}
	word, _, err := b.Desk.Status(ctx, machine, j.Subject)
	if err != nil {
		return err
	}
	var e *connect.Endpoint
	var to connect.Target
	status, decision := connect.Status{Word: backWords[word]}, ""
	err = b.Desk.Store.Update(ctx, machine, func(t *store.Tx) error {
		a, err := t.Application(j.Subject)
		if err != nil {
			return err
		}
		if e, to, err = target(t, a); err != nil {
			return err
		}
		if e != nil && e.Decisions && word == StatusFinished {
			if decision, status.Decided, err = decidedOf(t, j.Subject); err != nil {
				return err
			}
		}
		last, about, err := lastWritten(t, j.Subject)
		if err != nil {
			return err
		}
		if last == word && about == decision {
			e = nil
		}
		t.Did("status.intend", "subject/"+j.Subject, "")
		return nil
	})
	if err != nil {
		return err
	}
	if e == nil {
		return b.Desk.Store.Update(ctx, machine, func(t *store.Tx) error { return t.FinishJob(j, 0) })
	}
	if b.Net == nil {
		return &record.Error{Code: record.CodeUnavailable, Where: "status", Message: "it would be written to " + e.Provider + ", and asking is off; bonafide work --egress switches it on"}
	}
	s, err := connect.NewSession(e.Provider, e.Account, b.Net(connect.Occasion{Tenant: j.Tenant, Act: "status.write", By: e.Name, Subject: j.Subject}, connect.Hosts(e.Provider, e.Account)))
	if err != nil {
		return err
	}
	if err := s.Put(ctx, to, status); err != nil {
		return err
	}
	return b.Desk.Store.Update(ctx, machine, func(t *store.Tx) error {
		body, err := json.Marshal(phrase{word, decision}, json.Deterministic(true))
		if err != nil {
			return err
		}
		_, _, err = t.SaveEvent(store.Event{Source: "connector/" + e.Name, Key: "status " + j.ID, Subject: j.Subject, Kind: backKind, At: t.Now(), Body: body})
		if err != nil {
			return err
		}
		t.Did("status.write", "subject/"+j.Subject, "", "status")
		return t.FinishJob(j, 1)
	})
}

// target is the endpoint by which a record came, if it writes back, and the ids
// under which the provider knows it.
func target(t *store.Tx, a *record.Application) (*connect.Endpoint, connect.Target, error) {
	names, err := t.SettingNames(endpointPrefix)
	if err != nil {
		return nil, connect.Target{}, err
	}
	for _, n := range names {
		s, err := t.Setting(n)
		if err != nil {
			return nil, connect.Target{}, err
		}
		var e connect.Endpoint
		if json.Unmarshal(s.Value, &e) != nil {
			return nil, connect.Target{}, &record.Error{Code: record.CodeInternal, Where: "hook", Message: "cannot be read"}
		}
		system, ok := connect.FindSystem(e.Provider)
		if !ok || e.Off || !e.Back || e.Source() != a.Source {
			continue
		}
		application, candidate := system.Ident(a)
		return &e, connect.Target{Application: application, Candidate: candidate}, nil
	}
	return nil, connect.Target{}, nil
}

// phrase is what stands at the provider.
type phrase struct {
	Status   string `json:"status"`
	Decision string `json:"decision,omitempty"` // id of the one that was written with it
}

// lastWritten is the phrase that stands at the provider, and the decision, as far
// as we know.
func lastWritten(t *store.Tx, subject string) (word, decision string, err error) {
	all, err := t.Events(subject, 1000)
	if err != nil {
		return "", "", err
	}
	for _, e := range all {
		var b phrase
		if e.Kind == backKind && json.Unmarshal(e.Body, &b) == nil {
			word, decision = b.Status, b.Decision
		}
	}
	return word, decision, nil
}

// decidedOf is the decision in force about somebody, for a provider with a slot
// for one: what named people decided, nothing that a machine proposed. What could
// not be verified is unsure there; a withdrawal says nothing.
func decidedOf(t *store.Tx, subject string) (id string, out *connect.Decided, err error) {
	c, err := t.CaseOf(subject)
	if err != nil {
		return "", nil, err
	}
	all, err := t.Decisions(c.ID)
	if err != nil {
		return "", nil, err
	}
	for _, d := range all {
		if d.State != record.DecisionApproved || d.To != c.State || d.To == record.CaseWithdrawn {
			continue
		}
		m, _ := record.FindMove(d.From, d.To)
		id, out = d.ID, &connect.Decided{Adverse: m.Adverse, Unsure: d.To == record.CaseNotVerified, By: d.Proposer, Second: d.Approver}
	}
	return id, out, nil
}
