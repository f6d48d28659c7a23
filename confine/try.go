package confine

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"runtime"

	"bonafide/confine/document"
	"bonafide/confine/jail"
	"bonafide/record"
)

// Some bytes are judged by the process that asks, because nobody else's word
// would be a proof. Then a locked child reads them first: what exhausts memory,
// the stack or the time ends the child, and is never read here. Of the child only
// whether it ended well is believed.

// Try runs the program's `worker WHAT` in a locked child on bytes. refused is ""
// when it ended well, else one of the reasons of a file that is refused.
func (w *Worker) Try(ctx context.Context, what string, b []byte) (refused string, err error) {
	if len(b) > document.MaxFile {
		return document.ReasonLimit, nil
	}
	select {
	case w.slots <- struct{}{}:
		defer func() { <-w.slots }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	inner, cancel := context.WithTimeout(ctx, w.timeout)
	defer cancel()
	cmd := exec.CommandContext(inner, w.command[0])
	cmd.Args = append(append([]string{}, w.command[1:]...), what)
	cmd.Env, cmd.Dir, cmd.WaitDelay = []string{}, "/", wait
	cmd.Stdin = bytes.NewReader(b)
	out, complaint := &bounded{limit: 64}, &bounded{limit: 8 << 10}
	cmd.Stdout, cmd.Stderr = out, complaint
	started := false
	_, err = jail.Run(cmd, nil, func() { started = true })
	switch {
	case !started:
		return "", &record.Error{Code: record.CodeUnavailable, Message: "no locked child could be started", Err: kind(err)}
	case ctx.Err() != nil:
		return "", ctx.Err()
	case inner.Err() != nil:
		return document.ReasonLimit, nil
	}
	return ended(cmd.ProcessState, complaint.kept), nil
}

// ChildTry is the child's side: it locks itself, reads standard input with f and
// gives the exit code.
func ChildTry(f func([]byte) error) int {
	runtime.GOMAXPROCS(1)
	limits := jail.Default()
	jail.Lock(limits)
	go watch(limits.Data)
	b, err := io.ReadAll(io.LimitReader(os.Stdin, document.MaxFile+1))
	if err != nil || len(b) > document.MaxFile || f(b) != nil {
		return 1
	}
	return 0
}
