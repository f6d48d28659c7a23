package screen_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"bonafide/match/photo"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// TestPictureByItsLongHash: handed in one by one, a picture whose short hash is another one is known again by its long hash,
// upright, mirrored and far edited; a stranger's is not, nor one that very many have, nor two that have no hash at all.
func TestPictureByItsLongHash(t *testing.T) {
	k, actor := newKeeper(t)
	r := rand.New(rand.NewPCG(4, 4))
	random := func() photo.PDQ { return photo.PDQ{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()} }
	edited := func(h photo.PDQ, n int) photo.PDQ {
		for _, bit := range r.Perm(256)[:n] {
			h[bit/64] ^= 1 << (bit % 64)
		}
		return h
	}
	names := 0
	others := func(photos string) []string {
		t.Helper()
		names++
		raw := fmt.Sprintf(`{"id":"p-%d","source":"form","received_at":"2026-03-%02dT09:00:00Z","person":{"name":"Given%c Family%c"},"photos":[%s]}`, names, 1+names%28, 'a'+names%26, 'a'+names/26, photos)
		got, err := k.Accept(context.Background(), actor, screen.Delivery{Raw: []byte(raw)})
		if err != nil {
			t.Fatal(err)
		}
		var res *record.Result
		err = k.Store.Update(context.Background(), actor, func(tx *store.Tx) (err error) {
			tx.Did("test.read", "tenant/main", "")
			res, err = tx.Result(got.Subject)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, l := range res.Links {
			if l.Kind == record.KindPhoto {
				all = append(all, l.Others...)
			}
		}
		slices.Sort(all)
		return all
	}
	both := func(h photo.PDQ) string { return fmt.Sprintf(`{"phash":"%016x","pdq":%q}`, r.Uint64(), h) }

	one := random()
	if got := others(both(one)); len(got) > 0 {
		t.Fatalf("the first is linked with %v", got)
	}
	for range 30 {
		if got := others(both(random())); len(got) > 0 {
			t.Fatalf("a stranger is linked with %v", got)
		}
	}
	if got := others(fmt.Sprintf(`{"pdq":%q}`, edited(one.Laid(photo.Mirrored), 12))); !slices.Equal(got, []string{"form/p-1"}) {
		t.Errorf("mirrored, with no short hash: linked with %v", got)
	}
	if got := others(both(edited(one, 15))); len(got) != 2 {
		t.Errorf("edited: linked with %v, not with both", got)
	}
	if got := others(both(edited(one, 60))); len(got) > 0 {
		t.Errorf("60 bits away: linked with %v", got)
	}
}
