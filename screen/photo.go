package screen

import (
	"cmp"
	"slices"

	"bonafide/index"
	"bonafide/link"
	"bonafide/store"
)

// samePicture gives who has a picture near one by its long hash, upright or mirrored; nobody where so many have it that it
// links nobody. Strangers share single codes by chance, so those that share most are looked at, and the hashes decide.
func samePicture(t *store.Tx, subject string, ph link.Photo) ([]string, error) {
	if ph.PDQ == (link.Photo{}).PDQ {
		return nil, nil
	}
	key, err := t.LinkKey()
	if err != nil {
		return nil, err
	}
	shared := map[string]int{}
	for _, v := range codesOf(key, ph) {
		found, err := t.Holders([]uint64{v}, 3*neighboursMax+3)
		if err != nil {
			return nil, err
		}
		holders := map[string]bool{}
		for _, h := range found {
			holders[h.Subject] = true
		}
		if len(holders) > neighboursMax {
			continue // the code of some encoder
		}
		for s := range holders {
			shared[s]++
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
				return o.Kind == ph.Kind && o.PDQ != (link.Photo{}).PDQ && index.PhotosNear(o.PDQ, ph.PDQ)
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
