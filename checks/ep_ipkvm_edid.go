package checks

import (
	"bonafide/record"
)

// A device that carries a screen away through the network introduces itself to the
// computer as a monitor. Capture sticks and plugs for computers without a screen do
// so too: what is shared with them counts less.
var epIpkvmEdid = Check{
	ID: "ep-ipkvm-edid",
	Title: record.Text{
		EN: "A monitor that carries the screen away",
		DE: "Ein Bildschirm, der das Bild fortträgt",
		PT: "Um monitor que leva a imagem para fora",
	},
	Text: record.Text{
		EN: "On a computer of the employer a monitor shows the identification of a device that carries the screen through the network. On a person's own computer it is only shown.",
		DE: "An einem Rechner des Arbeitgebers zeigt ein Bildschirm die Kennung eines Geräts, das das Bild durch das Netz trägt. Am eigenen Rechner wird es nur gezeigt.",
		PT: "Num computador do empregador um monitor mostra a identificação de um aparelho que transporta a imagem pela rede. No computador da própria pessoa é apenas mostrado.",
	},
	Stage:      []string{"onboarding", "employment"},
	Family:     record.Endpoint,
	Strength:   record.Strong,
	Link:       record.LinkDevice,
	Reads:      []string{"computers"},
	Sources:    []string{"pikvm", "jetkvm"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "capture cards, and plugs for computers without a screen", DE: "Aufnahmekarten und Stecker für Rechner ohne Bildschirm", PT: "placas de captura e adaptadores para computadores sem monitor"},
		{EN: "people who test or build such devices", DE: "Menschen, die solche Geräte prüfen oder bauen", PT: "pessoas que testam ou constroem tais aparelhos"},
	},
	Clears: []record.Text{
		{EN: "the cable and what it leads to, shown on camera", DE: "das Kabel und wohin es führt, im Bild gezeigt", PT: "o cabo e onde vai dar, mostrados na câmara"},
	},
	Ask: record.Text{
		EN: "Please show us what the computer's screen cable is plugged into.",
		DE: "Bitte zeigen Sie uns, worin das Bildschirmkabel des Rechners steckt.",
		PT: "Mostre-nos, por favor, onde está ligado o cabo de imagem do computador.",
	},
	Since:   "2024-01-01",
	Version: 1,
	run:     runEpIpkvmEdid,
}

var sayCaptureManaged = record.Text{
	EN: "On the employer's computer a monitor has the identification of a device that carries the screen away.",
	DE: "Am Rechner des Arbeitgebers hat ein Bildschirm die Kennung eines Geräts, das das Bild fortträgt.",
	PT: "No computador do empregador um monitor tem a identificação de um aparelho que leva a imagem para fora.",
}

func runEpIpkvmEdid(in *In) Answer {
	looked := false
	var found []record.Finding
	for c := range few(in.App.Computers) {
		computer := &in.App.Computers[c]
		for i := range computer.Displays {
			looked = true
			d := &computer.Displays[i]
			strength, source := capture(d)
			if strength == record.NotCounted || len(found) >= 10 {
				continue
			}
			where := record.Evidence{Field: indexed("computers", c) + "." + indexed("displays", i), ComparedWith: source, AsOf: dayOf(d.At)}
			if computer.Managed {
				found = append(found, observed(strength, sayCaptureManaged, where))
			} else {
				found = append(found, observed(record.Weak, sayGadgetOwn, where))
			}
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
