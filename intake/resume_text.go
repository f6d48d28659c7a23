package intake

import (
	"bufio"
	"bytes"
	"io"
	"regexp"
	"strings"

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
	line int // where it begins, 0 for formats without lines
	done bool
}

func (w *whole) next() (Item, error) {
	if w.done {
		return Item{}, io.EOF
	}
	w.done = true
	it := Item{Where: w.name, Offset: w.at}
	if w.line > 0 {
		it.Where = place(w.name, w.line)
	}
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

// whole reads the stream as one application, whose id is the name of the file.
func (r *Reader) whole(s stream, skipped int64, line int, decode func([]byte, given) (*record.Application, error)) {
	r.split = &whole{name: s.name, in: s.in, max: r.o.MaxLine, at: skipped, line: line}
	id, o := s.id, r.o
	r.decode = func(raw []byte, it Item) (*record.Application, error) {
		a, err := decode(raw, given{source: o.Source, id: id, received: o.Received})
		return a, at(it.Where, err)
	}
}

// text tries to read the stream as one résumé.
func (r *Reader) text(s stream, skipped int64) bool {
	if !isText(s.head, 100) || !parseResume(plainText(s.head)).likely() {
		return false
	}
	r.format = "resume-text"
	r.whole(s, skipped, 0, decodeResumeText)
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
