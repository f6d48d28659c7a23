package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"bonafide/client"
	"bonafide/record"
)

// words is a text of an act: on the command line others on the machine may read
// along, so - takes it from standard input.
func words(s string) (string, error) {
	if s != "-" {
		return s, nil
	}
	return standardInput()
}

// CaseClaimCmd is `bonafide case claim`.
type CaseClaimCmd struct {
	aCase
	TakeOver string `placeholder:"WHY" help:"Take it from whoever has it now, and say why; becomes a note."`
}

// Help is printed below the flags.
func (CaseClaimCmd) Help() string {
	return "Again prolongs it.\n\nExamples:\n\n  bonafide case claim greenhouse/48213\n  bonafide case claim 7q2m4xk3… --take-over 'A. is ill'"
}

// Run claims.
func (c *CaseClaimCmd) Run(stdout io.Writer) error {
	return c.on(func(ctx context.Context, there *client.Client, id string) error {
		x, err := there.Claim(ctx, id, c.TakeOver)
		if err == nil {
			fmt.Fprintf(stdout, "yours until %s\n", x.ClaimUntil.Format(time.RFC3339))
		}
		return err
	})
}

// CaseReleaseCmd is `bonafide case release`.
type CaseReleaseCmd struct{ aCase }

// Run releases.
func (c *CaseReleaseCmd) Run() error {
	return c.on(func(ctx context.Context, there *client.Client, id string) error { return there.Release(ctx, id) })
}

// CaseAskCmd is `bonafide case ask`.
type CaseAskCmd struct {
	aCase
	Check string `placeholder:"ID" default:"own" help:"The finding it would clear; its own question is asked unless --text says another. own: a question of yours."`
	Text  string `placeholder:"TEXT" help:"What is asked, as the person reads it; - reads it from standard input."`
	Other string `placeholder:"TEXT" help:"The other way to do it; one is always offered."`
	Due   string `placeholder:"DAY" help:"By which day, such as 2026-12-01; a week from now unless said."`
	Lang  string `enum:"en,de,pt" default:"en" help:"Language of the finding's own question: en, de or pt."`
}

// Help is printed below the flags.
func (CaseAskCmd) Help() string {
	return `The person is told that something waits on their own page, and nothing else.
Nothing adverse is decided before they have answered or let the day pass.

Examples:

  bonafide case ask greenhouse/48213 --check pay-account-shared
  bonafide case ask 7q2m4xk3… --text - --other 'Or in our office.' --due 2026-12-01 < question.txt`
}

var anotherWay = map[string]string{
	"en": "Or tell us what suits you better: a call, an appointment, another proof.",
	"de": "Oder sagen Sie uns, was besser passt: ein Gespräch, ein Termin, ein anderer Nachweis.",
	"pt": "Ou diga-nos o que lhe convém mais: uma chamada, uma reunião, outra prova.",
}

// Run asks.
func (c *CaseAskCmd) Run(stdout io.Writer) error {
	due := time.Now().AddDate(0, 0, 7)
	if c.Due != "" {
		day, err := time.Parse(time.DateOnly, c.Due)
		if err != nil {
			return exit{exitUsage, "--due is a day such as 2026-12-01"}
		}
		due = day.Add(24*time.Hour - time.Minute) // the whole of the day belongs to the person
	}
	text, err := words(c.Text)
	if err != nil {
		return err
	}
	if c.Other == "" {
		c.Other = anotherWay[c.Lang]
	}
	return c.on(func(ctx context.Context, there *client.Client, id string) error {
		if text == "" {
			if text, err = c.ownQuestion(ctx, there, id); err != nil {
				return err
			}
		}
		made, err := there.Ask(ctx, id, c.Check, text, c.Other, due)
		if err == nil {
			fmt.Fprintln(stdout, made)
		}
		return err
	})
}

// ownQuestion is what the finding itself asks next.
func (c *CaseAskCmd) ownQuestion(ctx context.Context, there *client.Client, id string) (string, error) {
	all, err := there.Findings(ctx, id, record.Lang(c.Lang))
	if err != nil {
		return "", err
	}
	for _, f := range all {
		if f.Check == c.Check && f.Ask != "" {
			return f.Ask, nil
		}
	}
	return "", exit{exitUsage, "say what is asked with --text, or name with --check a finding of the case that asks something itself"}
}

// CaseUnaskCmd is `bonafide case unask`.
type CaseUnaskCmd struct {
	caseDesk
	Request string `arg:"" help:"Id of what was asked, as ask and history print it."`
}

// Run takes it back.
func (c *CaseUnaskCmd) Run() error {
	return c.with(func(ctx context.Context, there *client.Client) error { return there.WithdrawRequest(ctx, c.Request) })
}

// CaseNoteCmd is `bonafide case note`.
type CaseNoteCmd struct {
	aCase
	Text string `arg:"" default:"-" help:"The note; - reads it from standard input."`
}

// Help is printed below the flags.
func (CaseNoteCmd) Help() string {
	return "@ and the id of an account mentions somebody, for whom it becomes a task.\n\nExample:\n\n  bonafide case note greenhouse/48213 < note.txt"
}

// Run writes it.
func (c *CaseNoteCmd) Run(stdout io.Writer) error {
	text, err := words(c.Text)
	if err != nil {
		return err
	}
	return c.on(func(ctx context.Context, there *client.Client, id string) error {
		made, err := there.Note(ctx, id, text)
		if err == nil {
			fmt.Fprintln(stdout, made)
		}
		return err
	})
}

// CaseTaskCmd is `bonafide case task`.
type CaseTaskCmd struct {
	aCase
	Text string `arg:"" default:"-" help:"What is to be done; - reads it from standard input."`
	For  string `placeholder:"ID" help:"Whose it is: the id of an account; nobody's unless said."`
	Due  string `placeholder:"DAY" help:"By which day."`
}

// Help is printed below the flags.
func (CaseTaskCmd) Help() string {
	return "Example:\n\n  bonafide case task greenhouse/48213 'ring the switchboard' --for 3f6k… --due 2026-12-01"
}

// Run gives it.
func (c *CaseTaskCmd) Run(stdout io.Writer) error {
	text, err := words(c.Text)
	if err != nil {
		return err
	}
	var due time.Time
	if c.Due != "" {
		if due, err = time.Parse(time.DateOnly, c.Due); err != nil {
			return exit{exitUsage, "--due is a day such as 2026-12-01"}
		}
	}
	return c.on(func(ctx context.Context, there *client.Client, id string) error {
		made, err := there.Task(ctx, id, text, c.For, due)
		if err == nil {
			fmt.Fprintln(stdout, made)
		}
		return err
	})
}

// CaseDoneCmd is `bonafide case done`.
type CaseDoneCmd struct {
	caseDesk
	Task string `arg:"" help:"Id of the task, as task and history print it."`
}

// Run finishes it.
func (c *CaseDoneCmd) Run() error {
	return c.with(func(ctx context.Context, there *client.Client) error { return there.FinishTask(ctx, c.Task) })
}

// CaseDecideCmd is `bonafide case decide`.
type CaseDecideCmd struct {
	aCase
	To      string   `required:"" placeholder:"STATE" enum:"verify-more,review,cleared,not-verified,misrepresentation-established,withdrawn" help:"verify-more, review, cleared, not-verified, misrepresentation-established or withdrawn; which of them are open depends on where the case stands."`
	Reasons string   `required:"" placeholder:"TEXT" help:"In words the person concerned may read; - reads them from standard input."`
	Seen    string   `required:"" placeholder:"WORD" help:"The last word show and history print: what you have read."`
	Finding []string `placeholder:"ID" help:"A check the reasons rest on; repeat for several."`
	Appeals string   `placeholder:"ID" help:"The decision this goes back on; others than its people make it."`
}

// Help is printed below the flags.
func (CaseDecideCmd) Help() string {
	return `Where one person is enough it takes effect at once. Whatever is against the person,
and clearing a case that stood in review, waits for a second: bonafide case confirm.
Nothing against the person can be put forward before they were asked.

Examples:

  bonafide case show greenhouse/48213
  bonafide case decide greenhouse/48213 --to cleared --reasons 'Both proofs came.' --seen 4be7c1a90d2f`
}

// Run puts it forward.
func (c *CaseDecideCmd) Run(stdout io.Writer) error {
	reasons, err := words(c.Reasons)
	if err != nil {
		return err
	}
	return c.on(func(ctx context.Context, there *client.Client, id string) error {
		seen, err := asRead(ctx, there, id, c.Seen)
		if err != nil {
			return err
		}
		made, err := there.Decide(ctx, id, stateWord(c.To), reasons, seen, c.Appeals, c.Finding)
		if err != nil {
			return err
		}
		h, _, err := there.History(ctx, id)
		if err != nil {
			return err
		}
		for _, d := range h.Decisions {
			if d.ID == made && d.State == record.DecisionProposed {
				fmt.Fprintf(stdout, "%s\nwaits for a second person: bonafide case confirm %s %s\n", made, id, made)
				return nil
			}
		}
		_, err = fmt.Fprintln(stdout, made)
		return err
	})
}

// asRead is the whole digest of what stands now, if it begins as what was read.
func asRead(ctx context.Context, there *client.Client, id, read string) (string, error) {
	h, _, err := there.History(ctx, id)
	if err != nil {
		return "", err
	}
	if len(read) < shownDigits || !strings.HasPrefix(h.Shown, read) {
		return "", &record.Error{Code: record.CodeConflict, Where: "case", Message: "it is not what you have read: look again with bonafide case show, and give its last word as --seen"}
	}
	return h.Shown, nil
}

// aDecision names a decision that waits, on a case.
type aDecision struct {
	aCase
	Decision string `arg:"" help:"Id of the decision, as decide and history print it."`
}

func (c *aDecision) settle(stdout io.Writer, do, seen string) error {
	return c.on(func(ctx context.Context, there *client.Client, id string) error {
		if seen != "" {
			whole, err := asRead(ctx, there, id, seen)
			if err != nil {
				return err
			}
			seen = whole
		}
		d, err := there.Settle(ctx, c.Decision, do, seen)
		if err == nil {
			fmt.Fprintf(stdout, "%s: %s\n", d.State, d.To)
		}
		return err
	})
}

// CaseConfirmCmd is `bonafide case confirm`.
type CaseConfirmCmd struct {
	aDecision
	Seen string `required:"" placeholder:"WORD" help:"The last word show and history print: what you have read."`
}

// Help is printed below the flags.
func (CaseConfirmCmd) Help() string {
	return `Nobody confirms their own; the database refuses it too. A case that changed after the
first signature voids the decision.

Example:

  bonafide case confirm greenhouse/48213 k3v7… --seen 4be7c1a90d2f`
}

// Run signs.
func (c *CaseConfirmCmd) Run(stdout io.Writer) error { return c.settle(stdout, "approve", c.Seen) }

// CaseDeclineCmd is `bonafide case decline`.
type CaseDeclineCmd struct{ aDecision }

// Run declines.
func (c *CaseDeclineCmd) Run(stdout io.Writer) error { return c.settle(stdout, "decline", "") }

// CaseWithdrawCmd is `bonafide case withdraw`.
type CaseWithdrawCmd struct{ aDecision }

// Run takes it back.
func (c *CaseWithdrawCmd) Run(stdout io.Writer) error { return c.settle(stdout, "withdraw", "") }
