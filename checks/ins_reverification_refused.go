package checks

import (
	"bonafide/record"
)

// A repeated check of identity was agreed in the contract, announced with a deadline
// and with a choice of ways, and the person would not do any of them. People are on
// leave, quarrel with their employer, fear to be watched: that is asked first.
var insReverificationRefused = Check{
	ID: "ins-reverification-refused",
	Title: record.Text{
		EN: "An announced identity check was refused",
		DE: "Eine angekündigte Identitätsprüfung wurde abgelehnt",
		PT: "Uma verificação de identidade anunciada foi recusada",
	},
	Text: record.Text{
		EN: "A repeated check of identity, announced and with another way offered, was refused or not answered by its deadline. What was not announced, or had no other way, counts less.",
		DE: "Eine wiederholte, angekündigte Identitätsprüfung mit angebotener Alternative wurde abgelehnt oder bis zur Frist nicht beantwortet. Was nicht angekündigt war oder keine Alternative hatte, zählt weniger.",
		PT: "Uma verificação repetida, anunciada e com outra via oferecida, foi recusada ou ficou sem resposta até ao prazo. O que não foi anunciado, ou não tinha outra via, conta menos.",
	},
	Stage:      []string{"employment"},
	Family:     record.Insider,
	Strength:   record.Strong,
	Link:       record.LinkReverified,
	Reads:      []string{"reverifications"},
	Sources:    []string{"seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-b"},
	FalsePositives: []record.Text{
		{EN: "leave, illness, care for somebody", DE: "Urlaub, Krankheit, Pflege", PT: "férias, doença, cuidado de alguém"},
		{EN: "a dispute with the employer", DE: "ein Streit mit dem Arbeitgeber", PT: "um litígio com o empregador"},
		{EN: "fear of being watched", DE: "Furcht vor Überwachung", PT: "receio de vigilância"},
	},
	Clears: []record.Text{
		{EN: "the check done later, in any of the ways", DE: "die später nachgeholte Prüfung, auf einem der Wege", PT: "a verificação feita mais tarde, por qualquer das vias"},
	},
	Ask: record.Text{
		EN: "Please tell us what keeps you from it, and choose a way and a day that suit you; a person of your trust may be there.",
		DE: "Bitte sagen Sie uns, was Sie hindert, und wählen Sie Weg und Tag; eine Person Ihres Vertrauens darf dabei sein.",
		PT: "Diga-nos, por favor, o que o impede e escolha a via e o dia; pode estar presente uma pessoa da sua confiança.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runInsReverificationRefused,
}

var sayReverifyRefused = record.Text{
	EN: "A repeated check of identity was refused.",
	DE: "Eine wiederholte Identitätsprüfung wurde abgelehnt.",
	PT: "Uma verificação de identidade repetida foi recusada.",
}

var sayReverifySilent = record.Text{
	EN: "A repeated check of identity was not answered by its deadline.",
	DE: "Eine wiederholte Identitätsprüfung blieb bis zur Frist ohne Antwort.",
	PT: "Uma verificação de identidade repetida ficou sem resposta até ao prazo.",
}

var sayNotOffered = record.Text{
	EN: "Counted less: it was not announced with a deadline, or no other way was offered.",
	DE: "Weniger gezählt: nicht mit Frist angekündigt, oder keine Alternative angeboten.",
	PT: "Conta menos: não foi anunciada com prazo, ou não foi oferecida outra via.",
}

func runInsReverificationRefused(in *In) Answer {
	all := few(in.App.Reverifications)
	looked := false
	var found []record.Finding
	for i := range all {
		r := &all[i]
		_, due, hasDue := r.Due.Span()
		strength, text := record.Strong, sayReverifyRefused
		switch r.Outcome {
		case "same", "different", "postponed":
			looked = true
			continue
		case "no-answer":
			if !hasDue || in.Day.Before(due) {
				continue // the deadline has not passed
			}
			strength, text = record.Supporting, sayReverifySilent
		case "refused":
		default:
			continue
		}
		looked = true
		if doneAfter(all, i) {
			continue
		}
		f := observed(strength, text, record.Evidence{Field: indexed("reverifications", i), AsOf: dayOf(r.At)})
		if r.Announced.IsZero() || !hasDue || r.Alternative == "" {
			f.Strength, f.Lowered = record.Weak, sayNotOffered
		}
		found = append(found, f)
	}
	if !looked {
		return noData
	}
	return hit(found...)
}

// doneAfter: the check was done after all.
func doneAfter(all []record.Reverification, i int) bool {
	for j := range all {
		if all[j].Outcome == "same" && (j > i && all[i].At.IsZero() || all[j].At.After(all[i].At)) {
			return true
		}
	}
	return false
}
