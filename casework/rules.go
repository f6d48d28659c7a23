package casework

import (
	"context"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"bonafide/policy"
	"bonafide/record"
	"bonafide/store"
)

// RuleVersion is one version of the tenant's rules of weighing.
type RuleVersion struct {
	store.Policy
	Terms policy.Terms // what it asks for, keeps and speaks
	// Diff are the lines that differ from the version in force: "+ …" and "- …".
	Diff []string
}

const (
	longestRules = 64 << 10
	// rulesJob is the kind of job that asks every record what other rules say of
	// it; screen does it.
	rulesJob = "rules"
)

// mayEdit says who drafts and puts in force. Whoever runs the machine does not:
// they are nobody by name, and two people have to be two.
func mayEdit(who record.Actor) bool {
	return who.Kind == record.ActorPerson && who.Is(record.RoleLead, record.RoleAdmin)
}

// RulesMark is the state of the rules that was read: the version in force, against
// which every difference is shown.
func RulesMark(all []RuleVersion) string {
	for _, r := range all {
		if r.Active {
			return writeNumber(r.Version)
		}
	}
	return ""
}

func activeMark(all []store.Policy, at int) string {
	if at < 0 {
		return writeNumber(0)
	}
	return writeNumber(all[at].Version)
}

// Rules lists the versions, newest first; version 0 is the one that is shipped.
func (d *Desk) Rules(ctx context.Context, who record.Actor) (all []RuleVersion, err error) {
	err = d.Store.View(ctx, who, func(t *store.Tx) error {
		all = nil
		versions, err := t.Policies()
		if err != nil {
			return err
		}
		versions = append(versions, store.Policy{Text: policy.Shipped(), Active: !slices.ContainsFunc(versions, func(p store.Policy) bool { return p.Active })})
		now := policy.Shipped()
		for _, p := range versions {
			if p.Active {
				now = p.Text
			}
		}
		for _, p := range versions {
			rules, err := policy.Read(p.Text)
			if err != nil {
				return err
			}
			all = append(all, RuleVersion{p, rules.Terms, differ(now, p.Text)})
		}
		return nil
	})
	return all, err
}

// DraftRules keeps a version that is not in force yet. One that cannot be read
// is refused with its line.
func (d *Desk) DraftRules(ctx context.Context, who record.Actor, text string) (store.Policy, error) {
	return d.DraftRulesOnce(ctx, who, "", text)
}

// DraftRulesOnce is DraftRules for a caller with a key.
func (d *Desk) DraftRulesOnce(ctx context.Context, who record.Actor, key, text string) (p store.Policy, err error) {
	if !mayEdit(who) {
		return p, &record.Error{Code: record.CodeRefused, Where: "policy", Message: "a lead or an admin drafts rules"}
	}
	if len(text) > longestRules {
		return p, record.Invalid("policy", "larger than 64 KiB")
	}
	if _, err := policy.Read(text); err != nil {
		return p, err
	}
	p, err = once(ctx, d, who, key, []string{"policy", text}, func(t *store.Tx) (store.Policy, error) {
		p, err := t.ProposePolicy(text, who.ID)
		if err == nil {
			t.Did("policy.draft", "policy/"+writeNumber(p.Version), "")
		}
		p.Text = "" // what is kept for a repeat is short
		return p, err
	})
	p.Text = text
	return p, err
}

func (d *Desk) rulesText(ctx context.Context, who record.Actor, version int64) (text string, err error) {
	if version == 0 {
		return policy.Shipped(), nil
	}
	err = d.Store.View(ctx, who, func(t *store.Tx) error {
		all, err := t.Policies()
		for _, p := range all {
			if p.Version == version {
				text = p.Text
			}
		}
		if err == nil && text == "" {
			err = &record.Error{Code: record.CodeNotFound, Where: "policy", Message: "there is no such version"}
		}
		return err
	})
	return text, err
}

// PublishRules puts a version in force: the second person's act, refused to the
// one who drafted it by the database too.
func (d *Desk) PublishRules(ctx context.Context, who record.Actor, version int64) error {
	if !mayEdit(who) {
		return &record.Error{Code: record.CodeRefused, Where: "policy", Message: "a lead or an admin publishes rules"}
	}
	return d.Store.Update(ctx, who, func(t *store.Tx) error {
		all, err := t.Policies()
		if err != nil {
			return err
		}
		now := slices.IndexFunc(all, func(p store.Policy) bool { return p.Active })
		if err := asRead(t, activeMark(all, now)); err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(p store.Policy) bool { return p.Version == version })
		switch {
		case i < 0:
			return &record.Error{Code: record.CodeNotFound, Where: "policy", Message: "there is no such version"}
		case all[i].Proposer == who.ID:
			return store.Refusal(record.Entry{Act: "policy.publish", Object: "policy/" + writeNumber(version)},
				&record.Error{Code: record.CodeRefused, Where: "policy", Message: "somebody other than who drafted it publishes it"})
		}
		was, err := keepings(t)
		if err != nil {
			return err
		}
		if err := t.ActivatePolicy(version, who.ID); err != nil {
			return err
		}
		is, err := keepings(t)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(keptClasses[:], func(c store.Class) bool { return was[c].Days != is[c].Days }) {
			if err := followClocks(t, 1); err != nil {
				return err
			}
		}
		// What they say of every record is found by a job, as with other lists.
		args, err := json.Marshal(map[string]string{"digest": all[i].Digest})
		if err != nil {
			return err
		}
		if _, _, err := t.AddJob(store.Job{Kind: rulesJob, Args: args, Dedupe: all[i].Digest + " ", Priority: 6}); err != nil {
			return err
		}
		t.Did("policy.publish", "policy/"+writeNumber(version), "")
		return nil
	})
}

// differ is what a text has more and less than another, line by line: the
// longest common sequence stays unsaid.
func differ(from, to string) (out []string) {
	a, b := strings.Split(strings.TrimSpace(from), "\n"), strings.Split(strings.TrimSpace(to), "\n")
	if len(a)*len(b) > 4_000_000 {
		return []string{"- …", "+ …"}
	}
	long := make([][]int, len(a)+1)
	for i := range long {
		long[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				long[i][j] = long[i+1][j+1] + 1
			} else {
				long[i][j] = max(long[i+1][j], long[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && long[i+1][j] >= long[i][j+1]:
			out = append(out, "- "+a[i])
			i++
		default:
			out = append(out, "+ "+b[j])
			j++
		}
	}
	return out
}
