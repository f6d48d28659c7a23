package intake

import (
	"encoding/json"
	"strconv"

	"bonafide/record"
)

// Lever: opportunities as its API writes them (hire.lever.co/developer/
// documentation), alone, in {"data":…}, or in pages. A webhook carries only
// ids and is refused with words. One opportunity is one application; those
// expanded inside it are kept in extra, the newest gives role and time.

type leverOpportunity struct {
	ID        loose             `json:"id"`
	Name      loose             `json:"name"`
	Headline  loose             `json:"headline"`
	Location  loose             `json:"location"`
	Emails    []loose           `json:"emails"`
	Phones    []leverPhone      `json:"phones"`
	Links     []loose           `json:"links"`
	Origin    loose             `json:"origin"`
	CreatedAt loose             `json:"createdAt"`
	Applied   []json.RawMessage `json:"applications"`
	Unknown   record.Fields     `json:",embed"`
}

type leverPhone struct {
	Value   loose         `json:"value"`
	Unknown record.Fields `json:",embed"`
}

// leverApplication is an element of applications when the caller asked Lever
// to expand them; else the element is an id.
type leverApplication struct {
	ID        loose        `json:"id"`
	CreatedAt loose        `json:"createdAt"`
	Posting   loose        `json:"posting"`
	Email     loose        `json:"email"`
	Phone     leverPhone   `json:"phone"`
	Type      loose        `json:"type"`
	Company   loose        `json:"company"`
	Comments  loose        `json:"comments"`
	Links     []loose      `json:"links"`
	Questions []leverForms `json:"customQuestions"`
}

type leverForms struct {
	Fields []struct {
		Text  loose `json:"text"`
		Value loose `json:"value"`
	} `json:"fields"`
}

func leverKnows(n names) bool {
	return leverShape(n, "") || leverShape(n, "data.") && !n.has("event")
}

func leverShape(n names, under string) bool {
	return n.has(under+"id", under+"name", under+"createdAt") && n.any(under+"stageChanges", under+"origin", under+"stage") &&
		n.any(under+"contact", under+"emails", under+"headline")
}

func leverWebhookKnows(n names) bool { return n.has("event", "triggeredAt") }

func decodeLeverWebhook([]byte, given) (*record.Application, error) {
	return nil, record.Invalid("data", "an event that names ids only: fetch the opportunity and screen that")
}

func decodeLever(raw []byte, c given) (*record.Application, error) {
	var page struct {
		Data json.RawMessage `json:"data"`
	}
	if n := topNames(raw); !n.has("id") && n.has("data") {
		if err := decodeShape(raw, &page); err != nil {
			return nil, err
		}
		raw = page.Data
	}
	var l leverOpportunity
	if err := decodeShape(raw, &l); err != nil {
		return nil, err
	}
	a := &record.Application{ID: string(l.ID), Source: c.sourceOr("lever"), ReceivedAt: c.firstTime(l.CreatedAt)}
	a.Person.Name = string(l.Name)
	a.Person.Address.Country = lastCountry(string(l.Location))
	for _, e := range l.Emails {
		addEmail(a, string(e))
	}
	for _, p := range l.Phones {
		addPhone(a, string(p.Value))
	}
	for _, u := range l.Links {
		addURL(a, string(u))
	}
	switch l.Origin {
	case "agency":
		a.SubmittedBy.Kind = "agency"
	case "referred":
		a.SubmittedBy.Kind = "referrer"
	case "applied":
		a.SubmittedBy.Kind = "self"
	}
	for path, text := range map[string]loose{"headline": l.Headline, "location": l.Location, "origin": l.Origin} {
		if text != "" {
			keepText(a, path, string(text))
		}
	}
	if err := leverApplied(a, l.Applied); err != nil {
		return nil, err
	}
	keepRest(a, "", &l)
	return a, nil
}

// leverApplied reads the applications of an opportunity where they are more
// than ids.
func leverApplied(a *record.Application, applied []json.RawMessage) error {
	newest := loose("")
	for i, raw := range applied {
		if string(raw) == "null" {
			continue
		}
		keepOne(a, "applications["+strconv.Itoa(i)+"]", raw)
		if len(raw) == 0 || raw[0] != '{' {
			continue
		}
		var l leverApplication
		if err := decodeShape(raw, &l); err != nil {
			return err
		}
		addEmail(a, string(l.Email))
		addPhone(a, string(l.Phone.Value))
		for _, u := range l.Links {
			addURL(a, string(u))
		}
		for _, form := range l.Questions {
			for _, f := range form.Fields {
				if f.Value != "" {
					addAnswer(a, string(f.Text), string(f.Value))
				}
			}
		}
		if when := moment(l.CreatedAt); !when.IsZero() && (newest == "" || when.After(moment(newest))) {
			newest = l.CreatedAt
			a.ReceivedAt = when
			a.Role.ID = string(l.Posting)
		}
	}
	return nil
}
