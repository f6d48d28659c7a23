package checks

import (
	"strings"

	"bonafide/record"
)

// The work computer is for weeks in a country that is neither the person's home nor
// that of the post, and no journey was approved. Nearly always somebody works from
// family or the sea: a matter of tax and insurance, and a talk, nothing else.
var epLocationDrift = Check{
	ID: "ep-location-drift",
	Title: record.Text{
		EN: "Work computer for weeks in another country",
		DE: "Arbeitsrechner wochenlang in einem anderen Land",
		PT: "Computador de trabalho durante semanas noutro país",
	},
	Text: record.Text{
		EN: "On ten days or more the work computer was in a country that is neither the home's nor the role's, without approved travel. Only the country of a day is looked at.",
		DE: "An zehn oder mehr Tagen war der Arbeitsrechner ohne genehmigte Reise in einem Land, das weder das des Zuhauses noch das der Stelle ist. Betrachtet wird nur das Land eines Tages.",
		PT: "Em dez dias ou mais o computador de trabalho esteve, sem viagem autorizada, num país que não é o de casa nem o da função. Só se considera o país de cada dia.",
	},
	Stage:      []string{"employment"},
	Family:     record.Endpoint,
	Strength:   record.Supporting,
	Link:       record.LinkDevice,
	Reads:      []string{"computers", "person.address", "role"},
	Sources:    []string{"mandiant-2024-09-23"},
	LegalBasis: []string{"gdpr-6-1-b"},
	FalsePositives: []record.Text{
		{EN: "work from family or from a holiday", DE: "Arbeit bei der Familie oder aus dem Urlaub", PT: "trabalho a partir da família ou das férias"},
		{EN: "a home near a border, a table of networks that errs", DE: "ein Zuhause nahe der Grenze, eine Netztabelle, die irrt", PT: "uma casa perto da fronteira, uma tabela de redes errada"},
		{EN: "a move that was not entered", DE: "ein nicht eingetragener Umzug", PT: "uma mudança não registada"},
	},
	Clears: []record.Text{
		{EN: "approved travel, or the move entered", DE: "genehmigte Reise oder eingetragener Umzug", PT: "viagem autorizada, ou a mudança registada"},
	},
	Ask: record.Text{
		EN: "Please tell us where you work from at present, so that tax and insurance are right.",
		DE: "Bitte sagen Sie uns, von wo Sie zurzeit arbeiten, damit Steuer und Versicherung stimmen.",
		PT: "Diga-nos, por favor, de onde trabalha atualmente, para que impostos e seguro estejam certos.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runEpLocationDrift,
}

var sayDrift = record.Text{
	EN: "The work computer was on %d of %d days in a country that is neither the home's nor the role's.",
	DE: "Der Arbeitsrechner war an %d von %d Tagen in einem Land, das weder das des Zuhauses noch das der Stelle ist.",
	PT: "O computador de trabalho esteve em %d de %d dias num país que não é o de casa nem o da função.",
}

const driftDays = 10 // two working weeks

func runEpLocationDrift(in *In) Answer {
	home := in.App.Person.Address.Country
	if home == "" {
		return noData
	}
	looked := false
	var found []record.Finding
	for c := range few(in.App.Computers) {
		computer := &in.App.Computers[c]
		if !computer.Managed {
			continue
		}
		days, away := map[record.Date]bool{}, map[record.Date]bool{}
		var evidence []record.Evidence
		for i := range computer.Places {
			p := &computer.Places[i]
			if p.Day == "" || p.Country == "" {
				continue
			}
			looked = true
			days[p.Day] = true
			if p.Allowed != "" || strings.EqualFold(p.Country, home) || strings.EqualFold(p.Country, in.App.Role.Country) {
				continue
			}
			if away[p.Day] = true; len(evidence) < 3 {
				evidence = append(evidence, record.Evidence{Field: indexed("computers", c) + "." + indexed("places", i), ComparedWith: "person.address", AsOf: p.Day})
			}
		}
		if len(away) >= driftDays {
			found = append(found, observed(record.Supporting, sayDrift.Say(len(away), len(days)), evidence...))
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
