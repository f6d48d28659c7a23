package document

import (
	"bytes"
	"encoding/xml"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// readDOCX reads a document of Office Open XML (ECMA-376): text in reading
// order, what is hidden by formatting, fields and parts that act, metadata.
func readDOCX(a *archive) Result {
	r := accepted(DOCX)
	main := a.mainPart()
	if main == "" {
		main = "word/document.xml"
	}
	styles := readStyles(a.part(path.Join(path.Dir(main), "styles.xml")))
	body := &docxText{r: &r, styles: styles}
	data := a.part(main)
	if data == nil {
		return a.noText(DOCX)
	}
	if bad := walkText(DOCX, data, body.token); bad != nil {
		return *bad
	}
	for _, name := range []string{"footnotes.xml", "endnotes.xml", "comments.xml"} {
		more := &docxText{r: &r, styles: styles}
		if name == "comments.xml" {
			more.always = "comment"
		}
		walkXML(a.part(path.Join(path.Dir(main), name)), more.token)
		body.seen.WriteString(more.seen.String())
	}
	for i := 1; i <= 9; i++ {
		for _, name := range []string{"header", "footer"} {
			more := &docxText{r: &r, styles: styles}
			walkXML(a.part(path.Join(path.Dir(main), name+strconv.Itoa(i)+".xml")), more.token)
			body.seen.WriteString(more.seen.String())
		}
	}
	r.Text = strings.Trim(body.seen.String(), "\n")
	a.hidden(&r)
	a.officeParts(&r)
	a.officeMetadata(&r.Metadata)
	return a.finish(r)
}

// noText refuses a document whose text part is not there, or was not read.
func (a *archive) noText(kind Kind) Result {
	if a.over {
		return refused(kind, ReasonLimit, archiveSays[ReasonLimit])
	}
	return refused(kind, ReasonMalformed, "the document has no text part")
}

// walkText walks over the text part of a word processor's document; what it
// gives back is the refusal, if there is one.
func walkText(kind Kind, data []byte, token func(xml.Token) bool) *Result {
	refuse := func(reason, detail string) *Result {
		r := refused(kind, reason, detail)
		return &r
	}
	whole, limit := walkXML(data, token)
	if limit {
		return refuse(ReasonLimit, "the document is nested deeper than allowed")
	}
	if !whole {
		return refuse(ReasonMalformed, "the text of the document cannot be read to its end")
	}
	return nil
}

// finish ends the reading of such a document: only now all its parts were asked for.
func (a *archive) finish(r Result) Result {
	if a.over {
		return refused(r.Kind, ReasonLimit, archiveSays[ReasonLimit])
	}
	if a.broken {
		r.flag(FlagMalformed)
	}
	r.NoPixels = NoWordPixels
	return r
}

// hidden flags what the readers of text have collected.
func (a *archive) hidden(r *Result) {
	letters := 0
	for _, h := range r.Hidden {
		if h.How != "comment" {
			letters += utf8.RuneCountInString(strings.Join(strings.Fields(h.Text), ""))
		}
	}
	if letters >= hiddenLetters {
		r.flag(FlagHidden)
	}
}

// part is a part as UTF-8.
func (a *archive) part(name string) []byte {
	b := a.read(name)
	if bytes.HasPrefix(b, []byte{0xFF, 0xFE}) || bytes.HasPrefix(b, []byte{0xFE, 0xFF}) {
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(b)
		if err == nil {
			return out
		}
	}
	return b
}

type relation struct {
	Type     string `xml:"Type,attr"`
	Target   string `xml:"Target,attr"`
	External string `xml:"TargetMode,attr"`
}

func (a *archive) relations(name string) (all []relation) {
	walkXML(a.part(name), func(t xml.Token) bool {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" && len(all) < 2000 {
			var r relation
			for _, at := range e.Attr {
				switch at.Name.Local {
				case "Type":
					r.Type = at.Value
				case "Target":
					r.Target = at.Value
				case "TargetMode":
					r.External = at.Value
				}
			}
			all = append(all, r)
		}
		return true
	})
	return all
}

func (a *archive) mainPart() string {
	for _, r := range a.relations("_rels/.rels") {
		if strings.HasSuffix(r.Type, "/officeDocument") && r.External != "External" {
			name := strings.TrimPrefix(path.Clean("/"+r.Target), "/")
			if _, ok := a.parts[strings.ToLower(name)]; ok {
				return name
			}
		}
	}
	return ""
}

// docxFormat is what hides a run.
type docxFormat struct {
	hidden bool
	colour string // RRGGBB
	size   int    // half points; 0 is not said
	base   string
}

func readStyles(b []byte) map[string]docxFormat {
	styles := map[string]docxFormat{}
	id := ""
	walkXML(b, func(t xml.Token) bool {
		e, ok := t.(xml.StartElement)
		if !ok || len(styles) > 5000 {
			return true
		}
		switch e.Name.Local {
		case "style":
			id = attr(e, "styleId")
			styles[id] = docxFormat{}
		case "basedOn":
			s := styles[id]
			s.base = attr(e, "val")
			styles[id] = s
		default:
			s := styles[id]
			s.apply(e)
			styles[id] = s
		}
		return true
	})
	return styles
}

func (f *docxFormat) apply(e xml.StartElement) {
	switch e.Name.Local {
	case "vanish", "specVanish":
		v := attr(e, "val")
		f.hidden = v != "0" && v != "false" && v != "off"
	case "color":
		if v := attr(e, "val"); len(v) == 6 {
			f.colour = v
		} else if v == "auto" {
			f.colour = ""
		}
	case "sz":
		f.size, _ = strconv.Atoi(attr(e, "val"))
	}
}

// resolve follows basedOn a few steps up.
func resolve(styles map[string]docxFormat, id string) docxFormat {
	var out docxFormat
	for range 10 {
		s, ok := styles[id]
		if !ok || id == "" {
			break
		}
		out.hidden = out.hidden || s.hidden
		if out.colour == "" {
			out.colour = s.colour
		}
		if out.size == 0 {
			out.size = s.size
		}
		id = s.base
	}
	return out
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

func paleHex(c string) bool {
	v, err := strconv.ParseUint(c, 16, 32)
	if err != nil || len(c) != 6 {
		return false
	}
	f := func(shift int) float64 { return float64(v>>shift&255) / 255 }
	return colour{f(16), f(8), f(0), false}.alike(white)
}
