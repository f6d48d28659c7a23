package api

import (
	"net/http"
	"time"

	"bonafide/casework"
)

// Policies are the versions of a tenant's rules, newest first.
type Policies struct {
	Policies []Policy `json:"policies"`
}

// Policy is one version: how findings weigh, what each tier asks for, what is
// kept for how long, which languages are offered. 0 is the shipped one.
type Policy struct {
	Version  int64               `json:"version"`
	Active   bool                `json:"active" doc:"In force."`
	At       time.Time           `json:"at,omitzero"`
	Proposer string              `json:"proposer,omitempty"`
	Approver string              `json:"approver,omitempty"`
	Text     string              `json:"text"`
	Diff     []string            `json:"diff" doc:"Lines more (+) and less (-) than the version in force."`
	Terms    casework.HouseTerms `json:"terms" doc:"What the text says of tiers, days and languages; what it leaves unsaid is as shipped."`
}

// PolicyDraft is the text of a version, one rule a line.
type PolicyDraft struct {
	Text string `json:"text" required:"true" max:"65536"`
}

func (PolicyDraft) isCommand() {}

// PolicyChosen names a version.
type PolicyChosen struct {
	Version int64 `json:"version" required:"true" doc:"0 is the shipped one."`
}

func (PolicyChosen) isCommand() {}

func listPolicies(c *call) (answer, error) {
	all, err := c.s.Desk.Rules(c, c.caller.Actor)
	if err != nil {
		return answer{}, err
	}
	out := Policies{[]Policy{}}
	for _, r := range all {
		out.Policies = append(out.Policies, policyShown(&r))
	}
	return answer{body: out, mark: casework.RulesMark(all)}, nil
}

func policyShown(r *casework.RuleVersion) Policy {
	terms := r.Terms
	terms.Roles, terms.Keeps = orEmpty(terms.Roles), orEmpty(terms.Keeps)
	for i := range terms.Tiers {
		t := &terms.Tiers[i]
		t.Asks, t.Offers, t.Chain = orEmpty(t.Asks), orEmpty(t.Offers), orEmpty(t.Chain)
	}
	return Policy{r.Version, r.Active, r.At, r.Proposer, r.Approver, r.Text, orEmpty(r.Diff), terms}
}

func draftPolicy(c *call) (answer, error) {
	x, err := in[PolicyDraft](c)
	if err != nil {
		return answer{}, err
	}
	made, err := c.s.Desk.DraftRulesOnce(c, c.caller.Actor, c.key(), x.Text)
	if err != nil {
		return answer{}, err
	}
	return c.policyOf(http.StatusCreated, made.Version)
}

func tryPolicy(c *call) (answer, error) {
	x, err := in[PolicyChosen](c)
	if err != nil {
		return answer{}, err
	}
	got, err := c.s.Desk.ShadowRules(c, c.caller.Actor, x.Version)
	return answer{body: got}, err
}

func publishPolicy(c *call) (answer, error) {
	x, err := in[PolicyChosen](c)
	if err != nil {
		return answer{}, err
	}
	if err := c.s.Desk.PublishRules(c, c.caller.Actor, x.Version); err != nil {
		return answer{}, err
	}
	return c.policyOf(http.StatusOK, x.Version)
}

func (c *call) policyOf(status int, version int64) (answer, error) {
	all, err := c.s.Desk.Rules(c, c.caller.Actor)
	if err != nil {
		return answer{}, err
	}
	for i := range all {
		if all[i].Version == version {
			return answer{status: status, body: policyShown(&all[i])}, nil
		}
	}
	return answer{}, notFound
}
