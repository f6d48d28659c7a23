package api

import (
	"bytes"

	"bonafide/access"
	"bonafide/casework"
	"bonafide/checks"
	"bonafide/record"
	"bonafide/report"
)

// Papers are documents of the law, filled from what runs.
type Papers struct {
	Papers []Paper `json:"papers"`
}

// Paper is one document.
type Paper struct {
	ID       string `json:"id"`
	Group    string `json:"group" enum:"notice,record,assessment,annex,draft"`
	Law      string `json:"law"`
	Title    string `json:"title"`
	Country  string `json:"country,omitempty" doc:"Whose authority a draft is for."`
	Markdown string `json:"markdown,omitempty" doc:"The paper itself, where one was asked for by its id; what only a person knows is left blank."`
}

func listPapers(c *call) (answer, error) {
	f, err := c.s.Desk.Papers(c, c.caller.Actor)
	if err != nil {
		return answer{}, err
	}
	all, err := report.Papers()
	if err != nil {
		return answer{}, err
	}
	return c.papers(f, all)
}

func listDrafts(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	f, err := c.s.Desk.Draft(c, c.caller.Actor, id, c.lang())
	if err != nil {
		return answer{}, err
	}
	all, err := report.Papers()
	if err != nil {
		return answer{}, err
	}
	return c.papers(f, casework.DraftsFor(f.Country, all))
}

func (c *call) papers(f report.PaperFacts, all []report.Paper) (answer, error) {
	out := Papers{[]Paper{}}
	id := c.query("id")
	for _, p := range all {
		if id != "" && p.ID != id {
			continue
		}
		x := Paper{ID: p.ID, Group: p.Group, Law: p.Law, Title: p.Title.In(c.lang()), Country: p.Place}
		if id != "" {
			f.Lists, f.May, f.Program = c.s.Keeper.Lists(c.s.Now()), access.Table(), "bonafide"
			for _, k := range checks.Catalogue() {
				f.Checks = append(f.Checks, report.Check{ID: k.ID, Title: k.Title, Text: k.Text, Family: k.Family, Strength: k.Strength, Reads: k.Reads,
					LegalBasis: k.LegalBasis, FalsePositives: k.FalsePositives, Clears: k.Clears, Ask: k.Ask, Version: k.Version})
			}
			var b bytes.Buffer
			if err := p.Fill(f, c.lang()).WriteMarkdown(&b); err != nil {
				return answer{}, err
			}
			x.Markdown = b.String()
		}
		out.Papers = append(out.Papers, x)
	}
	if id != "" && len(out.Papers) == 0 {
		return answer{}, &record.Error{Code: record.CodeNotFound, Where: "paper", Message: "there is none under this id"}
	}
	return answer{body: out}, nil
}
