package index

import (
	"bufio"
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"bonafide/match/photo"
)

// changed flips n different bits among the words of a shape.
func changed(r *rand.Rand, h PhotoHash, shape PhotoShape, n int) PhotoHash {
	for _, b := range r.Perm(64 * int(shape))[:n] {
		h[b/64] ^= 1 << (b % 64)
	}
	return h
}

func photoRows(r *rand.Rand, shape PhotoShape, n int) []photoRow {
	var rows []photoRow
	for i := range n {
		h := PhotoHash{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
		if i%3 == 0 && i > 0 {
			h = changed(r, rows[r.IntN(i)].hash, shape, r.IntN(2*shape.Reach()))
		}
		if i%7 == 0 { // half of it a constant, as pictures of one kind have
			h[0] = h[0]&0xff00ff00ff00ff00 | 0x00f000f000f000f0
		}
		rows = append(rows, photoRow{shape.cut(h), uint32(i % 701)})
	}
	return rows
}

// The index answers as comparing with every single hash would, in memory, from a file, and with half of it added later.
func TestPhotosFindAllThatIsNear(t *testing.T) {
	for _, shape := range []PhotoShape{ShapeDCT, ShapePDQ} {
		r := rand.New(rand.NewPCG(uint64(shape), 4))
		rows := photoRows(r, shape, 5000)
		all, half := NewPhotoBuilder(shape, 0), NewPhotoBuilder(shape, 0)
		for i, row := range rows {
			all.Add(row.hash, row.subject)
			if i%2 == 0 {
				half.Add(row.hash, row.subject)
			}
		}
		path := filepath.Join(t.TempDir(), "photos")
		if err := all.Write(path); err != nil {
			t.Fatal(err)
		}
		disk, err := OpenPhotos(path)
		if err != nil {
			t.Fatal(err)
		}
		defer disk.Close()
		grown, err := half.Memory()
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if i%2 == 1 {
				grown.Add(row.hash, row.subject)
			}
		}
		found := 0
		for limit := range shape.Reach() + 1 {
			for q := range 100 {
				ask := changed(r, rows[r.IntN(len(rows))].hash, shape, min(limit+q%3, 64))
				want := map[PhotoHash][]uint32{}
				for _, row := range rows {
					if distance(&row.hash, &ask) <= limit {
						want[row.hash] = append(want[row.hash], row.subject)
					}
				}
				a, more, err := disk.Near(ask, limit, 10000)
				if err != nil || more {
					t.Fatal(err, more)
				}
				b, _, err := grown.Near(ask, limit, 10000)
				if err != nil || !reflect.DeepEqual(a, b) {
					t.Fatalf("shape %d, limit %d: a file and a grown index differ: %v", shape, limit, err)
				}
				if len(a) != len(want) {
					t.Fatalf("shape %d, limit %d: %d found, %d are near", shape, limit, len(a), len(want))
				}
				for _, h := range a {
					s := want[h.Hash]
					slices.Sort(s)
					if s = slices.Compact(s); !slices.Equal(s, h.Subjects) || h.Total != len(s) || h.Distance > limit {
						t.Fatalf("shape %d: %+v, want subjects %v", shape, h, s)
					}
					found++
				}
			}
		}
		if found < 200 {
			t.Errorf("shape %d: only %d near hashes: the test asks for nothing", shape, found)
		}
		if _, _, err := disk.Near(PhotoHash{}, shape.Reach()+1, 10); err == nil {
			t.Error("a distance was accepted at which the index is not complete")
		}
	}
}

func TestPhotosOfACrowd(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	b := NewPhotoBuilder(ShapePDQ, 0)
	avatar := PhotoHash{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
	for i := range uint32(20_000) {
		b.Add(avatar, i)
		b.Add(changed(r, avatar, ShapePDQ, 1+r.IntN(6)), i)
	}
	p, err := b.Memory()
	if err != nil {
		t.Fatal(err)
	}
	hits, more, err := p.Near(avatar, 31, 50)
	if err != nil || !more || len(hits) != 50 {
		t.Fatalf("%d hits, more %v, %v", len(hits), more, err)
	}
	for _, h := range hits {
		if len(h.Subjects) > 50 {
			t.Errorf("%d subjects listed", len(h.Subjects))
		}
		if h.Distance == 0 && h.Total != 20_000 {
			t.Errorf("the avatar itself has %d owners, want 20000", h.Total)
		}
	}
}

func TestPhotosOfNobody(t *testing.T) {
	path := filepath.Join(t.TempDir(), "photos")
	if err := NewPhotoBuilder(ShapePDQ, 0).Write(path); err != nil {
		t.Fatal(err)
	}
	p, err := OpenPhotos(path)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if hits, more, err := p.Near(PhotoHash{1}, 31, 10); err != nil || more || len(hits) != 0 || p.Len() != 0 {
		t.Errorf("%d hits, more %v, %v", len(hits), more, err)
	}
	p.Add(PhotoHash{1}, 7)
	if hits, _, err := p.Near(PhotoHash{3}, 31, 10); err != nil || len(hits) != 1 || hits[0].Distance != 1 || !slices.Equal(hits[0].Subjects, []uint32{7}) {
		t.Errorf("what was added to nothing is not found: %+v, %v", hits, err)
	}
	if _, err := OpenPhotos(path + "x"); err == nil {
		t.Error("a file that is not there was opened")
	}
}

// Any order of arrival gives the same file; who is left out is gone from it.
func TestPhotosOrderAndRemoval(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	rows := photoRows(r, ShapePDQ, 2000)
	dir := t.TempDir()
	write := func(name string, rows []photoRow) []byte {
		b := NewPhotoBuilder(ShapePDQ, 0)
		for _, row := range rows {
			b.Add(row.hash, row.subject)
		}
		if err := b.Write(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	want := write("a", rows)
	mixed := slices.Clone(rows)
	r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	if !bytes.Equal(want, write("b", append(mixed, mixed[:50]...))) {
		t.Error("another order of arrival made another file")
	}
	p, err := OpenPhotos(filepath.Join(dir, "a"))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	p.Add(PhotoHash{1, 2, 3, 4}, 5)
	less := NewPhotoBuilder(ShapePDQ, 0)
	if err := less.AddAll(p, func(s uint32) bool { return s == 5 }); err != nil {
		t.Fatal(err)
	}
	if err := less.Write(filepath.Join(dir, "c")); err != nil {
		t.Fatal(err)
	}
	c, err := os.ReadFile(filepath.Join(dir, "c"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(c, write("d", slices.DeleteFunc(slices.Clone(rows), func(x photoRow) bool { return x.subject == 5 }))) {
		t.Error("a removed subject left something behind")
	}
}

// A file cut short or changed anywhere is an error or the right answer, never another one.
func TestPhotosDamaged(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	rows := photoRows(r, ShapePDQ, 300)
	b := NewPhotoBuilder(ShapePDQ, 0)
	for _, row := range rows {
		b.Add(row.hash, row.subject)
	}
	path := filepath.Join(t.TempDir(), "photos")
	if err := b.Write(path); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p, err := OpenPhotos(path)
	if err != nil {
		t.Fatal(err)
	}
	ask := changed(r, rows[17].hash, ShapePDQ, 20)
	want, _, err := p.Near(ask, 31, 100)
	if err != nil || len(want) == 0 || p.Verify() != nil {
		t.Fatal(err, len(want))
	}
	p.Close()
	refused := 0
	for i := range 400 {
		bad := slices.Clone(whole)
		at := r.IntN(len(bad))
		if i%8 == 0 {
			bad = bad[:at]
		} else {
			bad[at] ^= 1 << r.IntN(8)
		}
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := OpenPhotos(path)
		if err != nil {
			refused++
			continue
		}
		if p.Verify() == nil {
			t.Error("a changed file was verified")
		}
		if got, _, err := p.Near(ask, 31, 100); err != nil {
			refused++
		} else if !reflect.DeepEqual(got, want) {
			t.Error("a changed file gave another answer")
		}
		p.Close()
	}
	if refused < 50 {
		t.Errorf("only %d of 400 changed files were refused", refused)
	}
}

// The published needles and haystack: every hash finds itself and everything that a comparison with all finds.
func TestPhotosHaystack(t *testing.T) {
	root := os.Getenv("BONAFIDE_DATA")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(root, "linkage", "pdq", "haystack.txt"))
	if err != nil {
		t.Skip("NOT TESTED: linkage/pdq/haystack.txt is absent, so the look-up was not tried on hashes of real pictures")
	}
	defer f.Close()
	var all []PhotoHash
	b := NewPhotoBuilder(ShapePDQ, 0)
	for lines := bufio.NewScanner(f); lines.Scan(); {
		h, ok := photo.ParsePDQ(lines.Text())
		if !ok {
			t.Fatal("a line is no hash")
		}
		b.Add(h, uint32(len(all)))
		all = append(all, h)
	}
	p, err := b.Memory()
	if err != nil {
		t.Fatal(err)
	}
	pairs := 0
	for _, h := range all {
		hits, more, err := p.Near(h, 31, 2000)
		if err != nil || more {
			t.Fatal(err, more)
		}
		got, want := 0, 0
		for _, x := range hits {
			got += x.Total
		}
		for _, o := range all {
			if distance(&h, &o) <= 31 {
				want++
			}
		}
		if got != want {
			t.Errorf("%d found, %d are near", got, want)
		}
		pairs += want
	}
	t.Logf("%d hashes, %d near ones found, themselves included", len(all), pairs)
}
