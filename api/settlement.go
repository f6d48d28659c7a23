package api

import (
	"time"

	"bonafide/casework"
	"bonafide/record"
)

// Settlement is what is settled when somebody leaves: devices and last payments.
type Settlement struct {
	Devices []record.Handback `json:"devices"`
	Pays    []record.LastPay  `json:"pays" doc:"Which payments are still to be made and what people said of them, never how much. Nothing here pays or holds back."`
}

// SettleAsked is one step of it.
type SettleAsked struct {
	Do        string `json:"do" required:"true" enum:"device,back,missing,pay,ask-hold,hold,lift,made" doc:"device: device, serial, disk, country, due. back: item, at, from, serial, disk, seal, wiped. missing: item. pay: kind, what, earned, due. ask-hold: item, adviser, basis, authority, review. hold: item, by a second person. lift: item, why. made: item."`
	Item      int    `json:"item,omitempty" max:"64" doc:"From 1."`
	Device    string `json:"device,omitempty" max:"300"`
	Serial    string `json:"serial,omitempty" max:"300"`
	Disk      string `json:"disk,omitempty" max:"300"`
	Country   string `json:"country,omitempty" max:"2" doc:"To which it was sent, two letters."`
	From      string `json:"from,omitempty" max:"2" doc:"Country on the label it came back with."`
	Seal      string `json:"seal,omitempty" enum:"intact,broken"`
	Wiped     bool   `json:"wiped,omitempty"`
	Kind      string `json:"kind,omitempty" enum:"wage,invoice,expenses,other"`
	What      string `json:"what,omitempty" max:"300"`
	Earned    bool   `json:"earned,omitempty" doc:"For work that was done; it stays owed."`
	Due       string `json:"due,omitempty" max:"40" doc:"RFC 3339."`
	At        string `json:"at,omitempty" max:"40" doc:"RFC 3339: when it came back."`
	Adviser   string `json:"adviser,omitempty" max:"300"`
	Basis     string `json:"basis,omitempty" max:"300"`
	Authority string `json:"authority,omitempty" max:"300"`
	Review    string `json:"review,omitempty" max:"10" doc:"The day on which somebody looks again, within ninety days."`
	Why       string `json:"why,omitempty" max:"300"`
}

func (SettleAsked) isCommand() {}

// given is the case of the address, and what was given for it.
func (c *call) given() (id string, a *record.Application, err error) {
	if id, err = c.object(); err != nil {
		return "", nil, err
	}
	a, err = c.s.Desk.Given(c, c.caller.Actor, id)
	return id, a, err
}

func readSettlement(c *call) (answer, error) {
	_, a, err := c.given()
	if err != nil {
		return answer{}, err
	}
	return answer{body: settlementOf(a)}, nil
}

func settlementOf(a *record.Application) Settlement {
	d := record.Departure{}
	if a.Departure != nil {
		d = *a.Departure
	}
	return Settlement{orEmpty(d.Devices), orEmpty(d.Pays)}
}

func addSettling(c *call) (answer, error) {
	x, err := in[SettleAsked](c)
	if err != nil {
		return answer{}, err
	}
	due, err := moment("due", x.Due)
	if err != nil {
		return answer{}, err
	}
	at, err := moment("at", x.At)
	if err != nil {
		return answer{}, err
	}
	s := casework.Settling{Do: x.Do, Item: x.Item,
		Device:  record.Handback{Device: x.Device, Serial: x.Serial, Disk: x.Disk, Country: x.Country, Due: due, Back: at, From: x.From, BackSerial: x.Serial, BackDisk: x.Disk, Seal: x.Seal, Wiped: x.Wiped},
		Payment: record.LastPay{Kind: x.Kind, What: x.What, Earned: x.Earned, Due: due, Adviser: x.Adviser, Basis: x.Basis, Authority: x.Authority, Review: record.Date(x.Review), Why: x.Why}}
	var out Settlement
	err = c.amend("settlement."+x.Do, func(a *record.Application, now time.Time) error {
		err := casework.Settle(a, s, c.caller.ID, now)
		out = settlementOf(a)
		return err
	})
	return answer{body: out}, err
}

// amend changes the record of a case after reading it, which keeps a sealed one
// to its circle.
func (c *call) amend(act string, change func(*record.Application, time.Time) error) error {
	id, _, err := c.given()
	if err != nil {
		return err
	}
	x, err := c.s.Desk.Case(c, c.caller.Actor, id)
	if err != nil {
		return err
	}
	return c.s.Keeper.Amend(c, c.caller.Actor, x.Subject, act, func(a *record.Application) error { return change(a, c.s.Now().UTC()) })
}

// Publications are places where something of ours was found in the open.
type Publications struct {
	Publications []record.Publication `json:"publications"`
	Compared     bool                 `json:"compared" doc:"This node has fingerprints of our own files to hold them against."`
}

// PublicationAsked is one more. What stood there is not kept.
type PublicationAsked struct {
	Where   string `json:"where" required:"true" max:"2000" doc:"Its address; it is never fetched."`
	Source  string `json:"source" required:"true" enum:"person,monitoring,decoy"`
	Seen    string `json:"seen" required:"true" max:"40" doc:"RFC 3339."`
	SHA256  string `json:"sha256,omitempty" max:"64" doc:"Of the copy that was kept."`
	Text    string `json:"text,omitempty" max:"1000000" doc:"What stood there: compared, and forgotten but for its digest."`
	Open    bool   `json:"open,omitempty" doc:"It is public with our consent."`
	Earlier string `json:"earlier,omitempty" max:"10" doc:"It stood in the open before: day, month or year."`
}

func (PublicationAsked) isCommand() {}

func readPublications(c *call) (answer, error) {
	_, a, err := c.given()
	if err != nil {
		return answer{}, err
	}
	return answer{body: Publications{orEmpty(a.Publications), c.s.Keeper.Ours != nil}}, nil
}

func addPublication(c *call) (answer, error) {
	x, err := in[PublicationAsked](c)
	if err != nil {
		return answer{}, err
	}
	seen, err := moment("seen", x.Seen)
	if err != nil {
		return answer{}, err
	}
	p := record.Publication{Seen: seen, Where: x.Where, Source: x.Source, SHA256: x.SHA256, Open: x.Open, Earlier: record.Date(x.Earlier)}
	if err := c.s.Keeper.Publication(c, &p, []byte(x.Text)); err != nil {
		return answer{}, err
	}
	var out []record.Publication
	err = c.amend("publication.add", func(a *record.Application, now time.Time) error {
		err := casework.Publish(a, p, c.caller.ID, now)
		out = a.Publications
		return err
	})
	return answer{body: Publications{orEmpty(out), c.s.Keeper.Ours != nil}}, err
}
