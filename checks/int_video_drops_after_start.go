package checks

import "bonafide/record"

// The picture is there for the first minutes and then gone, because of the line.
// Lines do that. When it happens in every conversation, it is worth a meeting of
// another kind.
var intVideoDropsAfterStart = Check{
	ID: "int-video-drops-after-start",
	Title: record.Text{
		EN: "Picture drops soon after the start",
		DE: "Bild fällt kurz nach Beginn aus",
		PT: "A imagem cai pouco depois do início",
	},
	Text: record.Text{
		EN: "Interviewers noted that the picture was lost after the first minutes, in more than one conversation.",
		DE: "Interviewende haben vermerkt, dass das Bild nach den ersten Minuten wegfiel, in mehr als einem Gespräch.",
		PT: "As pessoas entrevistadoras anotaram que a imagem se perdeu após os primeiros minutos, em mais de uma conversa.",
	},
	Stage:      []string{"interview"},
	Family:     record.InterviewSeen,
	Strength:   record.Supporting,
	Link:       record.LinkCall,
	Reads:      []string{"interviews"},
	Sources:    []string{"npa-joint-2026-09-18"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a real lack of bandwidth", DE: "wirklich zu wenig Bandbreite", PT: "verdadeira falta de largura de banda"},
	},
	Clears: []record.Text{
		{EN: "a conversation by voice and one meeting in person", DE: "ein Gespräch mit Ton und ein persönliches Treffen", PT: "uma conversa por voz e um encontro presencial"},
		{EN: "a later call with a picture throughout", DE: "ein späteres Gespräch mit durchgehendem Bild", PT: "uma chamada posterior com imagem contínua"},
	},
	Ask: record.Text{
		EN: "Shall we try once more from another place or at another time, or meet in person?",
		DE: "Sollen wir es von einem anderen Ort oder zu einer anderen Zeit noch einmal versuchen oder uns persönlich treffen?",
		PT: "Tentamos mais uma vez de outro lugar ou a outra hora, ou encontramo-nos pessoalmente?",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runIntVideoDropsAfterStart,
}

var sayDroppedOnce = record.Text{
	EN: "The picture was lost after the first minutes of one conversation.",
	DE: "Das Bild fiel nach den ersten Minuten eines Gesprächs weg.",
	PT: "A imagem perdeu-se após os primeiros minutos de uma conversa.",
}

var sayDroppedOften = record.Text{
	EN: "The picture was lost after the first minutes of %d conversations.",
	DE: "Das Bild fiel nach den ersten Minuten von %d Gesprächen weg.",
	PT: "A imagem perdeu-se após os primeiros minutos de %d conversas.",
}

func runIntVideoDropsAfterStart(in *In) Answer {
	dropped := noted(in, "camera_dropped")
	switch n := len(dropped); {
	case len(in.App.Interviews) == 0:
		return noData
	case n == 0:
		return allClear
	case n == 1:
		return hit(observed(record.Weak, sayDroppedOnce, dropped...))
	default:
		return hit(observed(record.Supporting, sayDroppedOften.Say(n), dropped...))
	}
}
