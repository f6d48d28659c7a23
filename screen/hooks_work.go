package screen

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/connect"
	"bonafide/egress"
	"bonafide/record"
	"bonafide/store"
)

// Run does what one delivery is about. It may be done again at any point: what
// it brings is kept under the provider's own ids.
func (h *Hooks) Run(ctx context.Context, j store.Job) error {
	machine := record.Actor{Kind: record.ActorMachine, ID: "hook", Tenant: j.Tenant}
	in, err := arrivedOf(j.Args)
	if err != nil && len(j.Args) == 0 {
		return h.done(ctx, machine, j, "", "hook.unread") // emptied when its connector was removed
	}
	if err != nil {
		return err
	}
	var e connect.Endpoint
	err = h.Keeper.Store.View(ctx, machine, func(t *store.Tx) (err error) {
		e, err = endpoint(t, hookPrefix+in.Name)
		return err
	})
	if record.CodeOf(err) == record.CodeNotFound && err != nil { // it was removed, and what waited goes with it
		return h.done(ctx, machine, j, in.Name, "hook.unread")
	}
	if err != nil {
		return err
	}
	said, err := h.effect(ctx, machine, &e, &in)
	switch record.CodeOf(err) {
	case record.CodeInvalid, record.CodeNotFound: // will not be better the next time
		if err != nil {
			said = "hook.unread"
		}
	default:
		if err != nil {
			return err
		}
	}
	return h.done(ctx, machine, j, e.Name, said)
}

// done ends a job and empties it.
func (h *Hooks) done(ctx context.Context, machine record.Actor, j store.Job, name, said string) error {
	return h.Keeper.Store.Update(ctx, machine, func(t *store.Tx) error {
		t.Did(said, hookPrefix+name, "")
		if err := t.ForgetJob(j.ID); err != nil {
			return err
		}
		return t.FinishJob(j, 1)
	})
}

func arrivedOf(args []byte) (in arrived, err error) {
	if json.Unmarshal(args, &in) != nil {
		err = &record.Error{Code: record.CodeInternal, Where: "hook", Message: "its job cannot be read"}
	}
	return in, err
}

// effect brings a delivery into the record and says in a word what it did.
func (h *Hooks) effect(ctx context.Context, machine record.Actor, e *connect.Endpoint, in *arrived) (string, error) {
	d := &connect.Delivery{Header: http.Header(in.Header), Body: in.Body, At: in.At}
	if w, ok := connect.WatchOf(e.Provider); ok {
		all, err := w.Read(in.Body)
		if err != nil {
			return "", err
		}
		if len(all) > 0 || e.Provider != "bamboohr" {
			return h.watch(ctx, machine, e, all)
		}
	}
	if system, ok := connect.FindSystem(e.Provider); ok {
		hint, err := connect.ReadHint(e.Provider, d)
		if err != nil {
			return "", err
		}
		return h.follow(ctx, machine, e, system, hint, in)
	}
	if connect.IsIdentity(e.Provider) {
		return h.identity(ctx, machine, e, in)
	}
	if e.Provider == connect.Generic {
		_, err := h.Keeper.Accept(ctx, machine, Delivery{Raw: in.Body, Later: true})
		return "hook.application", err
	}
	return "", record.Invalid("hook", "is read by nobody here")
}

// follow does what an applicant tracking system's event asks for.
func (h *Hooks) follow(ctx context.Context, machine record.Actor, e *connect.Endpoint, system *connect.ATS, hint connect.Hint, in *arrived) (string, error) {
	switch hint.Kind {
	case connect.Ping:
		return "hook.ping", nil
	case connect.Removed, connect.Anonymised:
		return "hook.removed", h.removed(ctx, machine, e, hint)
	case connect.Merged:
		return "hook.merged", h.remark(ctx, machine, e, hint)
	case connect.Changed:
	default:
		return "hook.other", nil
	}
	raw := in.Body
	if !hint.Whole || in.Covers != connect.CoversBody || e.Fetch {
		var err error
		if raw, err = h.fetch(ctx, machine.Tenant, e, hint); err != nil {
			return "", err
		}
	}
	a, err := system.Record(raw, e.Source())
	if err != nil {
		return "", err
	}
	if a.ReceivedAt.IsZero() {
		a.ReceivedAt = in.At
	}
	if stage, ok := e.StageOf(hint.Stage); ok {
		at := hint.At
		if at.IsZero() {
			at = in.At
		}
		a.Stage = append(a.Stage, record.Stage{At: record.Date(at.UTC().Format(time.DateOnly)), Name: stage})
	}
	body, err := json.Marshal(a)
	if err != nil {
		return "", err
	}
	_, err = h.Keeper.Accept(ctx, machine, Delivery{Raw: body, Later: true})
	return "hook.application", err
}

// watch puts what was seen at work on the records of those it is about, where
// the customer said whose an account is and the policy says that it may be read.
// What is locked is read by nobody and kept nowhere.
func (h *Hooks) watch(ctx context.Context, machine record.Actor, e *connect.Endpoint, all []connect.Seen) (said string, err error) {
	of := map[string][]connect.Seen{}
	var names []string
	for _, s := range all {
		name := e.People[s.Account]
		if name == "" {
			continue
		}
		if of[name] == nil {
			names = append(names, name)
		}
		of[name] = append(of[name], s)
	}
	if len(names) == 0 {
		return "hook.unmapped", nil
	}
	key, err := h.Keeper.key(ctx, machine.Tenant)
	if err != nil {
		return "", err
	}
	said = "hook.locked"
	for _, name := range names {
		err := h.Keeper.Store.Update(ctx, machine, func(t *store.Tx) error {
			source, id, _ := strings.Cut(name, "/")
			subject, err := t.FindSubject(source, id)
			if err != nil {
				return err
			}
			rules, err := h.Keeper.rules(t)
			if err != nil {
				return err
			}
			return h.Keeper.amend(t, key, subject, "watch.add", func(a *record.Application) error {
				had := len(a.Events)
				if connect.Attach(a, of[name], rules.AfterHire(a)) > 0 {
					said = "hook.watch"
				}
				return tellEvents(t, subject, a.Events[had:])
			})
		})
		if err != nil && record.CodeOf(err) != record.CodeNotFound {
			return "", err
		}
	}
	return said, nil
}

// fetch asks the provider itself.
func (h *Hooks) fetch(ctx context.Context, tenant string, e *connect.Endpoint, hint connect.Hint) ([]byte, error) {
	net, err := h.outside(connect.Occasion{Tenant: tenant, Act: "application.fetch", By: e.Name}, connect.Hosts(e.Provider, e.Account))
	if err != nil {
		return nil, err
	}
	s, err := connect.NewSession(e.Provider, e.Account, net)
	if err != nil {
		return nil, err
	}
	return s.Fetch(ctx, hint)
}

// outside is a client for what a delivery only points at.
func (h *Hooks) outside(on connect.Occasion, hosts []string) (connect.Caller, error) {
	if h.Net == nil {
		return nil, &record.Error{Code: record.CodeUnavailable, Where: "hook", Message: "the provider would have to be asked, and asking is off; bonafide work --egress switches it on"}
	}
	return h.Net(on, hosts), nil
}

// removed proposes the erasure of what was erased at the provider. A person
// approves it, because a case that was decided may have to be kept.
func (h *Hooks) removed(ctx context.Context, machine record.Actor, e *connect.Endpoint, hint connect.Hint) error {
	return h.Keeper.Store.Update(ctx, machine, func(t *store.Tx) error {
		for _, id := range idsOf(hint) {
			subject, err := t.FindSubject(e.Source(), id)
			if record.CodeOf(err) == record.CodeNotFound {
				continue
			}
			if err != nil {
				return err
			}
			key := "hook-removed " + e.Name + " " + hint.Word + " " + id
			if _, again, err := t.SaveEvent(store.Event{Source: "connector/" + e.Name, Key: key, Subject: subject, Kind: "connector." + string(hint.Kind), At: t.Now(), Body: []byte("{}")}); err != nil {
				return err
			} else if again {
				t.Did("event.repeat", "subject/"+subject, "")
				continue
			}
			t.Did("erasure.propose", "subject/"+subject, "")
			proposal := store.NewID()
			body, err := json.Marshal(map[string]any{"id": proposal, "subject": subject, "reason": "erased at the source", "ticket": "connector/" + e.Name,
				"state": "proposed", "proposed": t.Now(), "by": "machine/hook"}, json.Deterministic(true))
			if err != nil {
				return err
			}
			if _, err := t.SaveSetting("erasure/"+proposal, 0, body); err != nil {
				return err
			}
		}
		return nil
	})
}

// remark notes a merge at the provider on both records: records here are linked
// or split by people.
func (h *Hooks) remark(ctx context.Context, machine record.Actor, e *connect.Endpoint, hint connect.Hint) error {
	return h.Keeper.Store.Update(ctx, machine, func(t *store.Tx) error {
		into := connect.Hint{Candidate: hint.Into}
		body, err := json.Marshal(map[string]string{"merged": hint.Candidate, "into": hint.Into}, json.Deterministic(true))
		if err != nil {
			return err
		}
		for _, id := range append(idsOf(hint), idsOf(into)...) {
			subject, err := t.FindSubject(e.Source(), id)
			if record.CodeOf(err) == record.CodeNotFound {
				continue
			}
			if err == nil {
				_, _, err = t.SaveEvent(store.Event{Source: "connector/" + e.Name, Key: "merged " + hint.Candidate + " " + hint.Into + " " + id, Subject: subject, Kind: "connector.merged", At: t.Now(), Body: body})
			}
			if err != nil {
				return err
			}
			t.Did("event.add", "subject/"+subject, "", "event")
		}
		return nil
	})
}

// idsOf are the ids a record of this event may have here.
func idsOf(h connect.Hint) (all []string) {
	if h.Application != "" {
		all = append(all, h.Application)
	}
	if h.Candidate != "" {
		all = append(all, "candidate-"+h.Candidate)
	}
	return all
}

// EgressOf makes the client of connectors: the provider's hosts, a budget for
// one job, and every look-up written down by keep. private: systems within the house too.
func EgressOf(private bool) connect.Opener {
	return func(hosts []string, on connect.Occasion, keep egress.Ledger) connect.Caller {
		return egress.New(egress.Config{Hosts: hosts, Budget: 1000, Timeout: time.Minute, Redirects: -1, Private: private}, on, keep)
	}
}
