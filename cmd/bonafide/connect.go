package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/connect"
	"bonafide/record"
	"bonafide/screen"
)

// ConnectCmd is `bonafide connect`.
type ConnectCmd struct {
	List   ConnectListCmd   `cmd:"" help:"Name the systems there are connectors for, and how those that were added fare."`
	Add    ConnectAddCmd    `cmd:"" help:"Make an endpoint for one system, or replace its keys."`
	Test   ConnectTestCmd   `cmd:"" help:"Say what an endpoint would be asked, or ask it for one page."`
	Replay ConnectReplayCmd `cmd:"" help:"Show what events and answers of a system become; nothing is stored or asked."`
	Verify ConnectVerifyCmd `cmd:"" name:"verify-webhook" help:"Check the signature of one delivery that was saved."`
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
	fmt.Fprintln(stdout, "\nAfter the hire, where the policy opens it:")
	for _, x := range connect.Watches {
		fmt.Fprintf(w, "%s\t%s\t%s\n", x.Name, x.Tells, x.Needs)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if keyFileMissing(c.keyFile()) {
		return nil // nothing was kept here yet
	}
	return c.hooks(func(ctx context.Context, h *screen.Hooks) error {
		all, err := h.Hooks(ctx, operator(c.Tenant))
		if err != nil {
			return err
		}
		fmt.Fprintln(stdout, "\nAdded:")
		for _, s := range all {
			last := "nothing came yet"
			if !s.Last.IsZero() {
				last = "last " + s.Last.UTC().Format(time.RFC3339)
			}
			fmt.Fprintf(w, "%s\t%s\tcovers %s\t%s\n", s.Name, s.Provider, s.Covers, last)
		}
		return w.Flush()
	})
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
	KeyFile []string          `required:"" placeholder:"FILE" type:"existingfile" help:"File with the signing key; two while it is rotated."`
	Account string            `placeholder:"FILE" type:"existingfile" help:"JSON with what its API needs: key, client, company, user, field, base, source."`
	Stage   map[string]string `placeholder:"THEIRS=OURS" mapsep:"none" help:"What a stage of theirs is here, such as 'Face to face=interview'; repeat for several."`
	People  string            `placeholder:"FILE" type:"existingfile" help:"CSV of account,SOURCE/ID: whose an account at work is."`
	Fetch   bool              `help:"Ask the API even where the body is signed."`
	Back    bool              `name:"write-back" help:"Write there how far a verification is: not started, in progress, more asked or finished, and nothing else."`
	SHA1    bool              `name:"allow-sha1" help:"Take Sumsub's SHA-1 too."`
	Address string            `default:"http://127.0.0.1:8420" env:"BONAFIDE_ADDRESS" help:"Under which the system reaches the server."`
}

// Help is printed below the flags.
func (ConnectAddCmd) Help() string {
	return `Prints the address that goes into the other system. Added again under the same name it keeps its
address and takes the new keys. Keys are read from files, so that none is on a command line.

Examples:

  bonafide connect add greenhouse --key-file secret --account greenhouse.json --stage 'Face to face=interview'
  bonafide connect add greenhouse --key-file old --key-file new`
}

// Run adds.
func (c *ConnectAddCmd) Run(stdout io.Writer) error {
	e := connect.Endpoint{Name: c.Name, Provider: c.System, Fetch: c.Fetch, AllowSHA1: c.SHA1, Stages: c.Stage, Back: c.Back}
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
		if id == "" {
			fmt.Fprintf(stdout, "%s has its new settings and keeps its address\n", e.Name)
			return nil
		}
		fmt.Fprintf(stdout, "%s/v1/hooks/%s\n", strings.TrimSuffix(c.Address, "/"), id)
		if s, ok := connect.FindSystem(c.System); ok {
			fmt.Fprintf(stdout, "needs: %s\n", s.Needs)
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
	Egress bool   `help:"Ask the system for one page; nothing of it is stored."`
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
			fmt.Fprintf(stdout, "%s sends and is not asked\n", e.Provider)
			return nil
		}
		hosts := connect.Hosts(e.Provider, e.Account)
		if c.All {
			return c.all(ctx, stdout, &e, hosts)
		}
		fmt.Fprintf(stdout, "%s speaks to %s and to nobody else\n", e.Name, strings.Join(hosts, ", "))
		if !c.Egress {
			fmt.Fprintf(stdout, "would ask: %s %s\n", system.List("", time.Time{}).Method, system.List("", time.Time{}).Path)
			return nil
		}
		s, err := connect.NewSession(e.Provider, e.Account, screen.EgressOf(false)(hosts, nil))
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
func (c *ConnectTestCmd) all(ctx context.Context, stdout io.Writer, e *connect.Endpoint, hosts []string) error {
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
	s, err := connect.NewSession(e.Provider, e.Account, screen.EgressOf(false)(hosts, nil))
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

// ConnectReplayCmd is `bonafide connect replay`.
type ConnectReplayCmd struct {
	System string   `arg:"" help:"One of bonafide connect list."`
	Files  []string `arg:"" placeholder:"FILE" help:"Saved events or answers: one JSON object, or one a line; - is standard input."`
	Hints  bool     `help:"Say what each event is about in place of what it becomes."`
}

// Help is printed below the flags.
func (ConnectReplayCmd) Help() string {
	return `Prints an application record for each object of an applicant tracking system, a result for each of an
identity vendor, what was seen for each line of a system at work. Exit code 3 when some could not be read.

Examples:

  bonafide connect replay workable saved.json > applications.jsonl
  bonafide connect replay okta systemlog.jsonl | wc -l
  bonafide connect replay greenhouse event.json --hints`
}

// Run replays.
func (c *ConnectReplayCmd) Run(stdout io.Writer) error {
	read, err := c.reader()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(stdout, 64<<10)
	bad := 0
	for _, name := range c.Files {
		in := io.Reader(os.Stdin)
		if name != "-" {
			f, err := os.Open(name)
			if err != nil {
				return notThere(name, err)
			}
			defer f.Close()
			in = f
		}
		d := jsontext.NewDecoder(in)
		for n := 1; ; n++ {
			raw, err := d.ReadValue()
			if err == io.EOF {
				break
			}
			if err != nil {
				fmt.Fprintf(os.Stderr, "%s:%d: is not JSON; reading stops here\n", name, n)
				bad++
				break
			}
			all, err := read(raw)
			if err != nil {
				fmt.Fprintf(os.Stderr, "%s:%d: %v\n", name, n, err)
				bad++
				continue
			}
			for _, x := range all {
				b, err := json.Marshal(x, json.Deterministic(true))
				if err != nil {
					return err
				}
				out.Write(append(b, '\n'))
			}
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if bad > 0 {
		return exit{exitRejected, counted(bad, "object") + " could not be read"}
	}
	return nil
}

// seenLine is one thing seen at work, as it is printed.
type seenLine struct {
	Account  string               `json:"account"`
	Event    *record.Event        `json:"event,omitempty"`
	Computer *record.Computer     `json:"computer,omitempty"`
	Tool     *record.ToolSeen     `json:"tool,omitempty"`
	Change   *record.Change       `json:"change,omitempty"`
	Answer   *record.Confirmation `json:"confirmation,omitempty"`
}

func (c *ConnectReplayCmd) reader() (func([]byte) ([]any, error), error) {
	if w, ok := connect.FindWatch(c.System); ok {
		return func(raw []byte) (out []any, err error) {
			all, err := w.Read(raw)
			for _, s := range all {
				out = append(out, seenLine{s.Account, s.Event, s.Computer, s.Tool, s.Change, s.Answer})
			}
			return out, err
		}, nil
	}
	if s, ok := connect.FindSystem(c.System); ok {
		return func(raw []byte) ([]any, error) {
			if c.Hints {
				h, err := connect.ReadHint(c.System, &connect.Delivery{Body: raw, Header: http.Header{}})
				return []any{h}, err
			}
			a, err := s.Record(raw, c.System)
			return []any{a}, err
		}, nil
	}
	if connect.IsIdentity(c.System) {
		return func(raw []byte) (out []any, err error) {
			all, err := connect.ReadIdentity(c.System, raw)
			for _, r := range all {
				out = append(out, r)
			}
			return out, err
		}, nil
	}
	return nil, exit{exitUsage, "there is no reader of that name; bonafide connect list names them"}
}

// ConnectVerifyCmd is `bonafide connect verify-webhook`.
type ConnectVerifyCmd struct {
	System  string    `arg:"" help:"One of bonafide connect list."`
	Body    string    `arg:"" type:"existingfile" help:"The body, byte for byte as it came."`
	Headers string    `required:"" placeholder:"FILE" type:"existingfile" help:"The headers, Name: value a line."`
	KeyFile []string  `required:"" placeholder:"FILE" type:"existingfile" help:"File with the signing key; repeat for several."`
	At      time.Time `format:"2006-01-02T15:04:05Z07:00" help:"When it arrived; now unless said."`
	SHA1    bool      `name:"allow-sha1" help:"Take Sumsub's SHA-1 too."`
}

// Help is printed below the flags.
func (ConnectVerifyCmd) Help() string {
	return "Example:\n\n  bonafide connect verify-webhook greenhouse body.json --headers headers.txt --key-file secret"
}

// Run verifies.
func (c *ConnectVerifyCmd) Run(stdout io.Writer) error {
	body, err := os.ReadFile(c.Body)
	if err != nil {
		return notThere(c.Body, err)
	}
	lines, err := os.ReadFile(c.Headers)
	if err != nil {
		return notThere(c.Headers, err)
	}
	keys, err := secretsOf(c.KeyFile)
	if err != nil {
		return err
	}
	h := http.Header{}
	for _, l := range strings.Split(string(lines), "\n") {
		if name, value, ok := strings.Cut(strings.TrimSpace(l), ":"); ok {
			h.Add(strings.TrimSpace(name), strings.TrimSpace(value))
		}
	}
	if c.At.IsZero() {
		c.At = time.Now()
	}
	v, err := connect.Verify(c.System, &connect.Delivery{Header: h, Body: body, At: c.At, AllowSHA1: c.SHA1}, keys)
	if err != nil {
		return exit{exitFailed, err.Error()}
	}
	fmt.Fprintf(stdout, "the signature is good: key %d, covers %s\n", v.Key+1, v.Covers)
	for _, once := range v.Once {
		fmt.Fprintf(stdout, "takes effect once: %s\n", once)
	}
	return nil
}
