package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"bonafide/index"
	"bonafide/intake"
	"bonafide/link"
	"bonafide/record"
)

// IndexCloseCmd is `bonafide index close`.
type IndexCloseCmd struct {
	Out    string   `arg:"" type:"path" help:"The store of closed cases; it is made when it is not there."`
	Files  []string `arg:"" name:"file" help:"Applications that hold the record; - is standard input."`
	Record string   `required:"" placeholder:"SOURCE/ID" help:"The record of the closed case."`
	Case   string   `required:"" placeholder:"ID" help:"The number of the case; no name of a person."`
	Day    string   `placeholder:"DATE" help:"The day the case was closed (default: today)."`
	Until  string   `required:"" placeholder:"DATE" help:"The day until which its keys may be kept."`
	indexInput
}

// Help is printed below the flags.
func (IndexCloseCmd) Help() string {
	return `Example:

  bonafide index close closed.jsonl applications.jsonl --record form/48213 --case c-17 \
    --until 2029-03-31 --key link.key
  bonafide screen new.jsonl --closed closed.jsonl --key link.key

For a case that was closed because of a false identity: keeps digests under the key with
their kind, the day, the case and the day until which they are kept, one line a case, and
nothing else. After that day they are not compared any more; delete the line. To take a
case out, delete its line.`
}

// Run appends the case.
func (c *IndexCloseCmd) Run(stdout io.Writer) error {
	k, err := c.keyer()
	if err != nil {
		return err
	}
	day := record.Date(c.Day)
	if day == "" {
		day = record.DateOf(time.Now().UTC())
	}
	p, err := c.find(k)
	if err != nil {
		return err
	}
	line, err := index.ClosedLine(c.Case, day, record.Date(c.Until), p)
	if err != nil {
		return exit{exitUsage, "--case, --day and --until: " + err.Error()}
	}
	have, err := os.ReadFile(c.Out)
	switch {
	case errors.Is(err, os.ErrNotExist):
		have = index.ClosedHead(tagOf(k))
	case err != nil:
		return notThere(c.Out, err)
	}
	if !bytes.HasSuffix(have, []byte("\n")) {
		have = append(have, '\n')
	}
	all, err := index.ReadClosed(bytes.NewReader(slices.Concat(have, line)), c.Out, tagOf(k))
	if err != nil {
		return err
	}
	w, done, err := wholeFile(c.Out)
	if err != nil {
		return err
	}
	if _, err = w.Write(slices.Concat(have, line)); err == nil {
		err = done()
	}
	if err != nil {
		return &record.Error{Code: record.CodeUnavailable, Where: c.Out, Message: "cannot be written", Err: bare(err)}
	}
	fmt.Fprintf(stdout, "%s kept\n", counted(all.Cases(), "closed case"))
	return nil
}

// find is the profile of the record, of its newest version.
func (c *IndexCloseCmd) find(k *link.Keyer) (*link.Profile, error) {
	o := &openInputs{options: intake.Options{Source: c.Source, Map: c.Map}, keyer: k}
	defer o.Close()
	var found *link.Profile
	for _, path := range c.Files {
		in, err := o.open(path)
		if err != nil {
			return nil, err
		}
		if in.Keys != nil {
			return nil, exit{exitUsage, path + " is a key file; a case is closed from the applications"}
		}
		err = profiles(context.Background(), in, k, func(p *link.Profile, _ string, err error) error {
			if err == nil && p.Name == c.Record && (found == nil || p.At >= found.At) {
				q := *p
				found = &q
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if found == nil {
		return nil, &record.Error{Code: record.CodeNotFound, Message: "the record is not in these files"}
	}
	return found, nil
}

// readClosed opens a store of closed cases; no path is no store.
func readClosed(path string, k *link.Keyer) (*index.Closed, error) {
	return readOptional(path, func(r io.Reader) (*index.Closed, error) { return index.ReadClosed(r, path, tagOf(k)) })
}
