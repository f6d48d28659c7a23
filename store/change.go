package store

import "time"

// Change is how a way out of the house is to be from now on, until a second person
// has confirmed it: where messages go, what connectors may ask. Body is it as it is
// to be, sealed. The table bears the name of the first of them, the webhooks.
type Change struct {
	ID       string
	Of       string // what is to change; at most one change of it waits
	Proposer string // kind/id
	Proposed time.Time
	Body     []byte
}

// ProposeChange keeps a change that is not in force. Another that waits for the
// same subscription is withdrawn by it: the newest is what is asked about.
func (t *Tx) ProposeChange(of, proposer string, body []byte) (Change, error) {
	c := Change{ID: NewID(), Of: of, Proposer: proposer, Proposed: t.now, Body: body}
	if err := t.WithdrawChange(of); err != nil {
		return c, err
	}
	sealed, err := t.sealHouse(body, "webhook_changes", c.ID)
	if err != nil {
		return c, err
	}
	return c, t.put("insert into webhook_changes (tenant, id, webhook, state, proposer, approver, proposed, decided, sealed) values ($1,$2,$3,'proposed',$4,'',$5,0,$6)",
		c.ID, of, proposer, micros(t.now), sealed)
}

// WithdrawChange ends what waits for something, where something does.
func (t *Tx) WithdrawChange(of string) error {
	return t.put("update webhook_changes set state = 'withdrawn', decided = $3 where tenant = $1 and webhook = $2 and state = 'proposed'", of, micros(t.now))
}

// ConfirmChange notes that a change was confirmed; the database refuses whoever
// proposed it.
func (t *Tx) ConfirmChange(id, approver string) error {
	n, err := t.exec("update webhook_changes set state = 'confirmed', approver = $3, decided = $4 where tenant = $1 and id = $2 and state = 'proposed'", id, approver, micros(t.now))
	return changed(n, err, missing("change"))
}

// Changes are those that wait, oldest first.
func (t *Tx) Changes() ([]Change, error) {
	all, err := collect(t, "select id, webhook, proposer, proposed, sealed from webhook_changes where tenant = $1 and state = 'proposed' order by proposed, id", func(s scan) (c Change, err error) {
		var at int64
		err = s(&c.ID, &c.Of, &c.Proposer, &at, &c.Body)
		c.Proposed = moment(at)
		return c, err
	})
	for i := range all {
		if err == nil {
			all[i].Body, err = t.openHouse(all[i].Body, "webhook_changes", all[i].ID)
		}
	}
	return all, err
}
