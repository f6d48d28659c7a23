package intake

import (
	"bytes"
	"io"

	"bonafide/record"
)

// rows cuts a table into rows: lines, joined while a quoted cell is open. A
// quote that is never closed costs its own line only.
type rows struct {
	lines
	delimiter byte
	queue     []piece // lines read ahead and given back
	joined    []byte
	recovered int
}

type piece struct {
	text   []byte // with its newline
	offset int64
	line   int
	size   int64
	cut    bool
}

// maxRecoveries is how often a quote that is never closed may be looked for to
// the end; from then on a cell may not hold a newline. It bounds the work.
const maxRecoveries = 16

func (r *rows) piece() (piece, error) {
	if len(r.queue) > 0 {
		p := r.queue[0]
		r.queue = r.queue[1:]
		return p, nil
	}
	p := piece{offset: r.offset, line: r.line}
	var err error
	p.text, p.size, p.cut, err = r.lines.raw()
	return p, err
}

func (r *rows) next() (Item, error) {
	for {
		first, err := r.piece()
		if err != nil {
			return Item{}, err
		}
		it := Item{Where: place(r.name, first.line), Offset: first.offset, Length: first.size}
		if first.cut {
			it.Problem = record.Invalid(it.Where, tooLong(first.size, r.max))
			return it, nil
		}
		if blank(first.text) {
			continue
		}
		whole, ok, err := r.row(first)
		if err != nil {
			return Item{}, err
		}
		it.Raw = chomp(whole)
		it.Length = int64(len(it.Raw))
		switch {
		case !ok:
			it.Problem = record.Invalid(it.Where, "a quote opened in this line is not closed")
		case bytes.IndexByte(it.Raw, 0) >= 0:
			it.Problem = record.Invalid(it.Where, "NUL bytes in the row")
		}
		return it, nil
	}
}

// row joins lines to first while a quoted cell is open. ok is false when it is
// never closed; then the lines behind the first are given back.
func (r *rows) row(first piece) (whole []byte, ok bool, err error) {
	open := openQuote(first.text, r.delimiter, false)
	if !open {
		return first.text, true, nil
	}
	r.joined = append(r.joined[:0], first.text...)
	var ahead []piece
	for open && r.recovered < maxRecoveries {
		p, err := r.piece()
		if err != nil && err != io.EOF {
			return nil, false, err
		}
		if err == io.EOF {
			break
		}
		p.text = bytes.Clone(p.text)
		ahead = append(ahead, p)
		if p.cut || len(r.joined)+len(p.text) > r.max {
			break
		}
		r.joined = append(r.joined, p.text...)
		open = openQuote(p.text, r.delimiter, true)
	}
	if !open {
		return r.joined, true, nil
	}
	r.recovered++
	r.queue = append(ahead, r.queue...)
	return r.joined[:len(first.text)], false, nil
}

// openQuote reports whether a quoted cell is open behind line; open says
// whether one was before it.
func openQuote(line []byte, delimiter byte, open bool) bool {
	start := !open // at the beginning of a cell
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case open && c == '"':
			if i+1 < len(line) && line[i+1] == '"' {
				i++
			} else {
				open, start = false, false
			}
		case open:
		case c == delimiter:
			start = true
		case c == '"' && start:
			open, start = true, false
		default:
			start = false
		}
	}
	return open
}
