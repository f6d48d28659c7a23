package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/prove/mail"
	"bonafide/record"
)

// ProveMailCmd is `bonafide prove mail`.
type ProveMailCmd struct {
	File     string   `arg:"" help:"The mail as it arrived, an .eml file; a reply of a referee, attached or sent to an address of ours, not forwarded."`
	DNS      string   `name:"dns" placeholder:"FILE" type:"path" help:"The DNS answers of the day of arrival, as JSON; what is missing is named."`
	At       string   `placeholder:"TIME" help:"When it arrived, e.g. 2026-03-04T10:00:00Z or a day. The as_of of --dns, else now."`
	Domain   string   `placeholder:"DOMAIN" help:"The employer's own mail domain, found by you and not given by the applicant."`
	Request  string   `placeholder:"ID" help:"Message-ID of the request it should answer."`
	Host     []string `placeholder:"NAME" sep:"none" help:"A mail server of yours whose Authentication-Results are to be believed; repeat for more."`
	IP       string   `name:"ip" placeholder:"ADDRESS" help:"Who connected to deliver it, for SPF."`
	MailFrom string   `placeholder:"ADDRESS" help:"MAIL FROM of the envelope, for SPF."`
	Helo     string   `placeholder:"NAME" help:"HELO of the envelope, for SPF."`
	Format   string   `enum:"text,json" default:"text" help:"text or json."`
}

// Help is printed below the flags.
func (ProveMailCmd) Help() string {
	return `Says whose mail a reply is: DKIM, SPF and their alignment with the From line, judged by DNS answers
that were recorded when it arrived, so that the answer is the same years later. Nothing is looked
up here. --dns is JSON such as

  {"as_of": "2026-03-04T10:00:00Z",
   "txt": {"s1._domainkey.example.com": ["v=DKIM1; p=…"], "_dmarc.example.com": []}}

where an empty list says "asked, and there is none"; also a, aaaa, mx and ptr for SPF. Without it,
the names that are needed are printed as missing.

Example:

  bonafide prove mail reply.eml --dns answers.json --domain employer.com --request 17@hiring.example.org`
}

// Run checks and prints one mail.
func (c *ProveMailCmd) Run(stdout io.Writer) error {
	q := mail.Question{At: time.Now().UTC(), Domain: c.Domain, Request: strings.Trim(c.Request, "<>"), Hosts: c.Host,
		Envelope: mail.Envelope{IP: c.IP, From: strings.Trim(c.MailFrom, "<>"), Helo: c.Helo}}
	if c.DNS != "" {
		files, err := filesOf(c.DNS, 4<<20)
		if err != nil {
			return err
		}
		q.DNS = &mail.Answers{}
		if len(files) != 1 || json.Unmarshal(files[0].Bytes, q.DNS, json.RejectUnknownMembers(true)) != nil {
			return record.Invalid(filepath.Base(c.DNS), `wants DNS answers such as {"txt": {"name": ["value"]}}; --help shows more`)
		}
		if !q.DNS.AsOf.IsZero() {
			q.At = q.DNS.AsOf
		}
	}
	if c.At != "" {
		var err error
		if q.At, err = time.Parse(time.RFC3339, c.At); err != nil {
			if q.At, err = time.Parse("2006-01-02", c.At); err != nil {
				return exit{exitUsage, "--at wants a time such as 2026-03-04T10:00:00Z, or a day"}
			}
		}
	}
	files, err := filesOf(c.File, 16<<20)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return record.Invalid(filepath.Base(c.File), "wants one mail, not a folder")
	}
	r := mail.Verify(files[0].Bytes, q)
	return c.print(stdout, &r)
}

func (c *ProveMailCmd) print(w io.Writer, r *mail.Report) error {
	assurance, proved := r.Assurance()
	if c.Format == "json" {
		out := struct {
			*mail.Report
			Assurance *record.Assurance `json:"assurance,omitempty"`
		}{r, nil}
		if proved {
			out.Assurance = &assurance
		}
		if err := json.MarshalWrite(w, out, jsontext.WithIndent("  "), json.Deterministic(true)); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w)
		return err
	}
	for _, p := range r.Parts {
		fmt.Fprintf(w, "%-12s %-15s %s\n", p.Name, p.State, p.Detail)
	}
	for _, s := range r.Signatures {
		fmt.Fprintf(w, "%-12s %-15s %s\n", "signature", s.State, strings.TrimSpace(s.Domain+", key "+s.Selector+". "+s.Detail))
	}
	for _, m := range r.Missing {
		fmt.Fprintf(w, "%-12s %s\n", "missing", m)
	}
	if proved {
		fmt.Fprintf(w, "%-12s %s by %s for %s; clears %s\n", "assurance", assurance.ID, assurance.Method, assurance.Issuer, strings.Join(assurance.Clears, ", "))
		fmt.Fprintf(w, "%-12s %s (docs/threats.md)\n", "breaks by", strings.Join(assurance.Breaks, ", "))
	}
	return nil
}
