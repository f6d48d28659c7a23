package checks

import "strings"

// Reading a résumé's text for dated statements: "2010 – 2014" above a list of
// tasks, "12 years of Kubernetes" inside a sentence. Only what is plain is read;
// whatever is not is left alone.

// wordEnd is the end of the word that begins at i: letters, digits and the signs
// that names of technologies hold. Full stops and signs at its end are not part.
func wordEnd(s string, i int) int {
	j := i
	for j < len(s) && inWord[s[j]] {
		j++
	}
	for j > i && (s[j-1] == '.' || s[j-1] == '-') {
		j--
	}
	return j
}

// inWord is the bytes that words are made of.
var inWord = func() (in [256]bool) {
	for c := range in {
		in[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '+' || c == '#' || c == '-' || c >= 0x80
	}
	return in
}()

// eachWord calls yield with every word of a line; lead is true for the first
// word and after a full stop. It allocates nothing.
func eachWord(line string, yield func(word string, lead bool) bool) {
	lead := true
	for i := 0; i < len(line); {
		j := wordEnd(line, i)
		if j == i {
			if c := line[i]; c == '.' || c == ':' || c == '!' || c == '?' || c == ';' {
				lead = true
			}
			i++
			continue
		}
		if !yield(line[i:j], lead) {
			return
		}
		lead = false
		i = j
	}
}

// yearOf reads a four-digit year between 1950 and 2099.
func yearOf(s string) (int, bool) {
	if len(s) != 4 || s[0] != '1' && s[0] != '2' {
		return 0, false
	}
	n := 0
	for i := range 4 {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, n >= 1950 && n < 2100
}

// lastYear is the later of two years that stand close to each other in a line,
// as in "03/2010 – 05/2014" or "(2010-2014)". open is a range that lasts.
func lastYear(line string) (year int, closed, open bool) {
	first, at := 0, 0
	for i := 0; i+4 <= len(line); i++ {
		if c := line[i]; c != '1' && c != '2' {
			continue
		}
		if i > 0 && isNumber(line[i-1]) || i+4 < len(line) && isNumber(line[i+4]) {
			continue
		}
		y, ok := yearOf(line[i : i+4])
		if !ok {
			continue
		}
		if first != 0 && i-at <= 24 && y >= first {
			return y, true, false
		}
		first, at = y, i
		i += 3
	}
	if first == 0 {
		return 0, false, false
	}
	rest := line[min(at+4, len(line)):]
	for _, w := range [...]string{"present", "today", "now", "current", "heute", "jetzt", "presente", "atual", "hoje", "Present", "Today", "Heute", "Presente", "Atual"} {
		if i := strings.Index(rest, w); i >= 0 && i < 24 {
			return 0, false, true
		}
	}
	return 0, false, false
}

func isNumber(c byte) bool { return c >= '0' && c <= '9' }

// heading reports whether a line opens another part of the résumé, where what a
// date range above said no longer holds.
func heading(line string) bool {
	line = strings.TrimSpace(line)
	if line == "" || len(line) > 40 || strings.ContainsAny(line[:1], "-*•–") {
		return false
	}
	line = strings.TrimRight(strings.TrimLeft(line, "# "), ": ")
	for _, h := range [...]string{"skills", "technical skills", "technologies", "tools", "summary", "profile", "about", "education", "projects", "certifications", "languages", "interests",
		"kenntnisse", "fähigkeiten", "technologien", "profil", "ausbildung", "projekte", "sprachen", "competências", "tecnologias", "perfil", "formação", "projetos", "línguas"} {
		if strings.EqualFold(line, h) {
			return true
		}
	}
	return false
}

// earlyInText reads a résumé's text for technologies that are named too early:
// claimed by a number of years, or listed below a range of dates.
func earlyInText(text string, today int) (claimed, dated early) {
	until := 0 // the year in which the range above ended; 0 when none holds
	for text != "" {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		if len(line) > 2000 {
			line = line[:2000]
		}
		if year, closed, open := lastYear(line); closed {
			until = year
		} else if open || heading(line) {
			until = 0
		}
		if until != 0 && until < youngest-slackYears {
			eachWord(line, func(w string, lead bool) bool {
				if mayBeTechnology(w) {
					dated.word(w, lead, until)
				}
				return true
			})
		}
		if strings.ContainsAny(line, "123456789") && (strings.Contains(line, "year") || strings.Contains(line, "Jahr") || strings.Contains(line, "anos")) {
			yearsOf(line, today, &claimed)
		}
	}
	return claimed, dated
}

// yearsOf reads "12 years of Kubernetes", "15+ Jahre Erfahrung mit Flutter": a
// number, the word for years, and the first technology behind it with nothing
// but small words between. What follows in a list says nothing about years.
func yearsOf(line string, today int, claimed *early) {
	number, since := 0, 0
	eachWord(line, func(w string, lead bool) bool {
		if lead {
			number, since = 0, 0
		}
		if n, ok := smallNumber(w); ok {
			number, since = n, 0
			return true
		}
		switch {
		case w == "years" || w == "Jahre" || w == "Jahren" || w == "anos" || w == "yrs":
			since = 0
			if number > 0 {
				since = today - number
			}
		case since > 0 && between(w):
		case since > 0:
			claimed.word(w, false, since)
			since = 0
		}
		number = 0
		return true
	})
}

// between are the words that may stand between the years and what they are of.
func between(w string) bool {
	switch w {
	case "of", "with", "in", "using", "building", "writing", "developing", "running", "professional", "commercial", "production", "hands-on", "practical", "solid", "deep", "experience",
		"mit", "Erfahrung", "Berufserfahrung", "praktische", "de", "com", "em", "experiência", "prática", "a", "the":
		return true
	}
	return false
}

// smallNumber reads 1 to 60, with a plus sign behind it or not.
func smallNumber(w string) (int, bool) {
	w = strings.TrimSuffix(w, "+")
	if len(w) == 0 || len(w) > 2 {
		return 0, false
	}
	n := 0
	for i := 0; i < len(w); i++ {
		if !isNumber(w[i]) {
			return 0, false
		}
		n = n*10 + int(w[i]-'0')
	}
	return n, n >= 1 && n <= 60
}
