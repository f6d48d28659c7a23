package checks

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bonafide/record"
)

// maxLines is how long the file of one check may be.
const maxLines = 160

var stages = []string{"sourcing", "application", "interview", "reference", "offer", "onboarding", "employment", "payment", "offboarding", "extortion"}

var families = []record.Family{record.Ident, record.Contact, record.Net, record.CV, record.Ref, record.InterviewSeen, record.Pay, record.Endpoint, record.Insider, record.Extort, FamilyOfValue}

func fileOf(id string) string { return strings.ReplaceAll(id, "-", "_") }

// TestMetadata: every check says everything, in every language.
func TestMetadata(t *testing.T) {
	if _, err := NewRunner(Catalogue()); err != nil {
		t.Fatal(err)
	}
	last := ""
	for _, c := range Catalogue() {
		t.Run(c.ID, func(t *testing.T) {
			if c.ID <= last {
				t.Errorf("stands after %s: the catalogue is alphabetical", last)
			}
			last = c.ID
			if c.run == nil || c.Version < 1 || !c.Since.Valid() {
				t.Error("has no run, no version or no day from which it is in force")
			}
			if c.Strength < record.Weak || c.Strength > record.Conclusive {
				t.Error("has no strength")
			}
			if !slices.Contains(families, c.Family) {
				t.Errorf("family %q is not one of the set", c.Family)
			}
			for _, list := range [][]string{c.Stage, c.Reads, c.Sources, c.LegalBasis} {
				if len(list) == 0 {
					t.Error("stage, reads, sources or legal basis is empty")
				}
			}
			for _, s := range c.Stage {
				if !slices.Contains(stages, s) {
					t.Errorf("stage %q is not one of the set", s)
				}
			}
			texts := append([]record.Text{c.Title, c.Text, c.Ask}, append(c.FalsePositives, c.Clears...)...)
			if len(c.FalsePositives) == 0 || len(c.Clears) == 0 {
				t.Error("does not say who is wrongly hit, or what clears a hit")
			}
			for _, text := range texts {
				if text.EN == "" || text.DE == "" || text.PT == "" {
					t.Errorf("a text lacks a language: %q", text.EN)
				}
			}
			src, err := os.ReadFile(fileOf(c.ID) + ".go")
			if err != nil {
				t.Fatal("the file is not named after the check")
			}
			if n := strings.Count(string(src), "\n"); n > maxLines {
				t.Errorf("its file has %d lines, more than %d", n, maxLines)
			}
		})
	}
}

// TestArchives: no archive of cases without its check.
func TestArchives(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives")
	}
	for _, a := range archives {
		if Find(strings.ReplaceAll(strings.TrimSuffix(filepath.Base(a), ".txtar"), "_", "-")) == nil {
			t.Errorf("%s belongs to no check", a)
		}
	}
}

// TestSources: every key a check names is explained in docs, and nothing is
// explained that no check names.
func TestSources(t *testing.T) {
	used := map[string]map[string]bool{"sources": {}, "law": {}}
	for _, c := range Catalogue() {
		for _, k := range c.Sources {
			used["sources"][k] = true
		}
		for _, k := range c.LegalBasis {
			used["law"][k] = true
		}
	}
	known := map[string]map[string]bool{"sources": {}, "law": {}}
	for i, line := range strings.Split(strings.TrimSpace(readDoc(t, "sources.tsv")), "\n") {
		row := strings.Split(line, "\t")
		if len(row) != 5 || slices.Contains(row, "") {
			t.Errorf("sources.tsv:%d: five columns, none empty: key, title, publisher, date, url", i+1)
			continue
		}
		if i == 0 {
			continue
		}
		if known["sources"][row[0]] {
			t.Errorf("sources.tsv:%d: %s stands there twice", i+1, row[0])
		}
		if !strings.HasPrefix(row[4], "https://") {
			t.Errorf("sources.tsv:%d: the address does not begin with https://", i+1)
		}
		known["sources"][row[0]] = true
	}
	for _, line := range strings.Split(readDoc(t, "law.md"), "\n") {
		if key, ok := strings.CutPrefix(line, "## "); ok {
			known["law"][key] = true
		}
	}
	for room := range used {
		for k := range used[room] {
			if !known[room][k] {
				t.Errorf("%s: key %s is used by a check and not explained", room, k)
			}
		}
		for k := range known[room] {
			if !used[room][k] {
				t.Errorf("%s: key %s is explained and used by no check", room, k)
			}
		}
	}
}

func readDoc(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// rejectedFields carry what the catalogue rejects as a signal: no check may
// name them in Reads, even where the runner knows no such path.
var rejectedFields = regexp.MustCompile(`nationality|language|locale|keyboard|user_agent|institution|degree|gender|sex|race|religion|accent`)

// rejectedWords may stand in no text a person can read.
var rejectedWords = regexp.MustCompile(`(?i)\b(accents?|akzent|sotaque|ethni\w*|étni\w*|nationalit\w*|nationalität\w*|staatsangehörig\w*|nacionalidade\w*|` +
	`suspicious\w*|suspect\w*|verdächtig\w*|verdacht\w*|suspeit\w*|fraud\w*|betrug\w*|betrüg\w*|fraude\w*|burla\w*|` +
	`north korea\w*|nordkorea\w*|coreia do norte|norte-corean\w*|dprk|` +
	`scor(e|es|ed|ing)|punktzahl|pontuação|rank(s|ed|ing)?|rangliste|liars?|lügner\w*|mentiros\w*|fakes?|criminals?|kriminell\w*|criminos\w*)\b`)

func TestRejectedSignals(t *testing.T) {
	for _, c := range Catalogue() {
		for _, r := range c.Reads {
			if rejectedFields.MatchString(r) {
				t.Errorf("%s reads %q, which the catalogue rejects", c.ID, r)
			}
		}
	}
	eachText(t, func(file string, line int, text [3]string) {
		for _, s := range text {
			if w := rejectedWords.FindString(s); w != "" {
				t.Errorf("%s:%d: the word %q may not stand in a text", file, line, w)
			}
		}
	})
}

var (
	verb     = regexp.MustCompile(`%[a-z]`)
	template = regexp.MustCompile(`TODO|FIXME|XXXX|SAY HERE|HIER STEHT|DIGA AQUI`)
)

// TestTexts: the three languages of a text take the same values in the same
// order, and nothing of the template is left.
func TestTexts(t *testing.T) {
	n := 0
	eachText(t, func(file string, line int, text [3]string) {
		n++
		en := verb.FindAllString(text[0], -1)
		for _, s := range text {
			if s == "" {
				t.Errorf("%s:%d: a language is missing", file, line)
			}
			if !slices.Equal(verb.FindAllString(s, -1), en) {
				t.Errorf("%s:%d: the languages do not take the same values", file, line)
			}
			if template.MatchString(s) {
				t.Errorf("%s:%d: text of the template is left", file, line)
			}
		}
	})
	if n < 100 {
		t.Errorf("only %d texts found", n)
	}
	for _, c := range Catalogue() {
		for _, name := range []string{fileOf(c.ID) + ".go", filepath.Join("testdata", fileOf(c.ID)+".txtar")} {
			if b, err := os.ReadFile(name); err == nil && template.Match(b) {
				t.Errorf("%s: text of the template is left", name)
			}
		}
	}
}

// eachText finds every literal with the members EN, DE and PT in this package.
func eachText(t *testing.T, yield func(file string, line int, text [3]string)) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			var text [3]string
			found := false
			for _, e := range lit.Elts {
				kv, ok := e.(*ast.KeyValueExpr)
				if !ok {
					return true
				}
				key, isName := kv.Key.(*ast.Ident)
				value, isLit := kv.Value.(*ast.BasicLit)
				if !isName || !isLit {
					return true
				}
				if at := slices.Index([]string{"EN", "DE", "PT"}, key.Name); at >= 0 {
					text[at], _ = strconv.Unquote(value.Value)
					found = true
				}
			}
			if found {
				yield(name, set.Position(lit.Pos()).Line, text)
			}
			return true
		})
	}
}
