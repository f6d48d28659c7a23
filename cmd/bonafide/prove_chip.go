package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/egress"
	"bonafide/prove/chip"
	"bonafide/record"
)

// ProveChipCmd is `bonafide prove chip`.
type ProveChipCmd struct {
	fetching
	Files    []string `arg:"" name:"path" help:"A folder with the files of one chip, or the files: EF.COM, EF.SOD, DG1 … DG15. Names do not matter."`
	CSCA     []string `name:"csca" placeholder:"LIST" sep:"none" type:"path" help:"What to trust: master lists (.ml), LDIF of the ICAO directory, certificates in DER or PEM, or a folder of them; repeat for more."`
	CRL      []string `name:"crl" placeholder:"FILE" sep:"none" type:"path" help:"Revocation lists in DER, PEM or LDIF; repeat for more."`
	At       string   `placeholder:"DATE" help:"The day to judge at, e.g. 2026-11-22. Today when left out."`
	Active   string   `placeholder:"FILE" type:"path" help:"What the chip itself answered, as the reader app gives it: JSON with challenge and response, agreement and answer, or all four, in hexadecimal."`
	Asked    string   `placeholder:"FILE" type:"path" help:"What bonafide prove ask kept; then the answer counts for that question only."`
	Portrait string   `placeholder:"FILE" type:"path" help:"Write the portrait of DG2 here, for a person to hold beside a person."`
	Format   string   `enum:"text,json" default:"text" help:"text or json."`
}

// Help is printed below the flags.
func (ProveChipCmd) Help() string {
	return `Passive authentication of a passport or identity card after ICAO Doc 9303: the hashes of the
data groups, the signature over them, the way from the signer to a state's authority, dates and
revocation. Every part stands for itself. What no list covers is "not verifiable", which is
not a word against the document. Nothing here compares faces.

Master lists are published by several states, such as the German one (BSI) and the Dutch one.

Example:

  bonafide prove chip passport/ --csca DE_ML.ml --csca NL_ML.ml --at 2026-11-22`
}

// Run checks and prints one chip.
func (c *ProveChipCmd) Run(stdout io.Writer) error {
	at := time.Now().UTC()
	if c.At != "" {
		day, err := time.Parse("2006-01-02", c.At)
		if err != nil {
			return exit{exitUsage, "--at wants a day such as 2026-11-22"}
		}
		at = day.Add(12 * time.Hour)
	}
	trust := chip.NewTrust()
	for _, p := range slices.Concat(c.CSCA, c.CRL) {
		files, err := filesOf(p, 64<<20)
		if err != nil {
			return err
		}
		for _, f := range files {
			if err := trust.Add(f.Name, f.Bytes); err != nil {
				return err
			}
		}
	}
	var files []chip.File
	for _, p := range c.Files {
		some, err := filesOf(p, 4<<20)
		if err != nil {
			return err
		}
		files = append(files, some...)
	}
	document, err := chip.Sort(files)
	if err != nil {
		return err
	}
	transcript, err := c.transcript()
	if err != nil {
		return err
	}
	report := chip.Verify(document, trust, at, transcript)
	if len(c.FetchFrom) > 0 {
		with, all := c.lookups(at).Chip(context.Background(), egress.Occasion{Act: "proof.chip", By: "lists"}, c.FetchFrom, &report, trust)
		if err := sayLooked(os.Stderr, all); err != nil {
			return err
		}
		report = chip.Verify(document, with, at, transcript)
	}
	if err := c.portrait(&report); err != nil {
		return err
	}
	return c.print(stdout, &report, trust)
}

// filesOf reads a file, or all files of a folder by name.
func filesOf(path string, limit int64) ([]chip.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, notThere(path, err)
	}
	names := []string{path}
	if info.IsDir() {
		entries, err := os.ReadDir(path)
		if err != nil {
			return nil, notThere(path, err)
		}
		names = nil
		for _, e := range entries {
			if e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") {
				names = append(names, filepath.Join(path, e.Name()))
			}
		}
	}
	var files []chip.File
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return nil, notThere(name, err)
		}
		b, err := io.ReadAll(io.LimitReader(f, limit+1))
		f.Close()
		if err != nil {
			return nil, notThere(name, err)
		}
		if int64(len(b)) > limit {
			return nil, record.Invalid(filepath.Base(name), fmt.Sprintf("larger than %d MB", limit>>20))
		}
		files = append(files, chip.File{Name: filepath.Base(name), Bytes: b})
	}
	return files, nil
}

func (c *ProveChipCmd) portrait(r *chip.Report) error {
	if c.Portrait == "" {
		return nil
	}
	if r.Holder == nil || r.Holder.Portrait == nil {
		return exit{exitFailed, "there is no portrait to write: DG2 was not given, or its hash does not hold"}
	}
	w, done, err := wholeFile(c.Portrait)
	if err != nil {
		return err
	}
	if _, err := w.Write(r.Holder.Portrait.Image); err != nil {
		return err
	}
	return done()
}

func (c *ProveChipCmd) print(w io.Writer, r *chip.Report, trust *chip.Trust) error {
	assurance, proved := r.Assurance()
	if c.Format == "json" {
		out := struct {
			*chip.Report
			Lists     []chip.List       `json:"lists"`
			Assurance *record.Assurance `json:"assurance,omitempty"`
		}{r, trust.Lists(), nil}
		if proved {
			out.Assurance = &assurance
		}
		if err := json.MarshalWrite(w, out, jsontext.WithIndent("  ")); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w)
		return err
	}
	fmt.Fprintf(w, "%-22s %s\n", "verdict", r.Verdict)
	for _, p := range r.Parts {
		fmt.Fprintf(w, "%-22s %-15s %s\n", p.Name, p.State, p.Detail)
	}
	line := func(label, value string) {
		if value != "" {
			fmt.Fprintf(w, "%-22s %s\n", label, value)
		}
	}
	line("signed for", r.Country)
	if h := r.Holder; h != nil {
		line("name", h.Name)
		line("name on the chip", h.NameOnChip)
		line("birth date", h.BirthDate)
		line("number", h.Number)
		line("issuer", h.Issuer)
		line("expires", h.Expires)
		line("issued", h.Issued)
		line("zone not holding", strings.Join(h.ZoneFaults, ", "))
		if h.Portrait != nil {
			line("portrait", h.Portrait.Format+", sha256 "+h.Portrait.SHA256)
		}
	}
	if len(r.Unwanted) > 0 {
		line("not read", "fingers, irises or people to notify were given; please do not send them")
	}
	if proved {
		line("assurance", assurance.ID+" for the link "+string(assurance.Link)+"; clears "+strings.Join(assurance.Clears, ", "))
		line("could still break it", strings.Join(assurance.Breaks, ", ")+" (docs/threats.md)")
	}
	return nil
}
