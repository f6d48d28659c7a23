package checks

import (
	"bonafide/record"
)

// Devices for several people who say they do not know each other go to one address. A
// household, a student residence and an office building are the ordinary reasons, and the
// linking has already asked for each of them.
var cpAddressReuse = Check{
	ID: "cp-address-reuse",
	Title: record.Text{
		EN: "Address shared by different applicants",
		DE: "Anschrift, die verschiedene Bewerbungen nennen",
		PT: "Morada partilhada por candidaturas diferentes",
	},
	Text: record.Text{
		EN: "A home or delivery address stands on applications under different names.",
		DE: "Eine Wohn- oder Lieferanschrift steht auf Bewerbungen unter verschiedenen Namen.",
		PT: "Uma morada de residência ou de entrega consta de candidaturas com nomes diferentes.",
	},
	Stage:      []string{"onboarding", "employment"},
	Family:     record.Contact,
	Strength:   record.Strong,
	Link:       record.LinkDelivery,
	Reads:      []string{"links.address", "links.delivery"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a household of up to three people", DE: "ein Haushalt mit bis zu drei Menschen", PT: "um agregado de até três pessoas"},
		{EN: "a student residence or a large building", DE: "ein Wohnheim oder ein großes Haus", PT: "uma residência de estudantes ou um edifício grande"},
	},
	Clears: []record.Text{
		{EN: "each person receives the device in person", DE: "jede Person nimmt das Gerät persönlich entgegen", PT: "cada pessoa recebe o equipamento em mão"},
	},
	Ask: record.Text{
		EN: "Please collect the device in person with a document, or show that you live there.",
		DE: "Bitte holen Sie das Gerät persönlich mit einem Dokument ab, oder zeigen Sie, dass Sie dort wohnen.",
		PT: "Levante, por favor, o equipamento em mão com um documento, ou mostre que reside na morada.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCpAddressReuse,
}

var sayAddressShared = map[record.Kind][2]record.Text{
	record.KindAddress: {
		{EN: "The home address is also on an application under another name.", DE: "Die Wohnanschrift steht auch in einer Bewerbung unter anderem Namen.", PT: "A morada consta também de uma candidatura com outro nome."},
		{EN: "The home address is also on %d applications under other names.", DE: "Die Wohnanschrift steht auch in %d Bewerbungen unter anderen Namen.", PT: "A morada consta também de %d candidaturas com outros nomes."},
	},
	record.KindDelivery: {
		{EN: "A device for an applicant under another name goes to the same delivery address.", DE: "An dieselbe Lieferanschrift geht ein Gerät für eine Bewerbung unter anderem Namen.", PT: "Para a mesma morada de entrega segue o equipamento de uma candidatura com outro nome."},
		{EN: "Devices for %d applicants under other names go to the same delivery address.", DE: "An dieselbe Lieferanschrift gehen Geräte für %d Bewerbungen unter anderen Namen.", PT: "Para a mesma morada de entrega seguem os equipamentos de %d candidaturas com outros nomes."},
	},
}

func runCpAddressReuse(in *In) Answer { return sharedValues(in, sayAddressShared) }
