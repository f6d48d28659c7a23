package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"bonafide/egress"
	"bonafide/screen"
)

// LookupsCmd is `bonafide lookups`.
type LookupsCmd struct {
	Allow LookupsAllowCmd `cmd:"" help:"Let hosts be asked for status lists, revocation lists, or days of registration."`
	Deny  LookupsDenyCmd  `cmd:"" help:"Ask them no more."`
	List  LookupsListCmd  `cmd:"" help:"Name the hosts that may be asked."`
}

// LookupsAllowCmd is `bonafide lookups allow`.
type LookupsAllowCmd struct {
	inTenant
	Hosts []string `arg:"" name:"host" help:"A name such as pkddownload1.icao.int, or .example.org for every host below."`
}

// Help is printed below the flags.
func (LookupsAllowCmd) Help() string {
	return `A credential or a passport names where the list lies that says whether it, or its signer, was
withdrawn. Such a list is fetched when its host stands here, its authority is trusted, and the
server was started with --look-up; whole lists only, never a question about one person. Each
fetch leaves an entry in the audit. What is not fetched is "not checked", and no fault of anybody's.

Most states point to the directory of the ICAO:

  bonafide lookups allow pkddownload1.icao.int pkddownload2.icao.int

data.iana.org stands for the registries that are named there: they are asked since when the mail
domain of a referee is registered.`
}

// Run adds.
func (c *LookupsAllowCmd) Run(stdout io.Writer) error { return c.hosts(stdout, c.Hosts, nil) }

// LookupsDenyCmd is `bonafide lookups deny`.
type LookupsDenyCmd struct {
	inTenant
	Hosts []string `arg:"" name:"host" help:"As it stands in the list."`
}

// Help is printed below the flags.
func (LookupsDenyCmd) Help() string {
	return `Example:

  bonafide lookups deny status.example.org`
}

// Run takes away.
func (c *LookupsDenyCmd) Run(stdout io.Writer) error { return c.hosts(stdout, nil, c.Hosts) }

// LookupsListCmd is `bonafide lookups list`.
type LookupsListCmd struct{ inTenant }

// Help is printed below the flags.
func (LookupsListCmd) Help() string {
	return `Example:

  bonafide lookups list`
}

// Run lists.
func (c *LookupsListCmd) Run(stdout io.Writer) error { return c.hosts(stdout, nil, nil) }

// hosts changes a tenant's allow-list, if there is anything to change, and prints it.
func (c *inTenant) hosts(stdout io.Writer, add, remove []string) error {
	ctx := context.Background()
	s, _, err := c.open(ctx, slog.New(slog.DiscardHandler), false)
	if err != nil {
		return err
	}
	defer s.Close()
	k := &screen.Keeper{Store: s}
	var all []string
	if len(add)+len(remove) > 0 {
		all, err = k.SetLookupHosts(ctx, operator(c.Tenant), add, remove)
	} else {
		all, err = k.LookupHosts(ctx, operator(c.Tenant))
	}
	if err != nil {
		return err
	}
	if len(all) == 0 {
		_, err = fmt.Fprintln(stdout, "no host may be asked")
		return err
	}
	_, err = fmt.Fprintln(stdout, strings.Join(all, "\n"))
	return err
}

// fetching is what the commands of proof are told about the network.
type fetching struct {
	FetchFrom []string `placeholder:"HOST" sep:"none" help:"Fetch status and revocation lists from this host, where the file names it; repeat for more. Without it nothing is asked."`
}

// lookups opens the network for the hosts that were named.
func (f *fetching) lookups(at time.Time) *screen.Lookups {
	return &screen.Lookups{Now: func() time.Time { return at }, Net: func(on egress.Occasion, hosts []string) screen.Pages {
		return egress.New(egress.Config{Hosts: hosts, Timeout: 20 * time.Second, MaxBytes: 16 << 20, Agent: "bonafide/" + version()}, on, toldAtTerminal)
	}}
}

// toldAtTerminal: without a record the look-ups of a proof stand in what the command
// prints (sayLooked), and in nothing that outlives it.
func toldAtTerminal(egress.Occasion, egress.Lookup) error { return nil }

// sayLooked prints what was looked up.
func sayLooked(w io.Writer, all []screen.Looked) error {
	for _, l := range all {
		if _, err := fmt.Fprintln(w, l.Say()); err != nil {
			return err
		}
	}
	return nil
}
