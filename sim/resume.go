package sim

import (
	"fmt"
	"strconv"
	"strings"
)

// writer puts sentences together. It holds what one person would reuse: their
// stack, their way of laying out a résumé.
type writer struct {
	d      dice
	words  *wordStock
	simple float64 // share of plain lines
	// after, when not 0, allows only technologies younger than that year: how
	// somebody writes who was not there.
	after int
}

// codename is an invented project name.
func (t writer) codename() string {
	n := 2 + t.d.upTo(2)
	s := ""
	for range n {
		s += pick(t.d, t.words.syllables)
	}
	if t.d.chance(0.4) {
		s += pick(t.d, []string{"n", "x", "r", "s", "l"})
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// tech is a technology that existed in a year.
func (t writer) tech(year int) string {
	for range 30 {
		if c := pick(t.d, t.words.technologies); c.year < year && c.year > t.after {
			return c.name
		}
	}
	return "SQL"
}

func (t writer) number(lo, hi int) string { return strconv.Itoa(t.d.between(lo, hi)) }

// fall is a figure that went down.
func (t writer) fall() string {
	gain := pick(t.d, t.words.gains)
	hi := t.d.between(40, 990)
	lo := hi * t.d.between(15, 80) / 100
	switch t.d.upTo(4) {
	case 0:
		return fmt.Sprintf("%s fell by %d %%", gain, 100-lo*100/hi)
	case 1:
		return fmt.Sprintf("cut %s from %d to %d", gain, hi, lo)
	case 2:
		return fmt.Sprintf("%s went from %d down to %d", gain, hi, lo)
	}
	return fmt.Sprintf("brought %s to %d %% of what it was", gain, lo*100/hi)
}

// bullet is one line of work in a year: 15 to 30 words that hardly anybody
// else would write.
func (t writer) bullet(year int) string {
	d, w := t.d, t.words
	verb, quality, thing := pick(d, w.verbs), pick(d, w.qualities), pick(d, w.things)
	if d.chance(t.simple) {
		return t.plainLine(year)
	}
	switch d.upTo(9) {
	case 0:
		return fmt.Sprintf("%s the %s %s (project %s) in %s and %s; %s for %s %s.", verb, quality, thing, t.codename(), t.tech(year), t.tech(year), t.fall(), t.number(3, 900), pick(d, w.audiences))
	case 1:
		return fmt.Sprintf("%s %s, a %s %s on %s serving %s %s, %s.", verb, t.codename(), quality, thing, t.tech(year), t.number(20, 98000), pick(d, w.audiences), pick(d, w.purposes))
	case 2:
		return fmt.Sprintf("Traced %s in the %s to %s using %s, wrote the fix with %s and %s within %s days.", pick(d, w.gains), thing, pick(d, w.causes), t.tech(year), t.codename(), t.fall(), t.number(2, 60))
	case 3:
		return fmt.Sprintf("%s a move of %s %s records from %s to %s for %s %s, %s.", verb, t.number(11, 970), pick(d, []string{"thousand", "million"}), t.tech(year), t.tech(year), t.codename(), pick(d, w.audiences), pick(d, w.tails))
	case 4:
		return fmt.Sprintf("After %s, %s the %s in %s weeks with %s; %s, %s.", pick(d, w.events), strings.ToLower(verb), thing, t.number(2, 30), t.tech(year), t.fall(), pick(d, w.tails))
	case 5:
		return fmt.Sprintf("%s %s endpoints of the %s %s for %s, %s, using %s plus %s.", verb, t.number(4, 140), quality, thing, t.codename(), pick(d, w.purposes), t.tech(year), t.tech(year))
	case 6:
		return fmt.Sprintf("With %s colleagues %s the %s called %s, written in %s, now used by %s %s; %s.", t.number(2, 14), strings.ToLower(verb), thing, t.codename(), t.tech(year), t.number(30, 40000), pick(d, w.audiences), pick(d, w.tails))
	case 7:
		return fmt.Sprintf("Kept %s (%s, %s) running through %s: %s incidents in %s months, %s.", t.codename(), thing, t.tech(year), pick(d, w.events), t.number(0, 9), t.number(3, 40), t.fall())
	}
	return fmt.Sprintf("%s load tests with %s for %s's %s %s; found %s at %s requests a second and %s.", verb, t.tech(year), t.codename(), quality, thing, pick(d, w.causes), t.number(40, 9000), t.fall())
}

// plainLine is a line as many write it: short, with little in it that is one's own.
func (t writer) plainLine(year int) string {
	d, w := t.d, t.words
	verb, thing := pick(d, w.verbs), pick(d, w.things)
	switch d.upTo(5) {
	case 0:
		return fmt.Sprintf("%s the %s with %s, reducing %s by %d %%.", verb, thing, t.tech(year), pick(d, w.gains), 5*t.d.between(1, 17))
	case 1:
		return fmt.Sprintf("%s and maintained a %s %s using %s and %s.", verb, pick(d, w.qualities), thing, t.tech(year), t.tech(year))
	case 2:
		return fmt.Sprintf("Responsible for the %s, working closely with %s and the product team.", thing, pick(d, w.audiences))
	case 3:
		return fmt.Sprintf("%s new features for the %s used by more than %d000 %s.", verb, thing, t.d.between(1, 90), pick(d, w.audiences))
	}
	return fmt.Sprintf("%s unit and integration tests for the %s in %s, improving %s.", verb, thing, t.tech(year), pick(d, w.gains))
}

// prose is a free sentence for answers, letters and references.
func (t writer) prose(year int) string {
	d, w := t.d, t.words
	switch d.upTo(7) {
	case 0:
		return fmt.Sprintf("The hardest part of %s was %s, because %s %s depended on it and we had %s days.", t.codename(), pick(d, w.causes), t.number(20, 900), pick(d, w.audiences), t.number(3, 40))
	case 1:
		return fmt.Sprintf("When %s hit our %s, I stayed with %s until %s and wrote down %s things to change.", pick(d, w.events), pick(d, w.things), t.tech(year), t.fall(), t.number(3, 12))
	case 2:
		return fmt.Sprintf("What I liked about the %s %s at %s was the talk with %s each %s.", pick(d, w.qualities), pick(d, w.things), t.codename(), pick(d, w.audiences), pick(d, list("Monday,Friday,morning,sprint,quarter,Thursday")))
	case 3:
		return fmt.Sprintf("I would rather take %s over %s for a %s, as %s taught me in %s.", t.tech(year), t.tech(year), pick(d, w.things), t.codename(), t.number(max(2005, year-8), year))
	case 4:
		return fmt.Sprintf("We argued %s weeks about %s before the %s for %s got a plan %s accepted.", t.number(2, 9), pick(d, w.causes), pick(d, w.things), t.codename(), pick(d, w.audiences))
	case 5:
		return fmt.Sprintf("My part in %s was the %s half; %s, %s.", t.codename(), pick(d, w.qualities), t.fall(), pick(d, w.purposes))
	}
	return fmt.Sprintf("For %s %s it meant %s minutes less a day, and %s %s, which I had not expected.", t.number(5, 800), pick(d, w.audiences), t.number(2, 55), t.codename(), pick(d, list("survived,grew,was copied,won a second budget,ended early,moved abroad")))
}

// layout is how a résumé is set: headings and where things stand. A popular
// layout carries its own stock line.
type layout struct {
	summary, work, study, skills, projects, bulletMark, line string
}

func layouts() []layout {
	return []layout{
		{"Summary", "Experience", "Education", "Skills", "Selected projects", "- ", ""},
		{"PROFILE", "EMPLOYMENT HISTORY", "EDUCATION", "TECHNICAL SKILLS", "PROJECTS", "* ", "A highly motivated team player with excellent interpersonal skills and the ability to work under pressure in a deadline-driven environment."},
		{"About me", "Work", "Studies", "Toolbox", "Side work", "• ", ""},
		{"Professional Summary", "Professional Experience", "Academic Background", "Core Competencies", "Key Achievements", "• ", "Seeking a challenging position where I can apply my knowledge and skills to contribute to the growth of the organisation."},
		{"Objective", "Career", "Training", "Stack", "Also built", "– ", ""},
		{"Personal statement", "Employment", "Qualifications", "Key skills", "Portfolio", "- ", "I take pride in my work, I am punctual and reliable, and I always strive to exceed the expectations of clients and colleagues."},
		{"Hello", "Where I worked", "Where I learned", "What I use", "Things made", "> ", ""},
		{"Executive Summary", "Relevant Experience", "Education & Certifications", "Areas of Expertise", "Highlights", "▪ ", "Dynamic and forward-thinking professional who combines strategic vision with hands-on technical leadership to drive measurable business outcomes."},
	}
}
