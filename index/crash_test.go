package index

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bonafide/link"
)

// files is a folder as bytes.
func files(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name()] = b
	}
	return all
}

func lay(t testing.TB, all map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, b := range all {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// says opens a folder and gives everything it answers, or the error it gave before any answer.
func says(t testing.TB, dir string, all []link.Profile) (got []string, err error) {
	t.Helper()
	x, err := Open(dir, tag, true)
	if err != nil {
		return nil, err
	}
	defer x.Close()
	for i := range all {
		a, err := x.Who(&all[i])
		if err != nil {
			return nil, err
		}
		got = append(got, fmt.Sprintf("%+v", a))
	}
	return got, nil
}

// TestCrash: whenever the machine stops while records are added, a segment is written, segments are merged or all is learned, the
// state before or the one after stands.
func TestCrash(t *testing.T) {
	all := town(t, 60, 53)
	x := create(t)
	x.Add(&all[0])
	fill(t, x, all[:30])
	if err := x.Flush(); err != nil {
		t.Fatal(err)
	}
	fill(t, x, all[30:])
	if there, err := x.Delete(all[3].Self); err != nil || !there {
		t.Fatal(err)
	}
	if err := x.Sync(); err != nil {
		t.Fatal(err)
	}
	learn := func() error {
		ok, err := x.Learn(day, len(all), quiet)
		if err == nil && !ok {
			t.Error("nothing is learned")
		}
		return err
	}
	for _, step := range []struct {
		name string
		do   func() error
	}{{"flush", x.Flush}, {"merge", x.Merge}, {"learn", learn}} {
		before := files(t, x.dir)
		want, err := says(t, lay(t, before), all)
		if err != nil {
			t.Fatal(err)
		}
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		after := files(t, x.dir)
		got, err := says(t, lay(t, after), all)
		if err != nil {
			t.Fatal(err)
		}
		same(t, step.name, got, want)
		// Every new file half written, or whole, beside the old ones: the manifest still names those.
		states := 0
		for name, b := range after {
			if _, old := before[name]; old {
				continue
			}
			for _, n := range []int{0, 1, len(b) / 2, len(b) - 1, len(b)} {
				mixed := map[string][]byte{name: b[:max(n, 0)], name + ".part": b[:max(n, 0)]}
				for k, v := range before {
					mixed[k] = v
				}
				dir := lay(t, mixed)
				got, err := says(t, dir, all)
				if err != nil {
					t.Fatalf("%s, %s of %d bytes: %v", step.name, name, n, err)
				}
				same(t, step.name+" "+name, got, want)
				y, err := Open(dir, tag, false) // a writer clears up what is left over
				if err != nil {
					t.Fatal(err)
				}
				y.Close()
				if left := files(t, dir); left[name] != nil && !bytes.Equal(left[name], before[name]) {
					t.Errorf("%s is left behind", name)
				}
				states++
			}
		}
		// The new manifest with the old files still there.
		mixed := map[string][]byte{}
		for _, m := range []map[string][]byte{before, after} {
			for k, v := range m {
				mixed[k] = v
			}
		}
		got, err = says(t, lay(t, mixed), all)
		if err != nil {
			t.Fatal(err)
		}
		same(t, step.name+" done, old files there", got, want)
		if states < 5 {
			t.Errorf("%s: only %d states seen", step.name, states)
		}
	}
}

// TestLogCut: a log that ends anywhere gives the records that are whole; what Sync returned for is among them.
func TestLogCut(t *testing.T) {
	all := town(t, 30, 54)
	x := create(t)
	var ends []int64
	for i := range all {
		fill(t, x, all[i:i+1])
		if err := x.Sync(); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(x.log.path)
		if err != nil {
			t.Fatal(err)
		}
		ends = append(ends, info.Size())
	}
	have := files(t, x.dir)
	name := filepath.Base(x.log.path)
	whole := have[name]
	for cut := 0; cut <= len(whole); cut += 1 + len(whole)/200 {
		have[name] = whole[:cut]
		dir := lay(t, have)
		y, err := Open(dir, tag, false)
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		want := 0
		for _, e := range ends {
			if e <= int64(cut) {
				want++
			}
		}
		if y.Records() != want {
			t.Fatalf("cut at %d: %d records, %d were whole", cut, y.Records(), want)
		}
		fill(t, y, all) // and goes on behind the cut
		y = reopen(t, y)
		if y.Records() != len(all) {
			t.Fatalf("cut at %d: %d records after adding all again", cut, y.Records())
		}
		y.Close()
	}
}

// TestDamage: any byte of any file changed or lost: an error that names the file, or the same answers, never others.
func TestDamage(t *testing.T) {
	all := town(t, 40, 55)
	x := create(t)
	fill(t, x, all[:25])
	if err := x.Flush(); err != nil {
		t.Fatal(err)
	}
	fill(t, x, all[25:])
	if _, err := x.Delete(all[2].Self); err != nil {
		t.Fatal(err)
	}
	if err := x.Flush(); err != nil {
		t.Fatal(err)
	}
	fill(t, x, all[2:3])
	if err := x.Sync(); err != nil {
		t.Fatal(err)
	}
	have := files(t, x.dir)
	want, err := says(t, lay(t, have), all)
	if err != nil {
		t.Fatal(err)
	}
	noticed := 0
	for name, whole := range have {
		if name == lockName {
			continue
		}
		for at := 0; at < len(whole); at += 1 + len(whole)/60 {
			for _, how := range []string{"changed", "cut"} {
				bad := bytes.Clone(whole)
				if how == "cut" {
					if strings.HasPrefix(name, "log-") {
						continue // TestLogCut
					}
					bad = bad[:at]
				} else {
					bad[at] ^= 0x40
				}
				mixed := map[string][]byte{}
				for k, v := range have {
					mixed[k] = v
				}
				mixed[name] = bad
				dir := lay(t, mixed)
				got, err := says(t, dir, all)
				if err == nil {
					y, e := Open(dir, tag, true)
					if e != nil {
						t.Fatal(e)
					}
					_, err = y.Verify()
					y.Close()
					if strings.HasPrefix(name, "log-") {
						continue // the last record, as if it had not been written
					}
					same(t, fmt.Sprintf("%s at %d %s", name, at, how), got, want)
				}
				if err == nil {
					t.Fatalf("%s at %d %s: nobody noticed", name, at, how)
				}
				if s := err.Error(); !strings.Contains(s, "bonafide index build") && !strings.Contains(s, "another key") {
					t.Fatalf("%s at %d %s: %v", name, at, how, err)
				}
				noticed++
			}
		}
	}
	if noticed < 300 {
		t.Errorf("only %d damages tried", noticed)
	}
}

// FuzzRow: no bytes break the reader of rows, and what it reads it writes again.
func FuzzRow(f *testing.F) {
	for _, p := range town(f, 5, 56) {
		l := lean(&p)
		f.Add(appendRow(nil, &l))
	}
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		p, ok := readRow(b)
		if !ok {
			return
		}
		again := appendRow(nil, &p)
		q, ok := readRow(again)
		if !ok || !bytes.Equal(appendRow(nil, &q), again) {
			t.Fatalf("a row does not survive: %v", ok)
		}
	})
}

// FuzzReplay: no bytes break the reader of logs, and it gives whole records only.
func FuzzReplay(f *testing.F) {
	dir := f.TempDir()
	l, err := createLog(filepath.Join(dir, "log"))
	if err != nil {
		f.Fatal(err)
	}
	l.append('A', []byte("one"))
	l.append('D', []byte("12345678"))
	l.close()
	b, err := os.ReadFile(l.path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add(b[:len(b)-3])
	f.Add(append(bytes.Clone(b[:20]), b...))
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "log")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		n := 0
		whole, err := replay(path, func(kind byte, body []byte) error { n += logHead + 1 + len(body); return nil })
		if err == nil && whole != int64(n) {
			t.Fatalf("%d bytes of records, %d said to be whole", n, whole)
		}
	})
}
