package intake

import (
	"strings"

	"bonafide/record"
)

// Part is one text that the locked reader of files took out of a packed file: a
// table of an archive, the document inside a PDF.
type Part struct {
	Name string // file name without folders
	Text string
}

// Packed makes an application of the parts of one file. id stands in for
// formats without ids; o gives the source and the time of the file. An error of
// code not found says that the parts are of no export we read.
func Packed(parts []Part, id string, o Options) (*record.Application, error) {
	c := given{source: o.Source, id: clip(id, MaxName), received: o.Received}
	for _, p := range parts {
		switch strings.ToLower(p.Name) {
		case "profile.csv":
			return decodeLinkedIn(parts, c)
		case "europass.xml":
			return decodeEuropass([]byte(p.Text), c)
		case "result.json":
			if len(p.Text) > DefaultMaxLine || deep([]byte(p.Text)) {
				return nil, record.Invalid(p.Name, "longer than 16 MiB, or nested deeper than 64 levels")
			}
			kind := kindOf([]byte(p.Text))
			if !strings.HasPrefix(kind.format, "telegram") {
				return nil, record.Invalid(p.Name, "not what Telegram exports")
			}
			a, err := kind.decode([]byte(p.Text), c)
			if err != nil {
				return nil, at(p.Name, err)
			}
			return a, tidy(a)
		}
	}
	return nil, &record.Error{Code: record.CodeNotFound, Message: "no export we read"}
}

// ResumeText makes an application of the text of a résumé file.
func ResumeText(text, id string, o Options) (*record.Application, error) {
	return decodeResumeText([]byte(text), given{source: o.Source, id: clip(id, MaxName), received: o.Received})
}

// Line reads one application of our own format or of any other that is one JSON
// object, as a line of a file is read. received stands in where the object has
// no date, a digest of its bytes where it has no id.
func Line(raw []byte, o Options) (*record.Application, error) {
	if len(raw) > DefaultMaxLine {
		return nil, record.Invalid("body", "longer than 16 MiB")
	}
	if deep(raw) {
		return nil, record.Invalid("body", "nested deeper than 64 levels")
	}
	kind := kindOf(raw)
	if kind.format == "jsonl" {
		return decodeNative(raw, given{source: o.Source})
	}
	a, err := kind.decode(raw, given{source: o.Source, id: madeID("", raw, false), received: o.Received})
	if err != nil {
		return nil, err
	}
	return a, tidy(a)
}
