package fingerprint

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// prose is n words that nobody else wrote.
func prose(seed uint64, n int) string {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "w%x", r.Uint32())
		b.WriteByte(" \n"[min(1, i%9/8)])
	}
	return b.String()
}

func of(t testing.TB, s string) Print {
	t.Helper()
	p, err := Of(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestShare: a sample cut from a large file, mixed with other text, is told with
// its share; strangers and short texts share nothing.
func TestShare(t *testing.T) {
	for _, size := range []int{200, 2_000, 50_000} {
		whole := prose(1, size)
		for _, part := range []float64{0.3, 0.6, 1} {
			n := int(float64(min(size, 20_000)) * part)
			mine := strings.Join(strings.Fields(whole)[:n], "  ")
			other := prose(2, int(float64(n)/part)-n)
			sample, ours := of(t, strings.ToUpper(mine)+"\n"+other), of(t, whole)
			got, ok := Share(&sample, &ours)
			if !ok || math.Abs(got-part) > 0.25 {
				t.Errorf("%d words, %.0f %% of it ours: says %.2f %v", size, 100*part, got, ok)
			}
		}
	}
	a, b := of(t, prose(3, 5_000)), of(t, prose(4, 5_000))
	if got, _ := Share(&a, &b); got != 0 {
		t.Errorf("strangers share %.2f", got)
	}
	if p := of(t, "MIT License, do what you want"); p.Words != 0 || p.Hashes != nil {
		t.Errorf("a short text has a sketch: %+v", p)
	}
	if p := of(t, "\x00\x01"+prose(1, 500)); p.Words != 0 || len(p.SHA256) != 64 || p.Size < 500 {
		t.Errorf("what is no text has a sketch: %+v", p)
	}
}

func TestIndex(t *testing.T) {
	var b bytes.Buffer
	w, err := NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []File{{"src/a.go", of(t, prose(1, 3_000))}, {"odd\tname\n.txt", of(t, prose(2, 900))}, {"empty", of(t, "")}} {
		if err := w.Add(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	x, err := ReadIndex(bytes.NewReader(b.Bytes()))
	if err != nil || len(x.Files) != 3 || x.Files[1].Path != "odd\tname\n.txt" {
		t.Fatalf("%+v %v", x, err)
	}
	same, like, none, empty := of(t, prose(2, 900)), of(t, prose(1, 2_500)), of(t, prose(9, 900)), of(t, "")
	if got := x.Find(&same, 5); len(got) != 1 || !got[0].Same || got[0].Path != "odd\tname\n.txt" {
		t.Errorf("same bytes: %+v", got)
	}
	if got := x.Find(&like, 5); len(got) != 1 || got[0].Same || got[0].Share < 0.7 {
		t.Errorf("a part: %+v", got)
	}
	if x.Find(&none, 5) != nil || x.Find(&empty, 5) != nil {
		t.Error("a stranger or an empty file is ours")
	}
	for _, bad := range []string{"", "something else\n", indexHead + "\nx\n", indexHead + "\n" + strings.Repeat("a", 64) + "\t-1\t0\t0\t\tp\n", indexHead + "\n" + strings.Repeat("a", 64) + "\t1\t0\t0\tAAAA\tp\n"} {
		if _, err := ReadIndex(strings.NewReader(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func FuzzReadIndex(f *testing.F) {
	f.Add(indexHead + "\n" + strings.Repeat("a", 64) + "\t1\t40\t2\tAAAAAAAAAAE\tp\n")
	f.Fuzz(func(t *testing.T, s string) {
		x, err := ReadIndex(strings.NewReader(s))
		if err != nil {
			return
		}
		for i := range x.Files {
			x.Find(&x.Files[i].Print, 3)
		}
	})
}

func FuzzOf(f *testing.F) {
	f.Add([]byte(prose(1, 50)))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Of(bytes.NewReader(b))
		if err != nil || p.Size != int64(len(b)) || len(p.Hashes) > most {
			t.Errorf("%+v %v", p, err)
		}
	})
}
