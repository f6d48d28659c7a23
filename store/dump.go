package store

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"bonafide/record"
)

// A dump is every row of every tenant, the same from either engine: a magic
// line, then blocks: 'T' a tenant, 'S' a table with its columns, 'R' a row, 'E'
// the end with the number of rows. Values: 0 null, 1 integer, 2 text, 3 bytes.
// What is sealed stays sealed: a dump opens nothing, and without the key file
// nothing in it can be opened.

const dumpMagic = "bonafide dump 1\n"

// tables in the order in which their rows may come. A test compares the list
// with the schema.
var tables = []string{
	"tenants", "tenant_keys", "subject_keys", "subjects", "applications", "results", "profiles", "link_keys", "edges", "terms", "events", "event_blocks", "event_keys",
	"files", "file_parts", "cases", "decisions", "notes", "tasks", "requests", "entries", "entries_waiting", "checkpoints", "answers", "outbox",
	"jobs", "job_lines", "users", "sessions", "api_keys", "passkeys", "tokens", "settings", "policies", "playbooks", "webhook_changes", "erasures", "revocations", "clocks",
	"holds", "closed_keys", "cursors", "lookups",
}

// Dump writes everything and says how many rows. Each tenant is one moment.
func (s *Store) Dump(ctx context.Context, w io.Writer) (rows int64, err error) {
	out := &dumper{w: bufio.NewWriterSize(w, 1<<16)}
	out.w.WriteString(dumpMagic)
	var all []Tenant
	err = s.View(ctx, record.Machine(House), func(t *Tx) (err error) {
		all, err = t.Tenants()
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, tenant := range all {
		err := s.View(ctx, record.Machine(tenant.ID), func(t *Tx) error {
			out.block('T')
			out.text(tenant.ID)
			for _, table := range tables {
				if err := out.table(t, table); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return 0, err
		}
	}
	out.block('E')
	out.number(out.rows)
	if out.err == nil {
		out.err = out.w.Flush()
	}
	return out.rows, out.err
}

type dumper struct {
	w    *bufio.Writer
	rows int64
	err  error
	buf  [binary.MaxVarintLen64]byte
}

func (d *dumper) write(b []byte) {
	if d.err == nil {
		_, d.err = d.w.Write(b)
	}
}
func (d *dumper) block(kind byte)         { d.write([]byte{kind}) }
func (d *dumper) number(n int64)          { d.write(d.buf[:binary.PutVarint(d.buf[:], n)]) }
func (d *dumper) text(s string)           { d.number(int64(len(s))); d.write([]byte(s)) }
func (d *dumper) tagged(k byte, b []byte) { d.block(k); d.number(int64(len(b))); d.write(b) }

func (d *dumper) table(t *Tx, table string) error {
	order := ""
	if table == "decisions" {
		order = " order by proposed, id" // an appeal after what it appeals
	}
	var values, dest []any
	head := func(columns []string) {
		d.block('S')
		d.text(table)
		d.number(int64(len(columns)))
		for _, c := range columns {
			d.text(c)
		}
		values, dest = make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			dest[i] = &values[i]
		}
	}
	text := strings.Replace("select * from "+table+" where tenant = $1"+order, "$", t.conn.hole(), 1)
	return t.store.engine.translate(t.conn.whole(t.ctx, text, []any{t.tenant}, head, func(row scan) error {
		if err := row(dest...); err != nil {
			return err
		}
		d.block('R')
		d.rows++
		for _, v := range values {
			switch v := v.(type) {
			case nil:
				d.block(0)
			case int64:
				d.block(1)
				d.number(v)
			case string:
				d.tagged(2, []byte(v))
			case []byte:
				d.tagged(3, v)
			default:
				return &record.Error{Code: record.CodeInternal, Where: table, Message: fmt.Sprintf("a value of type %T cannot be dumped", v)}
			}
		}
		return d.err
	}))
}

// hole is the sign before a parameter's number.
func (c *conn) hole() string {
	if c.numbers {
		return "?"
	}
	return "$"
}

const (
	valueMost = 80 << 20 // bytes of one value of a dump
	loadMost  = 500      // rows of one transaction, about
)

// Load reads a dump into a store that is empty and says how many rows. Anything
// else than a whole dump is an error, and then the store is of no use.
func (s *Store) Load(ctx context.Context, r io.Reader) (rows int64, err error) {
	in := &loader{r: bufio.NewReaderSize(r, 1<<16)}
	magic := make([]byte, len(dumpMagic))
	if _, err := io.ReadFull(in.r, magic); err != nil || string(magic) != dumpMagic {
		return 0, record.Invalid("dump", "not a dump of bonafide")
	}
	var tenant, table string
	var columns []string
	var pending [][]any
	flush := func() error {
		if len(pending) == 0 {
			return nil
		}
		err := s.engine.update(ctx, tenant, func(c *conn) error { return insertRows(ctx, c, table, columns, pending) })
		rows += int64(len(pending))
		pending = pending[:0]
		return s.engine.translate(err)
	}
	for {
		kind, err := in.r.ReadByte()
		if err != nil {
			return rows, errDump
		}
		if kind != 'R' {
			if err := flush(); err != nil {
				return rows, err
			}
		}
		switch kind {
		case 'T':
			tenant, table = in.text(200), ""
		case 'S':
			table = in.text(100)
			n := in.number()
			if in.err != nil || !slices.Contains(tables, table) || n < 1 || n > 100 {
				return rows, errDump
			}
			columns = make([]string, n)
			for i := range columns {
				columns[i] = in.text(100)
				if strings.Trim(columns[i], "abcdefghijklmnopqrstuvwxyz_0123456789") != "" {
					return rows, errDump
				}
			}
		case 'R':
			if table == "" || tenant == "" {
				return rows, errDump
			}
			row := make([]any, len(columns))
			for i := range row {
				row[i] = in.value()
			}
			if at := slices.Index(columns, "tenant"); at < 0 || row[at] != any(tenant) {
				return rows, errDump // a row may not slip into another tenant
			}
			if in.err == nil {
				pending = append(pending, row)
			}
			if size := len(pending); size >= loadMost || size > 0 && table == "file_parts" && size >= 16 {
				if err := flush(); err != nil {
					return rows, err
				}
			}
		case 'E':
			n := in.number()
			if _, err := in.r.ReadByte(); in.err != nil || n != rows || !errors.Is(err, io.EOF) {
				return rows, errDump
			}
			return rows, nil
		default:
			return rows, errDump
		}
		if in.err != nil {
			return rows, errDump
		}
	}
}

var errDump = record.Invalid("dump", "cut short or altered")

func insertRows(ctx context.Context, c *conn, table string, columns []string, rows [][]any) error {
	per := max(1, 900/len(columns))
	for len(rows) > 0 {
		n := min(per, len(rows))
		var q strings.Builder
		q.WriteString("insert into " + table + " (" + strings.Join(columns, ", ") + ") values ")
		var args []any
		for i, row := range rows[:n] {
			if i > 0 {
				q.WriteByte(',')
			}
			for j, v := range row {
				args = append(args, v)
				fmt.Fprintf(&q, "%c%s%d", "(,"[min(j, 1)], c.hole(), len(args))
			}
			q.WriteByte(')')
		}
		if err := c.bare(context.WithoutCancel(ctx), q.String(), args); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

type loader struct {
	r   *bufio.Reader
	err error
}

func (l *loader) number() int64 {
	n, err := binary.ReadVarint(l.r)
	if err != nil && l.err == nil {
		l.err = err
	}
	return n
}

// bytes reads a length and as many bytes, growing as they come: a length that
// lies costs nothing.
func (l *loader) bytes(most int64) []byte {
	n := l.number()
	if l.err == nil && (n < 0 || n > most) {
		l.err = errDump
	}
	if l.err != nil {
		return nil
	}
	b, err := io.ReadAll(io.LimitReader(l.r, n))
	if err == nil && int64(len(b)) != n {
		err = io.ErrUnexpectedEOF
	}
	l.err = err
	return b
}

func (l *loader) text(most int64) string { return string(l.bytes(most)) }

func (l *loader) value() any {
	if l.err != nil {
		return nil
	}
	kind, err := l.r.ReadByte()
	if err != nil {
		l.err = err
		return nil
	}
	switch kind {
	case 0:
		return nil
	case 1:
		return l.number()
	case 2:
		return string(l.bytes(valueMost))
	case 3:
		b := l.bytes(valueMost)
		if b == nil {
			b = []byte{}
		}
		return b
	}
	l.err = errDump
	return nil
}
