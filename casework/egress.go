package casework

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/connect"
	"bonafide/record"
	"bonafide/store"
)

// Egress opens clients for connectors. What a tenant may ask is bounded by its
// limits, and every question is kept: who was asked, on what occasion, concerning
// whom. An answer of which that could not be kept is not used.
type Egress struct {
	Store *store.Store
	Open  connect.Opener
}

// Limits is what a tenant allows its connectors to ask.
type Limits struct {
	Hosts  []string `json:"hosts,omitempty"`  // that may be asked; empty: those of the connectors it added
	Budget int64    `json:"budget,omitempty"` // questions in 24 hours; dailyBudget when 0
	Used   int64    `json:"-"`                // of it, in the last 24 hours; only where it is read
}

const (
	limitsName  = "egress"
	dailyBudget = 20_000
	keepWithin  = 10 * time.Second // what came of a question is written down, although its job is over
)

func limits(t *store.Tx) (l Limits, version int64, err error) {
	s, err := t.Setting(limitsName)
	if record.CodeOf(err) == record.CodeNotFound && err != nil {
		return Limits{Budget: dailyBudget}, 0, nil
	}
	if err != nil {
		return l, 0, err
	}
	if json.Unmarshal(s.Value, &l) != nil {
		return l, 0, &record.Error{Code: record.CodeInternal, Where: "egress", Message: "its limits cannot be read"}
	}
	if l.Budget == 0 {
		l.Budget = dailyBudget
	}
	return l, s.Version, nil
}

// used is how many questions left in the last 24 hours.
func used(t *store.Tx) (int64, error) { return t.CountLookups(t.Now().Add(-24 * time.Hour)) }

// Net opens a client for one occasion.
func (e *Egress) Net(o connect.Occasion, hosts []string) connect.Caller {
	machine := record.Actor{Kind: record.ActorMachine, ID: "egress", Tenant: o.Tenant}
	may := func() error {
		return e.Store.View(context.Background(), machine, func(t *store.Tx) error {
			l, _, err := limits(t)
			if err != nil {
				return err
			}
			for _, h := range hosts {
				if len(l.Hosts) > 0 && !slices.Contains(l.Hosts, h) {
					return &record.Error{Code: record.CodeRefused, Where: h, Message: "the tenant's list of hosts does not allow it; bonafide connect limits changes it"}
				}
			}
			n, err := used(t)
			if err == nil && n >= l.Budget {
				err = &record.Error{Code: record.CodeUnavailable, Where: "egress", Message: "the tenant's questions of a day are used up"}
			}
			return err
		})
	}
	return e.Open.Within(hosts, o, may, func(on connect.Occasion, l record.Lookup) error {
		if err := e.Store.KeepLookup(on, l); err != nil {
			return err
		}
		return e.noteKey(machine, on.By, l.Status)
	})
}

// noteKey keeps that a provider did not take a connector's key, until it takes one:
// whoever looks at the desk is told which connector needs another.
func (e *Egress) noteKey(machine record.Actor, by string, status int) error {
	ctx, stop := context.WithTimeout(context.Background(), keepWithin)
	defer stop()
	name, refused, noted := connect.KeyRefused(by), status == http.StatusUnauthorized || status == http.StatusForbidden, false
	if !refused && (status < 200 || status > 299) {
		return nil // it says nothing of the key
	}
	if err := e.Store.View(ctx, machine, func(t *store.Tx) error {
		_, err := t.Cursor(name)
		if noted = err == nil; record.CodeOf(err) == record.CodeNotFound {
			return nil
		}
		return err
	}); err != nil || noted == refused {
		return err
	}
	return e.Store.Update(ctx, machine, func(t *store.Tx) error {
		t.Did("hook.key", "hook/"+by, "")
		if refused {
			return t.SaveCursor(name, nil)
		}
		return t.ForgetCursor(name)
	})
}

// Lookups lists what was asked outside before a time, newest first.
func (d *Desk) Lookups(ctx context.Context, who record.Actor, before time.Time, limit int) (all []store.Lookup, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		if before.IsZero() {
			before = t.Now().Add(time.Minute)
		}
		all, err = t.Lookups(before, limit)
		t.Did("lookup.list", "tenant/"+t.Tenant(), "")
		return err
	})
	return all, err
}
