package checks

import (
	"fmt"
	"strings"

	"bonafide/lists"
	"bonafide/record"
)

// A throw-away mailbox cannot be reached again next month, so a promise made
// from it cannot be kept. Privacy relays are not throw-away and are let be;
// free mail is what most applicants use and is never looked at.
var cpEmailDisposable = Check{
	ID: "cp-email-disposable",
	Title: record.Text{
		EN: "Mail address of a throw-away service",
		DE: "E-Mail-Adresse eines Wegwerf-Dienstes",
		PT: "Endereço de e-mail de um serviço descartável",
	},
	Text: record.Text{
		EN: "The domain of the mail address stands on a list of services that give out mailboxes for minutes or days.",
		DE: "Die Domain der E-Mail-Adresse steht auf einer Liste von Diensten, die Postfächer für Minuten oder Tage vergeben.",
		PT: "O domínio do endereço de e-mail consta de uma lista de serviços que atribuem caixas de correio por minutos ou dias.",
	},
	Stage:      []string{"application", "reference"},
	Family:     record.Contact,
	Strength:   record.Supporting,
	Reads:      []string{"emails"},
	Sources:    []string{"disposable-email-domains", "domain-intel"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{{
		EN: "people who guard their mailbox from advertising",
		DE: "Menschen, die ihr Postfach vor Werbung schützen",
		PT: "pessoas que protegem a sua caixa de correio da publicidade",
	}},
	Clears: []record.Text{{
		EN: "another address or a phone number confirmed by a code",
		DE: "eine andere Adresse oder eine durch Code bestätigte Telefonnummer",
		PT: "outro endereço ou um número de telefone confirmado por código",
	}},
	Ask: record.Text{
		EN: "Please give a mail address under which you can still be reached in a year.",
		DE: "Bitte geben Sie eine E-Mail-Adresse an, unter der Sie auch in einem Jahr erreichbar sind.",
		PT: "Indique, por favor, um endereço de e-mail em que continue contactável daqui a um ano.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCpEmailDisposable,
}

var sayDisposable = record.Text{
	EN: "The mail address belongs to a throw-away service.",
	DE: "Die E-Mail-Adresse gehört zu einem Wegwerf-Dienst.",
	PT: "O endereço de e-mail pertence a um serviço descartável.",
}

func runCpEmailDisposable(in *In) Answer {
	if len(in.App.Emails) == 0 {
		return noData
	}
	var found []record.Finding
	for i, mail := range in.App.Emails {
		_, domain, ok := strings.Cut(mail, "@")
		if !ok {
			continue
		}
		hits, loaded := in.Lists.MailDomain(domain)
		if !loaded {
			return noData
		}
		var on *lists.MailHit
		relay := false
		for j := range hits {
			in.Use(hits[j].Use)
			switch hits[j].Class {
			case lists.MailRelay:
				relay = true
			case lists.MailDisposable:
				on = &hits[j]
			}
		}
		if on == nil || relay {
			continue
		}
		found = append(found, observed(record.Supporting, sayDisposable, record.Evidence{
			Field: fmt.Sprintf("emails[%d]", i), List: on.Use.List, AsOf: on.Use.AsOf,
		}))
	}
	return hit(found...)
}
