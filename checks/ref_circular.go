package checks

import (
	"bonafide/record"
)

// A vouches for B and B for A, or a small circle does. Two colleagues who name each other
// once are colleagues; a circle of people whom nobody outside of it knows is a question.
var refCircular = Check{
	ID: "ref-circular",
	Title: record.Text{
		EN: "Applicants vouch for each other",
		DE: "Bewerbungen bürgen füreinander",
		PT: "Candidaturas que se recomendam mutuamente",
	},
	Text: record.Text{
		EN: "The applicant and other applicants name each other as referees or refer each other, directly or in a small circle.",
		DE: "Die Person und andere Bewerbungen nennen einander als Referenz oder empfehlen einander, direkt oder in einem kleinen Kreis.",
		PT: "A pessoa e outras candidaturas indicam-se mutuamente como referência ou recomendam-se, diretamente ou num pequeno círculo.",
	},
	Stage:      []string{"reference"},
	Family:     record.Ref,
	Strength:   record.Strong,
	Reads:      []string{"links.referee-self", "links.referral"},
	Sources:    []string{"gtig-2025-04-01"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "founders of one company", DE: "Menschen, die zusammen eine Firma gegründet haben", PT: "pessoas que fundaram juntas uma empresa"},
		{EN: "former colleagues who both look for work", DE: "ehemalige Kolleginnen und Kollegen, die beide Arbeit suchen", PT: "antigos colegas que procuram ambos trabalho"},
	},
	Clears: []record.Text{
		{EN: "one referee confirmed through the employer's switchboard", DE: "eine Referenz, über die Zentrale des Arbeitgebers bestätigt", PT: "uma referência confirmada através da central do empregador"},
	},
	Ask: record.Text{
		EN: "We call one referee through a number we find ourselves.",
		DE: "Wir rufen eine Referenzperson über eine selbst gefundene Nummer an.",
		PT: "Telefonamos a uma pessoa de referência através de um número que nós próprios encontramos.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runRefCircular,
}

var sayCircle = record.Text{
	EN: "The applicant and an applicant under another name vouch for each other.",
	DE: "Die Person und eine Bewerbung unter anderem Namen bürgen füreinander.",
	PT: "A pessoa e uma candidatura com outro nome recomendam-se mutuamente.",
}

var sayCircles = record.Text{
	EN: "The applicant and %d applicants under other names vouch for each other.",
	DE: "Die Person und %d Bewerbungen unter anderen Namen bürgen füreinander.",
	PT: "A pessoa e %d candidaturas com outros nomes recomendam-se mutuamente.",
}

func runRefCircular(in *In) Answer {
	var found []record.Finding
	for i := range in.Links {
		if l := &in.Links[i]; l.Mutual && (l.Kind == record.KindRefereeSelf || l.Kind == record.KindReferral) {
			found = append(found, sharedFinding(l, record.Plural(l.Identities, sayCircle, sayCircles.Say(l.Identities))))
		}
	}
	return hit(found...)
}
