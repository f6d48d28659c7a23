package table

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// parquetReader reads the leaf columns of a Parquet file, a batch of rows at a time.
type parquetReader struct {
	file    *parquet.File
	columns []string
	format  []func(parquet.Value) string
	groups  []parquet.RowGroup
	rows    parquet.Rows
	buf     []parquet.Row
	notes   Notes
}

func openParquet(at io.ReaderAt, size int64) (r Reader, err error) {
	// The library reports some damage by panicking; a damaged file is an answer here, not a crash.
	defer func() {
		if recover() != nil {
			r, err = nil, errors.New("table: the Parquet file is damaged")
		}
	}()
	f, err := parquet.OpenFile(at, size)
	if err != nil {
		return nil, fmt.Errorf("table: Parquet: %w", err)
	}
	p := &parquetReader{file: f, groups: f.RowGroups(), buf: make([]parquet.Row, 1024)}
	for _, path := range f.Schema().Columns() {
		leaf, ok := f.Schema().Lookup(path...)
		if !ok {
			return nil, errors.New("table: the Parquet schema names a column it does not have")
		}
		var name []string
		for _, part := range path {
			if part != "list" && part != "element" && part != "item" {
				name = append(name, part)
			}
		}
		p.columns = append(p.columns, strings.Join(name, "."))
		p.format = append(p.format, formatOf(leaf.Node))
	}
	if len(p.columns) > MaxColumns {
		return nil, fmt.Errorf("table: %d columns, at most %d are read", len(p.columns), MaxColumns)
	}
	return p, nil
}

// formatOf turns dates and times into ISO text; everything else prints as it is.
func formatOf(n parquet.Node) func(parquet.Value) string {
	if t := n.Type().LogicalType(); t != nil {
		switch v := t.Value.(type) {
		case *format.DateType:
			return func(v parquet.Value) string {
				return time.Unix(int64(v.Int32())*86400, 0).UTC().Format("2006-01-02")
			}
		case *format.TimestampType:
			perSecond := int64(1000)
			switch v.Unit.Value.(type) {
			case *format.MicroSeconds:
				perSecond = 1_000_000
			case *format.NanoSeconds:
				perSecond = 1_000_000_000
			}
			return func(v parquet.Value) string {
				return time.Unix(v.Int64()/perSecond, 0).UTC().Format("2006-01-02")
			}
		}
	}
	return func(v parquet.Value) string {
		if k := v.Kind(); k == parquet.ByteArray || k == parquet.FixedLenByteArray {
			return string(v.ByteArray())
		}
		return v.String()
	}
}

func (p *parquetReader) Columns() []string { return p.columns }
func (p *parquetReader) Notes() Notes      { return p.notes }

func (p *parquetReader) Next(b *Batch) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("table: the Parquet file is damaged")
		}
	}()
	for {
		if p.rows == nil {
			if len(p.groups) == 0 {
				return io.EOF
			}
			p.rows = p.groups[0].Rows()
			p.groups = p.groups[1:]
		}
		n, err := p.rows.ReadRows(p.buf)
		if n > 0 {
			p.fill(b, p.buf[:n])
			return nil
		}
		p.rows.Close()
		p.rows = nil
		if err != nil && err != io.EOF {
			return fmt.Errorf("table: Parquet, after row %d: %w", p.notes.Rows, err)
		}
	}
}

func (p *parquetReader) fill(b *Batch, rows []parquet.Row) {
	b.Columns = len(p.columns)
	b.buf, b.cells = b.buf[:0], b.cells[:0]
	cells := make([]string, b.Columns)
	for _, row := range rows {
		clear(cells)
		for _, v := range row {
			at := v.Column()
			if v.IsNull() || at < 0 || at >= len(cells) {
				continue
			}
			text := p.format[at](v)
			if cells[at] != "" {
				text = cells[at] + string(ValueSeparator) + text
			}
			cells[at] = text
		}
		for _, text := range cells {
			from := len(b.buf)
			b.buf = append(b.buf, strings.TrimSpace(text)...)
			b.cells = append(b.cells, span{uint32(from), uint32(len(b.buf))})
		}
	}
	p.notes.Rows += len(rows)
}
