package checks

import (
	"bonafide/record"
)

// Who recommended whom. Recommendations are how honest hiring works; a chain or a circle
// matters only together with something else.
var linkReferralChain = Check{
	ID: "link-referral-chain",
	Title: record.Text{
		EN: "Chain of referrals",
		DE: "Kette von Empfehlungen",
		PT: "Cadeia de recomendações",
	},
	Text: record.Text{
		EN: "The application came through a referral that is connected with other applications.",
		DE: "Die Bewerbung kam über eine Empfehlung, die mit anderen Bewerbungen verbunden ist.",
		PT: "A candidatura chegou por uma recomendação ligada a outras candidaturas.",
	},
	Stage:      []string{"sourcing", "employment"},
	Family:     record.Ref,
	Strength:   record.Supporting,
	Reads:      []string{"links.referral"},
	Sources:    []string{"state-advisory-2022", "seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "people recommend those they worked with", DE: "Menschen empfehlen, mit wem sie gearbeitet haben", PT: "as pessoas recomendam aqueles com quem trabalharam"},
	},
	Clears: []record.Text{
		{EN: "each person seen alone in a live step", DE: "jede Person einzeln in einem Schritt von Angesicht zu Angesicht gesehen", PT: "cada pessoa vista a sós num passo ao vivo"},
	},
	Ask: record.Text{
		EN: "Please tell us how you know the person who recommended you.",
		DE: "Bitte sagen Sie uns, woher Sie die empfehlende Person kennen.",
		PT: "Diga-nos, por favor, de onde conhece a pessoa que o recomendou.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runLinkReferralChain,
}

var sayReferral = map[record.Kind][2]record.Text{
	record.KindReferral: {
		{EN: "A referral connects this application with one under another name.", DE: "Eine Empfehlung verbindet diese Bewerbung mit einer unter anderem Namen.", PT: "Uma recomendação liga esta candidatura a uma com outro nome."},
		{EN: "Referrals connect this application with %d under other names.", DE: "Empfehlungen verbinden diese Bewerbung mit %d unter anderen Namen.", PT: "Recomendações ligam esta candidatura a %d com outros nomes."},
	},
}

func runLinkReferralChain(in *In) Answer { return sharedValues(in, sayReferral) }
