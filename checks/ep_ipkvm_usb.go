package checks

import (
	"bonafide/record"
)

// A box that lets another person work on a computer through the network shows itself
// as a keyboard with a name of its own. On the employer's computer that is asked
// about; at home people run labs and build such things for pleasure.
var epIpkvmUsb = Check{
	ID: "ep-ipkvm-usb",
	Title: record.Text{
		EN: "A keyboard over the network is attached",
		DE: "Eine Tastatur über das Netz ist angeschlossen",
		PT: "Está ligado um teclado através da rede",
	},
	Text: record.Text{
		EN: "On a computer of the employer a USB device shows the names or numbers of a device that steers computers through the network. On a person's own computer it is only shown.",
		DE: "An einem Rechner des Arbeitgebers zeigt ein USB-Gerät Namen oder Nummern eines Geräts, das Rechner über das Netz steuert. Am eigenen Rechner wird es nur gezeigt.",
		PT: "Num computador do empregador um dispositivo USB mostra os nomes ou números de um aparelho que comanda computadores através da rede. No computador da própria pessoa é apenas mostrado.",
	},
	Stage:      []string{"onboarding", "employment"},
	Family:     record.Endpoint,
	Strength:   record.Conclusive,
	Link:       record.LinkDevice,
	Reads:      []string{"computers"},
	Sources:    []string{"pikvm", "tinypilot", "jetkvm", "attack-t1219-003"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "people of a data centre, or who test such devices", DE: "Menschen im Rechenzentrum oder die solche Geräte prüfen", PT: "pessoas de um centro de dados, ou que testam tais aparelhos"},
		{EN: "developers of boards that play a USB device", DE: "Entwickler von Platinen, die ein USB-Gerät spielen", PT: "quem desenvolve placas que se apresentam como dispositivo USB"},
		{EN: "capture sticks of people who film", DE: "Aufnahmesticks von Menschen, die filmen", PT: "adaptadores de captura de quem filma"},
	},
	Clears: []record.Text{
		{EN: "the device shown on camera, and what it is for", DE: "das Gerät im Bild und sein Zweck", PT: "o aparelho mostrado na câmara e a sua finalidade"},
		{EN: "the computer used at our office", DE: "der in unserem Büro benutzte Rechner", PT: "o computador usado no nosso escritório"},
	},
	Ask: record.Text{
		EN: "Please tell us what is plugged into the computer we gave you, and show it.",
		DE: "Bitte sagen und zeigen Sie uns, was am Rechner steckt, den wir Ihnen gegeben haben.",
		PT: "Diga-nos e mostre-nos, por favor, o que está ligado ao computador que lhe entregámos.",
	},
	Since:   "2024-01-01",
	Version: 1,
	run:     runEpIpkvmUsb,
}

var sayGadgetNamed = record.Text{
	EN: "On the employer's computer a USB device shows the names of a device that steers computers through the network.",
	DE: "Am Rechner des Arbeitgebers zeigt ein USB-Gerät die Namen eines Geräts, das Rechner über das Netz steuert.",
	PT: "No computador do empregador um dispositivo USB mostra os nomes de um aparelho que comanda computadores através da rede.",
}

var sayGadgetLike = record.Text{
	EN: "On the employer's computer a USB device is of a kind that is also used to steer computers through the network.",
	DE: "Am Rechner des Arbeitgebers ist ein USB-Gerät einer Art, die auch Rechner über das Netz steuert.",
	PT: "No computador do empregador há um dispositivo USB de um tipo também usado para comandar computadores através da rede.",
}

var sayGadgetOwn = record.Text{
	EN: "On a computer that is not the employer's such a device was seen; that is the person's own business.",
	DE: "An einem Rechner, der nicht dem Arbeitgeber gehört, wurde ein solches Gerät gesehen; das ist Sache der Person.",
	PT: "Num computador que não é do empregador foi visto tal aparelho; isso diz respeito apenas à pessoa.",
}

func runEpIpkvmUsb(in *In) Answer {
	looked := false
	var found []record.Finding
	for c := range few(in.App.Computers) {
		computer := &in.App.Computers[c]
		for i := range computer.USB {
			looked = true
			u := &computer.USB[i]
			g := gadget(u)
			if g == nil || len(found) >= 10 {
				continue
			}
			where := record.Evidence{Field: indexed("computers", c) + "." + indexed("usb", i), ComparedWith: g.source, AsOf: dayOf(u.At)}
			switch {
			case !computer.Managed:
				found = append(found, observed(record.Weak, sayGadgetOwn, where))
			case g.strength == record.Conclusive:
				found = append(found, observed(g.strength, sayGadgetNamed, where))
			default:
				found = append(found, observed(g.strength, sayGadgetLike, where))
			}
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
