package screen

import (
	"cmp"
	"maps"
	"slices"

	"bonafide/link"
	"bonafide/store"
)

const (
	codeMost  = 1024 // rows of one code from which on it is that of some encoder
	partCodes = 2    // codes that a part and another hash must share to be looked at: there are many parts, and one is shared by chance
)

// samePicture gives who has a picture near one by its long hash or by that of a part, upright or mirrored; nobody where so many
// have it that it links nobody. Strangers share single codes by chance, so those that share most are looked at, and the hashes decide.
func samePicture(t *store.Tx, subject string, ph link.Photo) ([]string, error) {
	if ph.PDQ == (link.Photo{}).PDQ {
		return nil, nil
	}
	key, err := t.LinkKey()
	if err != nil {
		return nil, err
	}
	ofPart := map[uint64]bool{} // by code: asked of a part alone
	for _, part := range ph.Views {
		for _, v := range codesOf(key, ph.Kind, part) {
			ofPart[v] = true
		}
	}
	for _, v := range codesOf(key, ph.Kind, ph.PDQ) {
		ofPart[v] = false
	}
	found, err := t.Holders(slices.Sorted(maps.Keys(ofPart)), codeMost)
	if err != nil {
		return nil, err
	}
	rows := map[uint64]int{}
	for _, h := range found {
		rows[h.Value]++
	}
	type tally struct{ whole, parts int }
	tallies := map[string]tally{}
	last := store.Holder{}
	for _, h := range found {
		same := h.Value == last.Value && h.Subject == last.Subject // in another of its pictures, or in a part of the same
		if last = h; same || rows[h.Value] >= codeMost {
			continue
		}
		n := tallies[h.Subject]
		if ofPart[h.Value] || h.Place&store.OfPart != 0 {
			n.parts++
		} else {
			n.whole++
		}
		tallies[h.Subject] = n
	}
	shared := map[string]int{}
	for s, n := range tallies {
		if n.whole > 0 || n.parts >= partCodes {
			shared[s] = n.whole + n.parts
		}
	}
	delete(shared, subject)
	some := make([]string, 0, len(shared))
	for s := range shared {
		some = append(some, s)
	}
	slices.SortFunc(some, func(x, y string) int { return cmp.Or(cmp.Compare(shared[y], shared[x]), cmp.Compare(x, y)) })
	some = some[:min(len(some), neighboursMax)]
	kept, err := t.Profiles(some)
	if err != nil {
		return nil, err
	}
	var near []string
	for _, s := range some {
		if raw, there := kept[s]; there {
			p, err := readProfile(raw)
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(p.Photos, func(o link.Photo) bool {
				return o.Kind == ph.Kind && ph.Near(&o)
			}) {
				near = append(near, s)
			}
		}
	}
	if len(near) >= crowdMost {
		return nil, nil
	}
	return near, nil
}
