package checks

import (
	"slices"
	"strings"

	"bonafide/match"
	"bonafide/record"
)

// A phone number of another country than the one lived in. People keep their numbers for
// years after moving, so this is context for a reader and never counts. It is compared
// with where the person says they live now and with nothing else.
var cpPhoneLocationMismatch = Check{
	ID: "cp-phone-location-mismatch",
	Title: record.Text{
		EN: "Phone number of another country",
		DE: "Telefonnummer eines anderen Landes",
		PT: "Número de telefone de outro país",
	},
	Text: record.Text{
		EN: "None of the phone numbers belongs to the numbering plan of the country of residence.",
		DE: "Keine der Telefonnummern gehört zum Nummernplan des Wohnlandes.",
		PT: "Nenhum dos números de telefone pertence ao plano de numeração do país de residência.",
	},
	Stage:      []string{"application"},
	Family:     record.Contact,
	Strength:   record.Weak,
	Reads:      []string{"phones", "person.address"},
	Sources:    []string{"libphonenumber", "state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "people who moved and kept their number", DE: "Menschen, die umgezogen sind und ihre Nummer behalten haben", PT: "pessoas que se mudaram e mantiveram o número"},
	},
	Clears: []record.Text{
		{EN: "a code answered on the number", DE: "ein Code, beantwortet auf der Nummer", PT: "um código respondido no número"},
	},
	Ask: record.Text{
		EN: "Nothing needs to be done; a number from elsewhere is fine.",
		DE: "Es ist nichts zu tun; eine Nummer von anderswo ist in Ordnung.",
		PT: "Nada é preciso fazer; um número de outro lugar serve.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCpPhoneLocationMismatch,
}

var sayPhoneElsewhere = record.Text{
	EN: "The phone number belongs to the numbering plan of another country than the residence.",
	DE: "Die Telefonnummer gehört zum Nummernplan eines anderen Landes als des Wohnlandes.",
	PT: "O número de telefone pertence ao plano de numeração de um país diferente do de residência.",
}

func runCpPhoneLocationMismatch(in *In) Answer {
	home := strings.ToUpper(in.App.Person.Address.Country)
	if home == "" {
		return noData
	}
	var found []record.Finding
	for i, phone := range few(in.App.Phones) {
		e164, ok := match.Phone(phone, "")
		if !ok {
			continue
		}
		countries := match.PhoneCountries(e164)
		if len(countries) == 0 {
			continue // belongs to no country
		}
		if slices.Contains(countries, home) {
			return allClear
		}
		found = append(found, observed(record.Weak, sayPhoneElsewhere, record.Evidence{Field: indexed("phones", i), ComparedWith: "person.address.country"}))
	}
	if found == nil {
		return noData
	}
	return hit(found...)
}
