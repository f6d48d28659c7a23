package report

import (
	"io"

	"bonafide/record"
)

type page struct {
	w    io.Writer
	o    Options
	kept *kept
}

func newPage(w io.Writer, o Options) *page {
	return &page{w: w, o: o, kept: newKept(o.HTMLCaseMax, o.HTMLRoutineMax)}
}

func (p *page) Result(r *record.Result) error { p.kept.add(r); return nil }

func (p *page) Close(run Run) error { return nil }
