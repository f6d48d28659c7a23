package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bonafide/record"
)

// contacts reads what one line says about how to reach the applicant. A bare
// number is a telephone number only at the top or behind a label.
func (p *resumeParts) contacts(line string, top bool) {
	if len(line) > 4096 {
		return
	}
	for _, e := range mailPattern.FindAllString(line, 8) {
		addOnce(&p.emails, strings.Trim(e, ".-"))
	}
	rest := mailPattern.ReplaceAllString(line, " ")
	for _, u := range linkPattern.FindAllString(rest, 8) {
		addOnce(&p.urls, strings.TrimRight(u, ".,;)]}"))
	}
	rest = linkPattern.ReplaceAllString(rest, " ")
	for _, h := range handlePattern.FindAllStringSubmatch(rest, 8) {
		p.accounts = append(p.accounts, record.Account{Service: strings.ToLower(h[1]), Handle: strings.TrimRight(h[2], ".")})
	}
	if b := bornLabel.FindStringSubmatch(rest); b != nil && p.born == "" {
		p.born = firstDate(b[2])
		return
	}
	if len(dateRange.FindString(rest)) == 0 {
		for _, n := range phonePattern.FindAllString(rest, 4) {
			if n = strings.Trim(n, " -./"); isPhone(n, top || phoneLabel.MatchString(rest)) {
				addOnce(&p.phones, n)
			}
		}
	}
	if top && p.country == "" && len(line) < 120 {
		parts := strings.FieldsFunc(rest, anyOf("|•·;"))
		for _, part := range parts {
			if c := lastCountry(strings.Trim(part, " .")); c != "" && (len(parts) > 1 || strings.Contains(part, ",")) {
				p.country = c
			}
		}
	}
}

// firstDate is the longest beginning of s that is a whole day.
func firstDate(s string) record.Date {
	words := strings.Fields(s)
	for n := min(len(words), 4); n > 0; n-- {
		if d := day(strings.Trim(strings.Join(words[:n], " "), ".,"), dayFirst); len(d) == 10 {
			return d
		}
	}
	return ""
}

// isPhone tells a telephone number from postcodes, years and other numbers.
func isPhone(s string, expected bool) bool {
	digits := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	international := strings.HasPrefix(s, "+") || strings.HasPrefix(s, "00")
	if digits > 15 || digits < 7 || day(s, dayFirst) != "" {
		return false
	}
	return international && digits >= 8 || expected && digits >= 9
}

// nameIn is the name a line consists of, "" when it is something else.
func nameIn(line string) string {
	if m := nameLabel.FindStringSubmatch(line); m != nil {
		line = m[2]
	}
	line = strings.TrimSpace(strings.Trim(line, "#*_=|•- \t"))
	for _, cut := range []string{" | ", " — ", " – ", " • ", "\t", "  ", ","} { // a title behind the name
		if i := strings.Index(line, cut); i > 0 {
			line = strings.TrimSpace(line[:i])
		}
	}
	words := strings.Fields(line)
	if len(words) == 0 || len(words) > 5 || len(line) > 80 || !utf8.ValidString(line) {
		return ""
	}
	letters := 0
	for _, w := range words {
		if notInNames[strings.ToLower(strings.Trim(w, ".:"))] {
			return ""
		}
		first, _ := utf8.DecodeRuneInString(w)
		if unicode.IsLower(first) && !nameParticles[strings.ToLower(w)] {
			return ""
		}
		for _, r := range w {
			switch {
			case unicode.IsLetter(r) || unicode.IsMark(r):
				letters++
			case strings.ContainsRune(".'’‘`-‐·", r):
			default:
				return ""
			}
		}
	}
	caseless := strings.ContainsFunc(line, func(r rune) bool { return unicode.IsLetter(r) && !unicode.IsUpper(r) && !unicode.IsLower(r) })
	if letters < 2 || len(words) < 2 && !caseless {
		return ""
	}
	return strings.Join(words, " ")
}

var nameParticles = wordSet("de da do dos das del della di van von der den ter ten la le el al bin ibn abu e y zu zur del san st af")

// notInNames are words of headings and titles that stand where a name might.
var notInNames = wordSet("curriculum vitae resume résumé cv lebenslauf currículo curriculo profile profil perfil summary about contact kontakt contacto " +
	"senior junior lead principal staff engineer developer entwickler entwicklerin desenvolvedor desenvolvedora programador programadora " +
	"software backend frontend fullstack full stack web data cloud devops manager architect analyst designer consultant specialist administrator " +
	"page seite página bewerbung application candidatura personal persönliche dados daten information details experience education ausbildung " +
	"berufserfahrung experiência formação skills kenntnisse address anschrift morada phone email gmbh ltd inc ag llc university universität universidade " +
	"street straße strasse rua avenue avenida road dear sehr geehrte the and und with project projects")

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}
