package checks

import (
	"bonafide/match"
	"bonafide/record"
)

// Numbers for internet telephony and personal numbers are given out in minutes and
// follow their holder anywhere. Very many freelancers and people who moved have one,
// so it is shown and never counted. Most numbering plans do not tell such numbers apart.
var cpPhoneVoip = Check{
	ID: "cp-phone-voip",
	Title: record.Text{
		EN: "Number of an internet telephony range",
		DE: "Rufnummer aus einem Bereich für Internet-Telefonie",
		PT: "Número de uma gama de telefonia por internet",
	},
	Text: record.Text{
		EN: "The numbering plan of the country gives the phone number to internet telephony or to personal numbers.",
		DE: "Der Nummernplan des Landes weist die Telefonnummer der Internet-Telefonie oder den persönlichen Rufnummern zu.",
		PT: "O plano de numeração do país atribui o número de telefone à telefonia por internet ou a números pessoais.",
	},
	Stage:      []string{"application", "reference"},
	Family:     record.Contact,
	Strength:   record.Weak,
	Reads:      []string{"phones"},
	Sources:    []string{"libphonenumber", "fbi-psa-2025-01-23"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "freelancers with an office number", DE: "Selbständige mit einer Büronummer", PT: "profissionais independentes com um número de escritório"},
		{EN: "a line of a household broadband connection", DE: "ein Anschluss, der zum Internet im Haushalt gehört", PT: "uma linha incluída na internet de casa"},
	},
	Clears: []record.Text{
		{EN: "a code answered on any phone of the person", DE: "ein Code, beantwortet auf irgendeinem Telefon der Person", PT: "um código respondido em qualquer telefone da pessoa"},
	},
	Ask: record.Text{
		EN: "Nothing needs to be done; please confirm the number by a code as everyone does.",
		DE: "Es ist nichts zu tun; bitte bestätigen Sie die Nummer wie alle durch einen Code.",
		PT: "Nada é preciso fazer; confirme o número por código, como toda a gente.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCpPhoneVoip,
}

var sayVoIP = record.Text{
	EN: "The phone number is in a range for internet telephony or personal numbers.",
	DE: "Die Telefonnummer liegt in einem Bereich für Internet-Telefonie oder persönliche Rufnummern.",
	PT: "O número de telefone está numa gama de telefonia por internet ou de números pessoais.",
}

func runCpPhoneVoip(in *In) Answer {
	looked := false
	var found []record.Finding
	for i, phone := range few(in.App.Phones) {
		e164, ok := match.Phone(phone, "")
		if !ok {
			continue
		}
		looked = true
		if !match.MayBeVoIP(e164) {
			continue
		}
		switch t, _ := match.PhonePlan(e164); t {
		case match.PhoneVoIP, match.PhonePersonal:
			found = append(found, observed(record.Weak, sayVoIP, record.Evidence{Field: indexed("phones", i)}))
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
