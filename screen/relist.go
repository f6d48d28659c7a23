package screen

import (
	"context"
	"slices"

	"github.com/go-json-experiment/json"

	"bonafide/lists"
	"bonafide/record"
	"bonafide/store"
)

// JobLists asks a few records what the lists now in force say of them, and has
// those screened again of whom they say something else. JobRules does the same
// when two people have put other rules in force; casework leaves it.
const (
	JobLists = "lists"
	JobRules = "rules"
)

// listsInForce is the setting that says by which lists a tenant was last screened.
const listsInForce = "lists/in-force"

// listsAtOnce is how many records one transaction asks, and listsPart one job.
const (
	listsAtOnce = 8
	listsPart   = 400
)

// listsArgs is one part of the way through all records.
type listsArgs struct {
	Digest string `json:"digest"` // of the lists, or rules, to ask
	After  string `json:"after"`  // the last subject that was asked
}

// flow is what this node screens with at the moment.
func (k *Keeper) flow() *Screen {
	if s := k.relisted.Load(); s != nil {
		return s
	}
	return k.Screen
}

// Relist puts other lists in force while the node serves, and has screened again
// whom the change can touch: where only addresses of wallets came or went, those
// who hold one of them; else those of whom the lists now say something else,
// which a job finds by asking each. Whoever comes first does it for all nodes.
func (k *Keeper) Relist(ctx context.Context, set *lists.Set) (lists.Change, error) {
	now := *k.flow()
	before := now.Lists
	c := lists.Changed(before, set)
	now.Lists = set
	k.relisted.Store(&now)
	return c, k.tellTenants(ctx, before.Digest(), set.Digest(), &c)
}

// ListsInForce compares, when a node starts, the lists it has with those that the
// record was last screened by.
func (k *Keeper) ListsInForce(ctx context.Context) error {
	return k.tellTenants(ctx, "", k.flow().Lists.Digest(), &lists.Change{Any: true})
}

// tellTenants notes the lists in force for every tenant and leaves the work. Only
// where the tenant was screened by before, the addresses alone are enough.
func (k *Keeper) tellTenants(ctx context.Context, before, digest string, c *lists.Change) error {
	var tenants []store.Tenant
	err := k.Store.View(ctx, record.Machine(store.House), func(t *store.Tx) (err error) {
		tenants, err = t.Tenants()
		return err
	})
	if err != nil {
		return err
	}
	for _, tenant := range tenants {
		if tenant.ID == store.House {
			continue
		}
		var values []uint64
		for _, address := range c.Wallets {
			found, err := k.KeysOf(ctx, tenant.ID, "wallet", address)
			if record.CodeOf(err) == record.CodeInvalid && err != nil {
				continue // nothing that a record could hold
			}
			if err != nil {
				return err
			}
			values = append(values, found...)
		}
		err := k.Store.Update(ctx, record.Machine(tenant.ID), func(t *store.Tx) error {
			return k.tellTenant(t, before, digest, c.Any, values)
		})
		if err != nil && record.CodeOf(err) != record.CodeConflict { // another node was faster
			return err
		}
	}
	return nil
}

func (k *Keeper) tellTenant(t *store.Tx, before, digest string, all bool, values []uint64) error {
	was, err := t.Setting(listsInForce)
	if err != nil && record.CodeOf(err) != record.CodeNotFound {
		return err
	}
	if string(was.Value) == digest {
		return nil
	}
	if _, err := t.SaveSetting(listsInForce, was.Version, []byte(digest)); err != nil {
		return err
	}
	t.Did("lists.change", "tenant/"+t.Tenant(), "")
	if all || before == "" || string(was.Value) != before {
		return addListsJob(t, JobLists, listsArgs{Digest: digest})
	}
	held, err := t.Holders(values, 1000)
	if err != nil {
		return err
	}
	if len(held) >= 1000 { // so many that the cut may have fallen among them
		return addListsJob(t, JobLists, listsArgs{Digest: digest})
	}
	var told []string
	for _, h := range held {
		if slices.Contains(told, h.Subject) {
			continue
		}
		told = append(told, h.Subject)
		if err := k.enqueue(t, h.Subject, hops-1); err != nil {
			return err
		}
	}
	return nil
}

func addListsJob(t *store.Tx, kind string, args listsArgs) error {
	b, err := json.Marshal(args)
	if err != nil {
		return err
	}
	err = t.Enqueue(store.Job{Kind: kind, Args: b, Dedupe: args.Digest + " " + args.After, Priority: 6})
	return err
}

// askLists does one part. A node that has not these lists leaves it to one that
// has; when others have come into force since, nobody needs the answer.
func (k *Keeper) askLists(ctx context.Context, j store.Job) error {
	var args listsArgs
	if json.Unmarshal(j.Args, &args) != nil {
		return &record.Error{Code: record.CodeInternal, Where: "lists", Message: "their job cannot be read"}
	}
	machine := record.Machine(j.Tenant)
	flow := k.flow()
	for done := int64(0); ; {
		ended := false
		err := k.Store.Update(ctx, machine, func(t *store.Tx) error {
			now, err := askedOf(t, j.Kind)
			if err != nil {
				return err
			}
			if ended = now != args.Digest; ended {
				return t.FinishJob(j, done)
			}
			if j.Kind == JobLists && flow.Lists.Digest() != args.Digest {
				return &record.Error{Code: record.CodeUnavailable, Where: "lists", Message: "this node has others"}
			}
			ids, err := t.Subjects(args.After, listsAtOnce)
			if err != nil {
				return err
			}
			if ended = len(ids) == 0; ended {
				return t.FinishJob(j, done)
			}
			for _, id := range ids {
				if err := k.askListsOf(t, flow, id); err != nil && record.CodeOf(err) != record.CodeNotFound { // erased meanwhile
					return err
				}
			}
			t.Did(j.Kind+".ask", "job/"+j.ID, "", "application", "result")
			args.After = ids[len(ids)-1]
			if done += int64(len(ids)); done < listsPart {
				return t.HoldJob(j, lease, done)
			}
			ended = true
			if err := addListsJob(t, j.Kind, args); err != nil {
				return err
			}
			return t.FinishJob(j, done)
		})
		if err != nil || ended {
			return err
		}
	}
}

// askedOf is the digest of what is in force of a kind.
func askedOf(t *store.Tx, kind string) (string, error) {
	if kind == JobRules {
		p, err := t.ActivePolicy()
		return p.Digest, err
	}
	now, err := t.Setting(listsInForce)
	return string(now.Value), err
}

// askListsOf screens a record without asking who stands near it: what it shares
// is what it shared before.
func (k *Keeper) askListsOf(t *store.Tx, flow *Screen, subject string) error {
	before, err := t.Result(subject)
	if err != nil {
		return err // its own screening is still to come, and will ask these lists
	}
	a, err := t.Application(subject)
	if err != nil {
		return err
	}
	rules, err := k.rules(t)
	if err != nil {
		return err
	}
	now := flow.assessBy(rules, inForce(a, record.DateOf(t.Now())), before.Links, before.Cluster, t.Now())
	if alike(before, now) {
		return nil
	}
	return k.enqueue(t, subject, hops-1)
}

// alike says whether two results come to the same, of whatever day the lists are.
func alike(x, y *record.Result) bool {
	if x.Assessment != y.Assessment || x.Tier != y.Tier || !slices.EqualFunc(x.Chain, y.Chain, func(x, y record.ChainPart) bool { return x.Link == y.Link && x.State == y.State }) || !slices.Equal(x.Because, y.Because) || !slices.Equal(x.NoData, y.NoData) {
		return false
	}
	return slices.EqualFunc(x.Findings, y.Findings, func(x, y record.Finding) bool {
		return x.Check == y.Check && x.Outcome == y.Outcome && x.Strength == y.Strength && x.Content == y.Content &&
			x.ClearedBy == y.ClearedBy && len(x.Evidence) == len(y.Evidence)
	})
}
