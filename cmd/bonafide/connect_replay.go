package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/connect"
	"bonafide/record"
)

// ConnectReplayCmd is `bonafide connect replay`.
type ConnectReplayCmd struct {
	System string   `arg:"" help:"One of bonafide connect list."`
	Files  []string `arg:"" placeholder:"FILE" help:"Saved events or answers: one JSON object, or one a line; - is standard input."`
	Hints  bool     `help:"Say what each event is about in place of what it becomes."`
}

// Help is printed below the flags.
func (ConnectReplayCmd) Help() string {
	return `Prints an application record for each object of an applicant tracking system, a result for each of an
identity vendor, what was seen for each line of a system at work. Exit code 3 when some could not be read.

Examples:

  bonafide connect replay workable saved.json > applications.jsonl
  bonafide connect replay okta systemlog.jsonl | wc -l
  bonafide connect replay greenhouse event.json --hints`
}

// Run replays.
func (c *ConnectReplayCmd) Run(stdout io.Writer) error {
	read, err := c.reader()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(stdout, 64<<10)
	bad := 0
	for _, name := range c.Files {
		in, err := openOne(name)
		if err != nil {
			return err
		}
		defer in.Close()
		d := jsontext.NewDecoder(in)
		for n := 1; ; n++ {
			raw, err := d.ReadValue()
			if err == io.EOF {
				break
			}
			if err != nil {
				fmt.Fprintf(os.Stderr, "%s:%d: is not JSON; reading stops here\n", name, n)
				bad++
				break
			}
			all, err := read(raw)
			if err != nil {
				fmt.Fprintf(os.Stderr, "%s:%d: %v\n", name, n, err)
				bad++
				continue
			}
			for _, x := range all {
				b, err := json.Marshal(x, json.Deterministic(true))
				if err != nil {
					return err
				}
				out.Write(append(b, '\n'))
			}
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if bad > 0 {
		return exit{exitRejected, counted(bad, "object") + " could not be read"}
	}
	return nil
}

// seenLine is one thing seen at work, as it is printed.
type seenLine struct {
	Account  string               `json:"account"`
	Event    *record.Event        `json:"event,omitempty"`
	Computer *record.Computer     `json:"computer,omitempty"`
	Tool     *record.ToolSeen     `json:"tool,omitempty"`
	Change   *record.Change       `json:"change,omitempty"`
	Answer   *record.Confirmation `json:"confirmation,omitempty"`
}

func (c *ConnectReplayCmd) reader() (func([]byte) ([]any, error), error) {
	if w, ok := connect.FindWatch(c.System); ok {
		return func(raw []byte) (out []any, err error) {
			all, err := w.Read(raw)
			for _, s := range all {
				out = append(out, seenLine{s.Account, s.Event, s.Computer, s.Tool, s.Change, s.Answer})
			}
			return out, err
		}, nil
	}
	if s, ok := connect.FindSystem(c.System); ok {
		return func(raw []byte) ([]any, error) {
			if c.Hints {
				h, err := connect.ReadHint(c.System, &connect.Delivery{Body: raw, Header: http.Header{}})
				return []any{h}, err
			}
			a, err := s.Record(raw, c.System)
			return []any{a}, err
		}, nil
	}
	if connect.IsIdentity(c.System) {
		return func(raw []byte) (out []any, err error) {
			all, err := connect.ReadIdentity(c.System, raw)
			for _, r := range all {
				out = append(out, r)
			}
			return out, err
		}, nil
	}
	return nil, exit{exitUsage, "there is no reader of that name; bonafide connect list names them"}
}

// ConnectVerifyCmd is `bonafide connect verify-webhook`.
type ConnectVerifyCmd struct {
	System  string    `arg:"" help:"One of bonafide connect list."`
	Body    string    `arg:"" type:"existingfile" help:"The body, byte for byte as it came."`
	Headers string    `required:"" placeholder:"FILE" type:"existingfile" help:"The headers, Name: value a line."`
	KeyFile []string  `required:"" placeholder:"FILE" type:"existingfile" help:"File with the signing key; repeat for several."`
	At      time.Time `format:"2006-01-02T15:04:05Z07:00" help:"When it arrived; now unless said."`
	SHA1    bool      `name:"allow-sha1" help:"Take Sumsub's SHA-1 too."`
}

// Help is printed below the flags.
func (ConnectVerifyCmd) Help() string {
	return "Example:\n\n  bonafide connect verify-webhook greenhouse body.json --headers headers.txt --key-file secret"
}

// Run verifies.
func (c *ConnectVerifyCmd) Run(stdout io.Writer) error {
	body, err := os.ReadFile(c.Body)
	if err != nil {
		return notThere(c.Body, err)
	}
	lines, err := os.ReadFile(c.Headers)
	if err != nil {
		return notThere(c.Headers, err)
	}
	keys, err := secretsOf(c.KeyFile)
	if err != nil {
		return err
	}
	h := http.Header{}
	for _, l := range strings.Split(string(lines), "\n") {
		if name, value, ok := strings.Cut(strings.TrimSpace(l), ":"); ok {
			h.Add(strings.TrimSpace(name), strings.TrimSpace(value))
		}
	}
	if c.At.IsZero() {
		c.At = time.Now()
	}
	v, err := connect.Verify(c.System, &connect.Delivery{Header: h, Body: body, At: c.At, AllowSHA1: c.SHA1}, keys)
	if err != nil {
		return exit{exitFailed, err.Error()}
	}
	fmt.Fprintf(stdout, "the signature is good: key %d, covers %s\n", v.Key+1, v.Covers)
	for _, once := range v.Once {
		fmt.Fprintf(stdout, "takes effect once: %s\n", once)
	}
	return nil
}
