package checks

import (
	"bonafide/record"
)

// The person of the interview should be the person who gets the laptop and turns up
// on the first day. People compare, with the same caution as for a portrait; no
// machine does. A gate at which nobody looked is a gap of ours, not of the person.
var intFaceContinuity = Check{
	ID: "int-face-continuity",
	Title: record.Text{
		EN: "Another person than at an earlier moment",
		DE: "Eine andere Person als bei einer früheren Begegnung",
		PT: "Pessoa diferente da de um momento anterior",
	},
	Text: record.Text{
		EN: "Two people recorded that the person of this moment is not the one they met earlier. A moment at which nobody compared says nothing.",
		DE: "Zwei Menschen haben festgehalten, dass die Person dieser Begegnung nicht die von früher ist. Eine Begegnung, bei der niemand verglichen hat, sagt nichts.",
		PT: "Duas pessoas registaram que a pessoa deste momento não é a que conheceram antes. Um momento em que ninguém comparou nada diz.",
	},
	Stage:      []string{"interview", "onboarding"},
	Family:     record.InterviewSeen,
	Strength:   record.Strong,
	Link:       record.LinkCall,
	Reads:      []string{"moments"},
	Sources:    []string{"seal-frameworks", "fbi-psa-2023-10-18"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "glasses, hair, beard, weight, illness or a transition", DE: "Brille, Haar, Bart, Gewicht, Krankheit oder eine Transition", PT: "óculos, cabelo, barba, peso, doença ou uma transição"},
		{EN: "a camera that shows little", DE: "eine Kamera, die wenig zeigt", PT: "uma câmara que mostra pouco"},
	},
	Clears: []record.Text{
		{EN: "a meeting in person at which two people see the same person", DE: "ein persönliches Treffen, bei dem zwei Menschen dieselbe Person sehen", PT: "um encontro presencial em que duas pessoas reconhecem a mesma pessoa"},
	},
	Ask: record.Text{
		EN: "Please meet us once more; bring any document you like.",
		DE: "Bitte treffen Sie uns noch einmal; bringen Sie ein Dokument Ihrer Wahl mit.",
		PT: "Encontre-se connosco mais uma vez; traga um documento à sua escolha.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runIntFaceContinuity,
}

var sayOtherAtGate = record.Text{
	EN: "A person recorded that somebody else took part than at an earlier moment.",
	DE: "Ein Mensch hat festgehalten, dass jemand anderes teilnahm als bei einer früheren Begegnung.",
	PT: "Foi registado por uma pessoa que participou alguém diferente do momento anterior.",
}

var sayGateUnsure = record.Text{
	EN: "It could not be said with certainty whether the same person took part as before.",
	DE: "Es ließ sich nicht sicher sagen, ob dieselbe Person teilnahm wie zuvor.",
	PT: "Não foi possível dizer com certeza se participou a mesma pessoa que antes.",
}

func runIntFaceContinuity(in *In) Answer {
	return sameFace(in, "continuity", func(m *record.Moment) string { return m.Continuity }, func(*record.Moment) (record.Strength, record.Text) {
		return record.Strong, sayOtherAtGate
	}, sayGateUnsure)
}
