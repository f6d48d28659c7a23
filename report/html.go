package report

import (
	"bufio"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html"
	"html/template"
	"io"
	"slices"
	"strings"

	"bonafide/record"
)

//go:embed page
var pageFiles embed.FS

// page is the face for people: one file that asks no network for anything.
type page struct {
	w    io.Writer
	o    Options
	kept *kept
}

func newPage(w io.Writer, o Options) *page {
	return &page{w: w, o: o, kept: newKept(o.HTMLCaseMax, o.HTMLRoutineMax)}
}

func (p *page) Result(r *record.Result) error { p.kept.add(r); return nil }

// Close writes the page. The head is written by hand because the policy that
// keeps the page from the network names the hash of exactly this style, some
// of whose rules depend on what there is to filter.
func (p *page) Close(run Run) error {
	v := p.view(run)
	style, err := styleOf(v)
	if err != nil {
		return err
	}
	t, err := template.New("page").Funcs(template.FuncMap{
		"say": func(key string, args ...any) string { return say(p.o.Lang, key, args...) },
	}).ParseFS(pageFiles, "page/*.tmpl")
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(style))
	out := bufio.NewWriterSize(p.w, 64<<10)
	fmt.Fprintf(out, `<!doctype html>
<html lang="%s">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>%s · bonafide</title>
<style>%s</style>
</head>
<body>
`, p.o.Lang, base64.StdEncoding.EncodeToString(sum[:]), html.EscapeString(v.Title), style)
	if err := t.ExecuteTemplate(out, "body", v); err != nil {
		return err
	}
	fmt.Fprint(out, "</body>\n</html>\n")
	return out.Flush()
}

// styleOf is all rules of the page. None holds a word from outside.
func styleOf(v *pageView) (string, error) {
	var b strings.Builder
	for _, name := range []string{"page/tokens.css", "page/page.css"} {
		css, err := pageFiles.ReadFile(name)
		if err != nil {
			return "", err
		}
		b.WriteByte('\n')
		b.Write(css)
	}
	b.WriteString(filterRules(v))
	return b.String(), nil
}

// filterRules let the radio buttons above the cases choose without a script:
// what is not chosen is not shown, and a choice that fits no case says so. A
// browser without :has shows everything.
func filterRules(v *pageView) string {
	var b strings.Builder
	hide := func(group, id, class string) {
		fmt.Fprintf(&b, ".cases-list:has(#%s-%s:checked) .case:not(.%s) { display: none; }\n", group, id, class)
	}
	for _, c := range v.Only[min(1, len(v.Only)):] {
		hide("only", c.ID, c.Class)
	}
	for _, f := range v.Families[min(1, len(v.Families)):] {
		hide("family", f.ID, f.Class)
		for _, c := range v.Only {
			both := "." + f.Class
			if c.Class != "" {
				both = "." + c.Class + both
			}
			fmt.Fprintf(&b, ".cases-list:has(#only-%s:checked):has(#family-%s:checked):not(:has(.case%s)) .none { display: block; }\n", c.ID, f.ID, both)
		}
	}
	return b.String()
}

// choice is one radio button; Class is that of the cases it shows, "" for all.
type choice struct {
	ID, Class, Name string
	On              bool
}

// drawnQuestions bounds the pictures on a page; chosenQuestions the buttons.
const (
	drawnQuestions  = 500
	chosenQuestions = 6
)

func (p *page) choices(cases []*record.Result, number map[string]int) (only, family []choice) {
	l, k := p.o.Lang, p.kept
	only = []choice{{ID: "all", Name: say(l, "all", figures(l, len(cases))), On: true}}
	count := func(has func(*record.Result) bool) int {
		n := 0
		for _, r := range cases {
			if has(r) {
				n++
			}
		}
		return n
	}
	for _, a := range record.Assessments[:2] {
		if n := count(func(r *record.Result) bool { return r.Assessment == a }); n > 0 && n < len(cases) {
			only = append(only, choice{ID: string(a), Class: string(a), Name: strings.ToLower(assessmentSaid[a].In(l)) + ", " + figures(l, n)})
		}
	}
	if l == record.DE { // nouns keep their capital
		for i := range only[1:] {
			only[i+1].Name = capital(only[i+1].Name)
		}
	}
	if n := count(func(r *record.Result) bool { return r.Cluster != "" }); n > 0 {
		only = append(only, choice{ID: "asked", Class: "asked", Name: say(l, "filter one", figures(l, n))})
	}
	if len(k.clusters) <= chosenQuestions && len(k.clusters) > 1 {
		for i := 1; i <= len(k.clusters); i++ {
			if slices.ContainsFunc(cases, func(r *record.Result) bool { return r.Cluster != "" && number[r.Cluster] == i }) {
				id := fmt.Sprintf("q-%d", i)
				only = append(only, choice{ID: id, Class: id, Name: say(l, "question", i)})
			}
		}
	}
	for _, f := range families {
		if count(func(r *record.Result) bool { return slices.Contains(familiesOf(r), f) }) > 0 {
			family = append(family, choice{ID: string(f), Class: "f-" + string(f), Name: familySaid[f].In(l)})
		}
	}
	if len(family) < 2 {
		return only, nil
	}
	return only, append([]choice{{ID: "every", Name: say(l, "every"), On: true}}, family...)
}

// familiesOf is the families of the findings of a case that count.
func familiesOf(r *record.Result) []record.Family {
	var out []record.Family
	for i := range r.Findings {
		f := &r.Findings[i]
		if weight(f) >= int(record.Supporting) && !slices.Contains(out, f.Family) && slices.Contains(families[:], f.Family) {
			out = append(out, f.Family)
		}
	}
	return out
}
