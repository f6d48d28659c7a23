package checks

import (
	"fmt"

	"bonafide/match"
	"bonafide/record"
)

// Tax and insurance numbers carry a check digit against slips. A number that does
// not hold is asked for again; one that holds proves nothing. What such a number
// says of birth or sex is never read out of it.
var docTaxidChecks = Check{
	ID: "doc-taxid-checks",
	Title: record.Text{
		EN: "Tax or insurance number is not well-formed",
		DE: "Steuer- oder Versicherungsnummer ist nicht wohlgeformt",
		PT: "Número fiscal ou de segurança social mal formado",
	},
	Text: record.Text{
		EN: "The number does not follow the rules of its country: length, alphabet or check digit. Looked at for Germany, Portugal, the United Kingdom, Italy and Spain.",
		DE: "Die Nummer folgt nicht den Regeln ihres Landes: Länge, Zeichen oder Prüfziffer. Geprüft für Deutschland, Portugal, das Vereinigte Königreich, Italien und Spanien.",
		PT: "O número não segue as regras do seu país: comprimento, caracteres ou dígito de controlo. Verificado para Alemanha, Portugal, Reino Unido, Itália e Espanha.",
	},
	Stage:      []string{"onboarding", "payment"},
	Family:     record.Ident,
	Strength:   record.Supporting,
	Reads:      []string{"tax_ids"},
	Sources:    []string{"hmrc-nim39110", "pt-cc-2009", "bzst-idnr"},
	LegalBasis: []string{"gdpr-6-1-b", "gdpr-5-1-d"},
	FalsePositives: []record.Text{
		{EN: "a slip of the hand", DE: "ein Tippfehler", PT: "um lapso de escrita"},
		{EN: "newcomers with a provisional number or none yet", DE: "Zugezogene mit vorläufiger oder noch ohne Nummer", PT: "recém-chegados com número provisório ou ainda sem número"},
	},
	Clears: []record.Text{
		{EN: "the number registered by payroll", DE: "die Anmeldung der Nummer durch die Lohnabrechnung", PT: "o registo do número pelo processamento salarial"},
	},
	Ask: record.Text{
		EN: "Please enter your tax or insurance number again, or tell us that you do not have one yet.",
		DE: "Bitte geben Sie Ihre Steuer- oder Versicherungsnummer noch einmal ein, oder sagen Sie uns, dass Sie noch keine haben.",
		PT: "Introduza novamente, por favor, o seu número fiscal ou de segurança social, ou diga-nos que ainda não o tem.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDocTaxidChecks,
}

var sayTaxSlip = record.Text{
	EN: "The tax or insurance number does not hold; one mistyped character explains it.",
	DE: "Die Steuer- oder Versicherungsnummer stimmt nicht; ein vertipptes Zeichen erklärt es.",
	PT: "O número fiscal ou de segurança social não está certo; um carácter mal escrito explica-o.",
}

var sayTaxBad = record.Text{
	EN: "The tax or insurance number does not have the form its country uses.",
	DE: "Die Steuer- oder Versicherungsnummer hat nicht die Form, die ihr Land verwendet.",
	PT: "O número fiscal ou de segurança social não tem a forma usada no seu país.",
}

func runDocTaxidChecks(in *In) Answer {
	var found []record.Finding
	known := false
	for i, t := range in.App.TaxIDs {
		form := match.TaxID(t.Country, t.Value)
		known = known || form != match.FormUnknown
		where := record.Evidence{Field: fmt.Sprintf("tax_ids[%d]", i)}
		switch form {
		case match.FormSlip:
			found = append(found, observed(record.Weak, sayTaxSlip, where))
		case match.FormBad:
			found = append(found, observed(record.Supporting, sayTaxBad, where))
		}
	}
	switch {
	case len(in.App.TaxIDs) == 0:
		return noData
	case !known:
		return notApplicable
	}
	return hit(found...)
}
