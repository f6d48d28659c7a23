package document

import (
	"math"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// pdfPage is a page with what it inherits.
type pdfPage struct {
	dict      pdfDict
	resources pdfDict
	view      box
}

// pageList walks the page tree; a circle or a depth ends it and is said.
func (f *pdfFile) pageList() (pages []pdfPage, claimed int) {
	root := f.dict(f.trailer["Root"])
	top := f.dict(root["Pages"])
	if n, ok := f.number(top["Count"]); ok {
		claimed = int(math.Min(math.Max(n, 0), 1e9))
	}
	seen := map[int]bool{}
	var walk func(v any, resources pdfDict, view box, depth int)
	walk = func(v any, resources pdfDict, view box, depth int) {
		if r, ok := v.(pdfRef); ok {
			if seen[r.num] {
				f.partial = true
				return
			}
			seen[r.num] = true
		}
		if depth > 32 || len(pages) >= maxPages {
			f.partial = true
			return
		}
		d := f.dict(v)
		if d == nil {
			return
		}
		if own := f.dict(d["Resources"]); own != nil {
			resources = own
		}
		for _, key := range []pdfName{"MediaBox", "CropBox"} {
			if a := f.array(d[key]); len(a) == 4 {
				var n [4]float64
				for i := range n {
					n[i], _ = f.number(a[i])
				}
				b := nowhere.with(n[0], n[1]).with(n[2], n[3])
				if b.size() > 0 {
					view = b
				}
			}
		}
		if kids := f.array(d["Kids"]); kids != nil {
			for _, kid := range kids {
				walk(kid, resources, view, depth+1)
			}
			return
		}
		pages = append(pages, pdfPage{d, resources, view})
	}
	walk(root["Pages"], nil, box{0, 0, 612, 792}, 0)
	return pages, claimed
}

// content joins the streams of a page.
func (f *pdfFile) content(p pdfPage) []byte {
	if s, ok := f.value(p.dict["Contents"]).(*pdfStream); ok {
		return f.decode(s)
	}
	var all []byte
	for _, v := range f.array(p.dict["Contents"]) {
		if s, ok := f.value(v).(*pdfStream); ok {
			all = append(append(all, f.decode(s)...), '\n')
		}
	}
	return all
}

// layersOff are the optional contents that readers hide (8.11.4).
func (f *pdfFile) layersOff() map[int]bool {
	off := map[int]bool{}
	props := f.dict(f.dict(f.trailer["Root"])["OCProperties"])
	d := f.dict(props["D"])
	if f.name(d["BaseState"]) == "OFF" {
		for _, v := range f.array(props["OCGs"]) {
			if r, ok := v.(pdfRef); ok {
				off[r.num] = true
			}
		}
		for _, v := range f.array(d["ON"]) {
			if r, ok := v.(pdfRef); ok {
				delete(off, r.num)
			}
		}
	}
	for _, v := range f.array(d["OFF"]) {
		if r, ok := v.(pdfRef); ok {
			off[r.num] = true
		}
	}
	return off
}

// pageText is what one page shows and what it hides.
type pageText struct {
	seen   string
	hidden []Hidden
	ocr    bool
	lies   int
	unread int
	read   int
}

func (f *pdfFile) read(p pdfPage, n int, off map[int]bool) pageText {
	w := &painter{f: f, fonts: map[any]*pdfFont{}, page: n, view: p.view, off: off}
	g := graphics{ctm: identity, clip: everywhere, alpha: 1, stretch: 1}
	w.paint(f.content(p), p.resources, g)
	w.annotations(p, g)
	out := pageText{lies: w.lies, unread: w.unread, read: w.read}
	w.judge()
	out.ocr = w.scanned()
	var seen, hidden layout
	how := ""
	flush := func() {
		if s := strings.TrimSpace(hidden.b.String()); s != "" && how != "" {
			out.hidden = append(out.hidden, Hidden{how, n, s})
		}
		hidden = layout{}
	}
	for i := range w.runs {
		r := &w.runs[i]
		switch {
		case r.how == "" || out.ocr && r.how == "invisible":
			seen.add(r)
		case strings.TrimSpace(r.text) == "":
		default:
			if r.how != how {
				flush()
				how = r.how
			}
			hidden.add(r)
		}
	}
	flush()
	out.seen = seen.b.String()
	return out
}

// annotations paint their appearances, as form fields and stamps do.
func (w *painter) annotations(p pdfPage, g graphics) {
	for i, v := range w.f.array(p.dict["Annots"]) {
		if i > 2000 {
			w.f.partial = true
			return
		}
		d := w.f.dict(v)
		flags, _ := w.f.number(d["F"])
		rect := w.f.array(d["Rect"])
		ap := w.f.value(w.f.dict(d["AP"])["N"])
		if states, ok := ap.(pdfDict); ok {
			ap = w.f.value(states[pdfName(w.f.name(d["AS"]))])
		}
		s, ok := ap.(*pdfStream)
		if !ok || len(rect) != 4 || int(flags)&2 != 0 || w.f.name(d["Subtype"]) == "Popup" {
			continue
		}
		x, _ := w.f.number(rect[0])
		y, _ := w.f.number(rect[1])
		shift := matrix{1, 0, 0, 1, x, y}
		if b := w.f.array(s.dict["BBox"]); len(b) == 4 {
			bx, _ := w.f.number(b[0])
			by, _ := w.f.number(b[1])
			shift[4], shift[5] = x-bx, y-by
		}
		inner := w.f.dict(s.dict["Resources"])
		if inner == nil {
			inner = p.resources
		}
		at := g
		at.ctm = shift.times(g.ctm)
		w.paint(w.f.decode(s), inner, at)
	}
}

// judge finds text in the colour of what it stands on, and text under a cover.
func (w *painter) judge() {
	for i := range w.runs {
		r := &w.runs[i]
		if r.how != "" {
			continue
		}
		mx, my := (r.x+r.x1)/2, (r.y+r.y1)/2+r.size/4
		ground := white
		for n := range w.areas {
			a := &w.areas[n]
			if n < r.order {
				if a.has(mx, my, 0) {
					ground = a.colour
				}
				continue
			}
			if a.opaque && a.has(r.x, my, 0) && a.has(r.x1, my, 0) {
				r.how = "covered"
			}
		}
		if r.how == "" && r.colour.alike(ground) {
			r.how = "white"
			if ground != white {
				r.how = "same-colour"
			}
		}
	}
}

// scanned: a picture fills the page and all letters are invisible: the layer
// that scanners put there to be searched.
func (w *painter) scanned() bool {
	invisible := 0
	for i := range w.runs {
		switch {
		case strings.TrimSpace(w.runs[i].text) == "":
		case w.runs[i].how == "invisible":
			invisible++
		case w.runs[i].how == "":
			return false
		}
	}
	return invisible > 0 && w.pixels > 0.5
}

// layout puts runs into lines in the order of the file.
type layout struct {
	b       strings.Builder
	x, y    float64
	started bool
}

func (l *layout) add(r *run) {
	if r.text == "" || l.b.Len() > MaxText+MaxHidden {
		return
	}
	if l.started {
		size := math.Max(r.size, 1)
		switch {
		case math.Abs(r.y-l.y) > size*1.8:
			l.b.WriteString("\n")
			if math.Abs(r.y-l.y) > size*4 {
				l.b.WriteString("\n")
			}
		case math.Abs(r.y-l.y) > size*0.45:
			l.b.WriteString("\n")
		case r.x-l.x > size*0.18 || r.x < l.x-size*2:
			l.b.WriteString(" ")
		}
	}
	l.b.WriteString(separate(r.text))
	l.x, l.y, l.started = r.x1, r.y1, true
}

// separate takes ligatures and the shapes of Arabic letters apart, so that a
// word is found however it was set.
func separate(s string) string {
	if strings.IndexFunc(s, shaped) < 0 {
		return s
	}
	var b strings.Builder
	for _, c := range s {
		if shaped(c) {
			b.WriteString(norm.NFKC.String(string(c)))
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}

func shaped(c rune) bool {
	return c >= 0xFB00 && c <= 0xFB06 || c >= 0xFB50 && c <= 0xFDFF || c >= 0xFE70 && c <= 0xFEFC
}
