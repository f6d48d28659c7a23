package api

import (
	"net/http"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"bonafide/casework"
)

// Export is all that is held about one subject, for the person it is about.
type Export struct {
	Subject string           `json:"subject"`
	Made    time.Time        `json:"made"`
	Parts   []jsontext.Value `json:"parts" doc:"Every version of the application, every result, event, note and decision, each with its kind and time."`
	Access  []Entry          `json:"access" doc:"Who read or changed it, when and why."`
}

func exportSubject(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	got, err := c.s.Desk.Export(c, c.caller.Actor, id)
	if err != nil {
		return answer{}, err
	}
	out := Export{Subject: id, Made: got.Made, Parts: []jsontext.Value{}, Access: entries(got.Access)}
	for _, p := range got.Parts {
		out.Parts = append(out.Parts, jsontext.Value(p))
	}
	return answer{body: out}, nil
}

// Subject is the application as it was handed in.
type Subject struct {
	Subject     string         `json:"subject"`
	Application jsontext.Value `json:"application" doc:"The application record, version 1."`
}

func readSubject(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	raw, err := c.s.Desk.Application(c, c.caller.Actor, id)
	return answer{body: Subject{id, jsontext.Value(raw)}}, err
}

// Erase asks for the erasure of a subject; a second person approves it.
type Erase struct {
	Subject string `json:"subject" required:"true" max:"64"`
	Reason  string `json:"reason" required:"true" enum:"request,retention,mistake,withdrawn" doc:"request: the person asked (Art. 17 GDPR)."`
	Ticket  string `json:"ticket,omitempty" max:"64" doc:"Where the request stands with you; no personal value."`
}

func (Erase) isCommand() {}

// Erasure is where an erasure stands.
type Erasure struct {
	ID       string    `json:"id"`
	Subject  string    `json:"subject"`
	Reason   string    `json:"reason"`
	State    string    `json:"state" enum:"proposed,done,refused"`
	Proposed time.Time `json:"proposed"`
	By       string    `json:"by"`
	Done     time.Time `json:"done,omitzero"`
	Receipt  string    `json:"receipt,omitempty" doc:"The number of the audit entry that proves it."`
}

func erasure(e casework.Erasure) Erasure {
	return Erasure{e.ID, e.Subject, e.Reason, e.State, e.Proposed, e.By, e.Done, e.Receipt}
}

// Erasures is one page of erasures.
type Erasures struct {
	Erasures []Erasure `json:"erasures"`
}

func proposeErasure(c *call) (answer, error) {
	e, err := in[Erase](c)
	if err != nil {
		return answer{}, err
	}
	got, err := c.s.Desk.ProposeErasure(c, c.caller.Actor, c.key(), e.Subject, e.Reason, e.Ticket)
	if err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusAccepted, body: erasure(got)}, nil
}

func approveErasure(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	got, err := c.s.Desk.ApproveErasure(c, c.caller.Actor, c.key(), id)
	if err != nil {
		return answer{}, err
	}
	return answer{body: erasure(got)}, nil
}

func listErasures(c *call) (answer, error) {
	all, err := c.s.Desk.Erasures(c, c.caller.Actor)
	out := Erasures{[]Erasure{}}
	for _, e := range all {
		out.Erasures = append(out.Erasures, erasure(e))
	}
	return answer{body: out}, err
}
