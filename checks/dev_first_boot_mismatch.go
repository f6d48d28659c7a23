package checks

import (
	"strings"
	"time"

	"bonafide/record"
)

// The laptop was handed over in one country and first switched on in another. Staff
// prepare computers before they ship, tables of networks err, couriers scan late, a
// VPN hides the place: all that is left out or counts less.
var devFirstBootMismatch = Check{
	ID: "dev-first-boot-mismatch",
	Title: record.Text{
		EN: "Work computer first seen elsewhere than delivered",
		DE: "Arbeitsrechner zuerst anderswo gesehen als zugestellt",
		PT: "Computador de trabalho visto primeiro noutro lugar que não o da entrega",
	},
	Text: record.Text{
		EN: "The first sign of a work computer after its delivery came from another country than the one it was delivered to. Before the delivery only its preparation is seen.",
		DE: "Das erste Lebenszeichen eines Arbeitsrechners nach der Zustellung kam aus einem anderen Land als dem der Zustellung. Vor der Zustellung sieht man nur seine Vorbereitung.",
		PT: "O primeiro sinal de um computador de trabalho depois da entrega veio de outro país que não o da entrega. Antes da entrega vê-se apenas a sua preparação.",
	},
	Stage:      []string{"onboarding"},
	Family:     record.Endpoint,
	Strength:   record.Strong,
	Link:       record.LinkDelivery,
	Reads:      []string{"computers", "role"},
	Sources:    []string{"gtig-2025-04-01", "mandiant-2024-09-23"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a journey soon after the delivery, or a home near a border", DE: "eine Reise bald nach der Zustellung oder ein Zuhause nahe der Grenze", PT: "uma viagem logo após a entrega, ou uma casa perto da fronteira"},
		{EN: "a table of networks that errs, a VPN, a roaming telephone", DE: "eine Netztabelle, die irrt, ein VPN, ein Telefon im Roaming", PT: "uma tabela de redes errada, uma VPN, um telefone em roaming"},
	},
	Clears: []record.Text{
		{EN: "the serial number read on camera, and a check-in from a second network", DE: "die im Bild gelesene Seriennummer und ein Lebenszeichen aus einem zweiten Netz", PT: "o número de série lido na câmara e um sinal a partir de uma segunda rede"},
	},
	Ask: record.Text{
		EN: "Please tell us where you first switched the computer on, and show it to us in a short call.",
		DE: "Bitte sagen Sie uns, wo Sie den Rechner zuerst eingeschaltet haben, und zeigen Sie ihn uns in einem kurzen Gespräch.",
		PT: "Diga-nos, por favor, onde ligou o computador pela primeira vez e mostre-o numa breve chamada.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDevFirstBootMismatch,
}

var sayBootElsewhere = record.Text{
	EN: "A work computer was first seen in another country than the one it was delivered to.",
	DE: "Ein Arbeitsrechner wurde zuerst in einem anderen Land gesehen als dem der Zustellung.",
	PT: "Um computador de trabalho foi visto primeiro noutro país que não o da entrega.",
}

var sayBootEarly = record.Text{
	EN: "A work computer was first seen before its delivery, in a country that is neither the delivery's nor the role's.",
	DE: "Ein Arbeitsrechner wurde vor seiner Zustellung gesehen, in einem Land, das weder das der Zustellung noch das der Stelle ist.",
	PT: "Um computador de trabalho foi visto antes da entrega, num país que não é o da entrega nem o da função.",
}

var sayBootHidden = record.Text{
	EN: "Counted less: a VPN, relay or hosting network stands in between.",
	DE: "Weniger gezählt: Dazwischen steht ein VPN, ein Relay oder ein Rechenzentrum.",
	PT: "Conta menos: há uma VPN, um relay ou um centro de dados pelo meio.",
}

// firstDays after the delivery are the first switching on; later somebody travels.
const firstDays = 14

func runDevFirstBootMismatch(in *In) Answer {
	looked := false
	var found []record.Finding
	for i := range few(in.App.Computers) {
		c := &in.App.Computers[i]
		if c.Delivered.IsZero() || c.FirstSeen.IsZero() || c.FirstCountry == "" || c.DeliveredTo.Country == "" {
			continue
		}
		looked = true
		where := record.Evidence{Field: indexed("computers", i) + ".first_country", ComparedWith: indexed("computers", i) + ".delivered_to", AsOf: dayOf(c.FirstSeen)}
		early := c.FirstSeen.Before(c.Delivered.Add(-24 * time.Hour)) // couriers scan late
		late := c.FirstSeen.After(c.Delivered.AddDate(0, 0, firstDays))
		switch {
		case strings.EqualFold(c.FirstCountry, c.DeliveredTo.Country):
		case early && strings.EqualFold(c.FirstCountry, in.App.Role.Country): // prepared by our own people
		case early, late:
			text := sayBootElsewhere
			if early {
				text = sayBootEarly
			}
			found = append(found, observed(record.Supporting, text, where))
		default:
			f := observed(record.Strong, sayBootElsewhere, where)
			if a, ok := publicAddr(c.FirstIP); ok {
				if by, _ := in.Lists.Networks(a); len(by) > 0 {
					in.use(by[0].Use)
					f.Strength, f.Lowered = record.Supporting, sayBootHidden
					f.Evidence = append(f.Evidence, record.Evidence{Field: indexed("computers", i) + ".first_ip", List: by[0].Use.List, AsOf: by[0].Use.AsOf})
				}
			}
			found = append(found, f)
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
