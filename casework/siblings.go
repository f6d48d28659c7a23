package casework

import (
	"cmp"
	"context"
	"slices"

	"bonafide/record"
	"bonafide/store"
)

// Sibling is a case that shares something with another, directly or over one in
// between. It gets verification, not suspicion: honest colleagues and households
// share things too.
type Sibling struct {
	Subject, Case string
	State         record.CaseState
	Hops          int           // 1 or 2
	Kinds         []record.Kind // what is shared, on the nearest step
	Strength      record.Strength
	Via           string // case in between, on two steps
}

const (
	mostSiblings = 200
	mostSpread   = 60 // neighbours over whom the second step goes
)

// Siblings lists who shares what with the person of a case, two steps far, the
// nearest and strongest first. Cases that are sealed from the reader are left
// out in silence.
func (d *Desk) Siblings(ctx context.Context, who record.Actor, caseID string) (all []Sibling, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		all = nil
		c, err := staffCase(t, caseID, "siblings.read")
		if err != nil {
			return err
		}
		found := map[string]*Sibling{}
		first, err := around(t, c.Subject, 1, "", found, c.Subject)
		if err != nil {
			return err
		}
		for _, s := range first[:min(len(first), mostSpread)] {
			if found[s].Case == "" {
				continue // what is sealed is no way to somebody else
			}
			if _, err := around(t, s, 2, found[s].Case, found, c.Subject); err != nil {
				return err
			}
		}
		for _, s := range found {
			if s.Case != "" {
				all = append(all, *s)
			}
		}
		slices.SortFunc(all, func(a, b Sibling) int {
			return cmp.Or(a.Hops-b.Hops, int(b.Strength)-int(a.Strength), len(b.Kinds)-len(a.Kinds), cmp.Compare(a.Case, b.Case))
		})
		all = all[:min(len(all), mostSiblings)]
		t.Did("siblings.read", "case/"+c.ID, c.ID, "links")
		return nil
	})
	return all, err
}

// around adds the neighbours of a subject, and gives those that are new.
func around(t *store.Tx, subject string, hops int, via string, found map[string]*Sibling, self string) (fresh []string, err error) {
	edges, err := t.Edges(subject)
	if err != nil {
		return nil, err
	}
	for _, e := range edges {
		other := e.Other
		if other == subject {
			other = e.Subject
		}
		if other == self {
			continue
		}
		s := found[other]
		if s == nil {
			s = &Sibling{Subject: other, Hops: hops, Via: via}
			c, err := t.CaseOf(other)
			if err == nil && mayRead(t, c) == nil {
				s.Case, s.State = c.ID, c.State
			} else if err != nil && record.CodeOf(err) != record.CodeNotFound {
				return nil, err
			}
			found[other] = s
			fresh = append(fresh, other)
		}
		if s.Hops == hops && s.Via == via && !slices.Contains(s.Kinds, e.Kind) {
			s.Kinds = append(s.Kinds, e.Kind)
			s.Strength = max(s.Strength, e.Strength)
		}
	}
	slices.SortFunc(fresh, func(a, b string) int {
		return cmp.Or(int(found[b].Strength)-int(found[a].Strength), cmp.Compare(a, b))
	})
	return fresh, nil
}
