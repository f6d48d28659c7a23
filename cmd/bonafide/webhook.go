package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"bonafide/client"
)

// WebhookCmd is `bonafide webhook`: where messages go. Who asks for an address and
// who confirms it are two people who are signed in (bonafide case sign-in).
type WebhookCmd struct {
	List    WebhookListCmd    `cmd:"" help:"List where messages go, and what waits to be confirmed."`
	Add     WebhookAddCmd     `cmd:"" help:"Ask for messages to an address; prints the secret that signs them, once."`
	Change  WebhookChangeCmd  `cmd:"" help:"Ask for another address or other messages of a subscription."`
	Confirm WebhookConfirmCmd `cmd:"" help:"Confirm what somebody else asked for."`
	Remove  WebhookRemoveCmd  `cmd:"" help:"End a subscription, and what waits for it."`
}

// WebhookListCmd is `bonafide webhook list`.
type WebhookListCmd struct{ caseDesk }

// Run lists.
func (c *WebhookListCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, there *client.Client) error {
		all, _, err := there.Webhooks(ctx)
		for _, w := range all {
			state := "in force"
			if w.Waiting {
				state = "waits"
			}
			fmt.Fprintf(stdout, "%s\t%s\t%s\t%s\t%s\n", w.ID, state, w.URL, strings.Join(w.Events, ","), dash(w.By))
		}
		return err
	})
}

// WebhookAddCmd is `bonafide webhook add`.
type WebhookAddCmd struct {
	caseDesk
	URL   string   `arg:"" help:"https address."`
	Event []string `help:"What to tell; can be given several times: application.screened, case.changed, erasure.done, job.done." required:""`
}

// Help is printed below the flags.
func (WebhookAddCmd) Help() string {
	return `Nothing is sent there before somebody else has confirmed the address.

Example:

  bonafide webhook add https://ats.example.com/bonafide --event case.changed`
}

// Run asks, and prints the id and the secret.
func (c *WebhookAddCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, there *client.Client) error {
		w, err := there.AddWebhook(ctx, c.URL, c.Event)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%s\t%s\n", w.ID, w.Secret)
		fmt.Fprintf(stdout, "waits until somebody else confirms it: bonafide webhook confirm %s %s\n", w.ID, w.URL)
		return nil
	})
}

// WebhookChangeCmd is `bonafide webhook change`.
type WebhookChangeCmd struct {
	caseDesk
	ID    string   `arg:"" help:"Id of the subscription."`
	URL   string   `arg:"" help:"https address from then on."`
	Event []string `help:"What to tell from then on; can be given several times." required:""`
}

// Run asks.
func (c *WebhookChangeCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, there *client.Client) error {
		_, state, err := there.Webhooks(ctx)
		if err != nil {
			return err
		}
		if _, err := there.ChangeWebhook(ctx, c.ID, c.URL, c.Event, state); err != nil {
			return err
		}
		fmt.Fprintf(stdout, "goes on as it is until somebody else confirms it: bonafide webhook confirm %s %s\n", c.ID, c.URL)
		return nil
	})
}

// WebhookConfirmCmd is `bonafide webhook confirm`.
type WebhookConfirmCmd struct {
	caseDesk
	ID  string `arg:"" help:"Id of the subscription."`
	URL string `arg:"" help:"The address that is confirmed, so that nobody confirms another one unseen."`
}

// Help is printed below the flags.
func (WebhookConfirmCmd) Help() string {
	return "Example:\n\n  bonafide webhook confirm 4k…q https://ats.example.com/bonafide"
}

// Run confirms.
func (c *WebhookConfirmCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, there *client.Client) error {
		all, state, err := there.Webhooks(ctx)
		if err != nil {
			return err
		}
		for _, w := range all {
			if w.ID != c.ID || !w.Waiting {
				continue
			}
			if w.URL != c.URL {
				return exit{exitFailed, "another address waits there: " + w.URL}
			}
			if w, err = there.ConfirmWebhook(ctx, c.ID, state); err != nil {
				return err
			}
			fmt.Fprintf(stdout, "messages go to %s\n", w.URL)
			return nil
		}
		return exit{exitFailed, "nothing waits under this id; list shows what does"}
	})
}

// WebhookRemoveCmd is `bonafide webhook remove`.
type WebhookRemoveCmd struct {
	caseDesk
	ID string `arg:"" help:"Id of the subscription."`
}

// Run removes.
func (c *WebhookRemoveCmd) Run() error {
	return c.with(func(ctx context.Context, there *client.Client) error { return there.RemoveWebhook(ctx, c.ID) })
}
