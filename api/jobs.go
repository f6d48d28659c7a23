package api

import (
	"time"
)

// Job is work that goes on after the answer.
type Job struct {
	ID      string    `json:"id"`
	Kind    string    `json:"kind,omitempty"`
	State   string    `json:"state" enum:"waiting,running,done,failed"`
	Done    int       `json:"done" doc:"Lines that have their result."`
	Total   int       `json:"total"`
	Rejects int       `json:"rejects" doc:"Lines that could not be used; their results say why."`
	Changed time.Time `json:"changed,omitzero"`
}

func readJob(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	j, err := c.s.Desk.Job(c, c.caller.Actor, id)
	return answer{body: Job{j.ID, j.Kind, j.State, j.Done, j.Total, j.Rejects, j.Changed}}, err
}

// JobLine is what became of one line of an upload.
type JobLine struct {
	Line    int    `json:"line" doc:"Counted from 1."`
	Subject string `json:"subject,omitempty"`
	Error   string `json:"error,omitempty" doc:"Which member, and the kind of fault; never a value."`
}

// JobLines is one page of the results of an upload.
type JobLines struct {
	Lines []JobLine `json:"lines"`
	Next  string    `json:"next,omitempty"`
}

func readJobLines(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	all, next, err := c.s.Desk.JobLines(c, c.caller.Actor, id, c.after(), c.limit())
	out := JobLines{Lines: []JobLine{}, Next: next}
	for _, l := range all {
		out.Lines = append(out.Lines, JobLine{l.Line, l.Subject, l.Error})
	}
	return answer{body: out, next: next}, err
}
