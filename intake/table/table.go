// Package table turns outside bytes into rows and columns: CSV (any common
// delimiter, ragged rows, mixed encodings), JSON Lines (nested values become
// dotted columns, repeated ones share a cell) and Parquet. It holds no opinion
// about what a column means, never opens a file and never keeps more than one
// batch of rows. To add a format: write a type with Columns, Next and Notes
// next to csv.go and name it in Open.
package table

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// ValueSeparator stands between the values of one cell that holds several
// (a JSON array, a repeated Parquet column): the ASCII unit separator.
const ValueSeparator = '\x1f'

// Limits of what is read. They bound memory, not data: a file may have any number of rows.
const (
	MaxColumns   = 4096
	MaxLineBytes = 4 << 20
	batchBytes   = 1 << 20
)

// Batch is some rows of one file. Cells are views into the batch and are valid
// until the batch is filled again.
type Batch struct {
	Columns int // how many cells a row has
	buf     []byte
	cells   []span
}

type span struct{ from, to uint32 }

// Len is the number of rows.
func (b *Batch) Len() int {
	if b.Columns == 0 {
		return 0
	}
	return len(b.cells) / b.Columns
}

// Cell returns the raw bytes of one cell; empty means missing.
func (b *Batch) Cell(row, column int) []byte {
	s := b.cells[row*b.Columns+column]
	return b.buf[s.from:s.to]
}

// Notes says what was odd about a file, in counts, never in values.
type Notes struct {
	Rows      int
	ShortRows int // rows with fewer cells than the header: the rest counts as missing
	LongRows  int // rows with more cells than the header: the surplus is dropped
	BadRows   int // lines that could not be read at all and were left out
	FirstBad  int // line number of the first bad row, 0 when none
}

// Reader gives the rows of one file in order.
type Reader interface {
	// Columns names the columns seen so far. JSON Lines may learn of more with a later batch.
	Columns() []string
	// Next fills the batch; io.EOF when no rows are left.
	Next(*Batch) error
	Notes() Notes
}

// Open recognises the format by name and first bytes. A Parquet file needs
// at (random access) and its size; the others need only a stream. Gzip and zstd
// streams are unpacked.
func Open(name string, at io.ReaderAt, size int64) (Reader, error) {
	head := make([]byte, 4)
	n, err := at.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("table %s: %w", name, err)
	}
	if n == 4 && string(head) == "PAR1" {
		return openParquet(at, size)
	}
	return OpenStream(name, io.NewSectionReader(at, 0, size))
}

// OpenStream is Open for CSV and JSON Lines without random access.
func OpenStream(name string, r io.Reader) (Reader, error) {
	in := bufio.NewReaderSize(r, 1<<20)
	lower := strings.ToLower(name)
	head, _ := in.Peek(4)
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("table %s: gzip: %w", name, err)
		}
		return OpenStream(strings.TrimSuffix(lower, ".gz"), z)
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(in, zstd.WithDecoderMaxMemory(256<<20), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, fmt.Errorf("table %s: zstd: %w", name, err)
		}
		return OpenStream(strings.TrimSuffix(lower, ".zst"), z.IOReadCloser())
	case bytes.HasPrefix(head, []byte("PAR1")):
		return nil, fmt.Errorf("table %s: a Parquet file cannot be read from a pipe", name)
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		dec := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		return OpenStream(name, transform.NewReader(in, dec))
	case bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}):
		in.Discard(3)
	}
	if strings.HasSuffix(lower, ".jsonl") || strings.HasSuffix(lower, ".ndjson") || strings.HasSuffix(lower, ".json") || firstByte(in) == '{' {
		return newJSONLines(in), nil
	}
	return newCSV(in)
}

// firstByte peeks past white space without consuming anything.
func firstByte(in *bufio.Reader) byte {
	head, _ := in.Peek(64)
	head = bytes.TrimLeft(head, " \t\r\n")
	if len(head) == 0 {
		return 0
	}
	return head[0]
}
