package document

import (
	"bytes"
	"strconv"
)

// The objects of a PDF (ISO 32000-1, 7.3): nil, bool, float64, pdfName,
// pdfString, pdfArray, pdfDict, *pdfStream, pdfRef, and operator in contents.
type (
	pdfName   string
	pdfString string
	pdfArray  []any
	pdfDict   map[pdfName]any
	pdfRef    struct{ num, gen int }
	operator  string
	pdfStream struct {
		dict pdfDict
		raw  []byte
	}
)

const (
	maxDepth    = 48      // arrays and dictionaries inside each other
	maxElements = 200_000 // of one array or dictionary
)

// lexer reads objects from bytes and never fails: what is no object is skipped.
type lexer struct {
	b       []byte
	at      int
	tooDeep bool
	budget  int // objects still allowed
}

func newLexer(b []byte, at int) *lexer { return &lexer{b: b, at: at, budget: 4_000_000} }

func space(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func delimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

func (l *lexer) skip() {
	for l.at < len(l.b) {
		c := l.b[l.at]
		if c == '%' {
			for l.at < len(l.b) && l.b[l.at] != '\n' && l.b[l.at] != '\r' {
				l.at++
			}
			continue
		}
		if !space(c) {
			return
		}
		l.at++
	}
}

func (l *lexer) peek(s string) bool { return bytes.HasPrefix(l.b[min(l.at, len(l.b)):], []byte(s)) }

// next is the next object; ok is false at the end.
func (l *lexer) next(depth int) (v any, ok bool) {
	l.skip()
	if l.budget--; l.at >= len(l.b) || l.budget < 0 {
		return nil, false
	}
	switch c := l.b[l.at]; {
	case c == '/':
		return l.name(), true
	case c == '(':
		return l.literal(), true
	case l.peek("<<"):
		return l.dict(depth), true
	case c == '<':
		return l.hex(), true
	case c == '[':
		return l.array(depth), true
	case c == ']' || c == ')' || c == '{' || c == '}':
		l.at++
		return operator(c), true
	case c == '>':
		l.at++
		if l.peek(">") {
			l.at++
			return operator(">>"), true
		}
		return operator(">"), true
	}
	from := l.at
	for l.at < len(l.b) && !space(l.b[l.at]) && !delimiter(l.b[l.at]) {
		l.at++
	}
	return word(string(l.b[from:l.at])), true
}

func word(s string) any {
	switch s {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	if c := s[0]; c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' {
		if v, err := strconv.ParseFloat(s, 64); err == nil && v > -1e15 && v < 1e15 {
			return v
		}
	}
	return operator(s)
}

func (l *lexer) name() pdfName {
	l.at++
	var out []byte
	for l.at < len(l.b) && !space(l.b[l.at]) && !delimiter(l.b[l.at]) {
		c := l.b[l.at]
		if c == '#' && l.at+2 < len(l.b) {
			if v, err := strconv.ParseUint(string(l.b[l.at+1:l.at+3]), 16, 8); err == nil {
				c, l.at = byte(v), l.at+2
			}
		}
		out = append(out, c)
		l.at++
	}
	return pdfName(out)
}

func (l *lexer) literal() pdfString {
	l.at++
	var out []byte
	for open := 1; l.at < len(l.b); l.at++ {
		c := l.b[l.at]
		switch c {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				l.at++
				return pdfString(out)
			}
		case '\\':
			if l.at++; l.at >= len(l.b) {
				return pdfString(out)
			}
			switch c = l.b[l.at]; c {
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			case 't':
				c = '\t'
			case 'b':
				c = '\b'
			case 'f':
				c = '\f'
			case '\r':
				if l.at+1 < len(l.b) && l.b[l.at+1] == '\n' {
					l.at++
				}
				continue
			case '\n':
				continue
			default:
				if c >= '0' && c <= '7' {
					v := 0
					for n := 0; n < 3 && l.at < len(l.b) && l.b[l.at] >= '0' && l.b[l.at] <= '7'; n++ {
						v = v*8 + int(l.b[l.at]-'0')
						l.at++
					}
					l.at--
					c = byte(v)
				}
			}
		}
		out = append(out, c)
	}
	return pdfString(out)
}

func (l *lexer) hex() pdfString {
	l.at++
	var out []byte
	high, half := byte(0), false
	for ; l.at < len(l.b); l.at++ {
		c := l.b[l.at]
		var v byte
		switch {
		case c == '>':
			l.at++
			if half {
				out = append(out, high<<4)
			}
			return pdfString(out)
		case c >= '0' && c <= '9':
			v = c - '0'
		case c >= 'a' && c <= 'f':
			v = c - 'a' + 10
		case c >= 'A' && c <= 'F':
			v = c - 'A' + 10
		default:
			continue
		}
		if half {
			out = append(out, high<<4|v)
		}
		high, half = v, !half
	}
	return pdfString(out)
}

func (l *lexer) array(depth int) pdfArray {
	l.at++
	if depth >= maxDepth {
		l.tooDeep = true
		l.at = len(l.b)
		return nil
	}
	var out pdfArray
	for {
		v, ok := l.next(depth + 1)
		if !ok || v == operator("]") || len(out) >= maxElements {
			return out
		}
		if v == operator("endobj") || v == operator("endstream") {
			l.at -= len(v.(operator))
			return out
		}
		out = join(out, v)
	}
}

// join adds an object and turns "12 0 R" into a reference.
func join(out []any, v any) []any {
	if v == operator("R") && len(out) >= 2 {
		num, ok1 := out[len(out)-2].(float64)
		gen, ok2 := out[len(out)-1].(float64)
		if ok1 && ok2 && num >= 0 && num < 1<<31 && gen >= 0 && gen < 1<<31 {
			return append(out[:len(out)-2], pdfRef{int(num), int(gen)})
		}
	}
	return append(out, v)
}

func (l *lexer) dict(depth int) pdfDict {
	l.at += 2
	if depth >= maxDepth {
		l.tooDeep = true
		l.at = len(l.b)
		return nil
	}
	var items []any
	for {
		v, ok := l.next(depth + 1)
		if !ok || v == operator(">>") || len(items) >= maxElements {
			break
		}
		if v == operator("endobj") || v == operator("stream") {
			l.at -= len(v.(operator))
			break
		}
		items = join(items, v)
	}
	d := make(pdfDict, len(items)/2)
	for i := 0; i+1 < len(items); {
		key, ok := items[i].(pdfName)
		if !ok {
			i++
			continue
		}
		if _, twice := d[key]; !twice {
			d[key] = items[i+1]
		}
		i += 2
	}
	return d
}
