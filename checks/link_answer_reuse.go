package checks

import (
	"bonafide/record"
)

// The answers to our own questions stand word for word in applications under other names.
// Public solutions and phrases that very many use are left out by how common they are.
var linkAnswerReuse = Check{
	ID: "link-answer-reuse",
	Title: record.Text{
		EN: "Answers shared by different applicants",
		DE: "Antworten, die verschiedene Bewerbungen teilen",
		PT: "Respostas partilhadas por candidaturas diferentes",
	},
	Text: record.Text{
		EN: "Rare sentences of the answers stand in the answers of applicants under other names.",
		DE: "Seltene Sätze der Antworten stehen in den Antworten von Bewerbungen unter anderen Namen.",
		PT: "Frases raras das respostas constam das respostas de candidaturas com outros nomes.",
	},
	Stage:      []string{"application", "interview"},
	Family:     record.CV,
	Strength:   record.Strong,
	Reads:      []string{"links.answer-text"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a public solution or the same writing assistant", DE: "eine öffentliche Lösung oder derselbe Schreibassistent", PT: "uma solução pública ou o mesmo assistente de escrita"},
		{EN: "friends who prepared together", DE: "Freunde, die sich zusammen vorbereitet haben", PT: "amigos que se prepararam juntos"},
	},
	Clears: []record.Text{
		{EN: "the same question answered live", DE: "dieselbe Frage, von Angesicht zu Angesicht beantwortet", PT: "a mesma pergunta respondida ao vivo"},
	},
	Ask: record.Text{
		EN: "Please answer one of the questions again, live.",
		DE: "Bitte beantworten Sie eine der Fragen noch einmal, von Angesicht zu Angesicht.",
		PT: "Responda, por favor, de novo a uma das perguntas, ao vivo.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runLinkAnswerReuse,
}

var sayAnswersShared = map[record.Kind][2]record.Text{
	record.KindAnswerText: {
		{EN: "The same rare sentences stand in the answers of an applicant under another name.", DE: "Dieselben seltenen Sätze stehen in den Antworten einer Bewerbung unter anderem Namen.", PT: "As mesmas frases raras constam das respostas de uma candidatura com outro nome."},
		{EN: "The same rare sentences stand in the answers of %d applicants under other names.", DE: "Dieselben seltenen Sätze stehen in den Antworten von %d Bewerbungen unter anderen Namen.", PT: "As mesmas frases raras constam das respostas de %d candidaturas com outros nomes."},
	},
}

func runLinkAnswerReuse(in *In) Answer { return sharedValues(in, sayAnswersShared) }
