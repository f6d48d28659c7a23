package checks

import (
	"slices"
	"strings"
	"time"

	"bonafide/lists"
	"bonafide/record"
)

// One remote-access program may be the helpdesk's. Two or more of different makers
// on one work computer within two weeks, and nobody who approved either, is rare
// outside of a change of supplier: that is asked about.
var epRmmMultipleVendors = Check{
	ID: "ep-rmm-multiple-vendors",
	Title: record.Text{
		EN: "Several makers' remote-access tools on one computer",
		DE: "Fernzugriffsprogramme mehrerer Hersteller auf einem Rechner",
		PT: "Programas de acesso remoto de vários fabricantes num computador",
	},
	Text: record.Text{
		EN: "Within fourteen days the remote-access tools of two or more makers were seen on one computer of the employer, and none was approved.",
		DE: "Binnen vierzehn Tagen wurden auf einem Rechner des Arbeitgebers Fernzugriffsprogramme von zwei oder mehr Herstellern gesehen, keines freigegeben.",
		PT: "Em catorze dias foram vistos num computador do empregador programas de acesso remoto de dois ou mais fabricantes, nenhum aprovado.",
	},
	Stage:      []string{"employment"},
	Family:     record.Endpoint,
	Strength:   record.Strong,
	Link:       record.LinkDevice,
	Reads:      []string{"tools", "computers"},
	Sources:    []string{"lolrmm", "elastic-detection-rules", "mandiant-2024-09-23"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a change from one supplier to another", DE: "der Wechsel von einem Dienstleister zum anderen", PT: "a mudança de um fornecedor para outro"},
		{EN: "the computers of support technicians", DE: "Rechner von Menschen im technischen Dienst", PT: "computadores de técnicos de assistência"},
	},
	Clears: []record.Text{
		{EN: "a ticket or a named person that allowed them", DE: "ein Ticket oder ein namentlich genannter Mensch, der sie erlaubt hat", PT: "um pedido registado ou uma pessoa identificada que os autorizou"},
	},
	Ask: record.Text{
		EN: "Please tell us who installed these programs and what for; what nobody needs is removed.",
		DE: "Bitte sagen Sie uns, wer diese Programme wozu installiert hat; was niemand braucht, wird entfernt.",
		PT: "Diga-nos, por favor, quem instalou estes programas e para quê; o que ninguém precisar será removido.",
	},
	Since:   "2024-01-01",
	Version: 1,
	run:     runEpRmmMultipleVendors,
}

var sayManyMakers = record.Text{
	EN: "On one computer of the employer the remote-access tools of %d makers were seen within fourteen days.",
	DE: "Auf einem Rechner des Arbeitgebers wurden binnen vierzehn Tagen Fernzugriffsprogramme von %d Herstellern gesehen.",
	PT: "Num computador do empregador foram vistos, em catorze dias, programas de acesso remoto de %d fabricantes.",
}

const makersDays = 14

func runEpRmmMultipleVendors(in *In) Answer {
	type sight struct {
		maker string
		at    time.Time
		where record.Evidence
	}
	looked := false
	var devices []string
	by := map[string][]sight{}
	for _, t := range traces(in) {
		hits, loaded := t.tools(in)
		if !loaded {
			return noData
		}
		looked = true
		if !t.managed || t.approved || len(hits) == 0 || t.kind == lists.TraceDomain || tunnelOf(&t) != "" {
			continue // tunnels are developers' everyday tools and have a check of their own
		}
		at := time.Time{}
		if t.tool >= 0 {
			at = in.App.Tools[t.tool].At
		}
		maker, _, _ := strings.Cut(strings.ToLower(hits[0].Tool), " ")
		if !slices.Contains(devices, t.device) {
			devices = append(devices, t.device)
		}
		in.use(hits[0].Use)
		if len(by[t.device]) < 200 {
			by[t.device] = append(by[t.device], sight{maker, at, record.Evidence{Field: t.field, ComparedWith: hits[0].Tool, List: hits[0].Use.List, AsOf: hits[0].Use.AsOf}})
		}
	}
	if !looked {
		return noData
	}
	var found []record.Finding
	for _, d := range devices {
		var best []record.Evidence
		for _, first := range by[d] {
			var makers []string
			var evidence []record.Evidence
			for _, s := range by[d] {
				// What carries no time is an inventory: it is there now.
				near := first.at.IsZero() || s.at.IsZero() || !s.at.Before(first.at) && s.at.Before(first.at.AddDate(0, 0, makersDays))
				if near && !slices.Contains(makers, s.maker) {
					makers = append(makers, s.maker)
					evidence = append(evidence, s.where)
				}
			}
			if len(evidence) > len(best) {
				best = evidence
			}
		}
		if len(best) >= 2 {
			found = append(found, observed(record.Strong, sayManyMakers.Say(len(best)), best[:min(6, len(best))]...))
		}
	}
	return hit(found...)
}
