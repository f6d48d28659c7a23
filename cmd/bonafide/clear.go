package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/policy"
	"bonafide/record"
	"bonafide/report"
)

// ClearCmd is `bonafide clear`.
type ClearCmd struct {
	Results string   `arg:"" help:"Results that bonafide screen --format jsonl wrote; - is standard input; gzip and zstd are unpacked."`
	Record  string   `arg:"" help:"The record, SOURCE/ID."`
	Check   string   `arg:"" help:"The check whose finding it is, such as pay-sanctions-screen."`
	By      string   `placeholder:"NAME" help:"Who has looked, a person's name. Required."`
	Reason  string   `placeholder:"TEXT" help:"What was compared, and why it is somebody else. Required."`
	Entry   []string `placeholder:"ID" sep:"none" help:"The list entry that is meant, when the check found several; repeat for more."`
	All     bool     `help:"All entries that the check found for this record."`
	Out     string   `placeholder:"FILE" required:"" type:"path" help:"The file to append to; --cleared of screen and names reads it."`
}

// Help is printed below the flags.
func (ClearCmd) Help() string {
	return `A match with a list that turned out to be somebody else stays cleared as long as the
list entry and what is known of the person say the same: a new edition of the list or a new
number of the entry changes nothing, another alias or another birth date brings the match back.
A cleared finding is shown with the name of who cleared it, and not counted.

Example:

  bonafide clear results.jsonl greenhouse/48213 pay-sanctions-screen --by "Ana Silva" \
    --reason "passport seen: born 1991, the entry's person 1958" --out cleared.jsonl
  bonafide screen applications.jsonl --lists lists/ --cleared cleared.jsonl`
}

// Run finds the finding and appends the clearance.
func (c *ClearCmd) Run(stdout io.Writer) error {
	if strings.TrimSpace(c.By) == "" || strings.TrimSpace(c.Reason) == "" {
		return exit{exitUsage, "nothing is cleared without --by NAME and --reason TEXT: who has looked, and what was seen"}
	}
	found, err := c.findings()
	if err != nil {
		return err
	}
	have := &policy.Cleared{}
	before, err := os.ReadFile(c.Out)
	if err == nil {
		have, err = policy.ReadCleared(bytes.NewReader(before), c.Out)
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return clearedFailed(c.Out, err)
	}
	var lines []byte
	if len(before) > 0 && before[len(before)-1] != '\n' {
		lines = append(lines, '\n')
	}
	added, again := 0, 0
	for _, f := range found {
		if _, ok := have.Of(f.Check, f.Content); ok {
			again++
			continue
		}
		x := policy.Clearance{Content: f.Content, By: strings.TrimSpace(c.By), Reason: strings.TrimSpace(c.Reason), At: time.Now().UTC().Format(time.RFC3339), Check: f.Check}
		if err := x.Valid("--by or --reason"); err != nil {
			return exit{exitUsage, err.Error()}
		}
		line, err := json.Marshal(x)
		if err != nil {
			return exit{exitUsage, "--by and --reason must be text"}
		}
		lines = append(append(lines, line...), '\n')
		added++
	}
	if added > 0 {
		if err := appendTo(c.Out, lines); err != nil {
			return clearedFailed(c.Out, err)
		}
	}
	fmt.Fprintf(stdout, "%s cleared", counted(added, "finding"))
	if again > 0 {
		fmt.Fprintf(stdout, ", %d cleared before", again)
	}
	fmt.Fprintln(stdout)
	return nil
}

// findings are those that are meant: one, or as many as were named.
func (c *ClearCmd) findings() ([]record.Finding, error) {
	plain, done, err := openResults(c.Results)
	if err != nil {
		return nil, err
	}
	defer done()
	r, _, err := report.Find(plain, c.Record)
	if err != nil {
		return nil, err
	}
	var all, meant []record.Finding
	var entries []string
	for _, f := range r.Findings {
		if f.Check != c.Check || f.Outcome != record.Hit {
			continue
		}
		all = append(all, f)
		entry := ""
		for _, e := range f.Evidence {
			if e.List != "" {
				entry = e.ComparedWith
				entries = append(entries, e.List+" "+e.ComparedWith)
			}
		}
		if c.All || slices.Contains(c.Entry, entry) {
			meant = append(meant, f)
		}
	}
	switch {
	case len(all) == 0:
		return nil, exit{exitFailed, "this check has no finding about the record"}
	case len(meant) == 0 && len(c.Entry) > 0:
		return nil, exit{exitFailed, "no finding of this check is about that entry; there are: " + strings.Join(entries, ", ")}
	case len(meant) == 0 && len(all) > 1:
		return nil, exit{exitUsage, "several entries were found: name them with --entry ID, or --all; there are: " + strings.Join(entries, ", ")}
	case len(meant) == 0:
		meant = all
	}
	for _, f := range meant {
		if f.Content == "" {
			return nil, exit{exitFailed, "findings of this check are not remembered: what clears one stands in the case (bonafide explain)"}
		}
	}
	return meant, nil
}

// appendTo writes in one piece, so that two people can clear at a time.
func appendTo(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Close())
}

// readCleared reads the memory of a flag; an empty path is an empty memory.
func readCleared(path string) (*policy.Cleared, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, clearedFailed(path, err)
	}
	defer f.Close()
	return policy.ReadCleared(f, path)
}

func clearedFailed(path string, err error) error {
	var e *record.Error
	if errors.As(err, &e) {
		return err
	}
	return exit{exitFailed, path + ": " + reasonOf(err)}
}
