package link

import (
	picture "bonafide/match/photo"
	"bonafide/record"
)

// Parts of pictures. A crop, a square cut out of a portrait or a border put around it leaves a hash that is not near the
// whole one; so a record keeps the hashes of the parts that croppers leave (match/photo), and they are held against the
// whole and the parts of the other, upright and mirrored.
//
// Chance. Two pictures are two comparisons as wholes and at most 72 with five parts each. Of even bits 31 of 256 agree by
// chance once in 5·10³⁶, so the 70 more change nothing at any size of population. What could lie is a picture that strangers
// honestly share a part of: a plain backdrop, a logo, a frame, the template of an agency. So
//
//   - the whole and every part pass the quality floor where they are made, and one that came as a hash alone has at least as
//     many set bits as a median leaves (Even); of a picture too plain as a whole no part counts;
//   - a part must fit at least twice as well as the two wholes do. A crop is far from the whole and near in one part; two
//     people in one template are alike as wholes nearly as much as in any part of it. Nothing of a crop is lost by that
//     (measured, as are real faces in shared templates: docs/speed-photo-text.md);
//   - a part of which more than a crowd has the like links nobody.
//
// Pictures of documents have no parts: all passports of one country share their frame and most of their middle.

// viewsOf reads the hashes of the parts of a picture; what is no hash was refused at the door and is left out here.
func viewsOf(views []string) (all []picture.PDQ) {
	for _, s := range views[:min(len(views), record.PhotoViews)] {
		if h, ok := picture.ParsePDQ(s); ok && !h.Even() {
			all = append(all, h)
		}
	}
	return all
}

// apart is the distance of two pictures by their long hashes, of which either may be the mirror image of the other.
func apart(a, b picture.PDQ) int {
	return min(a.Distance(b), a.Laid(picture.Mirrored).Distance(b))
}

// fits says whether parts that are so far apart make one picture of two whose wholes are.
func fits(parts, wholes int) bool { return parts <= picture.Near && 2*parts <= wholes }

// nearParts says whether two pictures have a part in common, or one is a part of the other.
func nearParts(x, y *Photo) bool {
	none := picture.PDQ{}
	if x.PDQ == none || y.PDQ == none || len(x.Views)+len(y.Views) == 0 {
		return false
	}
	wholes := apart(x.PDQ, y.PDQ)
	for _, v := range x.Views {
		if fits(apart(v, y.PDQ), wholes) {
			return true
		}
		for _, w := range y.Views {
			if fits(apart(v, w), wholes) {
				return true
			}
		}
	}
	for _, w := range y.Views {
		if fits(apart(x.PDQ, w), wholes) {
			return true
		}
	}
	return false
}

// Near says whether two pictures are one by their long hashes, or parts of one; upright or mirrored.
func (p *Photo) Near(o *Photo) bool {
	return nearWholes(p, o) || nearParts(p, o)
}

// nearWholes says whether two pictures are one by the long hashes of the whole.
func nearWholes(x, y *Photo) bool {
	none := picture.PDQ{}
	return x.PDQ != none && y.PDQ != none && apart(x.PDQ, y.PDQ) <= picture.Near
}
