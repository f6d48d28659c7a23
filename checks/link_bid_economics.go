package checks

import (
	"time"

	"bonafide/record"
)

// Many more bids a day than nearly all others in the same line of work make, and
// hardly any is taken: as when several people work one account. Newcomers bid a lot
// too, and honest people use programs: the first month is only shown.
var linkBidEconomics = Check{
	ID: "link-bid-economics",
	Title: record.Text{
		EN: "Far more bids than nearly all others make",
		DE: "Weit mehr Gebote, als fast alle anderen abgeben",
		PT: "Muito mais propostas do que quase todos fazem",
	},
	Text: record.Text{
		EN: "Over a week or more the account made more bids a day than ninety-nine in a hundred of its category, and fewer than one in fifty was taken. The first month of an account is only shown.",
		DE: "Über eine Woche oder länger gab das Konto mehr Gebote am Tag ab als neunundneunzig von hundert seiner Kategorie, und weniger als eines von fünfzig wurde angenommen. Der erste Monat wird nur gezeigt.",
		PT: "Durante uma semana ou mais a conta fez mais propostas por dia do que noventa e nove em cem da sua categoria, e menos de uma em cinquenta foi aceite. O primeiro mês é apenas mostrado.",
	},
	Stage:      []string{"sourcing"},
	Family:     record.Contact,
	Strength:   record.Supporting,
	Reads:      []string{"platforms"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "newcomers who look for their first work", DE: "Neue, die ihre erste Arbeit suchen", PT: "recém-chegados à procura do primeiro trabalho"},
		{EN: "honest people who let a program bid", DE: "ehrliche Menschen, die ein Programm bieten lassen", PT: "pessoas honestas que usam um programa para propor"},
	},
	Clears: []record.Text{
		{EN: "the holder verified again, live", DE: "die Person noch einmal live geprüft", PT: "o titular verificado de novo, ao vivo"},
	},
	Ask: record.Text{
		EN: "Please tell us how you bid, and verify the account once more.",
		DE: "Bitte sagen Sie uns, wie Sie bieten, und bestätigen Sie das Konto noch einmal.",
		PT: "Diga-nos, por favor, como faz as propostas e verifique a conta mais uma vez.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runLinkBidEconomics,
}

var sayBids = record.Text{
	EN: "%d bids in %d days, more a day than ninety-nine in a hundred of the category make; %d were taken.",
	DE: "%d Gebote in %d Tagen, mehr am Tag als neunundneunzig von hundert der Kategorie; %d wurden angenommen.",
	PT: "%d propostas em %d dias, mais por dia do que noventa e nove em cem da categoria; %d foram aceites.",
}

const (
	bidDays     = 7  // a span in which a rate means something
	bidTaken    = 50 // fewer than one in this many
	bidNewcomer = 30 // days
)

func runLinkBidEconomics(in *In) Answer {
	looked := false
	var found []record.Finding
	for p := range few(in.App.Platforms) {
		a := &in.App.Platforms[p]
		var first, last time.Time
		n, taken := 0, 0
		for i := range a.Bids {
			b := &a.Bids[i]
			if b.At.IsZero() {
				continue
			}
			n++
			if b.Accepted {
				taken++
			}
			if first.IsZero() || b.At.Before(first) {
				first = b.At
			}
			if b.At.After(last) {
				last = b.At
			}
		}
		days := int(last.Sub(first).Hours()/24) + 1
		if n == 0 || days < bidDays || a.UsualBidsADay <= 0 {
			continue
		}
		looked = true
		if float64(n) <= a.UsualBidsADay*float64(days) || bidTaken*taken >= n {
			continue
		}
		strength := record.Supporting
		if !a.Created.IsZero() && last.Before(a.Created.AddDate(0, 0, bidNewcomer)) {
			strength = record.Weak
		}
		found = append(found, observed(strength, sayBids.Say(n, days, taken), record.Evidence{Field: indexed("platforms", p) + ".bids", ComparedWith: indexed("platforms", p) + ".usual_bids_a_day", AsOf: dayOf(last)}))
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
