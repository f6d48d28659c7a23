package intake

import (
	"bufio"
	"bytes"
	"errors"
	"path"
	"strings"
	"unicode/utf8"

	"bonafide/record"
)

// stream is an input of which the beginning has been looked at.
type stream struct {
	name string
	id   string // for a format without ids
	in   *bufio.Reader
	head []byte // from the cursor on
	all  bool   // head is everything
}

// open chooses the format by content.
func (s stream) open(o Options) (*Reader, error) {
	var skipped int
	if bytes.HasPrefix(s.head, []byte("\xef\xbb\xbf")) {
		skipped, _ = s.in.Discard(3)
		s.head = s.head[3:]
	}
	r := &Reader{o: o, files: []string{s.name}}
	if what := foreign(s.head); what != "" {
		return nil, record.Invalid(s.name, what)
	}
	if bytes.Contains(s.head, []byte(",Connected On")) || bytes.HasPrefix(s.head, []byte("CONVERSATION ID,")) {
		return nil, record.Invalid(s.name, "whom somebody knows or wrote to on LinkedIn, which is other people's: hand in the whole archive, of which only their own tables are read")
	}
	text := bytes.TrimLeft(s.head, " \t\r\n")
	switch {
	case len(text) == 0 && s.all:
		r.format = "jsonl" // nothing in it: no application, no error
		r.split = &lines{name: s.name, in: s.in, max: o.MaxLine, offset: int64(skipped), line: 1}
		r.decode = r.decodeJSON("", -1)
	case len(text) > 0 && (text[0] == '{' || text[0] == '[') || s.objectLines():
		kind := kindOf(firstObject(text))
		r.format = kind.format
		if kind.format == "github-events" && len(text) > 0 && text[0] == '[' {
			r.whole(s, int64(skipped), 1, decodeGitHubEvents)
			break
		}
		if s.isLines(text) {
			r.split = &lines{name: s.name, in: s.in, max: o.MaxLine, offset: int64(skipped), line: 1}
			r.decode = r.decodeJSON("", -1)
			break
		}
		whole := int64(skipped + len(s.head) - len(text)) // where a value begins that is the whole file
		r.split = &values{name: s.name, in: s.in, max: o.MaxLine, offset: int64(skipped), line: 1}
		if kind.format == "jsonl" {
			r.format = "json"
		}
		r.decode = r.decodeJSON(s.id, whole)
	case isXML(text):
		r.format = "europass"
		r.whole(s, int64(skipped), 0, decodeEuropass)
	default:
		is, err := r.table(s, int64(skipped))
		if err != nil {
			return nil, err
		}
		if !is && !r.text(s, int64(skipped)) {
			if r.mapping != nil {
				return nil, record.Invalid(s.name, "a table, but no column is one we know; name them with a column map")
			}
			return nil, record.Invalid(s.name, "not a format we read")
		}
	}
	return r, nil
}

// foreign names content that is not text, with what to do.
func foreign(head []byte) string {
	for _, magic := range []struct{ start, what string }{
		{"\x1f\x8b", "gzip; unpack it first"},
		{"\x28\xb5\x2f\xfd", "zstd; unpack it first"},
		{"\xff\xfe", "UTF-16; turn it into UTF-8 first"},
		{"\xfe\xff", "UTF-16; turn it into UTF-8 first"},
		{"%PDF", "a PDF; extract its text first"},
		{"PK\x03\x04", "a ZIP or Office file; save it as text or CSV first"},
		{"\xd0\xcf\x11\xe0", "an old Office file; save it as text or CSV first"},
		{"PAR1", "a Parquet table; export it as CSV or JSONL first"},
		{"SQLite format 3", "a database; export it as CSV or JSONL first"},
		{"{\\rtf", "an RTF document; save it as text first"},
	} {
		if bytes.HasPrefix(head, []byte(magic.start)) {
			return magic.what
		}
	}
	return ""
}

// firstObject is where the first application of a JSON text seems to begin.
func firstObject(text []byte) []byte {
	v := values{in: bufio.NewReaderSize(bytes.NewReader(text), max(16, len(text))), max: len(text)}
	for range 8 {
		it, err := v.next()
		if err != nil {
			break
		}
		if it.Offset < int64(len(text)) && text[it.Offset] == '{' {
			return text[it.Offset:]
		}
	}
	return text
}

// isLines reports whether a text that begins with JSON holds one value a line.
func (s stream) isLines(text []byte) bool {
	line, rest, more := bytes.Cut(text, []byte{'\n'})
	line = bytes.TrimRight(line, " \t\r")
	next := bytes.TrimLeft(rest, " \t\r\n")
	open := byte(0)
	if len(next) > 0 {
		open = next[0]
	}
	switch {
	case text[0] != '{' && text[0] != '[':
		return true // something else first, then lines of objects
	case isPage(text):
		return false
	case complete(line) && open == 0 && s.all:
		return line[0] == '{' && kindOf(line).format == "jsonl" // one value in one line is a file of its own elsewhere
	case complete(line):
		return line[0] == '{' || open == '{' && complete(firstLine(next))
	case !more:
		return line[0] == '{' && !s.all // an object longer than we can see
	case line[len(line)-1] == ',' && text[0] == '{' && open == '{':
		return true // a line that was cut behind a comma, then a whole one
	case strings.IndexByte("{[,:", line[len(line)-1]) >= 0:
		return false
	}
	return open == '{'
}

// isPage reports whether an object is a page of an API, with a list in it.
func isPage(text []byte) bool {
	scan := scanner{page: true}
	_, stop := scan.feed(text)
	return stop == atList
}

func firstLine(b []byte) []byte {
	line, _, _ := bytes.Cut(b, []byte{'\n'})
	return bytes.TrimRight(line, " \t\r")
}

// complete reports whether line is one JSON object or list and nothing else.
func complete(line []byte) bool {
	if len(line) == 0 || line[0] != '{' && line[0] != '[' {
		return false
	}
	scan := scanner{}
	n, stop := scan.feed(line)
	return stop == atEnd && n == len(line)
}

// objectLines reports whether a text that begins with something else goes on
// with one JSON object a line: a log with a damaged beginning.
func (s stream) objectLines() bool {
	objects, others := 0, 0
	for rest := s.head; len(rest) > 0 && objects+others < 100; {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte{'\n'})
		line = bytes.TrimSpace(line)
		switch {
		case complete(line) && line[0] == '{':
			objects++
		case len(line) > 0:
			others++
		}
	}
	return objects > 0 && objects >= others
}

// isText reports whether at most one byte in most is a control character
// other than white space: text, or something else with text in it.
func isText(b []byte, most int) bool {
	control := 0
	for _, c := range b {
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' || c == 0x7f {
			control++
		}
	}
	return control <= len(b)/most
}

// validStart is like utf8.Valid for a text that may be cut in a character.
func validStart(b []byte, all bool) bool {
	for n := 0; n < utf8.UTFMax && !all; n++ {
		if len(b) > n && utf8.Valid(b[:len(b)-n]) {
			return true
		}
	}
	return utf8.Valid(b)
}

// baseName is the name of a file without folders and without its last
// extensions (.json, .resume.json).
func baseName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "-" || name == "." || name == "/" || name == "standard input" {
		return "stdin"
	}
	for _, ext := range []string{".gz", ".zst", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".txt", ".md", ".text", ".xml", ".resume", ".cv"} {
		name = strings.TrimSuffix(name, ext)
	}
	return name
}

// at puts the place in front of the field of an error.
func at(where string, err error) error {
	var e *record.Error
	if err == nil || !errors.As(err, &e) {
		return err
	}
	placed := *e
	if placed.Where != "" {
		placed.Message = placed.Where + ": " + placed.Message
	}
	placed.Where = where
	return &placed
}
