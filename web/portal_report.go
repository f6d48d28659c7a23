package web

import (
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/access"
	"bonafide/record"
	"bonafide/screen"
)

type reportPage struct{ Sent bool }

func reportShow(g *guest) error {
	return g.show("portal_report", say(g.lang, "p report h"), reportPage{})
}

// reportSend takes the word of somebody whose name, papers or account another has
// used. It becomes a record of its own, so that whoever claims the same identity
// later meets it; what it says is an allegation until somebody has confirmed it,
// and by itself it turns nobody down. The answer is the same for every report and
// says nothing about whom we know.
func reportSend(g *guest) error {
	name, contact := g.field("name"), g.field("contact")
	if name == "" || contact == "" || len(name) > 300 || len(contact) > 300 {
		return record.Invalid("name", "and a way to reach you are required")
	}
	now := g.s.Now().UTC()
	a := record.Application{ID: access.Secret()[:26], Source: screen.ReportSource, ReceivedAt: now,
		Person:   record.Person{Name: name, BirthDate: record.Date(g.field("birth_date"))},
		Messages: []record.Message{{At: now, Text: g.field("text")}},
		Stage:    []record.Stage{{At: record.DateOf(now), Name: "application"}},
	}
	if _, err := time.Parse("2006-01-02", string(a.Person.BirthDate)); err != nil {
		a.Person.BirthDate = ""
	}
	if strings.Contains(contact, "@") {
		a.Emails = []string{contact}
	} else {
		a.Phones = []string{contact}
	}
	if n := g.field("document"); n != "" && len(n) <= 60 {
		a.Documents = []record.Document{{Kind: "passport", Number: n}}
	}
	raw, err := json.Marshal(&a)
	if err != nil {
		return record.Invalid("form", "cannot be read")
	}
	// Stored now, looked at by a job: the answer takes as long for every name.
	if _, err := g.s.Keeper.Accept(g, record.Machine(g.s.Portal.Tenant), screen.Delivery{Raw: raw, Later: true}); err != nil {
		return err
	}
	return g.show("portal_report", say(g.lang, "p report h"), reportPage{Sent: true})
}
