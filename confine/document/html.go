package document

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// HTML is a page, saved as a browser saves it.
const HTML Kind = "html"

// Page is what a saved page shows of its making. Nothing it names is fetched.
type Page struct {
	Address  string   `json:"address,omitempty"`  // its own, as it says
	Skeleton string   `json:"skeleton,omitempty"` // hash of the order of its elements and their classes
	Elements int      `json:"elements,omitempty"` // that went into the skeleton
	Assets   []string `json:"assets,omitempty"`   // hashes of pictures that stand in the page itself
	Theme    string   `json:"theme,omitempty"`    // template or generator it names
}

const (
	mostTokens   = 400_000
	leastShape   = 25  // elements: a page of fewer has no shape of its own
	leastPicture = 200 // bytes: a smaller one is an arrow or a dot
)

var htmlStart = regexp.MustCompile(`(?is)^(?:\s|<!--.*?-->)*(?:<!doctype html|<html|<head|<body)`)

func looksHTML(b []byte) bool {
	return htmlStart.Match(bytes.TrimPrefix(b[:min(len(b), 4096)], []byte("\xEF\xBB\xBF")))
}

// readHTML reads the text a visitor sees, what would act, and how it is made.
// Order and classes of elements stay when a name is exchanged; how often a list
// repeats does not count, so that a longer copy has the same shape.
func readHTML(b []byte) Result {
	r := accepted(HTML)
	p := pageReader{page: &Page{}, r: &r}
	z := html.NewTokenizer(bytes.NewReader(b))
	z.SetMaxBuf(1 << 20)
	for n := 0; ; n++ {
		t := z.Next()
		if t == html.ErrorToken || n > mostTokens {
			if n > mostTokens {
				r.flag(FlagPartial)
			}
			break
		}
		p.token(t, z)
	}
	r.Text = strings.TrimSpace(p.text.String())
	p.page.Elements = len(p.shape)
	if len(p.shape) >= leastShape {
		sum := sha256.Sum256([]byte(strings.Join(p.shape, "\n")))
		p.page.Skeleton = hex.EncodeToString(sum[:16])
	}
	r.Page, r.NoPixels = p.page, NoPagePixels
	return r
}

type pageReader struct {
	page  *Page
	r     *Result
	text  strings.Builder
	shape []string
	depth int
	quiet int // open elements whose text nobody sees
}

// silent elements hold no text of the page, voids never end, words run on
// through inline ones.
var (
	silent = []string{"script", "style", "noscript", "template", "svg", "title"}
	void   = []string{"br", "img", "meta", "link", "input", "hr", "source", "area", "base", "col", "embed", "wbr", "track"}
	inline = []string{"a", "b", "i", "em", "strong", "span", "code", "small", "abbr", "mark", "u", "img", "meta", "link"}
)

func (p *pageReader) token(t html.TokenType, z *html.Tokenizer) {
	switch t {
	case html.TextToken:
		words := strings.Fields(string(z.Text()))
		if p.quiet > 0 || len(words) == 0 || p.text.Len() > MaxText {
			return
		}
		if s := p.text.String(); s != "" && !strings.HasSuffix(s, "\n") {
			p.text.WriteByte(' ')
		}
		p.text.WriteString(strings.Join(words, " "))
	case html.CommentToken:
		p.comment(string(z.Text()))
	case html.StartTagToken, html.SelfClosingTagToken:
		tok := z.Token()
		p.element(&tok)
		if t == html.StartTagToken && !slices.Contains(void, tok.Data) {
			p.depth++
			if slices.Contains(silent, tok.Data) {
				p.quiet++
			}
		}
	case html.EndTagToken:
		name, _ := z.TagName()
		p.depth = max(0, p.depth-1)
		if slices.Contains(silent, string(name)) {
			p.quiet = max(0, p.quiet-1)
		}
		p.line(string(name))
	}
}

// line ends a line of text at the edge of a block.
func (p *pageReader) line(element string) {
	if s := p.text.String(); p.quiet == 0 && s != "" && !strings.HasSuffix(s, "\n") && !slices.Contains(inline, element) {
		p.text.WriteByte('\n')
	}
}

func (p *pageReader) element(t *html.Token) {
	p.line(t.Data)
	at := map[string]string{}
	for _, a := range t.Attr[:min(len(t.Attr), 64)] {
		at[a.Key] = a.Val
		if strings.HasPrefix(a.Key, "on") {
			p.r.act("javascript", "", "")
		}
	}
	switch t.Data {
	case "script":
		p.r.act("javascript", "", Clean(at["src"], MaxString, false))
		return
	case "iframe", "object", "embed":
		p.r.act("open-other-file", "", "")
	case "form":
		p.r.act("submit-form", "", Clean(at["action"], MaxString, false))
	case "a":
		if h := at["href"]; strings.HasPrefix(h, "http") || strings.HasPrefix(h, "mailto:") {
			p.r.link(Clean(h, MaxString, false))
		}
	case "meta":
		if name := strings.ToLower(at["name"]); name == "generator" || name == "template" || name == "theme" {
			p.named(at["content"])
		} else if at["property"] == "og:url" {
			p.address(at["content"])
		}
		return
	case "link":
		if strings.EqualFold(at["rel"], "canonical") {
			p.address(at["href"])
		}
		p.named(themeFolder(at["href"]))
	}
	for _, v := range []string{at["src"], at["href"], at["poster"]} {
		p.picture(v)
	}
	if t.Data == "link" || t.Data == "style" || len(p.shape) >= maxShape {
		return
	}
	words := strings.Fields(at["class"])
	slices.Sort(words)
	one := strconv.Itoa(p.depth) + " " + t.Data + " " + strings.Join(words, ".")
	// A list that repeats its items, in one step or in pairs, counts once.
	if n := len(p.shape); n > 0 && p.shape[n-1] == one || n > 1 && p.shape[n-2] == one {
		return
	}
	p.shape = append(p.shape, one)
}

// maxShape bounds what goes into the skeleton.
const maxShape = 5_000

// picture keeps the hash of a picture that stands in the page itself.
func (p *pageReader) picture(address string) {
	kind, data, found := strings.Cut(address, ";base64,")
	if !found || !strings.HasPrefix(kind, "data:image/") {
		return
	}
	b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(data), ""))
	if err == nil && len(b) >= leastPicture {
		sum := sha256.Sum256(b)
		p.page.Assets = addOnce(p.page.Assets, hex.EncodeToString(sum[:16]))
	}
}

func (p *pageReader) address(s string) {
	if p.page.Address == "" && strings.HasPrefix(s, "http") {
		p.page.Address = Clean(s, MaxString, false)
	}
}

func (p *pageReader) named(theme string) {
	if p.page.Theme == "" {
		p.page.Theme = Clean(strings.TrimSpace(theme), 100, false)
	}
}

var (
	savedFrom   = regexp.MustCompile(`^\s*saved from url=\(\d+\)(\S+)`)
	templateSay = regexp.MustCompile(`(?i)(?:template|theme)(?: name| by)?\s*:?\s+([\pL\d][\pL\d ._-]{1,60})`)
	themePath   = regexp.MustCompile(`/wp-content/themes/([\w-]{1,60})/`)
)

func themeFolder(address string) string {
	if m := themePath.FindStringSubmatch(address); m != nil {
		return m[1]
	}
	return ""
}

// comment: browsers note where a page was saved from, templates who made them.
func (p *pageReader) comment(s string) {
	s = s[:min(len(s), 2000)]
	if m := savedFrom.FindStringSubmatch(s); m != nil {
		p.address(m[1])
	} else if m := templateSay.FindStringSubmatch(s); m != nil {
		p.named(m[1])
	}
}
