package checks

import (
	"bonafide/match"
	"bonafide/record"
)

// The domain a referee writes from looks like the employer's and is not it, was registered
// after the claimed work there began, receives no mail or is parked. A renamed company is
// the ordinary reason for a young domain, and its switchboard knows.
var refDomainSuspicious = Check{
	ID: "ref-domain-suspicious",
	Title: record.Text{
		EN: "Referee's domain does not fit the employer",
		DE: "Domain der Referenz passt nicht zum Arbeitgeber",
		PT: "O domínio da referência não condiz com o empregador",
	},
	Text: record.Text{
		EN: "The mail domain of a referee imitates that of the claimed employer, is younger than the claimed employment, has no mail server, is parked, or belongs to a throw-away service.",
		DE: "Die E-Mail-Domain einer Referenz ahmt die des angegebenen Arbeitgebers nach, ist jünger als die angegebene Beschäftigung, hat keinen Mailserver, ist geparkt oder gehört zu einem Wegwerf-Dienst.",
		PT: "O domínio de e-mail de uma referência imita o do empregador indicado, é mais recente do que o emprego indicado, não tem servidor de correio, está estacionado ou pertence a um serviço descartável.",
	},
	Stage:      []string{"reference"},
	Family:     record.Ref,
	Strength:   record.Strong,
	Reads:      []string{"references", "resume.work"},
	Sources:    []string{"state-advisory-2022", "sentinellabs-2024-11"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a company that was renamed or has several domains", DE: "eine Firma, die umbenannt wurde oder mehrere Domains hat", PT: "uma empresa que mudou de nome ou tem vários domínios"},
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
	run:     runRefDomainSuspicious,
}

var sayRefLookalike = record.Text{
	EN: "The referee's mail domain looks like the employer's and is another one.",
	DE: "Die E-Mail-Domain der Referenz sieht aus wie die des Arbeitgebers und ist eine andere.",
	PT: "O domínio de e-mail da referência parece o do empregador e é outro.",
}

var sayRefOtherEnding = record.Text{
	EN: "The referee's mail domain is the employer's under another ending, as national companies have.",
	DE: "Die E-Mail-Domain der Referenz ist die des Arbeitgebers mit anderer Endung, wie bei Landesgesellschaften.",
	PT: "O domínio de e-mail da referência é o do empregador com outra terminação, como têm as filiais nacionais.",
}

var sayRefYoung = record.Text{
	EN: "The referee's domain was registered after the claimed work there began.",
	DE: "Die Domain der Referenz wurde registriert, nachdem die angegebene Arbeit dort begonnen hatte.",
	PT: "O domínio da referência foi registado depois de começar o trabalho indicado.",
}

var sayRefImitates = record.Text{
	EN: "The referee's young domain looks like that of another referee of the same company.",
	DE: "Die junge Domain der Referenz sieht aus wie die einer anderen Referenz derselben Firma.",
	PT: "O domínio recente da referência parece o de outra referência da mesma empresa.",
}

var sayRefNew = record.Text{
	EN: "The referee's domain is less than 90 days old.",
	DE: "Die Domain der Referenz ist jünger als 90 Tage.",
	PT: "O domínio da referência tem menos de 90 dias.",
}

var sayRefDead = record.Text{
	EN: "The referee's domain receives no mail or is parked.",
	DE: "Die Domain der Referenz empfängt keine E-Mail oder ist geparkt.",
	PT: "O domínio da referência não recebe correio ou está estacionado.",
}

var sayRefDisposable = record.Text{
	EN: "The referee's mail address belongs to a throw-away service.",
	DE: "Die E-Mail-Adresse der Referenz gehört zu einem Wegwerf-Dienst.",
	PT: "O endereço de e-mail da referência pertence a um serviço descartável.",
}

func runRefDomainSuspicious(in *In) Answer {
	looked := false
	var found []record.Finding
	for i := range few(in.App.References) {
		r := &in.App.References[i]
		domain, ok := match.MailDomain(r.Email)
		if !ok {
			continue
		}
		looked = true
		f := aboutDomain(in, r, domain)
		if f.Strength == record.NotCounted {
			continue
		}
		f.Evidence[0].Field = indexed("references", i) + f.Evidence[0].Field
		f.Value = digest(domain)
		found = append(found, f)
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
