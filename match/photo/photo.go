// Package photo turns pixels into perceptual hashes, so that one portrait saved again, resized, mirrored or cropped is
// recognised as the same picture. It sees pictures, never faces: nothing here detects, measures or compares a person's
// features, and two photographs of one person are as far apart as those of two. It decodes no file: image.Image comes in,
// numbers go out, the same on every run.
//
// To add a view of a picture (a further crop): one line in crop.go and a case in its test.
package photo

import "image"

// QualityFloor is the least Quality at which a hash may join two people: below it the picture is too even (a plain
// avatar, a logo on white, a black frame), and strangers share it. The published default for PDQ drops 49 and less.
const QualityFloor = 50

// Near is the greatest distance of two PDQ hashes of one picture: the published default, 31 of 256 bits.
const Near = 31

// NearDCT is the greatest distance of two 64-bit hashes that index and link search completely.
const NearDCT = 7

// View is one way to look at a picture: all of it, or a part.
type View struct {
	Name    string // whole, frame, middle96, middle90, middle83, square
	PDQ     PDQ
	DCT     DCT
	Quality int // 0 even … 100 full of detail
	// The hashes of the eight turned and mirrored pictures, made from the one transform, each with its own median.
	Turned    [Ways]PDQ
	TurnedDCT [Ways]DCT
}

// Good reports whether the view has enough detail to be compared.
func (v View) Good() bool { return v.Quality >= QualityFloor }

// Hashes is what is kept of a picture: the whole and the parts that a crop or an added border would leave.
type Hashes struct {
	View
	Crops []View
}

// Hash reads a picture once. A picture under 5 pixels in one direction has quality 0.
func Hash(img image.Image) Hashes {
	p := lumaOf(img)
	views := crops(p)
	seen := look(p, views)
	return Hashes{View: seen[0], Crops: seen[1:]}
}

// Stored are the hashes an index keeps of a picture: the whole and its good parts, upright. The answer is empty for a
// picture that must not be compared.
func (h Hashes) Stored() []PDQ {
	var all []PDQ
	for _, v := range append([]View{h.View}, h.Crops...) {
		if v.Good() {
			all = append(all, v.PDQ)
		}
	}
	return all
}

// Parts are the hashes of the good parts alone, upright: what a record keeps beside the hash of the whole.
func (h Hashes) Parts() []PDQ {
	var all []PDQ
	for _, v := range h.Crops {
		if v.Good() {
			all = append(all, v.PDQ)
		}
	}
	return all
}

// Asked are the hashes with which an index is asked about a picture: the whole in all eight ways, its good parts upright and
// mirrored. With Stored this finds a crop of a known picture, a picture whose crop is known, and either one mirrored.
func (h Hashes) Asked() []PDQ {
	var all []PDQ
	if h.Good() {
		all = append(all, h.Turned[:]...)
	}
	for _, v := range h.Crops {
		if v.Good() {
			all = append(all, v.PDQ, v.Turned[Mirrored])
		}
	}
	return all
}

// Distance is the least distance between two pictures over all views and ways, 256 when either must not be compared.
func Distance(a, b Hashes) int {
	least := 256
	for _, x := range a.Asked() {
		for _, y := range b.Stored() {
			least = min(least, x.Distance(y))
		}
	}
	for _, x := range b.Asked() {
		for _, y := range a.Stored() {
			least = min(least, x.Distance(y))
		}
	}
	return least
}
