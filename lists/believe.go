package lists

import (
	"fmt"

	"bonafide/record"
)

// Believable says whether a new state of a list may take the place of the last
// good one: its rows lie within the list's own limits, and it has not lost
// more than a third of them at once. before is 0 when there was none.
func (l *List) Believable(rows, before int) error {
	switch {
	case l.Rows.Min > 0 && rows < l.Rows.Min:
		return record.Invalid(l.ID, fmt.Sprintf("%d rows, a whole list has at least %d", rows, l.Rows.Min))
	case l.Rows.Max > 0 && rows > l.Rows.Max:
		return record.Invalid(l.ID, fmt.Sprintf("%d rows, more than the %d a list of this kind can have", rows, l.Rows.Max))
	case before >= 30 && rows < before-before/3:
		return record.Invalid(l.ID, fmt.Sprintf("%d rows, the last good one had %d: suddenly shrunken", rows, before))
	}
	return nil
}
