package report

import (
	"bytes"
	"strings"
	"testing"

	"bonafide/record"
)

func paperExample() PaperFacts {
	return PaperFacts{
		House: "Muster & Söhne", Country: "DE", Program: "bonafide 1", Day: "2026-11-20",
		Checks:       []Check{{ID: "doc-image-only", Title: tx("one", "eins", "um"), Family: "IDENT", Strength: record.Weak, Reads: []string{"documents"}, Ask: tx("show it", "zeigen", "mostrar"), Version: 2}},
		Lists:        []record.ListUse{{List: "ofac-sdn", AsOf: "2026-11-19", Stale: true}},
		Rules:        "# words\nreview when conclusive\n",
		RulesVersion: 3,
		Keep:         []KeepTerm{{Class: "application", Days: 180, Basis: "AGG § 15(4)"}},
		May:          [][2]string{{"case.read", "reviewer, lead"}},
		Case: &PaperCase{ID: "c1", Opened: "2026-11-19T10:00:00Z", Clocks: []PaperClock{{"72 h", "Art. 33", "2026-11-22T10:00:00Z"}},
			Said: []PaperSaid{{"What happened?", "a <b>copy</b> | left ![x](http://x)"}}, Demand: []PaperSaid{{"wallet", "WALLET-OF-THE-DEMAND"}}},
	}
}

// TestPapers prints every paper in every language and both forms: no word is
// missing, nothing that a person wrote becomes markup.
func TestPapers(t *testing.T) {
	all, err := Papers()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"notice", "notice-sources", "processing", "ai-act", "dpia", "works", "hold-lifted", "report-de", "report-eu", "report-gb", "report-gb-sanctions", "report-pt", "report-us"}
	var got []string
	for _, p := range all {
		got = append(got, p.ID)
		for _, l := range record.Langs {
			d := p.Fill(paperExample(), l)
			var page, md bytes.Buffer
			if err := d.WriteHTML(&page); err != nil {
				t.Fatal(err)
			}
			if err := d.WriteMarkdown(&md); err != nil {
				t.Fatal(err)
			}
			for _, out := range []string{page.String(), md.String()} {
				if strings.Contains(out, "⟦") {
					t.Errorf("%s %s: a word is missing", p.ID, l)
				}
			}
			if strings.Contains(page.String(), "<b>copy") || strings.Contains(md.String(), "![x](") || strings.Contains(md.String(), "copy</b> | left") {
				t.Errorf("%s %s: what a person wrote became markup", p.ID, l)
			}
			// The names of whoever wrote stand only where an authority asks for them.
			if has := strings.Contains(page.String(), "WALLET-OF"); has != (p.ID == "report-us" || p.ID == "report-gb-sanctions") {
				t.Errorf("%s: tells the sender of a demand: %v", p.ID, has)
			}
			if (p.Group == "draft" && p.Place != "") != strings.Contains(page.String(), "2026-11-22T10:00:00Z") {
				t.Errorf("%s: its clocks", p.ID)
			}
		}
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("papers: %v", got)
	}
}

// TestPapersSayWhatIsUnknown: an empty configuration is printed as unknown.
func TestPapersSayWhatIsUnknown(t *testing.T) {
	p, err := FindPaper("processing")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := p.Fill(PaperFacts{}, record.EN).WriteMarkdown(&b); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "Nothing is known here yet"); n != 4 || !strings.Contains(b.String(), "unknown · unknown") {
		t.Errorf("%d parts say so\n%s", n, b.String()[:300])
	}
	if _, err := FindPaper("none"); record.CodeOf(err) != record.CodeNotFound {
		t.Error(err)
	}
	wide, err := FindPaper("works")
	if err != nil {
		t.Fatal(err)
	}
	b.Reset()
	if err := wide.Fill(PaperFacts{}, record.DE).WriteMarkdown(&b); err != nil || !strings.Contains(b.String(), "Nicht bestätigt") {
		t.Error("a part whose source was read in part does not say so")
	}
}

func FuzzParsePaper(f *testing.F) {
	files, _ := paperFiles.ReadDir("papers")
	for _, x := range files {
		b, _ := paperFiles.ReadFile("papers/" + x.Name())
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := ParsePaper(b)
		if err != nil {
			return
		}
		if err := p.Fill(paperExample(), record.PT).WriteHTML(&bytes.Buffer{}); err != nil {
			t.Error(err)
		}
	})
}
