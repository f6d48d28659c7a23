package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"bonafide/client"
	"bonafide/policy"
)

// RulesCmd is `bonafide rules`: the table of a tenant, as versions. Who drafts and
// who puts in force are two people who are signed in (bonafide case sign-in).
type RulesCmd struct {
	List    RulesListCmd    `cmd:"" help:"List the versions, newest first."`
	Show    RulesShowCmd    `cmd:"" help:"Print a version: how findings weigh, tiers, days, languages."`
	Check   RulesCheckCmd   `cmd:"" help:"Say whether a file can be read as rules; nobody need be signed in."`
	Draft   RulesDraftCmd   `cmd:"" help:"Keep a file as a version that is not in force yet."`
	Try     RulesTryCmd     `cmd:"" help:"Say which cases a version would treat otherwise; nothing is changed."`
	Publish RulesPublishCmd `cmd:"" help:"Put a version in force that somebody else drafted."`
}

// RulesListCmd is `bonafide rules list`.
type RulesListCmd struct{ caseDesk }

// Run lists.
func (c *RulesListCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, there *client.Client) error {
		all, _, err := there.Policies(ctx)
		printVersions(stdout, all)
		return err
	})
}

func printVersions(w io.Writer, all []client.Version) {
	for _, v := range all {
		state, day := "draft", "-"
		switch {
		case v.Active:
			state = "in force"
		case v.Version == 0:
			state = "shipped"
		case v.Approver != "":
			state = "was in force"
		}
		if !v.At.IsZero() {
			day = v.At.Format(time.DateOnly)
		}
		name := ""
		if v.Name != "" {
			name = v.Name + "\t"
		}
		fmt.Fprintf(w, "%s%d\t%s\t%s\t%s\t%s\n", name, v.Version, state, day, dash(v.Proposer), dash(v.Approver))
	}
}

// chosen is the version of a number; without one, that in force.
func chosen(all []client.Version, number *int64) (client.Version, error) {
	for _, v := range all {
		if number == nil && v.Active || number != nil && v.Version == *number {
			return v, nil
		}
	}
	return client.Version{}, exit{exitFailed, "there is no such version; list shows those there are"}
}

// RulesShowCmd is `bonafide rules show`.
type RulesShowCmd struct {
	caseDesk
	Version *int64 `arg:"" optional:"" help:"Number of the version, 0 for the shipped one; the one in force unless said."`
	Diff    bool   `help:"Only the lines that differ from the version in force."`
}

// Help is printed below the flags.
func (RulesShowCmd) Help() string {
	return "Examples:\n\n  bonafide rules show > ours.policy\n  bonafide rules show 3 --diff"
}

// Run shows.
func (c *RulesShowCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, there *client.Client) error {
		all, _, err := there.Policies(ctx)
		if err != nil {
			return err
		}
		return printVersion(stdout, all, c.Version, c.Diff)
	})
}

func printVersion(w io.Writer, all []client.Version, number *int64, diff bool) error {
	v, err := chosen(all, number)
	if err != nil {
		return err
	}
	if !diff {
		fmt.Fprint(w, strings.TrimRight(v.Text, "\n")+"\n")
		return nil
	}
	for _, line := range v.Diff {
		fmt.Fprintln(w, line)
	}
	return nil
}

// RulesCheckCmd is `bonafide rules check`.
type RulesCheckCmd struct {
	File string `arg:"" help:"The table; - reads standard input."`
}

// Run checks.
func (c *RulesCheckCmd) Run(stdout io.Writer) error {
	text, err := textOf(c.File)
	if err != nil {
		return err
	}
	p, err := policy.Read(text)
	if err == nil {
		fmt.Fprintf(stdout, "version %d can be read\n", p.Version)
	}
	return err
}

// textOf reads a file that a person wrote, or standard input.
func textOf(path string) (string, error) {
	if path == "-" {
		return standardInput()
	}
	f, err := os.Open(path)
	if err != nil {
		return "", notThere(path, err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, 1<<20))
	return string(b), err
}

// RulesDraftCmd is `bonafide rules draft`.
type RulesDraftCmd struct {
	caseDesk
	File string `arg:"" help:"The table; - reads standard input."`
}

// Help is printed below the flags.
func (RulesDraftCmd) Help() string {
	return "Example:\n\n  bonafide rules show > ours.policy; vi ours.policy; bonafide rules draft ours.policy"
}

// Run drafts, and prints the number and what differs.
func (c *RulesDraftCmd) Run(stdout io.Writer) error {
	text, err := textOf(c.File)
	if err != nil {
		return err
	}
	return c.with(func(ctx context.Context, there *client.Client) error {
		v, err := there.DraftPolicy(ctx, text)
		if err != nil {
			return err
		}
		fmt.Fprintln(stdout, v.Version)
		for _, line := range v.Diff {
			fmt.Fprintln(stdout, line)
		}
		return nil
	})
}

// RulesTryCmd is `bonafide rules try`.
type RulesTryCmd struct {
	caseDesk
	Version int64 `arg:"" help:"Number of the version."`
}

// Run tries.
func (c *RulesTryCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, there *client.Client) error {
		t, err := there.TryPolicy(ctx, c.Version)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "would change %d of %d cases; nothing was changed\n", t.Changed, t.Looked)
		for _, m := range t.Clocks {
			fmt.Fprintf(stdout, "keep %s %d → %d days: %d clocks would move, %d of them to an earlier day, %d to one that has come; %d held\n",
				m.Class, m.DaysFrom, m.DaysTo, m.Moved, m.Sooner, m.Due, m.Held)
		}
		for _, w := range t.Would {
			fmt.Fprintf(stdout, "%s\t%s\n", w.Case, strings.Join(wouldSay(&w), "\t"))
		}
		if t.Changed > len(t.Would) {
			fmt.Fprintf(stdout, "… and %d more\n", t.Changed-len(t.Would))
		}
		return nil
	})
}

func wouldSay(w *client.Would) (all []string) {
	if w.From != w.To {
		all = append(all, fmt.Sprintf("%s → %s", w.From, w.To))
	}
	if w.TierFrom != w.TierTo {
		all = append(all, fmt.Sprintf("%s → %s", dash(w.TierFrom), dash(w.TierTo)))
	}
	if len(w.More) > 0 {
		all = append(all, "asked too: "+strings.Join(w.More, ", "))
	}
	if len(w.Fewer) > 0 {
		all = append(all, "no longer asked: "+strings.Join(w.Fewer, ", "))
	}
	if w.DaysFrom != w.DaysTo {
		all = append(all, fmt.Sprintf("kept %d → %d days", w.DaysFrom, w.DaysTo))
	}
	return all
}

// RulesPublishCmd is `bonafide rules publish`.
type RulesPublishCmd struct {
	caseDesk
	Version int64 `arg:"" help:"Number of the version."`
}

// Help is printed below the flags.
func (RulesPublishCmd) Help() string {
	return `Every record is then asked what the rules say of it, and those are screened again
of whom they say something else. A person's own page follows at once. Clocks that
run move to the days of the new rules, sooner or later, each with its entry; what
a legal hold is on is not shortened while it lasts. bonafide rules try counts them.

Example:

  bonafide rules publish 3`
}

// Run publishes, and prints what is in force and what has changed by it.
func (c *RulesPublishCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, there *client.Client) error {
		all, state, err := there.Policies(ctx)
		if err != nil {
			return err
		}
		before, err := chosen(all, &c.Version)
		if err != nil {
			return err
		}
		v, err := there.PublishPolicy(ctx, c.Version, state)
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "version %d is in force\n", v.Version)
		for _, line := range before.Diff {
			fmt.Fprintln(stdout, line)
		}
		return nil
	})
}
