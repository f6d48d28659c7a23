package store

import (
	"database/sql"

	"bonafide/record"
)

type decisionText struct {
	Reasons  string   `json:"reasons"`
	Findings []string `json:"findings,omitempty"`
}

// Propose stores a decision that waits for, or needs no, second person. Only one
// per case may wait: another is a conflict. two says that it takes two people;
// then the database itself refuses an approval by the proposer, and, of an
// appeal, anything by the people of the decision appealed.
func (t *Tx) Propose(d record.Decision, two bool) (record.Decision, error) {
	c, err := t.Case(d.Case)
	if err != nil {
		return d, err
	}
	d.ID, d.Proposed, d.State, d.Approver = NewID(), t.now, record.DecisionProposed, ""
	var proposer, approver any
	var appealed any
	if d.AppealsTo != "" {
		before, err := t.Decision(d.AppealsTo)
		if err != nil {
			return d, err
		}
		if before.State != record.DecisionApproved || before.Case != d.Case {
			return d, conflict("decision", "only a decision in force on the same case can be appealed")
		}
		appealed, proposer, approver = before.ID, before.Proposer, before.Approver
	}
	sealed, err := t.sealJSON(c.Subject, decisionText{d.Reasons, d.Findings}, "decisions", d.ID)
	if err != nil {
		return d, err
	}
	_, err = t.exec("insert into decisions (tenant, id, case_id, subject, from_state, to_state, state, two, seen, proposer, proposed, sealed, appeals_to, appealed_proposer, appealed_approver)"+
		" values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)",
		d.ID, d.Case, c.Subject, string(d.From), string(d.To), string(d.State), bit(two), d.Seen, d.Proposer, micros(d.Proposed), sealed, appealed, proposer, approver)
	return d, err
}

// Settle ends a waiting decision: approved, declined, voided or withdrawn.
// approver is "" where no second person takes part. One that no longer waits is
// a conflict: of two who press at once, one wins.
func (t *Tx) Settle(id string, state record.DecisionState, approver string) (record.Decision, error) {
	n, err := t.exec("update decisions set state = $3, approver = $4, decided = $5 where tenant = $1 and id = $2 and state = 'proposed'",
		id, string(state), approver, micros(t.now))
	if err != nil {
		return record.Decision{}, err
	}
	d, err := t.Decision(id)
	if err == nil && n == 0 {
		return d, conflict("decision", "it no longer waits")
	}
	return d, err
}

const decisionColumns = "id, case_id, subject, from_state, to_state, state, seen, proposer, approver, proposed, decided, sealed, appeals_to"

// Decision opens one decision.
func (t *Tx) Decision(id string) (record.Decision, error) {
	all, err := t.decisions("select "+decisionColumns+" from decisions where tenant = $1 and id = $2", id)
	if err == nil && len(all) == 0 {
		return record.Decision{}, missing("decision")
	}
	if err != nil {
		return record.Decision{}, err
	}
	return all[0], nil
}

// Decisions opens all of a case, oldest first.
func (t *Tx) Decisions(caseID string) ([]record.Decision, error) {
	return t.decisions("select "+decisionColumns+" from decisions where tenant = $1 and case_id = $2 order by proposed, id", caseID)
}

func (t *Tx) decisions(query, arg string) ([]record.Decision, error) {
	type row struct {
		d       record.Decision
		subject string
		sealed  []byte
	}
	rows, err := collect(t, query, func(s scan) (r row, err error) {
		var proposed, decided int64
		var appeals sql.NullString
		err = s(&r.d.ID, &r.d.Case, &r.subject, &r.d.From, &r.d.To, &r.d.State, &r.d.Seen, &r.d.Proposer, &r.d.Approver, &proposed, &decided, &r.sealed, &appeals)
		r.d.Proposed, r.d.Decided, r.d.AppealsTo = moment(proposed), moment(decided), appeals.String
		return r, err
	}, arg)
	if err != nil {
		return nil, err
	}
	all := make([]record.Decision, len(rows))
	for i, r := range rows {
		var text decisionText
		if err := t.openJSON(r.subject, r.sealed, &text, "decisions", r.d.ID); err != nil {
			return nil, err
		}
		r.d.Reasons, r.d.Findings = text.Reasons, text.Findings
		all[i] = r.d
	}
	return all, nil
}

// DecisionFigures are the moves of a case's decisions, unopened.
func (t *Tx) DecisionFigures(caseID string) ([]record.Decision, error) {
	return collect(t, "select from_state, to_state, state, appeals_to from decisions where tenant = $1 and case_id = $2 order by proposed, id", func(s scan) (d record.Decision, err error) {
		var appeals sql.NullString
		err = s(&d.From, &d.To, &d.State, &appeals)
		d.AppealsTo = appeals.String
		return d, err
	}, caseID)
}

// OpenDecisions are the ids of decisions that wait for a second person, oldest first.
func (t *Tx) OpenDecisions(limit int) ([]string, error) {
	return collect(t, "select id from decisions where tenant = $1 and state = 'proposed' order by proposed, id limit $2", func(s scan) (id string, err error) {
		return id, s(&id)
	}, pageSize(limit))
}
