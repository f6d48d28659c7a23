package checks

import (
	"bonafide/record"
)

// The person named as a referee is, by phone or mail address, another applicant. Former
// colleagues who are both looking for work do name each other, above all after layoffs; it
// is the same contact under two names that needs an answer.
var refRefereeIsApplicant = Check{
	ID: "ref-referee-is-applicant",
	Title: record.Text{
		EN: "Referee is another applicant",
		DE: "Die Referenz ist eine andere Bewerbung",
		PT: "A referência é outra candidatura",
	},
	Text: record.Text{
		EN: "The contact of a referee belongs to an applicant under another name.",
		DE: "Der Kontakt einer Referenz gehört zu einer Bewerbung unter anderem Namen.",
		PT: "O contacto de uma referência pertence a uma candidatura com outro nome.",
	},
	Stage:      []string{"reference"},
	Family:     record.Ref,
	Strength:   record.Strong,
	Reads:      []string{"links.referee-self"},
	Sources:    []string{"gtig-2025-04-01"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "colleagues who both look for work, as after layoffs", DE: "Menschen aus einer Firma, die beide Arbeit suchen, etwa nach Entlassungen", PT: "colegas que procuram ambos trabalho, como depois de despedimentos"},
	},
	Clears: []record.Text{
		{EN: "one referee confirmed through the employer's switchboard", DE: "eine Referenz, über die Zentrale des Arbeitgebers bestätigt", PT: "uma referência confirmada através da central do empregador"},
	},
	Ask: record.Text{
		EN: "We call one referee through a number we find ourselves.",
		DE: "Wir rufen eine Referenzperson über eine selbst gefundene Nummer an.",
		PT: "Telefonamos a uma pessoa de referência através de um número que nós próprios encontramos.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runRefRefereeIsApplicant,
}

var sayRefereeOtherName = record.Text{
	EN: "The referee's contact belongs to an applicant with another name than the referee's.",
	DE: "Der Kontakt der Referenz gehört zu einer Bewerbung, die anders heißt als die Referenz.",
	PT: "O contacto da referência pertence a uma candidatura com nome diferente do da referência.",
}

var sayRefereeApplicant = record.Text{
	EN: "The referee is also an applicant.",
	DE: "Die Referenzperson hat sich auch beworben.",
	PT: "A pessoa de referência é também candidata.",
}

var sayRefereeApplicants = record.Text{
	EN: "The referee's contact belongs to %d applicants.",
	DE: "Der Kontakt der Referenz gehört zu %d Bewerbungen.",
	PT: "O contacto da referência pertence a %d candidaturas.",
}

func runRefRefereeIsApplicant(in *In) Answer {
	var found []record.Finding
	for i := range in.Links {
		l := &in.Links[i]
		if l.Kind != record.KindRefereeSelf {
			continue
		}
		text := record.Plural(l.Identities, sayRefereeApplicant, sayRefereeApplicants.Say(l.Identities))
		if l.NamesDiffer {
			text = sayRefereeOtherName
		}
		found = append(found, sharedFinding(l, text))
	}
	return hit(found...)
}
