package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"strings"

	"bonafide/access"
	"bonafide/casework"
	"bonafide/record"
	"bonafide/report"
	"bonafide/screen"
)

// The page on which a recruiter or reviewer hands in what a platform, a profile or a
// chat exports, a saved page, a résumé: as new applications, or beside one. It says
// of each file what was kept and what was not.

const (
	mostHandIn  = 64 << 20 // bytes of one form
	mostInHand  = 10       // files of one form
	mostOneFile = 32 << 20
	mostTold    = 20 // items that could not be read, of one file
)

type handInPage struct {
	Action  string
	Case    string
	Short   string
	Subject string // beside whose, where that was said by an earlier answer
	Record  string // as it was typed
	Said    string // what is wrong with the form
	Rows    []handInRow
	Most    string
}

type handInRow struct {
	Name, Said, Detail string
	Taken              bool
	Kept, Left         []string
	Broken             []screen.Broken
	More               int
	Case, Subject, Job string
}

func handInShow(v *visit) error {
	if !v.caller.May(access.AddApplication) {
		return access.Refused()
	}
	return v.handIn(http.StatusOK, handInPage{})
}

// handIn shows the form, with what became of the files before it.
func (v *visit) handIn(status int, p handInPage) error {
	p.Action = "/hand-in"
	if p.Case = v.r.PathValue("id"); p.Case != "" {
		f, err := v.s.Desk.Case(v, v.caller.Actor, p.Case)
		if err != nil {
			return err
		}
		p.Action, p.Short, p.Subject = "/cases/"+f.ID+"/hand-in", short(f.ID), ""
	}
	p.Most = report.Figures(v.lang, mostInHand)
	return v.showAs(status, "handin_show", say(v.lang, "hand in"), p)
}

func handInTake(v *visit) error {
	if !v.caller.May(access.AddApplication) {
		return access.Refused()
	}
	form, err := v.r.MultipartReader()
	if err != nil {
		return record.Invalid("form", "is no form with files")
	}
	var p handInPage
	subject := ""
	if id := v.r.PathValue("id"); id != "" {
		f, err := v.s.Desk.Case(v, v.caller.Actor, id)
		if err != nil {
			return err
		}
		subject = f.Subject
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return v.formBroke(p, err)
		}
		switch part.FormName() {
		case "record", "subject":
			b, err := io.ReadAll(io.LimitReader(part, 1000))
			if err != nil {
				return v.formBroke(p, err)
			}
			typed := strings.TrimSpace(string(b))
			if typed == "" || v.r.PathValue("id") != "" {
				continue
			}
			if part.FormName() == "subject" {
				subject, p.Subject = typed, typed
				continue
			}
			p.Record = typed
			found, err := v.s.Desk.Find(v, v.caller.Actor, typed)
			if err != nil {
				p.Said = say(v.lang, "hand in nobody")
				return v.handIn(http.StatusBadRequest, p)
			}
			subject, p.Subject = found.Subject, found.Subject
		case "file":
			if part.FileName() == "" {
				continue
			}
			if len(p.Rows) == mostInHand {
				p.Said = say(v.lang, "hand in many", mostInHand)
				continue // to the end, so that the browser hears the answer
			}
			row, err := v.handOne(subject, part)
			if err != nil {
				return v.formBroke(p, err)
			}
			p.Rows = append(p.Rows, row)
		}
	}
	if len(p.Rows) == 0 && p.Subject == "" {
		p.Said = say(v.lang, "hand in none")
		return v.handIn(http.StatusBadRequest, p)
	}
	return v.handIn(http.StatusOK, p)
}

// formBroke says that a form did not arrive whole; what came before is kept and told.
func (v *visit) formBroke(p handInPage, err error) error {
	p.Said = say(v.lang, "hand in broke")
	if large := new(http.MaxBytesError); errors.As(err, &large) {
		p.Said = say(v.lang, "hand in large")
	}
	return v.handIn(http.StatusBadRequest, p)
}

// handOne hands in one file. An error is of the form; what is wrong with the file
// stands in its row and stops no other.
func (v *visit) handOne(subject string, part *multipart.Part) (row handInRow, err error) {
	row.Name = filepath.Base(strings.ReplaceAll(part.FileName(), `\`, "/"))
	if len(row.Name) > 100 {
		row.Name = "…" + row.Name[len(row.Name)-60:]
	}
	row.Name = strings.ToValidUTF8(row.Name, "·")
	b, err := io.ReadAll(io.LimitReader(part, mostOneFile+1))
	if err != nil {
		return row, err
	}
	row.Said = say(v.lang, "hand in not taken")
	got, err := v.s.Keeper.HandIn(v, v.caller.Actor, screen.Handed{Name: row.Name, Bytes: b, Subject: subject})
	if own := new(record.Error); err != nil {
		if errors.As(err, &own) && own.Code != record.CodeInternal {
			row.Detail = own.Message
		} else {
			v.s.Log.Error("a file could not be handed in", "code", string(record.CodeOf(err)))
			row.Detail = say(v.lang, "sorry broken")
		}
		return row, nil
	}
	row.Detail, row.Broken = got.Detail, got.Broken
	if n := len(row.Broken); n > mostTold {
		row.Broken, row.More = row.Broken[:mostTold], n-mostTold
	}
	if got.Refused != "" || got.Count == 0 {
		return row, nil
	}
	row.Taken, row.Subject, row.Job = true, got.Subject, got.Job
	if v.caller.May(access.ReadCase) {
		row.Case = got.Case
	}
	switch {
	case got.Again:
		row.Said = say(v.lang, "hand in again")
	case got.Job != "":
		row.Said = say(v.lang, "hand in several", report.Figures(v.lang, got.Count))
	case subject != "":
		row.Said = say(v.lang, "hand in beside")
	default:
		row.Said = say(v.lang, "hand in new")
	}
	for _, k := range got.Kept {
		row.Kept = append(row.Kept, say(v.lang, "part "+k))
	}
	for _, l := range got.Left {
		row.Left = append(row.Left, say(v.lang, "part "+l))
	}
	return row, nil
}

type handInJob struct {
	State       string
	Done, Total int
	Ended       bool
	Lines       []casework.Line
	More        bool
}

// handInProgress is how far the applications of one file are.
func handInProgress(v *visit) error {
	j, err := v.s.Desk.Job(v, v.caller.Actor, v.id())
	if err != nil {
		return err
	}
	lines, next, err := v.s.Desk.JobLines(v, v.caller.Actor, v.id(), "", 200)
	if err != nil {
		return err
	}
	p := handInJob{State: say(v.lang, "job "+j.State), Done: j.Done, Total: j.Total, Ended: j.State == "done" || j.State == "failed", More: next != ""}
	for _, l := range lines {
		if l.Error != "" {
			p.Lines = append(p.Lines, l)
		}
	}
	return v.show("handin_job", say(v.lang, "hand in"), p)
}
