package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"

	"bonafide/checks"
	"bonafide/connect"
	"bonafide/record"
	"bonafide/report"
)

// ConnectOCSFCmd is `bonafide connect ocsf`.
type ConnectOCSFCmd struct {
	Files  []string `arg:"" placeholder:"FILE" help:"Results of bonafide screen --format jsonl, or with --system saved events of a system at work; - is standard input."`
	System string   `placeholder:"NAME" help:"The files hold events of this system: okta, entra, google-workspace, github-audit."`
}

// Help is printed below the flags.
func (ConnectOCSFCmd) Help() string {
	return `Prints OCSF 1.3, one object a line, for a SIEM: each hit as a Detection Finding (2004), sign-ins as
Authentication (3002), changes of an account as Account Change (3001). A finding goes out with the record's
name and the catalogue's words, without a value of the person, and never with a severity above low: it asks
somebody to look. Exit code 3 when some lines could not be read.

Examples:

  bonafide screen new.jsonl --format jsonl | bonafide connect ocsf -
  bonafide connect ocsf --system okta systemlog.jsonl > /var/log/siem/signins.jsonl`
}

// Run converts.
func (c *ConnectOCSFCmd) Run(stdout io.Writer) error {
	convert := findingsOCSF
	if c.System != "" {
		w, ok := connect.FindWatch(c.System)
		if !ok {
			return exit{exitUsage, "there is no reader of that name; bonafide connect list names them"}
		}
		convert = func(line []byte) ([][]byte, error) { return eventsOCSF(w, line) }
	}
	out := bufio.NewWriterSize(stdout, 64<<10)
	bad := 0
	for _, name := range c.Files {
		in, err := openOne(name)
		if err != nil {
			return err
		}
		defer in.Close()
		lines := bufio.NewScanner(in)
		lines.Buffer(make([]byte, 64<<10), 16<<20)
		for n := 1; lines.Scan(); n++ {
			if len(bytes.TrimSpace(lines.Bytes())) == 0 {
				continue
			}
			all, err := convert(lines.Bytes())
			if err != nil {
				fmt.Fprintf(os.Stderr, "%s:%d: %v\n", name, n, err)
				bad++
				continue
			}
			for _, x := range all {
				out.Write(append(x, '\n'))
			}
		}
		if err := lines.Err(); err != nil {
			return exit{exitFailed, name + ": a line is longer than 16 MiB"}
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if bad > 0 {
		return exit{exitRejected, counted(bad, "line") + " could not be read"}
	}
	return nil
}

func findingsOCSF(line []byte) (all [][]byte, err error) {
	res, _, err := report.ReadResult(line)
	if err != nil {
		return nil, err
	}
	for i := range res.Findings {
		f := &res.Findings[i]
		k := checks.Find(f.Check)
		if f.Outcome != record.Hit || k == nil {
			continue
		}
		x, err := connect.FindingOCSF(res.Record, f, k.Title.EN, res.ReceivedAt)
		if err != nil {
			return nil, err
		}
		all = append(all, x)
	}
	return all, nil
}

func eventsOCSF(w *connect.Watch, line []byte) (all [][]byte, err error) {
	seen, err := w.Read(line)
	if err != nil {
		return nil, err
	}
	for _, s := range seen {
		if s.Event == nil {
			continue
		}
		x, ok, err := connect.EventOCSF(s.Event)
		if err != nil {
			return nil, err
		}
		if ok {
			all = append(all, x)
		}
	}
	return all, nil
}
