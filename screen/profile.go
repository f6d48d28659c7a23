package screen

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"github.com/go-json-experiment/json"

	"bonafide/index"
	"bonafide/link"
	"bonafide/record"
	"bonafide/store"
)

// sketch is how many sentences of a text are kept: the smallest by their keyed
// hash, which are the same in every copy of a text (bottom-k sketch; Broder
// 1997). All sentences of most résumés fit.
const sketch = 24

// profileOf is what linking keeps of an application, cut to what the store can
// look up: every sentence that is compared later must have been counted.
func profileOf(k *link.Keyer, a *record.Application) link.Profile {
	p := k.Profile(a)
	slices.SortFunc(p.Sentences, func(x, y link.Sentence) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Value, y.Value))
	})
	var n [record.Kinds]int
	last := link.Sentence{}
	p.Sentences = slices.DeleteFunc(p.Sentences, func(s link.Sentence) bool {
		if s.Second || s == last || n[s.Kind] == sketch {
			return true
		}
		n[s.Kind]++
		last = s
		return false
	})
	return p
}

// rowsOf are the values under which others find a profile; key is the tenant's.
func rowsOf(key []byte, p *link.Profile) []store.LinkKey {
	rows := make([]store.LinkKey, 0, len(p.Keys)+len(p.Sentences)+4*len(p.Photos))
	for _, k := range p.Keys {
		rows = append(rows, store.LinkKey{Value: k.Value, Kind: k.Kind, Place: k.Index})
	}
	for _, s := range p.Sentences {
		rows = append(rows, store.LinkKey{Value: s.Value, Kind: s.Kind})
	}
	for _, ph := range p.Photos {
		for _, v := range append(bandsOf(ph), codesOf(key, ph.Kind, ph.PDQ)...) {
			rows = append(rows, store.LinkKey{Value: v, Kind: ph.Kind, Place: ph.Index})
		}
		if ph.Index >= store.OfPart {
			continue // a gallery: of the hundred and twenty-ninth picture on the whole
		}
		for _, part := range ph.Views {
			for _, v := range codesOf(key, ph.Kind, part) {
				rows = append(rows, store.LinkKey{Value: v, Kind: ph.Kind, Place: ph.Index | store.OfPart})
			}
		}
	}
	return rows
}

// bandsOf are the quarters of a short perceptual hash: pictures that differ in fewer than four bits have one quarter alike, and
// nearly all copies of one picture do.
func bandsOf(p link.Photo) (values []uint64) {
	for band := uint64(0); band < 4 && p.Hash != 0; band++ {
		values = append(values, 0xba<<56|uint64(p.Kind)<<40|band<<32|p.Hash>>(16*band)&0xffff)
	}
	return values
}

// codesOf are the codes of a long perceptual hash under the tenant's key: from a hash in the clear a small blurred picture
// could be drawn again.
func codesOf(key []byte, kind record.Kind, pdq [4]uint64) (values []uint64) {
	if pdq == (link.Photo{}).PDQ {
		return nil
	}
	mac := hmac.New(sha256.New, key)
	for slot, code := range index.PhotoCodes(pdq) {
		mac.Reset()
		mac.Write([]byte{'p', 'd', 'q', byte(kind), byte(slot), byte(code), byte(code >> 8)})
		values = append(values, binary.LittleEndian.Uint64(mac.Sum(nil)))
	}
	return values
}

func writeProfile(p *link.Profile) ([]byte, error) {
	b, err := json.Marshal(p)
	if err != nil {
		return nil, &record.Error{Code: record.CodeInternal, Where: "profile", Message: "cannot be written"}
	}
	return b, nil
}

func readProfile(b []byte) (p link.Profile, err error) {
	if err := json.Unmarshal(b, &p); err != nil {
		return p, &record.Error{Code: record.CodeInternal, Where: "profile", Message: "cannot be read"}
	}
	return p, nil
}
