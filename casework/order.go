package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/connect"
	"bonafide/record"
	"bonafide/store"
)

// An order ends one way in of a run sheet by a connector: first shown without
// anything being sent, then ordered by one person, signed by another, and done by
// a job (order_run.go) whose every step leaves its intent before and its proof
// after. Orders are steps of the run sheet, kept as its events.

// OrderJob is the kind of job that does an order.
const OrderJob = "access-end"

// orderAttempts last for a day and a half of pauses.
const orderAttempts = 48

type orderEvent struct {
	N            int            `json:"n"` // of the order, from 1
	Via          string         `json:"via,omitempty"`
	Lever        string         `json:"lever,omitempty"`
	Account      string         `json:"account,omitempty"`
	Organisation string         `json:"organisation,omitempty"`
	Job          string         `json:"job,omitempty"`
	Step         string         `json:"step,omitempty"`
	Proof        *connect.Proof `json:"proof,omitempty"`
}

// The states of an order.
const (
	OrderProposed  = "proposed"  // waits for the second person
	OrderSigned    = "signed"    // waits for its moment, or for the system
	OrderEnded     = "ended"     // every step is proved
	OrderWrong     = "wrong"     // the system knows nobody of this name: nothing was ended
	OrderFailed    = "failed"    // given up after many tries
	OrderWithdrawn = "withdrawn" // before it was signed
)

// Order is one of a run sheet.
type Order struct {
	N, Item               int
	Via, Lever            string
	Account, Organisation string
	By, Second            string
	Ordered, Signed       time.Time
	State                 string
	Steps                 []OrderStep
	Said                  string // what went wrong last, in words of the house
	SaidAt                time.Time
	Tries                 int
	Next                  time.Time // of the next try; zero: none comes

	job string
}

// OrderStep is one step of an order on its way.
type OrderStep struct {
	Text     string
	Intended time.Time
	Proof    *connect.Proof
}

// Asked is an order before it is one.
type Asked struct {
	Item         int
	Via          string // a connector that ends accesses
	Account      string // whose, as the system calls it
	Organisation string // where the system wants one
}

func (a *Asked) leaver() connect.Leaver {
	return connect.Leaver{Login: strings.TrimSpace(a.Account), Organisation: strings.TrimSpace(a.Organisation)}
}

// Planned is one request that would be sent.
type Planned struct{ Text, Method, Address, Body string }

// Ending is a connector that ends accesses, and what an account is called there.
type Ending struct{ Name, System, Account string }

// Ends lists them, by name.
func (d *Desk) Ends(ctx context.Context, who record.Actor) (all []Ending, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		all = nil
		names, err := t.SettingNames(endpointPrefix)
		if err != nil {
			return err
		}
		for _, n := range names {
			e, err := ending(t, strings.TrimPrefix(n, endpointPrefix))
			if record.CodeOf(err) == record.CodeNotFound && err != nil {
				continue
			}
			if err != nil {
				return err
			}
			if l, ok := connect.FindLever(e.Provider); ok {
				all = append(all, Ending{e.Name, l.Title, l.Who})
			}
		}
		t.Did("hook.list", "tenant/"+t.Tenant(), "")
		return nil
	})
	return all, err
}

// ending is the connector of a name, if accesses are ended by it.
func ending(t *store.Tx, name string) (e connect.Endpoint, err error) {
	s, err := t.Setting(endpointPrefix + name)
	if err != nil {
		return e, err
	}
	if json.Unmarshal(s.Value, &e) != nil {
		return e, &record.Error{Code: record.CodeInternal, Where: "hook", Message: "cannot be read"}
	}
	if !e.End || e.Off {
		return e, &record.Error{Code: record.CodeNotFound, Where: "connector", Message: "no connector of this name ends accesses; bonafide connect add --end-access makes one"}
	}
	return e, nil
}

// PlanOrder is the dry run: what would be sent, for whom, in its order. Nothing
// is sent and nothing is kept but that it was looked at.
func (d *Desk) PlanOrder(ctx context.Context, who record.Actor, caseID string, a Asked) (all []Planned, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		c, err := sheetCase(t, caseID, "offboarding.plan")
		if err != nil {
			return err
		}
		o, err := offboarding(t, &c)
		if err != nil {
			return err
		}
		all, err = planned(t, &o, &a)
		t.Did("offboarding.plan", "case/"+c.ID, c.ID, "inventory")
		return err
	})
	return all, err
}

// sheetCase lets in whoever works on cases, and the operator at the command line,
// who may look and propose and never signs.
func sheetCase(t *store.Tx, caseID, act string) (record.Case, error) {
	if t.Actor().Kind == record.ActorOperator {
		return t.Case(caseID)
	}
	return staffCase(t, caseID, act)
}

func planned(t *store.Tx, o *Offboarding, a *Asked) (all []Planned, err error) {
	if a.Item < 1 || a.Item > len(o.Access) {
		return nil, &record.Error{Code: record.CodeNotFound, Where: "item", Message: "the inventory has none of this number"}
	}
	e, err := ending(t, a.Via)
	if err != nil {
		return nil, err
	}
	steps, err := connect.PlanLeave(e.Provider, a.leaver())
	if err != nil {
		return nil, err
	}
	lever, _ := connect.FindLever(e.Provider)
	for _, s := range steps {
		all = append(all, Planned{s.Text, s.Ask.Method, lever.Address(e.Account) + s.Ask.Path, string(s.Ask.Body)})
	}
	return all, nil
}

// OrderEnd orders that a way in is ended. Nothing happens before another person
// has signed it.
func (d *Desk) OrderEnd(ctx context.Context, who record.Actor, caseID string, a Asked) (out Offboarding, err error) {
	return d.ordering(ctx, who, caseID, "offboarding.order", sheetCase, func(t *store.Tx, c *record.Case, o *Offboarding) (offboardEvent, error) {
		if _, err := planned(t, o, &a); err != nil {
			return offboardEvent{}, err
		}
		if err := notOneself(t, c); err != nil {
			return offboardEvent{}, err
		}
		e, err := ending(t, a.Via)
		if err != nil {
			return offboardEvent{}, err
		}
		for i := range o.Orders {
			if x := &o.Orders[i]; x.Item == a.Item && x.Via == a.Via && (x.State == OrderProposed || x.State == OrderSigned) {
				return offboardEvent{}, &record.Error{Code: record.CodeConflict, Where: "order", Message: "this way in is under order by this connector already"}
			}
		}
		l := a.leaver()
		return offboardEvent{Op: "order", Item: a.Item, At: t.Now().UTC(), Order: &orderEvent{N: len(o.Orders) + 1, Via: a.Via, Lever: e.Provider, Account: l.Login, Organisation: l.Organisation}}, nil
	})
}

// SignOrder is the second person's word: the job is added in the same transaction
// and runs at the moment of the cut, or at once where that has come.
func (d *Desk) SignOrder(ctx context.Context, who record.Actor, caseID string, n int) (Offboarding, error) {
	return d.ordering(ctx, who, caseID, "offboarding.sign", staffCase, func(t *store.Tx, c *record.Case, o *Offboarding) (offboardEvent, error) {
		x, err := o.proposed(n)
		if err != nil {
			return offboardEvent{}, err
		}
		if x.By == who.ID {
			return offboardEvent{}, store.Refusal(record.Entry{Act: "offboarding.sign", Object: "case/" + c.ID, Case: c.ID},
				&record.Error{Code: record.CodeRefused, Where: "order", Message: "whoever ordered it cannot sign it: another person must"})
		}
		if err := notOneself(t, c); err != nil {
			return offboardEvent{}, err
		}
		job, err := addOrderJob(t, c, o, n)
		return offboardEvent{Op: "sign", At: t.Now().UTC(), Order: &orderEvent{N: n, Job: job}}, err
	})
}

// WithdrawOrder takes back what nobody has signed.
func (d *Desk) WithdrawOrder(ctx context.Context, who record.Actor, caseID string, n int) (Offboarding, error) {
	return d.ordering(ctx, who, caseID, "offboarding.withdraw", staffCase, func(t *store.Tx, _ *record.Case, o *Offboarding) (offboardEvent, error) {
		_, err := o.proposed(n)
		return offboardEvent{Op: "withdraw", Order: &orderEvent{N: n}}, err
	})
}

func (o *Offboarding) proposed(n int) (*Order, error) {
	if n < 1 || n > len(o.Orders) {
		return nil, &record.Error{Code: record.CodeNotFound, Where: "order", Message: "there is none of this number"}
	}
	if x := &o.Orders[n-1]; x.State == OrderProposed {
		return x, nil
	}
	return nil, &record.Error{Code: record.CodeConflict, Where: "order", Message: "it is settled already"}
}

type orderArgs struct {
	Case string `json:"case"`
	N    int    `json:"n"`
}

// addOrderJob has an order done at the moment of the cut. Where the moment was
// moved there is a job for each, and the first that comes in time does it.
func addOrderJob(t *store.Tx, c *record.Case, o *Offboarding, n int) (string, error) {
	args, err := json.Marshal(orderArgs{c.ID, n}, json.Deterministic(true))
	if err != nil {
		return "", err
	}
	at := t.Now()
	if o.Cut.After(at) {
		at = o.Cut
	}
	id, _, err := t.AddJob(store.Job{Kind: OrderJob, Args: args, Subject: c.Subject, Priority: 1, RunAt: at, Attempts: orderAttempts})
	return id, err
}

// notOneself keeps the person whose access ends from ordering or signing it.
func notOneself(t *store.Tx, c *record.Case) error {
	a, err := t.Application(c.Subject)
	if err != nil {
		return err
	}
	for _, mail := range a.Emails {
		u, err := t.UserByLogin(strings.ToLower(strings.TrimSpace(mail)))
		if err == nil && u.ID == t.Actor().ID {
			return &record.Error{Code: record.CodeRefused, Where: "order", Message: "nobody ends their own access"}
		}
		if err != nil && record.CodeOf(err) != record.CodeNotFound {
			return err
		}
	}
	return nil
}

func (d *Desk) ordering(ctx context.Context, who record.Actor, caseID, act string, in func(*store.Tx, string, string) (record.Case, error), change func(*store.Tx, *record.Case, *Offboarding) (offboardEvent, error)) (out Offboarding, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		c, err := in(t, caseID, act)
		if err != nil {
			return err
		}
		if out, err = offboarding(t, &c); err != nil {
			return err
		}
		e, err := change(t, &c, &out)
		if err != nil {
			return err
		}
		if err := out.keep(t, &c, act, &e); err != nil {
			return err
		}
		return out.jobs(t)
	})
	return out, err
}

// jobs says how the jobs of signed orders fare.
func (o *Offboarding) jobs(t *store.Tx) error {
	for i := range o.Orders {
		x := &o.Orders[i]
		if x.State != OrderSigned || x.job == "" {
			continue
		}
		j, err := t.Job(x.job)
		if record.CodeOf(err) == record.CodeNotFound && err != nil {
			continue
		}
		if err != nil {
			return err
		}
		switch x.Tries = j.Attempt; j.State {
		case "dead":
			x.State = OrderFailed
		case "ready":
			x.Next = j.RunAt
		}
	}
	return nil
}

func (o *Offboarding) replayOrder(e *offboardEvent) {
	x := e.Order
	if x == nil || x.N < 1 || x.N > len(o.Orders)+1 || e.Op != "order" && x.N > len(o.Orders) {
		return
	}
	if e.Op == "order" {
		o.Orders = append(o.Orders, Order{N: x.N, Item: e.Item, Via: x.Via, Lever: x.Lever, Account: x.Account, Organisation: x.Organisation, By: e.By, Ordered: e.At, State: OrderProposed})
		return
	}
	at := &o.Orders[x.N-1]
	switch e.Op {
	case "sign":
		at.Second, at.Signed, at.State, at.job = e.By, e.At, OrderSigned, x.Job
	case "withdraw":
		at.State = OrderWithdrawn
	case "intend":
		at.Steps = append(at.Steps, OrderStep{Text: x.Step, Intended: e.At})
	case "proof":
		if i := slices.IndexFunc(at.Steps, func(s OrderStep) bool { return s.Text == x.Step }); i >= 0 {
			at.Steps[i].Proof = x.Proof
		}
	case "trouble":
		at.Said, at.SaidAt = e.Words, e.At
	case "wrong":
		at.Said, at.SaidAt, at.State = e.Words, e.At, OrderWrong
	case "ended":
		at.State = OrderEnded
		a := &o.Access[at.Item-1]
		a.Revoked, a.Proof, a.By = e.At, e.Words, at.Second
	}
}
