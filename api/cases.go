package api

import (
	"slices"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"bonafide/casework"
	"bonafide/record"
)

// Cases is one page of cases.
type Cases struct {
	Cases []record.Case `json:"cases"`
	Next  string        `json:"next,omitempty" doc:"The cursor of the next page; the Link header says the same."`
}

func listCases(c *call) (answer, error) {
	f := casework.Filter{}
	if i := slices.IndexFunc(casework.Views, func(w casework.View) bool { return w.Name == c.query("view") }); i >= 0 {
		f = casework.Views[i].Filter
	}
	f.State, f.Assessment, f.Assignee, f.Role = record.CaseState(c.query("state")), record.Assessment(c.query("assessment")), c.query("assignee"), c.query("role")
	f.Tier, f.Cluster, f.Stage, f.Limit, f.After = c.query("tier"), c.query("cluster"), c.query("stage"), c.limit(), c.after()
	all, next, err := c.s.Desk.Cases(c, c.caller.Actor, f)
	if err != nil {
		return answer{}, err
	}
	return answer{body: Cases{orEmpty(all), next}, next: next}, nil
}

// Case is one case with what the machine found.
type Case struct {
	record.Case `json:",embed"`
	Record      string         `json:"record,omitempty" doc:"SOURCE/ID, as it was handed in."`
	Result      jsontext.Value `json:"result,omitempty" doc:"The result line, version 1: findings with evidence, innocent explanations, what clears them."`
}

func readCase(c *call) (answer, error) {
	got, err := c.oneCase()
	if err != nil {
		return answer{}, err
	}
	out := Case{Case: got.Case, Record: got.Record}
	if got.Result != nil {
		if out.Result, err = resultLine(got.Result, c.lang()); err != nil {
			return answer{}, err
		}
	}
	return answer{body: out, mark: got.Mark()}, nil
}

func (c *call) oneCase() (casework.CaseFile, error) {
	id, err := c.object()
	if err != nil {
		return casework.CaseFile{}, err
	}
	return c.s.Desk.Case(c, c.caller.Actor, id)
}

// Findings are the hits and failures of a case.
type Findings struct {
	Findings []Finding `json:"findings"`
}

// Finding is one observation, in one language.
type Finding struct {
	Check     string            `json:"check"`
	Version   int               `json:"version"`
	Outcome   record.Outcome    `json:"outcome"`
	Strength  record.Strength   `json:"strength"`
	Family    record.Family     `json:"family"`
	Text      string            `json:"text"`
	Evidence  []record.Evidence `json:"evidence"`
	Innocent  []string          `json:"innocent"`
	Ask       string            `json:"ask"`
	Clears    []string          `json:"clears"`
	Link      record.ChainLink  `json:"link,omitempty"`
	Lowered   string            `json:"lowered,omitempty"`
	ClearedBy string            `json:"cleared_by,omitempty"`
	Content   string            `json:"content,omitempty" doc:"A digest of what was compared; a clearing is remembered by it."`
}

func readFindings(c *call) (answer, error) {
	got, err := c.oneCase()
	if err != nil {
		return answer{}, err
	}
	out := Findings{[]Finding{}}
	if got.Result != nil {
		for _, f := range got.Result.Findings {
			out.Findings = append(out.Findings, c.finding(f))
		}
	}
	return answer{body: out, mark: got.Mark()}, nil
}

func (c *call) finding(f record.Finding) Finding {
	l := c.lang()
	return Finding{
		Check: f.Check, Version: f.Version, Outcome: f.Outcome, Strength: f.Strength, Family: f.Family, Text: f.Text.In(l),
		Evidence: orEmpty(f.Evidence), Innocent: said(f.Innocent, l), Ask: f.Ask.In(l), Clears: said(f.Clears, l),
		Link: f.Link, Lowered: f.Lowered.In(l), ClearedBy: f.ClearedBy, Content: f.Content,
	}
}

func said(all []record.Text, l record.Lang) []string {
	out := []string{}
	for _, t := range all {
		out = append(out, t.In(l))
	}
	return out
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// Chain is the chain of identity of a case.
type Chain struct {
	Chain      []record.ChainPart `json:"chain"`
	Assurances []record.Assurance `json:"assurances"`
}

func readChain(c *call) (answer, error) {
	got, err := c.oneCase()
	if err != nil {
		return answer{}, err
	}
	out := Chain{[]record.ChainPart{}, []record.Assurance{}}
	if got.Result != nil {
		out = Chain{orEmpty(got.Result.Chain), orEmpty(got.Result.Assurances)}
	}
	return answer{body: out, mark: got.Mark()}, nil
}

// Cluster is the cases that look like one operator's: a question, not a fact.
type Cluster struct {
	ID    string        `json:"id"`
	Cases []record.Case `json:"cases"`
}

func readCluster(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	all, err := c.s.Desk.Cluster(c, c.caller.Actor, id)
	return answer{body: Cluster{id, orEmpty(all)}}, err
}

// Links is what a subject shares with subjects under other identities.
type Links struct {
	Subject string        `json:"subject"`
	Links   []record.Link `json:"links"`
}

func readLinks(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	all, err := c.s.Desk.Links(c, c.caller.Actor, id)
	return answer{body: Links{id, orEmpty(all)}}, err
}

// Query is one value to look for in everything stored. It stands in the body,
// because addresses of requests end up in logs.
type Query struct {
	Kind  string `json:"kind" required:"true" enum:"mail,phone,address,wallet,device,payout,record" doc:"address: a network address; record: SOURCE/ID."`
	Value string `json:"value" required:"true" max:"500"`
}

func (Query) isCommand() {}

// Held says who holds a value.
type Held struct {
	Holders int       `json:"holders" doc:"How many subjects hold it."`
	Crowded bool      `json:"crowded" doc:"So many hold it that it links nobody; only the first are shown."`
	Found   []Holding `json:"found"`
}

// Holding is one subject that holds a value.
type Holding struct {
	Subject string    `json:"subject"`
	Case    string    `json:"case,omitempty"`
	Record  string    `json:"record,omitempty"`
	State   string    `json:"state,omitempty"`
	Since   time.Time `json:"since,omitzero"`
}

func searchValue(c *call) (answer, error) {
	q, err := in[Query](c)
	if err != nil {
		return answer{}, err
	}
	if q.Kind == "record" {
		h, err := c.s.Desk.Find(c, c.caller.Actor, q.Value)
		if err != nil {
			return answer{}, err
		}
		return answer{body: Held{Holders: 1, Found: []Holding{{h.Subject, h.Case, h.Record, string(h.State), h.Since}}}}, nil
	}
	keys, err := c.s.Keeper.KeysOf(c, c.caller.Tenant, q.Kind, q.Value)
	if err != nil {
		return answer{}, err
	}
	got, err := c.s.Desk.Search(c, c.caller.Actor, q.Kind, keys)
	if err != nil {
		return answer{}, err
	}
	out := Held{Holders: got.Holders, Crowded: got.Crowded, Found: []Holding{}}
	for _, h := range got.Found {
		out.Found = append(out.Found, Holding{h.Subject, h.Case, h.Record, string(h.State), h.Since})
	}
	return answer{body: out}, nil
}

// ResultLine is the result line, version 1: what one screening came to.
type ResultLine struct {
	Record        string             `json:"record"`
	Assessment    record.Assessment  `json:"assessment"`
	Because       []string           `json:"because"`
	Findings      []Finding          `json:"findings"`
	Assurances    []record.Assurance `json:"assurances"`
	Chain         []record.ChainPart `json:"chain"`
	Cluster       string             `json:"cluster"`
	Lists         []record.ListUse   `json:"lists"`
	Clear         []string           `json:"clear"`
	NoData        []string           `json:"no_data"`
	NotApplicable []string           `json:"not_applicable"`
	NotInForce    []string           `json:"not_in_force"`
	Links         []record.Link      `json:"links"`
	Waterfalls    []record.Waterfall `json:"waterfalls,omitempty" doc:"How each pair was weighed, part by part; bits are about a pair, never about a person."`
	ReceivedAt    time.Time          `json:"received_at,omitzero"`
	Tier          string             `json:"tier,omitempty"`
	Lang          record.Lang        `json:"lang,omitempty"`
}

func readResult(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	res, err := c.s.Desk.Result(c, c.caller.Actor, id)
	if err != nil {
		return answer{}, err
	}
	line, err := resultLine(res, c.lang())
	return answer{body: append([]byte(line), '\n')}, err
}
