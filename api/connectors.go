package api

import (
	"time"

	"bonafide/record"
	"bonafide/screen"
)

// Connectors are the systems that were connected.
type Connectors struct {
	Connectors []Connector `json:"connectors"`
}

// Connector is one of them, and how it fares.
type Connector struct {
	Name    string    `json:"name"`
	System  string    `json:"system"`
	Sends   bool      `json:"sends" doc:"It sends us webhooks."`
	Asked   bool      `json:"asked" doc:"It is asked regularly."`
	Ends    bool      `json:"ends" doc:"Accesses are ended there."`
	Told    bool      `json:"told" doc:"It is told what was found, as OCSF lines."`
	Covers  string    `json:"covers,omitempty" doc:"What the signature of its webhooks covers."`
	State   string    `json:"state" enum:"good,new,late,failing,expired,off,locked"`
	Last    time.Time `json:"last,omitzero" doc:"The last delivery, or the last time that all was read."`
	Until   time.Time `json:"until,omitzero" doc:"Everything up to here was read."`
	Late    int64     `json:"late" doc:"Seconds that is behind now."`
	From    time.Time `json:"from,omitzero" doc:"In trouble since."`
	Said    string    `json:"said,omitempty"`
	Waiting int       `json:"waiting" doc:"Deliveries that were tried and wait."`
	Lost    int       `json:"lost" doc:"Deliveries that were given up."`
	Bad     int64     `json:"bad" doc:"Events that could not be read."`
	Skew    int64     `json:"skew" doc:"Seconds that its clock is ahead of ours."`
	Queue   int64     `json:"queue" doc:"Lines that wait to be told."`
	Refused int64     `json:"refused" doc:"Lines that it would not take, and others beside them."`
}

func listConnectors(c *call) (answer, error) {
	all, err := (&screen.Hooks{Keeper: c.s.Keeper}).Health(c, c.caller.Actor)
	if err != nil {
		return answer{}, err
	}
	out := Connectors{[]Connector{}}
	for _, h := range all {
		out.Connectors = append(out.Connectors, Connector{h.Name, h.Provider, h.Sends, h.Asked, h.Ends, h.Tells, string(h.Covers), h.State, h.Last, h.Since,
			int64(h.Late / time.Second), h.From, h.Said, h.Waiting, h.Lost, h.Bad, int64(h.Skew / time.Second), h.Queue, h.Refused})
	}
	return answer{body: out}, nil
}

// Lookups are questions that left the house.
type Lookups struct {
	Lookups []Lookup `json:"lookups"`
}

// Lookup is one of them.
type Lookup struct {
	At        time.Time `json:"at"`
	Occasion  string    `json:"occasion"`
	Connector string    `json:"connector"`
	Host      string    `json:"host"`
	Subject   string    `json:"subject,omitempty" doc:"Whom it concerned; it stands in that subject's export."`
	Status    int       `json:"status,omitempty"`
	Bytes     int64     `json:"bytes"`
	Took      int64     `json:"took" doc:"Milliseconds."`
	Why       string    `json:"why,omitempty" doc:"Why it failed or was refused."`
}

func listLookups(c *call) (answer, error) {
	var before time.Time
	if x := c.query("before"); x != "" {
		var err error
		if before, err = time.Parse(time.RFC3339, x); err != nil {
			return answer{}, record.Invalid("before", "is not a time such as 2026-03-02T09:14:05Z")
		}
	}
	all, err := c.s.Desk.Lookups(c, c.caller.Actor, before, 200)
	if err != nil {
		return answer{}, err
	}
	out := Lookups{[]Lookup{}}
	for _, l := range all {
		out.Lookups = append(out.Lookups, Lookup{l.At, l.Occasion, l.By, l.Host, l.Subject, l.Status, l.Bytes, l.Took, l.Why})
	}
	return answer{body: out}, nil
}
