package checks

import (
	"fmt"

	"bonafide/record"
)

// A call without a picture happens: bandwidth, a disability, a home one does not
// want to show. When it happens every time although other ways were offered, we
// still do not know whom we spoke to, and say so.
var intCameraUnavailable = Check{
	ID: "int-camera-unavailable",
	Title: record.Text{
		EN: "No picture on video calls",
		DE: "Kein Bild in Videogesprächen",
		PT: "Sem imagem nas videochamadas",
	},
	Text: record.Text{
		EN: "Interviewers noted that the camera stayed off. One refusal means nothing, two are a question, three with alternatives offered ask for another way of meeting.",
		DE: "Interviewende haben vermerkt, dass die Kamera aus blieb. Einmal bedeutet nichts, zweimal ist eine Frage, dreimal trotz angebotener Alternativen verlangt einen anderen Weg der Begegnung.",
		PT: "As pessoas entrevistadoras anotaram que a câmara ficou desligada. Uma vez nada significa, duas são uma pergunta, três, com alternativas oferecidas, pedem outra forma de encontro.",
	},
	Stage:      []string{"interview"},
	Family:     record.InterviewSeen,
	Strength:   record.Strong,
	Link:       record.LinkCall,
	Reads:      []string{"interviews", "requests"},
	Sources:    []string{"fbi-psa-2023-10-18", "joint-alert-2026-07-31"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a weak connection", DE: "eine schwache Verbindung", PT: "uma ligação fraca"},
		{EN: "a disability, religion, or fear of being found", DE: "eine Behinderung, Religion oder Furcht, gefunden zu werden", PT: "uma deficiência, a religião ou o receio de ser encontrado"},
	},
	Clears: []record.Text{
		{EN: "a meeting in person, at a notary or at a partner's", DE: "ein Treffen persönlich, bei Notariat oder Partner", PT: "um encontro presencial, num notário ou num parceiro"},
		{EN: "a later call with a picture", DE: "ein späteres Gespräch mit Bild", PT: "uma chamada posterior com imagem"},
	},
	Ask: record.Text{
		EN: "If a camera is difficult for you, please choose another way: in person, at a notary, or on another day. All are equal to us.",
		DE: "Wenn eine Kamera für Sie schwierig ist, wählen Sie bitte einen anderen Weg: persönlich, im Notariat oder an einem anderen Tag. Für uns sind alle gleichwertig.",
		PT: "Se a câmara for difícil para si, escolha por favor outra via: presencialmente, num notário ou noutro dia. Para nós todas valem o mesmo.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runIntCameraUnavailable,
}

var sayCameraOnce = record.Text{
	EN: "The camera stayed off in one conversation, or a conversation without a camera was asked for.",
	DE: "Die Kamera blieb in einem Gespräch aus, oder es wurde um ein Gespräch ohne Kamera gebeten.",
	PT: "A câmara ficou desligada numa conversa, ou foi pedida uma conversa sem câmara.",
}

var sayCameraOften = record.Text{
	EN: "The camera stayed off in %d conversations.",
	DE: "Die Kamera blieb in %d Gesprächen aus.",
	PT: "A câmara ficou desligada em %d conversas.",
}

func runIntCameraUnavailable(in *In) Answer {
	refused := noted(in, "camera_refused")
	if len(refused) == 0 {
		for i := range in.App.Requests {
			if r := &in.App.Requests[i]; r.Kind == "no-camera" {
				return hit(observed(record.Weak, sayCameraOnce, record.Evidence{Field: fmt.Sprintf("requests[%d]", i), AsOf: record.DateOf(r.At)}))
			}
		}
	}
	switch n := len(refused); {
	case len(in.App.Interviews) == 0:
		return noData
	case n == 0:
		return allClear
	case n == 1:
		return hit(observed(record.Weak, sayCameraOnce, refused...))
	case n == 2:
		return hit(observed(record.Supporting, sayCameraOften.Say(n), refused...))
	default:
		return hit(observed(record.Strong, sayCameraOften.Say(n), refused...))
	}
}
