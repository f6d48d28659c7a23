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
	queue     []piece // lines read ahead
	at        int     // the next of them
	joined    []byte
	wasted    int
}

type piece struct {
	text   []byte // with its newline
	offset int64
	line   int
	size   int64
	cut    bool
}

// maxWasted is how many bytes may be looked at in vain for the ends of cells
// that never end; from then on a cell may not hold a newline. It bounds the work.
const maxWasted = 256 << 20

// piece is the next line.
func (r *rows) piece() (piece, error) {
	if r.at < len(r.queue) {
		r.at++
		return r.queue[r.at-1], nil
	}
	r.queue, r.at = r.queue[:0], 0
	return r.read()
}

// look is the next line, kept so that it can be given back.
func (r *rows) look() (piece, error) {
	if r.at == len(r.queue) {
		p, err := r.read()
		if err != nil {
			return p, err
		}
		p.text = bytes.Clone(p.text)
		r.queue = append(r.queue, p)
	}
	r.at++
	return r.queue[r.at-1], nil
}

func (r *rows) read() (piece, error) {
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
	open, _ := openQuote(first.text, r.delimiter, false)
	if !open {
		return first.text, true, nil
	}
	r.joined = append(r.joined[:0], first.text...)
	back := r.at
	for open && r.wasted < maxWasted {
		p, err := r.look()
		if err != nil && err != io.EOF {
			return nil, false, err
		}
		if err == io.EOF {
			break
		}
		if p.cut || len(r.joined)+len(p.text) > r.max {
			break
		}
		r.joined = append(r.joined, p.text...)
		odd := false
		if open, odd = openQuote(p.text, r.delimiter, true); odd {
			open = true // the quote that ends the cell opens another: the first was never closed
			break
		}
	}
	if !open {
		return r.joined, true, nil
	}
	r.wasted += len(r.joined)
	r.at = back
	return r.joined[:len(first.text)], false, nil
}

// openQuote reports whether a quoted cell is open behind line; open says
// whether one was before it. odd says that this cell goes on behind the quote
// that closes it.
func openQuote(line []byte, delimiter byte, open bool) (after, odd bool) {
	start, first := !open, open // at the beginning of a cell; in the cell that was open
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case open && c == '"':
			if i+1 < len(line) && line[i+1] == '"' {
				i++
				continue
			}
			if first && i+1 < len(line) {
				next := line[i+1]
				odd = next != delimiter && next != '\r' && next != '\n' && next != ' '
			}
			open, start, first = false, false, false
		case open:
		case c == delimiter:
			start = true
		case c == '"' && start:
			open, start = true, false
		default:
			start = false
		}
	}
	return open, odd
}
