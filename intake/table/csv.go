package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// csvReader reads RFC 4180 and its looser cousins. Rows need not have the length of the header.
type csvReader struct {
	in      *bufio.Reader
	comma   byte
	columns []string
	carry   []byte // bytes of an unfinished row
	eof     bool
	line    int
	notes   Notes
}

func newCSV(in *bufio.Reader) (*csvReader, error) {
	head, _ := in.Peek(64 << 10)
	if len(bytes.TrimSpace(head)) == 0 {
		return nil, errors.New("table: the file is empty")
	}
	c := &csvReader{in: in, comma: sniffComma(head)}
	header, err := c.headerLine()
	if err != nil {
		return nil, err
	}
	var b Batch
	b.buf = header
	c.splitRow(&b, 0, len(header), -1)
	if len(b.cells) > MaxColumns {
		return nil, fmt.Errorf("table: line 1: %d columns, at most %d are read", len(b.cells), MaxColumns)
	}
	seen := map[string]int{}
	for i, s := range b.cells {
		name := string(bytes.TrimSpace(b.buf[s.from:s.to]))
		if name == "" {
			name = fmt.Sprintf("column%d", i+1)
		}
		seen[name]++
		if n := seen[name]; n > 1 {
			name = fmt.Sprintf("%s_%d", name, n)
		}
		c.columns = append(c.columns, name)
	}
	return c, nil
}

func (c *csvReader) Columns() []string { return c.columns }
func (c *csvReader) Notes() Notes      { return c.notes }

// headerLine reads the first row; a quoted header may span lines.
func (c *csvReader) headerLine() ([]byte, error) {
	var out []byte
	for {
		part, err := c.in.ReadSlice('\n')
		out = append(out, part...)
		if len(out) > MaxLineBytes {
			return nil, fmt.Errorf("table: line 1 is longer than %d bytes", MaxLineBytes)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("table: line 1: %w", err)
		}
		c.line++
		if err == io.EOF || bytes.Count(out, []byte{'"'})%2 == 0 {
			return bytes.TrimRight(out, "\r\n"), nil
		}
	}
}

// sniffComma takes the delimiter that splits the first line into the most cells.
func sniffComma(head []byte) byte {
	if i := bytes.IndexByte(head, '\n'); i >= 0 {
		head = head[:i]
	}
	best, most := byte(','), 0
	for _, d := range []byte{',', ';', '\t', '|'} {
		if n := bytes.Count(head, []byte{d}); n > most {
			best, most = d, n
		}
	}
	return best
}

func (c *csvReader) Next(b *Batch) error {
	b.Columns = len(c.columns)
	b.cells = b.cells[:0]
	for len(b.cells) == 0 {
		if c.eof && len(c.carry) == 0 {
			return io.EOF
		}
		if err := c.fill(b); err != nil {
			return err
		}
	}
	return nil
}

// fill reads about one batch of bytes and cuts it into complete rows.
func (c *csvReader) fill(b *Batch) error {
	if cap(b.buf) < batchBytes {
		b.buf = make([]byte, 0, batchBytes+batchBytes/4)
	}
	b.buf = append(b.buf[:0], c.carry...)
	c.carry = c.carry[:0]
	from := len(b.buf)
	need := from + batchBytes
	if cap(b.buf) < need {
		grown := make([]byte, len(b.buf), need)
		copy(grown, b.buf)
		b.buf = grown
	}
	n, err := io.ReadFull(c.in, b.buf[from:need])
	b.buf = b.buf[:from+n]
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		c.eof = true
	} else if err != nil {
		return fmt.Errorf("table: after line %d: %w", c.line, err)
	}
	pos := 0
	for pos < len(b.buf) {
		end, next, lines := c.rowEnd(b.buf, pos)
		if end < 0 { // unfinished
			if !c.eof {
				break
			}
			if lines > 0 { // an open quote ran to the end of the file: give the line up, keep the rest
				c.bad()
				nl := bytes.IndexByte(b.buf[pos:], '\n')
				c.line++
				pos += nl + 1
				continue
			}
			end, next, lines = len(b.buf), len(b.buf), 1
		}
		if end-pos > MaxLineBytes {
			c.bad()
		} else if line := b.buf[pos:end]; len(bytes.TrimSpace(line)) > 0 {
			c.splitRow(b, pos, end, len(c.columns))
			c.notes.Rows++
		}
		c.line += lines
		pos = next
	}
	if rest := b.buf[pos:]; len(rest) > 0 {
		if len(rest) > 4*MaxLineBytes {
			return fmt.Errorf("table: line %d is longer than %d bytes (an unclosed quote?)", c.line+1, 4*MaxLineBytes)
		}
		c.carry = append(c.carry, rest...)
	}
	return nil
}

func (c *csvReader) bad() {
	c.notes.BadRows++
	if c.notes.FirstBad == 0 {
		c.notes.FirstBad = c.line + 1
	}
}

// rowEnd finds the end of the row that starts at pos: the end of its text, the
// start of the next row and how many lines it takes. end is -1 when the row is not complete;
// lines then counts the line ends swallowed by an open quote.
func (c *csvReader) rowEnd(buf []byte, pos int) (end, next, lines int) {
	scan := pos
	quoted := false
	for {
		nl := bytes.IndexByte(buf[scan:], '\n')
		stop := len(buf)
		if nl >= 0 {
			stop = scan + nl
		}
		quoted = openQuote(buf[scan:stop], quoted, c.comma)
		if nl < 0 {
			if quoted {
				return -1, 0, lines
			}
			return -1, 0, 0
		}
		lines++
		if !quoted {
			end = stop
			if end > pos && buf[end-1] == '\r' {
				end--
			}
			return end, stop + 1, lines
		}
		scan = stop + 1
	}
}

// openQuote says whether a quoted cell is still open at the end of the text.
// A quote opens a cell only at its start; elsewhere it is an ordinary character.
func openQuote(text []byte, quoted bool, comma byte) bool {
	i := 0
	for {
		q := bytes.IndexByte(text[i:], '"')
		if q < 0 {
			return quoted
		}
		i += q
		if quoted {
			if i+1 < len(text) && text[i+1] == '"' {
				i += 2
				continue
			}
			quoted = false
		} else if startsCell(text, i, comma) {
			quoted = true
		}
		i++
	}
}

// startsCell says whether only blanks stand between the delimiter before i and i.
func startsCell(text []byte, i int, comma byte) bool {
	for i--; i >= 0; i-- {
		if text[i] == comma {
			return true
		}
		if text[i] != ' ' {
			return false
		}
	}
	return true
}

// splitRow appends the cells of one row. want is the number of cells a row must
// have, -1 for as many as there are. Escaped quotes are removed in place: text only ever shrinks.
func (c *csvReader) splitRow(b *Batch, from, to, want int) {
	cells := 0
	pos := from
	for {
		var s span
		start := pos
		for start < to && b.buf[start] == ' ' {
			start++
		}
		if start < to && b.buf[start] == '"' {
			s, pos = unquote(b.buf, start+1, to, c.comma)
		} else {
			end := to
			if i := bytes.IndexByte(b.buf[pos:to], c.comma); i >= 0 {
				end = pos + i
			}
			s = span{uint32(start), uint32(max(end, start))}
			pos = end
		}
		cells++
		if want < 0 || cells <= want {
			for s.to > s.from && (b.buf[s.to-1] == ' ' || b.buf[s.to-1] == '\t') {
				s.to--
			}
			b.cells = append(b.cells, s)
		}
		if pos >= to {
			break
		}
		pos++ // the delimiter
	}
	if want < 0 {
		return
	}
	if cells > want {
		c.notes.LongRows++
	} else if cells < want {
		c.notes.ShortRows++
		for ; cells < want; cells++ {
			b.cells = append(b.cells, span{uint32(to), uint32(to)})
		}
	}
}

// unquote reads a quoted cell whose text starts at from and returns it with the
// position of the delimiter (or end) behind it.
func unquote(buf []byte, from, to int, comma byte) (span, int) {
	w := from
	i := from
	for i < to {
		if buf[i] == '"' {
			if i+1 < to && buf[i+1] == '"' {
				buf[w] = '"'
				w++
				i += 2
				continue
			}
			i++
			break
		}
		buf[w] = buf[i]
		w++
		i++
	}
	// Whatever stands between the closing quote and the delimiter belongs to the cell in loose files.
	for i < to && buf[i] != comma {
		buf[w] = buf[i]
		w++
		i++
	}
	return span{uint32(from), uint32(w)}, i
}
