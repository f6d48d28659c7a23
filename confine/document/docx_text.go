package document

import (
	"encoding/xml"
	"regexp"
	"strings"
)

// docxText follows the tokens of a text part.
type docxText struct {
	r      *Result
	styles map[string]docxFormat
	always string // everything in this part is hidden so

	open     []string
	seen     strings.Builder
	para     docxFormat
	run      docxFormat
	shaded   []bool // paragraph, cell and shape backgrounds that are not white
	field    strings.Builder
	fallback int
	deleted  int
	fill     bool // the shape around a text box is filled
}

var actingField = regexp.MustCompile(`(?i)^\s*"?\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|AUTOTEXT|MACROBUTTON|RD)\b`)

func (d *docxText) token(t xml.Token) bool {
	switch t := t.(type) {
	case xml.StartElement:
		d.start(t)
	case xml.EndElement:
		d.end(t.Name.Local)
	case xml.CharData:
		d.chars(string(t))
	}
	return d.seen.Len() < 8*MaxText
}

func (d *docxText) top() string {
	if n := len(d.open); n > 0 {
		return d.open[n-1]
	}
	return ""
}

func (d *docxText) start(e xml.StartElement) {
	name := e.Name.Local
	within := d.top()
	d.open = append(d.open, name)
	switch name {
	case "p":
		d.para = docxFormat{}
	case "r":
		d.run = d.para
		if d.run == (docxFormat{}) {
			d.run = resolve(d.styles, "Normal")
		}
	case "pStyle":
		d.para = resolve(d.styles, attr(e, "val"))
	case "rStyle":
		if s := resolve(d.styles, attr(e, "val")); within == "rPr" {
			d.run.hidden = d.run.hidden || s.hidden
			if s.colour != "" {
				d.run.colour = s.colour
			}
			if s.size != 0 {
				d.run.size = s.size
			}
		}
	case "vanish", "specVanish", "color", "sz":
		if within == "rPr" && d.inside("r") {
			d.run.apply(e)
		}
	case "shd":
		if f := attr(e, "fill"); len(f) == 6 && !paleHex(f) {
			d.mark()
		}
	case "highlight":
		if v := attr(e, "val"); v != "none" && v != "white" {
			d.mark()
		}
	case "solidFill", "gradFill", "blipFill", "pattFill":
		if within == "spPr" {
			d.fill = true
		}
	case "shape", "rect", "roundrect", "background":
		if c := attr(e, "fillcolor") + attr(e, "color"); c != "" && c != "white" && !paleHex(strings.TrimPrefix(c, "#")) {
			d.fill = true
		}
	case "tab":
		if d.inside("r") {
			d.chars2("\t")
		}
	case "br", "cr":
		d.chars2("\n")
	case "Fallback":
		d.fallback++
	case "del", "moveFrom":
		d.deleted++
	case "fldSimple":
		d.instruction(attr(e, "instr"))
	case "fldChar":
		if attr(e, "fldCharType") != "begin" {
			d.instruction(d.field.String())
		}
		d.field.Reset()
	case "altChunk":
		d.r.act("alternate-part", "", "")
	}
	if (name == "tc" || name == "p" || name == "txbxContent" || name == "r") && len(d.shaded) < 4096 {
		d.shaded = append(d.shaded, name == "txbxContent" && d.fill)
	}
}

func (d *docxText) mark() {
	if n := len(d.shaded); n > 0 {
		d.shaded[n-1] = true
	}
}

func (d *docxText) inside(name string) bool {
	for i := len(d.open) - 1; i >= 0; i-- {
		if d.open[i] == name {
			return true
		}
	}
	return false
}

func (d *docxText) instruction(s string) {
	if m := actingField.FindStringSubmatch(s); m != nil {
		d.r.act("field", "", strings.ToUpper(m[1]))
	}
}

func (d *docxText) end(name string) {
	if n := len(d.open); n > 0 {
		d.open = d.open[:n-1]
	}
	switch name {
	case "tc", "p", "txbxContent", "r":
		if n := len(d.shaded); n > 0 {
			d.shaded = d.shaded[:n-1]
		}
	case "Fallback":
		d.fallback--
	case "del", "moveFrom":
		d.deleted--
	case "wsp", "pict":
		d.fill = false
	}
	if name == "p" && d.always == "" && d.fallback == 0 {
		d.seen.WriteString("\n")
	}
}

func (d *docxText) chars(s string) {
	switch d.top() {
	case "t", "delText":
		d.chars2(s)
	case "instrText", "delInstrText":
		if d.field.Len() < 4096 {
			d.field.WriteString(s)
			d.instruction(d.field.String())
		}
	}
}

// chars2 puts text where it belongs: on the page or among what is hidden.
func (d *docxText) chars2(s string) {
	if d.fallback > 0 {
		return
	}
	how := d.always
	switch {
	case how != "":
	case d.deleted > 0:
		how = "deleted"
	case d.run.hidden:
		how = "vanish"
	case d.run.size > 0 && d.run.size <= 3:
		how = "tiny"
	case paleHex(d.run.colour) && !anyOf(d.shaded):
		how = "white"
	}
	if how == "" {
		d.seen.WriteString(s)
		return
	}
	if strings.TrimSpace(s) == "" {
		return
	}
	d.r.hide(how, s)
}

// hide joins neighbouring pieces hidden in one way.
func (r *Result) hide(how, s string) {
	if n := len(r.Hidden); n > 0 && r.Hidden[n-1].How == how && len(r.Hidden[n-1].Text) < MaxHidden {
		r.Hidden[n-1].Text += " " + s
		return
	}
	if len(r.Hidden) < MaxEntries {
		r.Hidden = append(r.Hidden, Hidden{How: how, Text: s})
	}
}
