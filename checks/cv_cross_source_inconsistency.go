package checks

import (
	"fmt"

	"bonafide/record"
)

// A person may keep several profiles and tidy up none of them. One difference is
// age; several at once, in name, place, employers and dates, describe two people.
// Only profiles that the person named are read, and attributes count, not pages.
var cvCrossSourceInconsistency = Check{
	ID: "cv-cross-source-inconsistency",
	Title: record.Text{
		EN: "Profiles tell different stories",
		DE: "Profile erzählen Verschiedenes",
		PT: "Perfis contam histórias diferentes",
	},
	Text: record.Text{
		EN: "Profiles that the person named differ from the application in name, country, employers or dates. Attributes are counted, not pages; old profiles count for name and dates only.",
		DE: "Von der Person genannte Profile weichen von der Bewerbung ab: in Name, Land, Arbeitgebern oder Daten. Gezählt werden Merkmale, nicht Seiten; alte Profile zählen nur für Name und Daten.",
		PT: "Perfis indicados pela pessoa diferem da candidatura em nome, país, empregadores ou datas. Contam-se atributos, não páginas; perfis antigos contam apenas para nome e datas.",
	},
	Stage:      []string{"application"},
	Family:     record.CV,
	Strength:   record.Strong,
	Reads:      []string{"person.name", "person.other_names", "person.address", "resume.work", "profiles", "received_at"},
	Sources:    []string{"state-advisory-2022", "fbi-psa-2023-10-18"},
	LegalBasis: []string{"gdpr-6-1-f", "gdpr-14"},
	FalsePositives: []record.Text{
		{EN: "an outdated profile", DE: "ein veraltetes Profil", PT: "um perfil desatualizado"},
		{EN: "a person who keeps private details off the net", DE: "jemand, der Privates aus dem Netz heraushält", PT: "quem mantém dados privados fora da rede"},
		{EN: "another spelling of a name, a move", DE: "eine andere Schreibweise des Namens, ein Umzug", PT: "outra grafia do nome, uma mudança de casa"},
	},
	Clears: []record.Text{
		{EN: "the person explains the differences", DE: "die Person erklärt die Unterschiede", PT: "a pessoa explica as diferenças"},
		{EN: "an employer confirms the employment", DE: "ein Arbeitgeber bestätigt die Beschäftigung", PT: "um empregador confirma o emprego"},
	},
	Ask: record.Text{
		EN: "Your profile and your application differ in some points. Please tell us which of them are current.",
		DE: "Ihr Profil und Ihre Bewerbung weichen in einigen Punkten ab. Bitte sagen Sie uns, was aktuell ist.",
		PT: "O seu perfil e a sua candidatura diferem em alguns pontos. Diga-nos, por favor, quais são os atuais.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCvCrossSourceInconsistency,
}

var sayAttribute = record.Text{
	EN: "A profile differs from the application in one point: %s.",
	DE: "Ein Profil weicht in einem Punkt von der Bewerbung ab: %s.",
	PT: "Um perfil difere da candidatura num ponto: %s.",
}

var sayAttributes = record.Text{
	EN: "Profiles differ from the application in %d points.",
	DE: "Profile weichen in %d Punkten von der Bewerbung ab.",
	PT: "Os perfis diferem da candidatura em %d pontos.",
}

var attributeWords = [4]record.Text{
	{EN: "name", DE: "Name", PT: "nome"},
	{EN: "country", DE: "Land", PT: "país"},
	{EN: "employers", DE: "Arbeitgeber", PT: "empregadores"},
	{EN: "dates", DE: "Daten", PT: "datas"},
}

// outdated is the age, in years, at which a profile no longer speaks of the
// present.
const outdated = 2

func runCvCrossSourceInconsistency(in *In) Answer {
	var differ [4]record.Evidence
	own, work, compared := ownNames(in.App), in.App.Resume.Work, false
	for i := range in.App.Profiles[:min(len(in.App.Profiles), 10)] {
		p := &in.App.Profiles[i]
		note := func(attribute int, field, with string) {
			if differ[attribute].Field == "" {
				differ[attribute] = record.Evidence{Field: fmt.Sprintf("profiles[%d].%s", i, field), ComparedWith: with, AsOf: p.AsOf}
			}
		}
		_, day, dated := p.AsOf.Span()
		current := !dated || !day.Before(in.Day.AddDate(-outdated, 0, 0))
		if p.Name != "" && len(own) > 0 {
			compared = true
			if fullName(p.Name) && compareName(own, p.Name) == nameOther {
				note(0, "name", "person.name")
			}
		}
		if home := in.App.Person.Address.Country; current && p.Country != "" && home != "" {
			compared = true
			if p.Country != home {
				note(1, "country", "person.address.country")
			}
		}
		if len(p.Work) == 0 || len(work) == 0 {
			continue
		}
		compared = true
		if current && len(p.Work) > 1 && len(work) > 1 && sharedEmployers(work, p.Work) == 0 {
			note(2, "work", "resume.work")
		}
		if months, x, y := careerGap(work, p.Work); months > apartShown {
			note(3, fmt.Sprintf("work[%d]", y), fmt.Sprintf("resume.work[%d]", x))
		}
	}
	if !compared {
		return noData
	}
	var evidence []record.Evidence
	first := -1
	for a := range differ {
		if differ[a].Field != "" {
			evidence = append(evidence, differ[a])
			if first < 0 {
				first = a
			}
		}
	}
	switch n := len(evidence); {
	case n == 0:
		return allClear
	case n == 1 && first == 0:
		return hit(observed(record.Supporting, sayAttribute.Say(attributeWords[first]), evidence...))
	case n == 1:
		return hit(observed(record.Weak, sayAttribute.Say(attributeWords[first]), evidence...))
	case n == 2:
		return hit(observed(record.Supporting, sayAttributes.Say(n), evidence...))
	default:
		return hit(observed(record.Strong, sayAttributes.Say(n), evidence...))
	}
}
