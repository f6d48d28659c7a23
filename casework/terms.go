package casework

import (
	"context"
	"maps"
	"slices"

	"bonafide/policy"
	"bonafide/record"
	"bonafide/report"
	"bonafide/store"
)

// HouseTerms are what a tenant asks for, keeps and speaks.
type HouseTerms = policy.Terms

// inForce are the tenant's rules as they stand, read in the transaction that
// follows them: a version put in force is in force at once. They are shared.
func inForce(t *store.Tx) (*policy.Policy, error) {
	rules, version, err := store.Rules(t, policy.Read)
	if err == nil && version == 0 {
		rules = policy.Standing()
	}
	return rules, err
}

// Terms are what a tenant asks for, keeps and speaks. No person is in them.
func (d *Desk) Terms(ctx context.Context, who record.Actor) (terms policy.Terms, err error) {
	err = d.Store.View(ctx, who, func(t *store.Tx) error {
		p, err := inForce(t)
		if err == nil {
			terms = p.Terms.Clone() // a form changes them
		}
		return err
	})
	return terms, err
}

// HouseRole and HouseKeep are lines of them.
type (
	HouseRole = policy.Role
	HouseKeep = policy.Keep
)

// TermClasses are the classes of record that are kept for a number of days.
func TermClasses() []string { return policy.KeepClasses[:] }

// TermCountries are those whose law there is a profile of.
func TermCountries() []string { return slices.Sorted(maps.Keys(store.Profiles)) }

// CountryTerms is how long the profile of the tenant's country lets each class be
// kept, where the rules say nothing else.
func (d *Desk) CountryTerms(ctx context.Context, who record.Actor) (country string, all []report.KeepTerm, err error) {
	err = d.Store.View(ctx, who, func(t *store.Tx) error {
		self, err := t.Self()
		country, all = self.Country, Terms(self.Country)
		return err
	})
	return country, all, err
}

// DraftTerms drafts a version of the rules in which nothing but the terms differs
// from those in force.
func (d *Desk) DraftTerms(ctx context.Context, who record.Actor, terms *HouseTerms) (store.Policy, error) {
	var now string
	err := d.Store.View(ctx, who, func(t *store.Tx) error {
		rules, err := inForce(t)
		if err == nil {
			now = rules.Text
		}
		return err
	})
	if err != nil {
		return store.Policy{}, err
	}
	return d.DraftRules(ctx, who, policy.Rewrite(now, terms))
}
