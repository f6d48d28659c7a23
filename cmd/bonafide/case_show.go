package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/client"
	"bonafide/record"
	"bonafide/report"
)

// CaseListCmd is `bonafide case list`.
type CaseListCmd struct {
	caseDesk
	View       string `enum:"all,open,mine,waiting,review,verify,routine,closed" default:"open" help:"A queue as the page shows it: all, open, mine, waiting (for your signature), review, verify, routine or closed."`
	State      string `placeholder:"STATE" enum:",review,verify-more,routine,cleared,not-verified,misrepresentation-established,withdrawn" default:"" help:"Where a case stands, in place of a view: review, verify-more, routine, cleared, not-verified, misrepresentation-established or withdrawn."`
	Assessment string `placeholder:"WORD" enum:",review,verify-more,routine" default:"" help:"The machine's proposal: review, verify-more or routine."`
	Assignee   string `placeholder:"ID" help:"In whose hands."`
	Role       string `placeholder:"ID" help:"Of this role."`
	Tier       string `placeholder:"TIER" enum:",T0,T1,T2,T3" default:"" help:"Of this tier: T0, T1, T2 or T3."`
	Stage      string `placeholder:"STAGE" help:"How far the hiring is."`
	Cluster    string `placeholder:"ID" help:"Of this operator question."`
	Most       int    `short:"n" default:"50" help:"At most so many."`
	Format     string `enum:"text,json" default:"text" help:"text, or json: one object a line."`
}

// Help is printed below the flags.
func (CaseListCmd) Help() string {
	return `A line a case: id, where it stands, what the machine proposes, tier, due, in whose
hands. No names: bonafide case show opens one, and leaves an entry.

Examples:

  bonafide case list
  bonafide case list --view waiting
  bonafide case list --server https://bonafide.example.com --view mine --tier T2 --format json`
}

// Run lists, page by page.
func (c *CaseListCmd) Run(stdout io.Writer) error {
	q := url.Values{}
	state := stateWord(c.State)
	if c.View != "all" && state == "" {
		q.Set("view", c.View)
	}
	for name, v := range map[string]string{"state": string(state), "assessment": c.Assessment, "assignee": c.Assignee, "role": c.Role, "tier": c.Tier, "stage": c.Stage, "cluster": c.Cluster} {
		if v != "" {
			q.Set(name, v)
		}
	}
	return c.with(func(ctx context.Context, there *client.Client) error {
		for left := c.Most; left > 0; {
			q.Set("limit", strconv.Itoa(min(left, 100)))
			page, next, err := there.Cases(ctx, q)
			if err != nil {
				return err
			}
			for i := range page {
				if err := c.line(stdout, &page[i]); err != nil {
					return err
				}
			}
			if left -= len(page); next == "" || len(page) == 0 {
				return nil
			}
			q.Set("after", next)
		}
		return nil
	})
}

func (c *CaseListCmd) line(stdout io.Writer, x *record.Case) error {
	if c.Format == "json" {
		if err := json.MarshalWrite(stdout, x, json.Deterministic(true)); err != nil {
			return err
		}
		_, err := io.WriteString(stdout, "\n")
		return err
	}
	due, hands := "-", "-"
	if !x.Due.IsZero() {
		due = "due " + x.Due.Format(time.DateOnly)
	}
	if x.Assignee != "" {
		hands = x.Assignee
	}
	_, err := fmt.Fprintf(stdout, "%s\t%s\t%s\t%s\t%s\t%s\n", x.ID, x.State, x.Assessment, dash(x.Tier), due, hands)
	return err
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// stateWord is a state as it is typed: without blanks.
func stateWord(s string) record.CaseState {
	for _, known := range record.CaseStates {
		if s == strings.ReplaceAll(string(known), " ", "-") {
			return known
		}
	}
	return record.CaseState(s)
}

// shownDigits of the digest are enough to say which reading a decision rests on.
const shownDigits = 12

// CaseShowCmd is `bonafide case show`.
type CaseShowCmd struct {
	aCase
	Format string `enum:"text,json" default:"text" help:"text, or json: case, result line, history in one object."`
	Lang   string `enum:"en,de,pt" default:"en" help:"Language: en, de or pt."`
}

// Help is printed below the flags.
func (CaseShowCmd) Help() string {
	return `The chain of identity, every finding with its evidence, innocent explanations, what
clears it and the next fair step; what was asked, answered, noted and decided. The
last line is what bonafide case decide is told, so that nobody decides on what has
changed since.

Examples:

  bonafide case show greenhouse/48213
  bonafide case show 7q2m4xk3… --lang de
  bonafide case show 7q2m4xk3… --format json | jq .history.requests`
}

// Run shows.
func (c *CaseShowCmd) Run(stdout io.Writer) error {
	return c.on(func(ctx context.Context, there *client.Client, id string) error {
		x, err := there.Case(ctx, id, record.Lang(c.Lang))
		if err != nil {
			return err
		}
		var h client.History
		var raw jsontext.Value
		if there.Value != "" { // a key reads what was found, people what was done
			if h, raw, err = there.History(ctx, id); err != nil {
				return err
			}
		}
		if c.Format == "json" {
			err := json.MarshalWrite(stdout, struct {
				Case    client.Case    `json:"case"`
				History jsontext.Value `json:"history,omitempty"`
			}{x, raw}, json.Deterministic(true))
			fmt.Fprintln(stdout)
			return err
		}
		o := caseOptions(stdout, c.Lang)
		hands := ""
		if x.Assignee != "" {
			hands = ", in the hands of " + x.Assignee
		}
		fmt.Fprintf(stdout, "%s  %s%s\n\n", x.ID, x.State, hands)
		if x.Result != nil {
			if err := report.Explain(stdout, bytes.NewReader(x.Result), x.Record, o); err != nil {
				return err
			}
		}
		if raw == nil {
			return nil
		}
		return printHistory(stdout, &h, o)
	})
}

func caseOptions(w io.Writer, lang string) report.Options {
	o := report.Options{Width: terminal(w), Lang: record.Lang(lang)}
	o.Color = o.Width > 0 && os.Getenv("NO_COLOR") == ""
	return o
}

// CaseHistoryCmd is `bonafide case history`.
type CaseHistoryCmd struct {
	aCase
	Format string `enum:"text,json" default:"text" help:"text, or json."`
	Lang   string `enum:"en,de,pt" default:"en" help:"Language: en, de or pt."`
}

// Help is printed below the flags.
func (CaseHistoryCmd) Help() string {
	return "Examples:\n\n  bonafide case history greenhouse/48213\n  bonafide case history 7q2m4xk3… --format json"
}

// Run prints it, oldest first.
func (c *CaseHistoryCmd) Run(stdout io.Writer) error {
	return c.on(func(ctx context.Context, there *client.Client, id string) error {
		h, raw, err := there.History(ctx, id)
		if err != nil {
			return err
		}
		if c.Format == "json" {
			_, err := fmt.Fprintf(stdout, "%s\n", bytes.TrimSpace(raw))
			return err
		}
		return printHistory(stdout, &h, caseOptions(stdout, c.Lang))
	})
}

// printHistory puts everything that was done on one axis.
func printHistory(w io.Writer, h *client.History, o report.Options) error {
	var all []report.Happening
	for _, s := range h.Screened {
		all = append(all, report.Happening{At: s.At, Kind: "screened", Word: report.SaidAssessment(s.Assessment).In(o.Lang)})
	}
	for _, r := range h.Requests {
		all = append(all, report.Happening{At: r.Sent, Kind: "asked", ID: r.ID, Word: r.Check, Text: r.Text, Due: r.Due, Open: r.State == "sent"})
		if r.State != "sent" {
			at := r.Answered
			if at.IsZero() {
				at = r.Due
			}
			all = append(all, report.Happening{At: at, Kind: r.State, ID: r.ID, Text: r.Reply})
		}
	}
	for _, n := range h.Notes {
		all = append(all, report.Happening{At: n.At, Kind: "note", By: n.By, Text: n.Text})
	}
	for _, k := range h.Tasks {
		all = append(all, report.Happening{At: k.Created, Kind: "task", ID: k.ID, By: k.Assignee, Text: k.Text, Due: k.Due, Open: k.State == "open"})
		if !k.Done.IsZero() {
			all = append(all, report.Happening{At: k.Done, Kind: "done", ID: k.ID, By: k.Assignee})
		}
	}
	for _, d := range h.Decisions {
		all = append(all, report.Happening{At: d.Proposed, Kind: "proposed", ID: d.ID, By: d.Proposer, Word: string(d.To), Text: d.Reasons, Open: d.State == record.DecisionProposed})
		if !d.Decided.IsZero() {
			all = append(all, report.Happening{At: d.Decided, Kind: string(d.State), ID: d.ID, By: d.Approver, Word: string(d.To)})
		}
	}
	if err := report.Timeline(w, all, o); err != nil {
		return err
	}
	if h.Shown != "" {
		fmt.Fprintf(w, "\nseen %s\n", h.Shown[:shownDigits])
	}
	return nil
}
