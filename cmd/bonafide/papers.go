package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"bonafide/access"
	"bonafide/casework"
	"bonafide/lists"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/report"
	"bonafide/store"
)

// PapersCmd is `bonafide papers`.
type PapersCmd struct {
	node
	ID      string `arg:"" optional:"" help:"Which paper; without it they are listed."`
	Lang    string `enum:"en,de,pt" default:"en" help:"Language: en, de or pt."`
	Format  string `enum:"markdown,html" default:"markdown" help:"markdown or html."`
	Out     string `short:"o" placeholder:"FILE" type:"path" help:"Write it there, mode 0600."`
	House   string `placeholder:"NAME" help:"The controller, as it is to stand in the paper."`
	Country string `default:"EU" placeholder:"CODE" help:"Whose terms: EU, DE, PT, GB, AT. With --tenant, the tenant's."`
	Tenant  string `placeholder:"ID" help:"Fill in what this tenant of the record runs with: country and rules in force."`
	Lists   string `placeholder:"DIR" type:"existingdir" env:"BONAFIDE_LISTS" help:"Folder with the lists in use."`
}

// Help is printed below the flags.
func (PapersCmd) Help() string {
	return `Notices (GDPR Art. 13 and 14), the record of processing (Art. 30), the templates
of the impact assessment and of the AI Act file, the annex for the works council,
and drafts for authorities, filled from what runs. What only the house knows is
left blank and marked; what a source was only read of in part says so. None of it
is legal advice, and nothing is sent.

Examples:

  bonafide papers
  bonafide papers notice --lang de --house "Muster GmbH" --country DE
  bonafide papers dpia --data /var/lib/bonafide --tenant main --format html -o dpia.html`
}

// Run lists or prints.
func (c *PapersCmd) Run(stdout io.Writer) error {
	l := record.Lang(c.Lang)
	if c.ID == "" {
		all, err := report.Papers()
		for _, p := range all {
			fmt.Fprintf(stdout, "%-20s %-11s %s (%s)\n", p.ID, p.Group, p.Title.In(l), p.Law)
		}
		return err
	}
	p, err := report.FindPaper(c.ID)
	if err != nil {
		return err
	}
	f, err := c.facts()
	if err != nil {
		return err
	}
	d := p.Fill(f, l)
	print := d.WriteMarkdown
	if c.Format == "html" {
		print = d.WriteHTML
	}
	if c.Out == "" {
		return print(stdout)
	}
	w, done, err := wholeFile(c.Out)
	if err != nil {
		return err
	}
	if err := print(w); err != nil {
		return err
	}
	return done()
}

func (c *PapersCmd) facts() (f report.PaperFacts, err error) {
	if c.Tenant != "" {
		ctx := context.Background()
		s, _, err := c.open(ctx, slog.New(slog.DiscardHandler), false)
		if err != nil {
			return f, err
		}
		defer s.Close()
		if f, err = (&casework.Desk{Store: s}).Papers(ctx, operator(c.Tenant)); err != nil {
			return f, err
		}
	} else {
		if _, known := store.Profiles[c.Country]; !known {
			return f, exit{exitUsage, "there are no terms for --country " + c.Country + "; EU is the general one"}
		}
		f = report.PaperFacts{Country: c.Country, Day: record.DateOf(time.Now()), Rules: policy.Shipped(), Keep: casework.Terms(c.Country)}
	}
	if c.House != "" {
		f.House = c.House
	}
	if c.Lists != "" {
		set, _ := lists.Load(os.DirFS(c.Lists), time.Now())
		f.Lists = set.Uses()
	}
	f.Checks, f.May, f.Program = described(), access.Table(), version()
	return f, nil
}
