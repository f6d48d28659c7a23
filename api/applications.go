package api

import (
	"net/http"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
	"bonafide/report"
	"bonafide/screen"
)

// Accepted is what became of an application that was handed in.
type Accepted struct {
	Subject    string         `json:"subject" doc:"The id under which everything about this application is found."`
	Case       string         `json:"case,omitempty"`
	Screened   bool           `json:"screened" doc:"false: it is stored and will be screened; the subject's status says when."`
	Repeated   bool           `json:"repeated,omitempty" doc:"This was stored already and nothing was done again."`
	Assessment string         `json:"assessment,omitempty" enum:"routine,verify-more,review" doc:"The machine's proposal; deciding is for people."`
	Result     jsontext.Value `json:"result,omitempty" doc:"The result line, version 1."`
}

func addApplication(c *call) (answer, error) {
	async := strings.Contains(c.r.Header.Get("Prefer"), "respond-async")
	got, err := c.s.Keeper.Accept(c, c.caller.Actor, screen.Delivery{Raw: c.raw, Key: c.key(), Later: async})
	if err != nil {
		return answer{}, err
	}
	a, err := accepted(got, c.lang(), c.may("case.read"))
	if err != nil {
		return answer{}, err
	}
	out := answer{status: http.StatusAccepted, body: a}
	if async {
		out.header = append(out.header, [2]string{"Preference-Applied", "respond-async"})
	}
	return out, nil
}

// accepted shows the result only to those who may read cases: a recruiter hands
// in and sees that it was taken.
func accepted(got screen.Accepted, lang record.Lang, full bool) (Accepted, error) {
	a := Accepted{Subject: got.Subject, Screened: got.Result != nil, Repeated: got.Repeated}
	if !full {
		return a, nil
	}
	a.Case = got.Case
	if got.Result == nil {
		return a, nil
	}
	a.Assessment = string(got.Result.Assessment)
	line, err := resultLine(got.Result, lang)
	a.Result = line
	return a, err
}

// resultLine is the result as the command line writes it.
func resultLine(r *record.Result, lang record.Lang) (jsontext.Value, error) {
	var b strings.Builder
	w, err := report.New("jsonl", &b, report.Options{Lang: lang})
	if err != nil {
		return nil, err
	}
	if err := w.Result(r); err != nil {
		return nil, err
	}
	if err := w.Close(report.Run{}); err != nil {
		return nil, err
	}
	return jsontext.Value(strings.TrimSuffix(b.String(), "\n")), nil
}

func addUpload(c *call) (answer, error) {
	job, err := c.s.Keeper.Upload(c, c.caller.Actor, c.raw, c.key())
	if err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusAccepted, body: Job{ID: job, State: "waiting"}, header: [][2]string{{"Location", "/v1/jobs/" + job}}}, nil
}

// Status is where an application stands, in one of four words: all that a
// recruiter or an applicant is told.
type Status struct {
	Status string    `json:"status" enum:"received,in review,more information needed,finished"`
	Since  time.Time `json:"since"`
}

func readStatus(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	word, since, err := c.s.Desk.Status(c, c.caller.Actor, id)
	return answer{body: Status{word, since}}, err
}

// SignupAnswer is what a platform asks a new account for next.
type SignupAnswer struct {
	Subject  string `json:"subject"`
	Repeated bool   `json:"repeated,omitempty"`
	Ask      []Ask  `json:"ask" doc:"Empty: go on as with everybody. To be asked of the account in these words, and of everybody in the same position alike."`
}

// Ask is one next fair step.
type Ask struct {
	Text  string `json:"text"`
	Check string `json:"check" doc:"Which check asks; not for the applicant's eyes."`
}

func addSignup(c *call) (answer, error) {
	got, err := c.s.Keeper.Accept(c, c.caller.Actor, screen.Delivery{Raw: c.raw, Key: c.key()})
	if err != nil {
		return answer{}, err
	}
	a := SignupAnswer{Subject: got.Subject, Repeated: got.Repeated, Ask: []Ask{}}
	seen := map[string]bool{}
	if got.Result != nil && got.Result.Assessment != record.Routine {
		for _, f := range got.Result.Findings {
			text := f.Ask.In(c.lang())
			if f.Outcome == record.Hit && f.Strength >= record.Supporting && f.ClearedBy == "" && text != "" && !seen[text] {
				seen[text] = true
				a.Ask = append(a.Ask, Ask{text, f.Check})
			}
		}
	}
	return answer{body: a}, nil
}

// Event is a CloudEvents 1.0 object in its JSON form.
type Event struct {
	SpecVersion     string         `json:"specversion" required:"true" enum:"1.0"`
	ID              string         `json:"id" required:"true" max:"200"`
	Source          string         `json:"source" required:"true" max:"200"`
	Type            string         `json:"type" required:"true" max:"200"`
	Subject         string         `json:"subject" required:"true" max:"402" doc:"The record it is about: SOURCE/ID."`
	Time            time.Time      `json:"time,omitzero"`
	DataContentType string         `json:"datacontenttype,omitempty" max:"100"`
	DataSchema      string         `json:"dataschema,omitempty" max:"500"`
	Data            jsontext.Value `json:"data,omitempty"`
}

func (Event) isCommand() {}

// EventTaken is the answer to an event.
type EventTaken struct {
	ID       string `json:"id"`
	Repeated bool   `json:"repeated,omitempty"`
	Became   string `json:"became" enum:"kept,evidence,locked" doc:"kept: shown on the case. evidence: its data is an event of the application record; it is put there and the record screened again. locked: it is about work after the hire, which the policy has not opened; only that it came is kept."`
}

func addEvent(c *call) (answer, error) {
	e, err := in[Event](c)
	if err != nil {
		return answer{}, err
	}
	id, became, repeated, err := c.s.Keeper.Event(c, c.caller.Actor, screen.Event{Source: e.Source, ID: e.ID, Type: e.Type, Record: e.Subject, At: e.Time, Data: e.Data, Raw: c.raw})
	return answer{status: http.StatusAccepted, body: EventTaken{id, repeated, became}}, err
}
