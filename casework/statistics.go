package casework

import (
	"cmp"
	"context"
	"slices"
	"time"

	"bonafide/record"
	"bonafide/store"
)

// Statistics is how the house works, counted: no person is in it. Groups of
// fewer than five are not told apart, so that nobody is recognised by a number.
type Statistics struct {
	From, To  time.Time
	Cases     int
	States    map[record.CaseState]int
	Proposals map[record.Assessment]int
	Roles     []RoleFigures
	// Decided is how often people decided, and how: with or against what the
	// machine proposed. A desk that never deviates is not deciding.
	Decided, Deviated int
	// Appealed and Overturned: decisions that were gone back on.
	Appealed, Overturned int
	Adverse              int
	Asked, Answered      int
	// Checks that asked most, and how often what they asked was answered.
	Checks []CheckFigures
}

// RoleFigures is the equal-treatment report of one role and tier: were the same
// steps asked of everybody in it, and what came of them.
type RoleFigures struct {
	Role, Tier      string
	Cases           int
	Review, Verify  int
	Asked           int // cases in which something was asked
	Decided         int
	Adverse         int
	AskedUnproposed int // asked though the machine proposed routine: deviations from the equal checks
}

// CheckFigures is how often a check's question was asked and answered.
type CheckFigures struct {
	Check           string
	Asked, Answered int
}

const fewest = 5

// Statistics counts over cases opened in a span of time, at most 50,000.
func (d *Desk) Statistics(ctx context.Context, who record.Actor, from, to time.Time) (out Statistics, err error) {
	out = Statistics{From: from, To: to, States: map[record.CaseState]int{}, Proposals: map[record.Assessment]int{}}
	roles := map[[2]string]*RoleFigures{}
	checks := map[string]*CheckFigures{}
	cursor, seen := "", 0
	for {
		err = d.Store.Update(ctx, who, func(t *store.Tx) error {
			page, next, err := t.Cases(store.CaseFilter{Cursor: cursor, Limit: 500})
			if err != nil {
				return err
			}
			for _, c := range page {
				if c.Opened.Before(from) || !c.Opened.Before(to) {
					continue
				}
				if err := out.count(t, c, roles, checks); err != nil {
					return err
				}
			}
			t.Did("statistics.read", "tenant/"+t.Tenant(), "")
			cursor, seen = next, seen+len(page)
			return nil
		})
		if err != nil {
			return out, err
		}
		if cursor == "" || seen >= 50_000 {
			break
		}
	}
	few := &RoleFigures{Role: "", Tier: ""}
	for _, r := range roles {
		if r.Cases >= fewest {
			out.Roles = append(out.Roles, *r)
			continue
		}
		few.add(r)
	}
	slices.SortFunc(out.Roles, func(a, b RoleFigures) int {
		return cmp.Or(b.Cases-a.Cases, cmp.Compare(a.Role, b.Role), cmp.Compare(a.Tier, b.Tier))
	})
	if few.Cases > 0 {
		out.Roles = append(out.Roles, *few)
	}
	for _, c := range checks {
		out.Checks = append(out.Checks, *c)
	}
	slices.SortFunc(out.Checks, func(a, b CheckFigures) int { return cmp.Or(b.Asked-a.Asked, cmp.Compare(a.Check, b.Check)) })
	return out, nil
}

func (r *RoleFigures) add(x *RoleFigures) {
	r.Cases, r.Review, r.Verify, r.Asked = r.Cases+x.Cases, r.Review+x.Review, r.Verify+x.Verify, r.Asked+x.Asked
	r.Decided, r.Adverse, r.AskedUnproposed = r.Decided+x.Decided, r.Adverse+x.Adverse, r.AskedUnproposed+x.AskedUnproposed
}

func (s *Statistics) count(t *store.Tx, c record.Case, roles map[[2]string]*RoleFigures, checks map[string]*CheckFigures) error {
	s.Cases++
	s.States[c.State]++
	s.Proposals[c.Assessment]++
	r := roles[[2]string{c.Role, c.Tier}]
	if r == nil {
		r = &RoleFigures{Role: c.Role, Tier: c.Tier}
		roles[[2]string{c.Role, c.Tier}] = r
	}
	r.Cases++
	switch c.Assessment {
	case record.Review:
		r.Review++
	case record.VerifyMore:
		r.Verify++
	}
	// Heads only: what was said stays sealed.
	asked, err := t.RequestFigures(c.ID)
	if err != nil {
		return err
	}
	for _, a := range asked {
		f := checks[a.Kind]
		if f == nil {
			f = &CheckFigures{Check: a.Kind}
			checks[a.Kind] = f
		}
		f.Asked++
		s.Asked++
		if a.State == RequestAnswered {
			f.Answered++
			s.Answered++
		}
	}
	if len(asked) > 0 {
		r.Asked++
		if c.Assessment == record.Routine {
			r.AskedUnproposed++
		}
	}
	decided, err := t.DecisionFigures(c.ID)
	if err != nil {
		return err
	}
	for _, x := range decided {
		if x.State != record.DecisionApproved {
			continue
		}
		s.Decided++
		r.Decided++
		m, _ := record.FindMove(x.From, x.To)
		if m.Adverse {
			s.Adverse++
			r.Adverse++
		}
		if x.To != record.CaseState(c.Assessment) && x.To == record.CaseCleared {
			s.Deviated++
		}
		if x.AppealsTo != "" {
			s.Appealed++
			if x.To == record.CaseCleared {
				s.Overturned++
			}
		}
	}
	return nil
}
