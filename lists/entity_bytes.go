package lists

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"

	"bonafide/record"
)

// maxEntityFile bounds a list of entities, unpacked. The largest published one
// (OFAC's ADVANCED_XML) is near 130 MB, OpenSanctions' default near 2 GB.
const maxEntityFile = 4 << 30

// maxField bounds one field or element text of a list.
const maxField = 1 << 20

// bounded gives the plain bytes of a list: gzip unpacked, a byte order mark
// dropped, an error page refused.
func bounded(name string, r io.Reader) (*bufio.Reader, error) {
	br, nested := r.(*bufio.Reader) // recognised before, unpacked already
	if !nested {
		packed := &counted{r: r}
		br = bufio.NewReaderSize(packed, 64<<10)
		l := &limited{r: br, left: maxEntityFile, name: name}
		if head, _ := br.Peek(2); len(head) == 2 && head[0] == 0x1f && head[1] == 0x8b {
			z, err := gzip.NewReader(br)
			if err != nil {
				return nil, record.Invalid(name, "a damaged gzip file")
			}
			l.r, l.packed = z, packed
		}
		br = bufio.NewReaderSize(l, 64<<10)
	}
	var head []byte
	if head, _ = br.Peek(3); bytes.Equal(head, []byte("\ufeff")) {
		br.Discard(3)
	}
	head, err := br.Peek(1024)
	if len(head) == 0 {
		if err != nil && err != io.EOF {
			return nil, damaged(name, err)
		}
		return nil, record.Invalid(name, "an empty file")
	}
	low := bytes.ToLower(bytes.TrimSpace(head))
	for _, sign := range []string{"<!doctype html", "<html", "<head", "<body", "<script"} {
		if bytes.HasPrefix(low, []byte(sign)) {
			return nil, record.Invalid(name, "a web page, not the list: an error page was saved in its place")
		}
	}
	return br, nil
}

// limited stops a stream that grows beyond what a list can be.
type limited struct {
	r      io.Reader
	left   int64
	name   string
	packed *counted // the compressed side of a gzip file
	got    int64
}

// counted counts the bytes that pass.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// A list in XML shrinks to a thirtieth; what shrinks much more is a bomb.
const (
	maxRatio   = 300
	ratioAfter = 16 << 20
)

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, record.Invalid(l.name, "larger than any list")
	}
	if int64(len(p)) > l.left {
		p = p[:l.left]
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	l.got += int64(n)
	if l.packed != nil && l.got > ratioAfter && l.got > maxRatio*l.packed.n {
		return 0, record.Invalid(l.name, "a compressed file that unpacks to far more than any list")
	}
	return n, err
}

// damaged turns a reader's error into one without bytes of the file.
func damaged(name string, err error) error {
	var house *record.Error
	if errors.As(err, &house) {
		return house
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return record.Invalid(name, "it ends before its end: truncated")
	}
	return record.Invalid(name, "damaged")
}

// burst stops one row or element from filling the memory: n counts the bytes
// read since its reader last began one.
type burst struct {
	r    io.Reader
	name string
	n    int
	max  int
}

const (
	maxRow     = 4 << 20
	maxElement = 32 << 20
)

func (b *burst) Read(p []byte) (int, error) {
	if b.n > b.max {
		return 0, record.Invalid(b.name, "one entry larger than any of a list: it is not closed")
	}
	n, err := b.r.Read(p)
	b.n += n
	return n, err
}

// xmlList walks an XML list whose root is one of roots and calls each for the
// elements it names; each must consume its element. It refuses document types,
// so entities cannot be declared at all.
func xmlList(name string, r io.Reader, roots []string, each map[string]func(*xml.Decoder, xml.StartElement) error) error {
	br, err := bounded(name, r)
	if err != nil {
		return err
	}
	in := &burst{r: br, name: name, max: maxElement}
	d := xml.NewDecoder(in)
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		enc, err := htmlindex.Get(label)
		if err != nil {
			return nil, record.Invalid(name, "an unknown character set")
		}
		return enc.NewDecoder().Reader(in), nil
	}
	depth, rooted := 0, false
	for {
		in.n = 0
		t, err := d.Token()
		if err == io.EOF && rooted && depth == 0 {
			return nil
		}
		if err != nil {
			return xmlError(name, d, err)
		}
		switch t := t.(type) {
		case xml.Directive:
			if bytes.Contains(bytes.ToUpper(t), []byte("ENTITY")) || bytes.Contains(t, []byte("[")) {
				return record.Invalid(name, "it declares entities, which no list does")
			}
		case xml.StartElement:
			if !rooted {
				rooted = true
				if !oneOf(t.Name.Local, roots) {
					return record.Invalid(name, "not this list: its root element is not "+strings.Join(roots, " or "))
				}
				if f := each[t.Name.Local]; f != nil { // attributes of the root
					if err := f(nil, t); err != nil {
						return err
					}
				}
				depth = 1
				continue
			}
			if f := each[t.Name.Local]; f != nil {
				if err := f(d, t); err != nil {
					return xmlError(name, d, err)
				}
				continue
			}
			if depth++; depth > 64 {
				return record.Invalid(name, "nested deeper than any list")
			}
		case xml.EndElement:
			depth--
		}
	}
}

func xmlError(name string, d *xml.Decoder, err error) error {
	var house *record.Error
	if errors.As(err, &house) {
		return house
	}
	line, _ := d.InputPos()
	where := lineAt(name, line)
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) && !strings.Contains(syntax.Msg, "unexpected EOF") {
		return record.Invalid(where, "not well-formed XML")
	}
	return damaged(where, io.ErrUnexpectedEOF)
}

func lineAt(name string, line int) string {
	var b [20]byte
	i := len(b)
	for line > 0 {
		i--
		b[i] = byte('0' + line%10)
		line /= 10
	}
	if i == len(b) {
		return name
	}
	return name + ":" + string(b[i:])
}

func oneOf(s string, of []string) bool {
	for _, x := range of {
		if s == x {
			return true
		}
	}
	return false
}

// csvRows reads rows until the end; row is only valid during the call.
func csvRows(name string, br io.Reader, comma rune, each func(line int, row []string) error) error {
	in := &burst{r: br, name: name, max: maxRow}
	c := csv.NewReader(in)
	c.Comma, c.FieldsPerRecord, c.LazyQuotes, c.ReuseRecord = comma, -1, true, true
	for {
		in.n = 0
		row, err := c.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			var parse *csv.ParseError
			if errors.As(err, &parse) {
				return record.Invalid(lineAt(name, parse.Line), "not well-formed CSV")
			}
			return damaged(name, err)
		}
		line, _ := c.FieldPos(0)
		for _, f := range row {
			if len(f) > maxField {
				return record.Invalid(lineAt(name, line), "a field larger than any of a list: a quote is not closed")
			}
			if !utf8.ValidString(f) {
				return record.Invalid(lineAt(name, line), "not UTF-8")
			}
		}
		if err := each(line, row); err != nil {
			return err
		}
	}
}

// header maps column names, lower-case, to their place.
type header map[string]int

func headerFrom(row []string) header {
	h := header{}
	for i, c := range row {
		c = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(c, "\ufeff")))
		if _, twice := h[c]; !twice {
			h[c] = i
		}
	}
	return h
}

// get is the first of the named columns that the row fills.
func (h header) get(row []string, names ...string) string {
	for _, n := range names {
		if i, ok := h[n]; ok && i < len(row) {
			if v := strings.TrimSpace(row[i]); v != "" {
				return v
			}
		}
	}
	return ""
}

func (h header) has(names ...string) bool {
	for _, n := range names {
		if _, ok := h[n]; ok {
			return true
		}
	}
	return false
}

func errNotLegacy(name string) error {
	return record.Invalid(name, "not the columns of OFAC's delimited files")
}
