package api

import (
	"bonafide/access"
	"bonafide/record"
)

// File is what became of a file that was handed in.
type File struct {
	ID       string   `json:"id,omitempty" doc:"Empty where the file was refused."`
	Kind     string   `json:"kind,omitempty" doc:"By its bytes, not by its name: pdf, docx, odt, text, jpeg, png, gif, webp, tiff, eml."`
	Refused  string   `json:"refused,omitempty" doc:"Why it was not taken: a word."`
	Detail   string   `json:"detail,omitempty" doc:"The same as a sentence."`
	Repeated bool     `json:"repeated,omitempty" doc:"The same bytes were there already."`
	Flags    []string `json:"flags,omitempty" doc:"What a reviewer should know: hidden-text, active-content, revisions …; not told to who may only hand in."`
}

func addFile(c *call) (answer, error) {
	subject, err := c.object()
	if err != nil {
		return answer{}, err
	}
	name := c.query("name")
	if len(name) > 300 {
		return answer{}, record.Invalid("name", "longer than 300 bytes")
	}
	field := c.query("field")
	if field == "" {
		field = "resume"
	}
	got, err := c.s.Keeper.AddFile(c, c.caller.Actor, subject, field, name, c.raw)
	if err != nil {
		return answer{}, err
	}
	out := File{ID: got.ID, Kind: got.Kind, Refused: got.Refused, Detail: got.Detail, Repeated: got.Repeated}
	if c.may(access.ReadCase) {
		out.Flags = got.Flags
	}
	return answer{body: out}, nil
}
