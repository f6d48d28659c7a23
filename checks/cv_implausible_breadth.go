package checks

import (
	"strings"
	"time"

	"bonafide/record"
)

// Many unrelated fields at once, soon after starting to work. Résumés are stuffed
// with words so that machines find them; this is a prompt for the conversation and
// never anything else.
var cvImplausibleBreadth = Check{
	ID: "cv-implausible-breadth",
	Title: record.Text{
		EN: "Many unrelated fields in few years",
		DE: "Viele fremde Fachgebiete in wenigen Jahren",
		PT: "Muitas áreas distintas em poucos anos",
	},
	Text: record.Text{
		EN: "The skills span many unrelated fields of work within a short career. A prompt for the conversation, never counted.",
		DE: "Die Kenntnisse umfassen viele nicht verwandte Fachgebiete in einem kurzen Berufsleben. Ein Anstoß für das Gespräch, wird nie gezählt.",
		PT: "As competências abrangem muitas áreas sem relação numa carreira curta. Um mote para a conversa, nunca contado.",
	},
	Stage:      []string{"application"},
	Family:     record.CV,
	Strength:   record.Weak,
	Reads:      []string{"resume.skills", "resume.work", "received_at"},
	Sources:    []string{"npa-joint-2026-09-18"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "résumés written for search machines", DE: "Lebensläufe, die für Suchmaschinen geschrieben sind", PT: "currículos escritos para motores de busca"},
		{EN: "small firms where one person does everything", DE: "kleine Firmen, in denen eine Person alles macht", PT: "pequenas empresas em que uma pessoa faz tudo"},
	},
	Clears: []record.Text{
		{EN: "a conversation about two of the fields", DE: "ein Gespräch über zwei der Gebiete", PT: "uma conversa sobre duas das áreas"},
	},
	Ask: record.Text{
		EN: "Which two of these fields do you know best? Tell us of a project in each.",
		DE: "Welche zwei dieser Gebiete kennen Sie am besten? Erzählen Sie uns je von einem Projekt.",
		PT: "Quais são as duas áreas que melhor conhece? Conte-nos um projeto em cada uma.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCvImplausibleBreadth,
}

var sayBreadth = record.Text{
	EN: "The skills span %d unrelated fields within %d years of work.",
	DE: "Die Kenntnisse umfassen %d nicht verwandte Fachgebiete in %d Berufsjahren.",
	PT: "As competências abrangem %d áreas sem relação em %d anos de trabalho.",
}

const (
	breadthFields = 7
	breadthYears  = 5
)

func runCvImplausibleBreadth(in *In) Answer {
	var first time.Time
	for i := range roles(in.App.Resume.Work) {
		if start, _, ok := in.App.Resume.Work[i].Start.Span(); ok && (first.IsZero() || start.Before(first)) {
			first = start
		}
	}
	if first.IsZero() || len(in.App.Resume.Skills) == 0 {
		return noData
	}
	var seen, count int
	for _, s := range in.App.Resume.Skills[:min(len(in.App.Resume.Skills), 200)] {
		t, ok := technologies[s]
		if !ok {
			t, ok = technologies[strings.ToLower(s)]
		}
		if ok && seen&t.field == 0 {
			seen |= t.field
			count++
		}
	}
	years := in.Day.Year() - first.Year()
	if count < breadthFields || years > breadthYears {
		return allClear
	}
	return hit(observed(record.Weak, sayBreadth.Say(count, max(years, 1)), record.Evidence{Field: "resume.skills", ComparedWith: "resume.work"}))
}
