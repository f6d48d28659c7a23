package checks

import (
	"strings"

	"bonafide/lists"
	"bonafide/record"
)

// A domain can be new and on no list, and its mail still be taken in by the machines of a
// throw-away service. The exchangers were looked up once, when the application came in.
// Small firms share cheap mail hosts with such services, so this is a reason to ask for
// another way to reach the person, no more.
var cpEmailBurnerInfrastructure = Check{
	ID: "cp-email-burner-infrastructure",
	Title: record.Text{
		EN: "Mail of the domain is taken in by a throw-away service",
		DE: "E-Mail der Domain nimmt ein Wegwerf-Dienst entgegen",
		PT: "O correio do domínio é recebido por um serviço descartável",
	},
	Text: record.Text{
		EN: "The mail exchangers of an unlisted mail domain stand on a list of machines of throw-away services.",
		DE: "Die Mailserver einer nicht gelisteten E-Mail-Domain stehen auf einer Liste von Rechnern der Wegwerf-Dienste.",
		PT: "Os servidores de correio de um domínio não listado constam de uma lista de máquinas de serviços descartáveis.",
	},
	Stage:      []string{"application", "reference"},
	Family:     record.Contact,
	Strength:   record.Supporting,
	Reads:      []string{"emails", "mail_facts"},
	Sources:    []string{"domain-intel"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "small firms and private domains on a shared, cheap mail host", DE: "kleine Firmen und private Domains bei einem geteilten, billigen Mailanbieter", PT: "pequenas empresas e domínios privados num alojamento de correio partilhado e barato"},
		{EN: "people who guard their mailbox from advertising", DE: "Menschen, die ihr Postfach vor Werbung schützen", PT: "pessoas que protegem a sua caixa de correio da publicidade"},
	},
	Clears: []record.Text{
		{EN: "another address or a phone number confirmed by a code", DE: "eine andere Adresse oder eine durch Code bestätigte Telefonnummer", PT: "outro endereço ou um número de telefone confirmado por código"},
	},
	Ask: record.Text{
		EN: "Please give a second way to reach you, such as a phone number, and confirm it by a code.",
		DE: "Bitte geben Sie einen zweiten Weg an, Sie zu erreichen, etwa eine Telefonnummer, und bestätigen Sie ihn durch einen Code.",
		PT: "Indique, por favor, uma segunda forma de contacto, como um número de telefone, e confirme-a por código.",
	},
	Since:   "2024-01-01",
	Version: 1,
	run:     runCpEmailBurnerInfrastructure,
}

var sayAllExchangers = record.Text{
	EN: "All mail exchangers of the mail domain belong to throw-away services.",
	DE: "Alle Mailserver der E-Mail-Domain gehören zu Wegwerf-Diensten.",
	PT: "Todos os servidores de correio do domínio pertencem a serviços descartáveis.",
}

var saySomeExchangers = record.Text{
	EN: "Some mail exchangers of the mail domain belong to throw-away services, others do not.",
	DE: "Einige Mailserver der E-Mail-Domain gehören zu Wegwerf-Diensten, andere nicht.",
	PT: "Alguns servidores de correio do domínio pertencem a serviços descartáveis, outros não.",
}

func runCpEmailBurnerInfrastructure(in *In) Answer {
	looked := false
	var found []record.Finding
	for i, mail := range in.App.Emails {
		_, domain, ok := strings.Cut(mail, "@")
		facts := in.mailFacts(domain)
		if !ok || facts == nil {
			continue
		}
		// A domain that is listed as such is another check's; free mail and
		// relays are run by who they are.
		known, _ := in.Lists.MailDomain(domain)
		if len(known) > 0 {
			looked = looked || in.Lists.HasExchangers()
			continue
		}
		on, by := 0, lists.MailHit{}
		for _, host := range facts.MX {
			hits, loaded := in.Lists.Exchanger(host)
			looked = looked || loaded
			if len(hits) > 0 {
				on, by = on+1, hits[0]
			}
		}
		if on == 0 {
			continue
		}
		in.use(by.Use)
		strength, text := record.Supporting, sayAllExchangers
		if on < len(facts.MX) {
			strength, text = record.Weak, saySomeExchangers
		}
		found = append(found, observed(strength, text, record.Evidence{Field: indexed("emails", i), List: by.Use.List, AsOf: by.Use.AsOf}))
	}
	if !looked {
		return noData
	}
	return hit(found...)
}

// mailFacts is what was looked up about a mail domain, nil when nothing was.
func (in *In) mailFacts(domain string) *record.MailFacts {
	for i := range in.App.MailFacts {
		if f := &in.App.MailFacts[i]; strings.EqualFold(f.Domain, domain) && len(f.MX) > 0 {
			return f
		}
	}
	return nil
}
