package casework

import (
	"context"
	"strings"

	"bonafide/policy"
	"bonafide/record"
	"bonafide/store"
)

// HouseTerms are what a tenant asks for, keeps and speaks.
type HouseTerms = policy.Terms

// inForce are the tenant's rules as they stand, read in the transaction that
// follows them: a version put in force is in force at once.
func inForce(t *store.Tx) (*policy.Policy, error) {
	p, err := t.ActivePolicy()
	if err != nil {
		return nil, err
	}
	if p.Version == 0 {
		return policy.Default(), nil
	}
	return policy.Parse(strings.NewReader(p.Text))
}

// Terms are what a tenant asks for, keeps and speaks. No person is in them.
func (d *Desk) Terms(ctx context.Context, who record.Actor) (terms policy.Terms, err error) {
	err = d.Store.View(ctx, who, func(t *store.Tx) error {
		p, err := inForce(t)
		if err == nil {
			terms = p.Terms
		}
		return err
	})
	return terms, err
}
