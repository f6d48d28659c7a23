package checks

import (
	"bonafide/record"
)

// We looked for the referee ourselves: at the firm's number, in its register, on its
// page. Nobody there knows them. People leave firms and keep off the internet, so
// that this counts only beside something of another kind.
var refNoIndependentExistence = Check{
	ID: "ref-no-independent-existence",
	Title: record.Text{
		EN: "Referee not known at the named employer",
		DE: "Referenzperson beim genannten Arbeitgeber nicht bekannt",
		PT: "Referência desconhecida no empregador indicado",
	},
	Text: record.Text{
		EN: "The employer, reached through a number or register that we found, does not know the referee. That nobody answered is not counted.",
		DE: "Der Arbeitgeber, über eine selbst gefundene Nummer oder ein Register erreicht, kennt die Referenzperson nicht. Dass niemand antwortete, zählt nicht.",
		PT: "O empregador, contactado por um número ou registo que encontrámos, não conhece a pessoa de referência. A falta de resposta não conta.",
	},
	Stage:      []string{"reference"},
	Family:     record.Ref,
	Strength:   record.Supporting,
	Reads:      []string{"confirmations"},
	Sources:    []string{"seal-frameworks", "gtig-2025-04-01"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a referee who has left the firm", DE: "eine Referenzperson, die die Firma verlassen hat", PT: "uma referência que já deixou a empresa"},
		{EN: "a firm that names nobody, to protect its people", DE: "eine Firma, die zum Schutz ihrer Leute niemanden nennt", PT: "uma empresa que não indica ninguém, para proteger os seus"},
	},
	Clears: []record.Text{
		{EN: "another referee who is found independently", DE: "eine andere, unabhängig gefundene Referenz", PT: "outra referência encontrada de forma independente"},
		{EN: "proof that the referee worked there: contract, badge, tax paper", DE: "ein Beleg, dass die Referenzperson dort arbeitete", PT: "prova de que a referência trabalhou lá"},
	},
	Ask: record.Text{
		EN: "Please name another person of that employer, or tell us when the referee left.",
		DE: "Bitte nennen Sie eine andere Person dieses Arbeitgebers, oder sagen Sie uns, wann die Referenzperson ging.",
		PT: "Indique, por favor, outra pessoa desse empregador, ou diga-nos quando a referência saiu.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runRefNoIndependentExistence,
}

var sayRefereeUnknown = record.Text{
	EN: "The employer, reached independently, does not know the referee.",
	DE: "Der unabhängig erreichte Arbeitgeber kennt die Referenzperson nicht.",
	PT: "O empregador, contactado de forma independente, não conhece a pessoa de referência.",
}

func runRefNoIndependentExistence(in *In) Answer {
	looked := false
	var found []record.Finding
	for i := range few(in.App.Confirmations) {
		c := &in.App.Confirmations[i]
		if c.Kind != "referee" || !independent(c.ContactFrom) {
			continue
		}
		switch c.Outcome {
		case "confirmed", "partly", "refused-to-say":
			looked = true
		case "denied", "no-record":
			looked = true
			f := attested(observed(record.Supporting, sayRefereeUnknown, confirmation(in, i)), twoPeople(c.By, c.Second))
			found = append(found, unlessConfirmed(in, i, f))
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
