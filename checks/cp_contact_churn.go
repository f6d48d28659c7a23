package checks

import (
	"slices"
	"strings"

	"bonafide/match"
	"bonafide/record"
)

// When phone and mail address both change just after an offer, the people who promised to
// do the work may no longer be the people who are reached. One new number is an ordinary
// event; several at once are asked about, through the contact that was verified before.
var cpContactChurn = Check{
	ID: "cp-contact-churn",
	Title: record.Text{
		EN: "Contacts changed after the offer",
		DE: "Kontakte nach dem Angebot geändert",
		PT: "Contactos alterados depois da proposta",
	},
	Text: record.Text{
		EN: "Phone, mail address or account handle were replaced by the candidate after an offer was made.",
		DE: "Telefon, E-Mail-Adresse oder Benutzername wurden nach einem Angebot von der sich bewerbenden Person ersetzt.",
		PT: "O telefone, o endereço de e-mail ou o nome de utilizador foram substituídos pela pessoa candidata depois de feita a proposta.",
	},
	Stage:      []string{"application", "offer", "onboarding"},
	Family:     record.Contact,
	Strength:   record.Supporting,
	Reads:      []string{"history", "stage"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a change of job or provider", DE: "ein Wechsel der Stelle oder des Anbieters", PT: "uma mudança de emprego ou de operadora"},
		{EN: "a move to another country", DE: "ein Umzug in ein anderes Land", PT: "uma mudança de país"},
	},
	Clears: []record.Text{
		{EN: "confirmation through the older, verified contact", DE: "Bestätigung über den älteren, geprüften Kontakt", PT: "confirmação através do contacto anterior, já verificado"},
	},
	Ask: record.Text{
		EN: "Please confirm the new contacts through the one we already know.",
		DE: "Bitte bestätigen Sie die neuen Kontakte über den, den wir schon kennen.",
		PT: "Confirme, por favor, os novos contactos através daquele que já conhecemos.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCpContactChurn,
}

var sayContactChanged = record.Text{
	EN: "One contact was replaced after the offer.",
	DE: "Ein Kontakt wurde nach dem Angebot ersetzt.",
	PT: "Um contacto foi substituído depois da proposta.",
}

var sayContactsChanged = record.Text{
	EN: "%d kinds of contact were replaced after the offer.",
	DE: "%d Arten von Kontakten wurden nach dem Angebot ersetzt.",
	PT: "%d tipos de contacto foram substituídos depois da proposta.",
}

func runCpContactChurn(in *In) Answer {
	if len(in.App.History) == 0 {
		return noData
	}
	offer, made := offerDay(in.App.Stage)
	if !made {
		return notApplicable
	}
	var kinds []string
	var evidence []record.Evidence
	for i := range in.App.History {
		c := &in.App.History[i]
		kind := contactKind(c)
		if kind == "" || c.At.Before(offer) || !byCandidate(c) || sameContact(kind, c.Old, c.New) {
			continue
		}
		evidence = append(evidence, record.Evidence{Field: indexed("history", i), ComparedWith: kind, AsOf: record.DateOf(c.At)})
		if !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	switch {
	case len(kinds) == 0:
		return allClear
	case len(kinds) == 1:
		return hit(observed(record.Weak, sayContactChanged, evidence[:min(5, len(evidence))]...))
	}
	return hit(observed(record.Supporting, sayContactsChanged.Say(len(kinds)), evidence[:min(5, len(evidence))]...))
}

// contactKind is which contact a change replaced; "" for another field, and
// for a contact that was only added or taken away.
func contactKind(c *record.Change) string {
	if c.Old == "" || c.New == "" {
		return ""
	}
	switch baseField(c.Field) {
	case "phones", "phone":
		return "phones"
	case "emails", "email":
		return "emails"
	case "accounts", "account":
		return "accounts"
	}
	return ""
}

// sameContact: a contact written in another way was not changed.
func sameContact(kind, old, new string) bool {
	canonical := func(s string) string {
		var form string
		ok := false
		switch kind {
		case "phones":
			form, ok = match.Phone(s, "")
		case "emails":
			form, ok = match.Email(s)
		}
		if !ok {
			return strings.ToLower(strings.TrimSpace(s))
		}
		return form
	}
	return canonical(old) == canonical(new)
}
