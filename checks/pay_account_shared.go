package checks

import "bonafide/record"

// One account, several people who are to be paid. A couple may share one and an
// agency may collect for many; otherwise one person takes the pay of several.
var payAccountShared = Check{
	ID: "pay-account-shared",
	Title: record.Text{
		EN: "One account for several people",
		DE: "Ein Konto für mehrere Menschen",
		PT: "Uma conta para várias pessoas",
	},
	Text: record.Text{
		EN: "The account that pay goes to stands on applications under different names.",
		DE: "Das Konto, auf das gezahlt wird, steht in Bewerbungen unter verschiedenen Namen.",
		PT: "A conta de pagamento consta de candidaturas com nomes diferentes.",
	},
	Stage:      []string{"payment"},
	Family:     record.Pay,
	Strength:   record.Conclusive,
	Link:       record.LinkPayee,
	Reads:      []string{"links.payout"},
	Sources:    []string{"state-advisory-2022", "fbi-psa-2025-07-23"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a couple with one account", DE: "ein Paar mit einem Konto", PT: "um casal com uma conta"},
		{EN: "an agency or employer of record that collects for many", DE: "eine Agentur oder ein Drittarbeitgeber, der für viele einzieht", PT: "uma agência ou empregador terceiro que recebe por muitos"},
	},
	Clears: []record.Text{
		{EN: "a letter of the bank that names the holders", DE: "ein Schreiben der Bank, das die Inhaber nennt", PT: "uma carta do banco que nomeie os titulares"},
	},
	Ask: record.Text{
		EN: "Please give an account in your own name, or tell us with whom you share this one.",
		DE: "Bitte geben Sie ein Konto auf Ihren Namen an, oder sagen Sie uns, mit wem Sie dieses teilen.",
		PT: "Indique, por favor, uma conta em seu nome ou diga-nos com quem partilha esta.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runPayAccountShared,
}

var sayAccountShared = map[record.Kind][2]record.Text{
	record.KindPayout: {
		{EN: "The account is also on an application under another name.", DE: "Das Konto steht auch in einer Bewerbung unter anderem Namen.", PT: "A conta consta também de uma candidatura com outro nome."},
		{EN: "The account is also on %d applications under other names.", DE: "Das Konto steht auch in %d Bewerbungen unter anderen Namen.", PT: "A conta consta também de %d candidaturas com outros nomes."},
	},
}

func runPayAccountShared(in *In) Answer {
	return sharedValues(in, sayAccountShared)
}
