package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"sync"

	"github.com/go-json-experiment/json"

	"bonafide/client"
	"bonafide/intake"
	"bonafide/record"
	"bonafide/report"
	"bonafide/screen"
)

// remote is the server that a command asks instead of working by itself.
type remote struct {
	Server    string `placeholder:"URL" env:"BONAFIDE_SERVER" help:"Ask this bonafide serve, such as https://bonafide.example.com."`
	ServerKey string `placeholder:"FILE" type:"existingfile" help:"File with the API key for --server; BONAFIDE_API_KEY holds the key itself."`
}

func (r *remote) client() (*client.Client, error) {
	key := os.Getenv("BONAFIDE_API_KEY")
	if r.ServerKey != "" {
		b, err := os.ReadFile(r.ServerKey)
		if err != nil {
			return nil, notThere(r.ServerKey, err)
		}
		key = string(b)
	}
	if key == "" {
		return nil, exit{exitUsage, "--server needs a key: --server-key FILE or BONAFIDE_API_KEY; bonafide apikey add makes one there"}
	}
	return client.New(r.Server, key)
}

// screenThere hands the inputs in, whatever their format, and prints what the
// server says of each, in input order.
func (c *ScreenCmd) screenThere(stdout io.Writer) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	there, err := c.client()
	if err != nil {
		return err
	}
	if c.Lists != "" || c.Policy != "" || c.Cleared != "" || len(c.Against) > 0 || c.KeysOut != "" {
		return exit{exitUsage, "with --server, lists, policy, clearings and what is linked with are the server's"}
	}
	inputs, opened, err := c.inputs(nil)
	defer opened.Close()
	if err != nil {
		return err
	}
	sink, rejected, done, err := c.results(stdout)
	if err != nil {
		return err
	}
	run := report.Run{Files: c.Files, Version: version(), Policy: "that of " + c.Server}
	for _, in := range inputs {
		if err := c.sendOne(ctx, there, in, sink, rejected, &run); err != nil {
			return err
		}
	}
	if err := errors.Join(sink.Close(run), done()); err != nil {
		return err
	}
	if run.Rejected > 0 {
		return exit{exitRejected, counted(run.Rejected, "line") + " could not be read; " + counted(run.Records, "application") + " screened"}
	}
	return nil
}

// sendOne turns one input into lines of our own format on their way out.
func (c *ScreenCmd) sendOne(ctx context.Context, there *client.Client, in screen.Input, sink report.Sink, rejected func(screen.Reject) error, run *report.Run) error {
	out, pipe := io.Pipe()
	var where []string // of the lines that were sent
	var mu sync.Mutex
	reject := func(x screen.Reject) error {
		mu.Lock()
		defer mu.Unlock()
		run.Rejected++
		return rejected(x)
	}
	bad := make(chan error, 1)
	go func() {
		err := func() error {
			for {
				it, err := in.Reader.Next()
				if errors.Is(err, io.EOF) {
					return nil
				}
				if err != nil {
					return err
				}
				a, err := decodeItem(in.Reader, it)
				if err != nil {
					if err := reject(screen.Reject{Where: it.Where, Err: err, Raw: bytes.Clone(it.Raw)}); err != nil {
						return err
					}
					continue
				}
				line, err := json.Marshal(a, json.Deterministic(true))
				if err != nil {
					return err
				}
				mu.Lock()
				where = append(where, it.Where)
				mu.Unlock()
				if _, err := pipe.Write(append(line, '\n')); err != nil {
					return err
				}
			}
		}()
		bad <- err
		pipe.CloseWithError(err)
	}()
	err := there.Upload(ctx, out, func(l client.Line) error {
		if l.Error != "" {
			mu.Lock()
			at := where[l.Line-1]
			mu.Unlock()
			return reject(screen.Reject{Where: at, Err: &record.Error{Code: record.CodeInvalid, Message: l.Error}})
		}
		line, err := there.Result(ctx, l.Subject, record.Lang(c.Lang))
		if err != nil {
			return err
		}
		res, _, err := report.ReadResult(line)
		if err != nil {
			return err
		}
		run.Records++
		return sink.Result(res)
	})
	out.CloseWithError(err)
	if e := <-bad; err == nil || errors.Is(err, context.Canceled) {
		err = e
	}
	return err
}

func decodeItem(r *intake.Reader, it intake.Item) (*record.Application, error) {
	if it.Problem != nil {
		return nil, it.Problem
	}
	return r.Decode(it.Raw, it)
}

// explainThere prints one case of the server's.
func (c *ExplainCmd) explainThere(stdout io.Writer, o report.Options) error {
	there, err := c.client()
	if err != nil {
		return err
	}
	if c.Record != "" {
		return exit{exitUsage, "with --server there is no results file: bonafide explain --server URL RECORD"}
	}
	ctx := context.Background()
	subject, err := there.Find(ctx, c.Results)
	if err != nil {
		return err
	}
	lang := o.Lang
	if lang == "" {
		lang = record.EN
	}
	line, err := there.Result(ctx, subject, lang)
	if err != nil {
		return err
	}
	return report.Explain(stdout, bytes.NewReader(line), c.Results, o)
}
