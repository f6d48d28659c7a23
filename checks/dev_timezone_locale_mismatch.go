package checks

import (
	"slices"
	"strings"

	"bonafide/match"
	"bonafide/record"
)

// The computer's clock contradicts the place somebody says they are. Only the time zone is
// looked at, never a language or a keyboard. A clock that agrees with the network is a
// journey and is told there; one that agrees with neither is asked about.
var devTimezoneLocaleMismatch = Check{
	ID: "dev-timezone-locale-mismatch",
	Title: record.Text{
		EN: "Computer clock contradicts the place",
		DE: "Uhr des Rechners widerspricht dem Ort",
		PT: "Relógio do computador contradiz o lugar",
	},
	Text: record.Text{
		EN: "The time zone of the device shows another time than the claimed place. It counts only when it contradicts the place of the network as well, in two or more sessions.",
		DE: "Die Zeitzone des Geräts zeigt eine andere Zeit als der angegebene Ort. Gezählt wird nur, wenn sie in zwei oder mehr Sitzungen auch dem Ort des Netzes widerspricht.",
		PT: "O fuso horário do equipamento mostra uma hora diferente da do lugar indicado. Só conta quando contradiz também o lugar da rede, em duas ou mais sessões.",
	},
	Stage:      []string{"application", "interview", "employment"},
	Family:     record.Net,
	Strength:   record.Supporting,
	Link:       record.LinkDevice,
	Reads:      []string{"sessions.at", "sessions.ip", "sessions.timezone", "person.address", "person.timezone"},
	Sources:    []string{"tzdata"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a journey", DE: "eine Reise", PT: "uma viagem"},
		{EN: "a computer that was set up wrongly or kept on a client's time", DE: "ein falsch eingestellter Rechner oder einer, der auf Kundenzeit steht", PT: "um computador mal configurado ou acertado pela hora de um cliente"},
	},
	Clears: []record.Text{
		{EN: "a short dated explanation", DE: "eine kurze Erklärung mit Datum", PT: "uma breve explicação datada"},
	},
	Ask: record.Text{
		EN: "Please tell us where you are at the moment, or why the clock is set otherwise.",
		DE: "Bitte sagen Sie uns, wo Sie zurzeit sind oder warum die Uhr anders steht.",
		PT: "Diga-nos, por favor, onde está neste momento ou porque está o relógio acertado de outro modo.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runDevTimezoneLocaleMismatch,
}

var sayClockElsewhere = record.Text{
	EN: "The device's clock shows another time than the claimed place.",
	DE: "Die Uhr des Geräts zeigt eine andere Zeit als der angegebene Ort.",
	PT: "O relógio do equipamento mostra uma hora diferente da do lugar indicado.",
}

var sayClockNeither = record.Text{
	EN: "In %d sessions the device's clock fits neither the claimed place nor the place of the network.",
	DE: "In %d Sitzungen passt die Uhr des Geräts weder zum angegebenen Ort noch zum Ort des Netzes.",
	PT: "Em %d sessões, o relógio do equipamento não condiz nem com o lugar indicado nem com o da rede.",
}

func runDevTimezoneLocaleMismatch(in *In) Answer {
	home := strings.ToUpper(in.App.Person.Address.Country)
	claimed := in.App.Person.Timezone
	all, _, _ := spots(in)
	looked, neither := false, 0
	var evidence []record.Evidence
	for i := range in.App.Sessions {
		s := &in.App.Sessions[i]
		at := s.At
		if at.IsZero() {
			at = in.Day
		}
		fits, known := match.ClockFits(s.Timezone, home, at)
		fitsZone, knownZone := match.ClocksFit(s.Timezone, claimed, at)
		if !known && !knownZone {
			continue
		}
		looked = true
		if fits || fitsZone {
			continue
		}
		j := slices.IndexFunc(all, func(o spot) bool { return o.session == i && len(o.places) > 0 && !o.relay })
		if j >= 0 && all[j].clockAgrees(in, s.Timezone) {
			continue // a journey
		}
		if j >= 0 {
			neither++
			evidence = append(evidence, all[j].evidence(in, sessionField(i, "timezone"))...)
		}
		evidence = append(evidence, record.Evidence{Field: sessionField(i, "timezone"), ComparedWith: "person"})
	}
	switch {
	case !looked:
		return noData
	case len(evidence) == 0:
		return allClear
	case neither >= 2:
		return hit(observed(record.Supporting, sayClockNeither.Say(neither), evidence[:min(6, len(evidence))]...))
	}
	return hit(observed(record.Weak, sayClockElsewhere, evidence[:min(6, len(evidence))]...))
}
