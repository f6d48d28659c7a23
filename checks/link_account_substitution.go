package checks

import (
	"bonafide/record"
)

// Somebody asks to go on, or to be paid, under another account or name. A platform that
// closed an account by mistake and a freelancer who founded a company are the ordinary
// reasons; with a company as the contracting party the second is already told.
var linkAccountSubstitution = Check{
	ID: "link-account-substitution",
	Title: record.Text{
		EN: "Asks to continue under another account",
		DE: "Möchte unter einem anderen Konto weitermachen",
		PT: "Pede para continuar com outra conta",
	},
	Text: record.Text{
		EN: "The person asked to work under another account, or that somebody else be paid.",
		DE: "Die Person bat darum, unter einem anderen Konto zu arbeiten oder dass jemand anderes bezahlt wird.",
		PT: "A pessoa pediu para trabalhar com outra conta, ou que outra pessoa fosse paga.",
	},
	Stage:      []string{"sourcing", "payment"},
	Family:     FamilyOfValue,
	Strength:   record.Strong,
	Reads:      []string{"requests", "contract"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a platform that closed an account by mistake", DE: "eine Plattform, die ein Konto irrtümlich geschlossen hat", PT: "uma plataforma que fechou uma conta por engano"},
		{EN: "a freelancer who founded a company", DE: "eine selbständige Person, die eine Firma gegründet hat", PT: "uma pessoa independente que criou uma empresa"},
	},
	Clears: []record.Text{
		{EN: "a contract in the name that works and is paid", DE: "ein Vertrag auf den Namen, der arbeitet und bezahlt wird", PT: "um contrato em nome de quem trabalha e é pago"},
	},
	Ask: record.Text{
		EN: "Please tell us why, and let us write the contract in the name that does the work.",
		DE: "Bitte sagen Sie uns den Grund, und lassen Sie uns den Vertrag auf den Namen schreiben, der die Arbeit tut.",
		PT: "Diga-nos, por favor, o motivo, e deixe-nos fazer o contrato em nome de quem trabalha.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runLinkAccountSubstitution,
}

var sayOtherAccount = record.Text{
	EN: "The person asked to continue under another account.",
	DE: "Die Person bat darum, unter einem anderen Konto weiterzumachen.",
	PT: "A pessoa pediu para continuar com outra conta.",
}

var sayOtherPayee = record.Text{
	EN: "The person asked that somebody else be paid.",
	DE: "Die Person bat darum, dass jemand anderes bezahlt wird.",
	PT: "A pessoa pediu que outra pessoa fosse paga.",
}

var sayFounded = record.Text{
	EN: "Not counted: the contracting party is a company or an employer of record.",
	DE: "Nicht gezählt: Vertragspartei ist eine Firma oder ein Arbeitgeber-Dienstleister.",
	PT: "Não contado: a parte contratante é uma empresa ou uma entidade empregadora de registo.",
}

func runLinkAccountSubstitution(in *In) Answer {
	if len(in.App.Requests) == 0 {
		return noData
	}
	company := in.App.Contract.Kind == "company" || in.App.Contract.Kind == "employer-of-record"
	var account, payee []record.Evidence
	for i := range in.App.Requests {
		r := &in.App.Requests[i]
		e := record.Evidence{Field: indexed("requests", i)}
		if !r.At.IsZero() {
			e.AsOf = record.DateOf(r.At)
		}
		switch r.Kind {
		case "other-account":
			account = append(account, e)
		case "other-payee":
			payee = append(payee, e)
		}
	}
	var found []record.Finding
	add := func(s record.Strength, family record.Family, text record.Text, evidence []record.Evidence) {
		if evidence == nil {
			return
		}
		f := observed(s, text, evidence...)
		f.Family, f.Value = family, digest("requests") // one wish, told in two ways
		if company {
			f.Strength, f.Lowered = record.Weak, sayFounded
		}
		found = append(found, f)
	}
	add(record.Strong, record.Contact, sayOtherAccount, account)
	add(record.Supporting, record.Pay, sayOtherPayee, payee)
	return hit(found...)
}
