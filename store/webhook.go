package store

import "time"

// WebhookChange is where messages are to go from now on, until a second person
// has confirmed it. Body is the subscription as it is to be, sealed.
type WebhookChange struct {
	ID       string
	Webhook  string // the subscription; at most one change of it waits
	Proposer string // kind/id
	Proposed time.Time
	Body     []byte
}

// ProposeWebhook keeps a change that is not in force. Another that waits for the
// same subscription is withdrawn by it: the newest is what is asked about.
func (t *Tx) ProposeWebhook(webhook, proposer string, body []byte) (WebhookChange, error) {
	c := WebhookChange{ID: NewID(), Webhook: webhook, Proposer: proposer, Proposed: t.now, Body: body}
	if err := t.WithdrawWebhook(webhook); err != nil {
		return c, err
	}
	sealed, err := t.sealHouse(body, "webhook_changes", c.ID)
	if err != nil {
		return c, err
	}
	return c, t.put("insert into webhook_changes (tenant, id, webhook, state, proposer, approver, proposed, decided, sealed) values ($1,$2,$3,'proposed',$4,'',$5,0,$6)",
		c.ID, webhook, proposer, micros(t.now), sealed)
}

// WithdrawWebhook ends what waits for a subscription, where something does.
func (t *Tx) WithdrawWebhook(webhook string) error {
	return t.put("update webhook_changes set state = 'withdrawn', decided = $3 where tenant = $1 and webhook = $2 and state = 'proposed'", webhook, micros(t.now))
}

// ConfirmWebhook notes that a change was confirmed; the database refuses whoever
// proposed it.
func (t *Tx) ConfirmWebhook(id, approver string) error {
	n, err := t.exec("update webhook_changes set state = 'confirmed', approver = $3, decided = $4 where tenant = $1 and id = $2 and state = 'proposed'", id, approver, micros(t.now))
	return changed(n, err, missing("webhook"))
}

// WebhookChanges are those that wait, oldest first.
func (t *Tx) WebhookChanges() ([]WebhookChange, error) {
	all, err := collect(t, "select id, webhook, proposer, proposed, sealed from webhook_changes where tenant = $1 and state = 'proposed' order by proposed, id", func(s scan) (c WebhookChange, err error) {
		var at int64
		err = s(&c.ID, &c.Webhook, &c.Proposer, &at, &c.Body)
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
