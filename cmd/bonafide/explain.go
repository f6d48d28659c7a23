package main

import (
	"io"
	"os"

	"bonafide/record"
	"bonafide/report"
)

// ExplainCmd is `bonafide explain`.
type ExplainCmd struct {
	remote
	Results string `arg:"" help:"Results that bonafide screen --format jsonl wrote; - is standard input; gzip and zstd are unpacked."`
	Record  string `arg:"" optional:"" help:"The record, SOURCE/ID. With --server it is the only argument."`
	Lang    string `enum:"as-written,en,de,pt" default:"as-written" help:"Language of the headings. The sentences stay in the language the results were written in."`
}

// Help is printed below the flags.
func (ExplainCmd) Help() string {
	return `Example:

  bonafide explain results.jsonl greenhouse/48213
  bonafide explain --server https://bonafide.example.com --server-key api.key greenhouse/48213

The chain of identity, every finding with its evidence, its innocent explanations, what
clears it and the next fair step; what speaks for the person; what was looked at and
what was not. The file is read once and only up to the record.`
}

// Run finds the record and prints its case.
func (c *ExplainCmd) Run(stdout io.Writer) error {
	o := report.Options{Width: terminal(stdout)}
	o.Color = o.Width > 0 && os.Getenv("NO_COLOR") == ""
	if c.Lang != "as-written" {
		o.Lang = record.Lang(c.Lang)
	}
	if c.Server != "" {
		return c.explainThere(stdout, o)
	}
	if c.Record == "" {
		return exit{exitUsage, "name the record: bonafide explain RESULTS RECORD"}
	}
	plain, done, err := openResults(c.Results)
	if err != nil {
		return err
	}
	defer done()
	return report.Explain(stdout, plain, c.Record, o)
}
