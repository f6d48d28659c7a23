package api

import (
	"bonafide/access"
	"bonafide/record"
	"bonafide/screen"
)

// HandedIn is what became of an export, a saved page or a résumé.
type HandedIn struct {
	Format   string   `json:"format,omitempty" doc:"As its reader calls it: upwork, json-resume, github, telegram, pdf, html …"`
	Subject  string   `json:"subject,omitempty" doc:"Whose it is now; empty where there are several, or none."`
	Case     string   `json:"case,omitempty"`
	Job      string   `json:"job,omitempty" doc:"Where several were in it: their screening."`
	Count    int      `json:"count" doc:"Applications that were taken."`
	File     string   `json:"file,omitempty" doc:"Id of the file, where it was kept; of an export only what was read is."`
	Kept     []string `json:"kept" doc:"What was put beside an application."`
	Left     []string `json:"left" doc:"What was in it and is not taken: contacts and pictures, which another may have typed, and members without a place."`
	Broken   []Broken `json:"broken" doc:"Items that could not be read; the others were."`
	Refused  string   `json:"refused,omitempty" doc:"Why nothing was taken: a word."`
	Detail   string   `json:"detail,omitempty" doc:"The same as a sentence."`
	Repeated bool     `json:"repeated,omitempty" doc:"It was here already."`
}

// Broken is one item of a file that could not be read.
type Broken struct {
	Where string `json:"where"`
	Why   string `json:"why" doc:"Which member, and the kind of fault; never a value."`
}

func addExport(c *call) (answer, error) {
	subject := ""
	if c.r.PathValue("id") != "" {
		var err error
		if subject, err = c.object(); err != nil {
			return answer{}, err
		}
	}
	name := c.query("name")
	if len(name) > 300 {
		return answer{}, record.Invalid("name", "longer than 300 bytes")
	}
	got, err := c.s.Keeper.HandIn(c, c.caller.Actor, screen.Handed{Name: name, Bytes: c.raw, Subject: subject})
	if err != nil {
		return answer{}, err
	}
	out := HandedIn{Format: got.Format, Subject: got.Subject, Job: got.Job, Count: got.Count, File: got.File, Kept: orEmpty(got.Kept), Left: orEmpty(got.Left), Broken: []Broken{},
		Refused: got.Refused, Detail: got.Detail, Repeated: got.Again}
	if c.may(access.ReadCase) {
		out.Case = got.Case
	}
	for _, b := range got.Broken {
		out.Broken = append(out.Broken, Broken{b.Where, b.Why})
	}
	return answer{body: out}, nil
}
