package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/match"
	"bonafide/record"
)

// ProveMRZCmd is `bonafide prove mrz`.
type ProveMRZCmd struct {
	Lines  []string `arg:"" optional:"" name:"line" help:"The lines as printed, two or three; without any they are read from standard input."`
	Name   string   `placeholder:"NAME" help:"The name on the face of the document: may the zone print it so?"`
	At     string   `placeholder:"DATE" help:"The day to judge dates at, e.g. 2026-11-22. Today when left out."`
	Format string   `enum:"text,json" default:"text" help:"text or json."`
}

// Help is printed below the flags.
func (ProveMRZCmd) Help() string {
	return `The zone is read as it stands. Nothing is corrected: where digits do not hold, the
characters that a camera often confuses are proposed, for a person to compare with the document.
A zone that holds proves that it is well-formed, not that it is genuine.

Example:

  bonafide prove mrz 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<' 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'`
}

// zoneReport is what is said of one zone.
type zoneReport struct {
	Format      string           `json:"format"`
	Kind        string           `json:"kind"`
	Issuer      string           `json:"issuer"`
	Nationality string           `json:"nationality,omitempty"`
	Number      string           `json:"number"`
	Surname     string           `json:"surname"`
	Given       string           `json:"given"`
	Birth       []string         `json:"birth"` // one date, or two where the century is open
	Expires     string           `json:"expires,omitempty"`
	Faults      []string         `json:"faults"` // parts whose check digit or date does not hold
	Notes       []string         `json:"notes"`
	NameFits    *bool            `json:"name_fits,omitempty"`
	Proposals   []match.Proposal `json:"proposals"`
}

// Run reads and prints one zone.
func (c *ProveMRZCmd) Run(stdout io.Writer) error {
	on := time.Now().UTC().Format("2006-01-02")
	if c.At != "" {
		if _, err := time.Parse("2006-01-02", c.At); err != nil {
			return exit{exitUsage, "--at wants a day such as 2026-11-22"}
		}
		on = c.At
	}
	lines := c.Lines
	if len(lines) == 0 {
		in := bufio.NewScanner(io.LimitReader(os.Stdin, 4096))
		for in.Scan() {
			if strings.TrimSpace(in.Text()) != "" {
				lines = append(lines, in.Text())
			}
		}
	}
	m, ok := match.ParseMRZ(lines)
	if !ok {
		return record.Invalid("the lines given", "no machine-readable zone: a zone has 2 lines of 44 or 36 characters or 3 of 30, of A-Z, 0-9 and <")
	}
	r := zoneReport{Format: m.Format, Kind: m.Kind, Issuer: m.Issuer, Nationality: m.Nationality, Number: m.Number, Surname: m.Surname, Given: m.Given,
		Birth: match.ZoneBirths(m.Birth, on), Expires: match.ZoneExpiry(m.Expires, on), Faults: m.Faults(), Notes: m.Notes(on), Proposals: m.Proposals()}
	if c.Name != "" {
		fits := m.ZonePrints(c.Name)
		r.NameFits = &fits
	}
	if c.Format == "json" {
		if err := json.MarshalWrite(stdout, r, jsontext.WithIndent("  ")); err != nil {
			return err
		}
		_, err := fmt.Fprintln(stdout)
		return err
	}
	r.print(stdout, c.Name)
	return nil
}

func (r *zoneReport) print(w io.Writer, name string) {
	line := func(label, value string) {
		if value != "" {
			fmt.Fprintf(w, "%-13s %s\n", label, value)
		}
	}
	line("format", r.Format)
	line("kind", r.Kind)
	line("issuer", r.Issuer)
	line("nationality", r.Nationality)
	line("number", r.Number)
	line("surname", r.Surname)
	line("given names", r.Given)
	line("birth date", strings.Join(r.Birth, " or "))
	line("expires", r.Expires)
	if len(r.Faults) == 0 {
		fmt.Fprintln(w, "all check digits hold")
	}
	line("not holding", strings.Join(r.Faults, ", "))
	line("to look at", strings.Join(r.Notes, "; "))
	if r.NameFits != nil {
		line("name", map[bool]string{true: "the zone may print " + name + " so", false: "the zone does not print " + name + " so"}[*r.NameFits])
	}
	if len(r.Proposals) == 0 && len(r.Faults) > 0 {
		fmt.Fprintln(w, "no look-alike characters explain this: read the zone again from the document")
	}
	for i, p := range r.Proposals {
		var changes []string
		for _, ch := range p.Changes {
			changes = append(changes, fmt.Sprintf("line %d column %d: %c for %c", ch.Line, ch.Column, ch.To, ch.From))
		}
		fmt.Fprintf(w, "proposal %d, to compare with the document: %s\n", i+1, strings.Join(changes, ", "))
		for _, l := range p.Lines {
			fmt.Fprintf(w, "    %s\n", l)
		}
	}
}
