package casework

import (
	"context"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/notify"
	"bonafide/record"
	"bonafide/store"
)

// A referee is reached by a contact that somebody here found, never by the one
// that the applicant gave. Who found it, where, and what was said is recorded.

// ReferenceContact is a contact that was found.
type ReferenceContact struct {
	Reference int    // which of the application's, from 0
	Address   string // at the employer's own domain
	From      string // directory, switchboard, reviewer
	Where     string // the register, the page, the number called: in words
}

// FoundBy are the ways of finding one that count as independent.
var FoundBy = []string{"directory", "switchboard", "reviewer"}

const refereeFor = 30 * 24 * time.Hour

// AskReferee writes to a referee at a contact that was found. The reply is known
// by the number of the message, and judged when it arrives.
func (d *Desk) AskReferee(ctx context.Context, who record.Actor, caseID, house string, c ReferenceContact) error {
	at, err := mail.ParseAddress(strings.TrimSpace(c.Address))
	switch {
	case err != nil || at.Name != "":
		return record.Invalid("address", "is no mail address")
	case !slices.Contains(FoundBy, c.From):
		return record.Invalid("from", "is one of directory, switchboard, reviewer; a contact that only the applicant gave is none")
	case strings.TrimSpace(c.Where) == "" || len(c.Where) > mostWords:
		return record.Invalid("where", "says where the contact was found")
	}
	_, domain, _ := strings.Cut(at.Address, "@")
	return d.Store.Update(ctx, who, func(t *store.Tx) error {
		x, err := staffCase(t, caseID, "referee.ask")
		if err != nil {
			return err
		}
		a, err := t.Application(x.Subject)
		if err != nil {
			return err
		}
		if c.Reference < 0 || c.Reference >= len(a.References) {
			return record.Invalid("reference", "the application names no such referee")
		}
		r := a.References[c.Reference]
		if c.From == "reviewer" && strings.EqualFold(r.Email, at.Address) {
			return record.Invalid("address", "is the one that the applicant gave; name the directory or the switchboard that confirms it, or find another")
		}
		word := secret()
		data, err := json.Marshal(store.RefereeAsked{Reference: c.Reference, Address: at.Address, Domain: strings.ToLower(domain), From: c.From, Where: c.Where})
		if err != nil {
			return err
		}
		if err := t.AddToken(hashOf(word), store.Token{Purpose: store.PurposeReferee, Object: "case/" + x.ID, Subject: x.Subject, Expires: t.Now().Add(refereeFor), Data: data}); err != nil {
			return err
		}
		if err := t.AddStep(x.Subject, store.Step{Step: "referee", How: "asked", Report: map[string]any{"reference": c.Reference, "domain": domain, "from": c.From, "where": c.Where, "by": who.ID}}); err != nil {
			return err
		}
		t.Did("referee.ask", "case/"+x.ID, x.ID, "references")
		l, err := languageOf(t, a)
		if err != nil {
			return err
		}
		return letter(t, x.Subject, notify.Letter{To: at.Address, Subject: refereeSubject.In(l), Text: fmt.Sprintf(refereeText.In(l), a.Person.Name, r.Organisation), ID: "ref-" + word + "@" + hostOf(house)})
	})
}

var refereeSubject = record.Text{EN: "A question about a former colleague", DE: "Eine Frage zu einer früheren Kollegin oder einem früheren Kollegen", PT: "Uma pergunta sobre um antigo colega"}

var refereeText = record.Text{
	EN: "Hello,\n\n%s has applied for a post here and named you as somebody who can confirm their work at %s. We found this address ourselves and write to nobody who was only named to us.\n\nPlease answer this mail, from your address at work and in plain text:\n\n1. Did this person work with you, from when to when, and on what?\n2. What would only somebody who worked with them know of that work?\n3. Is there a number at the switchboard where we may call you back?\n\nThe person may read what you write. If you do not know them, please say so: it is as helpful.\n",
	DE: "Guten Tag,\n\n%s hat sich hier beworben und Sie als jemanden genannt, der die Arbeit bei %s bestätigen kann. Diese Adresse haben wir selbst gefunden; wir schreiben niemandem, der uns nur genannt wurde.\n\nBitte antworten Sie auf diese Mail, von Ihrer dienstlichen Adresse und als reiner Text:\n\n1. Hat die Person mit Ihnen gearbeitet, von wann bis wann und woran?\n2. Was weiß nur, wer mit ihr gearbeitet hat?\n3. Unter welcher Nummer der Zentrale dürfen wir zurückrufen?\n\nDie Person darf lesen, was Sie schreiben. Kennen Sie sie nicht, sagen Sie es bitte: Das hilft ebenso.\n",
	PT: "Bom dia,\n\n%s candidatou-se a uma função aqui e indicou o seu nome para confirmar o trabalho em %s. Encontrámos este endereço por nós próprios; não escrevemos a quem apenas nos foi indicado.\n\nResponda, por favor, a esta mensagem, do seu endereço profissional e em texto simples:\n\n1. Esta pessoa trabalhou consigo, de quando a quando e em quê?\n2. O que só saberia quem trabalhou com ela?\n3. Há um número da central por onde possamos ligar-lhe de volta?\n\nA pessoa pode ler o que escrever. Se não a conhece, diga-o: ajuda do mesmo modo.\n",
}

// Outcomes of a confirmation, and of a name check by a bank.
var (
	ConfirmationKinds = []string{"employment", "education", "certificate", "referee", "name-check", "identity-victim"}
	Outcomes          = []string{"confirmed", "partly", "denied", "no-record", "unreachable", "no-answer", "refused-to-say"}
	NameChecks        = []string{"match", "close-match", "no-match", "not-available"}
)

// CheckConfirmation says what a confirmation lacks before it is recorded.
func CheckConfirmation(c record.Confirmation) error {
	outcomes := Outcomes
	if c.Kind == "name-check" {
		outcomes = NameChecks
	}
	switch {
	case !slices.Contains(ConfirmationKinds, c.Kind):
		return record.Invalid("kind", "is one of "+strings.Join(ConfirmationKinds, ", "))
	case !slices.Contains(outcomes, c.Outcome):
		return record.Invalid("outcome", "is one of "+strings.Join(outcomes, ", "))
	case c.Kind != "name-check" && c.Kind != "identity-victim" && !slices.Contains([]string{"candidate", "reviewer", "switchboard", "directory", "issuer"}, c.ContactFrom):
		return record.Invalid("contact_from", "says how the contact was found: switchboard, directory, issuer, reviewer, or only by the candidate")
	case c.By == "" || len(c.About) > 100 || len(c.Number) > 100 || len(c.Issuer) > 300:
		return record.Invalid("by", "a named person records it; about, number and issuer are short")
	}
	return nil
}

// ConfirmationProof is what a confirmation proves, if anything: only a positive
// answer, reached by a way that did not come from the applicant.
func ConfirmationProof(c record.Confirmation) (p record.Assurance, ok bool) {
	independent := c.ContactFrom == "switchboard" || c.ContactFrom == "directory" || c.ContactFrom == "issuer"
	p = record.Assurance{AsOf: record.DateOf(c.At), At: c.At, Method: c.ContactFrom, Issuer: c.Issuer}
	switch {
	case c.Kind == "name-check" && c.Outcome == "match":
		p.ID, p.Link, p.Method = "payee-name-check", record.LinkPayee, "name-check"
		p.Clears, p.Breaks = []string{"pay-holder-name-mismatch"}, []string{"payee-passed-on"}
	case c.Outcome != "confirmed" || !independent:
		return p, false
	case c.Kind == "employment" || c.Kind == "referee":
		p.ID = "ref-switchboard-confirmation"
		p.Clears, p.Breaks = []string{"ref-all-freemail", "ref-contact-independence", "cv-employer-unverifiable"}, []string{"referee-in-good-faith"}
	case c.Kind == "education":
		p.ID, p.Breaks = "cv-education-confirmed-by-issuer", []string{"referee-in-good-faith"}
	case c.Kind == "certificate":
		p.ID, p.Clears, p.Breaks = "certificate-confirmed-by-issuer", []string{"cv-certificate-number"}, []string{"referee-in-good-faith"}
	default:
		return p, false
	}
	p.Until = record.DateOf(c.At.AddDate(2, 0, 0))
	return p, true
}
