package intake

import (
	"strings"

	"bonafide/record"
)

// Put writes a text a person typed into the record at a path, the way a cell
// of a table is: dates, countries, languages and lists in the forms a table
// may have. The error names the path and never the text.
func Put(a *record.Application, path, text string) error {
	text = strings.TrimSpace(text)
	plainPath, index := splitPath(path)
	set := putter(plainPath)
	if set == nil {
		return record.Invalid(path, "no field that can be typed in")
	}
	if text == "" {
		return nil
	}
	if !set(a, cell{text: text, column: path, index: index}) {
		return record.Invalid(path, mustBe(plainPath))
	}
	return nil
}

// mustBe says what a field wants.
func mustBe(path string) string {
	last := path[strings.LastIndexByte(path, '.')+1:]
	switch last {
	case "country", "nationality":
		return "not a country; give its name or its two letters, as in PT"
	case "birth_date", "issued", "expires", "start", "end":
		return "not a date that can be only one day; write it as 1994-05-01"
	case "received_at":
		return "not a time; write it as 2026-03-02 or 2026-03-02T09:14:05Z"
	case "remote":
		return "neither yes nor no"
	case "languages":
		return "not all are languages; give names or tags, as in pt"
	case "referred_by":
		return "not the name of a record, SOURCE/ID"
	}
	return "not understood"
}
