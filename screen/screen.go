// Package screen is the flow, the machine's half: receive → record → link →
// check → weigh. Nothing else knows the order. It proposes; a person decides,
// in casework, which this package does not know.
package screen

import (
	"context"
	"slices"
	"time"

	"bonafide/checks"
	"bonafide/index"
	"bonafide/link"
	"bonafide/lists"
	"bonafide/policy"
	"bonafide/record"
)

// Screen is a prepared flow: catalogue, lists, policy and key.
type Screen struct {
	Checks *checks.Runner
	Lists  *lists.Set
	Policy *policy.Policy
	Keyer  *link.Keyer
	// Cleared is what people have cleared before; it may be nil.
	Cleared *policy.Cleared
	// Closed is what was kept of closed cases; it may be nil. The Keyer must be sealed under the same key.
	Closed *index.Closed

	// Asked is the moment of the question, for what is overdue; zero: of each record the day of receipt.
	Asked time.Time
	// Decisions is what persons decided about pairs of records; it may be nil.
	Decisions []link.Decision
	// Persona is the model of operators to weigh by; nil learns one from the input.
	Persona *link.Persona

	// Rejected is told of every line that could not be used, in input order.
	Rejected func(Reject) error
	// Keep is given every profile that was added, for a key file; it may be nil.
	Keep func(*link.Profile) error
	// Received is told now and then how many applications were read, so that
	// the caller can set memory aside; it may be nil.
	Received func(records int)
	// Progress is told now and then how far a step is; it may be nil.
	Progress func(step string, done, total int64)
}

// Summary is what one run came to.
type Summary struct {
	Records, Rejected, Earlier int
	People, MergeQuestions     int
	Lists                      []record.ListUse
	Persona                    *link.Persona // the model that was weighed by
}

// Run screens the inputs and gives each application's result to out, in input
// order. The same lines in any order give the same results.
func (s *Screen) Run(ctx context.Context, inputs []Input, out func(*record.Result) error) (Summary, error) {
	received, err := s.receive(ctx, inputs)
	if err != nil {
		return Summary{}, err
	}
	graph := s.link(received)
	return s.judge(ctx, received, graph, out)
}

// link weighs what was received; the builder is not needed after.
func (s *Screen) link(r *received) *link.Graph {
	s.progress("link", 0, 1)
	defer s.progress("link", 1, 1)
	r.builder.Decide(s.Decisions)
	r.builder.UsePersona(s.Persona)
	return r.builder.Build()
}

// assess is the line of architecture.md for one subject: checks → policy.
func (s *Screen) assess(a *record.Application, links []record.Link, cluster string) *record.Result {
	return s.assessBy(s.Policy, a, links, cluster, s.Asked)
}

// assessBy is assess by rules other than the shipped ones: a tenant's own.
func (s *Screen) assessBy(rules *policy.Policy, a *record.Application, links []record.Link, cluster string, asked time.Time) *record.Result {
	if tier := rules.TierOf(&a.Role); tier != a.Role.Tier {
		own := *a // the record says what it said; the rules say which tier that is
		own.Role.Tier, a = tier, &own
	}
	compared := links
	if s.Closed != nil {
		p := s.Keyer.Fork().Profile(a)
		back := s.Closed.Match(&p, record.DateOf(a.ReceivedAt))
		compared = append(links[:len(links):len(links)], back)
		if back.Identities > 0 {
			links = compared
		}
	}
	run := s.Checks.Run
	if rules.AfterHire(a) {
		run = s.Checks.RunOpen
	} else {
		links, compared = beforeHire(links), beforeHire(compared)
	}
	report := run(&record.Subject{Application: a, Links: compared, Cluster: cluster, Asked: asked}, s.Lists)
	proofs := policy.Assurances(a)
	policy.Clear(report.Findings, proofs)
	s.Cleared.Mark(report.Findings)
	assessment, because := rules.Assess(report.Findings, nil)
	return &record.Result{
		Record: a.Name(), Person: a.Person.Name, Role: a.Role.Title, Tier: a.Role.Tier, ReceivedAt: a.ReceivedAt,
		Assessment: assessment, Because: because, Findings: report.Findings,
		Clear: report.Clear, NoData: report.NoData, NotApplicable: report.NotApplicable, NotInForce: report.NotInForce,
		Assurances: proofs, Chain: rules.Chain(a, report.Findings, proofs), Cluster: cluster, Lists: report.Lists, Links: links,
	}
}

// beforeHire leaves out what only systems at work can tell, where the policy has
// not opened the module after the hire: it is neither judged nor shown.
func beforeHire(links []record.Link) []record.Link {
	atWork := func(l record.Link) bool { return l.Kind == record.KindPremises }
	if !slices.ContainsFunc(links, atWork) {
		return links
	}
	return slices.DeleteFunc(slices.Clone(links), atWork)
}

func (s *Screen) progress(step string, done, total int64) {
	if s.Progress != nil {
		s.Progress(step, done, total)
	}
}
