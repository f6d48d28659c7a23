package checks

import (
	"bonafide/record"
)

// Several calls run on one computer at the same moment, on several days. Support and
// sales desks do that for a living, and a second window is soon forgotten: it never
// counts alone. What is said in a call is nobody's business here.
var epConcurrentCalls = Check{
	ID: "ep-concurrent-calls",
	Title: record.Text{
		EN: "Several calls at once on several days",
		DE: "An mehreren Tagen mehrere Gespräche zugleich",
		PT: "Várias chamadas ao mesmo tempo em vários dias",
	},
	Text: record.Text{
		EN: "On three days or more a computer held two or more calls at the same moment. Only the number is looked at.",
		DE: "An drei oder mehr Tagen liefen auf einem Rechner zwei oder mehr Gespräche im selben Augenblick. Betrachtet wird nur die Zahl.",
		PT: "Em três dias ou mais um computador teve duas ou mais chamadas no mesmo momento. Só se considera o número.",
	},
	Stage:      []string{"employment"},
	Family:     record.Endpoint,
	Strength:   record.Supporting,
	Reads:      []string{"events"},
	Sources:    []string{"fbi-psa-2025-01-23"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "support and sales desks", DE: "Dienst am Kunden und Vertrieb", PT: "assistência e vendas"},
		{EN: "a waiting room or a forgotten window", DE: "ein Warteraum oder ein vergessenes Fenster", PT: "uma sala de espera ou uma janela esquecida"},
	},
	Clears: []record.Text{
		{EN: "the person's team says that the work asks for it", DE: "das Team der Person sagt, dass die Arbeit es verlangt", PT: "a equipa da pessoa diz que o trabalho o exige"},
	},
	Ask: record.Text{
		EN: "Please tell us what the calls at the same time were for.",
		DE: "Bitte sagen Sie uns, wofür die gleichzeitigen Gespräche waren.",
		PT: "Diga-nos, por favor, para que serviam as chamadas simultâneas.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runEpConcurrentCalls,
}

var sayCalls = record.Text{
	EN: "On %d days two or more calls ran at the same moment.",
	DE: "An %d Tagen liefen zwei oder mehr Gespräche im selben Augenblick.",
	PT: "Em %d dias decorreram duas ou mais chamadas no mesmo momento.",
}

const callDays = 3

func runEpConcurrentCalls(in *In) Answer {
	looked := false
	days := map[record.Date]bool{}
	var evidence []record.Evidence
	for i := range in.App.Events {
		e := &in.App.Events[i]
		if e.Kind != "call" {
			continue
		}
		looked = true
		if e.Count < 2 || e.Allowed != "" || days[dayOf(e.At)] {
			continue
		}
		days[dayOf(e.At)] = true
		if len(evidence) < 5 {
			evidence = append(evidence, event(in, i, ""))
		}
	}
	switch {
	case !looked:
		return noData
	case len(days) == 0:
		return allClear
	case len(days) < callDays:
		return hit(observed(record.Weak, sayCalls.Say(len(days)), evidence...))
	}
	return hit(observed(record.Supporting, sayCalls.Say(len(days)), evidence...))
}
