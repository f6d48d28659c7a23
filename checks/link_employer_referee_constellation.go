package checks

import (
	"bonafide/record"
)

// Different people name the same unusual set of employers with the same dates, or the same
// referee. Big employers cancel out, because very many worked there; colleagues of a small
// firm can explain it in one sentence.
var linkEmployerRefereeConstellation = Check{
	ID: "link-employer-referee-constellation",
	Title: record.Text{
		EN: "Unusual career or referee shared by different applicants",
		DE: "Ungewöhnlicher Werdegang oder Referenz, die verschiedene Bewerbungen teilen",
		PT: "Percurso ou referência invulgar partilhados por candidaturas diferentes",
	},
	Text: record.Text{
		EN: "A rare combination of employers and dates, or a referee, stands on applications under different names.",
		DE: "Eine seltene Verbindung von Arbeitgebern und Daten oder eine Referenzperson steht auf Bewerbungen unter verschiedenen Namen.",
		PT: "Uma combinação rara de empregadores e datas, ou uma pessoa de referência, consta de candidaturas com nomes diferentes.",
	},
	Stage:      []string{"application", "reference"},
	Family:     FamilyOfValue,
	Strength:   record.Strong,
	Reads:      []string{"links.career", "links.referee"},
	Sources:    []string{"gtig-2025-04-01"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "colleagues of one small firm", DE: "Menschen aus einer kleinen Firma", PT: "colegas de uma pequena empresa"},
		{EN: "a manager who refers many former colleagues", DE: "eine Führungskraft, die viele Ehemalige empfiehlt", PT: "uma chefia que recomenda muitos antigos colegas"},
	},
	Clears: []record.Text{
		{EN: "an employer reached through its switchboard confirms the work", DE: "ein über die Zentrale erreichter Arbeitgeber bestätigt die Arbeit", PT: "um empregador contactado pela central confirma o trabalho"},
	},
	Ask: record.Text{
		EN: "Please tell us whom you worked with there; we confirm it with the employer.",
		DE: "Bitte sagen Sie uns, mit wem Sie dort gearbeitet haben; wir bestätigen es beim Arbeitgeber.",
		PT: "Diga-nos, por favor, com quem trabalhou lá; confirmamos junto do empregador.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runLinkEmployerRefereeConstellation,
}

var sayConstellation = map[record.Kind][2]record.Text{
	record.KindCareer: {
		{EN: "An applicant under another name gives the same unusual set of employers and dates.", DE: "Eine Bewerbung unter anderem Namen nennt dieselbe ungewöhnliche Reihe von Arbeitgebern und Daten.", PT: "Uma candidatura com outro nome indica o mesmo conjunto invulgar de empregadores e datas."},
		{EN: "%d applicants under other names give the same unusual set of employers and dates.", DE: "%d Bewerbungen unter anderen Namen nennen dieselbe ungewöhnliche Reihe von Arbeitgebern und Daten.", PT: "%d candidaturas com outros nomes indicam o mesmo conjunto invulgar de empregadores e datas."},
	},
	record.KindReferee: {
		{EN: "The same referee is named by an applicant under another name.", DE: "Dieselbe Referenzperson nennt eine Bewerbung unter anderem Namen.", PT: "A mesma pessoa de referência é indicada por uma candidatura com outro nome."},
		{EN: "The same referee is named by %d applicants under other names.", DE: "Dieselbe Referenzperson nennen %d Bewerbungen unter anderen Namen.", PT: "A mesma pessoa de referência é indicada por %d candidaturas com outros nomes."},
	},
}

func runLinkEmployerRefereeConstellation(in *In) Answer { return sharedValues(in, sayConstellation) }
