package document

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"time"
)

// readXMP takes from a metadata packet (ISO 16684-1) what it says about the
// making of a file. Elements and attributes say the same things there.
func readXMP(b []byte, m *Metadata) {
	if i := bytes.Index(b, []byte("<x:xmpmeta")); i > 0 {
		b = b[i:]
	}
	set := func(space, local, value string) {
		value = strings.TrimSpace(value)
		if value == "" {
			return
		}
		switch {
		case local == "CreatorTool", local == "softwareAgent", local == "Producer":
			m.madeWith(value)
		case local == "DocumentID" && strings.Contains(space, "xap/1.0/mm") && m.DocumentID == "":
			m.DocumentID = value
		case local == "InstanceID" && strings.Contains(space, "xap/1.0/mm") && m.InstanceID == "":
			m.InstanceID = value
		case local == "CreateDate" && m.Created == "":
			m.Created = timeOf(value)
		case local == "ModifyDate" && m.Modified == "":
			m.Modified = timeOf(value)
		case local == "DigitalSourceType", local == "digitalsourcetype":
			if strings.Contains(strings.ToLower(value), "algorithmicmedia") {
				m.madeWith("generated (digital source type)")
			}
		case local == "creator" && m.Author == "":
			m.Author = value
		}
	}
	var open []xml.Name
	walkXML(b, func(t xml.Token) bool {
		switch t := t.(type) {
		case xml.StartElement:
			open = append(open, t.Name)
			for _, a := range t.Attr {
				if a.Name.Local == "DocumentID" && len(open) > 1 && strings.Contains(open[len(open)-1].Local, "DerivedFrom") {
					continue
				}
				if open[len(open)-1].Local == "DerivedFrom" || inside(open, "Ingredients", "Pantry") {
					continue
				}
				if a.Name.Local == "instanceID" {
					continue
				}
				set(a.Name.Space, a.Name.Local, a.Value)
			}
		case xml.EndElement:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		case xml.CharData:
			if inside(open, "DerivedFrom", "Ingredients", "Pantry") {
				return true
			}
			for i := len(open) - 1; i >= 0; i-- {
				if l := open[i].Local; l == "Seq" || l == "li" || l == "Bag" || l == "Alt" {
					continue
				}
				set(open[i].Space, open[i].Local, string(t))
				break
			}
		}
		return true
	})
}

func inside(open []xml.Name, names ...string) bool {
	for _, o := range open {
		for _, n := range names {
			if o.Local == n {
				return true
			}
		}
	}
	return false
}

const (
	maxXMLDepth  = 256
	maxXMLTokens = 4_000_000
)

// walkXML hands over the tokens of bounded XML and says whether it could be
// read to the end. Entities of one's own are an error, as encoding/xml has it:
// nothing is expanded and nothing outside is read.
func walkXML(b []byte, visit func(xml.Token) bool) (whole, limit bool) {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		if strings.EqualFold(label, "utf-16") {
			return in, nil // decoded before
		}
		return nil, io.ErrUnexpectedEOF
	}
	depth := 0
	for n := 0; ; n++ {
		t, err := d.Token()
		if err == io.EOF {
			return true, false
		}
		if err != nil {
			return false, false
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if depth > maxXMLDepth || n > maxXMLTokens {
			return false, true
		}
		if !visit(t) {
			return false, false
		}
	}
}

// timeOf is a time as RFC 3339, "" when it is none. A day without a time, and
// a time without a zone, are taken as UTC.
func timeOf(s string) string {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil && t.Year() > 1900 && t.Year() < 2200 {
			return t.Truncate(time.Second).Format(time.RFC3339)
		}
	}
	return ""
}
