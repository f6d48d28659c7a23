package api

import (
	"net/http"
	"time"

	"bonafide/casework"
)

// Subscribe asks for messages to an address (Standard Webhooks).
type Subscribe struct {
	URL    string   `json:"url" required:"true" max:"500" doc:"https; an address inside the house is refused."`
	Events []string `json:"events" required:"true" max:"10" enum:"application.screened,case.changed,erasure.done,job.done"`
}

func (Subscribe) isCommand() {}

// Webhook is one subscription. Messages hold ids, never personal values.
type Webhook struct {
	ID      string    `json:"id"`
	URL     string    `json:"url"`
	Events  []string  `json:"events"`
	Secret  string    `json:"secret,omitempty" doc:"whsec_…; shown once, in the answer that makes it."`
	Created time.Time `json:"created"`
	Waiting bool      `json:"waiting" doc:"Not in force until another person confirms it. A change of one in force stands beside it."`
	By      string    `json:"by,omitempty" doc:"Who asked for it, while it waits."`
}

// Webhooks is all subscriptions.
type Webhooks struct {
	Webhooks []Webhook `json:"webhooks"`
}

func webhook(w casework.Webhook) Webhook {
	return Webhook{w.ID, w.URL, orEmpty(w.Events), w.Secret, w.Created, w.Waiting, w.Proposer}
}

func addWebhook(c *call) (answer, error) {
	s, err := in[Subscribe](c)
	if err != nil {
		return answer{}, err
	}
	w, err := c.s.Desk.AddWebhook(c, c.caller.Actor, c.key(), s.URL, s.Events)
	if err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusCreated, body: webhook(w), header: [][2]string{{"Location", "/v1/webhooks/" + w.ID}}}, nil
}

func listWebhooks(c *call) (answer, error) {
	all, mark, err := c.s.Desk.Webhooks(c, c.caller.Actor)
	out := Webhooks{[]Webhook{}}
	for _, w := range all {
		w.Secret = ""
		out.Webhooks = append(out.Webhooks, webhook(w))
	}
	return answer{body: out, mark: mark}, err
}

func changeWebhook(c *call) (answer, error) {
	s, err := in[Subscribe](c)
	if err != nil {
		return answer{}, err
	}
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	w, err := c.s.Desk.ChangeWebhook(c, c.caller.Actor, id, s.URL, s.Events)
	return answer{body: webhook(w)}, err
}

func confirmWebhook(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	w, err := c.s.Desk.ConfirmWebhook(c, c.caller.Actor, id)
	return answer{body: webhook(w)}, err
}

func removeWebhook(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusNoContent}, c.s.Desk.RemoveWebhook(c, c.caller.Actor, id)
}
