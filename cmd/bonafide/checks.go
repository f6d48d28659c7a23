package main

import (
	"bufio"
	"io"

	"bonafide/checks"
	"bonafide/record"
	"bonafide/report"
)

// ChecksCmd is `bonafide checks`.
type ChecksCmd struct {
	List ChecksListCmd `cmd:"" default:"withargs" help:"List all checks by family."`
	Show ChecksShowCmd `cmd:"" help:"Print all there is to know about one check."`
}

// ChecksListCmd lists the catalogue.
type ChecksListCmd struct {
	Markdown bool   `help:"Print the whole catalogue as Markdown: docs/checks.md."`
	Lang     string `enum:"en,de,pt" default:"en" help:"Language: en, de or pt."`
}

// Run prints the list.
func (c *ChecksListCmd) Run(stdout io.Writer) error {
	w := bufio.NewWriter(stdout)
	if c.Markdown {
		report.ChecksMarkdown(w, described(), record.Lang(c.Lang))
	} else {
		report.ChecksList(w, described(), report.Options{Lang: record.Lang(c.Lang), Width: terminal(stdout)})
	}
	return w.Flush()
}

// ChecksShowCmd shows one check.
type ChecksShowCmd struct {
	ID   string `arg:"" help:"Id of the check, e.g. doc-mrz-check-digits."`
	Lang string `enum:"en,de,pt" default:"en" help:"Language: en, de or pt."`
}

// Run prints one check.
func (c *ChecksShowCmd) Run(stdout io.Writer) error {
	check := checks.Find(c.ID)
	if check == nil {
		return &record.Error{Code: record.CodeNotFound, Where: c.ID, Message: "there is no such check; bonafide checks lists them all"}
	}
	w := bufio.NewWriter(stdout)
	report.CheckShow(w, describe(check), report.Options{Lang: record.Lang(c.Lang), Width: terminal(stdout)})
	return w.Flush()
}

func described() []report.Check {
	var all []report.Check
	for _, c := range checks.Catalogue() {
		all = append(all, describe(c))
	}
	return all
}

// describe hands a check's metadata to the room that prints: report knows the
// words, not the checks.
func describe(c *checks.Check) report.Check {
	return report.Check{ID: c.ID, Title: c.Title, Text: c.Text, Stage: c.Stage, Family: c.Family, Strength: c.Strength, Link: c.Link,
		Reads: c.Reads, Sources: c.Sources, LegalBasis: c.LegalBasis, FalsePositives: c.FalsePositives, Clears: c.Clears, Ask: c.Ask,
		Since: c.Since, Until: c.Until, Version: c.Version}
}
