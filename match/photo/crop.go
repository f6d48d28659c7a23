package photo

import "image"

// least is the smallest picture, in pixels of one side, that is hashed.
const least = 5

type named struct {
	name string
	at   image.Rectangle
}

// crops are the views of a picture. PDQ forgives nearly everything but a change of the frame: a crop of 5 % keeps 9 % of
// the matches, an added border 1 %. So the parts that croppers leave are hashed as well: what an even border surrounds,
// the middle, and the square that portrait sites cut. A hash stands about 2 % of the frame more or less; because views of
// one picture are held against views of the other, the quotients of 1, 0.96, 0.90 and 0.83 leave no larger gap down to 0.82.
func crops(p plane) []named {
	all := image.Rect(0, 0, p.w, p.h)
	out := []named{{"whole", all}}
	add := func(name string, r image.Rectangle) {
		if r.Dx() < 8*least || r.Dy() < 8*least {
			return
		}
		for _, o := range out {
			if o.at == r {
				return
			}
		}
		out = append(out, named{name, r})
	}
	if all.Dx() < 8*least || all.Dy() < 8*least {
		return out
	}
	add("frame", frame(p))
	add("middle96", middle(all, 96))
	add("middle90", middle(all, 90))
	add("middle83", middle(all, 83))
	add("square", square(all))
	return out
}

// middle keeps so many hundredths of each side.
func middle(r image.Rectangle, percent int) image.Rectangle {
	dx, dy := r.Dx()*(100-percent)/200, r.Dy()*(100-percent)/200
	return image.Rect(r.Min.X+dx, r.Min.Y+dy, r.Max.X-dx, r.Max.Y-dy)
}

// square is the largest one in the middle.
func square(r image.Rectangle) image.Rectangle {
	n := min(r.Dx(), r.Dy())
	x, y := r.Min.X+(r.Dx()-n)/2, r.Min.Y+(r.Dy()-n)/2
	return image.Rect(x, y, x+n, y+n)
}

// How even a border is: its outermost line may vary by borderNoise; of the next ones nine in ten points lie within borderRing
// of it, as compression leaves them next to an edge.
const (
	borderNoise = 12
	borderRing  = 24
)

// frame is the part inside an even border. A border may take at most a third from each side: what is emptier than that is
// a picture of something small, not a picture with a border.
func frame(p plane) image.Rectangle {
	column := make([]uint8, p.h)
	columnAt := func(x int) []uint8 {
		for y := range column {
			column[y] = p.pix[y*p.stride+x]
		}
		return column
	}
	top := border(p.h/3, p.row)
	bottom := p.h - border(p.h/3, func(i int) []uint8 { return p.row(p.h - 1 - i) })
	between := func(x int) []uint8 { return columnAt(x)[top:bottom] }
	left := border(p.w/3, between)
	right := p.w - border(p.w/3, func(i int) []uint8 { return between(p.w - 1 - i) })
	return image.Rect(left, top, right, bottom)
}

// border counts the lines, from the outermost on, that belong to an even border.
func border(most int, line func(int) []uint8) int {
	outer := line(0)
	lo, hi := outer[0], outer[0]
	for _, v := range outer {
		lo, hi = min(lo, v), max(hi, v)
	}
	if hi-lo > borderNoise {
		return 0
	}
	level := (int(lo) + int(hi)) / 2
	for i := range most {
		l := line(i)
		within := 0
		for _, v := range l {
			if d := int(v) - level; max(d, -d) <= borderRing {
				within++
			}
		}
		if 10*within < 9*len(l) {
			return i
		}
	}
	return most
}

// look hashes the views.
func look(p plane, views []named) []View {
	w := waves()
	out := make([]View, len(views))
	for i, v := range views {
		out[i].Name = v.name
		if v.at.Dx() < least || v.at.Dy() < least {
			continue
		}
		s := shrink(p.part(v.at))
		c := transform(s, w)
		out[i].Quality = s.quality()
		for way := range Way(Ways) {
			laid := c.laid(way)
			out[i].Turned[way], out[i].TurnedDCT[way] = laid.pdq(), laid.dct()
		}
		out[i].PDQ, out[i].DCT = out[i].Turned[Upright], out[i].TurnedDCT[Upright]
	}
	return out
}
