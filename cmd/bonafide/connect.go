package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/connect"
	"bonafide/screen"
)

// ConnectCmd is `bonafide connect`.
type ConnectCmd struct {
	List    ConnectListCmd          `cmd:"" help:"Name the systems there are connectors for, and how those that were added fare."`
	Add     ConnectAddCmd           `cmd:"" help:"Make an endpoint for one system, or replace its keys."`
	Test    ConnectTestCmd          `cmd:"" help:"Say what an endpoint would be asked, or ask it for one page."`
	Replay  ConnectReplayCmd        `cmd:"" help:"Show what events and answers of a system become; nothing is stored or asked."`
	Verify  ConnectVerifyCmd        `cmd:"" name:"verify-webhook" help:"Check the signature of one delivery that was saved."`
	OCSF    ConnectOCSFCmd          `cmd:"" name:"ocsf" help:"Print findings, or events of a system at work, as OCSF lines for a SIEM."`
	Remove  ConnectRemoveCmd        `cmd:"" help:"Remove a connector: its address, its keys and what waits for it."`
	Again   ConnectAgainCmd         `cmd:"" help:"Try at once what waits: ask for what happened, and take up deliveries that were given up."`
	End     ConnectEndCmd           `cmd:"" name:"end-access" help:"Show what would be sent to end one way in of a run sheet, or propose it."`
	Asked   ConnectAskedCmd         `cmd:"" help:"Show what was asked outside, on what occasion."`
	Limits  ConnectLimitsCmd        `cmd:"" help:"Show what connectors may ask, hosts and how often a day, or ask for more or less."`
	Confirm ConnectConfirmLimitsCmd `cmd:"" name:"confirm-limits" help:"Confirm what somebody else asked that connectors may ask."`
}

// ConnectListCmd is `bonafide connect list`.
type ConnectListCmd struct{ inTenant }

// Help is printed below the flags.
func (ConnectListCmd) Help() string {
	return `What a signature covers: body, the event may be used as it came; part or nothing, the provider is
asked again before anything rests on it.

Example:

  bonafide connect list`
}

// Run lists.
func (c *ConnectListCmd) Run(stdout io.Writer) error {
	w := tabwriter.NewWriter(stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "SYSTEM\tSIGNATURE COVERS\tWHERE\tTRIED WITH")
	for _, d := range connect.Dialects {
		proven := d.Source
		if s, ok := connect.FindSystem(d.Name); ok {
			proven = s.Proven
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", d.Name, d.Covers, d.Header, proven)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(stdout, "\nIdentity vendors that are asked for the result their webhook points at (--account):")
	for _, v := range connect.Vendors {
		fmt.Fprintf(w, "%s\t%s\t%s\n", v.Name, v.Needs, v.Proven)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(stdout, "\nAfter the hire, where the policy opens it:")
	for _, x := range connect.Watches {
		fmt.Fprintf(w, "%s\t%s\t%s\n", x.Name, x.Tells, x.Needs)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(stdout, "\nAsked regularly (--pull):")
	for _, p := range connect.Pulls {
		fmt.Fprintf(w, "%s\t%s\n", p.Name, p.Needs)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(stdout, "\nWhere accesses are ended (--end-access):")
	for _, l := range connect.Levers {
		fmt.Fprintf(w, "%s\t%s\t%s\n", l.Name, l.Needs, l.Proven)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(stdout, "\nWhat is told of findings, as OCSF lines (--tell):")
	for _, k := range connect.Sinks {
		fmt.Fprintf(w, "%s\t%s\n", k.Name, k.Needs)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if keyFileMissing(c.keyFile()) {
		return nil // nothing was kept here yet
	}
	return c.hooks(func(ctx context.Context, h *screen.Hooks) error {
		all, err := h.Health(ctx, operator(c.Tenant))
		if err != nil {
			return err
		}
		fmt.Fprintln(stdout, "\nAdded:")
		for i := range all {
			fmt.Fprintln(w, healthLine(&all[i]))
		}
		return w.Flush()
	})
}

// healthLine says how one connector fares, for a table.
func healthLine(h *screen.Health) string {
	var does, say []string
	if h.Sends {
		does = append(does, "covers "+string(h.Covers))
	}
	if h.Asked {
		does = append(does, "asked")
	}
	if h.Ends {
		does = append(does, "ends accesses")
	}
	if h.Tells {
		does = append(does, "is told")
	}
	switch {
	case h.State == screen.HealthNew || h.Last.IsZero() && !h.Trouble():
		say = append(say, "nothing came yet")
	case !h.Last.IsZero():
		say = append(say, "last "+h.Last.UTC().Format(time.RFC3339))
	}
	if h.Asked && h.Trouble() && h.Late > 0 {
		say = append(say, fmt.Sprintf("%s behind", roughly(h.Late)))
	}
	if h.Said != "" {
		say = append(say, h.Said)
	}
	if n := h.Waiting + h.Lost; n > 0 {
		say = append(say, fmt.Sprintf("%d waiting, %d given up", h.Waiting, h.Lost))
	}
	if h.Bad > 0 {
		say = append(say, fmt.Sprintf("%d events not readable", h.Bad))
	}
	if h.Queue > 0 {
		say = append(say, fmt.Sprintf("%s to be told, the oldest for %s", counted(int(h.Queue), "line"), roughly(h.Late)))
	}
	if h.Refused > 0 {
		say = append(say, fmt.Sprintf("%s not taken there", counted(int(h.Refused), "line")))
	}
	if h.Skew != 0 {
		say = append(say, fmt.Sprintf("its clock differs by %s", roughly(h.Skew.Abs())))
	}
	return strings.Join([]string{h.Name, h.Provider, strings.Join(does, ", "), h.State, strings.Join(say, "; ")}, "\t")
}

// roughly is a stretch of time as people say it.
func roughly(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", int(d.Hours()/24))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()))
	}
	return fmt.Sprintf("%d min", max(1, int(d.Minutes())))
}

// hooks opens the record for the endpoints in it.
func (c *inTenant) hooks(f func(context.Context, *screen.Hooks) error) error {
	ctx := context.Background()
	s, _, err := c.open(ctx, slog.New(slog.DiscardHandler), false)
	if err != nil {
		return err
	}
	defer s.Close()
	return f(ctx, &screen.Hooks{Keeper: &screen.Keeper{Store: s}})
}

// ConnectAddCmd is `bonafide connect add`.
type ConnectAddCmd struct {
	inTenant
	System  string            `arg:"" help:"One of bonafide connect list."`
	Name    string            `help:"Of the endpoint; that of the system unless said."`
	KeyFile []string          `placeholder:"FILE" type:"existingfile" help:"File with the signing key, of a system that sends; two while it is rotated."`
	Account string            `placeholder:"FILE" type:"existingfile" help:"JSON with what its API needs: key, client, company, user, field, base, source."`
	Stage   map[string]string `placeholder:"THEIRS=OURS" mapsep:"none" help:"What a stage of theirs is here, such as 'Face to face=interview'; repeat for several."`
	People  string            `placeholder:"FILE" type:"existingfile" help:"CSV of account,SOURCE/ID: whose an account at work is."`
	Fetch   bool              `help:"Ask the API even where the body is signed."`
	Back    bool              `name:"write-back" help:"Write there how far a verification is: not started, in progress, more asked or finished, and nothing else."`
	Verdict bool              `name:"write-decisions" help:"With --write-back: write a person's decision too, where the system has a slot for one (Ashby); an adverse one only when two people signed it."`
	Pull    bool              `help:"Ask it regularly for what happened at work; as far as the policy has opened the module after the hire."`
	Every   time.Duration     `placeholder:"15m" help:"With --pull: how often, 5 minutes to a day."`
	End     bool              `name:"end-access" help:"End accesses there, when two people have ordered it on a run sheet."`
	Tell    bool              `help:"Send there what was found, as OCSF lines: a SIEM, or a collector before one."`
	Events  bool              `name:"tell-events" help:"With --tell: sign-ins and changes of accounts too, without whose they were."`
	Persons bool              `name:"tell-persons" help:"With --tell-events: with the account, the network address, the session and the device."`
	Off     bool              `help:"Switch it off; its settings stay."`
	SHA1    bool              `name:"allow-sha1" help:"Take Sumsub's SHA-1 too."`
	Address string            `default:"http://127.0.0.1:8420" env:"BONAFIDE_ADDRESS" help:"Under which the system reaches the server."`
}

// Help is printed below the flags.
func (ConnectAddCmd) Help() string {
	return `Prints the address that goes into the other system. Added again under the same name it keeps its
address and takes the new keys. Keys are read from files, so that none is on a command line.

Examples:

  bonafide connect add greenhouse --key-file secret --account greenhouse.json --stage 'Face to face=interview'
  bonafide connect add greenhouse --key-file old --key-file new
  bonafide connect add onfido --key-file webhook-token --account onfido.json
  bonafide connect add okta --name okta-signins --account okta-read.json --people accounts.csv --pull
  bonafide connect add okta --name okta-end --account okta-manage.json --end-access
  bonafide connect add splunk --account hec.json --tell`
}

// Run adds.
func (c *ConnectAddCmd) Run(stdout io.Writer) error {
	e := connect.Endpoint{Name: c.Name, Provider: c.System, Fetch: c.Fetch, AllowSHA1: c.SHA1, Stages: c.Stage, Back: c.Back, Decisions: c.Verdict,
		Pull: c.Pull, Every: int(c.Every / time.Minute), End: c.End, Off: c.Off,
		Tell: c.Tell, Events: c.Events, Persons: c.Persons}
	if e.Name == "" {
		e.Name = c.System
	}
	keys, err := secretsOf(c.KeyFile)
	if err != nil {
		return err
	}
	for _, k := range keys {
		e.Keys = append(e.Keys, string(k))
	}
	if c.Account != "" {
		b, err := os.ReadFile(c.Account)
		if err != nil {
			return notThere(c.Account, err)
		}
		if json.Unmarshal(b, &e.Account, json.RejectUnknownMembers(true)) != nil {
			return exit{exitUsage, c.Account + " is not JSON with key, client, company, user, field, base and source"}
		}
	}
	if c.People != "" {
		if e.People, err = peopleOf(c.People); err != nil {
			return err
		}
	}
	return c.hooks(func(ctx context.Context, h *screen.Hooks) error {
		id, err := h.AddHook(ctx, operator(c.Tenant), e)
		if err != nil {
			return err
		}
		switch {
		case id != "":
			fmt.Fprintf(stdout, "%s/v1/hooks/%s\n", strings.TrimSuffix(c.Address, "/"), id)
			if s, ok := connect.FindSystem(c.System); ok {
				fmt.Fprintf(stdout, "needs: %s\n", s.Needs)
			}
		case len(e.Keys) > 0:
			fmt.Fprintf(stdout, "%s has its new settings and keeps its address\n", e.Name)
		default:
			fmt.Fprintf(stdout, "%s is kept; it has no address here\n", e.Name)
		}
		if v, ok := connect.FindVendor(c.System); ok && e.Account.Key == "" {
			fmt.Fprintf(stdout, "without a key (--account) what its webhook points at is not asked for; needs: %s\n", v.Needs)
		} else if ok {
			fmt.Fprintf(stdout, "asks %s for what its webhook points at; needs: %s\n", strings.Join(v.Hosts(e.Account), ", "), v.Needs)
		}
		if p, ok := connect.FindPull(c.System); ok && e.Pull {
			fmt.Fprintf(stdout, "asks %s; needs: %s\n", strings.Join(p.Hosts(e.Account), ", "), p.Needs)
		}
		if l, ok := connect.FindLever(c.System); ok && e.End {
			fmt.Fprintf(stdout, "ends accesses at %s; needs: %s\n", strings.Join(l.Hosts(e.Account), ", "), l.Needs)
		}
		if k, ok := connect.FindSink(c.System); ok && e.Tell {
			fmt.Fprintf(stdout, "sends to %s; needs: %s\n", strings.Join(k.Hosts(e.Account), ", "), k.Needs)
		}
		return nil
	})
}

// secretsOf reads signing keys; a line end after a key is an editor's.
func secretsOf(files []string) (all [][]byte, err error) {
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, notThere(f, err)
		}
		if b = bytes.TrimRight(b, "\r\n"); len(b) == 0 {
			return nil, exit{exitUsage, f + " is empty"}
		}
		all = append(all, b)
	}
	return all, nil
}

func peopleOf(name string) (map[string]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, notThere(name, err)
	}
	defer f.Close()
	rows, err := csv.NewReader(io.LimitReader(f, 64<<20)).ReadAll()
	if err != nil {
		return nil, exit{exitUsage, name + " is no CSV of account,SOURCE/ID"}
	}
	all := map[string]string{}
	for i, r := range rows {
		if len(r) != 2 || !strings.Contains(r[1], "/") {
			return nil, exit{exitUsage, fmt.Sprintf("%s:%d is not account,SOURCE/ID", name, i+1)}
		}
		all[strings.TrimSpace(r[0])] = strings.TrimSpace(r[1])
	}
	return all, nil
}

// ConnectTestCmd is `bonafide connect test`.
type ConnectTestCmd struct {
	inTenant
	Name   string `arg:"" help:"Of the endpoint."`
	Egress bool   `help:"Ask the system for one page; nothing of it is stored but that it was asked."`
	Inside bool   `name:"egress-inside" help:"With --egress: it may be within the house, over plain HTTP too."`
	All    bool   `help:"With --egress: print every application there is, one a line, page by page."`
	Cursor string `placeholder:"CURSOR" help:"With --all: go on where an earlier run stopped; it says where."`
	Since  string `placeholder:"DAY" help:"With --all: only what changed since a day, where the system can tell."`
}

// Help is printed below the flags.
func (ConnectTestCmd) Help() string {
	return "Examples:\n\n  bonafide connect test greenhouse --egress\n  bonafide connect test greenhouse --egress --all --since 2026-03-01 > applications.jsonl"
}

// Run tests.
func (c *ConnectTestCmd) Run(stdout io.Writer) error {
	return c.hooks(func(ctx context.Context, h *screen.Hooks) error {
		e, err := h.Hook(ctx, operator(c.Tenant), c.Name)
		if err != nil {
			return err
		}
		system, ok := connect.FindSystem(e.Provider)
		if !ok {
			return c.atWork(ctx, stdout, h, &e)
		}
		hosts := connect.Hosts(e.Provider, e.Account)
		if c.All {
			return c.all(ctx, stdout, h, &e, hosts)
		}
		fmt.Fprintf(stdout, "%s speaks to %s and to nobody else\n", e.Name, strings.Join(hosts, ", "))
		if !c.Egress {
			fmt.Fprintf(stdout, "would ask: %s %s\n", system.List("", time.Time{}).Method, system.List("", time.Time{}).Path)
			return nil
		}
		s, err := connect.NewSession(e.Provider, e.Account, c.net(h, &e, hosts))
		if err != nil {
			return err
		}
		r, err := s.Do(ctx, *system.List("", time.Time{}))
		if err != nil {
			return err
		}
		p, err := system.Read(r.Body, r.Header)
		if err != nil {
			return err
		}
		read := 0
		for _, raw := range p.Items {
			if _, err := system.Record(raw, e.Source()); err == nil {
				read++
			}
		}
		fmt.Fprintf(stdout, "%s on the first page, %d of them readable; more: %t\n", counted(len(p.Items), "object"), read, p.Next != "")
		return nil
	})
}

// all prints what a system has, within its rate. What cannot be read is counted
// and left out; where a run that breaks off stopped is said.
func (c *ConnectTestCmd) all(ctx context.Context, stdout io.Writer, h *screen.Hooks, e *connect.Endpoint, hosts []string) error {
	if !c.Egress {
		return exit{exitUsage, "--all asks " + strings.Join(hosts, ", ") + "; say --egress too"}
	}
	since := time.Time{}
	if c.Since != "" {
		var err error
		if since, err = time.Parse(time.DateOnly, c.Since); err != nil {
			return exit{exitUsage, "--since is a day, such as 2026-03-01"}
		}
	}
	s, err := connect.NewSession(e.Provider, e.Account, c.net(h, e, hosts))
	if err != nil {
		return err
	}
	out, bad, at := bufio.NewWriter(stdout), 0, c.Cursor
	_, err = s.Backfill(ctx, c.Cursor, since, func(items []jsontext.Value, next string) error {
		for _, raw := range items {
			a, err := s.System.Record(raw, e.Source())
			if err != nil {
				bad++
				continue
			}
			b, err := json.Marshal(a)
			if err != nil {
				return err
			}
			out.Write(append(b, '\n'))
		}
		at = next
		return out.Flush()
	})
	switch {
	case err != nil && at != "":
		return exit{exitFailed, fmt.Sprintf("%v; go on with --cursor %q", err, at)}
	case err != nil:
		return err
	case bad > 0:
		return exit{exitRejected, counted(bad, "object") + " could not be read"}
	}
	return nil
}
