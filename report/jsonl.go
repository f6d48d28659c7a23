package report

import (
	"io"

	"bonafide/record"
)

// lines is the face for machines: one result line an application, in input
// order, the same bytes for the same result.
type lines struct {
	w    io.Writer
	lang record.Lang
	buf  []byte
}

// flushAt is how much is gathered before it is written.
const flushAt = 256 << 10

func newLines(w io.Writer, o Options) *lines {
	return &lines{w: w, lang: o.Lang, buf: make([]byte, 0, flushAt+16<<10)}
}

func (l *lines) Result(r *record.Result) error {
	l.buf = append(appendResult(l.buf, r, l.lang), '\n')
	if len(l.buf) < flushAt {
		return nil
	}
	return l.flush()
}

func (l *lines) Close(Run) error { return l.flush() }

func (l *lines) flush() error {
	_, err := l.w.Write(l.buf)
	l.buf = l.buf[:0]
	return err
}
