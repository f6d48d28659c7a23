package checks

import (
	"fmt"

	"bonafide/record"
)

// A meeting that is agreed and then falls through, again and again. Children,
// visas, illness and war are good reasons; so an equal way near home is offered,
// and only a long row of broken promises is more than a question.
var intInPersonAvoidance = Check{
	ID: "int-in-person-avoidance",
	Title: record.Text{
		EN: "Meetings in person fall through",
		DE: "Persönliche Treffen kommen nicht zustande",
		PT: "Encontros presenciais que não acontecem",
	},
	Text: record.Text{
		EN: "Interviewers noted that visits were declined, or agreed and then broken.",
		DE: "Interviewende haben vermerkt, dass Treffen abgelehnt oder zugesagt und dann nicht eingehalten wurden.",
		PT: "As pessoas entrevistadoras anotaram que visitas foram recusadas, ou combinadas e depois falhadas.",
	},
	Stage:      []string{"interview", "onboarding", "employment"},
	Family:     record.InterviewSeen,
	Strength:   record.Strong,
	Link:       record.LinkCall,
	Reads:      []string{"interviews", "requests"},
	Sources:    []string{"seal-frameworks", "fbi-psa-2023-10-18"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "carers, people with a disability or a limited visa", DE: "Pflegende, Menschen mit Behinderung oder begrenztem Visum", PT: "cuidadores, pessoas com deficiência ou com visto limitado"},
		{EN: "people who cannot travel safely", DE: "Menschen, die nicht sicher reisen können", PT: "pessoas que não podem viajar em segurança"},
	},
	Clears: []record.Text{
		{EN: "a meeting at a notary, consulate or partner near home", DE: "ein Treffen in Notariat, Konsulat oder bei einem Partner in der Nähe", PT: "um encontro num notário, consulado ou parceiro perto de casa"},
	},
	Ask: record.Text{
		EN: "Which place near you would suit you for a short meeting: a notary, a consulate, a partner of ours? We bear the cost.",
		DE: "Welcher Ort in Ihrer Nähe passt Ihnen für ein kurzes Treffen: Notariat, Konsulat, ein Partner von uns? Wir tragen die Kosten.",
		PT: "Que lugar perto de si lhe convém para um breve encontro: um notário, um consulado, um parceiro nosso? Suportamos o custo.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runIntInPersonAvoidance,
}

var sayVisitOnce = record.Text{
	EN: "A visit was declined or fell through once.",
	DE: "Ein Treffen wurde einmal abgelehnt oder kam nicht zustande.",
	PT: "Uma visita foi recusada ou falhou uma vez.",
}

var sayVisitOften = record.Text{
	EN: "Visits were declined or fell through %d times.",
	DE: "Treffen wurden %d-mal abgelehnt oder kamen nicht zustande.",
	PT: "Visitas foram recusadas ou falharam %d vezes.",
}

var sayVisitBroken = record.Text{
	EN: "Visits that had been agreed were broken %d times.",
	DE: "Zugesagte Treffen wurden %d-mal nicht eingehalten.",
	PT: "Visitas combinadas foram falhadas %d vezes.",
}

func runIntInPersonAvoidance(in *In) Answer {
	refused, broken := noted(in, "visit_refused"), noted(in, "visit_broken")
	all := append(refused, broken...)
	if len(all) == 0 {
		for i := range in.App.Requests {
			if r := &in.App.Requests[i]; r.Kind == "no-visit" {
				return hit(observed(record.Weak, sayVisitOnce, record.Evidence{Field: fmt.Sprintf("requests[%d]", i), AsOf: record.DateOf(r.At)}))
			}
		}
	}
	switch {
	case len(in.App.Interviews) == 0:
		return noData
	case len(all) == 0:
		return allClear
	case len(broken) >= 3:
		return hit(observed(record.Strong, sayVisitBroken.Say(len(broken)), broken...))
	case len(all) == 1:
		return hit(observed(record.Weak, sayVisitOnce, all...))
	}
	return hit(observed(record.Supporting, sayVisitOften.Say(len(all)), all...))
}
