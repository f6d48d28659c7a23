package main

import (
	"context"
	"fmt"
	"io"

	"bonafide/casework"
	"bonafide/client"
)

// PlaybookCmd is `bonafide playbook`: a tenant's own versions of the playbooks. Who
// drafts and who puts in force are two people who are signed in.
type PlaybookCmd struct {
	List    PlaybookListCmd    `cmd:"" help:"List the versions of the playbooks, newest first."`
	Show    PlaybookShowCmd    `cmd:"" help:"Print a version, as YAML."`
	Check   PlaybookCheckCmd   `cmd:"" help:"Say whether a file can be read as a playbook; nobody need be signed in."`
	Draft   PlaybookDraftCmd   `cmd:"" help:"Keep a file as a version that is not in force yet."`
	Publish PlaybookPublishCmd `cmd:"" help:"Put a version in force that somebody else drafted."`
}

// PlaybookListCmd is `bonafide playbook list`.
type PlaybookListCmd struct{ caseDesk }

// Run lists.
func (c *PlaybookListCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, there *client.Client) error {
		all, _, err := there.Playbooks(ctx, "")
		printVersions(stdout, all)
		return err
	})
}

type aPlaybook struct {
	caseDesk
	Name string `arg:"" enum:"verification,insider,extortion" help:"verification, insider or extortion."`
}

// PlaybookShowCmd is `bonafide playbook show`.
type PlaybookShowCmd struct {
	aPlaybook
	Version *int64 `arg:"" optional:"" help:"Number of the version, 0 for the shipped one; the one in force unless said."`
	Diff    bool   `help:"Only the lines that differ from the version in force."`
}

// Help is printed below the flags.
func (PlaybookShowCmd) Help() string {
	return "Examples:\n\n  bonafide playbook show insider > ours.yaml\n  bonafide playbook show insider 2 --diff"
}

// Run shows.
func (c *PlaybookShowCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, there *client.Client) error {
		all, _, err := there.Playbooks(ctx, c.Name)
		if err != nil {
			return err
		}
		return printVersion(stdout, all, c.Version, c.Diff)
	})
}

// PlaybookCheckCmd is `bonafide playbook check`.
type PlaybookCheckCmd struct {
	File string `arg:"" help:"The playbook; - reads standard input."`
}

// Run checks.
func (c *PlaybookCheckCmd) Run(stdout io.Writer) error {
	text, err := textOf(c.File)
	if err != nil {
		return err
	}
	p, err := casework.CheckPlaybook(text)
	if err == nil {
		fmt.Fprintf(stdout, "%s: %d steps can be read\n", p.ID, len(p.Steps))
	}
	return err
}

// PlaybookDraftCmd is `bonafide playbook draft`.
type PlaybookDraftCmd struct {
	caseDesk
	File string `arg:"" help:"The playbook, which names itself; - reads standard input."`
}

// Help is printed below the flags.
func (PlaybookDraftCmd) Help() string {
	return `No version opens what is sealed, lengthens a clock of the law or takes the second
signature away; the steps with either stay.

Example:

  bonafide playbook show insider > ours.yaml; vi ours.yaml; bonafide playbook draft ours.yaml`
}

// Run drafts, and prints the number and what differs.
func (c *PlaybookDraftCmd) Run(stdout io.Writer) error {
	text, err := textOf(c.File)
	if err != nil {
		return err
	}
	return c.with(func(ctx context.Context, there *client.Client) error {
		v, err := there.DraftPlaybook(ctx, text)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%s %d\n", v.Name, v.Version)
		for _, line := range v.Diff {
			fmt.Fprintln(stdout, line)
		}
		return nil
	})
}

// PlaybookPublishCmd is `bonafide playbook publish`.
type PlaybookPublishCmd struct {
	aPlaybook
	Version int64 `arg:"" help:"Number of the version."`
}

// Help is printed below the flags.
func (PlaybookPublishCmd) Help() string {
	return "Guides begin with it from then on; what runs keeps the version it began with.\n\nExample:\n\n  bonafide playbook publish insider 2"
}

// Run publishes.
func (c *PlaybookPublishCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, there *client.Client) error {
		_, state, err := there.Playbooks(ctx, "")
		if err != nil {
			return err
		}
		v, err := there.PublishPlaybook(ctx, c.Name, c.Version, state)
		if err == nil {
			fmt.Fprintf(stdout, "%s: version %d is in force\n", v.Name, v.Version)
		}
		return err
	})
}
