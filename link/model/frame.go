package model

import (
	"errors"
	"fmt"
	"strings"
	"sync"
)

// Frame is a table made ready for linking: one code per field and record, row by row.
type Frame struct {
	Fields     []Field
	Dicts      []*Dict
	Sources    []string
	Notes      []string // what was decided about the columns
	rows       int
	chunks     [][]uint32 // codes, rowsPerChunk rows each
	source     []uint16
	ids        idStore
	multi      []bool       // field holds several values in one cell somewhere
	partner    []int        // field it may be swapped with, or -1
	swap       [][]uint32   // per field with a partner: its codes in the partner's dictionary, 0 when absent there
	words      []*wordValue // of fields of several words
	prose      []prose      // of fields of running text
	blockBytes int64        // most the sorting of one rule may take, 0: what it needs
	RepeatID   int          // records whose id another record of the same source also has
}

const rowsPerChunk = 1 << 15

// Rows is the number of records.
func (f *Frame) Rows() int { return f.rows }

// Row returns the codes of a record, one per field.
func (f *Frame) Row(r uint32) []uint32 {
	n := len(f.Fields)
	at := int(r%rowsPerChunk) * n
	return f.chunks[r/rowsPerChunk][at : at+n : at+n]
}

// Source is the number of the file a record came from.
func (f *Frame) Source(r uint32) int { return int(f.source[r]) }

// ID is the record's own name: the id column, or its row number counted from 1.
func (f *Frame) ID(r uint32) []byte { return f.ids.at(r) }

// idStore keeps ids one after another, in pieces so that growing never copies.
type idStore struct {
	scratch Scratch
	pieces  [][]byte
	ends    [][]uint32
}

func (s *idStore) add(id []byte) {
	n := len(s.ends)
	if n == 0 || len(s.ends[n-1]) == rowsPerChunk {
		if n > 0 && s.scratch != nil { // a full piece may leave the heap
			if room, err := s.scratch.Bytes(len(s.pieces[n-1])); err == nil {
				copy(room, s.pieces[n-1])
				s.pieces[n-1] = room
			}
		}
		s.ends = append(s.ends, make([]uint32, 0, rowsPerChunk))
		s.pieces = append(s.pieces, make([]byte, 0, rowsPerChunk*8))
		n++
	}
	s.pieces[n-1] = append(s.pieces[n-1], id...)
	s.ends[n-1] = append(s.ends[n-1], uint32(len(s.pieces[n-1])))
}

func (s *idStore) at(r uint32) []byte {
	ends, piece := s.ends[r/rowsPerChunk], s.pieces[r/rowsPerChunk]
	from := uint32(0)
	if i := r % rowsPerChunk; i > 0 {
		from = ends[i-1]
	}
	return piece[from:ends[r%rowsPerChunk]]
}

// Cells is one batch of raw rows. Cell bytes may be reused after the call.
type Cells interface {
	Len() int
	Cell(row, column int) []byte
}

// BuildOptions says what of a table is linked.
type BuildOptions struct {
	ID     string   // column with the record id, "" for the row number
	Ignore []string // columns that are not looked at
	Fields []Field  // nil: recognise from the columns; else exactly these (from a model)
	Sample int      // rows looked at before deciding, 0: 20,000
	// Scratch, when given, holds the codes, the values and the ids outside the heap.
	Scratch Scratch
	// BlockBytes bounds the memory for sorting records by one rule; 0: as much as it needs.
	BlockBytes int64
}

// Scratch gives zeroed room that need not stay in memory, such as a mapped file.
type Scratch interface {
	Bytes(n int) ([]byte, error)
	Words(n int) ([]uint32, error)
}

// Builder collects rows into a Frame. Not safe for concurrent use.
type Builder struct {
	opt     BuildOptions
	frame   *Frame
	columns []string       // all columns of all sources, by first sight
	number  map[string]int // lower-case name → place in columns
	held    []heldRow      // rows kept raw until the fields are decided
	inputs  [][]int        // per field, places in columns
	here    []int          // columns of the current source → places in columns, for the batch
	where   []int          // place in columns → column of the current source, -1 when absent
	idCol   int            // of the current source, -1 none
	source  int
	sawID   bool
	scratch [2][]byte
}

type heldRow struct {
	source int
	cells  [][]byte // by place in columns
	id     []byte
}

// NewBuilder starts an empty frame.
func NewBuilder(opt BuildOptions) *Builder {
	if opt.Sample <= 0 {
		opt.Sample = 20_000
	}
	return &Builder{opt: opt, frame: &Frame{blockBytes: opt.BlockBytes, ids: idStore{scratch: opt.Scratch}}, number: map[string]int{}, source: -1}
}

// Source begins the rows of one file.
func (b *Builder) Source(name string) error {
	if len(b.frame.Sources) >= 1<<16-1 {
		return errors.New("model: too many files")
	}
	b.frame.Sources = append(b.frame.Sources, name)
	b.source++
	b.here = nil
	return nil
}

// Columns names the columns of the batches that follow. It may be called again with more columns at the end.
func (b *Builder) Columns(names []string) {
	for i := len(b.here); i < len(names); i++ {
		key := strings.ToLower(strings.TrimSpace(names[i]))
		at, ok := b.number[key]
		if !ok {
			at = len(b.columns)
			b.number[key] = at
			b.columns = append(b.columns, names[i])
		}
		b.here = append(b.here, at)
	}
	b.idCol = -1
	b.where = make([]int, len(b.columns))
	for i := range b.where {
		b.where[i] = -1
	}
	for i, at := range b.here {
		b.where[at] = i
		if b.opt.ID != "" && strings.EqualFold(strings.TrimSpace(names[i]), b.opt.ID) {
			b.idCol = i
		}
	}
}

// Append adds the rows of a batch.
func (b *Builder) Append(c Cells) error {
	if b.opt.ID != "" && b.idCol < 0 {
		return fmt.Errorf("model: %s has no column %q (it has: %s)", b.frame.Sources[b.source], b.opt.ID, strings.Join(b.columns, ", "))
	}
	if b.frame.Fields == nil && b.opt.Fields == nil {
		n := c.Len()
		for r := range n {
			row := heldRow{source: b.source, cells: make([][]byte, len(b.columns))}
			for i, at := range b.here {
				row.cells[at] = append([]byte(nil), c.Cell(r, i)...)
			}
			if b.idCol >= 0 {
				row.id = append([]byte(nil), c.Cell(r, b.idCol)...)
			}
			b.held = append(b.held, row)
		}
		if len(b.held) >= b.opt.Sample {
			return b.decide()
		}
		return nil
	}
	if b.frame.Fields == nil {
		if err := b.decide(); err != nil {
			return err
		}
	}
	return b.encode(c)
}

// Frame finishes and returns what was collected.
func (b *Builder) Frame() (*Frame, error) {
	if b.frame.Fields == nil {
		if err := b.decide(); err != nil {
			return nil, err
		}
	}
	f := b.frame
	if f.rows == 0 {
		return nil, errors.New("model: no rows")
	}
	f.multi = make([]bool, len(f.Fields))
	for i, d := range f.Dicts {
		f.multi[i] = f.Fields[i].Kind != Date && indexByte(d.bytes, valueSeparator)
	}
	f.words, f.prose = make([]*wordValue, len(f.Fields)), make([]prose, len(f.Fields))
	for i, field := range f.Fields {
		switch field.Kind {
		case Words:
			f.words[i] = newWordValue(f.Dicts[i])
		case Prose:
			f.prose[i] = newProse(f.Dicts[i])
		}
	}
	f.swap = make([][]uint32, len(f.Fields))
	for i, p := range f.partner {
		if p < 0 {
			continue
		}
		f.swap[i] = make([]uint32, f.Dicts[i].Len()+1)
		for code := 1; code < len(f.swap[i]); code++ {
			f.swap[i][code] = f.Dicts[p].find(f.Dicts[i].Value(uint32(code)))
		}
	}
	for i, d := range f.Dicts {
		d.table = nil // no more values come
		switch f.Fields[i].Kind {
		case Text, Code, Phone, Email:
			if !f.multi[i] {
				d.fillBags()
			}
		}
		if b.opt.Scratch != nil {
			if err := d.move(b.opt.Scratch); err != nil {
				return nil, err
			}
		}
	}
	return f, nil
}

func indexByte(b []byte, c byte) bool {
	for _, x := range b {
		if x == c {
			return true
		}
	}
	return false
}

// decide fixes the fields and replays the rows held back.
func (b *Builder) decide() error {
	if b.opt.Fields != nil {
		if err := b.useFields(b.opt.Fields); err != nil {
			return err
		}
	} else if err := b.chooseFields(); err != nil {
		return err
	}
	held := b.held
	b.held = nil
	for start := 0; start < len(held); start += 4096 {
		end := min(start+4096, len(held))
		b.encodeRows(end-start,
			func(r, at int) []byte {
				if cells := held[start+r].cells; at < len(cells) {
					return cells[at]
				}
				return nil
			},
			func(r int) (int, []byte) { return held[start+r].source, held[start+r].id })
	}
	return nil
}

// useFields takes the fields of a model. Columns are only known once rows came, so Columns must have been called.
func (b *Builder) useFields(fields []Field) error {
	f := b.frame
	for _, field := range fields {
		var in []int
		var missing []string
		for _, name := range field.Inputs {
			at, ok := b.number[strings.ToLower(strings.TrimSpace(name))]
			if !ok {
				missing = append(missing, name)
				continue
			}
			in = append(in, at)
		}
		if len(in) == 0 || len(missing) > 0 && len(field.Inputs) == 1 {
			return fmt.Errorf("model: field %q reads column %q, which no file has (columns: %s)",
				field.Name, strings.Join(missing, ", "), strings.Join(b.columns, ", "))
		}
		b.inputs = append(b.inputs, in)
	}
	f.Fields = append([]Field(nil), fields...)
	b.wire()
	return nil
}

// wire makes dictionaries and finds the partners of fields that may be swapped.
func (b *Builder) wire() {
	f := b.frame
	f.Dicts = make([]*Dict, len(f.Fields))
	f.partner = make([]int, len(f.Fields))
	for i := range f.Fields {
		f.Dicts[i] = newDict()
		f.partner[i] = -1
	}
	for i := range f.Fields {
		for j := range f.Fields {
			if i != j && f.Fields[i].Cross == f.Fields[j].Name && f.Fields[i].Cross != "" {
				f.partner[i] = j
			}
		}
	}
}

func (b *Builder) encode(c Cells) error {
	b.encodeRows(c.Len(),
		func(r, at int) []byte {
			if i := b.where[at]; i >= 0 {
				return c.Cell(r, i)
			}
			return nil
		},
		func(r int) (int, []byte) {
			if b.idCol >= 0 {
				return b.source, c.Cell(r, b.idCol)
			}
			return b.source, nil
		})
	return nil
}

// encodeRows codes n rows. Two workers share the fields; each field's codes depend on its own rows only, so the result does not depend on timing.
func (b *Builder) encodeRows(n int, cell func(row, place int) []byte, about func(row int) (int, []byte)) {
	f := b.frame
	first := f.rows
	for r := range n {
		s, id := about(r)
		if b.opt.ID == "" {
			id = fmt.Appendf(nil, "%d", f.rows+1)
		}
		f.source = append(f.source, uint16(s))
		f.ids.add(id)
		if f.rows%rowsPerChunk == 0 {
			f.chunks = append(f.chunks, b.room(rowsPerChunk*len(f.Fields)))
		}
		f.rows++
	}
	work := func(w int) {
		buf := b.scratch[w]
		var joined []byte
		for i := w; i < len(f.Fields); i += 2 {
			field, dict := &f.Fields[i], f.Dicts[i]
			width := len(f.Fields)
			for r := range n {
				var raw []byte
				if in := b.inputs[i]; len(in) == 1 {
					raw = cell(r, in[0])
				} else {
					joined = joined[:0]
					for k, at := range in {
						v := cell(r, at)
						if isNothing(v) {
							continue
						}
						if len(joined) > 0 {
							if k < field.Joined {
								joined = append(joined, ' ')
							} else {
								joined = append(joined, valueSeparator)
							}
						}
						joined = append(joined, v...)
					}
					raw = joined
				}
				if buf = field.normal(buf[:0], raw); len(buf) == 0 {
					continue
				}
				code := dict.code(buf)
				dict.Count[code]++
				row := first + r
				f.chunks[row/rowsPerChunk][row%rowsPerChunk*width+i] = code
			}
		}
		b.scratch[w] = buf
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { defer wg.Done(); work(1) }()
	work(0)
	wg.Wait()
}

// room gives space for codes; without scratch, or when it fails, from the heap.
func (b *Builder) room(n int) []uint32 {
	if b.opt.Scratch != nil {
		if w, err := b.opt.Scratch.Words(n); err == nil {
			return w
		}
	}
	return make([]uint32, n)
}
