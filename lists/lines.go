package lists

import (
	"bytes"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"bonafide/record"
)

// Bounds of what is read: a longer line is a broken row, more rows than this
// are not a list.
const (
	maxLine = 64 << 10
	maxRows = 20 << 20
)

// lineOf says where in a file.
func lineOf(name string, line int) string { return name + ":" + strconv.Itoa(line) }

// lines are the rows of a text list with their numbers from 1: without byte
// order mark, line ends, surrounding blanks, empty lines and comments (#, ;, //
// at the start of a line, # after a blank).
func lines(b []byte) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
		for n := 1; len(b) > 0; n++ {
			var line []byte
			line, b, _ = bytes.Cut(b, []byte("\n"))
			if len(line) > maxLine {
				line = line[:maxLine]
			}
			s := string(bytes.TrimSpace(line))
			if s == "" || s[0] == '#' || s[0] == ';' || strings.HasPrefix(s, "//") {
				continue
			}
			if i := strings.Index(s, " #"); i > 0 {
				s = strings.TrimSpace(s[:i])
			} else if i := strings.Index(s, "\t#"); i > 0 {
				s = strings.TrimSpace(s[:i])
			}
			if !yield(n, s) {
				return
			}
		}
	}
}

// notAList says what stands in place of a list, if that can be told: an error
// page is the usual answer of a publisher whose address has moved.
func notAList(name string, b []byte) error {
	head := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(b[:min(len(b), 1024)], []byte("\xef\xbb\xbf"))))
	switch {
	case len(head) == 0:
		return record.Invalid(name, "the file is empty")
	case bytes.HasPrefix(head, []byte("<!doctype html")), bytes.HasPrefix(head, []byte("<html")), bytes.Contains(head, []byte("<head>")),
		bytes.Contains(head, []byte("<html")):
		return record.Invalid(name, "an HTML page stands in place of the list")
	case bytes.HasPrefix(b, []byte{0x1f, 0x8b}), bytes.HasPrefix(b, []byte("PK\x03\x04")), bytes.HasPrefix(b, []byte("\x28\xb5\x2f\xfd")),
		bytes.HasPrefix(b, []byte("BZh")), bytes.HasPrefix(b, []byte("\xfd7zXZ")):
		return record.Invalid(name, "the file is compressed; unpack it first")
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return record.Invalid(name, "the file is UTF-16; a list must be UTF-8")
	}
	return nil
}

// isText reports whether bytes look like text: no NUL, and UTF-8 or a
// one-byte character set.
func isText(b []byte) bool {
	head := b[:min(len(b), 4096)]
	return !bytes.ContainsRune(head, 0) && (utf8.Valid(head) || len(head) == 4096 || !bytes.ContainsRune(head, utf8.RuneError))
}
