package checks

import (
	"slices"

	"bonafide/record"
)

// Everybody an account works with works only with the others of the same small
// circle. Student teams and engineers of one firm look like that from outside, so
// that it never counts alone.
var ghClosedCollaborationRing = Check{
	ID: "gh-closed-collaboration-ring",
	Title: record.Text{
		EN: "Works only within a small closed circle",
		DE: "Arbeitet nur in einem kleinen geschlossenen Kreis",
		PT: "Trabalha apenas num pequeno círculo fechado",
	},
	Text: record.Text{
		EN: "The accounts that review and write beside this one work with each other and with almost nobody else: fewer than one in ten of their connections leads outside.",
		DE: "Die Konten, die neben diesem prüfen und schreiben, arbeiten miteinander und mit fast niemandem sonst: Weniger als jede zehnte ihrer Verbindungen führt hinaus.",
		PT: "As contas que revêem e escrevem ao lado desta trabalham entre si e com quase mais ninguém: menos de uma em dez das suas ligações leva para fora.",
	},
	Stage:      []string{"application", "employment"},
	Family:     record.CV,
	Strength:   record.Supporting,
	Reads:      []string{"code"},
	Sources:    []string{"seal-frameworks", "ketman"},
	LegalBasis: []string{"gdpr-6-1-f", "gdpr-14"},
	FalsePositives: []record.Text{
		{EN: "a student team or a bootcamp", DE: "ein studentisches Team oder ein Kurs", PT: "uma equipa de estudantes ou um curso"},
		{EN: "engineers of one firm, or a guild that works together", DE: "Leute einer Firma oder eine Gilde, die zusammen arbeitet", PT: "engenheiros de uma empresa, ou uma associação que trabalha junta"},
	},
	Clears: []record.Text{
		{EN: "the school, firm or guild is named and confirmed", DE: "Schule, Firma oder Gilde ist genannt und bestätigt", PT: "a escola, empresa ou associação é indicada e confirmada"},
		{EN: "one colleague reached independently", DE: "eine unabhängig erreichte Person aus dem Kreis", PT: "um colega contactado de forma independente"},
	},
	Ask: record.Text{
		EN: "Please tell us how you know the people you build with, and name one whom we may call.",
		DE: "Bitte sagen Sie uns, woher Sie die Menschen kennen, mit denen Sie bauen, und nennen Sie eine Person, die wir anrufen dürfen.",
		PT: "Diga-nos, por favor, como conhece as pessoas com quem trabalha e indique uma a quem possamos telefonar.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runGhClosedCollaborationRing,
}

var sayRing = record.Text{
	EN: "%d accounts work beside this one; of their %d connections %d lead outside the circle.",
	DE: "%d Konten arbeiten neben diesem; von ihren %d Verbindungen führen %d aus dem Kreis hinaus.",
	PT: "%d contas trabalham ao lado desta; das suas %d ligações, %d levam para fora do círculo.",
}

const (
	ringMembers = 3 // beside the account itself
	ringLargest = 50
)

func runGhClosedCollaborationRing(in *In) Answer {
	looked := false
	var found []record.Finding
	for a := range few(in.App.Code) {
		contacts := in.App.Code[a].Contacts
		if len(contacts) < ringMembers {
			continue
		}
		names := make([]string, 0, ringLargest)
		for i := range contacts[:min(len(contacts), ringLargest)] {
			names = append(names, foldWord(contacts[i].Handle))
		}
		inside, outside, bound := 0, 0, 0
		for i := range contacts[:min(len(contacts), ringLargest)] {
			c := &contacts[i]
			mine := 0
			for _, w := range few(c.With) {
				if slices.Contains(names, foldWord(w)) {
					mine++
				} else {
					outside++
				}
			}
			inside += mine
			outside += max(c.Outside, 0)
			if mine > 0 {
				bound++
			}
		}
		if inside+outside == 0 {
			continue // nobody looked at whom they work with
		}
		looked = true
		if len(contacts) > ringLargest || bound < ringMembers || 10*outside >= inside+outside {
			continue
		}
		found = append(found, observed(record.Supporting, sayRing.Say(len(names), inside+outside, outside), record.Evidence{Field: indexed("code", a) + ".contacts"}))
	}
	if !looked {
		return noData
	}
	return hit(found...)
}
