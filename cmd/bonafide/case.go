package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/access"
	"bonafide/api"
	"bonafide/casework"
	"bonafide/client"
	"bonafide/confine"
	"bonafide/record"
	"bonafide/screen"
)

// CaseCmd is `bonafide case`: the desk at a terminal. Whoever works on a case is
// signed in as themselves, here as on the page: whoever runs the binary signs
// nothing in another's name.
type CaseCmd struct {
	SignIn   CaseSignInCmd   `cmd:"" help:"Sign in with a link that works once; bonafide user link prints one."`
	SignOut  CaseSignOutCmd  `cmd:"" help:"End the session."`
	List     CaseListCmd     `cmd:"" help:"List cases, the most urgent first."`
	Show     CaseShowCmd     `cmd:"" help:"Print one case: chain, findings, what clears them, what was done."`
	History  CaseHistoryCmd  `cmd:"" help:"Print what was asked, answered, noted, given to do and decided."`
	HandIn   CaseHandInCmd   `cmd:"" help:"Hand in exports, saved pages and résumés, as new applications or beside one."`
	Claim    CaseClaimCmd    `cmd:"" help:"Take a case into your hands for an hour."`
	Release  CaseReleaseCmd  `cmd:"" help:"Put a case back."`
	Ask      CaseAskCmd      `cmd:"" help:"Ask the person for more, with a day and another way."`
	Unask    CaseUnaskCmd    `cmd:"" help:"Take back what was asked."`
	Note     CaseNoteCmd     `cmd:"" help:"Write a note."`
	Task     CaseTaskCmd     `cmd:"" help:"Give somebody a thing to do."`
	Done     CaseDoneCmd     `cmd:"" help:"Say that a thing was done."`
	Decide   CaseDecideCmd   `cmd:"" help:"Put a decision forward, with reasons."`
	Confirm  CaseConfirmCmd  `cmd:"" help:"Sign, as the second person, what somebody else put forward."`
	Decline  CaseDeclineCmd  `cmd:"" help:"Decline what somebody else put forward."`
	Withdraw CaseWithdrawCmd `cmd:"" help:"Take back a decision you put forward."`
}

// caseDesk is where a case command works: at a server, or on a record of this
// machine, which it then asks by the same contract.
type caseDesk struct {
	node
	remote
	Session string `placeholder:"FILE" type:"path" env:"BONAFIDE_SESSION" help:"Where sign-in keeps the session, mode 0600; bonafide/session in your configuration folder unless said."`
}

// keptSession is a session on disk: it is shown to the place it is of and to no other.
type keptSession struct {
	Of    string `json:"of"`
	Name  string `json:"name"`
	Value string `json:"value"`
}

func (d *caseDesk) place() string {
	switch {
	case d.Server != "":
		return strings.TrimSuffix(d.Server, "/")
	case d.Database != "":
		return "database"
	}
	return d.Data
}

func (d *caseDesk) file() (string, error) {
	if d.Session != "" {
		return d.Session, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", exit{exitUsage, "there is no configuration folder here: name a file with --session"}
	}
	return filepath.Join(dir, "bonafide", "session"), nil
}

func (d *caseDesk) session() (s client.Session, there bool, err error) {
	path, err := d.file()
	if err != nil {
		return s, false, err
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, false, nil
	}
	var k keptSession
	if err != nil || json.Unmarshal(b, &k) != nil {
		return s, false, exit{exitFailed, path + " cannot be read as a session; bonafide case sign-in writes it anew"}
	}
	return client.Session{Name: k.Name, Value: k.Value}, k.Of == d.place(), nil
}

// keep writes the session, or forgets it when it is empty.
func (d *caseDesk) keep(s client.Session) error {
	path, err := d.file()
	if err != nil {
		return err
	}
	if s.Value == "" {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return exit{exitFailed, path + " cannot be removed"}
		}
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return exit{exitFailed, path + " cannot be written"}
	}
	w, done, err := wholeFile(path)
	if err != nil {
		return err
	}
	if err := json.MarshalWrite(w, keptSession{d.place(), s.Name, s.Value}); err != nil {
		return err
	}
	return done()
}

var notSignedIn = exit{exitUsage, "nobody is signed in here: bonafide user link ID prints a link, bonafide case sign-in LINK takes it"}

// with opens the desk for one act. Without a session a key opens what a key may read.
func (d *caseDesk) with(f func(context.Context, *client.Client) error) error {
	s, there, err := d.session()
	if err != nil {
		return err
	}
	switch {
	case there:
		return d.as(s, f)
	case d.Server != "" && (d.ServerKey != "" || os.Getenv("BONAFIDE_API_KEY") != ""):
		c, err := d.client()
		if err != nil {
			return err
		}
		return f(context.Background(), c)
	}
	return notSignedIn
}

func (d *caseDesk) as(s client.Session, f func(context.Context, *client.Client) error) error {
	ctx := context.Background()
	if d.Server != "" {
		c, err := client.As(d.Server, s)
		if err != nil {
			return err
		}
		return f(ctx, c)
	}
	quiet := slog.New(slog.DiscardHandler)
	record, keys, err := d.open(ctx, quiet, false)
	if err != nil {
		return err
	}
	defer record.Close()
	flow, err := (&rules{}).flow(time.Now(), quiet)
	if err != nil {
		return err
	}
	desk := &casework.Desk{Store: record}
	if desk.Verifier, err = keys.VerifierKey(); err != nil {
		return err
	}
	files, err := confine.New(confine.Options{})
	if err != nil {
		return err
	}
	free := func() *access.Rates { return access.NewRates(1e9, 1e9, 1) }
	here := &api.Server{
		Desk: desk, Keeper: &screen.Keeper{Screen: flow, Store: record, Tell: casework.Tell, Files: files}, Door: &access.Door{Store: record, Now: time.Now},
		Rates: free(), Tenants: free(), Tries: free(), Log: quiet, Now: time.Now, Limits: api.DefaultLimits(),
	}
	return f(ctx, client.Within(here.Handler(), s))
}

// CaseSignInCmd is `bonafide case sign-in`.
type CaseSignInCmd struct {
	caseDesk
	Link string `arg:"" default:"-" help:"The link, or its last part; - reads it from standard input, where fewer see it."`
}

// Help is printed below the flags.
func (CaseSignInCmd) Help() string {
	return `A session ends after half an hour without a command, and after twelve hours. It
is shown only to the server, or the record, that it was begun at.

Examples:

  bonafide user link 3f6k… | tail -1 | bonafide case sign-in
  bonafide case sign-in --server https://bonafide.example.com https://bonafide.example.com/sign-in/…`
}

// Run signs in.
func (c *CaseSignInCmd) Run(stdout io.Writer) error {
	link := c.Link
	if link == "-" {
		var err error
		if link, err = standardInput(); err != nil {
			return err
		}
	}
	return c.as(client.Session{}, func(ctx context.Context, there *client.Client) error {
		if err := there.SignIn(ctx, link); err != nil {
			if record.CodeOf(err) == record.CodeRefused {
				return exit{exitUsage, "the link does not sign anybody in: it works once, within a day; bonafide user link prints a new one"}
			}
			return err
		}
		return c.keep(there.Session)
	})
}

// CaseSignOutCmd is `bonafide case sign-out`.
type CaseSignOutCmd struct{ caseDesk }

// Run signs out; a session that has ended already is forgotten.
func (c *CaseSignOutCmd) Run() error {
	s, there, err := c.session()
	if err != nil {
		return err
	}
	if !there {
		return notSignedIn
	}
	err = c.as(s, func(ctx context.Context, there *client.Client) error { return there.SignOut(ctx) })
	if err != nil && record.CodeOf(err) != record.CodeRefused {
		return err
	}
	return c.keep(client.Session{})
}

// aCase names the case an act is about.
type aCase struct {
	caseDesk
	Case string `arg:"" help:"Id of the case, as list prints it, or its record, SOURCE/ID."`
}

// on opens the desk and finds the case.
func (c *aCase) on(f func(ctx context.Context, there *client.Client, id string) error) error {
	return c.with(func(ctx context.Context, there *client.Client) error {
		id := c.Case
		if strings.Contains(id, "/") {
			var err error
			if id, err = there.FindCase(ctx, id); err != nil {
				return err
			}
		}
		return f(ctx, there, id)
	})
}
