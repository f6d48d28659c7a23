package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"bonafide/casework"
	"bonafide/connect"
	"bonafide/screen"
	"bonafide/store"
)

// net is the client of a test: every look-up is kept, as it is for a job.
func (c *ConnectTestCmd) net(h *screen.Hooks, e *connect.Endpoint, hosts []string) connect.Caller {
	return (&casework.Egress{Store: h.Keeper.Store, Open: screen.EgressOf(c.Inside)}).Net(connect.Occasion{Tenant: c.Tenant, Act: "connector.test", By: e.Name}, hosts)
}

// atWork tests a connector of a system at work: who would be asked, or one page.
func (c *ConnectTestCmd) atWork(ctx context.Context, stdout io.Writer, h *screen.Hooks, e *connect.Endpoint) error {
	if l, ok := connect.FindLever(e.Provider); ok && e.End {
		fmt.Fprintf(stdout, "%s ends accesses at %s and nowhere else; bonafide connect end-access shows what would be sent\n", e.Name, strings.Join(l.Hosts(e.Account), ", "))
	}
	if k, ok := connect.FindSink(e.Provider); ok {
		return c.toldLine(ctx, stdout, h, e, k)
	}
	if v, ok := connect.FindVendor(e.Provider); ok && e.Account.Key != "" {
		return c.vendor(ctx, stdout, h, e, v)
	}
	p, ok := connect.FindPull(e.Provider)
	if !ok || !e.Pull {
		if !e.End {
			fmt.Fprintf(stdout, "%s sends and is not asked\n", e.Provider)
		}
		return nil
	}
	until := time.Now().Add(-time.Minute)
	first := p.First(0, until.Add(-time.Hour), until)
	hosts := p.Hosts(e.Account)
	fmt.Fprintf(stdout, "%s speaks to %s and to nobody else\n", e.Name, strings.Join(hosts, ", "))
	if !c.Egress {
		path, _, _ := strings.Cut(first, "?")
		fmt.Fprintf(stdout, "would ask: GET %s\n", path)
		return nil
	}
	s, err := p.Open(e.Account, c.net(h, e, hosts))
	if err != nil {
		return err
	}
	r, err := s.Do(ctx, connect.Ask{Method: "GET", Path: first})
	if err != nil {
		return err
	}
	seen, bad, next, _, err := p.Page(r.Body, first, r.Header)
	if err != nil {
		return err
	}
	known := 0
	for _, x := range seen {
		if e.People[x.Account] != "" {
			known++
		}
	}
	fmt.Fprintf(stdout, "%s of the last hour on the first page, %d of them of people who were named, %d not readable; more: %t\n", counted(len(seen), "event"), known, bad, next != "")
	return nil
}

// vendor tries the key of an identity vendor; of the answer only that there was one is used.
func (c *ConnectTestCmd) vendor(ctx context.Context, stdout io.Writer, h *screen.Hooks, e *connect.Endpoint, v *connect.Vendor) error {
	hosts, first := v.Hosts(e.Account), v.First()
	fmt.Fprintf(stdout, "%s speaks to %s and to nobody else\n", e.Name, strings.Join(hosts, ", "))
	if !c.Egress {
		fmt.Fprintf(stdout, "would ask: %s %s\n", first.Method, first.Path)
		return nil
	}
	s, err := v.Open(e.Account, c.net(h, e, hosts))
	if err != nil {
		return err
	}
	if _, err := s.Do(ctx, first); err != nil {
		return err
	}
	fmt.Fprintln(stdout, "the key is taken; nothing of the answer was read")
	return nil
}

// toldLine sends one line that says that lines arrive.
func (c *ConnectTestCmd) toldLine(ctx context.Context, stdout io.Writer, h *screen.Hooks, e *connect.Endpoint, k *connect.Sink) error {
	hosts := k.Hosts(e.Account)
	fmt.Fprintf(stdout, "%s is told at %s and nowhere else; a line sent twice is %s\n", e.Name, strings.Join(hosts, ", "), k.Twice)
	if !c.Egress {
		fmt.Fprintln(stdout, "nothing was sent")
		return nil
	}
	s, err := k.Open(e.Account, c.net(h, e, hosts))
	if err != nil {
		return err
	}
	at := time.Now()
	line := connect.Line{ID: store.NewID(), At: at}
	if line.JSON, err = connect.TrialOCSF(line.ID, at); err != nil {
		return err
	}
	fates, err := k.Give(ctx, s, []connect.Line{line})
	if err != nil {
		return err
	}
	if fates[0] != connect.Taken {
		return exit{exitFailed, "the line was not taken; try again"}
	}
	fmt.Fprintln(stdout, "one line was taken: a base event that says so")
	return nil
}

// ConnectAgainCmd is `bonafide connect again`.
type ConnectAgainCmd struct {
	inTenant
	Name string `arg:"" help:"Of the connector."`
}

// Help is printed below the flags.
func (ConnectAgainCmd) Help() string {
	return "For when a key was put right, or a provider is back, and nobody wants to wait for the next try.\n\nExample:\n\n  bonafide connect again okta-signins"
}

// Run brings what waits forward.
func (c *ConnectAgainCmd) Run(stdout io.Writer) error {
	return c.hooks(func(ctx context.Context, h *screen.Hooks) error {
		n, err := h.Again(ctx, operator(c.Tenant), c.Name)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%s begins again now\n", counted(n, "job"))
		return nil
	})
}

// ConnectRemoveCmd is `bonafide connect remove`.
type ConnectRemoveCmd struct {
	inTenant
	Name string `arg:"" help:"Of the connector."`
}

// Help is printed below the flags.
func (ConnectRemoveCmd) Help() string {
	return `Its address answers nobody any more and its keys are deleted. What it brought stays on the records, with
how it came. Take the webhook and the key away in the other system too; --off of connect add keeps the settings.

Example:

  bonafide connect remove okta-signins`
}

// Run removes.
func (c *ConnectRemoveCmd) Run(stdout io.Writer) error {
	return c.hooks(func(ctx context.Context, h *screen.Hooks) error {
		if err := h.RemoveHook(ctx, operator(c.Tenant), c.Name); err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%s is removed; its key is still good in the other system until it is taken away there\n", c.Name)
		return nil
	})
}

// ConnectEndCmd is `bonafide connect end-access`.
type ConnectEndCmd struct {
	inTenant
	Case    string `arg:"" help:"Of the leaver: the id in its address."`
	Item    int    `arg:"" optional:"" help:"Number of the way in on the run sheet."`
	Via     string `placeholder:"NAME" help:"Connector that ends it."`
	Account string `placeholder:"NAME" help:"Whose account or device, as the system calls it."`
	Org     string `name:"organisation" placeholder:"NAME" help:"Where the system wants one: GitHub."`
	Order   bool   `help:"Propose it. A person signs it at the desk; nobody does here."`
}

// Help is printed below the flags.
func (ConnectEndCmd) Help() string {
	return `Nothing is sent. Without a number it prints the run sheet: ways in, orders, how far each is.

Examples:

  bonafide connect end-access bdxfsq5q6b2xuorffhl2s4xrqu
  bonafide connect end-access bdxfsq5q6b2xuorffhl2s4xrqu 1 --via okta-end --account nora@firm.example
  bonafide connect end-access bdxfsq5q6b2xuorffhl2s4xrqu 1 --via okta-end --account nora@firm.example --order`
}

// Run shows or proposes.
func (c *ConnectEndCmd) Run(stdout io.Writer) error {
	return c.hooks(func(ctx context.Context, h *screen.Hooks) error {
		desk, who := &casework.Desk{Store: h.Keeper.Store}, operator(c.Tenant)
		asked := casework.Asked{Item: c.Item, Via: c.Via, Account: c.Account, Organisation: c.Org}
		if c.Item == 0 {
			o, err := desk.Offboarding(ctx, who, c.Case)
			if err != nil {
				return err
			}
			return runSheet(stdout, &o)
		}
		plan, err := desk.PlanOrder(ctx, who, c.Case, asked)
		if err != nil {
			return err
		}
		for _, p := range plan {
			fmt.Fprintf(stdout, "%s: %s %s", p.Text, p.Method, p.Address)
			if p.Body != "" {
				fmt.Fprintf(stdout, " %s", p.Body)
			}
			fmt.Fprintln(stdout)
		}
		if !c.Order {
			fmt.Fprintln(stdout, "nothing was sent")
			return nil
		}
		o, err := desk.OrderEnd(ctx, who, c.Case, asked)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "order %d waits for a person to sign it at the desk; nothing was sent\n", len(o.Orders))
		return nil
	})
}

func runSheet(stdout io.Writer, o *casework.Offboarding) error {
	w := tabwriter.NewWriter(stdout, 0, 4, 2, ' ', 0)
	for _, a := range o.Access {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\n", a.N, a.Kind, a.System, a.Name, a.State(o.Cut), a.Proof)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, m := range o.Minutes(time.Now()) {
		fmt.Fprintf(stdout, "minute %d: %d open\n", m.Minute, m.Open)
	}
	for i := range o.Orders {
		x := &o.Orders[i]
		fmt.Fprintf(w, "order %d\t%s\t%s\t%s\ttries %d\t%s\n", x.N, x.Via, x.Account, x.State, x.Tries, x.Said)
	}
	return w.Flush()
}

// ConnectAskedCmd is `bonafide connect asked`.
type ConnectAskedCmd struct {
	inTenant
	Limit int `default:"100" help:"Newest first, so many."`
}

// Help is printed below the flags.
func (ConnectAskedCmd) Help() string {
	return "A path is shown without its query. What concerned a person stands in that person's export too.\n\nExample:\n\n  bonafide connect asked --limit 20"
}

// Run lists.
func (c *ConnectAskedCmd) Run(stdout io.Writer) error {
	return c.hooks(func(ctx context.Context, h *screen.Hooks) error {
		all, err := (&casework.Desk{Store: h.Keeper.Store}).Lookups(ctx, operator(c.Tenant), time.Time{}, c.Limit)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(stdout, 0, 4, 2, ' ', 0)
		for _, l := range all {
			about := ""
			if l.Subject != "" {
				about = "subject/" + l.Subject
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%d bytes\t%s\t%s\n", l.At.UTC().Format(time.RFC3339), l.Occasion, l.By, l.Host, l.Status, l.Bytes, about, l.Why)
		}
		return w.Flush()
	})
}
