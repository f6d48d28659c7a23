package main

import (
	"context"
	"io"
	"log/slog"
	"os"
	"time"

	"bonafide/record"
	"bonafide/screen"
)

const (
	maildirEvery = 3 * time.Second
	maildirMost  = 16 << 20 // bytes of one mail
	maildirBatch = 100
)

// watchMaildir takes the answers of referees from a maildir: what stands in new/
// is read once and moved to cur/, whether it answers a request of ours or not.
// What cannot be judged now, because the record does not answer, stays in new/.
func watchMaildir(ctx context.Context, dir string, p *screen.Prover, log *slog.Logger) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		log.Error("the maildir cannot be opened")
		return
	}
	defer root.Close()
	tick := time.NewTicker(maildirEvery)
	defer tick.Stop()
	for {
		if err := takeMails(ctx, root, p, log); err != nil {
			log.Warn("the maildir cannot be read", "code", string(record.CodeOf(err)))
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func takeMails(ctx context.Context, root *os.Root, p *screen.Prover, log *slog.Logger) error {
	fresh, err := root.Open("new")
	if err != nil {
		return err
	}
	entries, err := fresh.ReadDir(maildirBatch)
	fresh.Close()
	if err != nil && err != io.EOF {
		return err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || ctx.Err() != nil {
			continue
		}
		raw, err := readMail(root, "new/"+e.Name())
		if err != nil {
			return err
		}
		what := "answer"
		if _, err := p.Reply(ctx, screen.MailIn{Raw: raw}); err != nil {
			code := record.CodeOf(err)
			if code != record.CodeNotFound && code != record.CodeInvalid && code != record.CodeConflict && code != record.CodeRefused {
				return err
			}
			what = "no answer to a request"
		}
		log.Info("took a mail", "what", what)
		if err := root.Rename("new/"+e.Name(), "cur/"+e.Name()+":2,S"); err != nil {
			return err
		}
	}
	return nil
}

func readMail(root *os.Root, name string) ([]byte, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maildirMost+1))
}
