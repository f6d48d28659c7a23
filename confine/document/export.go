package document

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// Part is one text taken out of a packed file because a reader of exports asks
// for it: a table of an archive, the document inside a PDF. Names are of a
// closed list.
type Part struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Export is an archive in which a service hands somebody their own data.
const Export Kind = "export"

// maxPart bounds the parts together, in bytes of text.
const maxPart = 4 << 20

// europassPart is the name under which the document inside a PDF leaves.
const europassPart = "europass.xml"

// exportParts are the members of archives that are read. What else stands in an
// archive, who somebody knows, what others wrote, is never unpacked.
var exportParts = []string{"profile.csv", "profile summary.csv", "positions.csv", "education.csv", "skills.csv", "languages.csv", "email addresses.csv",
	"phonenumbers.csv", "whatsapp phone numbers.csv", "recommendations_received.csv", "certifications.csv", "projects.csv", "result.json"}

// readExport reads the named members of an archive; ok is false for an archive
// that is no export we know: without a profile, without a chat.
func (a *archive) readExport() (r Result, ok bool) {
	byName := map[string][]string{}
	for name := range a.parts {
		if base := path.Base(name); slices.Contains(exportParts, base) && strings.Count(name, "/") <= 2 && !strings.HasSuffix(name, "/") {
			byName[base] = append(byName[base], name)
		}
	}
	if len(byName["profile.csv"]) == 0 && len(byName["result.json"]) == 0 {
		return r, false
	}
	r = accepted(Export)
	total := 0
	for _, base := range exportParts {
		names := byName[base]
		switch {
		case len(names) == 0:
			continue
		case len(names) > 1:
			return refused(zipped, ReasonAmbiguous, archiveSays[ReasonAmbiguous]), true
		}
		b := bytes.TrimPrefix(a.read(names[0]), []byte("\xEF\xBB\xBF"))
		switch {
		case a.over || len(b) > maxPart-total:
			return refused(zipped, ReasonLimit, archiveSays[ReasonLimit]), true
		case a.broken || !readsAsText(b):
			return refused(zipped, ReasonMalformed, archiveSays[ReasonMalformed]), true
		}
		total += len(b)
		r.Parts = append(r.Parts, Part{base, string(b)})
	}
	r.NoPixels = NoExportPixels
	return r, true
}

// europass takes the Europass document out of a PDF that carries one; it is
// what the platform puts into every CV it makes.
func (f *pdfFile) europass(r *Result) {
	n := 0
	f.each(func(_ int, v any) {
		s, is := v.(*pdfStream)
		if !is || len(r.Parts) > 0 || f.name(s.dict["Type"]) != "EmbeddedFile" {
			return
		}
		if n++; n > 8 {
			return
		}
		b := f.decode(s)
		head := b[:min(len(b), 4096)]
		if len(b) <= maxPart && readsAsText(b) && bytes.HasPrefix(bytes.TrimLeft(head, "\xEF\xBB\xBF \t\r\n"), []byte("<")) &&
			(bytes.Contains(head, []byte("europass.eu/1.0")) || bytes.Contains(head, []byte("europass.cedefop.europa.eu"))) {
			r.Parts = []Part{{europassPart, string(b)}}
		}
	})
}
