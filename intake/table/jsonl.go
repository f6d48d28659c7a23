package table

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonLines reads one JSON object per line. Nested objects give dotted names,
// members of arrays share their array's name, and values that repeat within a
// record are joined by ValueSeparator in one cell.
type jsonLines struct {
	in      *bufio.Reader
	columns []string
	number  map[string]int
	line    int
	rows    int
	notes   Notes
	dec     *jsontext.Decoder
	row     [][]byte // by column, of the line being read
	long    []byte
}

const maxJSONDepth = 16

func newJSONLines(in *bufio.Reader) *jsonLines {
	return &jsonLines{in: in, number: map[string]int{}}
}

func (j *jsonLines) Columns() []string { return j.columns }
func (j *jsonLines) Notes() Notes      { return j.notes }

func (j *jsonLines) Next(b *Batch) error {
	b.buf, b.cells = b.buf[:0], b.cells[:0]
	var rows [][]span
	for len(b.buf) < batchBytes && len(rows) < 1<<15 {
		line, err := j.readLine()
		if err == io.EOF && len(bytes.TrimSpace(line)) == 0 {
			break
		}
		if err != nil && err != io.EOF {
			return err
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		before := len(j.columns)
		if !j.parse(line) {
			j.columns = j.columns[:before]
			for name, at := range j.number {
				if at >= before {
					delete(j.number, name)
				}
			}
			j.notes.BadRows++
			if j.notes.FirstBad == 0 {
				j.notes.FirstBad = j.line
			}
			continue
		}
		cells := make([]span, len(j.columns))
		for i := range cells {
			if i < len(j.row) && len(j.row[i]) > 0 {
				from := len(b.buf)
				b.buf = append(b.buf, j.row[i]...)
				cells[i] = span{uint32(from), uint32(len(b.buf))}
			}
		}
		rows = append(rows, cells)
	}
	if len(rows) == 0 {
		if j.rows == 0 && j.notes.BadRows > 0 {
			return fmt.Errorf("table: no line is a JSON object (first bad line %d)", j.notes.FirstBad)
		}
		return io.EOF
	}
	b.Columns = len(j.columns)
	for _, cells := range rows {
		b.cells = append(b.cells, cells...)
		b.cells = append(b.cells, make([]span, b.Columns-len(cells))...)
	}
	j.rows += len(rows)
	j.notes.Rows = j.rows
	return nil
}

func (j *jsonLines) readLine() ([]byte, error) {
	j.long = j.long[:0]
	for {
		part, err := j.in.ReadSlice('\n')
		if len(j.long)+len(part) > MaxLineBytes {
			return nil, fmt.Errorf("table: line %d is longer than %d bytes", j.line+1, MaxLineBytes)
		}
		if err == bufio.ErrBufferFull {
			j.long = append(j.long, part...)
			continue
		}
		j.line++
		if len(j.long) > 0 {
			j.long = append(j.long, part...)
			part = j.long
		}
		return part, err
	}
}

// parse reads one line into j.row; false when it is not an object.
func (j *jsonLines) parse(line []byte) bool {
	for i := range j.row {
		j.row[i] = j.row[i][:0]
	}
	opts := []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}
	if j.dec == nil {
		j.dec = jsontext.NewDecoder(bytes.NewReader(line), opts...)
	} else {
		j.dec.Reset(bytes.NewReader(line), opts...)
	}
	if j.dec.PeekKind() != '{' {
		return false
	}
	return j.value("", 0) && j.dec.PeekKind() == 0
}

func (j *jsonLines) value(path string, depth int) bool {
	if depth > maxJSONDepth {
		return j.dec.SkipValue() == nil
	}
	switch j.dec.PeekKind() {
	case '{':
		if _, err := j.dec.ReadToken(); err != nil {
			return false
		}
		for j.dec.PeekKind() != '}' {
			name, err := j.dec.ReadToken()
			if err != nil {
				return false
			}
			child := name.String()
			if path != "" {
				child = path + "." + child
			}
			if !j.value(strings.Clone(child), depth+1) {
				return false
			}
		}
		_, err := j.dec.ReadToken()
		return err == nil
	case '[':
		if _, err := j.dec.ReadToken(); err != nil {
			return false
		}
		for j.dec.PeekKind() != ']' {
			if !j.value(path, depth+1) {
				return false
			}
		}
		_, err := j.dec.ReadToken()
		return err == nil
	}
	token, err := j.dec.ReadToken()
	if err != nil {
		return false
	}
	if token.Kind() == 'n' {
		return true
	}
	at, ok := j.number[path]
	if !ok {
		if len(j.columns) >= MaxColumns {
			return true
		}
		at = len(j.columns)
		j.number[path] = at
		j.columns = append(j.columns, path)
	}
	for len(j.row) <= at {
		j.row = append(j.row, nil)
	}
	text := []byte(token.String())
	if cell := j.row[at]; len(cell) > 0 {
		if slices.Contains(strings.Split(string(cell), string(ValueSeparator)), string(text)) {
			return true
		}
		j.row[at] = append(j.row[at], ValueSeparator)
	}
	j.row[at] = append(j.row[at], text...)
	return true
}
