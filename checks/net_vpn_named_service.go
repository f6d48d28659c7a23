package checks

import (
	"strings"

	"bonafide/lists"
	"bonafide/record"
)

// Published reports on rented-out accounts name a few VPN services again and again. Most
// customers of these services have nothing to do with that: one of them is what people
// living in and travelling to places with a filtered network have used for years. So the
// service is shown, before the hire for the record only, and never by itself.
var netVpnNamedService = Check{
	ID: "net-vpn-named-service",
	Title: record.Text{
		EN: "Connection through a VPN service that reports name",
		DE: "Verbindung über einen in Berichten genannten VPN-Dienst",
		PT: "Ligação por um serviço de VPN mencionado em relatórios",
	},
	Text: record.Text{
		EN: "A list gives the address of a session to a VPN service that published reports on rented-out accounts name.",
		DE: "Eine Liste ordnet die Adresse einer Sitzung einem VPN-Dienst zu, den veröffentlichte Berichte über verliehene Konten nennen.",
		PT: "Uma lista atribui o endereço de uma sessão a um serviço de VPN mencionado em relatórios publicados sobre contas cedidas.",
	},
	Stage:      []string{"onboarding", "employment"},
	Family:     record.Net,
	Strength:   record.Supporting,
	Link:       record.LinkDevice,
	Reads:      []string{"events", "sessions.kind", "sessions.ip"},
	Sources:    []string{"mandiant-2024-09-23", "domain-intel"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "people who live in or travel to places with a filtered network", DE: "Menschen, die in Gegenden mit gefiltertem Netz leben oder dorthin reisen", PT: "pessoas que vivem em lugares com rede filtrada ou viajam para lá"},
		{EN: "people who guard their privacy", DE: "Menschen, die ihre Privatsphäre schützen", PT: "pessoas que protegem a sua privacidade"},
	},
	Clears: []record.Text{
		{EN: "the same account seen again without it, after a word about the rules", DE: "dasselbe Konto noch einmal ohne, nach einem Hinweis auf die Regeln", PT: "a mesma conta vista de novo sem isso, depois de um aviso sobre as regras"},
		{EN: "the computer shown where it is said to be", DE: "der Rechner, gezeigt an dem Ort, der angegeben ist", PT: "o computador mostrado no lugar indicado"},
	},
	Ask: record.Text{
		EN: "Please connect once without this VPN for work, or tell us why you need it.",
		DE: "Bitte verbinden Sie sich für die Arbeit einmal ohne dieses VPN, oder sagen Sie uns, warum Sie es brauchen.",
		PT: "Ligue-se, por favor, uma vez sem esta VPN para o trabalho, ou diga-nos porque precisa dela.",
	},
	Since:   "2024-01-01",
	Version: 2,
	run:     runNetVpnNamedService,
}

// namedServices are the services that reports name, with the strength at work.
// Of the second, most customers are ordinary engineers: it never counts.
var namedServices = []struct {
	key, name string
	work      record.Strength
}{
	{"astrill", "Astrill", record.Supporting},
	{"mullvad", "Mullvad", record.Weak},
}

var sayNamedWorking = record.Text{
	EN: "A session at work came through %s, a VPN service that reports on rented-out accounts name.",
	DE: "Eine Sitzung bei der Arbeit kam über %s, einen VPN-Dienst, den Berichte über verliehene Konten nennen.",
	PT: "Uma sessão de trabalho veio por %s, um serviço de VPN mencionado em relatórios sobre contas cedidas.",
}

var sayNamedApplying = record.Text{
	EN: "A session before the hire came through %s, a VPN service that reports name; very many others use it.",
	DE: "Eine Sitzung vor der Einstellung kam über %s, einen in Berichten genannten VPN-Dienst; sehr viele andere nutzen ihn.",
	PT: "Uma sessão anterior à contratação veio por %s, um serviço de VPN mencionado em relatórios; muitas outras pessoas usam-no.",
}

func runNetVpnNamedService(in *In) Answer { return withSignIns(in, throughService) }

func throughService(in *In) Answer {
	all, _, _ := spots(in)
	if len(all) == 0 || !in.Lists.HasServices() {
		return noData
	}
	var found []record.Finding
	for _, service := range namedServices {
		var work, before []record.Evidence
		for i := range all {
			s := &all[i]
			h := s.service(service.key)
			if s.relay || h == nil {
				continue
			}
			to := &before
			if in.App.Sessions[s.session].Kind == "work" {
				to = &work
			}
			if len(*to) < 5 {
				in.use(h.Use)
				*to = append(*to, record.Evidence{Field: sessionField(s.session, "ip"), ComparedWith: service.name, List: h.Use.List, AsOf: h.Use.AsOf})
			}
		}
		if work != nil {
			found = append(found, observed(service.work, sayNamedWorking.Say(service.name), work...))
		}
		if before != nil {
			found = append(found, observed(record.Weak, sayNamedApplying.Say(service.name), before...))
		}
	}
	return hit(found...)
}

// service is the list that gives the address to a service; lists spell its
// name in many ways: "ASTRILL_VPN", "Astrill VPN".
func (s *spot) service(key string) *lists.NetworkHit {
	for i := range s.by {
		if name := s.by[i].Service; name != "" && strings.HasPrefix(strings.ToLower(name), key) {
			return &s.by[i]
		}
	}
	return nil
}
