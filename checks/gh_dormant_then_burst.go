package checks

import (
	"bonafide/record"
)

// An account that was written on years ago, fell silent, and then filled up at once,
// as when it changed hands. People change careers, raise children and work where
// nothing is public: it never counts alone.
var ghDormantThenBurst = Check{
	ID: "gh-dormant-then-burst",
	Title: record.Text{
		EN: "Years of silence, then nearly all of the work",
		DE: "Jahre der Stille, dann fast alle Arbeit",
		PT: "Anos de silêncio, depois quase todo o trabalho",
	},
	Text: record.Text{
		EN: "A code account was used, was silent for three years or more, and at least four fifths of its commits came after that. An old account without earlier commits is only shown.",
		DE: "Ein Code-Konto wurde genutzt, war drei Jahre oder länger still, und mindestens vier Fünftel seiner Commits kamen danach. Ein altes Konto ohne frühere Commits wird nur gezeigt.",
		PT: "Uma conta de código foi usada, esteve em silêncio três anos ou mais, e pelo menos quatro quintos dos seus commits vieram depois. Uma conta antiga sem commits anteriores é apenas mostrada.",
	},
	Stage:      []string{"application"},
	Family:     record.CV,
	Strength:   record.Supporting,
	Reads:      []string{"code"},
	Sources:    []string{"seal-frameworks", "ketman"},
	LegalBasis: []string{"gdpr-6-1-f", "gdpr-14"},
	FalsePositives: []record.Text{
		{EN: "a change of career, or the first job that is public", DE: "ein Berufswechsel oder die erste öffentliche Arbeit", PT: "uma mudança de carreira, ou o primeiro trabalho público"},
		{EN: "parental leave, illness, or work in private repositories", DE: "Elternzeit, Krankheit oder Arbeit in privaten Repositories", PT: "licença parental, doença ou trabalho em repositórios privados"},
	},
	Clears: []record.Text{
		{EN: "the person controls the account's oldest mail address or key", DE: "die Person kontrolliert die älteste Adresse oder den ältesten Schlüssel des Kontos", PT: "a pessoa controla o endereço ou a chave mais antiga da conta"},
	},
	Ask: record.Text{
		EN: "Please answer a challenge with the account, and tell us about its earliest project.",
		DE: "Bitte beantworten Sie einen Nachweis mit dem Konto und erzählen Sie von seinem frühesten Projekt.",
		PT: "Responda, por favor, a um desafio com a conta e fale-nos do seu projeto mais antigo.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runGhDormantThenBurst,
}

var sayBurst = record.Text{
	EN: "After a silence of %d years came %d of the account's %d commits.",
	DE: "Nach einer Stille von %d Jahren kamen %d der %d Commits des Kontos.",
	PT: "Depois de um silêncio de %d anos vieram %d dos %d commits da conta.",
}

const (
	silentYears  = 3
	burstCommits = 30 // fewer say nothing about when somebody works
)

func runGhDormantThenBurst(in *In) Answer {
	looked := false
	var found []record.Finding
	for a := range few(in.App.Code) {
		account := &in.App.Code[a]
		commits := allCommits(account)
		if len(commits) < burstCommits {
			continue
		}
		looked = true
		years, from := 0, 0
		if created, _, ok := account.Created.Span(); ok && !yearsAfter(created, silentYears).After(commits[0].At) {
			years = monthsBetween(created, commits[0].At) / 12
		}
		for i := 1; i < len(commits); i++ {
			before, after := commits[i-1].At, commits[i].At
			if n := monthsBetween(before, after) / 12; n > years && !yearsAfter(before, silentYears).After(after) {
				years, from = n, i
			}
		}
		rest := len(commits) - from
		if years < silentYears || 5*rest < 4*len(commits) {
			continue
		}
		strength := record.Supporting
		if from == 0 {
			strength = record.Weak // nothing before it: somebody who began late
		}
		found = append(found, observed(strength, sayBurst.Say(years, rest, len(commits)),
			record.Evidence{Field: indexed("code", a), ComparedWith: indexed("code", a) + ".created", AsOf: dayOf(commits[from].At)}))
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
