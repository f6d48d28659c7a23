package fingerprint

import (
	"bufio"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Index is the fingerprints of a tree of files.
type Index struct{ Files []File }

// File is one file of an index.
type File struct {
	Path string
	Print
}

const (
	indexHead   = "bonafide fingerprints 1"
	longestLine = 16 << 10
	mostFiles   = 5_000_000
)

// Writer writes an index, one line a file: SHA-256, size, words, scale, hashes
// in base64, path; parted by tabs.
type Writer struct{ w *bufio.Writer }

// NewWriter begins an index.
func NewWriter(w io.Writer) (*Writer, error) {
	b := bufio.NewWriter(w)
	_, err := fmt.Fprintln(b, indexHead)
	return &Writer{b}, err
}

// Add writes one file. A path with a line end or a tab in it is quoted.
func (w *Writer) Add(f File) error {
	b := make([]byte, 0, 8*len(f.Hashes))
	for _, h := range f.Hashes {
		b = binary.BigEndian.AppendUint64(b, h)
	}
	path := f.Path
	if strings.ContainsAny(path, "\t\n\r\"") {
		path = strconv.Quote(path)
	}
	_, err := fmt.Fprintf(w.w, "%s\t%d\t%d\t%d\t%s\t%s\n", f.SHA256, f.Size, f.Words, f.Scale, base64.RawStdEncoding.EncodeToString(b), path)
	return err
}

// Close ends the index.
func (w *Writer) Close() error { return w.w.Flush() }

// ReadIndex reads an index, strictly. Errors name the line and never a path.
func ReadIndex(r io.Reader) (*Index, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 4<<10), longestLine)
	if !lines.Scan() || lines.Text() != indexHead {
		return nil, fmt.Errorf("is no index of fingerprints, version 1")
	}
	x := &Index{}
	for n := 2; lines.Scan(); n++ {
		f, err := readFile(lines.Text())
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if len(x.Files) == mostFiles {
			return nil, fmt.Errorf("more than %d files", mostFiles)
		}
		x.Files = append(x.Files, f)
	}
	if lines.Err() != nil {
		return nil, fmt.Errorf("a line is longer than 16 KiB, or cannot be read")
	}
	return x, nil
}

func readFile(line string) (f File, err error) {
	p := strings.SplitN(line, "\t", 6)
	if len(p) != 6 {
		return f, fmt.Errorf("has not six columns")
	}
	size, err1 := strconv.ParseInt(p[1], 10, 64)
	words, err2 := strconv.ParseInt(p[2], 10, 32)
	scale, err3 := strconv.ParseUint(p[3], 10, 8)
	b, err4 := base64.RawStdEncoding.DecodeString(p[4])
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil || size < 0 || words < 0 || scale > 63 || len(b)%8 != 0 || len(b) > 8*most || len(p[0]) != 64 || strings.Trim(p[0], "0123456789abcdef") != "" {
		return f, fmt.Errorf("cannot be read")
	}
	f = File{Path: p[5], Print: Print{SHA256: p[0], Size: size, Words: int(words), Scale: uint8(scale)}}
	if strings.HasPrefix(f.Path, `"`) {
		if f.Path, err = strconv.Unquote(f.Path); err != nil {
			return f, fmt.Errorf("its path cannot be read")
		}
	}
	for ; len(b) > 0; b = b[8:] {
		f.Hashes = append(f.Hashes, binary.BigEndian.Uint64(b))
	}
	if !slices.IsSorted(f.Hashes) {
		return f, fmt.Errorf("its hashes are out of order")
	}
	return f, nil
}
