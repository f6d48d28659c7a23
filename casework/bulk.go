package casework

import (
	"context"

	"bonafide/record"
	"bonafide/store"
)

// Left is a case that a bulk act leaves out, and why.
type Left struct {
	Case string `json:"case"`
	Why  string `json:"why"` // a key: two-people, another's, closed, missing, changed
}

// BulkPreview says what would happen to picked cases, before it does: which
// would be asked, which are left out. Nothing that needs a second person is
// ever done in bulk.
type BulkPreview struct {
	Goes []string `json:"goes"`
	Left []Left   `json:"left"`
}

const mostBulk = 200

// PreviewMove looks at each picked case, one by one, in the order given.
func (d *Desk) PreviewMove(ctx context.Context, who record.Actor, cases []string, to record.CaseState) (BulkPreview, error) {
	var p BulkPreview
	if len(cases) == 0 || len(cases) > mostBulk {
		return p, record.Invalid("cases", "one to two hundred at a time")
	}
	err := d.Store.View(ctx, who, func(t *store.Tx) error {
		p = BulkPreview{}
		for _, id := range cases {
			if why := leftOut(t, who, id, to); why != "" {
				p.Left = append(p.Left, Left{id, why})
			} else {
				p.Goes = append(p.Goes, id)
			}
		}
		return nil
	})
	return p, err
}

func leftOut(t *store.Tx, who record.Actor, id string, to record.CaseState) string {
	c, err := t.Case(id)
	if err != nil || inCircle(t, id) != nil {
		return "missing"
	}
	m, ok := record.FindMove(c.State, to)
	switch {
	case !ok || !m.Staff:
		return "closed"
	case m.Two || m.Adverse || m.Appeal:
		return "two-people"
	case c.Assignee != "" && c.Assignee != who.ID && c.ClaimUntil.After(t.Now()):
		return "another's"
	}
	return ""
}

// AskAll asks the same of several candidates. Each case is its own transaction
// and has its own entry; what could not be asked is listed.
func (d *Desk) AskAll(ctx context.Context, who record.Actor, cases []string, a Asking) (BulkPreview, error) {
	p, err := d.PreviewMove(ctx, who, cases, record.CaseVerifyMore)
	if err != nil {
		return p, err
	}
	// A case that is at verify-more already can be asked too: it moves nowhere.
	var again []Left
	for _, l := range p.Left {
		if l.Why == "closed" && d.isAt(ctx, who, l.Case, record.CaseVerifyMore) {
			p.Goes = append(p.Goes, l.Case)
		} else {
			again = append(again, l)
		}
	}
	done := BulkPreview{Left: again}
	for _, id := range p.Goes {
		if _, err := d.Ask(ctx, who, id, []Asking{a}); err != nil {
			if record.CodeOf(err) == record.CodeInvalid {
				return done, err // the words are wrong for all of them
			}
			done.Left = append(done.Left, Left{id, "changed"})
			continue
		}
		done.Goes = append(done.Goes, id)
	}
	return done, nil
}

func (d *Desk) isAt(ctx context.Context, who record.Actor, id string, state record.CaseState) bool {
	is := false
	err := d.Store.View(ctx, who, func(t *store.Tx) error {
		c, err := t.Case(id)
		is = err == nil && c.State == state
		return err
	})
	return err == nil && is
}
