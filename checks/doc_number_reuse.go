package checks

import "bonafide/record"

// A document number is given once. When two people under two names claim one
// document, at least one of them is mistaken about it, or lent it, or took it.
var docNumberReuse = Check{
	ID: "doc-number-reuse",
	Title: record.Text{
		EN: "One document under two identities",
		DE: "Ein Dokument unter zwei Identitäten",
		PT: "Um documento sob duas identidades",
	},
	Text: record.Text{
		EN: "The number of the identity document, with its issuer, also stands on an application under another name.",
		DE: "Die Nummer des Ausweisdokuments steht mit ihrem Aussteller auch in einer Bewerbung unter anderem Namen.",
		PT: "O número do documento de identidade, com o seu emissor, consta também de uma candidatura com outro nome.",
	},
	Stage:      []string{"application", "onboarding"},
	Family:     record.Ident,
	Strength:   record.Conclusive,
	Link:       record.LinkDocument,
	Reads:      []string{"links.document"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a mistyped number", DE: "eine vertippte Nummer", PT: "um número mal escrito"},
		{EN: "the same person after a change of name", DE: "dieselbe Person nach einer Namensänderung", PT: "a mesma pessoa depois de mudar de nome"},
		{EN: "a victim whose number somebody else uses", DE: "ein Opfer, dessen Nummer jemand anderes benutzt", PT: "uma vítima cujo número outra pessoa usa"},
	},
	Clears: []record.Text{
		{EN: "the document captured again, or its chip", DE: "das Dokument, noch einmal aufgenommen, oder sein Chip", PT: "o documento captado de novo, ou o seu chip"},
	},
	Ask: record.Text{
		EN: "Please show your document again, best with its chip.",
		DE: "Bitte zeigen Sie Ihr Dokument noch einmal, am besten mit seinem Chip.",
		PT: "Mostre novamente o seu documento, por favor, de preferência com o chip.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDocNumberReuse,
}

var sayNumberShared = map[record.Kind][2]record.Text{
	record.KindDocument: {
		{EN: "The document number is also on an application under another name.", DE: "Die Dokumentnummer steht auch in einer Bewerbung unter anderem Namen.", PT: "O número do documento consta também de uma candidatura com outro nome."},
		{EN: "The document number is also on %d applications under other names.", DE: "Die Dokumentnummer steht auch in %d Bewerbungen unter anderen Namen.", PT: "O número do documento consta também de %d candidaturas com outros nomes."},
	},
}

func runDocNumberReuse(in *In) Answer {
	return sharedValues(in, sayNumberShared)
}
