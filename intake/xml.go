package intake

import (
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"bonafide/record"
)

// XML as a tree of elements without name spaces, small enough to be looked at
// twice: once for what a reader knows, once for the rest.

// Bounds of one document.
const (
	mostElements = 50_000
	mostXMLText  = 4 << 20 // bytes of text in all
)

type element struct {
	name  string
	text  string
	bytes []byte // of the text, while it is being read
	attrs map[string]string
	kids  []*element
	read  bool // somebody took its text
}

func isXML(text []byte) bool {
	return bytes.HasPrefix(text, []byte("<?xml")) || bytes.HasPrefix(text, []byte("<Candidate")) || bytes.HasPrefix(text, []byte("<SkillsPassport"))
}

// readXML reads one document: UTF-8, no document type, nothing after its end.
// Errors name the line, never a name or a text of the document.
func readXML(raw []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errXMLCharset }
	bad := func(why string) error {
		line, _ := d.InputPos()
		return record.Invalid("line "+strconv.Itoa(line), why)
	}
	top := &element{}
	open := []*element{top}
	elements, text := 0, 0
	for {
		t, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, bad("not well-formed XML in UTF-8")
		}
		now := open[len(open)-1]
		switch t := t.(type) {
		case xml.Directive:
			return nil, bad("a document type, which is not read")
		case xml.StartElement:
			if elements++; elements > mostElements || len(open) > MaxDepth || len(open) == 1 && len(top.kids) > 0 {
				return nil, bad("more than one document, or more or deeper elements than allowed")
			}
			e := &element{name: t.Name.Local}
			for _, a := range t.Attr[:min(len(t.Attr), 32)] {
				if e.attrs == nil {
					e.attrs = map[string]string{}
				}
				e.attrs[a.Name.Local] = a.Value
			}
			now.kids = append(now.kids, e)
			open = append(open, e)
		case xml.EndElement:
			now.text, now.bytes = strings.TrimSpace(string(now.bytes)), nil
			open = open[:len(open)-1]
		case xml.CharData:
			if text += len(t); text > mostXMLText && now.name != embeddedData {
				return nil, bad("more text than allowed")
			}
			if len(open) > 1 && now.name != embeddedData {
				now.bytes = append(now.bytes, t...)
			}
		}
	}
	if len(top.kids) == 0 {
		return nil, bad("no element in it")
	}
	return top.kids[0], nil
}

// embeddedData is a picture inside a document; it is not kept.
const embeddedData = "EmbeddedData"

var errXMLCharset = record.Invalid("", "XML that is not UTF-8")

// find is the first element at a path, an empty one where there is none.
func (e *element) find(path ...string) *element {
	for _, name := range path {
		next := &element{}
		for _, k := range e.kids {
			if k.name == name {
				next = k
				break
			}
		}
		e = next
	}
	return e
}

// all are the elements at a path, through every branch.
func (e *element) all(path ...string) []*element {
	found := []*element{e}
	for _, name := range path {
		var next []*element
		for _, f := range found {
			for _, k := range f.kids {
				if k.name == name {
					next = append(next, k)
				}
			}
		}
		found = next
	}
	return found
}

// take is the text at a path, which then counts as read.
func (e *element) take(path ...string) string {
	at := e.find(path...)
	at.read = true
	return at.text
}

// rest calls see for every text that nobody took, with its path.
func (e *element) rest(path string, see func(path, text string)) {
	if !e.read && e.text != "" {
		see(path, e.text)
	}
	count := map[string]int{}
	for _, k := range e.kids {
		at := join(path, k.name)
		if n := count[k.name]; n > 0 {
			at += "[" + strconv.Itoa(n) + "]"
		}
		count[k.name]++
		k.rest(at, see)
	}
}
