package index

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"bonafide/link"
	"bonafide/match"
	"bonafide/match/photo"
	"bonafide/record"
)

// cropped is profiles with a picture and four parts of it each. Of a third the whole is a part of another's, a part of theirs is
// its whole, or both are parts of a third, edited by up to thirty bits, mirrored or not; a tenth share a template: as far apart as
// wholes as in any part.
func cropped(r *rand.Rand, n int) []link.Profile {
	random := func() longHash { return longHash{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()} }
	var all []link.Profile
	for i := range n {
		whole, parts := random(), []photo.PDQ{photo.PDQ(random()), photo.PDQ(random()), photo.PDQ(random()), photo.PDQ(random())}
		edit := func(h photo.PDQ) longHash {
			x := changed(r, longHash(h), r.IntN(photoNear))
			if i%2 == 0 {
				x = mirrorOf(x)
			}
			return x
		}
		if i > 0 {
			of := &all[r.IntN(i)].Photos[0]
			switch {
			case i%9 == 0:
				whole = edit(of.Views[r.IntN(4)])
			case i%9 == 1:
				parts[r.IntN(4)] = photo.PDQ(edit(of.PDQ))
			case i%9 == 2:
				parts[r.IntN(4)] = photo.PDQ(edit(of.Views[r.IntN(4)]))
			case i%10 == 3:
				whole = changed(r, longHash(of.PDQ), 40)
				for p := range parts {
					parts[p] = photo.PDQ(changed(r, longHash(of.Views[p]), 26))
				}
			}
		}
		all = append(all, link.Profile{Name: fmt.Sprintf("x/%d", i), Self: match.Mix(uint64(i) + 77), At: int64(i),
			Photos: []link.Photo{{PDQ: photo.PDQ(whole), Kind: record.KindPhoto, Views: parts}}})
	}
	return all
}

// Who has a part of a picture is found whatever order they came in, in memory, in segments and merged, replaced and deleted in
// between; that it is a part is said; and nobody is found by a template.
func TestPartsInAnyOrder(t *testing.T) {
	d := rand.New(rand.NewPCG(7, 3))
	all := cropped(d, photoFlat/4+400) // four parts each: more than are compared one by one
	want := make([][]string, len(all))
	far, near := 0, 0 // near by parts that share no code, as the index may
	for i := range all {
		for j := range all {
			x, y := &all[i].Photos[0], &all[j].Photos[0]
			if i == j || !x.Near(y) {
				continue
			}
			near++
			h, o := longHash(x.PDQ), longHash(y.PDQ)
			if h.apart(&o) > photoNear && !slices.ContainsFunc(hashesOf(x), func(a longHash) bool {
				return slices.ContainsFunc(hashesOf(y), func(b longHash) bool { return a.near(&b, true) })
			}) {
				far++
				continue
			}
			want[i] = append(want[i], all[j].Name)
		}
		slices.Sort(want[i])
	}
	if near < 500 || far == 0 || 20*far > near {
		t.Errorf("of %d near ones %d share no code: expected one in thirty at the distances drawn", near, far)
	}
	for round := range 3 {
		x := create(t)
		for n, i := range d.Perm(len(all)) {
			if n%50 == 0 { // another picture before the one that stands
				old := all[i]
				old.At, old.Photos = -1, all[(i+1)%len(all)].Photos
				fill(t, x, []link.Profile{old})
			}
			fill(t, x, all[i:i+1])
			if n%40 == 0 {
				if _, err := x.Delete(all[i].Self); err != nil {
					t.Fatal(err)
				}
				fill(t, x, all[i:i+1])
			}
			if round == 1 && n%500 == 499 {
				if err := x.Flush(); err != nil {
					t.Fatal(err)
				}
			}
			if round == 2 && n == len(all)/2 {
				if err := x.Merge(); err != nil {
					t.Fatal(err)
				}
			}
		}
		check := func(how string) {
			t.Helper()
			for i := range all {
				a, err := x.Who(&all[i])
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, l := range a.Links {
					got = append(got, l.With)
					if h, o := longHash(all[i].Photos[0].PDQ), longHash(all[slices.IndexFunc(all, func(p link.Profile) bool { return p.Name == l.With })].Photos[0].PDQ); l.Steps[0].Part != (h.apart(&o) > photoNear) {
						t.Fatalf("%s: a part is called the whole, or the other way about", how)
					}
				}
				slices.Sort(got)
				if !slices.Equal(got, want[i]) || len(a.Common) > 0 {
					t.Fatalf("round %d, %s, %d: %v, not %v", round, how, i, got, want[i])
				}
			}
		}
		check("as it came")
		if err := x.Merge(); err != nil {
			t.Fatal(err)
		}
		check("merged")
		x = reopen(t, x)
		check("opened again")
		if _, err := x.Verify(); err != nil {
			t.Fatal(err)
		}
	}
}

func hashesOf(p *link.Photo) []longHash {
	all := []longHash{longHash(p.PDQ)}
	for _, v := range p.Views {
		all = append(all, longHash(v))
	}
	return all
}

// What a crowd has a part of links nobody by the part, and still those who share the whole; nothing is said of the crowd, which
// may be one of strangers before one backdrop.
func TestPartsOfACrowd(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	all := cropped(r, 1)
	for i := range 2*linkMost + 40 {
		p := cropped(r, 1)[0]
		p.Name, p.Self = fmt.Sprint("crowd/", i), match.Mix(uint64(i)+9000)
		if i < 2 {
			p.Photos[0].PDQ = photo.PDQ(changed(r, longHash(all[0].Photos[0].PDQ), 9))
		} else {
			p.Photos[0].Views[2] = photo.PDQ(changed(r, longHash(all[0].Photos[0].Views[2]), 5))
		}
		all = append(all, p)
	}
	x := create(t)
	fill(t, x, all)
	for range 2 {
		a, err := x.Who(&all[0])
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Links) != 2 || len(a.Common) > 0 || a.Links[0].Steps[0].Part {
			t.Errorf("%d links, %+v", len(a.Links), a.Common)
		}
		if err := x.Merge(); err != nil {
			t.Fatal(err)
		}
	}
}

// A file of pictures and a row from before there were parts are read as they were.
func TestBeforeParts(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 9))
	rows := photoRows(r, 300)
	path := filepath.Join(t.TempDir(), "photos")
	w, err := newSealed(path, holdsPhotos)
	if err != nil {
		t.Fatal(err)
	}
	sorted, first := sortPhotos(slices.Clone(rows))
	w.Meta[metaTo], w.Meta[metaHashes], w.Meta[metaPosted] = 701, uint64(len(first)), uint64(len(sorted))
	if err := putPhotos(w, sorted, first); err != nil {
		t.Fatal(err)
	}
	if err := w.Finish(); err != nil {
		t.Fatal(err)
	}
	f, err := openPhotos(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.from.Close()
	spent := 0
	ids, err := f.whole.near(&rows[7].hash, false, nil, &spent, new(warm))
	if err != nil || len(ids) == 0 {
		t.Error(ids, err)
	}
	if ids, err := f.partly.near(&rows[7].hash, true, nil, &spent, new(warm)); err != nil || len(ids) > 0 {
		t.Error(ids, err)
	}
	p := cropped(r, 1)[0]
	l := lean(&p)
	if back, ok := readRow(appendRow(nil, &l)); !ok || !slices.Equal(back.Photos[0].Views, p.Photos[0].Views) {
		t.Errorf("%+v", back)
	}
	l.Photos[0].Views = nil
	row := appendRow(nil, &l)
	if back, ok := readRow(row); !ok || back.Photos[0].Views != nil || back.Photos[0].PDQ != p.Photos[0].PDQ || row[len(row)-34] != byte(record.KindPhoto)|0x80 {
		t.Errorf("%+v", back)
	}
}
