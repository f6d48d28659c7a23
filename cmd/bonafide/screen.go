package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"bonafide/checks"
	"bonafide/intake"
	"bonafide/link"
	"bonafide/lists"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/report"
	"bonafide/screen"
)

// ScreenCmd is `bonafide screen`.
type ScreenCmd struct {
	remote
	Files []string `arg:"" name:"file" help:"Files or folders of applications; - is standard input. The kind is found by content: native JSONL, CSV, JSON Resume, Europass, Greenhouse, Lever, Ashby, GitHub, Upwork, Freelancer, Telegram and LinkedIn exports, résumés as PDF, DOCX, ODT or text; gzip and zstd are unpacked."`

	Format string `short:"f" enum:"auto,text,jsonl,html,csv" default:"auto" help:"text, jsonl, html or csv; auto is text on a terminal and jsonl elsewhere."`
	Out    string `short:"o" placeholder:"FILE" type:"path" help:"Write there instead of to standard output; .html, .csv and .jsonl choose the format."`
	Lang   string `enum:"en,de,pt" default:"en" help:"Language of the texts: en, de or pt."`

	Lists      string   `placeholder:"DIR" type:"existingdir" env:"BONAFIDE_LISTS" help:"Folder with lists: MMDB, CIDR files, domain lists. Without one, the checks that read it say no-data."`
	Against    []string `placeholder:"FILE" help:"Earlier inputs, or key files of earlier runs, to link with."`
	KeysOut    string   `placeholder:"FILE" type:"path" help:"Write the link keys of this input, to be given to --against later. Needs --key."`
	Key        string   `placeholder:"FILE" type:"existingfile" env:"BONAFIDE_KEY_FILE" help:"File with the key under which link keys are made (32 bytes or more). Whoever has it can test guesses: keep it as a password."`
	Closed     string   `placeholder:"FILE" type:"existingfile" help:"What is kept of closed cases (bonafide index close writes it), to notice who comes back under another name. Needs --key."`
	Cleared    string   `placeholder:"FILE" type:"existingfile" help:"What people have cleared before (bonafide clear writes it): such findings are shown and not counted."`
	Decisions  string   `placeholder:"FILE" type:"existingfile" help:"What people decided about two records (JSONL: op split or join, a, b, by, reason, at). It stands above the evidence in every run."`
	Persona    string   `placeholder:"FILE" type:"existingfile" help:"Weigh by this model of operators in place of learning one from the input (bonafide link model show prints it)."`
	PersonaOut string   `placeholder:"FILE" type:"path" help:"Write the model of operators that was weighed by."`
	Policy     string   `placeholder:"FILE" type:"existingfile" help:"A table of your own in place of the shipped policy."`

	Map     map[string]string `placeholder:"COLUMN=FIELD" help:"CSV: which column is which field, e.g. --map Nachname=person.name."`
	Source  string            `placeholder:"NAME" help:"Source of records that name none, e.g. careers-page."`
	Rejects string            `placeholder:"FILE" type:"path" help:"Write lines that could not be read there, with the reason (JSONL)."`
	FailOn  string            `enum:"none,rejects" default:"none" help:"rejects: exit with 4 when a line could not be read. Never on an assessment: software rejects nobody."`
	AsOf    string            `placeholder:"DATE" help:"The day of the run, for the age of lists (default: today)."`
	Quiet   bool              `short:"q" help:"No progress, no notes."`
}

// Help is printed below the flags.
func (ScreenCmd) Help() string {
	return `Examples:

  bonafide screen applications.jsonl
  bonafide screen bewerbungen.csv --map Eingang=received_at -o report.html --lang de
  zcat 2026-*.jsonl.gz | bonafide screen - --format jsonl > results.jsonl
  bonafide screen new.jsonl --against last-year.keys --keys-out new.keys --key link.key
  bonafide screen applications.jsonl --lists lists/ --rejects rejects.jsonl --fail-on rejects
  bonafide screen applications.jsonl --lists lists/ --cleared cleared.jsonl
  bonafide screen applications.jsonl --decisions decided.jsonl --persona-out model.json
  bonafide screen bewerbungen.csv --server https://bonafide.example.com --server-key api.key

Every application gets an assessment (routine, verify-more, review), with every
finding's evidence, innocent explanations and the next fair step. Nobody is scored,
ranked or rejected.`
}

// Run screens.
func (c *ScreenCmd) Run(stdout io.Writer) error {
	if c.Server != "" {
		return c.screenThere(stdout)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	day := time.Now().UTC()
	if c.AsOf != "" {
		from, _, ok := record.Date(c.AsOf).Span()
		if !ok {
			return exit{exitUsage, "--as-of is not a date such as 2026-03-20"}
		}
		day = from
	}
	s, problems, err := c.prepare(day)
	if err != nil {
		return err
	}
	inputs, opened, err := c.inputs(s.Keyer)
	defer opened.Close()
	if err != nil {
		return err
	}
	sink, rejected, done, err := c.results(stdout)
	if err != nil {
		return err
	}
	s.Rejected = rejected
	keep, closeKeys, err := c.keys(s.Keyer)
	if err != nil {
		return err
	}
	s.Keep = keep
	s.Received = paceMemory()
	bar, endBar := c.bar()
	s.Progress = bar
	sum, err := s.Run(ctx, inputs, sink.Result)
	endBar()
	if errors.Is(err, context.Canceled) {
		return exit{130, "stopped; what was written so far is not whole"}
	}
	if err != nil {
		return err
	}
	if c.PersonaOut != "" {
		if err := writePersona(c.PersonaOut, sum.Persona); err != nil {
			return err
		}
	}
	err = sink.Close(report.Run{
		Files: c.Files, Records: sum.Records, Rejected: sum.Rejected, MergeQuestions: sum.MergeQuestions, Earlier: sum.Earlier,
		Policy: c.policyName(s.Policy), Lists: sum.Lists, MissingLists: missing(s.Lists), Version: version(), Day: record.DateOf(day), Problems: problems,
	})
	if err = errors.Join(err, done(), closeKeys()); err != nil {
		return err
	}
	switch {
	case sum.Rejected == 0:
		return nil
	case sum.Records == 0:
		return exit{exitFailed, "no line could be read; the reasons stand above"}
	case c.FailOn == "rejects":
		return exit{exitGate, fmt.Sprintf("%s could not be read", counted(sum.Rejected, "line"))}
	}
	return exit{exitRejected, fmt.Sprintf("%s could not be read; %s screened", counted(sum.Rejected, "line"), counted(sum.Records, "application"))}
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// prepare wires catalogue, lists, policy and key.
func (c *ScreenCmd) prepare(day time.Time) (*screen.Screen, []string, error) {
	runner, err := checks.NewRunner(checks.Catalogue())
	if err != nil {
		return nil, nil, err
	}
	s := &screen.Screen{Checks: runner, Policy: policy.Default(), Asked: day}
	var problems []string
	if c.Lists != "" {
		set, bad := lists.Load(os.DirFS(c.Lists), day)
		s.Lists = set
		for _, p := range bad {
			problems = append(problems, p.Error())
			c.note("lists: %v", p)
		}
	}
	if c.Policy != "" {
		f, err := os.Open(c.Policy)
		if err != nil {
			return nil, nil, notThere(c.Policy, err)
		}
		defer f.Close()
		if s.Policy, err = policy.Parse(f); err != nil {
			return nil, nil, err
		}
	}
	if s.Cleared, err = readCleared(c.Cleared); err != nil {
		return nil, nil, err
	}
	if s.Decisions, err = readDecisions(c.Decisions); err != nil {
		return nil, nil, err
	}
	if s.Persona, err = readPersona(c.Persona); err != nil {
		return nil, nil, err
	}
	key, err := c.key()
	if err != nil {
		return nil, nil, err
	}
	s.Keyer = link.NewKeyer(key, c.sealed())
	s.Closed, err = readClosed(c.Closed, s.Keyer)
	return s, problems, err
}

func (c *ScreenCmd) key() ([]byte, error) {
	if c.Key == "" {
		if c.KeysOut != "" {
			return nil, exit{exitUsage, "--keys-out needs --key FILE; make one with: head -c 32 /dev/urandom > link.key && chmod 600 link.key"}
		}
		if c.Closed != "" {
			return nil, exit{exitUsage, "--closed needs --key FILE: the key under which the closed cases were kept"}
		}
		return nil, nil
	}
	key, err := os.ReadFile(c.Key)
	if err != nil {
		return nil, notThere(c.Key, err)
	}
	if len(key) < 32 || len(key) > 1<<16 {
		return nil, exit{exitUsage, "the key file must hold between 32 bytes and 64 KiB; make one with: head -c 32 /dev/urandom > link.key"}
	}
	return key, nil
}

// sealed says whether keys leave the process or meet keys that did.
func (c *ScreenCmd) sealed() bool {
	if c.KeysOut != "" || c.Closed != "" {
		return true
	}
	for _, path := range c.Against {
		head := make([]byte, 32)
		if f, err := os.Open(path); err == nil {
			n, _ := io.ReadFull(f, head)
			f.Close()
			if link.IsKeyFile(head[:n]) {
				return true
			}
		}
	}
	return false
}

func (c *ScreenCmd) inputs(k *link.Keyer) ([]screen.Input, *openInputs, error) {
	o := &openInputs{options: intake.Options{Source: c.Source, Map: c.Map}, keyer: k}
	var inputs []screen.Input
	for _, path := range c.Against {
		in, err := o.open(path)
		if err != nil {
			return nil, o, err
		}
		in.Earlier = true
		inputs = append(inputs, in)
	}
	for _, path := range c.Files {
		in, err := o.open(path)
		if err != nil {
			return nil, o, err
		}
		if in.Keys != nil {
			return nil, o, exit{exitUsage, path + " is a key file: give it to --against"}
		}
		c.sayMapping(path, in.Reader)
		inputs = append(inputs, in)
	}
	return inputs, o, nil
}

// sayMapping prints how CSV columns were understood, so that a wrong guess is seen.
func (c *ScreenCmd) sayMapping(path string, r *intake.Reader) {
	columns := r.Mapping()
	if len(columns) == 0 {
		return
	}
	var b strings.Builder
	for _, col := range columns {
		to := col.Path
		if to == "" {
			to = "extra"
		}
		guessed := ""
		if col.Guessed {
			guessed = " (guessed)"
		}
		fmt.Fprintf(&b, "\n  %s → %s%s", col.Name, to, guessed)
	}
	c.note("%s: columns; --map COLUMN=FIELD changes one%s", path, b.String())
}

func (c *ScreenCmd) note(format string, args ...any) {
	if !c.Quiet {
		fmt.Fprintf(os.Stderr, format+"\n", args...)
	}
}

func (c *ScreenCmd) format(stdout io.Writer) string {
	if c.Format != "auto" {
		return c.Format
	}
	for _, ext := range []string{"html", "csv", "jsonl"} {
		if strings.HasSuffix(c.Out, "."+ext) {
			return ext
		}
	}
	if c.Out != "" || terminal(stdout) == 0 {
		return "jsonl"
	}
	return "text"
}

func (c *ScreenCmd) options(stdout io.Writer) report.Options {
	o := report.Options{Lang: record.Lang(c.Lang)}
	if c.Out == "" {
		o.Width = terminal(stdout)
		o.Color = o.Width > 0 && os.Getenv("NO_COLOR") == ""
	}
	return o
}

// terminal is the width of a terminal, 0 for anything else.
func terminal(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0
	}
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 20 {
		return width
	}
	return 80
}

// results are where results and rejected lines go; done moves both into place,
// after the sink was closed.
func (c *ScreenCmd) results(stdout io.Writer) (sink report.Sink, rejected func(screen.Reject) error, done func() error, err error) {
	w, written, err := c.output(stdout)
	if err != nil {
		return nil, nil, nil, err
	}
	if sink, err = report.New(c.format(stdout), w, c.options(stdout)); err != nil {
		return nil, nil, nil, err
	}
	rejected, kept, err := c.rejects()
	if err != nil {
		return nil, nil, nil, err
	}
	return sink, rejected, func() error { return errors.Join(written(), kept()) }, nil
}

// output is where the report goes; a file appears only when it is whole.
func (c *ScreenCmd) output(stdout io.Writer) (io.Writer, func() error, error) {
	if c.Out == "" {
		w := bufio.NewWriterSize(stdout, 1<<16)
		return w, w.Flush, nil
	}
	return wholeFile(c.Out)
}

// wholeFile writes beside a path and moves into place at the end.
func wholeFile(path string) (io.Writer, func() error, error) {
	f, err := os.OpenFile(path+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, &record.Error{Code: record.CodeUnavailable, Where: path, Message: "cannot be written", Err: bare(err)}
	}
	w := bufio.NewWriterSize(f, 1<<16)
	return w, func() error {
		if err := errors.Join(w.Flush(), f.Close()); err != nil {
			return err
		}
		return os.Rename(path+".part", path)
	}, nil
}

const rejectsShown = 10

// rejects names broken lines on standard error and keeps them in a file.
func (c *ScreenCmd) rejects() (func(screen.Reject) error, func() error, error) {
	var w io.Writer
	done := func() error { return nil }
	if c.Rejects != "" {
		var err error
		if w, done, err = wholeFile(c.Rejects); err != nil {
			return nil, nil, err
		}
	}
	n := 0
	return func(r screen.Reject) error {
		if n++; n <= rejectsShown {
			c.note("rejected %s", placed(r))
		} else if n == rejectsShown+1 {
			c.note("rejected: more lines; --rejects FILE keeps them all")
		}
		if w == nil {
			return nil
		}
		line := struct {
			Where  string `json:"where"`
			Reason string `json:"reason"`
			Raw    string `json:"raw,omitempty"`
			Base64 []byte `json:"raw_base64,omitempty"`
		}{Where: r.Where, Reason: strings.TrimPrefix(r.Err.Error(), r.Where+": ")}
		if utf8.Valid(r.Raw) {
			line.Raw = string(r.Raw)
		} else {
			line.Base64 = r.Raw
		}
		if err := json.MarshalWrite(w, line); err != nil {
			return err
		}
		_, err := io.WriteString(w, "\n")
		return err
	}, done, nil
}

// placed says where and why, the place once.
func placed(r screen.Reject) string {
	if why := r.Err.Error(); strings.HasPrefix(why, r.Where) {
		return why
	}
	return r.Where + ": " + r.Err.Error()
}

func (c *ScreenCmd) keys(k *link.Keyer) (func(*link.Profile) error, func() error, error) {
	if c.KeysOut == "" {
		return nil, func() error { return nil }, nil
	}
	w, done, err := wholeFile(c.KeysOut)
	if err != nil {
		return nil, nil, err
	}
	kw := link.NewKeyWriter(w, k)
	return kw.Add, func() error { return errors.Join(kw.Close(), done()) }, nil
}

// paceMemory lets the heap grow to what the promise allows (a gigabyte for a
// hundred thousand applications, six for a million) before it is swept: most
// of it is short-lived text. GOGC and GOMEMLIMIT, where set, are left alone.
func paceMemory() func(records int) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return nil
	}
	const least, each = 850 << 20, 5 << 10
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(least)
	limit := int64(least)
	return func(records int) {
		if want := int64(records) * each; want > limit+limit/8 {
			limit = want
			debug.SetMemoryLimit(limit)
		}
	}
}

var stepWords = map[string]string{"read": "reading", "link": "linking", "check": "checking"}

// bar draws progress on a terminal and nothing elsewhere.
func (c *ScreenCmd) bar() (func(string, int64, int64), func()) {
	if c.Quiet || terminal(os.Stderr) == 0 {
		return nil, func() {}
	}
	p := mpb.New(mpb.WithOutput(os.Stderr), mpb.WithWidth(40))
	bars := map[string]*mpb.Bar{}
	return func(step string, at, total int64) {
			b := bars[step]
			if b == nil {
				b = p.AddBar(max(total, 1), mpb.BarRemoveOnComplete(),
					mpb.PrependDecorators(decor.Name(stepWords[step], decor.WCSyncSpaceR)),
					mpb.AppendDecorators(decor.Percentage(), decor.AverageETA(decor.ET_STYLE_MMSS, decor.WC{W: 7})))
				bars[step] = b
			}
			b.SetCurrent(at)
		}, func() {
			for _, b := range bars {
				b.Abort(true)
			}
			p.Wait()
		}
}

func (c *ScreenCmd) policyName(p *policy.Policy) string {
	if c.Policy != "" {
		return fmt.Sprintf("%s, version %d", c.Policy, p.Version)
	}
	return fmt.Sprintf("shipped, version %d", p.Version)
}

// missing lists the kinds of lists that are not loaded, so that a reader knows
// what was not looked at.
func missing(s *lists.Set) (kinds []string) {
	nowhere := netip.AddrFrom4([4]byte{192, 0, 2, 0})
	if _, ok := s.Places(nowhere); !ok {
		kinds = append(kinds, "geo")
	}
	if _, ok := s.Networks(nowhere); !ok {
		kinds = append(kinds, "network")
	}
	if _, ok := s.MailDomain("example.com"); !ok {
		kinds = append(kinds, "mail-domain")
	}
	return kinds
}
