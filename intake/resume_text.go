package intake

import (
	"bufio"
	"bytes"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"bonafide/record"
)

// Résumés as plain text: the whole text is kept, and read best-effort for what
// stands in it plainly: a name at the top, contacts, links, dated positions
// and schools, referees. What is not found is "not asked", never wrong.

// whole is a stream that is one item.
type whole struct {
	name string
	in   *bufio.Reader
	max  int
	at   int64
	done bool
}

func (w *whole) next() (Item, error) {
	if w.done {
		return Item{}, io.EOF
	}
	w.done = true
	it := Item{Where: w.name, Offset: w.at}
	raw, err := io.ReadAll(io.LimitReader(w.in, int64(w.max)+1))
	if err != nil {
		return Item{}, &record.Error{Code: record.CodeUnavailable, Where: w.name, Message: "reading", Err: err}
	}
	it.Raw, it.Length = raw, int64(len(raw))
	switch {
	case len(raw) > w.max:
		rest, _ := io.Copy(io.Discard, w.in)
		it.Length += rest
		it.Raw, it.Problem = nil, record.Invalid(w.name, tooLong(it.Length, w.max))
	case bytes.IndexByte(raw, 0) >= 0:
		it.Problem = record.Invalid(w.name, "NUL bytes in the text")
	}
	return it, nil
}

// text tries to read the stream as one résumé.
func (r *Reader) text(s stream, skipped int64) bool {
	if !isText(s.head, 100) || !parseResume(plainText(s.head)).likely() {
		return false
	}
	r.format = "resume-text"
	r.split = &whole{name: s.name, in: s.in, max: r.o.MaxLine, at: skipped}
	id, o := s.id, r.o
	r.decode = func(raw []byte, it Item) (*record.Application, error) {
		a, err := decodeResumeText(raw, given{source: o.Source, id: id, received: o.Received})
		return a, at(it.Where, err)
	}
	return true
}

func plainText(raw []byte) string {
	if validStart(raw, false) {
		return strings.ToValidUTF8(string(raw), "")
	}
	if decoded, err := charmap.Windows1252.NewDecoder().Bytes(raw); err == nil {
		return string(decoded)
	}
	return strings.ToValidUTF8(string(raw), "\ufffd")
}

func decodeResumeText(raw []byte, c given) (*record.Application, error) {
	text := plainText(raw)
	p := parseResume(text)
	if !p.likely() {
		return nil, record.Invalid("", "no résumé: neither a contact nor a dated position in it")
	}
	a := &record.Application{ID: c.id, Source: c.sourceOr("resume"), ReceivedAt: c.received}
	a.Person.Name = p.name
	a.Person.BirthDate = p.born
	a.Person.Address.Country = p.country
	for _, e := range p.emails {
		addEmail(a, e)
	}
	for _, n := range p.phones {
		addPhone(a, n)
	}
	for _, u := range p.urls {
		addURL(a, u)
	}
	for _, h := range p.accounts {
		addAccount(a, h.Service, h.Handle)
	}
	a.References = p.references
	a.Resume = record.Resume{Text: text, Work: p.work, Education: p.education, Skills: p.skills}
	return a, tidy(a)
}

// resumeParts are what a text plainly says.
type resumeParts struct {
	name, country  string
	born           record.Date
	emails, phones []string
	urls           []string
	accounts       []record.Account
	work           []record.Work
	education      []record.Education
	skills         []string
	references     []record.Reference
	headings       int
}

// likely reports whether the text is a résumé at all.
func (p *resumeParts) likely() bool {
	dated := len(p.work) + len(p.education)
	contact := len(p.emails) + len(p.phones)
	return contact > 0 && (p.name != "" || dated > 0 || p.headings > 0) || dated > 0 && p.headings > 0 || p.headings >= 2
}

type section int

const (
	inHead section = iota
	inWork
	inSchool
	inSkills
	inReferences
	inOther
)

// sectionOf is the section a heading opens, in three languages.
func sectionOf(line string) (section, bool) {
	line = strings.TrimSpace(strings.Trim(line, " \t#*=-_:•|"))
	if len(line) > 60 {
		return 0, false
	}
	s, ok := sectionWords[foldColumn(line)]
	return s, ok
}

var sectionWords = func() map[string]section {
	words := map[string]section{}
	for s, list := range map[section]string{
		inWork: "experience workexperience professionalexperience employment employmenthistory workhistory career careerhistory relevantexperience positions " +
			"berufserfahrung beruflichererfahrung beruflicherwerdegang berufspraxis werdegang praktischeerfahrung tatigkeiten " +
			"experiencia experienciaprofissional experienciasprofissionais percursoprofissional historicoprofissional",
		inSchool: "education academicbackground educationandtraining qualifications studies ausbildung schulbildung studium bildung bildungsweg schulischeausbildung " +
			"akademischerwerdegang educacao formacao formacaoacademica formacaoescolar habilitacoes habilitacoesacademicas estudos escolaridade",
		inSkills: "skills technicalskills keyskills technologies techstack coreskills tools kenntnisse fahigkeiten itkenntnisse technischekenntnisse fachkenntnisse kompetenzen " +
			"competencias competenciastecnicas habilidades conhecimentos conhecimentostecnicos tecnologias",
		inReferences: "references referees referenzen referencias",
		inOther: "summary profile about aboutme objective contact contactdetails personaldetails projects languages interests hobbies certifications certificates publications awards volunteering " +
			"profil zusammenfassung kontakt personlichedaten projekte sprachen interessen zertifikate auszeichnungen ehrenamt uebermich ubermich " +
			"perfil resumo sobremim contacto contato contactos dadospessoais projetos idiomas interesses certificacoes premios voluntariado linguas",
	} {
		for _, w := range strings.Fields(list) {
			words[w] = s
		}
	}
	return words
}()

var (
	mailPattern   = regexp.MustCompile(`[\p{L}0-9._%+\-]+@[\p{L}0-9\-]+(\.[\p{L}0-9\-]+)+`)
	linkPattern   = regexp.MustCompile(`(?i)\b(https?://|www\.|(github|gitlab|linkedin|twitter|stackoverflow|medium|xing|upwork)\.com/|t\.me/)[^\s<>"'|]+`)
	handlePattern = regexp.MustCompile(`(?i)\b(github|gitlab|telegram|linkedin|skype|discord|twitter|xing|upwork)[ \t]*:[ \t]*@?([\p{L}0-9][\p{L}0-9_.\-]{1,63})`)
	phonePattern  = regexp.MustCompile(`(\+|\b00)?[0-9(][0-9()\-./ ]{5,22}[0-9]`)
	phoneLabel    = regexp.MustCompile(`(?i)\b(phone|tel|tel\.|telephone|mobile|mob|cell|telefon|handy|mobil|telefone|telem[oó]vel|celular|whatsapp|contacto?)\b`)
	bornLabel     = regexp.MustCompile(`(?i)\b(date of birth|born|birth ?date|d\.?o\.?b|geburtsdatum|geboren(?: am)?|geb\.|data de nascimento|nascido|nascida)\b[ \t]*(?:em|am|on)?[ \t:]*([0-9A-Za-zçäº][0-9A-Za-zçäº./\- ]{5,24})`)
	nameLabel     = regexp.MustCompile(`(?i)^[ \t]*(full name|name|nome|nome completo|vor- und nachname)[ \t]*[:：][ \t]*(.+)$`)
)

// maxResumeLines bounds the work on one text.
const maxResumeLines = 5_000

func parseResume(text string) *resumeParts {
	p := new(resumeParts)
	now := inHead
	lines := strings.SplitN(strings.ReplaceAll(text, "\r", ""), "\n", maxResumeLines)
	if len(lines) == maxResumeLines {
		lines = lines[:maxResumeLines-1]
	}
	var careers, referees []string
	var careerSections []section
	seen := 0
	for _, line := range lines {
		line = strings.TrimSpace(strings.ReplaceAll(line, "\u00a0", " "))
		if s, ok := sectionOf(line); ok {
			now = s
			p.headings++
		} else if now == inSkills {
			p.addSkills(line)
		}
		if line != "" {
			seen++
		}
		if now == inReferences {
			referees = append(referees, line)
			continue
		}
		if p.name == "" && seen <= 12 && now != inWork && now != inSchool {
			p.name = nameIn(line)
		}
		p.contacts(line, seen <= 15)
		careers = append(careers, line)
		careerSections = append(careerSections, now)
	}
	p.positions(careers, careerSections)
	p.referees(referees)
	return p
}

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
		for _, part := range strings.FieldsFunc(rest, anyOf("|•·;")) {
			if c := lastCountry(strings.Trim(part, " .")); c != "" && strings.Contains(part, ",") {
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

// addSkills cuts a line of a list of skills.
func (p *resumeParts) addSkills(line string) {
	if i := strings.IndexByte(line, ':'); i > 0 && i < 40 {
		line = line[i+1:]
	}
	for _, s := range strings.FieldsFunc(line, anyOf(",;|•·\t")) {
		s = strings.Trim(s, " -*.–—")
		if len(s) > 1 && len(s) <= 40 && len(strings.Fields(s)) <= 4 && len(p.skills) < 200 {
			addOnce(&p.skills, s)
		}
	}
}

// referees reads a section of references: blocks between empty lines, or a
// line each, with a name and a contact.
func (p *resumeParts) referees(lines []string) {
	var one record.Reference
	end := func() {
		if one.Email != "" || one.Phone != "" {
			p.references = append(p.references, one)
		}
		one = record.Reference{}
	}
	for _, line := range lines {
		if _, heading := sectionOf(line); heading || len(line) > 1024 {
			continue
		}
		if line == "" {
			end()
			continue
		}
		name := nameIn(mailPattern.ReplaceAllString(line, ""))
		if name != "" && one.Email != "" {
			end()
		}
		if name != "" && one.Name == "" {
			one.Name = name
		}
		if e := mailPattern.FindString(line); e != "" && one.Email == "" {
			one.Email = strings.Trim(e, ".-")
		}
		for _, n := range phonePattern.FindAllString(mailPattern.ReplaceAllString(line, " "), 2) {
			if n = strings.Trim(n, " -./"); one.Phone == "" && isPhone(n, true) {
				one.Phone = n
			}
		}
	}
	end()
}
