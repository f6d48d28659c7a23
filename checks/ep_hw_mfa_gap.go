package checks

import (
	"slices"
	"strings"

	"bonafide/record"
)

// A key or passkey that cannot be passed on by telephone binds an account to hands.
// Where it was enrolled abroad, or is there and others are used instead, that is
// asked about; where it was never given out, the gap is ours.
var epHwMfaGap = Check{
	ID: "ep-hw-mfa-gap",
	Title: record.Text{
		EN: "Hardware sign-in missing, passed by or enrolled elsewhere",
		DE: "Anmeldung mit Hardware fehlt, wird umgangen oder wurde anderswo eingerichtet",
		PT: "Início de sessão com hardware em falta, contornado ou registado noutro lugar",
	},
	Text: record.Text{
		EN: "A hardware key or passkey was enrolled in another country, or is enrolled and weaker factors are used again and again. Where none was ever given out it is only shown.",
		DE: "Ein Hardwareschlüssel oder Passkey wurde in einem anderen Land eingerichtet, oder er ist da und schwächere Faktoren werden immer wieder benutzt. Wurde nie einer ausgegeben, wird es nur gezeigt.",
		PT: "Uma chave física ou passkey foi registada noutro país, ou existe e usam-se repetidamente fatores mais fracos. Onde nunca foi entregue nenhuma é apenas mostrado.",
	},
	Stage:      []string{"employment"},
	Family:     record.Endpoint,
	Strength:   record.Supporting,
	Link:       record.LinkDevice,
	Reads:      []string{"events", "person.address", "role"},
	Sources:    []string{"mandiant-2024-09-23"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a roll-out that has not reached everybody", DE: "eine Einführung, die noch nicht alle erreicht hat", PT: "uma introdução que ainda não chegou a todos"},
		{EN: "a lost or broken key, or a program that cannot use one", DE: "ein verlorener oder defekter Schlüssel oder ein Programm, das keinen kann", PT: "uma chave perdida ou avariada, ou um programa que não a suporta"},
		{EN: "a journey on the day of enrolment", DE: "eine Reise am Tag der Einrichtung", PT: "uma viagem no dia do registo"},
	},
	Clears: []record.Text{
		{EN: "the key enrolled again in a call or at our office", DE: "der in einem Gespräch oder bei uns neu eingerichtete Schlüssel", PT: "a chave registada de novo numa chamada ou no nosso escritório"},
	},
	Ask: record.Text{
		EN: "Please enrol your key once more with us in a short call.",
		DE: "Bitte richten Sie Ihren Schlüssel in einem kurzen Gespräch noch einmal mit uns ein.",
		PT: "Registe, por favor, a sua chave de novo connosco numa breve chamada.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runEpHwMfaGap,
}

var sayKeyElsewhere = record.Text{
	EN: "A hardware key or passkey was enrolled in a country that is neither the home's nor the role's.",
	DE: "Ein Hardwareschlüssel oder Passkey wurde in einem Land eingerichtet, das weder das des Zuhauses noch das der Stelle ist.",
	PT: "Uma chave física ou passkey foi registada num país que não é o de casa nem o da função.",
}

var sayKeyPassedBy = record.Text{
	EN: "A hardware key or passkey is enrolled, and %d later sign-ins used a weaker factor.",
	DE: "Ein Hardwareschlüssel oder Passkey ist eingerichtet, und %d spätere Anmeldungen nutzten einen schwächeren Faktor.",
	PT: "Existe uma chave física ou passkey, e %d inícios de sessão posteriores usaram um fator mais fraco.",
}

var sayKeyNone = record.Text{
	EN: "None of %d sign-ins used a hardware key or passkey.",
	DE: "Keine von %d Anmeldungen nutzte einen Hardwareschlüssel oder Passkey.",
	PT: "Nenhum de %d inícios de sessão usou uma chave física ou passkey.",
}

const (
	passedBy = 5  // once or twice a key is at home
	keyNone  = 10 // sign-ins before its absence is shown
)

func resistant(factor string) bool { return factor == "hardware" || factor == "passkey" }

func runEpHwMfaGap(in *In) Answer {
	order := make([]int, 0, len(in.App.Events))
	for i := range in.App.Events {
		e := &in.App.Events[i]
		if (e.Kind == "sign-in" || e.Kind == "factor-added" || e.Kind == "factor-removed") && e.Factor != "" && e.Outcome != "failure" && byPerson(e) {
			order = append(order, i)
		}
	}
	if len(order) == 0 {
		return noData
	}
	slices.SortStableFunc(order, func(i, j int) int { return in.App.Events[i].At.Compare(in.App.Events[j].At) })
	home, office := in.App.Person.Address.Country, in.App.Role.Country
	enrolled, ever := 0, false
	signs, weaker := 0, 0
	var found []record.Finding
	var evidence []record.Evidence
	for _, i := range order {
		e := &in.App.Events[i]
		switch {
		case e.Kind == "factor-added" && resistant(e.Factor):
			enrolled, ever = enrolled+1, true
			if home != "" && e.Country != "" && e.Allowed == "" && !strings.EqualFold(e.Country, home) && !strings.EqualFold(e.Country, office) && len(found) < 5 {
				found = append(found, observed(record.Supporting, sayKeyElsewhere, event(in, i, "person.address")))
			}
		case e.Kind == "factor-removed" && resistant(e.Factor):
			enrolled = max(enrolled-1, 0)
		case e.Kind != "sign-in":
		case resistant(e.Factor):
			signs, ever = signs+1, true
		default:
			signs++
			if enrolled > 0 && e.Allowed == "" {
				if weaker++; len(evidence) < 3 {
					evidence = append(evidence, event(in, i, ""))
				}
			}
		}
	}
	switch {
	case weaker >= passedBy:
		found = append(found, observed(record.Supporting, sayKeyPassedBy.Say(weaker), evidence...))
	case !ever && signs >= keyNone:
		found = append(found, observed(record.Weak, sayKeyNone.Say(signs), event(in, order[len(order)-1], "")))
	}
	return hit(found...)
}
