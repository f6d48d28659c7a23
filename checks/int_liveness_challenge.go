package checks

import (
	"bonafide/record"
)

// In a call everybody of a role is asked for something that cannot be prepared: turn
// the head, a hand before the face, a word. Two people say what they saw; no machine
// looks at the picture. Cameras stutter and bodies differ: another request is equal.
var intLivenessChallenge = Check{
	ID: "int-liveness-challenge",
	Title: record.Text{
		EN: "An unprepared request in a call was not met",
		DE: "Einer spontanen Bitte im Gespräch wurde nicht entsprochen",
		PT: "Um pedido espontâneo na chamada não foi cumprido",
	},
	Text: record.Text{
		EN: "At several moments people saw a visible artefact when an unprepared request was met, or the request was refused and no other was chosen. One moment alone counts less.",
		DE: "In mehreren Begegnungen sahen Menschen ein sichtbares Artefakt bei einer spontanen Bitte, oder sie wurde abgelehnt und keine andere gewählt. Eine einzelne zählt weniger.",
		PT: "Em vários momentos as pessoas viram um artefacto visível perante um pedido espontâneo, ou o pedido foi recusado sem escolha de outro. Um só momento conta menos.",
	},
	Stage:      []string{"interview", "onboarding"},
	Family:     record.InterviewSeen,
	Strength:   record.Strong,
	Link:       record.LinkCall,
	Reads:      []string{"moments"},
	Sources:    []string{"seal-frameworks", "fbi-psa-2025-07-23"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a camera, a connection or a background filter that stutters", DE: "eine Kamera, Leitung oder ein Hintergrundfilter, die stocken", PT: "uma câmara, ligação ou filtro de fundo que falha"},
		{EN: "a disability that makes a request impossible", DE: "eine Behinderung, die eine Bitte unmöglich macht", PT: "uma deficiência que torna um pedido impossível"},
	},
	Clears: []record.Text{
		{EN: "another request that the person chooses", DE: "eine andere Bitte, die die Person wählt", PT: "outro pedido escolhido pela pessoa"},
		{EN: "a meeting in person", DE: "ein persönliches Treffen", PT: "um encontro presencial"},
	},
	Ask: record.Text{
		EN: "Please choose another request from the list, or meet us in person; both are equal to us.",
		DE: "Bitte wählen Sie eine andere Bitte aus der Liste oder ein persönliches Treffen; beides gilt uns gleich.",
		PT: "Escolha, por favor, outro pedido da lista ou um encontro presencial; para nós valem o mesmo.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runIntLivenessChallenge,
}

var sayLivenessOnce = record.Text{
	EN: "In one moment an unprepared request showed an artefact or was refused.",
	DE: "In einer Begegnung zeigte eine spontane Bitte ein Artefakt oder wurde abgelehnt.",
	PT: "Num momento, um pedido espontâneo mostrou um artefacto ou foi recusado.",
}

var sayLivenessOften = record.Text{
	EN: "In %d moments unprepared requests showed an artefact or were refused.",
	DE: "In %d Begegnungen zeigten spontane Bitten ein Artefakt oder wurden abgelehnt.",
	PT: "Em %d momentos, pedidos espontâneos mostraram um artefacto ou foram recusados.",
}

func runIntLivenessChallenge(in *In) Answer {
	looked := false
	n, agreed := 0, 0
	var evidence []record.Evidence
	var value uint64
	for i := range few(in.App.Moments) {
		m := &in.App.Moments[i]
		switch m.Liveness {
		case "followed", "other-way":
			looked = true
			continue
		case "refused":
			if metLater(in.App.Moments, m) {
				looked = true
				continue
			}
		case "artefact":
		default:
			continue // not asked, or technically impossible: nothing was seen
		}
		looked = true
		n++
		if twoPeople(m.By, m.Second) {
			agreed++
		}
		value = momentValue(m)
		evidence = append(evidence, momentField(in, i, "liveness"))
	}
	evidence = evidence[:min(6, len(evidence))]
	switch {
	case !looked:
		return noData
	case n == 0:
		return allClear
	case n == 1:
		f := attested(observed(record.Supporting, sayLivenessOnce, evidence...), agreed == 1)
		f.Value = value
		return hit(f)
	}
	return hit(attested(observed(record.Strong, sayLivenessOften.Say(n), evidence...), agreed >= 2))
}

// metLater: after a refusal the same or another request was met.
func metLater(all []record.Moment, refused *record.Moment) bool {
	for i := range few(all) {
		if m := &all[i]; (m.Liveness == "followed" || m.Liveness == "other-way") && !m.At.Before(refused.At) {
			return true
		}
	}
	return false
}
