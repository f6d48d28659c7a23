package record

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
)

// EachLine hands over the lines of a text that are not blank, without the mark of
// byte order, each with its place ("file:12"). The first error stops, read's own
// or that of a line longer than longest bytes; none says what a line holds.
func EachLine(r io.Reader, where string, longest int, read func(at string, line []byte) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 4<<10), longest)
	n := 0
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(line) == 0 {
			continue
		}
		if err := read(fmt.Sprintf("%s:%d", where, n), line); err != nil {
			return err
		}
	}
	if lines.Err() != nil {
		return Invalid(fmt.Sprintf("%s:%d", where, n+1), fmt.Sprintf("cannot be read, or the line is longer than %d KiB", longest>>10))
	}
	return nil
}
