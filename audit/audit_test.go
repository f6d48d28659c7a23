package audit

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	mrand "math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"bonafide/record"
)

// log is a log as the store keeps it: leaves and the hashes that each adds.
type log struct {
	leaves, hashes [][]byte
	signer         note.Signer
	public         string
}

func newLog(t testing.TB, n int) *log {
	t.Helper()
	secret, public, err := note.GenerateKey(rand.Reader, "bonafide")
	if err != nil {
		t.Fatal(err)
	}
	l := &log{public: public}
	if l.signer, err = note.NewSigner(secret); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		l.add(t, entry(i))
	}
	return l
}

func entry(i int) record.Entry {
	return record.Entry{At: time.Date(2026, 11, 20, 9, 0, i, 0, time.UTC), Tenant: "acme", Act: "case.read", Object: fmt.Sprint("case/", i),
		Actor: record.Actor{Kind: record.ActorPerson, ID: "ann", Tenant: "acme"}, Done: true}
}

func (l *log) add(t testing.TB, e record.Entry) {
	t.Helper()
	n := int64(len(l.leaves))
	e.Seq = n
	b, err := Leaf(e)
	if err != nil {
		t.Fatal(err)
	}
	h, err := Grow(n, b, l)
	if err != nil {
		t.Fatal(err)
	}
	l.leaves, l.hashes = append(l.leaves, b), append(l.hashes, h)
}

func (l *log) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		n, offset := At(x)
		copy(out[i][:], l.hashes[n][offset:])
	}
	return out, nil
}

func (l *log) head(t testing.TB, size int) (Checkpoint, []byte) {
	t.Helper()
	root, err := tlog.TreeHash(int64(size), l)
	if err != nil {
		t.Fatal(err)
	}
	c := Checkpoint{Origin("acme"), int64(size), root}
	signed, err := c.Sign(l.signer)
	if err != nil {
		t.Fatal(err)
	}
	return c, signed
}

func (l *log) export(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b, "acme")
	for _, leaf := range l.leaves {
		if err := w.Leaf(leaf); err != nil {
			t.Fatal(err)
		}
	}
	_, signed := l.head(t, len(l.leaves))
	if err := w.Close(signed); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestExportVerifies(t *testing.T) {
	for _, n := range []int{0, 1, 2, 7, 8, 100} {
		l := newLog(t, n)
		var witness [][]byte
		for _, at := range []int{0, n / 3, n / 2, n} {
			_, signed := l.head(t, at)
			witness = append(witness, signed)
		}
		r, err := Verify(bytes.NewReader(l.export(t)), l.public, witness)
		if err != nil || !r.OK() || r.Entries != int64(n) || r.Witness != 4 {
			t.Errorf("%d entries: %+v, %v", n, r, err)
		}
	}
}

// TestMutationsAreReported flips bits, deletes, doubles, swaps, inserts, cuts,
// and rewrites the whole log with the real key. The verifier reports each; the
// last three only a witness can show, and without one they pass: so says docs.
func TestMutationsAreReported(t *testing.T) {
	l := newLog(t, 60)
	whole := l.export(t)
	_, seen := l.head(t, 50)
	_, last := l.head(t, 60)
	found := func(name string, b []byte, witness ...[]byte) {
		t.Helper()
		r, err := Verify(bytes.NewReader(b), l.public, witness)
		if err == nil && r.OK() {
			t.Errorf("%s: not reported", name)
		}
	}
	random := mrand.New(mrand.NewPCG(5, 5))
	for range 1000 {
		b := bytes.Clone(whole)
		at, bit := random.IntN(len(b)-1), random.IntN(8) // the last byte is the end of the last line
		b[at] ^= 1 << bit
		if lenient(whole, b, at) {
			continue
		}
		found(fmt.Sprintf("bit %d of byte %d", bit, at), b)
	}
	lines := strings.SplitAfter(string(whole), "\n")
	edit := func(f func(lines []string) []string) []byte {
		return []byte(strings.Join(f(append([]string(nil), lines...)), ""))
	}
	for i := 1; i <= 60; i++ {
		found("deleted", edit(func(x []string) []string { return append(x[:i], x[i+1:]...) }))
		found("doubled", edit(func(x []string) []string { return append(x[:i], append([]string{x[i]}, x[i:]...)...) }))
		if i < 60 {
			found("swapped", edit(func(x []string) []string { x[i], x[i+1] = x[i+1], x[i]; return x }))
		}
		found("cut", edit(func(x []string) []string { return x[:i] }))
	}
	found("a line after the end", append(bytes.Clone(whole), lines[3]...))

	// The owner of the key and the database rewrites history.
	forged := &log{signer: l.signer, public: l.public}
	for i := range 60 {
		e := entry(i)
		if i == 20 {
			e.Act = "case.list"
		}
		forged.add(t, e)
	}
	found("rewritten with the real key", forged.export(t), seen)
	back := &log{signer: l.signer, public: l.public}
	for i := range 40 {
		back.add(t, entry(i))
	}
	found("set back to yesterday", back.export(t), seen)
	found("last entries dropped", back.export(t), last)
	for name, b := range map[string][]byte{"rewritten": forged.export(t), "set back": back.export(t)} {
		if r, err := Verify(bytes.NewReader(b), l.public, nil); err != nil || !r.OK() {
			t.Errorf("%s without a witness: %+v, %v: then the text of Verify must be changed", name, r, err)
		}
	}
	other := newLog(t, 0)
	if r, _ := Verify(bytes.NewReader(whole), other.public, nil); r == nil || r.OK() {
		t.Error("another key is accepted")
	}
}

// lenient tells the changes that alter nothing said: other bytes, the same JSON
// string, in head and foot, which are not hashed. Of leaves every byte counts.
func lenient(before, after []byte, at int) bool {
	first := bytes.IndexByte(before, '\n')
	if at < first {
		return bytes.Contains(after[:first+1], []byte(`"acme"`)) && bytes.Contains(after[:first+1], []byte(exportFormat))
	}
	return false
}

func TestProofs(t *testing.T) {
	l := newLog(t, 33)
	for size := 1; size <= 33; size++ {
		c, signed := l.head(t, size)
		if back, err := OpenCheckpoint(signed, l.public); err != nil || back != c {
			t.Fatalf("%+v, %v", back, err)
		}
		var f Frontier
		for _, leaf := range l.leaves[:size] {
			f.Add(leaf)
		}
		if f.Root() != c.Root {
			t.Fatalf("size %d: two roots", size)
		}
		for n := range size {
			p, err := ProveInclusion(int64(size), int64(n), l)
			if err != nil || CheckInclusion(c, int64(n), l.leaves[n], p) != nil {
				t.Errorf("%d in %d: %v", n, size, err)
			}
			if CheckInclusion(c, int64(n), l.leaves[(n+1)%33], p) == nil {
				t.Errorf("%d in %d: another leaf passes", n, size)
			}
		}
		for old := 0; old <= size; old++ {
			before, _ := l.head(t, old)
			p, err := ProveConsistency(int64(old), int64(size), l)
			if err != nil || CheckConsistency(before, c, p) != nil {
				t.Errorf("%d in %d: %v", old, size, err)
			}
			before.Root[3] ^= 1
			if old > 0 && CheckConsistency(before, c, p) == nil {
				t.Errorf("%d in %d: another beginning passes", old, size)
			}
		}
	}
}

func TestFileWitness(t *testing.T) {
	l := newLog(t, 30)
	w := FileWitness{t.TempDir(), l.public}
	old := 0
	for _, size := range []int{4, 9, 9, 30} {
		_, signed := l.head(t, size)
		proof, err := ProveConsistency(int64(old), int64(size), l)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Add(signed, int64(old), proof); err != nil {
			t.Fatal(err)
		}
		old = size
	}
	all, err := w.All(Origin("acme"))
	if err != nil || len(all) != 3 {
		t.Fatalf("%d kept, %v", len(all), err)
	}
	r, err := Verify(bytes.NewReader(l.export(t)), l.public, all)
	if err != nil || !r.OK() || r.Witness != 3 {
		t.Errorf("%+v, %v", r, err)
	}
	info, _ := os.Stat(filepath.Join(w.Dir, "bonafide-acme.checkpoints"))
	if info == nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info)
	}
	forged := &log{signer: l.signer, public: l.public}
	for i := range 40 {
		e := entry(i)
		e.Act = "case.list"
		forged.add(t, e)
	}
	_, signed := forged.head(t, 40)
	proof, _ := ProveConsistency(30, 40, forged)
	if w.Add(signed, 30, proof) == nil {
		t.Error("a rewritten log is witnessed")
	}
	_, signed = l.head(t, 9)
	if w.Add(signed, 30, nil) == nil {
		t.Error("a log set back is witnessed")
	}
	subject, body := MailText(all[0])
	if !strings.Contains(subject, "bonafide/acme") || !strings.Contains(body, string(all[0])) {
		t.Errorf("%s\n%s", subject, body)
	}
}

func FuzzVerify(f *testing.F) {
	l := newLog(f, 5)
	f.Add(l.export(f))
	f.Add([]byte(`{"format":"bonafide audit 1","tenant":"acme"}` + "\n{}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Verify(bytes.NewReader(b), l.public, nil)
		if err == nil && r.OK() && !bytes.Contains(b, []byte(l.leaves[4])) && r.Entries == 5 {
			t.Error("a forged export passes")
		}
	})
}

// FuzzCosignature: whatever a witness answers, what is kept below a head opens with
// both keys or nothing is kept.
func FuzzCosignature(f *testing.F) {
	l := newLog(f, 9)
	_, signed := l.head(f, 9)
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	sum := sha256.Sum256(append([]byte("w\n\x04"), public...))
	line := fmt.Sprintf("w+%x+%s", sum[:4], base64.StdEncoding.EncodeToString(append([]byte{4}, public...)))
	key, err := readCosigner(line + "\n")
	if err != nil {
		f.Fatal(err)
	}
	text, _, _ := bytes.Cut(signed, []byte("\n\n"))
	at := []byte{0, 0, 0, 0, 0x69, 0, 0, 0}
	sig := ed25519.Sign(private, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s\n", 0x69000000, text))
	good := fmt.Sprintf("— w %s\n", base64.StdEncoding.EncodeToString(slices.Concat(sum[:4], at, sig)))
	if out, err := cosign(signed, []byte(good), key); err != nil || !bytes.HasSuffix(out, []byte(good)) {
		f.Fatalf("%q %v", out, err)
	}
	f.Add([]byte(good), line)
	f.Add([]byte("— w AAAA\n\n\n"), "w+00000000+BA==")
	f.Fuzz(func(t *testing.T, answer []byte, line string) {
		_, _ = readCosigner(line)
		out, err := cosign(signed, answer, key)
		if err != nil {
			return
		}
		if _, err := OpenCheckpoint(out, l.public); err != nil || len(SplitCheckpoints(out)) != 1 {
			t.Errorf("kept what does not open: %q", out)
		}
		if _, err := note.Open(out, note.VerifierList(key)); err != nil {
			t.Errorf("kept without its signature: %q", out)
		}
	})
}
