package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"

	"bonafide/record"
)

func pages(t *testing.T) map[string]string {
	out := map[string]string{}
	for _, l := range record.Langs {
		out[string(l)] = mustFace(t, "html", Options{Lang: l}, invented(), inventedRun())
	}
	out["crowded"] = mustFace(t, "html", Options{}, crowded(40), inventedRun())
	out["empty"] = mustFace(t, "html", Options{}, nil, Run{})
	return out
}

// TestPageIsSealed: the policy names the hash of the style that is there, and
// nothing on the page could run, style by attribute or ask a network.
func TestPageIsSealed(t *testing.T) {
	for name, page := range pages(t) {
		style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(page)
		if style == nil {
			t.Fatalf("%s: no style", name)
		}
		sum := sha256.Sum256([]byte(style[1]))
		want := `content="default-src 'none'; style-src 'sha256-` + base64.StdEncoding.EncodeToString(sum[:]) + `'; base-uri 'none'; form-action 'none'"`
		if !strings.Contains(page, want) {
			t.Errorf("%s: the policy does not name this style's hash", name)
		}
		body := strings.Replace(page, style[1], "", 1)
		for _, never := range []string{"<script", " style=", "javascript:", " onclick", " onload", "<img", "<link", "<iframe", "<form", "@import", "url("} {
			if strings.Contains(body, never) {
				t.Errorf("%s: holds %q", name, never)
			}
		}
		for _, m := range regexp.MustCompile(`(?:href|src|action)="([^"]*)"`).FindAllStringSubmatch(body, -1) {
			if !strings.HasPrefix(m[1], "#") {
				t.Errorf("%s: leads out of the page: %q", name, m[1])
			}
		}
		if regexp.MustCompile(`url\(|@import`).MatchString(style[1]) {
			t.Errorf("%s: the style asks for a file", name)
		}
	}
}

// TestPageHangsTogether: every anchor exists, once; every phrase was found.
func TestPageHangsTogether(t *testing.T) {
	for name, page := range pages(t) {
		ids := map[string]int{}
		for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(page, -1) {
			if ids[m[1]]++; ids[m[1]] > 1 {
				t.Errorf("%s: two things are called %q", name, m[1])
			}
		}
		for _, m := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
			if ids[m[1]] == 0 {
				t.Errorf("%s: leads to %q, which is not there", name, m[1])
			}
		}
		for _, never := range []string{"⟦", "%!", "%s", "%d", "ZgotmplZ", "<no value>"} {
			if strings.Contains(page, never) {
				t.Errorf("%s: holds %q", name, never)
			}
		}
	}
}

// TestPageNamesAreHarmless: markup, control and direction characters of
// outside strings arrive as text or not at all.
func TestPageNamesAreHarmless(t *testing.T) {
	hostile := `"><script>alert(1)</script><b onload='x'>&amp;` + "\u202e\u2066\x00\x1b[31m</style>"
	rs := invented()
	for _, r := range rs {
		r.Person, r.Role, r.Tier, r.Record = hostile, hostile, hostile, hostile+r.Record
		r.Because = append(r.Because, hostile)
		for i := range r.Findings {
			f := &r.Findings[i]
			f.Check, f.Text, f.Lowered, f.Ask = hostile, tx(hostile, "", ""), tx(hostile, "", ""), tx(hostile, "", "")
			f.Innocent, f.Clears = []record.Text{tx(hostile, "", "")}, []record.Text{tx(hostile, "", "")}
			f.Evidence = []record.Evidence{{Field: hostile, ComparedWith: hostile, List: hostile, AsOf: record.Date(hostile)}}
			f.Family = record.Family(hostile)
		}
		for i := range r.Chain {
			r.Chain[i].Method = hostile
		}
		r.Clear = []string{hostile}
		r.Assurances = []record.Assurance{{ID: hostile, Link: record.ChainLink(hostile), Method: hostile, Clears: []string{hostile}}}
	}
	run := inventedRun()
	run.Files, run.Policy, run.Version, run.Problems, run.MissingLists = []string{hostile}, hostile, hostile, []string{hostile}, []string{hostile}
	run.Lists = []record.ListUse{{List: hostile}}
	text := mustFace(t, "text", Options{}, rs, run)
	for _, r := range rs {
		var b bytes.Buffer
		if err := Case(&b, r, Options{}); err != nil {
			t.Fatal(err)
		}
		text += b.String()
	}
	if strings.ContainsAny(text, "\u202e\u2066\x00\x1b") {
		t.Error("a control character of an outside string came through to the terminal")
	}
	page := mustFace(t, "html", Options{}, rs, run)
	if strings.Contains(page, "<script") || strings.Contains(page, "<b onload") || strings.Count(page, "</style>") != 1 {
		t.Error("markup of an outside string came through")
	}
	if strings.ContainsAny(page, "\u202e\u2066\x00\x1b") {
		t.Error("a control character of an outside string came through")
	}
	if !strings.Contains(html.UnescapeString(page), `<script>alert(1)</script>`) {
		t.Error("the name is not shown as it was given")
	}
}

// TestColoursStandInTokens: the parts use names, never colours.
func TestColoursStandInTokens(t *testing.T) {
	css, err := os.ReadFile("page/page.css")
	if err != nil {
		t.Fatal(err)
	}
	bare := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(string(css), "")
	if m := regexp.MustCompile(`(?i)#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(|:\s*(?:red|green|black|white|gray|grey)\b`).FindString(bare); m != "" {
		t.Errorf("page.css holds the colour %q", m)
	}
	tokens, err := os.ReadFile("page/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`var\((--[a-z0-9-]+)\)`).FindAllStringSubmatch(bare, -1) {
		if !strings.Contains(string(tokens), m[1]+":") {
			t.Errorf("page.css uses %s, which tokens.css does not know", m[1])
		}
	}
}
