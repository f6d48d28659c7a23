package document

import (
	"bytes"
	"net/url"
	"strings"
)

// active lists what would act when the file is opened, wherever in the file it
// stands: an object that no page uses today is used by another reader.
func (f *pdfFile) active(r *Result) {
	n := 0
	f.each(func(num int, v any) {
		if n++; n > maxObjects*2 {
			f.partial = true
			return
		}
		d, _ := v.(pdfDict)
		if s, ok := v.(*pdfStream); ok {
			d = s.dict
		}
		f.actions(r, d, 0)
	})
	f.actions(r, f.trailer, 0)
}

var annotationKinds = map[string]string{"RichMedia": "rich-media", "3D": "3d", "Movie": "movie", "Sound": "sound", "Screen": "screen", "FileAttachment": "embedded-file"}

// actions looks at one dictionary and at those that stand inside it.
func (f *pdfFile) actions(r *Result, d pdfDict, depth int) {
	if d == nil || depth > 12 {
		return
	}
	if _, has := d["JS"]; has {
		r.act("javascript", "", "")
	}
	kind := f.name(d["S"])
	switch kind {
	case "JavaScript":
		r.act("javascript", "", "")
	case "Launch":
		r.act("launch", "", Clean(f.text(firstOf(d, "F", "Win")), MaxString, false))
	case "SubmitForm":
		r.act("submit-form", "", Clean(f.text(d["F"]), MaxString, false))
	case "ImportData":
		r.act("import-data", "", "")
	case "GoToR", "GoToE", "Thread":
		if kind != "Thread" || d["F"] != nil {
			r.act("open-other-file", "", Clean(f.text(d["F"]), MaxString, false))
		}
	case "Rendition", "Movie", "Sound", "GoTo3DView", "RichMediaExecute":
		r.act("media", "", kind)
	case "URI":
		f.address(r, d)
	}
	if v, has := d["XFA"]; has && f.value(v) != nil {
		r.act("xfa-form", "", "")
	}
	if v, has := d["AA"]; has && len(f.dict(v)) > 0 {
		r.act("additional-actions", "", "")
	}
	if open := f.value(d["OpenAction"]); open != nil {
		if a, ok := open.(pdfDict); ok && f.name(a["S"]) != "GoTo" {
			r.act("open-action", "", f.name(a["S"]))
		}
	}
	names := f.dict(d["Names"])
	if f.dict(names["JavaScript"]) != nil || d["JavaScript"] != nil && depth > 0 {
		r.act("javascript", "", "")
	}
	if names["EmbeddedFiles"] != nil || f.name(d["Type"]) == "EmbeddedFile" || f.dict(d["EF"]) != nil {
		r.act("embedded-file", "", "")
	}
	if word := annotationKinds[f.name(d["Subtype"])]; word != "" && (d["Rect"] != nil || f.name(d["Type"]) == "Annot") {
		r.act(word, "", "")
	}
	for _, key := range keys(d) {
		switch v := d[key].(type) {
		case pdfDict:
			f.actions(r, v, depth+1)
		case pdfArray:
			for _, e := range v[:min(len(v), 2000)] {
				if inner, ok := e.(pdfDict); ok {
					f.actions(r, inner, depth+1)
				}
			}
		}
	}
}

// address: a link to the web, to a mail address or a telephone is what résumés
// have; any other scheme acts.
func (f *pdfFile) address(r *Result, d pdfDict) {
	raw := strings.TrimSpace(f.text(d["URI"]))
	u, err := url.Parse(raw)
	if err == nil {
		switch strings.ToLower(u.Scheme) {
		case "", "http", "https", "mailto", "tel":
			r.link(Clean(raw, MaxString, false))
			return
		}
	}
	r.act("uri", "", Clean(raw, MaxString, false))
}

func firstOf(d pdfDict, keys ...pdfName) any {
	for _, k := range keys {
		if v, ok := d[k]; ok {
			return v
		}
	}
	return nil
}

// revisions counts the states kept in the file and where each ends. A
// linearised file has one mark more than it has states.
func (f *pdfFile) revisions() (ends []int) {
	for at := 0; len(ends) < 256; {
		i := bytes.Index(f.b[at:], []byte("%%EOF"))
		if i < 0 {
			break
		}
		at += i + len("%%EOF")
		before := f.b[max(0, at-64):at]
		if bytes.Contains(before, []byte("startxref")) {
			ends = append(ends, at)
		}
	}
	if len(ends) > 1 && bytes.Contains(f.b[:min(len(f.b), 2048)], []byte("/Linearized")) {
		ends = ends[1:]
	}
	return ends
}
