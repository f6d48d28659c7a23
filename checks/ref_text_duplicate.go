package checks

import (
	"bonafide/record"
)

// Two referees who do not know each other wrote the same rare sentences. Letters follow
// set phrases, in German above all; what very many write is left out by how common it is.
var refTextDuplicate = Check{
	ID: "ref-text-duplicate",
	Title: record.Text{
		EN: "Reference text shared by different applicants",
		DE: "Referenztext, den verschiedene Bewerbungen teilen",
		PT: "Texto de referência partilhado por candidaturas diferentes",
	},
	Text: record.Text{
		EN: "Rare sentences of a reference stand in references for applicants under other names.",
		DE: "Seltene Sätze einer Referenz stehen in Referenzen für Bewerbungen unter anderen Namen.",
		PT: "Frases raras de uma referência constam de referências de candidaturas com outros nomes.",
	},
	Stage:      []string{"reference"},
	Family:     record.Ref,
	Strength:   record.Strong,
	Reads:      []string{"links.reference-text"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a template of a personnel department", DE: "eine Vorlage einer Personalabteilung", PT: "um modelo de um departamento de pessoal"},
		{EN: "one manager who writes for many", DE: "eine Führungskraft, die für viele schreibt", PT: "uma chefia que escreve para muitos"},
	},
	Clears: []record.Text{
		{EN: "one referee confirmed through the employer's switchboard", DE: "eine Referenz, über die Zentrale des Arbeitgebers bestätigt", PT: "uma referência confirmada através da central do empregador"},
	},
	Ask: record.Text{
		EN: "We call one referee through a number we find ourselves.",
		DE: "Wir rufen eine Referenzperson über eine selbst gefundene Nummer an.",
		PT: "Telefonamos a uma pessoa de referência através de um número que nós próprios encontramos.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runRefTextDuplicate,
}

var sayReferenceShared = map[record.Kind][2]record.Text{
	record.KindReferenceText: {
		{EN: "The same rare sentences stand in a reference for an applicant under another name.", DE: "Dieselben seltenen Sätze stehen in einer Referenz für eine Bewerbung unter anderem Namen.", PT: "As mesmas frases raras constam de uma referência de uma candidatura com outro nome."},
		{EN: "The same rare sentences stand in references for %d applicants under other names.", DE: "Dieselben seltenen Sätze stehen in Referenzen für %d Bewerbungen unter anderen Namen.", PT: "As mesmas frases raras constam de referências de %d candidaturas com outros nomes."},
	},
}

func runRefTextDuplicate(in *In) Answer { return sharedValues(in, sayReferenceShared) }
