package checks

import (
	"slices"
	"strings"

	"bonafide/record"
)

// Several candidates' accounts make the same calls to the careers site, in the same
// order, from one network. Ordinary applicants make such calls too, job boards and
// agencies by the hundred: only the same long order over three accounts is shown.
var netAtsProbing = Check{
	ID: "net-ats-probing",
	Title: record.Text{
		EN: "Several accounts make the same calls in the same order",
		DE: "Mehrere Konten rufen dasselbe in derselben Reihenfolge auf",
		PT: "Várias contas fazem as mesmas chamadas pela mesma ordem",
	},
	Text: record.Text{
		EN: "Three or more candidates' accounts made the same eight or more calls to the careers site in the same order from one network. Services and approved portals are left out.",
		DE: "Drei oder mehr Bewerbungskonten machten aus einem Netz dieselben acht oder mehr Aufrufe der Karriereseite in derselben Reihenfolge. Dienste und erlaubte Portale bleiben außen vor.",
		PT: "Três ou mais contas de candidatura fizeram, da mesma rede, as mesmas oito ou mais chamadas ao sítio de carreiras pela mesma ordem. Serviços e portais autorizados ficam de fora.",
	},
	Stage:      []string{"sourcing", "application"},
	Family:     record.Net,
	Strength:   record.Supporting,
	Reads:      []string{"events"},
	Sources:    []string{"microsoft-2026-04-21"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "job boards, agencies and browser extensions", DE: "Stellenportale, Agenturen und Browser-Erweiterungen", PT: "portais de emprego, agências e extensões do navegador"},
		{EN: "a class or a library whose people apply together", DE: "ein Kurs oder eine Bibliothek, wo Menschen gemeinsam Bewerbungen schreiben", PT: "uma turma ou biblioteca em que pessoas se candidatam juntas"},
	},
	Clears: []record.Text{
		{EN: "the portal or agency is named and allowed", DE: "das Portal oder die Agentur ist benannt und erlaubt", PT: "o portal ou a agência é indicado e autorizado"},
	},
	Ask: record.Text{
		EN: "We ask whoever runs that network what it is; the people concerned go on as everybody.",
		DE: "Wir fragen, wer dieses Netz betreibt; für die Menschen geht es weiter wie für alle.",
		PT: "Perguntamos a quem gere essa rede o que é; as pessoas prosseguem como todas.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runNetAtsProbing,
}

var saySameCalls = record.Text{
	EN: "%d accounts made the same %d calls in the same order from one network.",
	DE: "%d Konten machten aus einem Netz dieselben %d Aufrufe in derselben Reihenfolge.",
	PT: "%d contas fizeram, da mesma rede, as mesmas %d chamadas pela mesma ordem.",
}

const (
	probeAccounts = 3
	probeCalls    = 8
)

func runNetAtsProbing(in *In) Answer {
	var order []int
	for i := range in.App.Events {
		e := &in.App.Events[i]
		if e.Kind == "api-call" && e.Account != "" && e.Object != "" && byPerson(e) && e.Allowed == "" && len(order) < 50_000 {
			order = append(order, i)
		}
	}
	if len(order) == 0 {
		return noData
	}
	slices.SortStableFunc(order, func(i, j int) int { return in.App.Events[i].At.Compare(in.App.Events[j].At) })
	type run struct {
		calls []string
		first int
	}
	var keys [][2]string // account and network, in the order in which they came
	by := map[[2]string]*run{}
	for _, i := range order {
		e := &in.App.Events[i]
		a, ok := publicAddr(e.IP)
		if !ok {
			continue
		}
		key := [2]string{foldWord(e.Account), networkOf(a).String()}
		if by[key] == nil {
			by[key] = &run{first: i}
			keys = append(keys, key)
		}
		by[key].calls = append(by[key].calls, e.Object)
	}
	groups := map[string][]int{}
	for _, key := range keys {
		r := by[key]
		if len(r.calls) < probeCalls {
			continue
		}
		same := key[1] + "\n" + strings.Join(r.calls, "\n")
		groups[same] = append(groups[same], r.first)
	}
	var found []record.Finding
	for _, key := range keys {
		same := key[1] + "\n" + strings.Join(by[key].calls, "\n")
		g := groups[same]
		if len(g) < probeAccounts || g[0] != by[key].first || len(found) == 5 {
			continue
		}
		var evidence []record.Evidence
		for _, i := range g[:min(len(g), 5)] {
			evidence = append(evidence, event(in, i, ""))
		}
		found = append(found, observed(record.Supporting, saySameCalls.Say(len(g), len(by[key].calls)), evidence...))
	}
	return hit(found...)
}
