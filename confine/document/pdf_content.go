package document

import (
	"bytes"
	"math"
)

// painter follows the content of one page (8, 9) closely enough to know which
// text a person sees: where it stands, in what colour, on what, under what.
type painter struct {
	f      *pdfFile
	fonts  map[any]*pdfFont
	page   int
	view   box          // what of the page is shown
	off    map[int]bool // layers that are switched off
	areas  []area
	runs   []run
	ops    int
	depth  int
	lies   int
	unread int
	read   int
	pixels float64 // share of the page that pictures cover
}

type area struct {
	box
	colour
	order  int
	opaque bool
}

// run is one shown string.
type run struct {
	text         string
	x, y, x1, y1 float64
	size         float64
	colour       colour
	how          string // why it is hidden; "" when nothing is known against it
	order        int
}

type graphics struct {
	ctm            matrix
	clip           box
	fill, stroke   colour
	foreign        bool // the colour space is not one whose numbers are light or ink
	alpha          float64
	blends         bool
	font           *pdfFont
	size           float64
	spacing, words float64
	stretch        float64
	leading, rise  float64
	mode           int
}

const (
	maxOps   = 2_000_000
	maxRuns  = 100_000
	maxAreas = 500
	tinyText = 2.0 // points; nobody reads below
)

// paint runs a content stream.
func (p *painter) paint(content []byte, resources pdfDict, g graphics) {
	if p.depth > 8 {
		p.f.partial = true
		return
	}
	p.depth++
	defer func() { p.depth-- }()
	var (
		stack    []graphics
		args     []any
		tm, line = identity, identity
		path     = nowhere
		clipping bool
		layers   []bool // marked content; true where it is switched off
	)
	num := func(i int) float64 {
		if i < len(args) {
			v, _ := args[i].(float64)
			return v
		}
		return 0
	}
	point := func(x, y float64) {

		path = path.with(g.ctm.at(x, y))
	}
	endPath := func(filled bool) {
		if filled && path.x1 >= path.x0 {
			p.cover(path.and(g.clip), g.fill, g.alpha > 0.95 && !g.blends)
		}
		if clipping {
			g.clip = g.clip.and(path)
		}
		path, clipping = nowhere, false
	}
	show := func(s pdfString) {
		tm = p.show(string(s), &g, tm, anyOf(layers))
	}
	l := newLexer(content, 0)
	for {
		v, ok := l.next(0)
		if !ok {
			return
		}
		op, isOp := v.(operator)
		if !isOp {
			if len(args) < 64 {
				args = append(args, v)
			}
			continue
		}
		if p.ops++; p.ops > maxOps {
			p.f.partial = true
			return
		}
		switch op {
		case "q":
			if len(stack) < 256 {
				stack = append(stack, g)
			}
		case "Q":
			if n := len(stack); n > 0 {
				g, stack = stack[n-1], stack[:n-1]
			}
		case "cm":
			g.ctm = matrix{num(0), num(1), num(2), num(3), num(4), num(5)}.times(g.ctm)
		case "gs":
			p.state(resources, args, &g)
		case "BT":
			tm, line = identity, identity
		case "Tf":
			g.size = num(1)
			if len(args) > 0 {
				g.font = p.fontOf(resources, args[0])
			}
		case "Tr":
			g.mode = int(num(0))
		case "Ts":
			g.rise = num(0)
		case "Tc":
			g.spacing = num(0)
		case "Tw":
			g.words = num(0)
		case "Tz":
			g.stretch = num(0) / 100
		case "TL":
			g.leading = num(0)
		case "Td", "TD":
			if op == "TD" {
				g.leading = -num(1)
			}
			line = matrix{1, 0, 0, 1, num(0), num(1)}.times(line)
			tm = line
		case "Tm":
			line = matrix{num(0), num(1), num(2), num(3), num(4), num(5)}
			tm = line
		case "T*", "'", "\"":
			line = matrix{1, 0, 0, 1, 0, -g.leading}.times(line)
			tm = line
			if op == "\"" && len(args) >= 3 {
				g.words, g.spacing = num(0), num(1)
				args = args[2:]
			}
			if s, ok := first[pdfString](args); ok && op != "T*" {
				show(s)
			}
		case "Tj":
			if s, ok := first[pdfString](args); ok {
				show(s)
			}
		case "TJ":
			a, _ := first[pdfArray](args)
			for _, v := range a {
				switch v := v.(type) {
				case pdfString:
					show(v)
				case float64:
					tm = matrix{1, 0, 0, 1, -v / 1000 * g.size * g.stretch, 0}.times(tm)
				}
			}
		case "g", "rg", "k":
			g.fill, g.foreign = colourOf(args), false
		case "sc", "scn":
			g.fill = colourOf(args)
			g.fill.unknown = g.fill.unknown || g.foreign
		case "G", "RG", "K":
			g.stroke = colourOf(args)
		case "SC", "SCN":
			g.stroke = colour{unknown: true}
		case "cs":
			g.foreign = !p.plainSpace(resources, args)
			g.fill = colour{unknown: g.foreign}
		case "m", "l":
			point(num(0), num(1))
		case "c":
			point(num(0), num(1))
			point(num(2), num(3))
			point(num(4), num(5))
		case "v", "y":
			point(num(0), num(1))
			point(num(2), num(3))
		case "re":
			x, y, w, h := num(0), num(1), num(2), num(3)
			point(x, y)
			point(x+w, y)
			point(x+w, y+h)
			point(x, y+h)
		case "f", "F", "f*", "B", "B*", "b", "b*":
			endPath(true)
		case "S", "s", "n":
			endPath(false)
		case "W", "W*":
			clipping = true
		case "sh":
			p.cover(g.clip, colour{unknown: true}, false)
		case "Do":
			p.external(resources, args, g, anyOf(layers))
		case "BI":
			p.inline(l, g)
		case "BMC", "BDC":
			if len(layers) < 256 {
				layers = append(layers, op == "BDC" && p.switchedOff(resources, args))
			}
		case "EMC":
			if n := len(layers); n > 0 {
				layers = layers[:n-1]
			}
		}
		args = args[:0]
	}
}

func anyOf(list []bool) bool {
	for _, v := range list {
		if v {
			return true
		}
	}
	return false
}

func first[T any](args []any) (v T, ok bool) {
	if len(args) == 0 {
		return v, false
	}
	v, ok = args[0].(T)
	return v, ok
}

func colourOf(args []any) colour {
	var v []float64
	for _, a := range args {
		n, ok := a.(float64)
		if !ok {
			return colour{unknown: true}
		}
		v = append(v, math.Max(0, math.Min(1, n)))
	}
	switch len(v) {
	case 1:
		return colour{v[0], v[0], v[0], false}
	case 3:
		return colour{v[0], v[1], v[2], false}
	case 4:
		return colour{(1 - v[0]) * (1 - v[3]), (1 - v[1]) * (1 - v[3]), (1 - v[2]) * (1 - v[3]), false}
	}
	return colour{unknown: true}
}

// plainSpace: gray, RGB or CMYK, so that the numbers say what the eye sees.
func (p *painter) plainSpace(resources pdfDict, args []any) bool {
	name, _ := first[pdfName](args)
	switch name {
	case "DeviceGray", "DeviceRGB", "DeviceCMYK":
		return true
	}
	space := p.f.array(p.f.dict(resources["ColorSpace"])[name])
	if len(space) == 0 {
		return false
	}
	switch p.f.name(space[0]) {
	case "ICCBased", "CalRGB", "CalGray":
		return true
	}
	return false
}

func (p *painter) cover(b box, c colour, opaque bool) {
	if b.size() <= 0 || len(p.areas) >= maxAreas {
		return
	}
	p.areas = append(p.areas, area{b, c, len(p.runs), opaque})
}

// show places one string and moves on.
func (p *painter) show(s string, g *graphics, tm matrix, off bool) matrix {
	if g.font == nil {
		g.font = p.ready(p.f.font(nil))
	}
	text, width, codes, spaces := g.font.signs(s)
	advance := (width/1000*g.size + float64(codes)*g.spacing + float64(spaces)*g.words) * g.stretch
	whole := matrix{g.size * g.stretch, 0, 0, g.size, 0, g.rise}.times(tm).times(g.ctm)
	r := run{text: text, size: whole.scale(), colour: g.fill, order: len(p.areas)}
	r.x, r.y = whole[4], whole[5]
	after := matrix{1, 0, 0, 1, advance, 0}.times(tm)
	r.x1, r.y1 = after.times(g.ctm).at(0, g.rise)
	switch {
	case off:
		r.how = "layer"
	case g.mode == 3 || g.mode == 7:
		r.how = "invisible"
	case g.alpha < 0.05:
		r.how = "transparent"
	case g.font.em > 0 && r.size*g.font.em < tinyText:
		r.how = "tiny"
	case !p.view.has(r.x, r.y, r.size) && !p.view.has(r.x1, r.y1, r.size):
		r.how = "off-page"
	case !g.clip.has(r.x, r.y, r.size) && !g.clip.has(r.x1, r.y1, r.size):
		r.how = "clipped"
	}
	if g.mode == 1 {
		r.colour = g.stroke
	} else if g.mode == 2 && g.stroke != g.fill {
		r.colour.unknown = true
	}
	if len(p.runs) < maxRuns {
		p.runs = append(p.runs, r)
	} else {
		p.f.partial = true
	}
	return after
}

func (p *painter) state(resources pdfDict, args []any, g *graphics) {
	name, _ := first[pdfName](args)
	d := p.f.dict(p.f.dict(resources["ExtGState"])[name])
	if v, ok := p.f.number(d["ca"]); ok {
		g.alpha = v
	}
	if bm, ok := d["BM"]; ok {
		n := p.f.name(bm)
		g.blends = n != "Normal" && n != "Compatible"
	}
	if a := p.f.array(d["Font"]); len(a) == 2 {
		g.font = p.ready(p.f.font(p.f.dict(a[0])))
		g.size, _ = p.f.number(a[1])
	}
}

func (p *painter) ready(font *pdfFont) *pdfFont {
	font.lies, font.unread, font.read = &p.lies, &p.unread, &p.read
	return font
}

func (p *painter) fontOf(resources pdfDict, v any) *pdfFont {
	name, _ := v.(pdfName)
	entry := p.f.dict(resources["Font"])[name]
	var key any = name
	if r, ok := entry.(pdfRef); ok {
		key = r
	} else {
		key = [2]any{name, p.depth}
	}
	if font, ok := p.fonts[key]; ok {
		return font
	}
	font := p.ready(p.f.font(p.f.dict(entry)))
	if len(p.fonts) < 4096 {
		p.fonts[key] = font
	}
	return font
}

// switchedOff: the content belongs to a layer that readers do not show.
func (p *painter) switchedOff(resources pdfDict, args []any) bool {
	if len(args) < 2 || args[0] != pdfName("OC") {
		return false
	}
	name, _ := args[1].(pdfName)
	return p.layerOff(p.f.dict(resources["Properties"])[name])
}

func (p *painter) layerOff(v any) bool {
	if r, ok := v.(pdfRef); ok && p.off[r.num] {
		return true
	}
	d := p.f.dict(v)
	if p.f.name(d["Type"]) != "OCMD" {
		return false
	}
	members := p.f.array(d["OCGs"])
	if members == nil {
		members = pdfArray{d["OCGs"]}
	}
	for _, m := range members {
		if r, ok := m.(pdfRef); !ok || !p.off[r.num] {
			return false
		}
	}
	return len(members) > 0
}

// external draws a picture or a form.
func (p *painter) external(resources pdfDict, args []any, g graphics, off bool) {
	name, _ := first[pdfName](args)
	s, ok := p.f.value(p.f.dict(resources["XObject"])[name]).(*pdfStream)
	if !ok || off || p.layerOff(s.dict["OC"]) && p.f.name(s.dict["Subtype"]) == "Image" {
		return
	}
	if p.f.name(s.dict["Subtype"]) == "Image" {
		p.picture(g)
		return
	}
	if m := p.f.array(s.dict["Matrix"]); len(m) == 6 {
		var n matrix
		for i := range n {
			n[i], _ = p.f.number(m[i])
		}
		g.ctm = n.times(g.ctm)
	}
	inner := p.f.dict(s.dict["Resources"])
	if inner == nil {
		inner = resources
	}
	content := p.f.decode(s)
	if p.layerOff(s.dict["OC"]) {
		g.mode = 3
	}
	p.paint(content, inner, g)
}

func (p *painter) picture(g graphics) {
	b := nowhere
	for _, c := range [4][2]float64{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
		b = b.with(g.ctm.at(c[0], c[1]))
	}
	b = b.and(g.clip)
	if v := p.view.size(); v > 0 {
		p.pixels = math.Max(p.pixels, b.and(p.view).size()/v)
	}
	p.cover(b, colour{unknown: true}, g.alpha > 0.95 && !g.blends)
}

// inline skips a picture that stands in the content itself (8.9.7).
func (p *painter) inline(l *lexer, g graphics) {
	for {
		v, ok := l.next(0)
		if !ok {
			return
		}
		if v == operator("ID") {
			break
		}
	}
	for at := l.at; at < len(l.b); {
		i := bytes.Index(l.b[at:], []byte("EI"))
		if i < 0 {
			l.at = len(l.b)
			return
		}
		at += i + 2
		if space(l.b[at-3]) && (at == len(l.b) || space(l.b[at])) {
			l.at = at
			break
		}
	}
	p.picture(g)
}
