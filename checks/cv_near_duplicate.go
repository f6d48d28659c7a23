package checks

import "bonafide/record"

// Two résumés tell the same work in the same words under two names. Templates and
// stock phrases do not count, only sentences that hardly anybody else has. Who had
// them first is not asked: a copied résumé is no fault of its author.
var cvNearDuplicate = Check{
	ID: "cv-near-duplicate",
	Title: record.Text{
		EN: "The same career told by somebody else",
		DE: "Derselbe Werdegang unter anderem Namen",
		PT: "O mesmo percurso contado por outra pessoa",
	},
	Text: record.Text{
		EN: "Rare sentences of the résumé stand in the résumé of an application under another name. Phrases that many use are left out.",
		DE: "Seltene Sätze des Lebenslaufs stehen im Lebenslauf einer Bewerbung unter anderem Namen. Verbreitete Wendungen bleiben außer Betracht.",
		PT: "Frases raras do currículo constam do currículo de uma candidatura com outro nome. Expressões que muitos usam não são consideradas.",
	},
	Stage:      []string{"application"},
	Family:     record.CV,
	Strength:   record.Strong,
	Reads:      []string{"links.resume-text"},
	Sources:    []string{"fbi-psa-2025-01-23", "spycloud-it-workers"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "colleagues who described one project together", DE: "Kolleginnen und Kollegen, die ein Projekt gemeinsam beschrieben haben", PT: "colegas que descreveram em conjunto um projeto"},
		{EN: "an agency that writes its people's résumés", DE: "eine Agentur, die die Lebensläufe ihrer Leute schreibt", PT: "uma agência que escreve os currículos da sua gente"},
		{EN: "an author whose résumé was copied", DE: "ein Urheber, dessen Lebenslauf kopiert wurde", PT: "um autor cujo currículo foi copiado"},
	},
	Clears: []record.Text{
		{EN: "the employment confirmed by the employer on a number from a directory", DE: "die Beschäftigung, vom Arbeitgeber über eine Nummer aus einem Verzeichnis bestätigt", PT: "o emprego confirmado pelo empregador num número obtido de um diretório"},
	},
	Ask: record.Text{
		EN: "Please tell us in a conversation about two of the projects in your résumé: what was yours, and who worked beside you.",
		DE: "Bitte erzählen Sie uns in einem Gespräch von zwei Projekten aus Ihrem Lebenslauf: Was war Ihr Teil, und wer arbeitete neben Ihnen?",
		PT: "Fale-nos, por favor, numa conversa, de dois projetos do seu currículo: qual foi a sua parte e quem trabalhou a seu lado.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCvNearDuplicate,
}

var sayCareerShared = map[record.Kind][2]record.Text{
	record.KindResumeText: {
		{EN: "Rare sentences of the résumé are also on an application under another name.", DE: "Seltene Sätze des Lebenslaufs stehen auch in einer Bewerbung unter anderem Namen.", PT: "Frases raras do currículo constam também de uma candidatura com outro nome."},
		{EN: "Rare sentences of the résumé are also on %d applications under other names.", DE: "Seltene Sätze des Lebenslaufs stehen auch in %d Bewerbungen unter anderen Namen.", PT: "Frases raras do currículo constam também de %d candidaturas com outros nomes."},
	},
}

func runCvNearDuplicate(in *In) Answer {
	return sharedValues(in, sayCareerShared)
}
