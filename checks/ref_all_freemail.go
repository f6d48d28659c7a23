package checks

import (
	"bonafide/lists"
	"bonafide/match"
	"bonafide/record"
)

// Every referee speaks for a company and writes from free mail. People leave jobs and small
// firms use free mail, so one such address says little; that all of them do is a reason to
// reach one through the company itself.
var refAllFreemail = Check{
	ID: "ref-all-freemail",
	Title: record.Text{
		EN: "All referees use free mail",
		DE: "Alle Referenzen nutzen Gratis-Mail",
		PT: "Todas as referências usam correio gratuito",
	},
	Text: record.Text{
		EN: "Every referee is named for a company and answers from a free mail service.",
		DE: "Jede Referenzperson ist für eine Firma genannt und antwortet von einem Gratis-Maildienst.",
		PT: "Todas as pessoas de referência são indicadas por uma empresa e respondem a partir de um serviço de correio gratuito.",
	},
	Stage:      []string{"reference"},
	Family:     record.Ref,
	Strength:   record.Supporting,
	Reads:      []string{"references"},
	Sources:    []string{"knowbe4-2024-07"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "referees who have left the company", DE: "Referenzen, die die Firma verlassen haben", PT: "pessoas que saíram da empresa"},
		{EN: "small firms without a domain", DE: "kleine Firmen ohne eigene Domain", PT: "pequenas empresas sem domínio próprio"},
	},
	Clears: []record.Text{
		{EN: "one referee confirmed through the employer's switchboard", DE: "eine Referenz, über die Zentrale des Arbeitgebers bestätigt", PT: "uma referência confirmada através da central do empregador"},
	},
	Ask: record.Text{
		EN: "We call one referee through a number we find ourselves.",
		DE: "Wir rufen eine Referenzperson über eine selbst gefundene Nummer an.",
		PT: "Telefonamos a uma pessoa de referência através de um número que nós próprios encontramos.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runRefAllFreemail,
}

var sayAllFreeMail = record.Text{
	EN: "All %d referees speak for a company and use free mail.",
	DE: "Alle %d Referenzen sprechen für eine Firma und nutzen Gratis-Mail.",
	PT: "Todas as %d referências falam por uma empresa e usam correio gratuito.",
}

var sayOneFreeMail = record.Text{
	EN: "The only referee speaks for a company and uses free mail.",
	DE: "Die einzige Referenz spricht für eine Firma und nutzt Gratis-Mail.",
	PT: "A única referência fala por uma empresa e usa correio gratuito.",
}

func runRefAllFreemail(in *In) Answer {
	var evidence []record.Evidence
	corporate := 0
	for i := range few(in.App.References) {
		r := &in.App.References[i]
		domain, ok := match.MailDomain(r.Email)
		if !ok || r.Organisation == "" {
			continue
		}
		corporate++
		hits, loaded := in.Lists.MailDomain(domain)
		if !loaded || !in.Lists.HasMail(lists.MailFree) {
			return noData
		}
		free := false
		for _, h := range hits {
			if h.Class == lists.MailFree && !free {
				free = true
				in.use(h.Use)
				evidence = append(evidence, record.Evidence{Field: indexed("references", i) + ".email", List: h.Use.List, AsOf: h.Use.AsOf})
			}
		}
		if !free {
			return allClear
		}
	}
	switch corporate {
	case 0:
		return noData
	case 1:
		return hit(observed(record.Weak, sayOneFreeMail, evidence...))
	}
	return hit(observed(record.Supporting, sayAllFreeMail.Say(corporate), evidence[:min(5, len(evidence))]...))
}
