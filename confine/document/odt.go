package document

import (
	"encoding/xml"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// readODT reads an OpenDocument text (ISO/IEC 26300-1).
func readODT(a *archive) Result {
	r := accepted(ODT)
	if strings.Contains(string(a.part("META-INF/manifest.xml")), "encryption-data") {
		return refused(ODT, ReasonEncrypted, "the file is protected by a password; please send it unprotected")
	}
	data := a.part("content.xml")
	if data == nil {
		return a.noText(ODT)
	}
	styles := map[string]odtFormat{}
	readODTStyles(a.part("styles.xml"), styles)
	readODTStyles(data, styles)
	body := &odtText{r: &r, styles: styles}
	if bad := walkText(ODT, data, body.token); bad != nil {
		return *bad
	}
	r.Text = strings.Trim(body.seen.String(), "\n")
	a.hidden(&r)
	for _, name := range slices.Sorted(maps.Keys(a.parts)) {
		switch {
		case strings.HasPrefix(name, "basic/"), strings.HasPrefix(name, "scripts/"):
			r.act("macro", "", "")
		case strings.HasPrefix(name, "object "), strings.HasPrefix(name, "objectreplacements/"):
			r.act("embedded-file", "", "")
		}
	}
	a.odtMetadata(&r.Metadata)
	return a.finish(r)
}

func (a *archive) odtMetadata(m *Metadata) {
	texts(a.part("meta.xml"), func(name, text string) {
		switch name {
		case "title":
			m.Title = text
		case "initial-creator":
			m.Author = text
		case "creator":
			m.LastAuthor = text
		case "creation-date":
			m.Created = timeOf(text)
		case "date":
			m.Modified = timeOf(text)
		case "editing-cycles":
			m.Revisions = small(text)
		case "generator":
			m.madeWith(text)
		}
	})
	if m.Author == "" {
		m.Author = m.LastAuthor
	}
}

type odtFormat struct {
	how  string
	back bool // a background that is not white
	base string
}

func readODTStyles(b []byte, styles map[string]odtFormat) {
	name := ""
	walkXML(b, func(t xml.Token) bool {
		e, ok := t.(xml.StartElement)
		if !ok || len(styles) > 5000 {
			return true
		}
		switch e.Name.Local {
		case "style":
			name = attr(e, "name")
			styles[name] = odtFormat{base: attr(e, "parent-style-name")}
		case "text-properties", "paragraph-properties", "table-cell-properties", "graphic-properties":
			s := styles[name]
			if attr(e, "display") == "none" {
				s.how = "vanish"
			}
			if c := attr(e, "background-color"); len(c) == 7 && !paleHex(c[1:]) {
				s.back = true
			}
			if attr(e, "fill-color") != "" && attr(e, "fill") == "solid" {
				s.back = true
			}
			if c := attr(e, "color"); s.how == "" && len(c) == 7 && paleHex(c[1:]) {
				s.how = "white"
			}
			if size, ok := strings.CutSuffix(attr(e, "font-size"), "pt"); ok && s.how == "" {
				if v, err := strconv.ParseFloat(size, 64); err == nil && v < tinyText {
					s.how = "tiny"
				}
			}
			styles[name] = s
		}
		return true
	})
}

type odtText struct {
	r      *Result
	styles map[string]odtFormat
	open   []odtOpen
	seen   strings.Builder
}

type odtOpen struct {
	name, how string
	back      bool
}

func (d *odtText) token(t xml.Token) bool {
	switch t := t.(type) {
	case xml.StartElement:
		var o odtOpen
		if n := len(d.open); n > 0 {
			o = d.open[n-1]
		}
		o.name = t.Name.Local
		d.style(&o, attr(t, "style-name"))
		switch o.name {
		case "tracked-changes", "deletion":
			o.how = "deleted"
		case "hidden-text", "hidden-paragraph":
			o.how = "vanish"
			if s := attr(t, "string-value"); s != "" {
				d.r.hide("vanish", s)
			}
		case "annotation":
			o.how = "comment"
		case "script", "event-listener":
			if o.name == "event-listener" || attr(t, "language") != "" {
				d.r.act("macro", "", "")
			}
		case "dde-source", "dde-connection-decl":
			d.r.act("field", "", "DDE")
		case "tab":
			d.put(o, "\t")
		case "s", "line-break":
			d.put(o, map[string]string{"s": " ", "line-break": "\n"}[o.name])
		}
		if href := attr(t, "href"); href != "" {
			d.address(o.name, href)
		}
		d.open = append(d.open, o)
	case xml.EndElement:
		if n := len(d.open); n > 0 {
			if (t.Name.Local == "p" || t.Name.Local == "h") && d.open[n-1].how == "" {
				d.seen.WriteString("\n")
			}
			d.open = d.open[:n-1]
		}
	case xml.CharData:
		n := len(d.open)
		if n == 0 {
			return true
		}
		for i := n - 1; i >= 0; i-- {
			if name := d.open[i].name; name == "p" || name == "h" {
				d.put(d.open[n-1], string(t))
				break
			}
		}
	}
	return d.seen.Len() < 8*MaxText
}

func (d *odtText) style(o *odtOpen, name string) {
	for range 10 {
		s, ok := d.styles[name]
		if !ok || name == "" {
			return
		}
		o.back = o.back || s.back
		if s.how != "" && o.how == "" {
			o.how = s.how
		}
		name = s.base
	}
}

func (d *odtText) put(o odtOpen, s string) {
	if o.how == "" || o.how == "white" && o.back {
		d.seen.WriteString(s)
		return
	}
	if strings.TrimSpace(s) != "" {
		d.r.hide(o.how, s)
	}
}

func (d *odtText) address(name, href string) {
	scheme, _, has := strings.Cut(strings.ToLower(href), ":")
	clean := Clean(href, MaxString, false)
	if name == "a" && (scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel" || !has) {
		d.r.link(clean)
		return
	}
	if has || strings.HasPrefix(href, "//") || strings.HasPrefix(href, "../") {
		d.r.act("outside-"+Clean(name, 40, false), "", clean)
	}
}
