package checks

import (
	"strings"
	"time"

	"bonafide/record"
)

// A device came back as another one, with another disk, from another country, or not at
// all. Devices are lost, repaired and collected by depots; somebody who moved sends from
// where they live now. It asks where the thing was, nothing more.
var offDeviceReturnAnomaly = Check{
	ID: "off-device-return-anomaly",
	Title: record.Text{
		EN: "A device came back otherwise than it went out",
		DE: "Ein Gerät kam anders zurück, als es hinausging",
		PT: "Um equipamento voltou diferente de como saiu",
	},
	Text: record.Text{
		EN: "Serial number, disk, seal and the country of the label are compared with what was handed out, and the day it came with the day that was agreed. A device that was reset is only shown.",
		DE: "Seriennummer, Datenträger, Siegel und das Land des Versandetiketts werden mit dem Ausgegebenen verglichen, der Tag der Ankunft mit dem vereinbarten. Ein zurückgesetztes Gerät wird nur gezeigt.",
		PT: "O número de série, o disco, o selo e o país da etiqueta são comparados com o que foi entregue, e o dia da chegada com o combinado. Um equipamento reposto é apenas mostrado.",
	},
	Stage:      []string{"offboarding"},
	Family:     record.Insider,
	Strength:   record.Supporting,
	Link:       record.LinkDevice,
	Reads:      []string{"departure"},
	Sources:    []string{"fbi-psa-2025-01-23"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a move, or a journey at the time of leaving", DE: "ein Umzug oder eine Reise zur Zeit des Ausscheidens", PT: "uma mudança ou viagem na altura da saída"},
		{EN: "a courier's depot, whose address stands on the label", DE: "ein Depot des Kurierdienstes, dessen Adresse auf dem Etikett steht", PT: "um depósito da transportadora, cuja morada consta da etiqueta"},
		{EN: "a repair in which the disk or the whole device was exchanged", DE: "eine Reparatur, bei der Datenträger oder Gerät getauscht wurden", PT: "uma reparação em que o disco ou o equipamento foi trocado"},
		{EN: "illness, or a label that was never sent to them", DE: "Krankheit oder ein Etikett, das nie ankam", PT: "doença, ou uma etiqueta que nunca lhes chegou"},
	},
	Clears: []record.Text{
		{EN: "the courier's record of where it was collected, or the receipt of a repair", DE: "der Beleg des Kurierdienstes über den Abholort oder die Quittung einer Reparatur", PT: "o registo da transportadora sobre a recolha, ou o recibo de uma reparação"},
	},
	Ask: record.Text{
		EN: "Please tell us how the device was sent and whether it was ever repaired; if it has not been sent, which day suits you for a collection?",
		DE: "Bitte sagen Sie uns, wie das Gerät versandt und ob es je repariert wurde; falls noch nicht versandt: Welcher Tag passt für eine Abholung?",
		PT: "Diga-nos como o equipamento foi enviado e se alguma vez foi reparado; se ainda não foi enviado, que dia lhe convém para a recolha?",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runOffDeviceReturnAnomaly,
}

var (
	sayOtherDevice = record.Text{EN: "Another device came back than was handed out.", DE: "Ein anderes Gerät kam zurück, als ausgegeben wurde.", PT: "Voltou um equipamento diferente do entregue."}
	sayOtherDisk   = record.Text{EN: "The device came back with another disk.", DE: "Das Gerät kam mit einem anderen Datenträger zurück.", PT: "O equipamento voltou com outro disco."}
	sayOtherLand   = record.Text{EN: "The device came back from another country than it was sent to.", DE: "Das Gerät kam aus einem anderen Land zurück, als es gesandt wurde.", PT: "O equipamento voltou de um país diferente daquele para onde foi enviado."}
	sayNotBack     = record.Text{EN: "The device had not come back a month after the agreed day.", DE: "Das Gerät war einen Monat nach dem vereinbarten Tag nicht zurück.", PT: "O equipamento não tinha voltado um mês depois do dia combinado."}
	sayBackLate    = record.Text{EN: "The device came back more than two weeks after the agreed day.", DE: "Das Gerät kam mehr als zwei Wochen nach dem vereinbarten Tag zurück.", PT: "O equipamento voltou mais de duas semanas depois do dia combinado."}
	sayBackOpened  = record.Text{EN: "The device came back reset or with a broken seal.", DE: "Das Gerät kam zurückgesetzt oder mit gebrochenem Siegel zurück.", PT: "O equipamento voltou reposto ou com o selo quebrado."}
)

const (
	lateBack = 14 * 24 * time.Hour
	notBack  = 30 * 24 * time.Hour
)

func runOffDeviceReturnAnomaly(in *In) Answer {
	if in.App.Departure == nil {
		return noData
	}
	looked := false
	var found []record.Finding
	for i := range few(in.App.Departure.Devices) {
		d := &in.App.Departure.Devices[i]
		field := "departure." + indexed("devices", i)
		add := func(s record.Strength, text record.Text, at, with string) {
			found = append(found, observed(s, text, record.Evidence{Field: field + at, ComparedWith: field + with, AsOf: dayOf(d.Back)}))
		}
		if d.Back.IsZero() {
			if !d.Due.IsZero() {
				looked = true
				if asOf := newest(in.Day, d.Noted); asOf.After(d.Due.Add(notBack)) {
					found = append(found, observed(record.Supporting, sayNotBack, record.Evidence{Field: field + ".back", ComparedWith: field + ".due", AsOf: dayOf(asOf)}))
				}
			}
			continue
		}
		looked = true
		if differ(d.Serial, d.BackSerial) {
			add(record.Supporting, sayOtherDevice, ".back_serial", ".serial")
		} else if differ(d.Disk, d.BackDisk) {
			add(record.Supporting, sayOtherDisk, ".back_disk", ".disk")
		}
		if differ(d.Country, d.From) {
			add(record.Supporting, sayOtherLand, ".from", ".country")
		}
		if !d.Due.IsZero() && d.Back.After(d.Due.Add(lateBack)) {
			add(record.Weak, sayBackLate, ".back", ".due")
		}
		if d.Wiped || d.Seal == "broken" {
			add(record.Weak, sayBackOpened, ".seal", ".back")
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}

// newest of two moments: when the record came, and when somebody last wrote on it.
func newest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// differ says that both are known and not the same, whatever stands between letters.
func differ(a, b string) bool {
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r == ' ' || r == '-' || r == '_' || r == '.' {
				return -1
			}
			return r
		}, strings.ToUpper(s))
	}
	a, b = plain(a), plain(b)
	return a != "" && b != "" && a != b
}
