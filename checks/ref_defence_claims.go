package checks

import (
	"bonafide/record"
)

// Somebody states a security clearance. Only the office that sponsored it can confirm one,
// and no paper from the candidate or their referees is evidence of it either way. The step
// that follows is ours.
var refDefenceClaims = Check{
	ID: "ref-defence-claims",
	Title: record.Text{
		EN: "Clearance to be confirmed by its sponsor",
		DE: "Freigabe, die nur die Stelle bestätigt, die sie erteilt hat",
		PT: "Habilitação a confirmar pela entidade que a concedeu",
	},
	Text: record.Text{
		EN: "The application states a security clearance. It is confirmed through the sponsoring office and never through contacts the candidate gives.",
		DE: "Die Bewerbung nennt eine Sicherheitsfreigabe. Sie wird über die sponsernde Stelle bestätigt und nie über Kontakte aus der Bewerbung.",
		PT: "A candidatura indica uma habilitação de segurança. É confirmada junto da entidade que a patrocinou e nunca por contactos dados pela pessoa candidata.",
	},
	Stage:      []string{"reference"},
	Family:     record.Ref,
	Strength:   record.Weak,
	Reads:      []string{"clearances"},
	Sources:    []string{"gtig-2025-04-01"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "people who hold the clearance they state", DE: "Menschen, die die genannte Freigabe haben", PT: "pessoas que têm a habilitação que indicam"},
	},
	Clears: []record.Text{
		{EN: "the sponsoring office confirms it", DE: "die sponsernde Stelle bestätigt sie", PT: "a entidade que a patrocinou confirma-a"},
	},
	Ask: record.Text{
		EN: "We ask the sponsoring office; please name it, and nothing else.",
		DE: "Wir fragen die sponsernde Stelle; bitte nennen Sie nur diese.",
		PT: "Perguntamos à entidade que a patrocinou; indique, por favor, apenas qual é.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runRefDefenceClaims,
}

var sayClearance = record.Text{
	EN: "A clearance is stated; only its sponsor can confirm it.",
	DE: "Eine Freigabe ist genannt; nur die sponsernde Stelle kann sie bestätigen.",
	PT: "É indicada uma habilitação; só a entidade que a patrocinou a pode confirmar.",
}

func runRefDefenceClaims(in *In) Answer {
	var evidence []record.Evidence
	for i, c := range in.App.Clearances {
		if c.Sponsor != "" || c.Level != "" {
			evidence = append(evidence, record.Evidence{Field: indexed("clearances", i)})
		}
	}
	if evidence == nil {
		return notApplicable
	}
	return hit(observed(record.Weak, sayClearance, evidence[:min(5, len(evidence))]...))
}
