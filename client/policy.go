package client

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"bonafide/record"
)

// Version is one version of a tenant's rules, or of a playbook; 0 is the shipped
// one.
type Version struct {
	Name     string    `json:"name"` // of a playbook
	Version  int64     `json:"version"`
	Active   bool      `json:"active"`
	At       time.Time `json:"at"`
	Proposer string    `json:"proposer"`
	Approver string    `json:"approver"`
	Text     string    `json:"text"`
	Diff     []string  `json:"diff"`
}

// Trial is what other rules would change; nothing was changed.
type Trial struct {
	Looked  int     `json:"looked"`
	Changed int     `json:"changed"`
	Would   []Would `json:"would"`
	Clocks  []Moves `json:"clocks"`
}

// Moves is what other rules would do to the clocks of a class that run.
type Moves struct {
	Class    string `json:"class"`
	DaysFrom int    `json:"days_from"`
	DaysTo   int    `json:"days_to"`
	Moved    int    `json:"moved"`
	Sooner   int    `json:"sooner"` // of them
	Due      int    `json:"due"`    // of them, that would have run out now
	Held     int    `json:"held"`   // besides, by a legal hold
}

// Would is one case of a trial.
type Would struct {
	Case     string            `json:"case"`
	From     record.Assessment `json:"from"`
	To       record.Assessment `json:"to"`
	TierFrom string            `json:"tier_from"`
	TierTo   string            `json:"tier_to"`
	More     []string          `json:"more"`
	Fewer    []string          `json:"fewer"`
	DaysFrom int               `json:"days_from"`
	DaysTo   int               `json:"days_to"`
}

// Policies are the versions of the rules, newest first; state is what Publish
// holds against the present one.
func (c *Client) Policies(ctx context.Context) (all []Version, state string, err error) {
	var out struct {
		Policies []Version `json:"policies"`
	}
	err = c.do(ctx, request{method: http.MethodGet, path: "/v1/policy", tag: &state}, &out)
	return out.Policies, state, err
}

// DraftPolicy keeps a version that is not in force yet.
func (c *Client) DraftPolicy(ctx context.Context, text string) (v Version, err error) {
	err = c.post(ctx, "/v1/policy", Once(), map[string]string{"text": text}, &v)
	return v, err
}

// TryPolicy tries a version over the cases there are.
func (c *Client) TryPolicy(ctx context.Context, version int64) (t Trial, err error) {
	err = c.post(ctx, "/v1/policy/trial", "", map[string]int64{"version": version}, &t)
	return t, err
}

// PublishPolicy puts a version in force that somebody else drafted.
func (c *Client) PublishPolicy(ctx context.Context, version int64, state string) (v Version, err error) {
	err = c.change(ctx, "/v1/policy/publish", state, map[string]any{"version": version}, &v)
	return v, err
}

// Playbooks are the versions of a playbook, or of all where name is empty.
func (c *Client) Playbooks(ctx context.Context, name string) (all []Version, state string, err error) {
	var out struct {
		Playbooks []Version `json:"playbooks"`
	}
	q := ""
	if name != "" {
		q = "?name=" + url.QueryEscape(name)
	}
	err = c.do(ctx, request{method: http.MethodGet, path: "/v1/playbooks" + q, tag: &state}, &out)
	return out.Playbooks, state, err
}

// DraftPlaybook keeps a version of the playbook that the text names.
func (c *Client) DraftPlaybook(ctx context.Context, text string) (v Version, err error) {
	err = c.post(ctx, "/v1/playbooks", Once(), map[string]string{"text": text}, &v)
	return v, err
}

// PublishPlaybook puts a version in force that somebody else drafted.
func (c *Client) PublishPlaybook(ctx context.Context, name string, version int64, state string) (v Version, err error) {
	err = c.change(ctx, "/v1/playbooks/publish", state, map[string]any{"name": name, "version": version}, &v)
	return v, err
}
