package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"bonafide/client"
	"bonafide/record"
)

// CaseHandInCmd is `bonafide case hand-in`.
type CaseHandInCmd struct {
	caseDesk
	Files   []string `arg:"" name:"file" help:"Exports, saved pages, résumés; - is standard input."`
	Case    string   `placeholder:"CASE" xor:"whose" help:"Put them beside the application of this case: its id, or its record, SOURCE/ID. Without it each becomes a new application."`
	Subject string   `placeholder:"ID" xor:"whose" help:"The same by the id that an earlier hand-in printed."`
}

// Help is printed below the flags.
func (CaseHandInCmd) Help() string {
	return `Exports of Upwork, Freelancer, GitHub and Telegram, JSON Resume, Europass, LinkedIn and Telegram
archives, résumés as PDF, DOCX, ODT or text, tables; beside an application also pages saved as
HTML or MHTML. What was kept and what was left is printed. Contacts in an export do not become
the application's: anybody can type them.

Examples:

  bonafide case hand-in upwork.json
  bonafide case hand-in --case greenhouse/48213 portfolio.mhtml github.json`
}

const mostFile = 32 << 20 // bytes, as the server takes

// Run hands in one file after another; what is wrong with one stops no other.
func (c *CaseHandInCmd) Run(stdout io.Writer) error {
	return c.with(func(ctx context.Context, there *client.Client) error {
		subject := c.Subject
		if c.Case != "" {
			id := c.Case
			var err error
			if strings.Contains(id, "/") {
				if id, err = there.FindCase(ctx, id); err != nil {
					return err
				}
			}
			found, err := there.Case(ctx, id, record.EN)
			if err != nil {
				return err
			}
			subject = found.Subject
		}
		failed := 0
		for _, path := range c.Files {
			taken, err := handInOne(ctx, there, subject, path)
			switch {
			case err != nil:
				failed++
				fmt.Fprintf(stdout, "%s: not taken: %v\n", path, err)
			case taken.Refused != "" || taken.Count == 0:
				failed++
				fmt.Fprintf(stdout, "%s: not taken: %s\n", path, taken.Detail)
			default:
				sayHandedIn(stdout, path, &taken)
			}
			for _, b := range taken.Broken {
				fmt.Fprintf(stdout, "  %s: %s\n", b.Where, b.Why)
			}
		}
		if failed > 0 {
			return exit{exitFailed, fmt.Sprintf("%d of %d files were not taken", failed, len(c.Files))}
		}
		return nil
	})
}

func handInOne(ctx context.Context, there *client.Client, subject, path string) (out client.HandedIn, err error) {
	in, err := openOne(path)
	if err != nil {
		return out, err
	}
	defer in.Close()
	b, err := io.ReadAll(io.LimitReader(in, mostFile+1))
	if err != nil || len(b) > mostFile {
		return out, record.Invalid("file", "cannot be read, or is larger than 32 MiB")
	}
	name := filepath.Base(path)
	if path == "-" {
		name = ""
	}
	return there.HandIn(ctx, subject, name, b)
}

func sayHandedIn(w io.Writer, path string, x *client.HandedIn) {
	fmt.Fprintf(w, "%s: %s", path, x.Format)
	switch {
	case x.Job != "":
		fmt.Fprintf(w, ", %d applications, job %s", x.Count, x.Job)
	case len(x.Kept) > 0 && x.Case == "":
		fmt.Fprintf(w, ", kept %s", strings.Join(x.Kept, ", "))
	}
	if len(x.Left) > 0 {
		fmt.Fprintf(w, ", left %s", strings.Join(x.Left, ", "))
	}
	if x.Repeated {
		fmt.Fprint(w, ", here already")
	}
	if x.Subject != "" {
		fmt.Fprintf(w, ", subject %s", x.Subject)
	}
	if x.Case != "" {
		fmt.Fprintf(w, ", case %s", x.Case)
	}
	fmt.Fprintln(w)
}
