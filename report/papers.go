package report

import (
	"bytes"
	"embed"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"bonafide/record"
)

// A Paper is a document of the law that a house needs beside the software: a
// notice, a record of processing, an assessment, an annex for the works council,
// a draft for an authority. It is data: one more paper is one file in papers/.
// The running configuration fills what it knows; the rest stays blank, marked,
// for a person to fill. Nothing is ever sent from here.
type Paper struct {
	ID      string      `yaml:"id"`
	Version int         `yaml:"version"`
	Group   string      `yaml:"group"` // notice, record, assessment, annex, draft
	Law     string      `yaml:"law"`
	Title   record.Text `yaml:"title"`
	Opening record.Text `yaml:"opening"`
	// Place is the country it is for; empty: every country.
	Place string      `yaml:"place"`
	Parts []PaperPart `yaml:"parts"`
}

// PaperPart is one section: words, a table of facts, blanks to fill.
type PaperPart struct {
	Title  record.Text   `yaml:"title"`
	Text   record.Text   `yaml:"text"`
	Table  string        `yaml:"table"` // a name of paperTables
	Blanks []record.Text `yaml:"blanks"`
	// Unverified: the source was read in part, or in somebody else's report of
	// it; the printed paper says so.
	Unverified bool   `yaml:"unverified"`
	Source     string `yaml:"source"`
}

//go:embed papers/*.yaml
var paperFiles embed.FS

// PaperGroups in the order in which they are shown.
var PaperGroups = []string{"notice", "record", "assessment", "annex", "draft"}

// Papers are all papers, by group and id.
func Papers() ([]Paper, error) {
	files, err := paperFiles.ReadDir("papers")
	if err != nil {
		return nil, err
	}
	var all []Paper
	for _, f := range files {
		b, err := paperFiles.ReadFile("papers/" + f.Name())
		if err != nil {
			return nil, err
		}
		p, err := ParsePaper(b)
		if err != nil {
			return nil, err
		}
		if p.ID+".yaml" != f.Name() {
			return nil, record.Invalid(f.Name(), "is not called as its id")
		}
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b Paper) int {
		if x := slices.Index(PaperGroups, a.Group) - slices.Index(PaperGroups, b.Group); x != 0 {
			return x
		}
		return strings.Compare(a.ID, b.ID)
	})
	return all, nil
}

// FindPaper is one paper by its id.
func FindPaper(id string) (Paper, error) {
	all, err := Papers()
	if err != nil {
		return Paper{}, err
	}
	for _, p := range all {
		if p.ID == id {
			return p, nil
		}
	}
	return Paper{}, &record.Error{Code: record.CodeNotFound, Where: "paper", Message: "there is none under this id; bonafide papers lists them"}
}

const longestPaper = 256 << 10

// ParsePaper reads a paper strictly.
func ParsePaper(b []byte) (p Paper, err error) {
	if len(b) > longestPaper {
		return p, record.Invalid("paper", "larger than 256 KiB")
	}
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	if err := d.Decode(&p); err != nil {
		return p, record.Invalid("paper", "is not a paper: "+strings.TrimPrefix(err.Error(), "yaml: "))
	}
	switch {
	case p.ID == "" || p.Version < 1 || p.Law == "" || len(p.Parts) == 0:
		return p, record.Invalid("paper", "needs an id, a version from 1, a law and parts")
	case !slices.Contains(PaperGroups, p.Group):
		return p, record.Invalid("paper", "group is one of "+strings.Join(PaperGroups, ", "))
	case !inAll(p.Title) || !inAll(p.Opening):
		return p, record.Invalid("paper", "title and opening stand in en, de and pt")
	}
	for _, part := range p.Parts {
		if !inAll(part.Title) || part.Text != (record.Text{}) && !inAll(part.Text) || slices.ContainsFunc(part.Blanks, func(t record.Text) bool { return !inAll(t) }) {
			return p, record.Invalid("paper", "every title, text and blank stands in en, de and pt")
		}
		if _, known := paperTables[part.Table]; part.Table != "" && !known {
			return p, record.Invalid("paper", "names a table that there is not")
		}
	}
	return p, nil
}

func inAll(t record.Text) bool { return t.EN != "" && t.DE != "" && t.PT != "" }

// PaperFacts is what the running configuration knows. Empty members are printed
// as unknown, never guessed.
type PaperFacts struct {
	House   string // the controller
	Country string
	Program string
	Day     record.Date

	Checks       []Check
	Lists        []record.ListUse
	Rules        string // the policy in force, as text
	RulesVersion int64
	Keep         []KeepTerm
	May          [][2]string // an act, and the roles that may do it
	Case         *PaperCase
}

// KeepTerm is how long a class of record is kept, and on whose word.
type KeepTerm struct {
	Class     string
	Days      int
	Basis     string
	Confirmed bool // by a lawyer of the country
}

// PaperCase is what a draft for an authority may say of a case. Drafts that must
// name nobody do not print Demand.
type PaperCase struct {
	ID     string
	Opened string // RFC 3339
	Known  string // when the house came to know, as a person recorded it
	Clocks []PaperClock
	Said   []PaperSaid // what people recorded in playbooks
	Demand []PaperSaid // sender, contacts, wallets of a demand
}

// PaperClock is one legal deadline.
type PaperClock struct{ What, Law, Due string }

// PaperSaid is one question and what a person wrote.
type PaperSaid struct{ Asked, Said string }

// PaperDoc is a paper filled, in one language.
type PaperDoc struct {
	ID, Title, Opening, Law, Head string
	Lang                          record.Lang
	Parts                         []PaperDocPart
}

// PaperDocPart is one section, ready to print.
type PaperDocPart struct {
	Title      string
	Paragraphs []string
	Head       []string
	Rows       [][]string
	Empty      string // said where a table has no rows
	Blanks     []string
	Unverified string
	Source     string
}

// Fill fills a paper.
func (p *Paper) Fill(f PaperFacts, l record.Lang) PaperDoc {
	d := PaperDoc{ID: p.ID, Title: p.Title.In(l), Opening: p.Opening.In(l), Law: p.Law, Lang: l}
	or := func(s string) string {
		if s == "" {
			return paperWord(l, "unknown")
		}
		return s
	}
	d.Head = strings.Join([]string{or(f.House), or(f.Country), string(f.Day), or(f.Program), paperWord(l, "version") + " " + itoa(p.Version)}, " · ")
	for _, part := range p.Parts {
		x := PaperDocPart{Title: part.Title.In(l), Source: part.Source}
		for _, s := range strings.Split(part.Text.In(l), "\n") {
			if s = strings.TrimSpace(s); s != "" {
				x.Paragraphs = append(x.Paragraphs, s)
			}
		}
		if part.Table != "" {
			x.Head, x.Rows = paperTables[part.Table](f, l)
			if len(x.Rows) == 0 {
				x.Empty = paperWord(l, "empty")
			}
		}
		for _, b := range part.Blanks {
			x.Blanks = append(x.Blanks, b.In(l))
		}
		if part.Unverified {
			x.Unverified = paperWord(l, "unverified")
		}
		d.Parts = append(d.Parts, x)
	}
	return d
}
