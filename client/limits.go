package client

import (
	"context"
	"net/http"
)

// Limits is what connectors may ask, and what waits to be confirmed.
type Limits struct {
	Hosts   []string `json:"hosts"`
	Budget  int64    `json:"budget"`
	Used    int64    `json:"used"`
	Waiting *struct {
		Hosts  []string `json:"hosts"`
		Budget int64    `json:"budget"`
		By     string   `json:"by"`
	} `json:"waiting"`
}

// Limits are those in force and what waits; state is what a confirmation holds
// against the present one.
func (c *Client) Limits(ctx context.Context) (l Limits, state string, err error) {
	err = c.do(ctx, request{method: http.MethodGet, path: "/v1/limits", tag: &state}, &l)
	return l, state, err
}

// ConfirmLimits puts in force what somebody else asked for.
func (c *Client) ConfirmLimits(ctx context.Context, state string) (l Limits, err error) {
	err = c.change(ctx, "/v1/limits/confirm", state, nil, &l)
	return l, err
}
