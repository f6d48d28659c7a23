package index

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"bonafide/link"
)

// TestBulk: taken in at once, with older, newer and equally old versions among them, beside what was there before and with
// deletions in between, is what one after another gives; and equal input gives equal files.
func TestBulk(t *testing.T) {
	all := town(t, 700, 55)
	d := rand.New(rand.NewPCG(5, 5))
	var todo []link.Profile
	for _, i := range d.Perm(len(all)) {
		switch d.IntN(6) {
		case 0: // another version, before or after, or of the same second
			p := all[i]
			p.At += int64(d.IntN(3)-1) * 1000
			p.Keys = all[d.IntN(len(all))].Keys
			todo = append(todo, p)
		case 1:
			todo = append(todo, all[i])
		}
		todo = append(todo, all[i])
	}
	before, gone := len(todo)/4, all[:9]
	take := func(x *Index, bulk bool) (stands []bool) {
		fill(t, x, todo[:before])
		if bulk {
			x.Bulk()
		}
		for i := range todo[before:] {
			_, s, err := x.Add(&todo[before+i])
			if err != nil {
				t.Fatal(err)
			}
			stands = append(stands, s)
		}
		for i := range gone {
			if there, err := x.Delete(gone[i].Self); err != nil || !there {
				t.Fatal(there, err)
			}
			if there, err := x.Delete(gone[i].Self); err != nil || there {
				t.Fatal("deleted twice:", there, err)
			}
		}
		if err := x.Merge(); err != nil {
			t.Fatal(err)
		}
		return stands
	}
	one, bulk, again := create(t), create(t), create(t)
	want := take(one, false)
	if got := take(bulk, true); !slices.Equal(got, want) {
		t.Error("other versions stand")
	}
	take(again, true)
	if one.Records() != bulk.Records() || one.Records() < len(all)/2 {
		t.Errorf("%d records, one by one %d", bulk.Records(), one.Records())
	}
	same(t, "bulk", answers(t, bulk, all), answers(t, one, all))
	bulk = reopen(t, bulk)
	if one.Records() != bulk.Records() || bulk.dead.n != 0 || len(bulk.segs) != 1 {
		t.Errorf("opened again: %d records, %d dead, %d segments", bulk.Records(), bulk.dead.n, len(bulk.segs))
	}
	if _, err := bulk.Verify(); err != nil {
		t.Fatal(err)
	}
	b := files(t, again.dir)
	for name, x := range files(t, bulk.dir) {
		if !bytes.Equal(x, b[name]) {
			t.Errorf("%s is not the same the second time", name)
		}
	}
}

// TestBulkGivenUp: until the Merge the index is what it was, and nothing of the attempt stays.
func TestBulkGivenUp(t *testing.T) {
	all := town(t, 60, 56)
	x := create(t)
	fill(t, x, all[:20])
	if err := x.Merge(); err != nil {
		t.Fatal(err)
	}
	before := files(t, x.dir)
	x.Bulk()
	fill(t, x, all)
	x = reopen(t, x)
	if after := files(t, x.dir); x.Records() != 20 || len(after) != len(before) {
		t.Errorf("%d records, %d files", x.Records(), len(after))
	}
}

// TestSortWords: sorted, whatever comes.
func TestSortWords(t *testing.T) {
	d := rand.New(rand.NewPCG(7, 7))
	var room []uint64
	for _, n := range []int{0, 1, 599, 600, 5000} {
		for _, values := range []int{3, 1 << 31} {
			words := make([]uint64, n)
			for i := range words {
				words[i] = uint64(d.IntN(values))*0x9e3779b9<<32 | uint64(d.Uint32())
			}
			want := slices.Sorted(slices.Values(words))
			if room = sortWords(words, room); !slices.Equal(words, want) {
				t.Errorf("%d words of %d values are not sorted", n, values)
			}
		}
	}
}
