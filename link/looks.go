package link

import (
	"image"

	picture "bonafide/match/photo"
	"bonafide/record"
)

// Looks is how a picture looks, as a record keeps it: the hashes of the whole and of those parts that are not too plain to be
// known again; none when the whole is, or when there is no picture (nil). File and SHA256 are the caller's to fill in. Nothing in it says who is on the picture.
func Looks(img image.Image) record.Photo {
	var p record.Photo
	if img == nil {
		return p
	}
	h := picture.Hash(img)
	if !h.Good() {
		return p
	}
	p.PHash, p.PDQ = h.DCT.String(), h.PDQ.String()
	for _, v := range h.Parts() {
		p.Views = append(p.Views, v.String())
	}
	return p
}
