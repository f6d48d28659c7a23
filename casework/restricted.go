package casework

import (
	"slices"

	"bonafide/record"
	"bonafide/store"
)

// workingSources are events of the house's own work on a case, as against what
// other systems told of the person.
var workingSources = []string{guideSource, offboardSource, demandSource, tieSource}

// behindSeal says whether an event stays out of a subject's export: on a sealed
// case the work of its circle is not handed to whoever is outside of it. The
// export says how many were left out, so that a person of the circle can be
// asked (GDPR Art. 15(4), Art. 23).
func behindSeal(t *store.Tx, subject string) (func(source string) bool, error) {
	none := func(string) bool { return false }
	c, err := t.CaseOf(subject)
	if record.CodeOf(err) == record.CodeNotFound && err != nil {
		return none, nil
	}
	if err != nil {
		return none, err
	}
	err = inCircle(t, c.ID)
	if err == nil {
		return none, nil
	}
	if record.CodeOf(err) != record.CodeNotFound {
		return none, err
	}
	return func(source string) bool { return slices.Contains(workingSources, source) }, nil
}
