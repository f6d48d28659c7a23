package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/index"
	"bonafide/record"
)

// WhoCmd is `bonafide who`.
type WhoCmd struct {
	Asked string `arg:"" name:"asked" help:"A record (SOURCE/ID), a file with one application (also an archive, a PDF, a DOCX), a picture, or a value: mail address, phone, account, wallet, device, network address, document. - reads it from standard input, so that it stands in no history."`
	Index string `required:"" placeholder:"DIR" type:"existingdir" env:"BONAFIDE_INDEX" help:"The index, as bonafide index build makes it."`
	As    string `enum:"auto,record,application,email,phone,payout,wallet,device,network,document,tax-id,handle,address,photo,file" default:"auto" help:"What is asked about; auto sees by its shape."`
	Limit int    `default:"20" help:"Links shown."`

	Format string `short:"f" enum:"text,json" default:"text" help:"text or json."`
	indexKey
}

// Help is printed below the flags.
func (WhoCmd) Help() string {
	return `Examples:

  bonafide who --index people.index --key link.key form/48213
  bonafide who --index people.index --key link.key application.json
  echo ana@example.com | bonafide who --index people.index --key link.key -
  bonafide who --index people.index --key link.key --as document PRT:AB123456
  bonafide who --index people.index --key link.key --as address "Rua das Flores 12; 4050-262; Porto; PT"

For an application: the records that share something with it under another identity, the
strongest first, each with its reasons: what is shared, by how many, and what that adds or
why it does not count. Bits are about the pair, never about a person. For a value: who holds
it, or that it is too common to link anybody. A picture is known again smaller, mirrored,
framed or cut, never by who is on it; --as photo takes its hash too. A document is ISSUER:NUMBER, a tax number
COUNTRY:NUMBER, a handle SERVICE:NAME, an address LINES; POSTCODE; CITY; COUNTRY.`
}

// Run answers.
func (c *WhoCmd) Run(stdout io.Writer) error {
	k, err := c.keyer()
	if err != nil {
		return err
	}
	x, err := openIndex(c.Index, k, true)
	if err != nil {
		return err
	}
	defer x.Close()
	q, err := c.question(x, k)
	if err != nil {
		return err
	}
	a, err := x.Who(&q.profile)
	if err != nil {
		return err
	}
	var together []string
	whole := true
	if q.of == aPerson {
		if together, whole, err = x.Question(&q.profile); err != nil {
			return err
		}
	}
	if c.Format == "json" {
		return c.json(stdout, x, q, a, together)
	}
	c.text(stdout, q, a, together, whole)
	if q.of == aPerson {
		fmt.Fprintf(stdout, "\n(%s)\n", weighedBy(x))
	}
	return nil
}

// linkedJSON is one link as JSON.
type linkedJSON struct {
	Record   string        `json:"record"`
	Received string        `json:"received,omitempty"`
	Held     string        `json:"first,omitempty"` // which of the two gave first what anybody can type: this, other
	Joins    bool          `json:"joins"`           // enough for one operator question
	Look     bool          `json:"worth_a_look"`
	Prior    float64       `json:"prior"`
	Steps    []record.Step `json:"steps"`
	Total    float64       `json:"total"`
}

// learnedJSON is by what operator questions are told.
type learnedJSON struct {
	On        string `json:"on,omitempty"`
	Records   int    `json:"records"`
	Questions int    `json:"questions"`
}

func (c *WhoCmd) json(w io.Writer, x *index.Index, q whoAsked, a index.Answer, together []string) error {
	out := struct {
		Asked    string         `json:"asked"`
		Records  int            `json:"records"`
		Known    bool           `json:"known"`
		Links    []linkedJSON   `json:"links"`
		Same     []string       `json:"same_identity,omitempty"`
		Together []string       `json:"together,omitempty"`
		Learned  *learnedJSON   `json:"learned,omitempty"` // what together goes by; without it pairs were followed
		Common   []index.Common `json:"too_common,omitempty"`
		Phrases  int            `json:"phrases_too_common,omitempty"`
		More     int            `json:"not_weighed,omitempty"`
	}{Asked: q.what, Records: a.Records, Known: a.Known, Same: a.Same, Together: together, Common: a.Common, Phrases: a.Phrases, More: a.More}
	if l, there := x.Learned(); there {
		out.Learned = &learnedJSON{dayOf(l.At), l.Records, l.Questions}
	}
	for i, l := range a.Links {
		if i == c.Limit {
			out.More += len(a.Links) - i
			break
		}
		out.Links = append(out.Links, linkedJSON{l.With, dayOf(l.At), firstOf(l.First), l.Joins, l.Own, l.Prior, l.Steps, l.Total})
	}
	b, err := json.Marshal(out, jsontext.WithIndent("  "))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", b)
	return err
}

func firstOf(first int) string {
	switch {
	case first < 0:
		return "this"
	case first > 0:
		return "other"
	}
	return ""
}

func dayOf(at int64) string {
	if t := time.Unix(at, 0).UTC(); t.Year() > 1900 {
		return t.Format(time.DateOnly)
	}
	return ""
}

func (c *WhoCmd) text(out io.Writer, q whoAsked, a index.Answer, together []string, whole bool) {
	fmt.Fprintf(out, "%s, among %s\n", q.what, counted(a.Records, "record"))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for i, l := range a.Links {
		if i == c.Limit {
			fmt.Fprintf(w, "\n%d more; --limit shows them\n", len(a.Links)-i)
			break
		}
		day := dayOf(l.At)
		if day != "" {
			day = ", received " + day
		}
		if q.of == aValue {
			var kinds []string
			for _, s := range l.Steps {
				kind := s.Kind.String()
				if s.Part {
					kind += " (a part of the picture)"
				}
				kinds = append(kinds, kind)
			}
			fmt.Fprintf(w, "\n%s%s: %s\n", l.With, day, strings.Join(kinds, ", "))
			continue
		}
		fmt.Fprintf(w, "\n%s%s\n", l.With, day)
		for _, s := range l.Steps {
			shared := ""
			if s.Shared > 1 {
				shared = fmt.Sprintf(", %d shared", s.Shared)
			}
			if s.Part {
				shared = ", a part of the picture"
			}
			switch {
			case s.Excuse != record.NoExcuse:
				fmt.Fprintf(w, "  %s\theld by %d%s\tnot counted: %s\n", s.Kind, s.Holders, shared, s.Excuse)
			case s.Kept < s.Bits-0.05:
				fmt.Fprintf(w, "  %s\theld by %d%s\t%+.1f bits, %.1f without what its family told already\n", s.Kind, s.Holders, shared, s.Kept, s.Bits)
			default:
				fmt.Fprintf(w, "  %s\theld by %d%s\t%+.1f bits\n", s.Kind, s.Holders, shared, s.Kept)
			}
		}
		fmt.Fprintf(w, "  two records of one operator are rare\t\t%+.1f bits\n  together\t\t%+.1f bits: %s\n", l.Prior, l.Total, verdict(&l))
	}
	w.Flush()
	for _, co := range a.Common {
		least := ""
		if co.AtLeast {
			least = " or more"
		}
		fmt.Fprintf(out, "\n%s: held by %d%s records, too common to link anybody\n", co.Kind, co.Holders, least)
	}
	if a.Phrases > 0 {
		fmt.Fprintf(out, "\n%s that very many have, too common to link anybody\n", counted(a.Phrases, "sentence"))
	}
	if len(a.Same) > 0 {
		fmt.Fprintf(out, "\nThe same identity, a merge question: %s\n", strings.Join(a.Same, ", "))
	}
	switch {
	case !whole:
		fmt.Fprintln(out, "\nOne operator question of very many records: look at the values they share first")
	case len(together) > 0:
		fmt.Fprintf(out, "\nTogether one operator question: %s\n", strings.Join(together, ", "))
	}
	if a.More > 0 {
		fmt.Fprintf(out, "\n%s share something more common and were not weighed\n", counted(a.More, "further record"))
	}
	if len(a.Links)+len(a.Same)+len(a.Common) == 0 {
		fmt.Fprintln(out, "\nnobody else shares anything that is kept")
	}
}

// verdict says in words where a pair stands.
func verdict(l *index.Linked) string {
	switch {
	case l.Joins:
		return "one operator question"
	case l.Own && l.First < 0:
		return "to be looked at, at the other record: this one named first what anybody can type"
	case l.Own:
		return "to be looked at"
	}
	return "not enough by itself"
}

// recordName takes SOURCE/ID apart; an id may hold further strokes.
func recordName(s string) (source, id string, ok bool) {
	source, id, ok = strings.Cut(s, "/")
	return source, id, ok && source != "" && id != ""
}

// standardInput reads what is asked about when it is not on the command line.
func standardInput() (string, error) {
	const most = 17 << 20
	b, err := io.ReadAll(io.LimitReader(os.Stdin, most))
	if err != nil {
		return "", &record.Error{Code: record.CodeUnavailable, Where: "standard input", Message: "cannot be read", Err: bare(err)}
	}
	if len(b) == most {
		return "", record.Invalid("standard input", "is longer than one application may be")
	}
	return strings.TrimSpace(string(b)), nil
}
