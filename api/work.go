package api

import (
	"time"

	"bonafide/casework"
	"bonafide/record"
)

// What people do with a case. All of it needs a signed-in person: no key asks,
// notes or decides.

// History is what was done about a case, by whom and when, oldest first.
type History struct {
	Shown     string            `json:"shown" doc:"A digest of what stands now; a decision binds to it, so that nobody signs what has changed since it was read."`
	Heard     bool              `json:"heard" doc:"The person was asked and has answered, would rather not, or let the time run out: before that nothing adverse is decided."`
	Decisions []record.Decision `json:"decisions"`
	Requests  []Request         `json:"requests"`
	Notes     []Note            `json:"notes"`
	Tasks     []Task            `json:"tasks"`
	Screened  []Screened        `json:"screened"`
}

// Request is something that was asked of the person.
type Request struct {
	ID       string    `json:"id"`
	Check    string    `json:"check" doc:"The finding it would clear; own: a question of the reviewer's."`
	State    string    `json:"state" enum:"sent,answered,refused,expired,withdrawn"`
	Sent     time.Time `json:"sent"`
	Due      time.Time `json:"due"`
	Answered time.Time `json:"answered,omitzero"`
	Text     string    `json:"text"`
	Reply    string    `json:"reply,omitempty"`
}

// Note is what somebody wrote on a case.
type Note struct {
	ID   string    `json:"id"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	Text string    `json:"text"`
}

// Task is a thing to do on a case.
type Task struct {
	ID       string    `json:"id"`
	State    string    `json:"state"`
	Assignee string    `json:"assignee,omitempty"`
	Created  time.Time `json:"created"`
	Due      time.Time `json:"due,omitzero"`
	Done     time.Time `json:"done,omitzero"`
	Text     string    `json:"text"`
}

// Screened is one screening of a case.
type Screened struct {
	At         time.Time         `json:"at"`
	Assessment record.Assessment `json:"assessment"`
}

func readHistory(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	o, err := c.s.Desk.Open(c, c.caller.Actor, id)
	if err != nil {
		return answer{}, err
	}
	out := History{o.Shown, o.Heard(), orEmpty(o.Decisions), []Request{}, []Note{}, []Task{}, []Screened{}}
	for _, r := range o.Requests {
		out.Requests = append(out.Requests, Request{r.ID, r.Kind, r.State, r.Sent, r.Due, r.Answered, r.Ask, r.Reply})
	}
	for _, n := range o.Notes {
		out.Notes = append(out.Notes, Note{n.ID, n.Author, n.At, n.Text})
	}
	for _, k := range o.Tasks {
		out.Tasks = append(out.Tasks, Task{k.ID, k.State, k.Assignee, k.Created, k.Due, k.Done, k.Text})
	}
	for _, r := range o.Results {
		out.Screened = append(out.Screened, Screened{r.Stored, r.Assessment})
	}
	return answer{body: out}, nil
}

// ClaimAsked takes a case into one's hands.
type ClaimAsked struct {
	TakeOver string `json:"take_over,omitempty" max:"500" doc:"Why it is taken from whoever has it now; becomes a note."`
}

func (ClaimAsked) isCommand() {}

func claimCase(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	x, err := in[ClaimAsked](c)
	if err != nil {
		return answer{}, err
	}
	got, err := c.s.Desk.Claim(c, c.caller.Actor, id, x.TakeOver)
	return answer{body: got}, err
}

func releaseCase(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	got, err := c.s.Desk.Release(c, c.caller.Actor, id)
	return answer{body: got}, err
}

// Made is the id of what was written.
type Made struct {
	ID string `json:"id"`
}

// AskPerson is what is asked of the person.
type AskPerson struct {
	Check string `json:"check" required:"true" max:"100" doc:"The finding it would clear; own: a question of your own."`
	Text  string `json:"text" required:"true" max:"4000" doc:"As the person reads it."`
	Other string `json:"other" required:"true" max:"4000" doc:"The other way to do it, which is always offered."`
	Due   string `json:"due" required:"true" max:"40" doc:"RFC 3339, between one day and ninety days from now."`
}

func (AskPerson) isCommand() {}

func addRequest(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	x, err := in[AskPerson](c)
	if err != nil {
		return answer{}, err
	}
	due, err := moment("due", x.Due)
	if err != nil {
		return answer{}, err
	}
	made, err := c.s.Desk.AskOnce(c, c.caller.Actor, c.key(), id, casework.Asking{Check: x.Check, Text: x.Text, Other: x.Other, Due: due})
	return answer{body: Made{made}}, err
}

func withdrawRequest(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	return answer{}, c.s.Desk.WithdrawRequest(c, c.caller.Actor, id)
}

// NoteAsked is a note to be written on a case.
type NoteAsked struct {
	Text string `json:"text" required:"true" max:"8000" doc:"@ and the id of an account mentions somebody, for whom it becomes a task."`
}

func (NoteAsked) isCommand() {}

func addNote(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	x, err := in[NoteAsked](c)
	if err != nil {
		return answer{}, err
	}
	made, err := c.s.Desk.NoteOnce(c, c.caller.Actor, c.key(), id, x.Text)
	return answer{body: Made{made}}, err
}

// TaskAsked is a thing to be done on a case.
type TaskAsked struct {
	Text     string `json:"text" required:"true" max:"8000"`
	Assignee string `json:"assignee,omitempty" max:"64" doc:"Id of an account; nobody's unless said."`
	Due      string `json:"due,omitempty" max:"40" doc:"RFC 3339."`
}

func (TaskAsked) isCommand() {}

func addTask(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	x, err := in[TaskAsked](c)
	if err != nil {
		return answer{}, err
	}
	due, err := moment("due", x.Due)
	if err != nil {
		return answer{}, err
	}
	made, err := c.s.Desk.TaskOnce(c, c.caller.Actor, c.key(), id, x.Text, x.Assignee, due)
	return answer{body: Made{made}}, err
}

func finishTask(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	_, err = c.s.Desk.FinishTask(c, c.caller.Actor, id)
	return answer{}, err
}

// Propose puts a decision forward.
type Propose struct {
	To       string   `json:"to" required:"true" enum:"review,verify-more,routine,cleared,not verified,misrepresentation established,withdrawn"`
	Reasons  string   `json:"reasons" required:"true" max:"8000" doc:"In words the person concerned may read."`
	Findings []string `json:"findings,omitempty" max:"50" doc:"Ids of the checks the reasons rest on."`
	Seen     string   `json:"seen" required:"true" max:"64" doc:"shown of the history, as it was read."`
	Appeals  string   `json:"appeals,omitempty" max:"64" doc:"The decision this goes back on; others than its people make it."`
}

func (Propose) isCommand() {}

func addDecision(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	x, err := in[Propose](c)
	if err != nil {
		return answer{}, err
	}
	made, err := c.s.Desk.ProposeOnce(c, c.caller.Actor, c.key(), id, casework.Proposal{To: record.CaseState(x.To), Reasons: x.Reasons, Findings: x.Findings, Seen: x.Seen, Appeals: x.Appeals})
	return answer{body: Made{made}}, err
}

// Settle ends a decision that waits.
type Settle struct {
	Do   string `json:"do" required:"true" enum:"approve,decline,withdraw" doc:"approve and decline: the second person. withdraw: whoever put it forward."`
	Seen string `json:"seen,omitempty" max:"64" doc:"shown of the history, as it was read; approve needs it."`
}

func (Settle) isCommand() {}

func settleDecision(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	x, err := in[Settle](c)
	if err != nil {
		return answer{}, err
	}
	var out record.Decision
	switch x.Do {
	case "approve":
		out, err = c.s.Desk.Approve(c, c.caller.Actor, id, x.Seen)
	case "decline":
		out, err = c.s.Desk.Decline(c, c.caller.Actor, id)
	default:
		out, err = c.s.Desk.Withdraw(c, c.caller.Actor, id)
	}
	return answer{body: out}, err
}

// moment reads a time of a command; "" is none.
func moment(where, s string) (at time.Time, err error) {
	if s == "" {
		return at, nil
	}
	if at, err = time.Parse(time.RFC3339, s); err != nil {
		return at, record.Invalid(where, "is not a time such as 2026-03-02T09:14:05Z")
	}
	return at, nil
}
