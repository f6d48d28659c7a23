package checks

import (
	"bonafide/record"
)

// Somebody tells us that the identity under which a person works is theirs, or an
// office says that its holder is elsewhere or has died. The report itself is looked
// into at once; only an authority's word confirms it, and namesakes are common.
var docIdentityVictimReport = Check{
	ID: "doc-identity-victim-report",
	Title: record.Text{
		EN: "Somebody else says that this identity is theirs",
		DE: "Jemand anderes sagt, diese Identität sei die eigene",
		PT: "Outra pessoa diz que esta identidade é a sua",
	},
	Text: record.Text{
		EN: "The holder of the identity, a tax office or a register reported that the holder does not work here. It counts fully once an authority has confirmed it and two named people have recorded that.",
		DE: "Wem die Identität gehört, ein Finanzamt oder ein Register hat gemeldet, dass diese Person hier nicht arbeitet. Voll zählt es, wenn eine Behörde es bestätigt und zwei namentlich genannte Menschen das festgehalten haben.",
		PT: "O titular da identidade, a administração fiscal ou um registo comunicou que o titular não trabalha aqui. Conta plenamente quando uma autoridade o confirmou e duas pessoas identificadas o registaram.",
	},
	Stage:      []string{"onboarding", "employment"},
	Family:     record.Ident,
	Strength:   record.Conclusive,
	Link:       record.LinkDocument,
	Reads:      []string{"confirmations"},
	Sources:    []string{"mandiant-2024-09-23", "npa-joint-2026-09-18"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a namesake", DE: "eine Person gleichen Namens", PT: "uma pessoa com o mesmo nome"},
		{EN: "a clerical error of an office", DE: "ein Schreibfehler einer Behörde", PT: "um erro administrativo"},
	},
	Clears: []record.Text{
		{EN: "the authority's word that the report concerned somebody else", DE: "die Auskunft der Behörde, dass die Meldung jemand anderen betraf", PT: "a informação da autoridade de que a comunicação dizia respeito a outra pessoa"},
		{EN: "a chip or wallet read in person", DE: "ein persönlich gelesener Chip oder eine Wallet", PT: "um chip ou carteira digital lidos presencialmente"},
	},
	Ask: record.Text{
		EN: "We ask the authority, and both people separately for a proof by chip or in person; whoever reported is protected from now on.",
		DE: "Wir fragen die Behörde und beide Personen getrennt nach einem Nachweis per Chip oder persönlich; wer gemeldet hat, ist ab jetzt geschützt.",
		PT: "Perguntamos à autoridade e pedimos a ambas as pessoas, separadamente, uma prova por chip ou presencial; quem comunicou fica protegido desde já.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDocIdentityVictimReport,
}

var sayVictimReported = record.Text{
	EN: "A report came in that the identity belongs to somebody who does not work here; no authority has answered yet.",
	DE: "Es ging die Meldung ein, dass die Identität jemandem gehört, der hier nicht arbeitet; noch hat keine Behörde geantwortet.",
	PT: "Foi comunicado que a identidade pertence a alguém que não trabalha aqui; nenhuma autoridade respondeu ainda.",
}

var sayVictimConfirmed = record.Text{
	EN: "An authority confirmed that the identity belongs to somebody who does not work here.",
	DE: "Eine Behörde hat bestätigt, dass die Identität jemandem gehört, der hier nicht arbeitet.",
	PT: "Uma autoridade confirmou que a identidade pertence a alguém que não trabalha aqui.",
}

func runDocIdentityVictimReport(in *In) Answer {
	looked := false
	var found []record.Finding
	for i := range few(in.App.Confirmations) {
		c := &in.App.Confirmations[i]
		if c.Kind != "identity-victim" {
			continue
		}
		looked = true
		switch c.Outcome {
		case "denied", "no-record": // the authority says that it is a namesake or an error
		case "confirmed":
			found = append(found, attested(observed(record.Conclusive, sayVictimConfirmed, confirmation(in, i)), twoPeople(c.By, c.Second)))
		default:
			found = append(found, attested(observed(record.Strong, sayVictimReported, confirmation(in, i)), c.By != ""))
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
