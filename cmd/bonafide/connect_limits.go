package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"bonafide/casework"
	"bonafide/client"
	"bonafide/screen"
)

// ConnectLimitsCmd is `bonafide connect limits`.
type ConnectLimitsCmd struct {
	inTenant
	Host   []string `placeholder:"HOST" help:"May be asked, and no other; repeat for several."`
	Any    bool     `name:"any-host" help:"Those of the connectors that were added, whichever they are."`
	Budget int64    `placeholder:"N" help:"Questions in 24 hours."`
}

// Help is printed below the flags.
func (ConnectLimitsCmd) Help() string {
	return `Without flags it says what is in force. What is narrower is in force at once; what is wider waits until
a person has confirmed it, at the desk or by bonafide connect confirm-limits.

Examples:

  bonafide connect limits
  bonafide connect limits --host firm.okta.com --host api.github.com --budget 5000`
}

// Run shows or asks.
func (c *ConnectLimitsCmd) Run(stdout io.Writer) error {
	return c.hooks(func(ctx context.Context, h *screen.Hooks) error {
		desk, who := &casework.Desk{Store: h.Keeper.Store}, operator(c.Tenant)
		l, asked, _, err := desk.LimitsAsked(ctx, who)
		if err != nil {
			return err
		}
		if len(c.Host) > 0 || c.Any || c.Budget > 0 {
			to := casework.Limits{Hosts: l.Hosts, Budget: cmp.Or(c.Budget, l.Budget)}
			if len(c.Host) > 0 || c.Any {
				to.Hosts = c.Host
			}
			if _, err := desk.SetLimits(ctx, who, to); err != nil {
				return err
			}
			if l, asked, _, err = desk.LimitsAsked(ctx, who); err != nil {
				return err
			}
		}
		fmt.Fprintf(stdout, "may ask: %s\n%d questions in 24 hours\n", hostsSaid(l.Hosts), l.Budget)
		if asked != nil {
			fmt.Fprintf(stdout, "waits for a person to confirm it: %s; %d questions\n", hostsSaid(asked.Hosts), asked.Budget)
		}
		return nil
	})
}

func hostsSaid(hosts []string) string {
	if len(hosts) == 0 {
		return "the hosts of the connectors that were added"
	}
	return strings.Join(hosts, ", ")
}

// ConnectConfirmLimitsCmd is `bonafide connect confirm-limits`.
type ConnectConfirmLimitsCmd struct {
	caseDesk
	Budget int64    `arg:"" help:"Questions in 24 hours that are confirmed, so that nobody confirms others unseen."`
	Host   []string `placeholder:"HOST" help:"That are confirmed; repeat for several, none where those of the connectors are."`
}

// Help is printed below the flags.
func (ConnectConfirmLimitsCmd) Help() string {
	return "Asked for by somebody else; confirmed by whoever is signed in (bonafide case sign-in).\n\nExample:\n\n  bonafide connect confirm-limits 5000 --host firm.okta.com --host api.github.com"
}

// Run confirms.
func (c *ConnectConfirmLimitsCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, there *client.Client) error {
		l, state, err := there.Limits(ctx)
		switch {
		case err != nil:
			return err
		case l.Waiting == nil:
			return exit{exitFailed, "nothing waits to be confirmed"}
		case l.Waiting.Budget != c.Budget || !slices.Equal(l.Waiting.Hosts, c.Host) && len(l.Waiting.Hosts)+len(c.Host) > 0:
			return exit{exitFailed, fmt.Sprintf("others wait: %s; %d questions", hostsSaid(l.Waiting.Hosts), l.Waiting.Budget)}
		}
		if l, err = there.ConfirmLimits(ctx, state); err != nil {
			return err
		}
		fmt.Fprintf(stdout, "may ask: %s\n%d questions in 24 hours\n", hostsSaid(l.Hosts), l.Budget)
		return nil
	})
}
