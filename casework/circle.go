package casework

import (
	"context"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"bonafide/record"
	"bonafide/store"
)

// A sealed case has a circle: the people on its list, and nobody else, see that
// it exists. Whoever seals it is on the list and admits others by name.
func circleName(caseID string) string { return "circle/" + caseID }

const mostCircle = 50

// Seal closes a case to whoever does it; one that is closed already keeps its
// circle, and to whoever is outside of it there is no such case.
func (d *Desk) Seal(ctx context.Context, who record.Actor, caseID string) error {
	return d.Store.Update(ctx, who, func(t *store.Tx) error {
		if _, err := staffCase(t, caseID, "case.seal"); err != nil {
			return err
		}
		people, version, err := circle(t, caseID)
		if err != nil || people != nil {
			return err
		}
		t.Did("case.seal", "case/"+caseID, caseID)
		return keepCircle(t, caseID, version, []string{who.ID})
	})
}

// Circle is who may see a case, by account; nil: it is not closed.
func (d *Desk) Circle(ctx context.Context, who record.Actor, caseID string) (people []string, err error) {
	err = d.Store.Update(ctx, who, func(t *store.Tx) error {
		if _, err := staffCase(t, caseID, "circle.read"); err != nil {
			return err
		}
		people, _, err = circle(t, caseID)
		t.Did("circle.read", "case/"+caseID, caseID)
		return err
	})
	return people, err
}

// Admit lets somebody who works on cases into the circle of a closed one, by the
// mail address of their account.
func (d *Desk) Admit(ctx context.Context, who record.Actor, caseID, address string) error {
	return d.changeCircle(ctx, who, caseID, "circle.admit", func(t *store.Tx, people []string) ([]string, error) {
		u, err := t.UserByLogin(strings.ToLower(strings.TrimSpace(address)))
		if err != nil && record.CodeOf(err) != record.CodeNotFound {
			return nil, err
		}
		if err != nil || u.State == "disabled" || !slices.Contains(u.Roles, record.RoleReviewer) && !slices.Contains(u.Roles, record.RoleLead) {
			return nil, record.Invalid("address", "is that of no account that works on cases")
		}
		if len(people) >= mostCircle {
			return nil, record.Invalid("address", "fifty at most: the circle stays small")
		}
		return append(people, u.ID), nil
	})
}

// Dismiss takes somebody off the list. Nobody leaves it themselves: a case that
// nobody sees would be lost.
func (d *Desk) Dismiss(ctx context.Context, who record.Actor, caseID, person string) error {
	return d.changeCircle(ctx, who, caseID, "circle.dismiss", func(_ *store.Tx, people []string) ([]string, error) {
		at := slices.Index(people, person)
		if at < 0 {
			return nil, &record.Error{Code: record.CodeNotFound, Where: "person", Message: "is not in this circle"}
		}
		if person == who.ID {
			return nil, &record.Error{Code: record.CodeRefused, Where: "person", Message: "nobody leaves a circle themselves: another of it takes you off"}
		}
		return slices.Delete(people, at, at+1), nil
	})
}

func (d *Desk) changeCircle(ctx context.Context, who record.Actor, caseID, act string, change func(*store.Tx, []string) ([]string, error)) error {
	return d.Store.Update(ctx, who, func(t *store.Tx) error {
		if _, err := staffCase(t, caseID, act); err != nil {
			return err
		}
		people, version, err := circle(t, caseID)
		if err != nil {
			return err
		}
		if people == nil {
			return &record.Error{Code: record.CodeConflict, Where: "case", Message: "it is open to all who work on cases: it has no circle"}
		}
		if people, err = change(t, people); err != nil {
			return err
		}
		t.Did(act, "case/"+caseID, caseID, "people")
		return keepCircle(t, caseID, version, people)
	})
}

// circle is the list of a case and its version; nil where it is not closed.
func circle(t *store.Tx, caseID string) (people []string, version int64, err error) {
	x, err := t.Setting(circleName(caseID))
	if record.CodeOf(err) == record.CodeNotFound && err != nil {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	if err := json.Unmarshal(x.Value, &people); err != nil || people == nil {
		return nil, 0, &record.Error{Code: record.CodeInternal, Where: "case", Message: "its circle cannot be read"}
	}
	return people, x.Version, nil
}

func keepCircle(t *store.Tx, caseID string, version int64, people []string) error {
	slices.Sort(people)
	b, err := json.Marshal(slices.Compact(people))
	if err != nil {
		return err
	}
	_, err = t.SaveSetting(circleName(caseID), version, b)
	return err
}

// inCircle is nil where the case is not sealed, or sealed with the actor in. To
// everybody else the case does not exist, in the words of a case that does not.
func inCircle(t *store.Tx, caseID string) error {
	people, _, err := circle(t, caseID)
	if err == nil && people != nil && !slices.Contains(people, t.Actor().ID) {
		return notThere
	}
	return err
}
