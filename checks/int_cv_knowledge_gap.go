package checks

import (
	"bonafide/record"
)

// Everybody of a role is asked about the work they list, item by item: what was it
// like, what went wrong, what would you do now. People are nervous, bound to
// secrecy, or remember differently. Only when two interviewers see that most
// answers do not fit is it counted, and then never alone.
var intCvKnowledgeGap = Check{
	ID: "int-cv-knowledge-gap",
	Title: record.Text{
		EN: "Listed work could not be explained",
		DE: "Genannte Arbeit konnte nicht erklärt werden",
		PT: "O trabalho indicado não pôde ser explicado",
	},
	Text: record.Text{
		EN: "Of at least four items of the own career that were asked about, most answers were wrong, or nearly all wrong or general. It counts when two interviewers saw it.",
		DE: "Von mindestens vier erfragten Punkten des eigenen Werdegangs waren die meisten Antworten falsch, oder fast alle falsch oder allgemein. Es zählt, wenn zwei Interviewende es sahen.",
		PT: "De pelo menos quatro pontos do próprio percurso, a maioria das respostas estava errada, ou quase todas erradas ou gerais. Conta quando duas pessoas entrevistadoras o viram.",
	},
	Stage:      []string{"interview"},
	Family:     record.InterviewSeen,
	Strength:   record.Supporting,
	Reads:      []string{"moments"},
	Sources:    []string{"npa-joint-2026-09-18", "seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "nerves, or another way of thinking and speaking", DE: "Aufregung oder eine andere Art zu denken und zu sprechen", PT: "nervosismo, ou outra forma de pensar e falar"},
		{EN: "secrecy owed to an earlier client", DE: "Verschwiegenheit gegenüber früheren Auftraggebern", PT: "sigilo devido a um cliente anterior"},
		{EN: "an honest résumé that says a little too much", DE: "ein ehrlicher Lebenslauf, der etwas zu viel sagt", PT: "um currículo honesto que diz um pouco de mais"},
	},
	Clears: []record.Text{
		{EN: "a second conversation, in writing or with work shown", DE: "ein zweites Gespräch, schriftlich oder an gezeigter Arbeit", PT: "uma segunda conversa, por escrito ou com trabalho mostrado"},
		{EN: "an employer who confirms the work", DE: "ein Arbeitgeber, der die Arbeit bestätigt", PT: "um empregador que confirma o trabalho"},
	},
	Ask: record.Text{
		EN: "Please show us a piece of your work that you may share, and tell us how it came about; in writing if you prefer.",
		DE: "Bitte zeigen Sie uns eine Arbeit, die Sie teilen dürfen, und wie sie entstand; gern auch schriftlich.",
		PT: "Mostre-nos, por favor, um trabalho que possa partilhar e como surgiu; por escrito, se preferir.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runIntCvKnowledgeGap,
}

var sayKnowledgeGap = record.Text{
	EN: "Of %d items of the own career asked about, %d answers were wrong and %d general.",
	DE: "Von %d erfragten Punkten des eigenen Werdegangs waren %d Antworten falsch und %d allgemein.",
	PT: "De %d pontos do próprio percurso, %d respostas estavam erradas e %d eram gerais.",
}

// leastAnswers are needed before shares mean anything.
const leastAnswers = 4

func runIntCvKnowledgeGap(in *In) Answer {
	asked, wrong, general := 0, 0, 0
	var evidence []record.Evidence
	var first *record.Moment
	agreed := false
	for i := range few(in.App.Moments) {
		m := &in.App.Moments[i]
		before := asked
		for _, k := range m.Knowledge {
			switch k {
			case "detailed":
			case "generic":
				general++
			case "wrong":
				wrong++
			default:
				continue
			}
			asked++
		}
		if asked == before {
			continue
		}
		agreed = agreed || twoPeople(m.By, m.Second) || first != nil && twoPeople(first.By, m.By)
		if first == nil {
			first = m
		}
		if len(evidence) < 6 {
			evidence = append(evidence, momentField(in, i, "knowledge"))
		}
	}
	switch {
	case asked < leastAnswers:
		return noData
	case 2*wrong >= asked || 4*(wrong+general) >= 3*asked && wrong > 0:
		return hit(attested(observed(record.Supporting, sayKnowledgeGap.Say(asked, wrong, general), evidence...), agreed))
	case 4*(wrong+general) >= 3*asked:
		// Only general answers: as after a promise of secrecy.
		return hit(observed(record.Weak, sayKnowledgeGap.Say(asked, wrong, general), evidence...))
	}
	return allClear
}
