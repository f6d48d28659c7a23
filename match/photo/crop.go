package photo

import "image"

// least is the smallest picture, in pixels of one side, that is hashed.
const least = 5

type named struct {
	name string
	at   image.Rectangle
}

// crops are the views of a picture. PDQ forgives nearly everything but a change of the frame: a crop of 5 % keeps 9 % of
// the matches, an added border 1 %. So the parts that croppers leave are hashed as well: what an even border
// surrounds, the middle nine and eight tenths, and the square that portrait sites cut.
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
	add("centre90", middle(all, 90))
	add("centre80", middle(all, 80))
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

// borderNoise is how many steps of brightness an even border may vary, as compression leaves it.
const borderNoise = 12

// frame is the part inside an even border. A border may take at most a third from each side: what is emptier than that is
// a picture of something small, not a picture with a border.
func frame(p plane) image.Rectangle {
	top, bottom, left, right := 0, p.h, 0, p.w
	evenRow := func(y int) bool { return evenly(p.row(y)) }
	for top < p.h/3 && evenRow(top) {
		top++
	}
	for bottom > p.h-p.h/3 && evenRow(bottom-1) {
		bottom--
	}
	column := make([]uint8, bottom-top)
	evenColumn := func(x int) bool {
		for y := range column {
			column[y] = p.pix[(top+y)*p.stride+x]
		}
		return evenly(column)
	}
	for left < p.w/3 && evenColumn(left) {
		left++
	}
	for right > p.w-p.w/3 && evenColumn(right-1) {
		right--
	}
	return image.Rect(left, top, right, bottom)
}

func evenly(line []uint8) bool {
	lo, hi := line[0], line[0]
	for _, v := range line {
		lo, hi = min(lo, v), max(hi, v)
		if hi-lo > borderNoise {
			return false
		}
	}
	return true
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
