package checks

import (
	"bonafide/record"
)

// The same person seems to have applied more than once. That is allowed; the note keeps the
// two records from being read as two people. It is never a reason for anything.
var linkFragmentedRecord = Check{
	ID: "link-fragmented-record",
	Title: record.Text{
		EN: "The same person may have applied before",
		DE: "Dieselbe Person hat sich vielleicht schon beworben",
		PT: "A mesma pessoa pode já se ter candidatado",
	},
	Text: record.Text{
		EN: "Another application carries the same identity: a question of merging records, not of trust.",
		DE: "Eine andere Bewerbung trägt dieselbe Identität: eine Frage des Zusammenführens, nicht des Vertrauens.",
		PT: "Outra candidatura tem a mesma identidade: uma questão de juntar registos, não de confiança.",
	},
	Stage:      []string{"application"},
	Family:     record.Ident,
	Strength:   record.Weak,
	Reads:      []string{"links.merge-question"},
	Sources:    []string{"seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "applying for two roles", DE: "zwei Stellen, zwei Bewerbungen", PT: "candidatar-se a duas funções"},
	},
	Clears: []record.Text{
		{EN: "a person decides whether the records belong together", DE: "ein Mensch entscheidet, ob die Einträge zusammengehören", PT: "uma pessoa decide se os registos pertencem juntos"},
	},
	Ask: record.Text{
		EN: "Nothing needs to be done by the applicant; please look whether the records belong together.",
		DE: "Die sich bewerbende Person muss nichts tun; bitte sehen Sie nach, ob die Einträge zusammengehören.",
		PT: "A pessoa candidata nada precisa de fazer; veja, por favor, se os registos pertencem juntos.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runLinkFragmentedRecord,
}

var sayMergeQuestion = record.Text{
	EN: "Another application seems to be by the same person.",
	DE: "Eine andere Bewerbung scheint von derselben Person zu sein.",
	PT: "Outra candidatura parece ser da mesma pessoa.",
}

func runLinkFragmentedRecord(in *In) Answer {
	var found []record.Finding
	for i := range in.Links {
		if l := &in.Links[i]; l.Kind == record.KindMergeQuestion {
			f := sharedFinding(l, sayMergeQuestion)
			f.Strength = record.Weak
			found = append(found, f)
		}
	}
	return hit(found...)
}
