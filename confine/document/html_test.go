package document

import (
	"encoding/base64"
	"strings"
	"testing"
)

// madePage is a portfolio page of somebody, with so many projects.
func madePage(name string, projects int, logo string) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<!-- saved from url=(0027)https://portfolio.example/ -->\n<html><head><title>" + name + "</title><style>p{}</style></head><body class=\"dark wide\">")
	for _, s := range []string{"top", "about", "skills", "work", "talks", "press", "contact", "foot"} {
		b.WriteString(`<section class="` + s + `"><h2 class="x-` + s + `">` + s + `</h2><div><p class="lead">I am ` + name + ` &amp; friends.</p></div></section>`)
	}
	b.WriteString(`<ul class="projects">` + strings.Repeat(`<li class="card"><a href="https://example.org/p">One project</a></li>`, projects) + `</ul>`)
	b.WriteString(`<img src="data:image/png;base64,` + base64.StdEncoding.EncodeToString([]byte(strings.Repeat(logo, leastPicture))) + `"><script>alert(1)</script></body></html>`)
	return b.String()
}

// TestPage: another name and more projects leave the shape, another order does not.
func TestPage(t *testing.T) {
	read := func(text string) *Result {
		r, _ := Read([]byte(text), "html")
		r.Tidy()
		if r.Verdict != Accepted || !r.Sound() || r.Page == nil {
			t.Fatalf("%+v", r)
		}
		return &r
	}
	mira, igor := read(madePage("Mira", 3, "a")), read(madePage("Igor", 9, "a"))
	if mira.Page.Skeleton == "" || mira.Page.Skeleton != igor.Page.Skeleton || len(mira.Page.Assets) != 1 || mira.Page.Assets[0] != igor.Page.Assets[0] {
		t.Errorf("a copy has another shape: %+v %+v", mira.Page, igor.Page)
	}
	if mira.Page.Address != "https://portfolio.example/" || !strings.Contains(mira.Text, "I am Mira & friends.") || strings.Contains(mira.Text, "alert") {
		t.Errorf("%+v %q", mira.Page, mira.Text)
	}
	if len(mira.Active) == 0 || mira.Active[0].Kind != "javascript" {
		t.Errorf("what would act is not listed: %+v", mira.Active)
	}
	other := read(strings.Replace(madePage("Mira", 3, "b"), `<section class="about">`, `<main class="about">`, 1))
	if other.Page.Skeleton == mira.Page.Skeleton || other.Page.Assets[0] == mira.Page.Assets[0] {
		t.Error("another page has the same shape")
	}
	for in, theme := range map[string]string{
		`<meta name="generator" content="Hugo 0.120">`:                      "Hugo 0.120",
		`<link rel="stylesheet" href="/wp-content/themes/astra/style.css">`: "astra",
		`<!-- Template Name: iPortfolio -->`:                                "iPortfolio",
	} {
		if got := read("<html><head>" + in + "</head><body>x</body></html>").Page; got.Theme != theme || got.Skeleton != "" {
			t.Errorf("%s: %+v", in, got)
		}
	}
	if r, _ := Read([]byte("plain"), "html"); r.Verdict != Refused {
		t.Error("text is taken for a page")
	}
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte(madePage("Mira", 2, "a")))
	f.Add([]byte("<html><svg><title>"))
	f.Fuzz(func(t *testing.T, b []byte) { fuzzed(t, append([]byte("<html>"), b...), "html") })
}
