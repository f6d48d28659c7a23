package api

import (
	"bytes"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"bonafide/casework"
	"bonafide/record"
	"bonafide/report"
)

// Offboarding is the run sheet of a case: what can still be got at.
type Offboarding struct {
	Cut     time.Time `json:"cut,omitzero" doc:"The one moment at which everything is to be cut."`
	Open    int       `json:"open" doc:"Ways in that are not known to be closed."`
	Access  []Way     `json:"access"`
	Minutes []Minute  `json:"minutes" doc:"Minutes after the moment in which something changed, and how many ways in were still open from then on."`
}

// Way is one way in.
type Way struct {
	Item    int       `json:"item"`
	Kind    string    `json:"kind"`
	System  string    `json:"system"`
	Name    string    `json:"name,omitempty"`
	State   string    `json:"state" enum:"open,closed,late,alive" doc:"alive: used after it was cut."`
	Revoked time.Time `json:"revoked,omitzero"`
	Proof   string    `json:"proof,omitempty" doc:"What shows that it was cut."`
	LastUse time.Time `json:"last_use,omitzero"`
	OpenFor int64     `json:"open_for" doc:"Seconds it was open after the moment of the cut."`
}

// Minute is how many ways in were open from a minute on.
type Minute struct {
	Minute int `json:"minute"`
	Open   int `json:"open"`
}

// OffboardStep is one step of a run sheet.
type OffboardStep struct {
	Do     string `json:"do" required:"true" enum:"add,cut,confirm,seen" doc:"add: kind, system, name. cut: at. confirm and seen: item, at, words."`
	Kind   string `json:"kind,omitempty" max:"20"`
	System string `json:"system,omitempty" max:"300"`
	Name   string `json:"name,omitempty" max:"300"`
	Item   int    `json:"item,omitempty"`
	At     string `json:"at,omitempty" max:"40" doc:"RFC 3339."`
	Words  string `json:"words,omitempty" max:"300" doc:"What shows it: a line of a log, an answer of the system."`
}

func (OffboardStep) isCommand() {}

func readOffboarding(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	o, err := c.s.Desk.Offboarding(c, c.caller.Actor, id)
	return answer{body: c.offboarding(&o), mark: o.Mark()}, err
}

func addOffboardStep(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	x, err := in[OffboardStep](c)
	if err != nil {
		return answer{}, err
	}
	at, err := moment("at", x.At)
	if err != nil {
		return answer{}, err
	}
	var o casework.Offboarding
	switch x.Do {
	case "add":
		o, err = c.s.Desk.AddAccess(c, c.caller.Actor, id, []record.Credential{{Kind: x.Kind, System: x.System, Name: x.Name}})
	case "cut":
		o, err = c.s.Desk.SetCut(c, c.caller.Actor, id, at)
	case "confirm":
		o, err = c.s.Desk.ConfirmCut(c, c.caller.Actor, id, x.Item, at, x.Words)
	default:
		o, err = c.s.Desk.SawUse(c, c.caller.Actor, id, x.Item, at, x.Words)
	}
	if err != nil {
		return answer{}, err
	}
	err = c.amend("offboarding.record", func(a *record.Application, _ time.Time) error { o.Leaving(a); return nil })
	return answer{body: c.offboarding(&o)}, err
}

func (c *call) offboarding(o *casework.Offboarding) Offboarding {
	now := c.s.Now()
	out := Offboarding{Cut: o.Cut, Open: o.Open(), Access: []Way{}, Minutes: []Minute{}}
	for _, a := range o.Access {
		out.Access = append(out.Access, Way{a.N, a.Kind, a.System, a.Name, a.State(o.Cut), a.Revoked, a.Proof, a.LastUse, int64(a.OpenFor(o.Cut, now) / time.Second)})
	}
	for _, m := range o.Minutes(now) {
		out.Minutes = append(out.Minutes, Minute{m.Minute, m.Open})
	}
	return out
}

// Siblings are cases that share something with one, two steps far.
type Siblings struct {
	Siblings []Sibling `json:"siblings"`
	Ties     []Tie     `json:"ties" doc:"What people decided about this case and others, newest first."`
}

// Sibling is one of them. It gets verification, not suspicion.
type Sibling struct {
	Case   string           `json:"case"`
	State  record.CaseState `json:"state"`
	Steps  int              `json:"steps"`
	Shares []string         `json:"shares" doc:"Kinds of what is shared on the nearest step, never the values."`
	Via    string           `json:"via,omitempty" doc:"The case in between."`
}

// Tie is what a person decided about two cases.
type Tie struct {
	Op     string    `json:"op" enum:"join,split,free"`
	Other  string    `json:"other" doc:"Id of the other subject."`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// TieAsked is a decision about two cases.
type TieAsked struct {
	Op     string `json:"op" required:"true" enum:"join,split,free" doc:"free: nothing is said any more."`
	Other  string `json:"other" required:"true" max:"300" doc:"The other record: SOURCE/ID."`
	Reason string `json:"reason" required:"true" max:"500"`
}

func (TieAsked) isCommand() {}

func readSiblings(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	found, err := c.s.Desk.Siblings(c, c.caller.Actor, id)
	if err != nil {
		return answer{}, err
	}
	ties, err := c.s.Desk.Ties(c, c.caller.Actor, id)
	if err != nil {
		return answer{}, err
	}
	out := Siblings{[]Sibling{}, []Tie{}}
	for _, s := range found {
		x := Sibling{s.Case, s.State, s.Hops, []string{}, s.Via}
		for _, k := range s.Kinds {
			x.Shares = append(x.Shares, k.String())
		}
		out.Siblings = append(out.Siblings, x)
	}
	for _, t := range ties {
		out.Ties = append(out.Ties, Tie{t.Op, t.B, t.By, t.At, t.Reason})
	}
	return answer{body: out, mark: casework.TiesMark(ties)}, nil
}

func addTie(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	x, err := in[TieAsked](c)
	if err != nil {
		return answer{}, err
	}
	other, err := c.s.Desk.Find(c, c.caller.Actor, x.Other)
	if err != nil {
		return answer{}, err
	}
	if other.Case == "" {
		return answer{}, notFound
	}
	t, err := c.s.Desk.Tie(c, c.caller.Actor, x.Op, id, other.Case, x.Reason)
	return answer{body: Tie{t.Op, t.B, t.By, t.At, t.Reason}}, err
}

// Demands are messages that demand something for what was copied.
type Demands struct {
	Demands []record.Demand `json:"demands" doc:"What a message says of itself is a claim."`
}

func readDemands(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	all, err := c.s.Desk.Demands(c, c.caller.Actor, id)
	return answer{body: Demands{orEmpty(all)}}, err
}

func addDemand(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	if _, err := c.s.Desk.Demands(c, c.caller.Actor, id); err != nil {
		return answer{}, err // nothing is opened for whoever may not see the case
	}
	d, err := c.s.Keeper.Demand(c, c.raw)
	if err != nil {
		return answer{}, err
	}
	out, err := c.s.Desk.TakeDemand(c, c.caller.Actor, id, c.raw, d)
	return answer{body: out}, err
}

func readIndicators(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	all, err := c.s.Desk.Indicators(c, c.caller.Actor, id)
	if err != nil {
		return answer{}, err
	}
	write := report.WriteSTIX
	if c.query("form") == "misp" {
		write = report.WriteMISP
	}
	var b bytes.Buffer
	if err := write(&b, c.caller.Tenant, all); err != nil {
		return answer{}, err
	}
	return answer{body: Indicators{jsontext.Value(b.Bytes())}}, nil
}

// Reached asks whose inventories reached some files.
type Reached struct {
	Paths []string `json:"paths" required:"true" doc:"Paths of our own files, as bonafide fingerprint compare says them; two thousand at most."`
}

func (Reached) isCommand() {}

// Leavers are cases whose inventory reached some files: who could, not who did.
type Leavers struct {
	Leavers []Leaver `json:"leavers" doc:"By id, in no order of merit."`
}

// Leaver is one of them.
type Leaver struct {
	Case  string           `json:"case"`
	State record.CaseState `json:"state"`
	Had   int              `json:"had" doc:"Of the paths asked about, how many their inventory reached."`
	By    []string         `json:"by"`
}

func findLeavers(c *call) (answer, error) {
	id, err := c.object()
	if err != nil {
		return answer{}, err
	}
	x, err := in[Reached](c)
	if err != nil {
		return answer{}, err
	}
	found, err := c.s.Desk.Leavers(c, c.caller.Actor, id, x.Paths)
	if err != nil {
		return answer{}, err
	}
	out := Leavers{[]Leaver{}}
	for _, l := range found {
		out.Leavers = append(out.Leavers, Leaver{l.Case, l.State, l.Had, orEmpty(l.By)})
	}
	return answer{body: out}, nil
}

// Indicators are artefacts to share with others, without persons.
type Indicators struct {
	Export jsontext.Value `json:"export" doc:"A STIX 2.1 bundle, or a MISP event: wallets, hosts, digests of messages."`
}
