package confine

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"time"

	"bonafide/confine/document"
	"bonafide/confine/jail"
	"bonafide/record"
)

// wait is how long a child that was told to end may keep its streams.
const wait = time.Second

// Result is what the child said of the file, and what the parent knows itself.
type Result struct {
	document.Result
	SHA256 string        `json:"sha256"` // of the bytes, by the parent
	Size   int64         `json:"size"`
	Took   time.Duration `json:"-"`
	RGB    []byte        `json:"-"` // 8-bit rows of Picture.Width × Picture.Height; never bytes of the file
}

// Options say how children are started. The zero value is good.
type Options struct {
	Command []string      // program and arguments; this program as `worker` when empty
	Workers int           // children at once; 2 when 0
	Timeout time.Duration // of one file, by the clock; 15 s when 0
}

// Worker starts locked children, a bounded number at once. It is safe for use
// from many goroutines.
type Worker struct {
	command []string
	timeout time.Duration
	slots   chan struct{}
}

// New prepares a worker. It fails when this program cannot be found again.
func New(o Options) (*Worker, error) {
	if len(o.Command) == 0 {
		self, err := os.Executable()
		if err != nil {
			return nil, &record.Error{Code: record.CodeUnavailable, Message: "this program cannot find itself to start a locked child"}
		}
		o.Command = []string{self, os.Args[0], "worker"}
	} else {
		o.Command = append([]string{o.Command[0]}, o.Command...)
	}
	if o.Workers <= 0 {
		o.Workers = 2
	}
	if o.Timeout <= 0 {
		o.Timeout = 15 * time.Second
	}
	return &Worker{o.Command, o.Timeout, make(chan struct{}, o.Workers)}, nil
}

// Read reads one file in its own locked child. name is used for its ending
// only. What is wrong with the file is a Result that refuses it; an error means
// that no child could be started, or that ctx ended.
func (w *Worker) Read(ctx context.Context, in io.Reader, name string) (*Result, error) {
	b, err := io.ReadAll(io.LimitReader(in, document.MaxFile+1))
	if err != nil {
		return nil, &record.Error{Code: record.CodeUnavailable, Message: "the file could not be read from where it lies"}
	}
	sum := sha256.Sum256(b)
	r := &Result{SHA256: hex.EncodeToString(sum[:]), Size: int64(len(b))}
	if len(b) > document.MaxFile {
		r.SHA256 = "" // of the whole file, or of nothing
		r.refuse(document.ReasonLimit)
		return r, nil
	}
	select {
	case w.slots <- struct{}{}:
		defer func() { <-w.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	start := time.Now()
	_, err = w.run(ctx, r, b, document.Extension(name))
	r.Took = time.Since(start)
	return r, err
}

func (r *Result) refuse(reason string) {
	r.Result = document.Result{Version: 1, Verdict: document.Refused, Reason: reason, Detail: says[reason]}
	r.RGB = nil
}

func (w *Worker) run(ctx context.Context, r *Result, b []byte, ext string) (locks []string, err error) {
	inner, cancel := context.WithTimeout(ctx, w.timeout)
	defer cancel()
	cmd := exec.CommandContext(inner, w.command[0])
	cmd.Args = w.command[1:]
	cmd.Env = []string{}
	cmd.Dir = "/"
	cmd.WaitDelay = wait
	cmd.Stdin = io.MultiReader(bytes.NewReader(append([]byte{byte(len(ext))}, ext...)), bytes.NewReader(b))
	out := &bounded{limit: 4 + maxHead + maxPixels, over: cancel}
	complaint := &bounded{limit: 8 << 10}
	cmd.Stdout, cmd.Stderr = out, complaint
	started := false
	given, err := jail.Run(cmd, nil, func() { started = true })
	switch {
	case !started:
		return nil, &record.Error{Code: record.CodeUnavailable, Message: "no locked child could be started", Err: kind(err)}
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case out.full:
		r.refuse(document.ReasonReaderFailed)
		return nil, nil
	case inner.Err() != nil:
		r.refuse(document.ReasonLimit)
		return nil, nil
	}
	if reason := ended(cmd.ProcessState, complaint.kept); reason != "" {
		r.refuse(reason)
		return nil, nil
	}
	h, pixels, err := decode(out.kept)
	if err != nil {
		r.refuse(document.ReasonReaderFailed)
		return nil, nil
	}
	r.Result, r.RGB = h.Result, pixels
	return append(given, h.Locks...), nil
}

// kind drops paths from an error of the system.
func kind(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return nil
}

// ended says why a child gave no answer. What it complained of is looked at
// for one word and kept nowhere: it may hold words of the file.
func ended(s *os.ProcessState, complaint []byte) (reason string) {
	if s.Success() {
		return ""
	}
	switch signalled(s) {
	case forbidden:
		return document.ReasonForbidden
	case killed:
		return document.ReasonLimit
	}
	for _, word := range []string{"out of memory", "cannot allocate memory", "stack exceeds", "failed to create new OS thread"} {
		if bytes.Contains(complaint, []byte(word)) {
			return document.ReasonLimit
		}
	}
	if s.ExitCode() == exitMemory {
		return document.ReasonLimit
	}
	return document.ReasonReaderFailed
}

// bounded keeps up to limit bytes and calls over when there are more. It is no
// bytes.Buffer inside: that would read for itself, without any limit.
type bounded struct {
	kept  []byte
	limit int
	full  bool
	over  func()
}

func (b *bounded) Write(p []byte) (int, error) {
	room := b.limit - len(b.kept)
	if len(p) > room {
		b.kept = append(b.kept, p[:room]...)
		if !b.full && b.over != nil {
			b.over()
		}
		b.full = true
		return len(p), nil
	}
	b.kept = append(b.kept, p...)
	return len(p), nil
}

// Report says which locks hold on this machine.
type Report struct {
	Held    []string `json:"held"`
	Missing []string `json:"missing"`
}

// Locks starts one child on an empty note and reports which locks held.
func (w *Worker) Locks(ctx context.Context) (Report, error) {
	var r Result
	held, err := w.run(ctx, &r, []byte("locks"), "txt")
	if err != nil {
		return Report{}, err
	}
	if r.Verdict != document.Accepted {
		return Report{}, &record.Error{Code: record.CodeUnavailable, Message: "the locked child cannot read a plain note: " + r.Reason}
	}
	var report Report
	for _, name := range jail.All() {
		if slices.Contains(held, name) {
			report.Held = append(report.Held, name)
		} else {
			report.Missing = append(report.Missing, name)
		}
	}
	return report, nil
}
