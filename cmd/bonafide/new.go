package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"golang.org/x/term"

	"bonafide/intake"
	"bonafide/match"
	"bonafide/record"
)

// NewCmd is `bonafide new`.
type NewCmd struct {
	Output string      `short:"o" placeholder:"FILE" help:"Append the record to FILE (made readable by you alone) instead of printing it."`
	Source string      `default:"typed" help:"Source of the record; its name is SOURCE/ID."`
	ID     string      `name:"id" placeholder:"ID" help:"Id of the record; made from the answers when absent."`
	Lang   record.Lang `enum:"en,de,pt" default:"en" help:"Language of the questions: en, de or pt."`
}

// Help is printed below the flags.
func (NewCmd) Help() string {
	return `Examples:

  bonafide new -o applications.jsonl
  bonafide new < answers.txt | bonafide screen -

Asks one question after the other and checks each answer as it comes. An empty answer
means "not asked" and is never held against anybody. From a file or a pipe it reads one
answer a line, in the order of the questions; an answer it cannot read stops it.`
}

// question is one line of the form. A question under a group is asked only
// while the first of its group was answered, and groups that repeat are asked
// again until they are not.
type question struct {
	path string // "[]" stands for which one of a group
	ask  record.Text
}

// form is what is asked, in order.
var form = [][]question{
	{{"person.name", record.Text{EN: "Full name", DE: "Vollständiger Name", PT: "Nome completo"}}},
	{{"person.other_names", record.Text{EN: "Other names, with ; between them", DE: "Weitere Namen, mit ; getrennt", PT: "Outros nomes, separados por ;"}}},
	{{"person.birth_date", record.Text{EN: "Date of birth (1994-05-01)", DE: "Geburtsdatum (1994-05-01)", PT: "Data de nascimento (1994-05-01)"}}},
	{{"person.address.country", record.Text{EN: "Country of residence", DE: "Wohnsitzland", PT: "País de residência"}}},
	{{"person.address.lines", record.Text{EN: "Street and number", DE: "Straße und Hausnummer", PT: "Rua e número"}}},
	{{"person.address.postcode", record.Text{EN: "Postcode", DE: "Postleitzahl", PT: "Código postal"}}},
	{{"person.address.city", record.Text{EN: "City", DE: "Ort", PT: "Localidade"}}},
	{{"person.timezone", record.Text{EN: "Time zone (Europe/Lisbon)", DE: "Zeitzone (Europe/Lisbon)", PT: "Fuso horário (Europe/Lisbon)"}}},
	{{"emails", record.Text{EN: "E-mail addresses, with ; between them", DE: "E-Mail-Adressen, mit ; getrennt", PT: "Endereços de e-mail, separados por ;"}}},
	{{"phones", record.Text{EN: "Telephone numbers, with ; between them", DE: "Telefonnummern, mit ; getrennt", PT: "Números de telefone, separados por ;"}}},
	{{"urls", record.Text{EN: "Links (GitHub, LinkedIn, own page), with ; between them", DE: "Links (GitHub, LinkedIn, eigene Seite), mit ; getrennt", PT: "Ligações (GitHub, LinkedIn, página própria), separadas por ;"}}},
	{{"role.title", record.Text{EN: "Role applied for", DE: "Stelle", PT: "Vaga"}}},
	{{"role.country", record.Text{EN: "Country of the role", DE: "Land der Stelle", PT: "País da vaga"}}},
	{{"role.remote", record.Text{EN: "Remote? (yes, no)", DE: "Aus der Ferne? (ja, nein)", PT: "À distância? (sim, não)"}}},
	{{"role.tier", record.Text{EN: "Tier of the role, by what it gives access to (T0, T1, T2, T3)", DE: "Stufe der Stelle, nach dem Zugang, den sie gibt (T0, T1, T2, T3)", PT: "Nível da vaga, pelo acesso que dá (T0, T1, T2, T3)"}}},
	{
		{"documents[].kind", record.Text{EN: "Identity document shown (passport, identity card); empty for none", DE: "Gezeigter Ausweis (Reisepass, Personalausweis); leer für keinen", PT: "Documento apresentado (passaporte, cartão de cidadão); vazio se nenhum"}},
		{"documents[].issuer", record.Text{EN: "  issued by which country", DE: "  ausgestellt von welchem Land", PT: "  emitido por que país"}},
		{"documents[].number", record.Text{EN: "  its number", DE: "  seine Nummer", PT: "  o número"}},
		{"documents[].expires", record.Text{EN: "  valid until", DE: "  gültig bis", PT: "  válido até"}},
	},
	{
		{"resume.work[].organisation", record.Text{EN: "Employer; empty for no more", DE: "Arbeitgeber; leer für keinen weiteren", PT: "Empregador; vazio se não houver mais"}},
		{"resume.work[].title", record.Text{EN: "  position", DE: "  Position", PT: "  função"}},
		{"resume.work[].start", record.Text{EN: "  from (2021-03)", DE: "  von (2021-03)", PT: "  de (2021-03)"}},
		{"resume.work[].end", record.Text{EN: "  until (empty: to this day)", DE: "  bis (leer: bis heute)", PT: "  até (vazio: até hoje)"}},
	},
	{
		{"references[].name", record.Text{EN: "Referee; empty for no more", DE: "Referenzperson; leer für keine weitere", PT: "Referência; vazio se não houver mais"}},
		{"references[].organisation", record.Text{EN: "  at which organisation", DE: "  bei welcher Organisation", PT: "  em que organização"}},
		{"references[].email", record.Text{EN: "  e-mail", DE: "  E-Mail", PT: "  e-mail"}},
		{"references[].phone", record.Text{EN: "  telephone", DE: "  Telefon", PT: "  telefone"}},
	},
	{{"submitted_by.name", record.Text{EN: "Agency that sent the application; empty for none", DE: "Agentur, die die Bewerbung schickte; leer für keine", PT: "Agência que enviou a candidatura; vazio se nenhuma"}}},
	{{"received_at", record.Text{EN: "Received on (empty: now)", DE: "Eingegangen am (leer: jetzt)", PT: "Recebida em (vazio: agora)"}}},
}

// mostOfAKind is how often a group is asked.
const mostOfAKind = 20

// Run asks, checks and writes one line.
func (c *NewCmd) Run(stdout io.Writer) error {
	a := &record.Application{ID: c.ID, Source: c.Source}
	typed := interview{in: bufio.NewReaderSize(os.Stdin, 64<<10), lang: c.Lang, person: term.IsTerminal(int(os.Stdin.Fd()))}
	if err := typed.fill(a); err != nil {
		return err
	}
	if a.ReceivedAt.IsZero() {
		a.ReceivedAt = time.Now().UTC().Truncate(time.Second)
	}
	line, err := finished(a)
	if err != nil {
		return err
	}
	if c.Output == "" {
		_, err = stdout.Write(line)
		return err
	}
	if err := appendLine(c.Output, line); err != nil {
		return &record.Error{Code: record.CodeUnavailable, Where: c.Output, Message: "cannot be written", Err: bare(err)}
	}
	fmt.Fprintf(os.Stderr, "%s is in %s\n", a.Name(), c.Output)
	return nil
}

// interview asks a person, or reads the answers from a file.
type interview struct {
	in     *bufio.Reader
	lang   record.Lang
	person bool // somebody sits there: prompt, and ask again
	line   int
	ended  bool
}

func (t *interview) fill(a *record.Application) error {
	for _, group := range form {
		for n := range mostOfAKind {
			more, err := t.group(a, group, n)
			if err != nil {
				return err
			}
			if !more || len(group) == 1 {
				break
			}
		}
	}
	if a.Person.Name == "" && len(a.Emails) == 0 && len(a.Phones) == 0 {
		return record.Invalid("person.name", "neither a name nor a contact was given")
	}
	return nil
}

// group asks the questions of a group for the nth time; more says whether its
// first was answered.
func (t *interview) group(a *record.Application, group []question, n int) (more bool, err error) {
	for i, q := range group {
		q.path = strings.ReplaceAll(q.path, "[]", fmt.Sprintf("[%d]", n))
		said, err := t.one(a, q)
		if err != nil {
			return false, err
		}
		if i == 0 && !said {
			return false, nil
		}
	}
	return true, nil
}

// one asks until the answer is understood or empty.
func (t *interview) one(a *record.Application, q question) (said bool, err error) {
	for {
		if t.person {
			fmt.Fprintf(os.Stderr, "%s: ", q.ask.In(t.lang))
		}
		text, err := t.read()
		if err != nil || text == "" {
			return false, err
		}
		err = intake.Put(a, q.path, text)
		if err == nil {
			if err = sound(a); err == nil {
				return true, nil
			}
		}
		if !t.person {
			var e *record.Error
			if errors.As(err, &e) {
				return false, record.Invalid(fmt.Sprintf("answer %d: %s", t.line, e.Where), e.Message)
			}
			return false, err
		}
		fmt.Fprintf(os.Stderr, "  %v\n", err)
	}
}

// maxAnswer bounds one line of input.
const maxAnswer = 32 << 10

func (t *interview) read() (string, error) {
	if t.ended {
		return "", nil
	}
	t.line++
	line, err := t.in.ReadSlice('\n')
	switch {
	case errors.Is(err, io.EOF):
		t.ended = true
	case err != nil && !errors.Is(err, bufio.ErrBufferFull):
		return "", &record.Error{Code: record.CodeUnavailable, Where: "standard input", Message: "cannot be read", Err: bare(err)}
	case len(line) > maxAnswer || err != nil:
		return "", record.Invalid(fmt.Sprintf("answer %d", t.line), "longer than an answer may be")
	}
	return strings.TrimSpace(string(line)), nil
}

// sound checks what the fields' own forms do not: addresses that are none, a
// tier that is none. What is refused is taken out again.
func sound(a *record.Application) error {
	for i, e := range a.Emails {
		if _, ok := match.Email(e); !ok {
			a.Emails = a.Emails[:i]
			return record.Invalid("emails", "not an e-mail address")
		}
	}
	for i := range a.References {
		if r := &a.References[i]; r.Email != "" {
			if _, ok := match.Email(r.Email); !ok {
				r.Email = ""
				return record.Invalid("references", "not an e-mail address")
			}
		}
	}
	switch a.Role.Tier {
	case "", record.TierT0, record.TierT1, record.TierT2, record.TierT3:
	default:
		a.Role.Tier = ""
		return record.Invalid("role.tier", "one of T0, T1, T2, T3")
	}
	if tz := a.Person.Timezone; tz != "" {
		if _, err := time.LoadLocation(tz); err != nil || tz == "Local" {
			a.Person.Timezone = ""
			return record.Invalid("person.timezone", "not a time zone; its name is like Europe/Lisbon")
		}
	}
	return nil
}

// finished is the line of an application, read once as any other input is.
func finished(a *record.Application) ([]byte, error) {
	if a.ID == "" {
		a.ID = "x"
		line, err := json.Marshal(a, json.Deterministic(true))
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(line)
		a.ID = hex.EncodeToString(sum[:6])
	}
	line, err := json.Marshal(a, json.Deterministic(true))
	if err != nil {
		return nil, err
	}
	r, err := intake.Open("new", bytes.NewReader(line), intake.Options{})
	if err != nil {
		return nil, err
	}
	it, err := r.Next()
	if err != nil {
		return nil, err
	}
	read, err := r.Decode(it.Raw, it)
	if err != nil {
		return nil, err
	}
	if line, err = json.Marshal(read, json.Deterministic(true)); err != nil {
		return nil, err
	}
	return append(line, '\n'), nil
}

// appendLine adds a line to a file, on a line of its own.
func appendLine(path string, line []byte) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Size() > 0 {
		last := make([]byte, 1)
		if _, err := f.ReadAt(last, info.Size()-1); err == nil && last[0] != '\n' {
			line = append([]byte{'\n'}, line...)
		}
	}
	if _, err := f.Write(line); err != nil {
		return err
	}
	return f.Close()
}
