package intake

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bonafide/record"
)

// CSV with a header (RFC 4180, and what spreadsheets make of it): comma,
// semicolon, tab or bar; UTF-8 or Windows-1252; quoted cells may hold
// newlines. A row whose number of cells differs from the header's is refused,
// the others are read.

// maxColumns bounds the header.
const maxColumns = 4096

// table tries to read the stream as a table. It reports false when it is none;
// r.mapping is then set if it looks like one whose columns tell us nothing. An
// error is about the caller's Map.
func (r *Reader) table(s stream, skipped int64) (bool, error) {
	if !isText(firstLine(s.head), MaxName) {
		return false, nil
	}
	t := tableOf(s, r.o)
	if t == nil {
		return false, nil
	}
	r.mapping = t.mapping()
	known := false
	for _, c := range t.columns {
		known = known || c.put != nil
	}
	if !known || len(t.columns) == 1 && len(r.o.Map) == 0 && parseResume(plainText(s.head)).headings > 0 {
		return false, nil
	}
	if err := t.mapped(); err != nil {
		return false, err
	}
	r.format = "csv"
	split := &rows{lines: lines{name: s.name, in: s.in, max: r.o.MaxLine, offset: skipped, line: 1}, delimiter: t.delimiter}
	for range t.before + 1 { // what stands before the header, and the header
		if _, err := split.next(); err != nil {
			return false, nil
		}
	}
	r.split = split
	r.decode = t.decode
	return true, nil
}

// mapped checks the caller's Map: its columns are there and its paths are ours.
func (t *table) mapped() error {
	for _, name := range slices.Sorted(maps.Keys(t.o.Map)) {
		path, _ := splitOrder(t.o.Map[name])
		path, _ = splitPath(path)
		if path != "" && putter(path) == nil {
			return record.Invalid(t.name, "the column map leads to "+t.o.Map[name]+", which a table cannot fill")
		}
		if !slices.ContainsFunc(t.columns, func(c column) bool { return c.name == name }) {
			return record.Invalid(t.name, "the column map names a column the table does not have: "+name)
		}
	}
	return nil
}

// table is one table with what its beginning told.
type table struct {
	o         Options
	name      string
	delimiter byte
	before    int // rows before the header: "sep=;"
	utf8      bool
	ansi      bool // Windows-1252; neither: each row tells
	columns   []column
}

type column struct {
	name    string
	path    string
	index   int
	guessed bool
	put     func(a *record.Application, c cell) bool
	order   dayOrder
}

// tableOf looks at the beginning of a stream; nil when it has no header.
func tableOf(s stream, o Options) *table {
	var best *table
	var bestScore int
	for _, delimiter := range []byte{',', ';', '\t', '|'} {
		t := &table{o: o, name: s.name, delimiter: delimiter}
		switch {
		case !validStart(s.head, s.all):
			t.ansi = true
		case !ascii(s.head):
			t.utf8 = true
		}
		sample := t.sample(s)
		if len(sample) > 0 && len(sample[0]) <= 2 && strings.HasPrefix(strings.ToLower(sample[0][0]), "sep=") {
			t.before, sample = 1, sample[1:]
		}
		if len(sample) == 0 || len(sample[0]) > maxColumns {
			continue
		}
		t.header(sample[0], sample[1:])
		if score := t.score(sample); score > bestScore {
			best, bestScore = t, score
		}
	}
	return best
}

// score says how much a table this looks: columns whose names are known count
// most, then rows that have as many cells as the header.
func (t *table) score(sample [][]string) int {
	known := 0
	for _, c := range t.columns {
		if c.put != nil {
			known++
		}
	}
	alike := 0
	for _, row := range sample[1:] {
		if len(row) == len(sample[0]) {
			alike++
		}
	}
	switch {
	case len(t.columns) == 1 && t.columns[0].guessed && !loneColumns[t.columns[0].path]:
		return 0
	case known == 0 && (alike == 0 || alike*2 < len(sample)-1):
		return 0
	case len(sample) > 3 && alike == 0:
		return 0 // a first line with commas in it, over prose
	}
	return 1 + known*1000 + alike + min(len(t.columns), 100)
}

// loneColumns may be the only column of a table; any other single word at the
// top is a heading of a text.
var loneColumns = map[string]bool{"id": true, "emails": true, "phones": true, "person.name": true}

// sample are the first rows, as far as they lie whole in the beginning.
func (t *table) sample(s stream) [][]string {
	split := rows{lines: lines{in: bufio.NewReaderSize(bytes.NewReader(s.head), 64<<10), max: len(s.head), line: 1}, delimiter: t.delimiter}
	var sample [][]string
	for len(sample) < 200 {
		it, err := split.next()
		if err != nil || !s.all && it.Offset+it.Length >= int64(len(s.head)) {
			break
		}
		if it.Problem == nil {
			cells, err := t.cells(it.Raw)
			if err != nil {
				break
			}
			sample = append(sample, cells)
		}
	}
	return sample
}

// decode makes an application of the bytes of a row.
func (t *table) decode(raw []byte, it Item) (*record.Application, error) {
	cells, err := t.cells(raw)
	if err != nil {
		return nil, at(it.Where, err)
	}
	for len(cells) > len(t.columns) && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) != len(t.columns) {
		return nil, record.Invalid(it.Where, strconv.Itoa(len(cells))+" cells where the header has "+strconv.Itoa(len(t.columns)))
	}
	a := new(record.Application)
	var unended []int // positions whose end cannot be read
	for i, c := range t.columns {
		text := strings.TrimSpace(cells[i])
		if text == "" {
			continue
		}
		if c.put != nil && c.put(a, cell{text: text, column: c.name, index: c.index, order: c.order}) {
			continue
		}
		if c.path == "received_at" {
			return nil, record.Invalid(it.Where, "received_at: not a date we can read, or one that could be two different days (map its column to received_at:dmy or received_at:mdy)")
		}
		if c.path == "resume.work.end" {
			unended = append(unended, c.index)
		}
		name := c.name
		if name == "" {
			name = "column " + strconv.Itoa(i+1)
		}
		keepText(a, name, cells[i])
	}
	for _, i := range unended { // not "to this day", but undated: see putSpan
		if w := nth(&a.Resume.Work, i); w.Start != "" {
			keepText(a, "resume.work["+strconv.Itoa(i)+"].start", string(w.Start))
			w.Start = ""
		}
	}
	t.finish(a, raw)
	if err := tidy(a); err != nil {
		return nil, at(it.Where, err)
	}
	return a, nil
}

// finish fills what a row may lack.
func (t *table) finish(a *record.Application, raw []byte) {
	a.Person.Name = strings.Join(strings.Fields(a.Person.Name), " ")
	if a.Source == "" {
		if a.Source = t.o.Source; a.Source == "" {
			a.Source = "csv"
		}
	}
	if a.ID == "" {
		sum := sha256.Sum256(raw)
		a.ID = "row-" + hex.EncodeToString(sum[:6])
	}
	if a.ReceivedAt.IsZero() {
		a.ReceivedAt = t.o.Received
	}
	for i := range a.TaxIDs {
		if a.TaxIDs[i].Country == "" {
			a.TaxIDs[i].Country = a.Person.Address.Country
		}
	}
	for i := range a.Sessions {
		a.Sessions[i].Kind, a.Sessions[i].At = "apply", a.ReceivedAt
	}
}
