package link

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	picture "bonafide/match/photo"
	"bonafide/record"
)

// TestPDQ: two portraits that only the long hash shows to be one, upright and mirrored, are found among many by Build, by
// Weigh and out of a key file; one that is further away is not.
func TestPDQ(t *testing.T) {
	d := rand.New(rand.NewPCG(8, 8))
	random := func() (h picture.PDQ) {
		for w := range h {
			h[w] = d.Uint64()
		}
		return h
	}
	blur := func(h picture.PDQ, n int) picture.PDQ {
		for _, bit := range d.Perm(256)[:n] {
			h[bit/64] ^= 1 << (bit % 64)
		}
		return h
	}
	k := NewKeyer([]byte("0123456789abcdef0123456789abcdef"), true)
	one := random()
	pictures := []picture.PDQ{one, blur(one, 30), blur(one.Laid(picture.Mirrored), 20), blur(one, 60)}
	for range 5000 {
		pictures = append(pictures, random())
	}
	var all []Profile
	for i, h := range pictures {
		all = append(all, k.Profile(&record.Application{Source: "x", ID: fmt.Sprint(i), Person: record.Person{Name: fmt.Sprintf("Given%d Family%d", i, i)},
			Photos: []record.Photo{{PHash: fmt.Sprintf("%016x", d.Uint64()), PDQ: h.String()}}}))
	}
	for what, b := range freshAndKept(t, k, all) {
		g := b.Build()
		for i, want := range []int{2, 1, 1, 0, 0} {
			n := 0
			for _, l := range g.Links(uint32(i)) {
				if l.Kind == record.KindPhoto {
					n += l.Identities
				}
			}
			if n < want || want == 0 && n > 0 {
				t.Errorf("%s, picture %d: near %d others, not %d", what, i, n, want)
			}
		}
	}
	pop := &Population{Records: len(all), Photos: len(all)}
	for i, want := range []int{0, 1, 1, 0, 0} {
		if i == 0 {
			continue
		}
		if w := pop.Weigh(&all[0], &all[i]); len(w.Steps) != want {
			t.Errorf("picture %d: %d steps, not %d", i, len(w.Steps), want)
		}
	}
}

// freshAndKept is two builders of the same profiles: as they came, and by way of a key file.
func freshAndKept(t *testing.T, k *Keyer, all []Profile) map[string]*Builder {
	t.Helper()
	fresh, kept := NewBuilder(), NewBuilder()
	var file bytes.Buffer
	w := NewKeyWriter(&file, k)
	for i := range all {
		_, err := fresh.Add(all[i])
		if err := errors.Join(err, w.Add(&all[i])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := ReadKeys(&file, k)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.AddTo(kept); err != nil {
		t.Fatal(err)
	}
	return map[string]*Builder{"records": fresh, "key file": kept}
}
