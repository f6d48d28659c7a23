package checks

import (
	"fmt"

	"bonafide/match"
	"bonafide/record"
)

// Pay belongs in the hands of the person who does the work. When the account is
// another person's, somebody should ask why: a marriage, a joint account and a
// parent's account are ordinary; a stranger's account needs a word.
var payHolderNameMismatch = Check{
	ID: "pay-holder-name-mismatch",
	Title: record.Text{
		EN: "Account holder bears another name",
		DE: "Kontoinhaber trägt einen anderen Namen",
		PT: "Titular da conta tem outro nome",
	},
	Text: record.Text{
		EN: "The holder of the account is a person whose name agrees with no name of the applicant: not the one given, no other name, none on a document. Companies, agencies and joint accounts that name the applicant are not looked at here.",
		DE: "Der Kontoinhaber ist eine Person, deren Name mit keinem Namen der Bewerberin oder des Bewerbers übereinstimmt: weder dem angegebenen noch einem weiteren noch dem eines Dokuments. Firmen, Agenturen und Gemeinschaftskonten, die die Person nennen, bleiben hier außer Betracht.",
		PT: "O titular da conta é uma pessoa cujo nome não coincide com nenhum nome da candidata ou do candidato: nem o indicado, nem outro, nem o de um documento. Empresas, agências e contas conjuntas que nomeiam a pessoa não são aqui consideradas.",
	},
	Stage:      []string{"payment", "onboarding"},
	Family:     record.Pay,
	Strength:   record.Strong,
	Link:       record.LinkPayee,
	Reads:      []string{"person.name", "person.other_names", "documents", "payouts", "contract", "submitted_by"},
	Sources:    []string{"state-advisory-2022", "npa-joint-2026-09-18", "epc-vop"},
	LegalBasis: []string{"gdpr-6-1-b"},
	FalsePositives: []record.Text{
		{EN: "a name from before or after a marriage", DE: "ein Name von vor oder nach einer Heirat", PT: "um nome de antes ou depois de um casamento"},
		{EN: "the account of a spouse or parent", DE: "das Konto von Ehepartner oder Eltern", PT: "a conta do cônjuge ou dos pais"},
		{EN: "a joint account under the partner's name", DE: "ein Gemeinschaftskonto unter dem Namen des Partners", PT: "uma conta conjunta em nome do parceiro"},
	},
	Clears: []record.Text{
		{EN: "a letter of the bank that names the person", DE: "ein Schreiben der Bank, das die Person nennt", PT: "uma carta do banco que nomeie a pessoa"},
		{EN: "a payee-name check that matches", DE: "eine Empfängerprüfung, die übereinstimmt", PT: "uma verificação do beneficiário coincidente"},
	},
	Ask: record.Text{
		EN: "Please give an account in your own name, or a letter of the bank that shows you may use this one.",
		DE: "Bitte geben Sie ein Konto auf Ihren Namen an oder ein Schreiben der Bank, dass Sie dieses benutzen dürfen.",
		PT: "Indique, por favor, uma conta em seu nome ou uma carta do banco que mostre que pode usar esta.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runPayHolderNameMismatch,
}

var sayHolderOther = record.Text{
	EN: "The account is held by a person whose name agrees with none of the applicant's.",
	DE: "Das Konto gehört einer Person, deren Name mit keinem der angegebenen übereinstimmt.",
	PT: "A conta pertence a uma pessoa cujo nome não coincide com nenhum dos indicados.",
}

var sayHolderFamily = record.Text{
	EN: "The account is held by somebody with the same family name, as in a family.",
	DE: "Das Konto gehört jemandem mit demselben Familiennamen, wie in einer Familie.",
	PT: "A conta pertence a alguém com o mesmo apelido, como numa família.",
}

var sayHolderMarried = record.Text{
	EN: "The holder's family name differs, the given name agrees, as after a marriage.",
	DE: "Der Familienname auf dem Konto ist anders, der Vorname stimmt, wie nach einer Heirat.",
	PT: "O apelido do titular difere e o nome próprio coincide, como depois de um casamento.",
}

func runPayHolderNameMismatch(in *In) Answer {
	if in.App.Contract.Kind == "employer-of-record" || in.App.SubmittedBy.Kind == "agency" {
		return notApplicable // the account is theirs
	}
	own := ownNames(in.App)
	if len(own) == 0 {
		return noData
	}
	var found []record.Finding
	compared, firms := false, false
	for i := range in.App.Payouts {
		p := &in.App.Payouts[i]
		if p.Holder == "" {
			continue
		}
		if match.Firm(p.Holder) || in.App.Contract.Kind == "company" && in.sameParty(p.Holder) {
			firms = true // pay-third-party-payee looks at those
			continue
		}
		got, full := holderOf(own, p.Holder)
		if got != nameAgrees && got != nameUnknown {
			got, full = holderOf(append(own, documentNames(in.App)...), p.Holder)
		}
		where := record.Evidence{Field: fmt.Sprintf("payouts[%d].holder", i), ComparedWith: "person.name"}
		compared = compared || got != nameUnknown
		switch {
		case got == nameGiven:
			found = append(found, observed(record.Weak, sayHolderMarried, where))
		case got == nameFamily:
			found = append(found, observed(record.Supporting, sayHolderFamily, where))
		case got == nameOther && full:
			found = append(found, observed(record.Strong, sayHolderOther, where))
		case got == nameOther:
			found = append(found, observed(record.Weak, sayHolderOther, where))
		}
	}
	switch {
	case compared:
		return hit(found...)
	case firms:
		return notApplicable
	}
	return noData
}

// holderOf takes the kindest answer over the holders of a joint account; full
// is whether a stranger's full name stands there, not a handle or one word.
func holderOf(own []string, holder string) (best nameMatch, full bool) {
	for _, h := range match.Holders(holder) {
		got := compareName(own, h)
		full = full || fullName(h)
		if got != nameUnknown && (best == nameUnknown || got < best) {
			best = got
		}
	}
	return best, full
}

// documentNames are the names on the person's documents.
func documentNames(a *record.Application) (names []string) {
	for i := range a.Documents {
		if n := a.Documents[i].Name; n != "" {
			names = append(names, n)
		}
		if zone, ok := match.ParseMRZ(a.Documents[i].MRZ); ok {
			names = append(names, zone.Given+" "+zone.Surname)
		}
	}
	return names
}

func (in *In) sameParty(holder string) bool {
	same, ok := match.SameFirm(in.App.Contract.Party, holder)
	return same && ok
}
