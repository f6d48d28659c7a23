package intake

import (
	"bufio"
	"bytes"
	"io"

	"bonafide/record"
)

// values cuts a stream of JSON values into items: the objects at the top, the
// elements of lists at the top, and the elements of the list in a page of an
// API ({"data":[…],"next":…}). It follows brackets and quotes only; whether a
// value is good JSON is decided when it is decoded.
type values struct {
	name   string
	in     *bufio.Reader
	max    int
	offset int64
	line   int
	stack  []byte // what is open around the cursor: '[' a list, '{' a page
	buf    []byte
	done   bool
}

// maxLists is how many lists may lie around an application.
const maxLists = 4

func (v *values) next() (Item, error) {
	for !v.done {
		c, err := v.peek()
		if err == io.EOF {
			v.done = true
			if len(v.stack) > 0 {
				return v.broken(v.offset, v.line, "the list of applications breaks off here"), nil
			}
			break
		}
		if err != nil {
			return Item{}, err
		}
		inPage := len(v.stack) > 0 && v.stack[len(v.stack)-1] == '{'
		switch {
		case inPage && c != '}':
			// members of a page around its list: read past, unless another list comes
			if entered, err := v.object(1, nil); err != nil || entered {
				if err != nil {
					return Item{}, err
				}
			}
		case c == ',' && len(v.stack) > 0:
			v.skip(1)
		case c == ']' || c == '}':
			if len(v.stack) == 0 || v.stack[len(v.stack)-1] != c-2 {
				return v.garbage()
			}
			v.stack = v.stack[:len(v.stack)-1]
			v.skip(1)
		case c == '[' && len(v.stack) < maxLists:
			v.stack = append(v.stack, '[')
			v.skip(1)
		case c == '{' || c == '[':
			it := Item{Where: place(v.name, v.line), Offset: v.offset}
			entered, err := v.object(0, &it)
			if err != nil {
				return Item{}, err
			}
			if !entered {
				return it, nil
			}
		default:
			return v.garbage()
		}
	}
	return Item{}, io.EOF
}

// peek is the next byte that is not white space.
func (v *values) peek() (byte, error) {
	for {
		b, err := v.in.Peek(1)
		if err == io.EOF {
			return 0, io.EOF
		}
		if err != nil {
			return 0, &record.Error{Code: record.CodeUnavailable, Where: v.name, Message: "reading", Err: err}
		}
		switch b[0] {
		case ' ', '\t', '\r', '\n':
			v.skip(1)
		default:
			return b[0], nil
		}
	}
}

func (v *values) skip(n int) {
	b, _ := v.in.Peek(n)
	v.line += bytes.Count(b, []byte{'\n'})
	v.offset += int64(len(b))
	v.in.Discard(len(b))
}

func (v *values) broken(offset int64, line int, why string) Item {
	where := place(v.name, line)
	return Item{Where: where, Offset: offset, Length: v.offset - offset, Problem: record.Invalid(where, why)}
}

// garbage reads past what is no object, to the next byte at which one may begin.
func (v *values) garbage() (Item, error) {
	offset, line := v.offset, v.line
	quoted := false
	for first := true; ; first = false {
		b, err := v.in.Peek(1)
		if err != nil {
			break
		}
		c := b[0]
		if !first && !quoted && (c == '{' || c == '[' || c == ',' || c == ']' && len(v.stack) > 0) || c == '\n' {
			break
		}
		if c == '"' {
			quoted = !quoted
		}
		v.skip(1)
	}
	return v.broken(offset, line, "not a JSON object"), nil
}

// pageNames are the members under which the APIs we read put their list.
// notPage are members no page has: an object with one of them before the list
// is itself an application (or an event), not a page.
var (
	pageNames = names{"data": true, "results": true, "candidates": true, "opportunities": true, "resumes": true}
	notPage   = names{"id": true, "action": true, "event": true, "received_at": true, "basics": true, "name": true,
		"first_name": true, "work": true}
)

// object reads one value from its opening bracket (depth 0), or the rest of a
// page (depth 1, it nil). entered says that the value turned out to be a page
// and the cursor stands in front of its list's first element; then nothing of
// it is kept. At the end of a page, the cursor stands on its closing bracket.
func (v *values) object(depth int, it *Item) (entered bool, err error) {
	v.buf = v.buf[:0]
	var (
		scan   = scanner{depth: depth, page: v.page(), key: depth == 1}
		size   int64
		resume = depth == 1
	)
	for {
		if _, err := v.in.Peek(1); err != nil {
			if err != io.EOF {
				return false, &record.Error{Code: record.CodeUnavailable, Where: v.name, Message: "reading", Err: err}
			}
			if it != nil {
				it.Length = size
				it.Problem = record.Invalid(it.Where, "the object that begins here breaks off")
			}
			return false, nil
		}
		chunk, _ := v.in.Peek(v.in.Buffered())
		n, stop := scan.feed(chunk)
		if resume && stop == atEnd {
			n-- // the closing bracket of the page is next's to see
		}
		if it != nil && size+int64(n) <= int64(v.max) {
			v.buf = append(v.buf, chunk[:n]...)
		}
		size += int64(n)
		v.skip(n)
		switch stop {
		case atEnd:
			if it != nil {
				it.Length, it.Raw = size, v.buf
				if size > int64(v.max) {
					it.Raw, it.Problem = nil, record.Invalid(it.Where, tooLong(size, v.max))
				}
			}
			return false, nil
		case atList:
			if !resume {
				v.stack = append(v.stack, '{')
			}
			v.stack = append(v.stack, '[')
			return true, nil
		}
	}
}

// page reports whether an object that begins here may be a page.
func (v *values) page() bool { return len(v.stack) < maxLists }

type stop int

const (
	goOn   stop = iota
	atEnd       // the value is complete
	atList      // behind the opening bracket of a page's list
)

// scanner follows one JSON value byte by byte.
type scanner struct {
	depth  int
	quoted bool
	escape bool
	page   bool   // may still turn out to be a page
	key    bool   // at depth 1, a member name comes next
	inKey  bool   // inside a member name at depth 1
	name   []byte // the member name at depth 1, as far as it matters
	colon  bool   // behind the colon of a member at depth 1, before its value
}

// feed reads b and says how many bytes were used and why it stopped.
func (s *scanner) feed(b []byte) (int, stop) {
	for i := 0; i < len(b); i++ {
		c := b[i]
		if s.quoted {
			if !s.inKey && !s.escape && c != '\\' && c != '"' { // most bytes are here
				next := bytes.IndexByte(b[i:], '"')
				if next < 0 {
					next = len(b) - i
				}
				if slash := bytes.IndexByte(b[i:i+next], '\\'); slash >= 0 {
					next = slash
				}
				i += next - 1
				continue
			}
			switch {
			case s.escape:
				s.escape = false
			case c == '\\':
				s.escape = true
			case c == '"':
				s.quoted = false
				if s.inKey {
					s.inKey = false
					s.page = s.page && !notPage[string(s.name)]
				}
			}
			if s.inKey && len(s.name) < 32 {
				s.name = append(s.name, c)
			}
			continue
		}
		switch c {
		case ' ', '\t', '\r', '\n':
			continue
		case '"':
			s.quoted = true
			if s.depth == 1 && s.key {
				s.inKey, s.key, s.name = true, false, s.name[:0]
			}
		case ':':
			if s.depth == 1 {
				s.colon = true
				continue
			}
		case ',':
			s.key = s.depth == 1
		case '{', '[':
			if s.colon && s.page && s.depth == 1 && c == '[' && pageNames[string(s.name)] {
				return i + 1, atList
			}
			s.depth++
			s.key = s.depth == 1 && c == '{'
		case '}', ']':
			s.depth--
			if s.depth <= 0 {
				return i + 1, atEnd
			}
		}
		s.colon = false
	}
	return len(b), goOn
}
