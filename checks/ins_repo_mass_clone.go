package checks

import (
	"slices"
	"time"

	"bonafide/record"
)

// Far more repositories fetched for the first time on one day than on the person's
// own usual days. Nobody is measured against colleagues here, and no published
// number of repositories is right for everybody: only the own median counts. A new
// laptop fetches again what was there, which is not counted.
var insRepoMassClone = Check{
	ID: "ins-repo-mass-clone",
	Title: record.Text{
		EN: "Very many repositories fetched for the first time in one day",
		DE: "Sehr viele Repositories an einem Tag erstmals geholt",
		PT: "Muitos repositórios obtidos pela primeira vez num só dia",
	},
	Text: record.Text{
		EN: "On one day a person fetched many repositories for the first time, far beyond their own usual days (modified z value above 3.5, and at least twenty). Services, approved work and what was fetched before are left out.",
		DE: "An einem Tag wurden viele Repositories erstmals geholt, weit über den eigenen üblichen Tagen (modifizierter z-Wert über 3,5 und mindestens zwanzig). Dienste, Erlaubtes und früher Geholtes bleiben außen vor.",
		PT: "Num dia uma pessoa obteve muitos repositórios pela primeira vez, muito acima dos seus dias habituais (valor z modificado acima de 3,5 e pelo menos vinte). Serviços, trabalho autorizado e o já obtido ficam de fora.",
	},
	Stage:      []string{"employment"},
	Family:     record.Insider,
	Strength:   record.Supporting,
	Reads:      []string{"events"},
	Sources:    []string{"fbi-psa-2025-01-23", "nist-engineering-statistics"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "platform and operations teams, backups, onboarding scripts", DE: "Plattform- und Betriebsteams, Sicherungen, Skripte zum Einstieg", PT: "equipas de plataforma e operações, cópias de segurança, scripts de integração"},
		{EN: "a search or a change across all repositories", DE: "eine Suche oder Änderung über alle Repositories", PT: "uma pesquisa ou alteração em todos os repositórios"},
	},
	Clears: []record.Text{
		{EN: "a ticket or a named person that asked for it", DE: "ein Ticket oder ein namentlich genannter Mensch, der darum bat", PT: "um pedido registado ou uma pessoa identificada que o solicitou"},
	},
	Ask: record.Text{
		EN: "Please tell us what the repositories were needed for on that day.",
		DE: "Bitte sagen Sie uns, wozu die Repositories an diesem Tag gebraucht wurden.",
		PT: "Diga-nos, por favor, para que foram precisos os repositórios nesse dia.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runInsRepoMassClone,
}

var sayMassClone = record.Text{
	EN: "On one day %d repositories were fetched for the first time; on the person's other days the middle is %d.",
	DE: "An einem Tag wurden %d Repositories erstmals geholt; an den übrigen Tagen der Person liegt die Mitte bei %d.",
	PT: "Num dia foram obtidos %d repositórios pela primeira vez; nos outros dias da pessoa o meio é %d.",
}

const (
	usualDays  = 7   // other days with fetches, before there is a usual day
	massRepos  = 20  // a smaller number is a morning's work
	massZ      = 3.5 // Iglewicz and Hoaglin, as in the NIST handbook, 1.3.5.17
	massScaled = 0.6745
)

func runInsRepoMassClone(in *In) Answer {
	order := make([]int, 0, len(in.App.Events))
	for i := range in.App.Events {
		e := &in.App.Events[i]
		if e.Kind == "clone" && e.Object != "" && byPerson(e) && e.Allowed == "" && e.Outcome != "failure" && !e.At.IsZero() {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return in.App.Events[i].At.Compare(in.App.Events[j].At) })
	seen := map[string]bool{}
	var days []time.Time
	var news, first []int
	for _, i := range order {
		e := &in.App.Events[i]
		day := e.At.UTC().Truncate(24 * time.Hour)
		if len(days) == 0 || !days[len(days)-1].Equal(day) {
			days, news, first = append(days, day), append(news, 0), append(first, i)
		}
		if !seen[e.Object] {
			seen[e.Object] = true
			news[len(news)-1]++
		}
	}
	if len(days) <= usualDays {
		return noData
	}
	var found []record.Finding
	for d, n := range news {
		if n < massRepos || len(found) == 5 {
			continue
		}
		others := slices.Delete(slices.Clone(news), d, d+1)
		middle := median(others)
		for i, o := range others {
			others[i] = max(o-middle, middle-o)
		}
		// Days that are all alike have no spread; one repository is the least there is.
		spread := max(median(others), 1)
		if massScaled*float64(n-middle) > massZ*float64(spread) {
			found = append(found, observed(record.Supporting, sayMassClone.Say(n, middle), event(in, first[d], "events")))
		}
	}
	return hit(found...)
}

// median is the lower middle of some numbers; it orders a copy.
func median(n []int) int {
	n = slices.Clone(n)
	slices.Sort(n)
	return n[(len(n)-1)/2]
}
