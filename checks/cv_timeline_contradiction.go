package checks

import (
	"fmt"

	"bonafide/record"
)

// Dates that cannot all be right. Freelancers hold several roles at once and
// nobody remembers every month; that is shown at most. A position that ends years
// before it begins, or one that two sources date years apart, is asked about.
// Gaps are nobody's business and are not looked at.
var cvTimelineContradiction = Check{
	ID: "cv-timeline-contradiction",
	Title: record.Text{
		EN: "Dates of the career contradict each other",
		DE: "Daten des Werdegangs widersprechen sich",
		PT: "Datas do percurso contradizem-se",
	},
	Text: record.Text{
		EN: "A position ends before it starts, starts in childhood or in the future, or another source that the person named dates it years apart. Gaps are not looked at.",
		DE: "Eine Stelle endet vor ihrem Beginn, beginnt in der Kindheit oder in der Zukunft, oder eine andere von der Person genannte Quelle datiert sie um Jahre anders. Lücken werden nicht betrachtet.",
		PT: "Um cargo termina antes de começar, começa na infância ou no futuro, ou outra fonte indicada pela pessoa data-o com anos de diferença. Os intervalos não são considerados.",
	},
	Stage:      []string{"application", "interview"},
	Family:     record.CV,
	Strength:   record.Supporting,
	Reads:      []string{"resume.work", "person.birth_date", "profiles", "received_at"},
	Sources:    []string{"state-advisory-2022", "seal-frameworks"},
	LegalBasis: []string{"gdpr-6-1-f", "gdpr-14"},
	FalsePositives: []record.Text{
		{EN: "freelance and part-time work side by side", DE: "freie und Teilzeitarbeit nebeneinander", PT: "trabalho independente e a tempo parcial em paralelo"},
		{EN: "a mistyped year, an outdated profile", DE: "ein vertipptes Jahr, ein veraltetes Profil", PT: "um ano mal escrito, um perfil desatualizado"},
	},
	Clears: []record.Text{
		{EN: "the person explains, or the employer confirms the dates", DE: "die Person erklärt es, oder der Arbeitgeber bestätigt die Daten", PT: "a pessoa explica ou o empregador confirma as datas"},
	},
	Ask: record.Text{
		EN: "Please go through the dates of your career with us once.",
		DE: "Bitte gehen Sie die Daten Ihres Werdegangs einmal mit uns durch.",
		PT: "Reveja connosco, por favor, as datas do seu percurso.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCvTimelineContradiction,
}

var sayEndsFirst = record.Text{
	EN: "A position ends before it starts.",
	DE: "Eine Stelle endet, bevor sie beginnt.",
	PT: "Um cargo termina antes de começar.",
}

var sayChildhood = record.Text{
	EN: "A position starts before the person was twelve years old.",
	DE: "Eine Stelle beginnt, bevor die Person zwölf Jahre alt war.",
	PT: "Um cargo começa antes de a pessoa ter doze anos.",
}

var sayFuture = record.Text{
	EN: "A position starts after the application came in.",
	DE: "Eine Stelle beginnt nach Eingang der Bewerbung.",
	PT: "Um cargo começa depois da chegada da candidatura.",
}

var sayOverlap = record.Text{
	EN: "Two positions overlap by %d months, as in freelance work.",
	DE: "Zwei Stellen überschneiden sich um %d Monate, wie bei freier Arbeit.",
	PT: "Dois cargos sobrepõem-se %d meses, como no trabalho independente.",
}

var saySourcesApart = record.Text{
	EN: "Another source dates the same position %d months apart.",
	DE: "Eine andere Quelle datiert dieselbe Stelle um %d Monate anders.",
	PT: "Outra fonte data o mesmo cargo com %d meses de diferença.",
}

const (
	youngestWorker = 12 // years
	overlapShown   = 12 // months
	apartShown     = 12 // months
	apartCounted   = 24 // months
)

func runCvTimelineContradiction(in *In) Answer {
	work := roles(in.App.Resume.Work)
	if len(work) == 0 {
		return noData
	}
	var found []record.Finding
	born, _, hasBirth := in.App.Person.BirthDate.Span()
	for i := range work {
		start, _, ok := work[i].Start.Span()
		if !ok {
			continue
		}
		where := record.Evidence{Field: fmt.Sprintf("resume.work[%d]", i)}
		if _, end, ok := work[i].End.Span(); ok && !end.After(start) {
			strength := record.Weak // months the wrong way round
			if end.Year() < start.Year() {
				strength = record.Supporting
			}
			found = append(found, observed(strength, sayEndsFirst, where))
		}
		if hasBirth && start.Before(born.AddDate(youngestWorker, 0, 0)) {
			where.ComparedWith = "person.birth_date"
			found = append(found, observed(record.Supporting, sayChildhood, where))
		}
		if start.After(in.Day.AddDate(0, 2, 0)) {
			where.ComparedWith = "received_at"
			found = append(found, observed(record.Weak, sayFuture, where))
		}
	}
	if months, i, j := longestOverlap(work, in.Day); months >= overlapShown {
		found = append(found, observed(record.Weak, sayOverlap.Say(months), record.Evidence{Field: fmt.Sprintf("resume.work[%d]", i), ComparedWith: fmt.Sprintf("resume.work[%d]", j)}))
	}
	for p := range in.App.Profiles[:min(len(in.App.Profiles), 10)] {
		months, i, j := careerGap(work, in.App.Profiles[p].Work)
		if months <= apartShown {
			continue
		}
		strength := record.Weak
		if months > apartCounted {
			strength = record.Supporting
		}
		found = append(found, observed(strength, saySourcesApart.Say(months), record.Evidence{
			Field: fmt.Sprintf("resume.work[%d]", i), ComparedWith: fmt.Sprintf("profiles[%d].work[%d]", p, j), AsOf: in.App.Profiles[p].AsOf}))
	}
	return hit(found...)
}
