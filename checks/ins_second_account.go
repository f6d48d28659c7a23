package checks

import (
	"slices"
	"strings"

	"bonafide/record"
)

// Work comes in from an account that is not the person's. Nearly always git was set
// up with another address: that is why the first step is to ask, and why a few
// commits with a machine's name are only shown.
var insSecondAccount = Check{
	ID: "ins-second-account",
	Title: record.Text{
		EN: "Work delivered from an account that is not registered",
		DE: "Arbeit kommt aus einem nicht eingetragenen Konto",
		PT: "Trabalho entregue de uma conta não registada",
	},
	Text: record.Text{
		EN: "Work was delivered on several days from an account that is not registered for the person. Most often git is set up with another address.",
		DE: "An mehreren Tagen kam Arbeit aus einem Konto, das für die Person nicht eingetragen ist. Meist ist git mit einer anderen Adresse eingerichtet.",
		PT: "Em vários dias foi entregue trabalho de uma conta não registada para a pessoa. Quase sempre o git está configurado com outro endereço.",
	},
	Stage:      []string{"employment"},
	Family:     record.Insider,
	Strength:   record.Strong,
	Link:       record.LinkDevice,
	Reads:      []string{"events", "accounts", "emails"},
	Sources:    []string{"seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "git set up with a private address, or with the computer's name", DE: "git mit privater Adresse oder dem Namen des Rechners eingerichtet", PT: "git configurado com um endereço privado ou com o nome do computador"},
		{EN: "pair work, or a colleague's change brought in", DE: "Arbeit zu zweit oder die übernommene Änderung anderer", PT: "trabalho a pares, ou a alteração de um colega integrada"},
	},
	Clears: []record.Text{
		{EN: "the account is registered for the person, with a challenge answered", DE: "das Konto wird nach beantwortetem Nachweis für die Person eingetragen", PT: "a conta é registada para a pessoa, com um desafio respondido"},
	},
	Ask: record.Text{
		EN: "Is this account yours? Then please register it; else tell us who worked with you.",
		DE: "Ist das Ihr Konto? Dann tragen Sie es bitte ein; sonst sagen Sie uns, wer mit Ihnen gearbeitet hat.",
		PT: "Esta conta é sua? Então registe-a, por favor; senão diga-nos quem trabalhou consigo.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runInsSecondAccount,
}

var saySecondAccount = record.Text{
	EN: "Work was delivered %d times, on %d days, from an account that is not registered for the person.",
	DE: "%d-mal, an %d Tagen, kam Arbeit aus einem Konto, das für die Person nicht eingetragen ist.",
	PT: "Foi entregue trabalho %d vezes, em %d dias, de uma conta não registada para a pessoa.",
}

const (
	secondTimes = 3
	secondDays  = 2
)

func runInsSecondAccount(in *In) Answer {
	own := map[string]bool{}
	for i := range in.App.Accounts {
		own[foldWord(in.App.Accounts[i].Handle)] = true
	}
	for _, e := range in.App.Emails {
		own[foldWord(e)] = true
	}
	looked := false
	var order []string
	by := map[string][]int{}
	for i := range in.App.Events {
		e := &in.App.Events[i]
		account := foldWord(e.Account)
		if e.Kind != "push" && e.Kind != "publish" || account == "" || !byPerson(e) || e.Allowed != "" {
			continue
		}
		looked = true
		if own[account] {
			continue
		}
		if by[account] == nil {
			order = append(order, account)
		}
		by[account] = append(by[account], i)
	}
	if !looked || len(own) == 0 {
		return noData
	}
	var found []record.Finding
	for _, account := range order[:min(len(order), 5)] {
		var days []record.Date
		for _, i := range by[account] {
			if d := dayOf(in.App.Events[i].At); !slices.Contains(days, d) && len(days) < 100 {
				days = append(days, d)
			}
		}
		n := len(by[account])
		strength := record.Supporting
		switch {
		case machineName(account):
			strength = record.Weak
		case n >= secondTimes && len(days) >= secondDays:
			strength = record.Strong
		case n == 1:
			strength = record.Weak
		}
		found = append(found, observed(strength, saySecondAccount.Say(n, len(days)), event(in, by[account][0], "accounts")))
	}
	return hit(found...)
}

// machineName is what git makes up where nobody told it a name.
func machineName(account string) bool {
	_, host, ok := strings.Cut(account, "@")
	return ok && (!strings.Contains(host, ".") || strings.HasSuffix(host, ".local") || strings.HasSuffix(host, ".lan") || strings.HasSuffix(host, ".localdomain") || strings.HasSuffix(host, ".(none)"))
}
