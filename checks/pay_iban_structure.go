package checks

import (
	"fmt"

	"bonafide/match"
	"bonafide/record"
)

// An account number carries check digits against slips. One that does not hold is
// asked for again. The country of an account says nothing about its holder, and
// refusing another country's account would be unlawful: it is not looked at.
var payIbanStructure = Check{
	ID: "pay-iban-structure",
	Title: record.Text{
		EN: "Account number is not well-formed",
		DE: "Kontonummer ist nicht wohlgeformt",
		PT: "Número de conta mal formado",
	},
	Text: record.Text{
		EN: "The IBAN does not have the length or form of its country, or its check digits do not hold.",
		DE: "Die IBAN hat nicht die Länge oder Form ihres Landes, oder ihre Prüfziffern stimmen nicht.",
		PT: "O IBAN não tem o comprimento ou a forma do seu país, ou os dígitos de controlo não batem certo.",
	},
	Stage:      []string{"payment"},
	Family:     record.Pay,
	Strength:   record.Supporting,
	Link:       record.LinkPayee,
	Reads:      []string{"payouts"},
	Sources:    []string{"swift-iban-registry"},
	LegalBasis: []string{"gdpr-6-1-b", "gdpr-5-1-d", "sepa-260-2012-9"},
	FalsePositives: []record.Text{
		{EN: "a slip of the hand", DE: "ein Tippfehler", PT: "um lapso de escrita"},
		{EN: "a country that changed its account numbers", DE: "ein Land, das seine Kontonummern geändert hat", PT: "um país que mudou os números de conta"},
	},
	Clears: []record.Text{
		{EN: "the number entered again and accepted", DE: "die Nummer, noch einmal eingegeben und gültig", PT: "o número introduzido de novo e válido"},
	},
	Ask: record.Text{
		EN: "Please enter your account number again.",
		DE: "Bitte geben Sie Ihre Kontonummer noch einmal ein.",
		PT: "Introduza novamente, por favor, o seu número de conta.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runPayIbanStructure,
}

var sayIBANSlip = record.Text{
	EN: "The check digits of the account number do not hold; one mistyped character explains it.",
	DE: "Die Prüfziffern der Kontonummer stimmen nicht; ein vertipptes Zeichen erklärt es.",
	PT: "Os dígitos de controlo do número de conta não batem certo; um carácter mal escrito explica-o.",
}

var sayIBANBad = record.Text{
	EN: "The account number does not have the form its country uses.",
	DE: "Die Kontonummer hat nicht die Form, die ihr Land verwendet.",
	PT: "O número de conta não tem a forma usada no seu país.",
}

func runPayIbanStructure(in *In) Answer {
	var found []record.Finding
	looked := false
	for i := range in.App.Payouts {
		p := &in.App.Payouts[i]
		if p.Kind != "iban" || p.Value == "" {
			continue
		}
		looked = true
		where := record.Evidence{Field: fmt.Sprintf("payouts[%d].value", i)}
		switch match.IBAN(p.Value) {
		case match.FormSlip:
			found = append(found, observed(record.Weak, sayIBANSlip, where))
		case match.FormBad:
			found = append(found, observed(record.Supporting, sayIBANBad, where))
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
