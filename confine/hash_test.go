package confine

import (
	"encoding/csv"
	"encoding/hex"
	"math/bits"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

func apart(t testing.TB, a, b string) (n int) {
	t.Helper()
	x, err1 := hex.DecodeString(a)
	y, err2 := hex.DecodeString(b)
	if err1 != nil || err2 != nil || len(x) != len(y) || len(x) == 0 {
		t.Fatalf("%q and %q are no two hashes", a, b)
	}
	for i := range x {
		n += bits.OnesCount8(x[i] ^ y[i])
	}
	return n
}

// TestHashes: the hash of every picture lies near the one the authors of PDQ
// give for it: half of the 31 of 256 bits that they call "the same picture",
// since large pictures are made smaller before they leave the child. All are
// one picture, and the 64-bit hash says so too.
func TestHashes(t *testing.T) {
	dir := os.Getenv("BONAFIDE_DATA")
	if dir == "" {
		dir = "../../shared/data"
	}
	f, err := os.Open(filepath.Join(dir, "linkage", "pdq", "expected.csv"))
	if err != nil {
		t.Skip("NOT TESTED: hashes of pictures against those of their authors; set BONAFIDE_DATA")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 10 {
		t.Fatal(len(rows), err)
	}
	w := worker(t)
	var one string
	worst, worst64 := 0, 0
	for _, row := range rows[1:] {
		b, err := os.ReadFile(filepath.Join(filepath.Dir(f.Name()), row[0]))
		if err != nil {
			t.Fatal(err)
		}
		r := readFile(t, w, b, row[0])
		d := apart(t, r.PDQ(), row[1])
		if one == "" {
			one = r.PHash()
		}
		d64 := apart(t, r.PHash(), one)
		t.Logf("%-22s %3d of 256, %2d of 64", row[0], d, d64)
		worst, worst64 = max(worst, d), max(worst64, d64)
	}
	t.Log("worst: " + strconv.Itoa(worst) + " of 256, " + strconv.Itoa(worst64) + " of 64")
	if worst > 15 || worst64 > 6 {
		t.Errorf("too far: %d of 256, %d of 64", worst, worst64)
	}
}

// TestPlain: a picture on which nothing happens has no hash.
func TestPlain(t *testing.T) {
	var r Result
	r.Picture.Width, r.Picture.Height = 100, 100
	r.RGB = make([]byte, 30000)
	if r.PDQ() != "" || r.PHash() != "" {
		t.Error("a black picture has a hash")
	}
	if (&Result{}).PHash() != "" {
		t.Error("no picture has a hash")
	}
}
