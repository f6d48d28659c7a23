package confine

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bonafide/confine/document"
)

// corpus is the folder of hostile files; without it the test says what was not
// tested.
func corpus(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("BONAFIDE_DATA")
	if dir == "" {
		dir = "../../shared/data"
	}
	dir = filepath.Join(dir, "hostile")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("NOT TESTED: hostile files through the locked child; set BONAFIDE_DATA")
	}
	return dir
}

// meets says whether a result is what was expected of a file:
// accept, accept_flag:X, reject:X, reject_or_safe, reject_or_flag:X, …
func meets(r *Result, want string) bool {
	how, what, _ := strings.Cut(want, ":")
	what = strings.ReplaceAll(what, "_", "-")
	rejected := r.Verdict == document.Refused
	switch how {
	case "accept":
		return !rejected && !slices.ContainsFunc(r.Flags, func(f string) bool { return f != document.FlagPolyglot })
	case "accept_flag":
		return !rejected && slices.Contains(r.Flags, what)
	case "reject":
		return rejected && r.Reason == what
	case "reject_or_flag":
		return rejected || slices.Contains(r.Flags, what)
	case "reject_or_partial":
		return rejected || slices.Contains(r.Flags, document.FlagPartial)
	case "reject_or_safe", "accept_or_reject", "reject_or_exact", "neutralise":
		return true // what "safe" means is checked for every file
	}
	return false
}

func expectations(t testing.TB, dir string) map[string]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "made", "EXPECT.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]struct{ Verdict string }
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for name, e := range all {
		if kind, _, _ := strings.Cut(name, "/"); kind != "json" && kind != "csv" && kind != "xml" {
			want[name] = e.Verdict // those three are not files of applicants: intake reads them
		}
	}
	return want
}

// safe is what must hold for every file there is.
func safe(t *testing.T, name string, r *Result) {
	t.Helper()
	if r.Took > 15*time.Second {
		t.Errorf("%s took %v", name, r.Took)
	}
	if r.Reason == document.ReasonForbidden {
		t.Errorf("%s: a reader tried something it may not", name)
	}
	if !r.Sound() {
		t.Errorf("%s: words that are not of the house: %+v", name, r.Result)
	}
	if strings.Contains(r.Text, "root:x:") || strings.Contains(r.Text, "root:!") {
		t.Errorf("%s: a file of this machine stands in the text", name)
	}
	for _, s := range append([]string{r.Text, r.Metadata.Title, r.Metadata.Author}, r.Links...) {
		for _, c := range s {
			if c < 0x20 && c != '\n' && c != '\t' || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 {
				t.Errorf("%s: a sign that cannot be seen was handed on: U+%04X", name, c)
				break
			}
		}
	}
}

// TestExpected: every made file has the verdict that was written down for it
// before this code was.
func TestExpected(t *testing.T) {
	dir := corpus(t)
	w := worker(t)
	want := expectations(t, dir)
	names := make([]string, 0, len(want))
	for name := range want {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join(dir, "made", name))
		if err != nil {
			t.Fatal(err)
		}
		r := readFile(t, w, b, filepath.Base(name))
		safe(t, name, r)
		t.Logf("%-45s %-9s %-14s %v %v", name, r.Verdict, r.Reason, r.Flags, r.Took.Round(time.Millisecond))
		if !meets(r, want[name]) {
			t.Errorf("%s: want %s, got %s %s %v", name, want[name], r.Verdict, r.Reason, r.Flags)
		}
	}
}

// TestCorpus sends every hostile file through, with its own name and with
// names that lie. All of them under BONAFIDE_LONG, else every twentieth.
func TestCorpus(t *testing.T) {
	dir := corpus(t)
	w := worker(t)
	step := 20
	if os.Getenv("BONAFIDE_LONG") != "" {
		step = 1
	}
	n, read := 0, 0
	counts := map[string]int{}
	var longest time.Duration
	start := time.Now()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if n++; n%step != 0 {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		read++
		r := readFile(t, w, b, "")
		safe(t, path, r)
		longest = max(longest, r.Took)
		key := r.Verdict + " " + string(r.Kind) + " " + r.Reason
		if counts[key]++; r.Reason == document.ReasonReaderFailed || r.Reason == document.ReasonLimit {
			t.Logf("%s: %s in %v", path, r.Reason, r.Took)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	t.Logf("%d files in %v, %.1f a second, the longest in %v: %v", read, took.Round(time.Millisecond), float64(read)/took.Seconds(), longest.Round(time.Millisecond), counts)
}
