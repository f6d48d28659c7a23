package checks

import (
	"bonafide/lists"
	"bonafide/record"
)

// The address belongs to a VPN, a proxy, Tor or a hosting network. Before the hire that is
// how many careful engineers always connect, and how people in censored countries must. On
// the account of somebody already at work it is worth a word. Privacy relays of a phone or
// browser are nothing at all.
var netAnonymizer = Check{
	ID: "net-anonymizer",
	Title: record.Text{
		EN: "Connection through a VPN, proxy, Tor or hosting network",
		DE: "Verbindung über VPN, Proxy, Tor oder Rechenzentrum",
		PT: "Ligação por VPN, proxy, Tor ou centro de dados",
	},
	Text: record.Text{
		EN: "A list of such networks holds the address of a session.",
		DE: "Eine Liste solcher Netze enthält die Adresse einer Sitzung.",
		PT: "Uma lista dessas redes contém o endereço de uma sessão.",
	},
	Stage:      []string{"application", "interview", "onboarding", "employment"},
	Family:     record.Net,
	Strength:   record.Supporting,
	Link:       record.LinkDevice,
	Reads:      []string{"sessions.kind", "sessions.ip"},
	Sources:    []string{"state-advisory-2022", "seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "people who guard their privacy", DE: "Menschen, die ihre Privatsphäre schützen", PT: "pessoas que protegem a sua privacidade"},
		{EN: "an employer's VPN", DE: "das VPN einer Firma", PT: "a VPN de uma empresa"},
		{EN: "people in countries with censorship", DE: "Menschen in Ländern mit Zensur", PT: "pessoas em países com censura"},
	},
	Clears: []record.Text{
		{EN: "the same account seen again without it, after a word about the rules", DE: "dasselbe Konto noch einmal ohne, nach einem Hinweis auf die Regeln", PT: "a mesma conta vista de novo sem isso, depois de um aviso sobre as regras"},
	},
	Ask: record.Text{
		EN: "Please connect once without a VPN for work, or tell us why you need one.",
		DE: "Bitte verbinden Sie sich für die Arbeit einmal ohne VPN, oder sagen Sie uns, warum Sie eines brauchen.",
		PT: "Ligue-se, por favor, uma vez sem VPN para o trabalho, ou diga-nos porque precisa dela.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runNetAnonymizer,
}

var sayHiddenApplying = record.Text{
	EN: "A session before the hire came through a VPN, proxy, Tor or hosting network.",
	DE: "Eine Sitzung vor der Einstellung kam über VPN, Proxy, Tor oder ein Rechenzentrum.",
	PT: "Uma sessão anterior à contratação veio por VPN, proxy, Tor ou centro de dados.",
}

var sayHiddenWorking = record.Text{
	EN: "A session at work came through a VPN, proxy or Tor.",
	DE: "Eine Sitzung bei der Arbeit kam über VPN, Proxy oder Tor.",
	PT: "Uma sessão de trabalho veio por VPN, proxy ou Tor.",
}

var sayHostedWorking = record.Text{
	EN: "A session at work came through a hosting network, as company networks do.",
	DE: "Eine Sitzung bei der Arbeit kam über ein Rechenzentrum, wie es Firmennetze tun.",
	PT: "Uma sessão de trabalho veio por um centro de dados, como fazem as redes de empresas.",
}

func runNetAnonymizer(in *In) Answer {
	all, _, networks := spots(in)
	if len(all) == 0 || !networks {
		return noData
	}
	var applying, working, hosted []record.Evidence
	for i := range all {
		s := &all[i]
		if s.relay || !s.hidden {
			continue
		}
		to := &applying
		if in.App.Sessions[s.session].Kind == "work" {
			to = &hosted
			for _, h := range s.by {
				if h.Class == lists.VPN || h.Class == lists.Proxy || h.Class == lists.Tor {
					to = &working
				}
			}
		}
		for _, h := range s.by {
			if h.Class != lists.Watch && len(*to) < 5 {
				in.use(h.Use)
				*to = append(*to, record.Evidence{Field: sessionField(s.session, "ip"), List: h.Use.List, AsOf: h.Use.AsOf})
			}
		}
	}
	var found []record.Finding
	if working != nil {
		found = append(found, observed(record.Supporting, sayHiddenWorking, working...))
	}
	if hosted != nil {
		found = append(found, observed(record.Weak, sayHostedWorking, hosted...))
	}
	if applying != nil {
		found = append(found, observed(record.Weak, sayHiddenApplying, applying...))
	}
	return hit(found...)
}
