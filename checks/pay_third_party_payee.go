package checks

import (
	"fmt"
	"strings"

	"bonafide/match"
	"bonafide/match/name"
	"bonafide/record"
)

// Work by one, pay to another. Freelancers invoice through their own firm and
// employers of record collect for their people: both have a place in the contract.
// A company without such a place is asked about; where nobody has told us of a
// contract yet, that is our gap and not theirs.
var payThirdPartyPayee = Check{
	ID: "pay-third-party-payee",
	Title: record.Text{
		EN: "Pay goes to a company without a role",
		DE: "Zahlung geht an eine Firma ohne Rolle",
		PT: "Pagamento a uma empresa sem papel no contrato",
	},
	Text: record.Text{
		EN: "The account is held by a company that is not the contracting party, does not carry the person's name and does not stand in the résumé.",
		DE: "Das Konto gehört einer Firma, die nicht Vertragspartei ist, nicht den Namen der Person trägt und nicht im Lebenslauf steht.",
		PT: "A conta pertence a uma empresa que não é parte no contrato, não tem o nome da pessoa e não consta do currículo.",
	},
	Stage:      []string{"payment"},
	Family:     record.Pay,
	Strength:   record.Strong,
	Link:       record.LinkPayee,
	Reads:      []string{"person.name", "person.other_names", "payouts", "contract", "submitted_by", "requests", "resume.work"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-b"},
	FalsePositives: []record.Text{
		{EN: "a freelancer's own firm", DE: "die eigene Firma von Freiberuflern", PT: "a empresa própria de um freelancer"},
		{EN: "an employer of record or a family business", DE: "ein Drittarbeitgeber oder ein Familienbetrieb", PT: "um empregador terceiro ou uma empresa familiar"},
	},
	Clears: []record.Text{
		{EN: "the contract amended to name the company, and its register extract", DE: "der Vertrag, der die Firma nennt, und ihr Registerauszug", PT: "o contrato que nomeie a empresa e a sua certidão de registo"},
	},
	Ask: record.Text{
		EN: "Please tell us how the company that is to be paid relates to you, or give an account in your own name.",
		DE: "Bitte sagen Sie uns, wie die Firma, die bezahlt werden soll, zu Ihnen steht, oder geben Sie ein Konto auf Ihren Namen an.",
		PT: "Diga-nos, por favor, que relação tem com a empresa a pagar, ou indique uma conta em seu nome.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runPayThirdPartyPayee,
}

var sayPayeeOutside = record.Text{
	EN: "Pay goes to a company that has no place in the contract.",
	DE: "Die Zahlung geht an eine Firma, die im Vertrag nicht vorkommt.",
	PT: "O pagamento vai para uma empresa que não figura no contrato.",
}

var sayPayeeAsked = record.Text{
	EN: "Pay goes to a company that has no place in the contract, and payment to somebody else was asked for.",
	DE: "Die Zahlung geht an eine Firma, die im Vertrag nicht vorkommt, und um Zahlung an andere wurde gebeten.",
	PT: "O pagamento vai para uma empresa que não figura no contrato, e foi pedido o pagamento a outrem.",
}

var sayPayeeUnknown = record.Text{
	EN: "Pay goes to a company; no contract that names the parties is on record.",
	DE: "Die Zahlung geht an eine Firma; ein Vertrag, der die Parteien nennt, liegt nicht vor.",
	PT: "O pagamento vai para uma empresa; não há registo de um contrato que nomeie as partes.",
}

var sayPayeeRequest = record.Text{
	EN: "Payment to somebody else was asked for.",
	DE: "Es wurde um Zahlung an andere gebeten.",
	PT: "Foi pedido o pagamento a outrem.",
}

func runPayThirdPartyPayee(in *In) Answer {
	asked := -1
	for i := range in.App.Requests {
		if in.App.Requests[i].Kind == "other-payee" {
			asked = i
		}
	}
	contract := &in.App.Contract
	if contract.Kind == "employer-of-record" || in.App.SubmittedBy.Kind == "agency" {
		return notApplicable
	}
	var found []record.Finding
	looked := false
	for i := range in.App.Payouts {
		holder := in.App.Payouts[i].Holder
		if holder == "" {
			continue
		}
		looked = true
		if !match.Firm(holder) || ownFirm(in, holder) {
			continue
		}
		where := record.Evidence{Field: fmt.Sprintf("payouts[%d].holder", i), ComparedWith: "contract.party"}
		switch {
		case contract.Kind == "", contract.Kind == "company" && contract.Party == "":
			found = append(found, observed(record.Weak, sayPayeeUnknown, where))
		case asked >= 0:
			found = append(found, observed(record.Strong, sayPayeeAsked, where, record.Evidence{Field: fmt.Sprintf("requests[%d]", asked)}))
		default:
			found = append(found, observed(record.Supporting, sayPayeeOutside, where))
		}
	}
	switch {
	case asked >= 0 && len(found) == 0:
		return hit(observed(record.Supporting, sayPayeeRequest, record.Evidence{Field: fmt.Sprintf("requests[%d]", asked), AsOf: record.DateOf(in.App.Requests[asked].At)}))
	case !looked:
		return noData
	}
	return hit(found...)
}

// ownFirm: the contracting company, a firm that carries the person's name, or
// one that the person names in the résumé as a present position.
func ownFirm(in *In, holder string) bool {
	if in.sameParty(holder) {
		return true
	}
	for _, own := range ownNames(in.App) {
		for _, w := range strings.Fields(own) {
			if len(w) < 2 {
				continue
			}
			if a := name.SamePerson(w, holder); a == name.Same || a == name.Compatible {
				return true
			}
		}
	}
	for i := range in.App.Resume.Work {
		w := &in.App.Resume.Work[i]
		if same, ok := match.SameFirm(w.Organisation, holder); ok && same && w.End == "" {
			return true
		}
	}
	return false
}
