package api

import (
	"net/http"
	"time"

	"bonafide/casework"
)

// Playbooks are the versions of the playbooks, newest first.
type Playbooks struct {
	Playbooks []Playbook `json:"playbooks"`
}

// Playbook is one version of a playbook; 0 is the shipped one.
type Playbook struct {
	Name     string    `json:"name"`
	Version  int64     `json:"version"`
	Active   bool      `json:"active" doc:"In force: guides begin with it. What runs keeps the version it began with."`
	Title    string    `json:"title"`
	At       time.Time `json:"at,omitzero"`
	Proposer string    `json:"proposer,omitempty"`
	Approver string    `json:"approver,omitempty"`
	Text     string    `json:"text" doc:"YAML."`
	Diff     []string  `json:"diff" doc:"Lines more (+) and less (-) than the version in force."`
}

// PlaybookDraft is the text of a version; it names the playbook itself.
type PlaybookDraft struct {
	Text string `json:"text" required:"true" max:"262144" doc:"YAML, as GET /v1/playbooks shows it."`
}

func (PlaybookDraft) isCommand() {}

// PlaybookChosen names a version.
type PlaybookChosen struct {
	Name    string `json:"name" required:"true" enum:"verification,insider,extortion"`
	Version int64  `json:"version" required:"true"`
}

func (PlaybookChosen) isCommand() {}

func listPlaybooks(c *call) (answer, error) {
	all, err := c.s.Desk.Playbooks(c, c.caller.Actor, "")
	if err != nil {
		return answer{}, err
	}
	out := Playbooks{[]Playbook{}}
	for i := range all {
		if name := c.query("name"); name == "" || name == all[i].Name {
			out.Playbooks = append(out.Playbooks, c.playbook(&all[i]))
		}
	}
	return answer{body: out, mark: casework.PlaybooksMark(all)}, nil
}

func (c *call) playbook(p *casework.PlaybookVersion) Playbook {
	return Playbook{p.Name, p.Version, p.Active, p.Title.In(c.lang()), p.At, p.Proposer, p.Approver, p.Text, orEmpty(p.Diff)}
}

func draftPlaybook(c *call) (answer, error) {
	x, err := in[PlaybookDraft](c)
	if err != nil {
		return answer{}, err
	}
	made, err := c.s.Desk.DraftPlaybook(c, c.caller.Actor, c.key(), x.Text)
	if err != nil {
		return answer{}, err
	}
	return c.playbookOf(http.StatusCreated, made.Name, made.Version)
}

func publishPlaybook(c *call) (answer, error) {
	x, err := in[PlaybookChosen](c)
	if err != nil {
		return answer{}, err
	}
	if err := c.s.Desk.PublishPlaybook(c, c.caller.Actor, x.Name, x.Version); err != nil {
		return answer{}, err
	}
	return c.playbookOf(http.StatusOK, x.Name, x.Version)
}

func (c *call) playbookOf(status int, name string, version int64) (answer, error) {
	all, err := c.s.Desk.Playbooks(c, c.caller.Actor, name)
	if err != nil {
		return answer{}, err
	}
	for i := range all {
		if all[i].Version == version {
			return answer{status: status, body: c.playbook(&all[i])}, nil
		}
	}
	return answer{}, notFound
}
