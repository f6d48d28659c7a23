package checks

import (
	"slices"

	"bonafide/record"
)

// Ratings that come out of the same purse as the account itself, several clients who
// pay from one account, or one client who rates many new accounts at the top in one
// month. An agency may hold both sides rightly: it is asked.
var linkSelfDealingRatings = Check{
	ID: "link-self-dealing-ratings",
	Title: record.Text{
		EN: "Ratings from the account's own side",
		DE: "Bewertungen von der eigenen Seite",
		PT: "Avaliações vindas do próprio lado",
	},
	Text: record.Text{
		EN: "A client pays from the account that the rated person is paid to, several clients pay from one account, or one client rated many new accounts at the top in one month.",
		DE: "Ein Kunde zahlt aus dem Konto, auf das die bewertete Person bezahlt wird, mehrere Kunden zahlen aus einem Konto, oder ein Kunde bewertete viele neue Konten in einem Monat mit Bestnote.",
		PT: "Um cliente paga da conta em que a pessoa avaliada recebe, vários clientes pagam de uma só conta, ou um cliente deu nota máxima a muitas contas novas num mês.",
	},
	Stage:      []string{"sourcing"},
	Family:     record.Pay,
	Strength:   record.Conclusive,
	Reads:      []string{"platforms", "payouts"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "an agency that rightly holds both sides", DE: "eine Agentur, die zu Recht beide Seiten hat", PT: "uma agência que tem legitimamente os dois lados"},
		{EN: "a firm that buys through several departments", DE: "eine Firma, die über mehrere Abteilungen kauft", PT: "uma empresa que compra por vários departamentos"},
	},
	Clears: []record.Text{
		{EN: "the agency or firm is named and confirmed", DE: "die Agentur oder Firma ist benannt und bestätigt", PT: "a agência ou empresa é indicada e confirmada"},
	},
	Ask: record.Text{
		EN: "Please tell us how you know this client and who holds the account.",
		DE: "Bitte sagen Sie uns, woher Sie diesen Kunden kennen und wem das Konto gehört.",
		PT: "Diga-nos, por favor, como conhece este cliente e de quem é a conta.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runLinkSelfDealingRatings,
}

var sayOwnPurse = record.Text{
	EN: "A client paid from the account to which the rated person is paid.",
	DE: "Ein Kunde zahlte aus dem Konto, auf das die bewertete Person bezahlt wird.",
	PT: "Um cliente pagou da conta em que a pessoa avaliada recebe.",
}

var sayOnePurse = record.Text{
	EN: "%d clients paid from one account.",
	DE: "%d Kunden zahlten aus einem Konto.",
	PT: "%d clientes pagaram de uma só conta.",
}

var sayManyTop = record.Text{
	EN: "A client rated %d other new accounts at the top in the same month.",
	DE: "Ein Kunde bewertete im selben Monat %d andere neue Konten mit Bestnote.",
	PT: "Um cliente deu nota máxima a %d outras contas novas no mesmo mês.",
}

const (
	onePurse = 3 // clients; two may be a couple
	manyTop  = 5 // other new accounts in a month
)

func runLinkSelfDealingRatings(in *In) Answer {
	looked := false
	var found []record.Finding
	for p := range few(in.App.Platforms) {
		ratings := in.App.Platforms[p].Ratings
		clients := map[string][]string{} // by the account they pay from
		for i := range ratings[:min(len(ratings), 2_000)] {
			r := &ratings[i]
			looked = true
			where := record.Evidence{Field: indexed("platforms", p) + "." + indexed("ratings", i), AsOf: dayOf(r.At)}
			if r.Payout != "" {
				for k := range few(in.App.Payouts) {
					if in.App.Payouts[k].Value == r.Payout {
						own := where
						own.ComparedWith = indexed("payouts", k)
						found = append(found, observed(record.Conclusive, sayOwnPurse, own))
					}
				}
				who := foldWord(r.Client)
				if list := clients[r.Payout]; who != "" && len(list) < onePurse && !slices.Contains(list, who) {
					clients[r.Payout] = append(list, who)
					if len(list)+1 == onePurse {
						found = append(found, observed(record.Strong, sayOnePurse.Say(onePurse), where))
					}
				}
			}
			if r.Top && r.Others >= manyTop {
				found = append(found, observed(record.Strong, sayManyTop.Say(r.Others), where))
			}
		}
	}
	if !looked {
		return noData
	}
	return hit(found[:min(len(found), 10)]...)
}
