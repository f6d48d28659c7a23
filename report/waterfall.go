package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"bonafide/record"
)

// Why a record is shown with another: the sum of the pair, step by step. It is
// about two records and a question; nobody has a sum of their own.

func appendWaterfall(b []byte, w *record.Waterfall) []byte {
	b = appendString(append(b, `{"with":`...), w.With)
	b = appendShort(append(b, `,"prior":`...), w.Prior, 2)
	b = append(b, `,"steps":[`...)
	for i := range w.Steps {
		s := &w.Steps[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(append(b, `{"kind":`...), s.Kind.String())
		b = appendString(append(b, `,"family":`...), string(s.Family))
		b = strconv.AppendInt(append(b, `,"holders":`...), int64(s.Holders), 10)
		if s.Shared != 0 {
			b = strconv.AppendInt(append(b, `,"shared":`...), int64(s.Shared), 10)
		}
		b = strconv.AppendFloat(append(b, `,"m":`...), s.M, 'g', 3, 64)
		b = strconv.AppendFloat(append(b, `,"u":`...), s.U, 'g', 3, 64)
		b = appendShort(append(b, `,"bits":`...), s.Bits, 2)
		b = appendShort(append(b, `,"kept":`...), s.Kept, 2)
		b = appendOptional(b, "excuse", s.Excuse.String())
		b = appendTrue(b, "part", s.Part)
		b = appendTrue(b, "held", s.Held)
		b = append(b, '}')
	}
	b = appendShort(append(b, `],"total":`...), w.Total, 2)
	b = appendOptional(b, "decided", w.Decided)
	return append(b, '}')
}

// appendShort writes so many decimals at most.
func appendShort(b []byte, x float64, decimals int) []byte {
	scale := math.Pow(10, float64(decimals))
	if x = math.Round(x*scale) / scale; x == 0 {
		x = 0 // not minus zero
	}
	return strconv.AppendFloat(b, x, 'f', -1, 64)
}

// weighedRow is one line of a sum.
type weighedRow struct {
	label, note string
	bits        float64
	from, to    float64 // where the sum stood before and after
	sum         bool
}

func weighedRows(l record.Lang, w *record.Waterfall) []weighedRow {
	at := w.Prior
	rows := []weighedRow{{label: say(l, "weighed prior"), bits: w.Prior, to: w.Prior}}
	for i := range w.Steps {
		s := &w.Steps[i]
		var notes []string
		if s.Part {
			notes = append(notes, say(l, "weighed part"))
		}
		switch {
		case s.Excuse != record.NoExcuse && s.Kept == 0:
			notes = append(notes, excuseSaid[s.Excuse].In(l))
		case s.Kept < s.Bits-0.05:
			notes = append(notes, say(l, "weighed told", bitsSaid(l, s.Bits)))
		}
		if s.Kept > 0 && s.U > 0 {
			notes = append(notes, say(l, "weighed shares", oneIn(l, s.M), oneIn(l, s.U)))
		}
		rows = append(rows, weighedRow{label: kindSaid[s.Kind].label.In(l), note: strings.Join(notes, "; "), bits: s.Kept, from: at, to: at + s.Kept})
		at += s.Kept
	}
	return append(rows, weighedRow{label: say(l, "weighed sum"), bits: w.Total, to: w.Total, sum: true})
}

// weighedHead says with whom, and what the sum comes to.
func weighedHead(l record.Lang, w *record.Waterfall) string {
	s := say(l, "weighed with", plain(w.With), bitsSaid(l, w.Total))
	if w.Decided != "" {
		s += " · " + say(l, "weighed decided", plain(w.Decided))
	}
	return s
}

// bitsSaid is a weight with its sign: +6.2, −18.1.
func bitsSaid(l record.Lang, x float64) string {
	s := strings.Replace(fmt.Sprintf("%+.1f", x), "-", "−", 1)
	if l != record.EN {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// oneIn is a share as "1 in 40".
func oneIn(l record.Lang, share float64) string {
	if share <= 0 {
		return "0"
	}
	n := 1 / share
	if n < 1e15 {
		for scale := 1.0; ; scale *= 10 { // two figures are all an estimate has
			if n < 100*scale {
				n = math.Round(n/scale) * scale
				break
			}
		}
	}
	return say(l, "one in", figures(l, int(math.Min(n, 1e15))))
}

// weighed lists the sums of one record.
func (p *pen) weighed(l record.Lang, r *record.Result) {
	if len(r.Waterfalls) == 0 {
		return
	}
	p.section(say(l, "weighed"))
	p.line(quiet, say(l, "weighed means"))
	wide := 0
	for i := range r.Waterfalls {
		for _, row := range weighedRows(l, &r.Waterfalls[i]) {
			wide = max(wide, columnsOf(row.label))
		}
	}
	wide = min(wide, 34)
	for i := range r.Waterfalls {
		w := &r.Waterfalls[i]
		p.gap()
		p.line(strong, weighedHead(l, w))
		for _, row := range weighedRows(l, w) {
			tint := normal
			if row.bits == 0 {
				tint = quiet
			}
			head := "  " + pad(bitsSaid(l, row.bits), 6) + " " + pad(row.label, wide) + "  "
			if row.note == "" {
				p.line(tint, strings.TrimRight(head, " "))
				continue
			}
			p.hang(head, row.note, tint, quiet)
		}
	}
}

// weighedView is one sum as a picture: every bar starts where the last ended.
type weighedView struct {
	Head string
	Rows []weighedRowView
}

type weighedRowView struct {
	Label, Bits, Note, Class string
	X, W, Zero               string
}

func weighedOf(l record.Lang, w *record.Waterfall) weighedView {
	v := weighedView{Head: weighedHead(l, w)}
	rows := weighedRows(l, w)
	low, high := 0.0, 0.0
	for _, r := range rows {
		low, high = min(low, r.from, r.to), max(high, r.from, r.to)
	}
	scale := weighedWide / max(high-low, 1)
	number := func(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }
	for _, r := range rows {
		class := "up"
		switch {
		case r.sum:
			class = "all"
		case r.to < r.from:
			class = "down"
		}
		v.Rows = append(v.Rows, weighedRowView{Label: r.label, Bits: bitsSaid(l, r.bits), Note: r.note, Class: class, Zero: number(-low * scale),
			X: number((min(r.from, r.to) - low) * scale), W: number(max(math.Abs(r.to-r.from)*scale, 1))})
	}
	return v
}

// weighedWide is the width of the picture in its own units.
const weighedWide = 240
