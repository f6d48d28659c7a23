package casework

import (
	"context"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// What connectors may ask is a way out of the house, as where messages go is
// (webhook.go): to widen it takes two people, to narrow it one.

// LimitsAsked is what somebody wants connectors to be allowed, until another
// person has confirmed it.
type LimitsAsked struct {
	Limits
	Proposer string // kind/id
}

// Limits reads what a tenant allows its connectors to ask.
func (d *Desk) Limits(ctx context.Context, who record.Actor) (l Limits, err error) {
	l, _, _, err = d.LimitsAsked(ctx, who)
	return l, err
}

// LimitsAsked reads what is in force and what waits, nil for nothing, and the mark of that.
func (d *Desk) LimitsAsked(ctx context.Context, who record.Actor) (now Limits, asked *LimitsAsked, mark string, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		t.Did("egress.read", "tenant/"+t.Tenant(), "")
		if now, asked, _, mark, err = limitsAsked(t); err != nil {
			return err
		}
		now.Used, err = used(t)
		return err
	})
	return now, asked, mark, err
}

func limitsAsked(t *store.Tx) (now Limits, asked *LimitsAsked, change *store.Change, mark string, err error) {
	now, version, err := limits(t)
	if err != nil {
		return now, nil, nil, "", err
	}
	mark = strconv.FormatInt(version, 10)
	waiting, err := t.Changes()
	if err != nil {
		return now, nil, nil, "", err
	}
	at := slices.IndexFunc(waiting, func(c store.Change) bool { return c.Of == limitsName })
	if at < 0 {
		return now, nil, nil, mark, nil
	}
	asked = &LimitsAsked{Proposer: waiting[at].Proposer}
	if json.Unmarshal(waiting[at].Body, &asked.Limits) != nil {
		return now, nil, nil, "", &record.Error{Code: record.CodeInternal, Where: "egress", Message: "its limits cannot be read"}
	}
	return now, asked, &waiting[at], mark + "." + waiting[at].ID, nil
}

// wider says whether more could be asked by the one than by the other.
func (l Limits) wider(now Limits) bool {
	if l.Budget > now.Budget {
		return true
	}
	return len(now.Hosts) > 0 && (len(l.Hosts) == 0 || slices.ContainsFunc(l.Hosts, func(h string) bool { return !slices.Contains(now.Hosts, h) }))
}

// SetLimits asks for others. What is narrower is in force at once; what is wider
// waits for another person. What waited is withdrawn by either: the newest is what
// is asked about.
func (d *Desk) SetLimits(ctx context.Context, who record.Actor, l Limits) (waits bool, err error) {
	if l.Budget == 0 {
		l.Budget = dailyBudget
	}
	if l.Budget < 0 || l.Budget > 10_000_000 || len(l.Hosts) > 200 || slices.Contains(l.Hosts, "") {
		return false, record.Invalid("limits", "up to 200 hosts and ten million questions a day")
	}
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		now, _, _, mark, err := limitsAsked(t)
		if err != nil {
			return err
		}
		if err := asRead(t, mark); err != nil {
			return err
		}
		if err := t.WithdrawChange(limitsName); err != nil {
			return err
		}
		if waits = l.wider(now); waits {
			b, err := json.Marshal(l, json.Deterministic(true))
			if err != nil {
				return err
			}
			t.Did("egress.ask", "tenant/"+t.Tenant(), "")
			_, err = t.ProposeChange(limitsName, wordOf(who), b)
			return err
		}
		t.Did("egress.limit", "tenant/"+t.Tenant(), "")
		return saveLimits(t, l)
	})
	return waits, err
}

func saveLimits(t *store.Tx, l Limits) error {
	_, version, err := limits(t)
	if err != nil {
		return err
	}
	b, err := json.Marshal(l, json.Deterministic(true))
	if err != nil {
		return err
	}
	_, err = t.SaveSetting(limitsName, version, b)
	return err
}

// ConfirmLimits puts in force what somebody else asked for: the act of a second
// person, refused to whoever asked by the database too.
func (d *Desk) ConfirmLimits(ctx context.Context, who record.Actor) (l Limits, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		refuse := func(why string) error {
			return store.Refusal(record.Entry{Act: "egress.confirm", Object: "tenant/" + t.Tenant()}, &record.Error{Code: record.CodeRefused, Where: "limits", Message: why})
		}
		_, asked, change, mark, err := limitsAsked(t)
		switch {
		case err != nil:
			return err
		case asked == nil:
			return &record.Error{Code: record.CodeConflict, Where: "limits", Message: "nothing waits to be confirmed"}
		case who.Kind != record.ActorPerson:
			return refuse("are confirmed by a person")
		}
		if err := asRead(t, mark); err != nil {
			return err
		}
		if asked.Proposer == wordOf(who) {
			return refuse("somebody other than who asked for it confirms it")
		}
		if err := t.ConfirmChange(change.ID, wordOf(who)); err != nil {
			return err
		}
		l = asked.Limits
		t.Did("egress.confirm", "tenant/"+t.Tenant(), "")
		return saveLimits(t, l)
	})
	return l, err
}
