package checks

import (
	"bonafide/record"
)

// Three or more people tell the same career in the same sentences. Templates and stock
// phrases are left out by how common they are; an agency that writes for its people is
// named as such. Whoever wrote a text first is not the one who copied it.
var linkCvCluster = Check{
	ID: "link-cv-cluster",
	Title: record.Text{
		EN: "Résumé text shared by three or more applicants",
		DE: "Lebenslauftext, den drei oder mehr Bewerbungen teilen",
		PT: "Texto de currículo partilhado por três ou mais candidaturas",
	},
	Text: record.Text{
		EN: "Rare sentences of the résumé stand in the résumés of at least two applicants under other names.",
		DE: "Seltene Sätze des Lebenslaufs stehen in den Lebensläufen von mindestens zwei Bewerbungen unter anderen Namen.",
		PT: "Frases raras do currículo constam dos currículos de pelo menos duas candidaturas com outros nomes.",
	},
	Stage:      []string{"application"},
	Family:     record.CV,
	Strength:   record.Strong,
	Reads:      []string{"links.resume-text"},
	Sources:    []string{"state-advisory-2022"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "a template of a school or agency", DE: "eine Vorlage einer Schule oder Agentur", PT: "um modelo de uma escola ou agência"},
		{EN: "somebody copied this person", DE: "jemand hat bei dieser Person abgeschrieben", PT: "alguém copiou desta pessoa"},
	},
	Clears: []record.Text{
		{EN: "a conversation about the work that is described", DE: "ein Gespräch über die beschriebene Arbeit", PT: "uma conversa sobre o trabalho descrito"},
	},
	Ask: record.Text{
		EN: "Please tell us about two of the projects in your own words, live.",
		DE: "Bitte erzählen Sie uns von zwei der Projekte in eigenen Worten, von Angesicht zu Angesicht.",
		PT: "Fale-nos, por favor, de dois dos projetos por palavras suas, ao vivo.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runLinkCvCluster,
}

var sayCVCluster = record.Text{
	EN: "The same rare sentences stand in the résumés of %d applicants under other names.",
	DE: "Dieselben seltenen Sätze stehen in den Lebensläufen von %d Bewerbungen unter anderen Namen.",
	PT: "As mesmas frases raras constam dos currículos de %d candidaturas com outros nomes.",
}

// othersInCluster makes three with this applicant; a pair is told by
// cv-near-duplicate.
const othersInCluster = 2

func runLinkCvCluster(in *In) Answer {
	var found []record.Finding
	for i := range in.Links {
		if l := &in.Links[i]; l.Kind == record.KindResumeText && l.Identities >= othersInCluster {
			found = append(found, sharedFinding(l, sayCVCluster.Say(l.Identities)))
		}
	}
	return hit(found...)
}
