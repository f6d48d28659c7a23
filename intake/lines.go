package intake

import (
	"bufio"
	"bytes"
	"io"
	"strconv"

	"bonafide/record"
)

// lines cuts a stream at newlines. A line longer than max is read past without
// being kept.
type lines struct {
	name   string
	in     *bufio.Reader
	max    int
	offset int64 // of the next byte
	line   int   // number of the next line, from 1
	long   []byte
}

// raw is the next line with its newline, its whole size, and whether it was
// too long to keep. The line is valid until the next call.
func (l *lines) raw() (line []byte, size int64, cut bool, err error) {
	line, err = l.in.ReadSlice('\n')
	size = int64(len(line))
	if err == bufio.ErrBufferFull {
		l.long = append(l.long[:0], line...)
		for err == bufio.ErrBufferFull {
			line, err = l.in.ReadSlice('\n')
			size += int64(len(line))
			if cut = cut || len(l.long)+len(line) > l.max+2; !cut {
				l.long = append(l.long, line...)
			}
		}
		line = l.long
	}
	if err != nil && err != io.EOF {
		return nil, 0, false, &record.Error{Code: record.CodeUnavailable, Where: l.name, Message: "reading", Err: err}
	}
	if size == 0 {
		return nil, 0, false, io.EOF
	}
	l.offset += size
	l.line++
	return line, size, cut || size > int64(l.max)+2, nil
}

func (l *lines) next() (Item, error) {
	for {
		start, number := l.offset, l.line
		line, size, cut, err := l.raw()
		if err != nil {
			return Item{}, err
		}
		it := Item{Where: place(l.name, number), Offset: start, Length: size}
		if cut {
			it.Problem = record.Invalid(it.Where, tooLong(size, l.max))
			return it, nil
		}
		if it.Raw = chomp(line); blank(it.Raw) {
			continue
		}
		it.Length = int64(len(it.Raw))
		if bytes.IndexByte(it.Raw, 0) >= 0 {
			it.Problem = record.Invalid(it.Where, "NUL bytes in the line")
		}
		return it, nil
	}
}

// chomp is line without its newline.
func chomp(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}

func blank(line []byte) bool {
	for _, b := range line {
		if b != ' ' && b != '\t' && b != '\r' && b != '\n' {
			return false
		}
	}
	return true
}

func place(name string, line int) string { return name + ":" + strconv.Itoa(line) }

func tooLong(size int64, max int) string {
	return "longer than one application may be: " + strconv.FormatInt(size, 10) + " bytes of at most " + strconv.Itoa(max)
}
