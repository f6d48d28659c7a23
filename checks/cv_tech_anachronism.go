package checks

import (
	"fmt"
	"strings"

	"bonafide/record"
)

// Nobody could use a tool before it was there. Mostly such a line is an old job
// brought up to date in a hurry, or a typing slip; a question in the interview
// settles it. A year of grace is given for previews.
var cvTechAnachronism = Check{
	ID: "cv-tech-anachronism",
	Title: record.Text{
		EN: "Experience older than the technology",
		DE: "Erfahrung, die älter ist als die Technik",
		PT: "Experiência mais antiga do que a tecnologia",
	},
	Text: record.Text{
		EN: "A position or a number of years names a technology at a time more than a year before the public could use it.",
		DE: "Eine Stelle oder eine Zahl von Jahren nennt eine Technik zu einer Zeit, mehr als ein Jahr bevor die Öffentlichkeit sie nutzen konnte.",
		PT: "Um cargo ou um número de anos refere uma tecnologia numa época mais de um ano anterior à sua disponibilidade pública.",
	},
	Stage:      []string{"application"},
	Family:     record.CV,
	Strength:   record.Supporting,
	Reads:      []string{"resume.text", "resume.work", "received_at"},
	Sources:    []string{"dtex-2024-10"},
	LegalBasis: []string{"gdpr-6-1-f"},
	FalsePositives: []record.Text{
		{EN: "an old position described with today's words", DE: "eine alte Stelle, mit heutigen Worten beschrieben", PT: "um cargo antigo descrito com palavras de hoje"},
		{EN: "somebody who worked on the technology before its release", DE: "jemand, der vor der Veröffentlichung daran mitgearbeitet hat", PT: "alguém que trabalhou na tecnologia antes do lançamento"},
		{EN: "a renamed product, a slip in a year", DE: "ein umbenanntes Produkt, ein Tippfehler im Jahr", PT: "um produto renomeado, um lapso no ano"},
	},
	Clears: []record.Text{
		{EN: "the person explains it in the interview", DE: "die Person erklärt es im Gespräch", PT: "a pessoa explica na entrevista"},
	},
	Ask: record.Text{
		EN: "Please tell us how you used this technology at that time.",
		DE: "Bitte erzählen Sie uns, wie Sie diese Technik damals eingesetzt haben.",
		PT: "Conte-nos, por favor, como usou esta tecnologia naquela altura.",
	},
	Since:   "2020-01-01",
	Version: 1,
	run:     runCvTechAnachronism,
}

var sayTooEarly = record.Text{
	EN: "A technology is named for a time at least %d years before it could be used.",
	DE: "Eine Technik wird für eine Zeit genannt, mindestens %d Jahre bevor sie nutzbar war.",
	PT: "Uma tecnologia é referida para uma época pelo menos %d anos antes de poder ser usada.",
}

var sayTooEarlyMany = record.Text{
	EN: "%d technologies are named for times before they could be used, one of them by at least %d years.",
	DE: "%d Techniken werden für Zeiten genannt, bevor sie nutzbar waren, eine um mindestens %d Jahre.",
	PT: "%d tecnologias são referidas para épocas em que ainda não podiam ser usadas, uma delas pelo menos %d anos antes.",
}

// slackYears are given for previews and for a year that was rounded.
const slackYears = 1

// early collects what one source names too early.
type early struct {
	count, gap int
	seen       [8]string
}

// word notes a technology named for times that ended in a year.
func (e *early) word(w string, lead bool, year int) {
	t, ok := technologyOf(w, lead)
	if !ok || t.year == 0 || year >= t.year-slackYears {
		return
	}
	for _, s := range e.seen[:min(e.count, len(e.seen))] {
		if strings.EqualFold(s, w) {
			return
		}
	}
	if e.count < len(e.seen) {
		e.seen[e.count] = w
	}
	e.count++
	e.gap = max(e.gap, t.year-year)
}

func (e *early) finding(s record.Strength, field string) record.Finding {
	text := sayTooEarly.Say(e.gap)
	if e.count > 1 {
		text = sayTooEarlyMany.Say(e.count, e.gap)
	}
	return observed(s, text, record.Evidence{Field: field})
}

func runCvTechAnachronism(in *In) Answer {
	var found []record.Finding
	looked := in.App.Resume.Text != ""
	for i := range roles(in.App.Resume.Work) {
		w := &in.App.Resume.Work[i]
		_, end, ok := w.End.Span()
		if !ok {
			continue
		}
		looked = true
		year := end.AddDate(0, 0, -1).Year()
		if year >= youngest-slackYears {
			continue
		}
		var title, tasks early
		eachWord(w.Title, func(word string, _ bool) bool { title.word(word, false, year); return true })
		eachWord(w.Text, func(word string, lead bool) bool { tasks.word(word, lead, year); return true })
		if title.count > 0 {
			found = append(found, title.finding(record.Supporting, fmt.Sprintf("resume.work[%d].title", i)))
		}
		if tasks.count > 0 { // old tasks are told again in today's words
			found = append(found, tasks.finding(record.Weak, fmt.Sprintf("resume.work[%d].text", i)))
		}
	}
	if !looked {
		return noData
	}
	claimed, dated := earlyInText(in.App.Resume.Text, in.Day.Year())
	if claimed.count > 0 {
		found = append(found, claimed.finding(record.Supporting, "resume.text"))
	}
	if dated.count > 0 { // where a date range ends in a text is our reading of it
		found = append(found, dated.finding(record.Weak, "resume.text"))
	}
	return hit(found...)
}
