package checks

import (
	"bonafide/record"
)

// Code that is older than the account it stands on. Mostly it moved here from
// another forge, which the person can say in a sentence. Where several projects
// are years older, it may be somebody else's work, and we ask.
var ghCommitPredatesAccount = Check{
	ID: "gh-commit-predates-account",
	Title: record.Text{
		EN: "Code older than the account",
		DE: "Code, der älter ist als das Konto",
		PT: "Código mais antigo do que a conta",
	},
	Text: record.Text{
		EN: "Repositories that are not declared as forks begin before the account existed. Several that begin a year or more before are counted, fewer are shown; those that name where they come from are not.",
		DE: "Nicht als Fork ausgewiesene Repositories beginnen, bevor es das Konto gab. Mehrere, die ein Jahr oder mehr davor beginnen, zählen, weniger werden gezeigt; solche, die ihre Herkunft nennen, nicht.",
		PT: "Repositórios não declarados como fork começam antes de a conta existir. Contam vários que começam um ano ou mais antes, menos são apenas mostrados; os que indicam a origem não.",
	},
	Stage:      []string{"application"},
	Family:     record.CV,
	Strength:   record.Supporting,
	Reads:      []string{"code"},
	Sources:    []string{"seal-frameworks", "gh-fake-analyzer", "ketman"},
	LegalBasis: []string{"gdpr-6-1-f", "gdpr-14"},
	FalsePositives: []record.Text{
		{EN: "projects moved from another forge or version system", DE: "Projekte, die von anderswo umgezogen sind", PT: "projetos migrados de outra plataforma"},
		{EN: "a second account after the first was lost", DE: "ein zweites Konto, nachdem das erste verloren ging", PT: "uma segunda conta depois de perdida a primeira"},
	},
	Clears: []record.Text{
		{EN: "the earlier place of the project, or a challenge answered with the earlier account", DE: "der frühere Ort des Projekts oder ein mit dem früheren Konto beantworteter Nachweis", PT: "o local anterior do projeto, ou um desafio respondido com a conta anterior"},
	},
	Ask: record.Text{
		EN: "Please tell us where these projects were before.",
		DE: "Bitte sagen Sie uns, wo diese Projekte vorher lagen.",
		PT: "Diga-nos, por favor, onde estavam antes estes projetos.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runGhCommitPredatesAccount,
}

var sayCodeOlderOne = record.Text{
	EN: "One repository begins before the account existed.",
	DE: "Ein Repository beginnt, bevor es das Konto gab.",
	PT: "Um repositório começa antes de a conta existir.",
}

var sayCodeOlder = record.Text{
	EN: "%d repositories begin before the account existed, %d of them a year or more before.",
	DE: "%d Repositories beginnen, bevor es das Konto gab, %d davon ein Jahr oder mehr davor.",
	PT: "%d repositórios começam antes de a conta existir, %d deles um ano ou mais antes.",
}

func runGhCommitPredatesAccount(in *In) Answer {
	looked := false
	var found []record.Finding
	for a := range few(in.App.Code) {
		account := &in.App.Code[a]
		created, _, ok := account.Created.Span()
		if !ok {
			continue
		}
		older, years := 0, 0
		var evidence []record.Evidence
		for i, r := range ownRepositories(account) {
			commits := commitsOf(r.Commits)
			if len(commits) == 0 {
				continue
			}
			looked = true
			first := commits[0].At
			if r.Credits != "" || !first.Before(created.AddDate(0, 0, -1)) {
				continue
			}
			older++
			if !yearsAfter(first, 1).After(created) {
				years++
			}
			if len(evidence) < 5 {
				evidence = append(evidence, record.Evidence{Field: repositoryField(a, i), ComparedWith: indexed("code", a) + ".created", AsOf: dayOf(first)})
			}
		}
		switch {
		case older == 0:
		case years >= 2:
			found = append(found, observed(record.Supporting, sayCodeOlder.Say(older, years), evidence...))
		case older == 1:
			found = append(found, observed(record.Weak, sayCodeOlderOne, evidence...))
		default:
			found = append(found, observed(record.Weak, sayCodeOlder.Say(older, years), evidence...))
		}
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
