package checks

import (
	"bonafide/record"
)

// Somebody at the employer answered a call on the employer's own number: that
// proves work, and the policy takes it as an assurance. Here only the gap is shown:
// a yes that came through a contact the applicant gave is not yet such a proof.
var refSwitchboardConfirmation = Check{
	ID: "ref-switchboard-confirmation",
	Title: record.Text{
		EN: "Confirmed only through a contact that the applicant gave",
		DE: "Nur über einen selbst genannten Kontakt bestätigt",
		PT: "Confirmado apenas por um contacto indicado pela própria pessoa",
	},
	Text: record.Text{
		EN: "Work was confirmed, but nobody was reached through a number that we found ourselves. Such a call is an assurance; without it there is a gap of ours.",
		DE: "Die Arbeit wurde bestätigt, aber niemand über eine selbst gefundene Nummer erreicht. Ein solcher Anruf ist eine Zusicherung; fehlt er, ist das unsere Lücke.",
		PT: "O trabalho foi confirmado, mas ninguém foi contactado por um número que nós próprios encontrámos. Tal chamada é uma garantia; a sua falta é uma lacuna nossa.",
	},
	Stage:      []string{"reference"},
	Family:     record.Ref,
	Strength:   record.Weak,
	Reads:      []string{"confirmations"},
	Sources:    []string{"state-advisory-2022", "seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "most applicants: a referee is named by the person", DE: "die meisten: Eine Referenz nennt die Person selbst", PT: "a maioria: a referência é indicada pela própria pessoa"},
		{EN: "small firms without a switchboard", DE: "kleine Firmen ohne Zentrale", PT: "pequenas empresas sem central"},
	},
	Clears: []record.Text{
		{EN: "one confirmation through the employer's own number or a directory", DE: "eine Bestätigung über die Nummer des Arbeitgebers oder ein Verzeichnis", PT: "uma confirmação pelo número do empregador ou por um diretório"},
	},
	Ask: record.Text{
		EN: "We call the employer's switchboard and ask for human resources or the manager.",
		DE: "Wir rufen die Zentrale des Arbeitgebers an und fragen nach Personalabteilung oder Vorgesetzten.",
		PT: "Telefonamos à central do empregador e pedimos os recursos humanos ou a chefia.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runRefSwitchboardConfirmation,
}

var sayOnlyOwnContact = record.Text{
	EN: "Work was confirmed only through contacts that the applicant gave.",
	DE: "Die Arbeit wurde nur über Kontakte bestätigt, die die Person selbst nannte.",
	PT: "O trabalho foi confirmado apenas por contactos indicados pela própria pessoa.",
}

func runRefSwitchboardConfirmation(in *In) Answer {
	asked := false
	var own []record.Evidence
	for i := range few(in.App.Confirmations) {
		c := &in.App.Confirmations[i]
		if c.Kind != "employment" && c.Kind != "referee" || c.Outcome != "confirmed" {
			continue
		}
		asked = true
		if independent(c.ContactFrom) {
			return allClear
		}
		own = append(own, confirmation(in, i))
	}
	if !asked {
		return noData
	}
	return hit(observed(record.Weak, sayOnlyOwnContact, own[:min(5, len(own))]...))
}
