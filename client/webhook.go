package client

import (
	"context"
	"net/http"
	"time"
)

// Webhook is one subscription, as it is in force or, waiting, as it is to be.
type Webhook struct {
	ID      string    `json:"id"`
	URL     string    `json:"url"`
	Events  []string  `json:"events"`
	Secret  string    `json:"secret"`
	Created time.Time `json:"created"`
	Waiting bool      `json:"waiting"`
	By      string    `json:"by"`
}

type subscribe struct {
	URL    string   `json:"url"`
	Events []string `json:"events"`
}

// Webhooks are what is in force and what waits; state is what a change and a
// confirmation hold against the present one.
func (c *Client) Webhooks(ctx context.Context) (all []Webhook, state string, err error) {
	var out struct {
		Webhooks []Webhook `json:"webhooks"`
	}
	err = c.do(ctx, request{method: http.MethodGet, path: "/v1/webhooks", tag: &state}, &out)
	return out.Webhooks, state, err
}

// AddWebhook asks for messages to an address. The secret is in this answer only.
func (c *Client) AddWebhook(ctx context.Context, address string, events []string) (w Webhook, err error) {
	err = c.post(ctx, "/v1/webhooks", Once(), subscribe{address, events}, &w)
	return w, err
}

// ChangeWebhook asks for another address or other messages.
func (c *Client) ChangeWebhook(ctx context.Context, id, address string, events []string, state string) (w Webhook, err error) {
	err = c.send(ctx, request{method: http.MethodPut, path: at("webhooks", id, ""), state: state}, subscribe{address, events}, &w)
	return w, err
}

// ConfirmWebhook puts in force what somebody else asked for.
func (c *Client) ConfirmWebhook(ctx context.Context, id, state string) (w Webhook, err error) {
	err = c.change(ctx, at("webhooks", id, "/confirm"), state, nil, &w)
	return w, err
}

// RemoveWebhook ends a subscription, and what waits for it.
func (c *Client) RemoveWebhook(ctx context.Context, id string) error {
	return c.do(ctx, request{method: http.MethodDelete, path: at("webhooks", id, "")}, nil)
}
