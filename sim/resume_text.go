package sim

import (
	"strings"

	"bonafide/record"
)

// resume writes the résumé of a person. The text depends on textSeed and the
// career alone, so somebody else can copy it; only its head carries a name.
func (w *world) resume(p *person, parsed bool) record.Resume {
	author := p
	if p.copied != nil {
		author = p.copied
	}
	t := writer{d: roll(author.textSeed, "resume", 0), words: w.words, simple: w.climate.simple}
	d := t.d
	lay := w.layouts[author.layout]
	now := author.received.Year()
	var b strings.Builder
	b.Grow(4096)
	words := 0
	line := func(s string) {
		b.WriteString(s)
		b.WriteByte('\n')
		words += strings.Count(s, " ") + 1
	}
	line(p.label.full())
	line(p.emails[0] + " | " + p.address.City)
	words = 0 // the head carries a name, and nothing may depend on names
	line("")
	line(lay.summary)
	if d.chance(0.4) {
		line(pick(d, w.words.stock[:6]))
	}
	line(t.prose(now) + " " + t.prose(now))
	if lay.line != "" {
		line(lay.line)
	}
	if author.agency != nil {
		line(author.agency.line)
	}
	line("")
	line(lay.work)
	r := record.Resume{}
	if d.chance(0.7) {
		r.File, r.SHA256 = "resume.pdf", p.resumeSHA
	}
	skills := map[string]bool{}
	for i, j := range author.jobs {
		f := w.firm(j.firm)
		from, to := firmDate(j.start), firmDate(j.end)
		mine := from
		if p.shift != 0 && i == 0 { // told differently in two places
			mine = firmDate(j.start - p.shift)
		}
		work := record.Work{Organisation: f.name, Title: j.title, Start: mine, End: to, Country: j.country, URL: "https://" + f.domain}
		until := string(to)
		if until == "" {
			until = "present"
		}
		line(j.title + ", " + f.name + ", " + string(from) + " to " + until)
		year := j.start/12 + 2
		if j.end > 0 {
			year = j.end / 12
		}
		lines := 3 + d.upTo(2)
		for k := range lines {
			s := t.bullet(year)
			if k == 0 && d.chance(0.15) {
				s = pick(d, w.words.stock[6:18])
			}
			if k < len(j.bullets) {
				s = j.bullets[k]
			}
			line(lay.bulletMark + s)
			if k == 0 {
				work.Text = s
			}
		}
		if parsed {
			r.Work = append(r.Work, work)
		}
	}
	if len(author.bootcamp) > 0 || len(p.bootcamp) > 0 || words < 330 || d.chance(0.5) {
		line("")
		line(lay.projects)
		for _, s := range author.bootcamp {
			line(lay.bulletMark + s)
		}
		if p != author {
			for _, s := range p.bootcamp {
				line(lay.bulletMark + s)
			}
		}
		for more := true; more; more = words < 330 {
			line(lay.bulletMark + t.bullet(now))
		}
	}
	for len(skills) < 6 {
		skills[t.tech(now)] = true
	}
	for _, c := range w.words.technologies {
		if skills[c.name] {
			r.Skills = append(r.Skills, c.name)
		}
	}
	r.Skills = append(r.Skills, pick(d, w.words.skillsSoft))
	line("")
	line(lay.skills)
	line(strings.Join(r.Skills, ", "))
	line("")
	line(lay.study)
	school := pick(d, author.home.cities) + " " + pick(d, w.words.schools)
	degree := pick(d, w.words.degrees) + " " + pick(d, w.words.subjects)
	line(degree + ", " + school + ", " + pad4(author.bachelor-3) + " to " + pad4(author.bachelor))
	line("Languages: " + strings.Join(p.label.languages, ", "))
	if d.chance(0.2) {
		line(w.words.stock[18+d.upTo(2)])
	}
	if parsed {
		r.Education = []record.Education{{Institution: school, Degree: degree, Start: record.Date(pad4(author.bachelor - 3)), End: record.Date(pad4(author.bachelor)), Country: author.home.code}}
	}
	r.Text = b.String()
	return r
}
