package casework

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// ClaimFor is how long a case stays in one person's hands without a touch.
const ClaimFor = time.Hour

// Claim takes a case into one's hands for an hour; again prolongs it. Taking it
// from somebody whose hour still runs needs a reason, which becomes a note.
func (d *Desk) Claim(ctx context.Context, who record.Actor, caseID, takeOver string) (record.Case, error) {
	var c record.Case
	err := d.Store.Update(ctx, who, func(t *store.Tx) error {
		var err error
		if c, err = staffCase(t, caseID, "case.claim"); err != nil {
			return err
		}
		if takeOver = strings.TrimSpace(takeOver); takeOver != "" && c.Assignee != "" && c.Assignee != who.ID {
			if _, err := t.AddNote(caseID, takeOver); err != nil {
				return err
			}
			if _, err := t.ReleaseCase(caseID, c.Assignee); err != nil {
				return err
			}
			t.Did("case.takeover", "case/"+caseID, caseID)
		}
		if c, err = t.ClaimCase(caseID, who.ID, t.Now().Add(ClaimFor)); err != nil {
			return err
		}
		t.Did("case.claim", "case/"+caseID, caseID)
		return nil
	})
	return c, err
}

// Release puts a case back.
func (d *Desk) Release(ctx context.Context, who record.Actor, caseID string) (record.Case, error) {
	var c record.Case
	err := d.Store.Update(ctx, who, func(t *store.Tx) (err error) {
		if c, err = t.ReleaseCase(caseID, who.ID); err == nil {
			t.Did("case.release", "case/"+caseID, caseID)
		}
		return err
	})
	return c, err
}

// Assign gives a case to somebody; a lead does that.
func (d *Desk) Assign(ctx context.Context, who record.Actor, caseID, to string, version int64) (record.Case, error) {
	var c record.Case
	err := d.Store.Update(ctx, who, func(t *store.Tx) error {
		var err error
		if c, err = staffCase(t, caseID, "case.assign"); err != nil {
			return err
		}
		if !who.Is(record.RoleLead) {
			return &record.Error{Code: record.CodeRefused, Where: "case", Message: "a lead assigns; you can claim it"}
		}
		if _, err := t.User(to); to != "" && err != nil {
			return err
		}
		c.Assignee, c.ClaimUntil, c.Version = to, t.Now().Add(24*time.Hour), version
		if c, err = t.SaveCase(c); err == nil {
			t.Did("case.assign", "case/"+caseID, caseID)
		}
		return err
	})
	return c, err
}

// A sealed case has a circle: the people on its list, and nobody else, see that
// it exists. Whoever seals it is on the list.
func circleName(caseID string) string { return "circle/" + caseID }

// Seal closes a case to all but some people.
func (d *Desk) Seal(ctx context.Context, who record.Actor, caseID string, people []string) error {
	if !slices.Contains(people, who.ID) {
		people = append(people, who.ID)
	}
	if len(people) > 50 {
		return record.Invalid("people", "fifty at most: the circle stays small")
	}
	return d.Store.Update(ctx, who, func(t *store.Tx) error {
		if _, err := staffCase(t, caseID, "case.seal"); err != nil {
			return err
		}
		for _, p := range people {
			if _, err := t.User(p); err != nil && p != who.ID {
				return err
			}
		}
		slices.Sort(people)
		b, err := json.Marshal(slices.Compact(people))
		if err != nil {
			return err
		}
		before, err := t.Setting(circleName(caseID))
		if err != nil && record.CodeOf(err) != record.CodeNotFound {
			return err
		}
		if _, err := t.SaveSetting(circleName(caseID), before.Version, b); err != nil {
			return err
		}
		t.Did("case.seal", "case/"+caseID, caseID)
		return nil
	})
}

// inCircle is nil where the case is not sealed, or sealed with the actor in. To
// everybody else the case does not exist, in the words of a case that does not.
func inCircle(t *store.Tx, caseID string) error {
	x, err := t.Setting(circleName(caseID))
	if record.CodeOf(err) == record.CodeNotFound && err != nil {
		return nil
	}
	if err != nil {
		return err
	}
	var people []string
	if err := json.Unmarshal(x.Value, &people); err != nil {
		return &record.Error{Code: record.CodeInternal, Where: "case", Message: "its circle cannot be read"}
	}
	if !slices.Contains(people, t.Actor().ID) {
		return notThere
	}
	return nil
}
