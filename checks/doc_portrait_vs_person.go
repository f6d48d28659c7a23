package checks

import (
	"bonafide/record"
)

// A person compared the picture on the document with the person before them. No
// machine looks at a face here. Pictures are ten years old, hair, weight, dress and
// bodies change: a trained person may say "not the same" only together with another.
var docPortraitVsPerson = Check{
	ID: "doc-portrait-vs-person",
	Title: record.Text{
		EN: "Portrait and person differ",
		DE: "Bild und Person stimmen nicht überein",
		PT: "O retrato e a pessoa não coincidem",
	},
	Text: record.Text{
		EN: "Two trained people recorded that the person in a live moment is not the person on the document's portrait. No machine compares faces.",
		DE: "Zwei geschulte Menschen haben festgehalten, dass die Person in einer Begegnung nicht die auf dem Bild des Dokuments ist. Keine Maschine vergleicht Gesichter.",
		PT: "Duas pessoas com formação registaram que a pessoa presente não é a do retrato do documento. Nenhuma máquina compara rostos.",
	},
	Stage:      []string{"interview", "onboarding"},
	Family:     record.Ident,
	Strength:   record.Conclusive,
	Link:       record.LinkDocument,
	Reads:      []string{"moments"},
	Sources:    []string{"joint-alert-2026-07-31", "knowbe4-2024-07", "nist-800-63a-4"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "an old picture, another weight, hair or beard", DE: "ein altes Bild, anderes Gewicht, Haar oder Bart", PT: "uma fotografia antiga, outro peso, cabelo ou barba"},
		{EN: "religious dress, illness or a transition", DE: "religiöse Kleidung, Krankheit oder eine Transition", PT: "vestuário religioso, doença ou uma transição"},
		{EN: "poor light or a poor camera", DE: "schlechtes Licht oder eine schlechte Kamera", PT: "má iluminação ou uma má câmara"},
	},
	Clears: []record.Text{
		{EN: "a meeting in person at which two people agree that it is the same person", DE: "ein persönliches Treffen, bei dem zwei Menschen dieselbe Person sehen", PT: "um encontro presencial em que duas pessoas reconhecem a mesma pessoa"},
		{EN: "the word of a trusted referee who knows the person", DE: "das Wort einer vertrauten Referenz, die die Person kennt", PT: "a palavra de uma referência de confiança que conhece a pessoa"},
	},
	Ask: record.Text{
		EN: "Please meet us once in person, with any photo document you like, or name somebody trusted who knows you.",
		DE: "Bitte treffen Sie uns einmal persönlich, mit einem Lichtbildausweis Ihrer Wahl, oder nennen Sie eine Vertrauensperson, die Sie kennt.",
		PT: "Encontre-se connosco uma vez presencialmente, com um documento com fotografia à sua escolha, ou indique alguém de confiança que o conheça.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDocPortraitVsPerson,
}

var sayPortraitDiffers = record.Text{
	EN: "A person recorded that the one in the call is not the one on the document's portrait.",
	DE: "Ein Mensch hat festgehalten, dass die Person im Gespräch nicht die auf dem Bild des Dokuments ist.",
	PT: "Foi registado por uma pessoa que quem estava na chamada não é quem está no retrato do documento.",
}

var sayPortraitDiffersThere = record.Text{
	EN: "At a meeting in person it was recorded that the person is not the one on the document's portrait.",
	DE: "Bei einem persönlichen Treffen wurde festgehalten, dass die Person nicht die auf dem Bild des Dokuments ist.",
	PT: "Num encontro presencial foi registado que a pessoa não é a do retrato do documento.",
}

var sayPortraitUnsure = record.Text{
	EN: "The portrait and the person could not be compared with certainty.",
	DE: "Bild und Person ließen sich nicht sicher vergleichen.",
	PT: "Não foi possível comparar com certeza o retrato e a pessoa.",
}

var saySameInPerson = record.Text{
	EN: "Not counted: later, in person, two people saw the same person.",
	DE: "Nicht gezählt: Später haben zwei Menschen bei einem Treffen dieselbe Person gesehen.",
	PT: "Não contado: mais tarde, presencialmente, duas pessoas reconheceram a mesma pessoa.",
}

func runDocPortraitVsPerson(in *In) Answer {
	return sameFace(in, "portrait", func(m *record.Moment) string { return m.Portrait }, func(m *record.Moment) (record.Strength, record.Text) {
		if m.Kind == "in-person" {
			return record.Conclusive, sayPortraitDiffersThere
		}
		return record.Strong, sayPortraitDiffers
	}, sayPortraitUnsure)
}

// sameFace reads what people recorded of a face in every moment: against the
// portrait, or against earlier moments.
func sameFace(in *In, part string, word func(*record.Moment) string, different func(*record.Moment) (record.Strength, record.Text), unsure record.Text) Answer {
	looked := false
	var found []record.Finding
	for i := range few(in.App.Moments) {
		m := &in.App.Moments[i]
		var f record.Finding
		switch word(m) {
		case "same":
			looked = true
			continue
		case "unsure":
			f = observed(record.Weak, unsure, momentField(in, i, part))
		case "different":
			strength, text := different(m)
			f = attested(observed(strength, text, momentField(in, i, part)), twoPeople(m.By, m.Second))
			for j := range few(in.App.Moments) {
				o := &in.App.Moments[j]
				if o.Kind == "in-person" && word(o) == "same" && twoPeople(o.By, o.Second) && o.At.After(m.At) {
					f.Strength, f.Lowered = record.Weak, saySameInPerson
				}
			}
		default:
			continue
		}
		looked = true
		f.Value = momentValue(m)
		found = append(found, f)
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
