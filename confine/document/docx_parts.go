package document

import (
	"encoding/xml"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// officeParts lists what would act or reach out, by the parts there are and
// the relations that leave the file.
func (a *archive) officeParts(r *Result) {
	for _, name := range slices.Sorted(maps.Keys(a.parts)) {
		switch {
		case strings.HasSuffix(name, "vbaproject.bin"), strings.Contains(name, "vbadata"):
			r.act("macro", "", "")
		case strings.Contains(name, "/embeddings/"):
			r.act("embedded-file", "", "")
		case strings.Contains(name, "/activex/"):
			r.act("activex", "", "")
		case strings.HasSuffix(name, ".rels"):
			for _, rel := range a.relations(name) {
				a.relation(r, rel)
			}
		}
	}
}

func (a *archive) relation(r *Result, rel relation) {
	_, kind, _ := cutLast(rel.Type, "/")
	if strings.EqualFold(kind, "aFChunk") {
		r.act("alternate-part", "", "")
	}
	if !strings.EqualFold(rel.External, "External") {
		return
	}
	target := Clean(rel.Target, MaxString, false)
	if strings.EqualFold(kind, "hyperlink") {
		scheme, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(rel.Target)), ":")
		switch scheme {
		case "http", "https", "mailto", "tel":
			r.link(target)
			return
		}
		if !strings.Contains(rel.Target, ":") && !strings.HasPrefix(rel.Target, `\\`) && !strings.HasPrefix(rel.Target, "//") {
			r.link(target) // "www.example.org" or a place in the document
			return
		}
	}
	r.act("outside-"+strings.ToLower(Clean(kind, 40, false)), "", target)
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return "", s, false
}

// officeMetadata reads docProps (ECMA-376 part 2, 11) and the identity that a
// word processor gives a document when it is first saved.
func (a *archive) officeMetadata(m *Metadata) {
	texts(a.part("docProps/core.xml"), func(name, text string) {
		switch name {
		case "title":
			m.Title = text
		case "creator":
			m.Author = text
		case "lastModifiedBy":
			m.LastAuthor = text
		case "created":
			m.Created = timeOf(text)
		case "modified":
			m.Modified = timeOf(text)
		case "revision":
			m.Revisions = small(text)
		}
	})
	texts(a.part("docProps/app.xml"), func(name, text string) {
		switch name {
		case "Template":
			m.Template = text
		case "Company":
			m.Company = text
		case "Application":
			m.madeWith(text)
		case "TotalTime":
			m.Minutes = small(text)
		}
	})
	walkXML(a.part("word/settings.xml"), func(t xml.Token) bool {
		if e, ok := t.(xml.StartElement); ok {
			switch e.Name.Local {
			case "docId":
				if v := attr(e, "val"); m.DocumentID == "" || strings.Contains(v, "-") {
					m.DocumentID = v
				}
			case "rsidRoot":
				m.InstanceID = "rsid:" + attr(e, "val")
			}
		}
		return true
	})
}

func small(s string) int {
	v, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || v < 0 || v > 1e6 {
		return 0
	}
	return v
}

// texts hands over the text of every element that holds text.
func texts(b []byte, visit func(name, text string)) {
	name := ""
	var text strings.Builder
	walkXML(b, func(t xml.Token) bool {
		switch t := t.(type) {
		case xml.StartElement:
			name = t.Name.Local
			text.Reset()
		case xml.CharData:
			if text.Len() < MaxString {
				text.Write(t)
			}
		case xml.EndElement:
			if t.Name.Local == name && text.Len() > 0 {
				visit(name, strings.TrimSpace(text.String()))
			}
			name = ""
			text.Reset()
		}
		return true
	})
}
