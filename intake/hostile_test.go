package intake

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"bonafide/record"
)

// sharedData is the folder of real files; tests over them skip, and say what
// they did not look at, where it is absent.
func sharedData(t testing.TB, what string) string {
	t.Helper()
	dir := os.Getenv("BONAFIDE_DATA")
	if dir == "" {
		dir = "../../shared/data"
	}
	if _, err := os.Stat(filepath.Join(dir, what)); err != nil {
		t.Skipf("NOT TESTED: %s is not there (set BONAFIDE_DATA); nothing was read from it", filepath.Join(dir, what))
	}
	return filepath.Join(dir, what)
}

func mustGlob(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no files match %s", pattern)
	}
	return files
}

// The JSON test suite, each text as the value of a member nobody knows: what
// must parse is kept, what must fail refuses the line.
func TestHostileJSON(t *testing.T) {
	for _, file := range mustGlob(t, filepath.Join(sharedData(t, "hostile/json/JSONTestSuite"), "*.json")) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		line := append([]byte(`{"id":"1","source":"s","received_at":"2026-01-01T00:00:00Z","odd":`), text...)
		line = append(line, '}')
		a, err := decodeNative(line, given{})
		name := filepath.Base(file)
		switch {
		case strings.HasPrefix(name, "n_") && err == nil:
			t.Errorf("%s: broken JSON was accepted", name)
		case strings.HasPrefix(name, "y_object_duplicated_key"): // legal, and refused on purpose
			if err == nil {
				t.Errorf("%s: a member given twice was accepted", name)
			}
		case strings.HasPrefix(name, "y_") && err != nil:
			t.Errorf("%s: good JSON was refused: %v", name, err)
		case strings.HasPrefix(name, "y_") && len(a.Extra["odd"]) == 0:
			t.Errorf("%s: the member is lost", name)
		case name == "i_string_invalid_utf-8.json" && err == nil, name == "i_object_key_lone_2nd_surrogate.json" && err == nil:
			t.Errorf("%s: was accepted", name)
		}
		// the bare text must never crash a reader or give an application
		if r, err := Open(name, bytes.NewReader(text), Options{Received: fileDay}); err == nil {
			if apps, _ := readAll(t, r); len(apps) > 0 {
				t.Errorf("%s: an application came out of it", name)
			}
		}
	}
}

func TestHostileMade(t *testing.T) {
	dir := sharedData(t, "hostile/made")
	for _, c := range []struct{ file, reason string }{
		{"json/deep_array_200k.json", ""},
		{"json/dup_keys_role.json", ""},
		{"csv/import_100k_columns.csv", ""},
	} {
		f, err := os.Open(filepath.Join(dir, c.file))
		if err != nil {
			t.Fatal(err)
		}
		r, err := Open(filepath.Base(c.file), f, Options{Received: fileDay})
		if err == nil {
			apps, errs := readAll(t, r)
			if len(apps) > 0 || len(errs) == 0 {
				t.Fatalf("%s: accepted", c.file)
			}
			err = errs[0]
		}
		if !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: refused for another reason: %v", c.file, err)
		}
		f.Close()
	}
	f, err := os.Open(filepath.Join(dir, "archive/gzip_512MiB.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	plain, changed, err := Decompress(f)
	if err != nil || !changed {
		t.Fatal("gzip not recognised")
	}
	if n, err := io.Copy(io.Discard, plain); err == nil || n > 2*ratioFrom {
		t.Errorf("a bomb unpacked %d bytes, error %v", n, err)
	}
	latin, err := os.Open(filepath.Join(dir, "csv/import_latin1.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer latin.Close()
	r, err := Open("latin1.csv", latin, Options{Received: fileDay})
	if err != nil {
		t.Fatal(err)
	}
	apps, errs := readAll(t, r)
	if len(apps) != 2 || len(errs) != 0 || apps[0].Person.Name != "José" || apps[1].Person.Name != "Müller" {
		t.Errorf("Windows-1252 table: %d applications, errors %v", len(apps), errs)
	}
}

// Naughty strings must come back unchanged from every free text field, through
// JSON and through a table.
func TestHostileStrings(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(sharedData(t, "hostile/strings"), "blns.json"))
	if err != nil {
		files := mustGlob(t, filepath.Join(sharedData(t, "hostile/strings"), "*"))
		if text, err = os.ReadFile(files[0]); err != nil {
			t.Fatal(err)
		}
	}
	var all []string
	if json.Unmarshal(text, &all) != nil {
		for _, l := range strings.Split(string(text), "\n") {
			if l != "" && !strings.HasPrefix(l, "#") {
				all = append(all, l)
			}
		}
	}
	if len(all) < 300 {
		t.Fatalf("only %d strings", len(all))
	}
	for i, s := range all {
		s = strings.ToValidUTF8(s, "?")
		quoted, _ := json.Marshal(s)
		line := `{"id":"1","source":"s","received_at":"2026-01-01T00:00:00Z","person":{"name":` + string(quoted) + `},"resume":{"text":` + string(quoted) + `}}`
		a, err := decodeNative([]byte(line), given{})
		if err != nil || a.Person.Name != s || a.Resume.Text != s {
			t.Errorf("string %d does not come back through JSON: %v", i, err)
		}
		if strings.ContainsAny(s, "\x00") || strings.TrimSpace(s) == "" {
			continue
		}
		table := "id,date,note\n1,2026-01-01,\"" + strings.ReplaceAll(s, `"`, `""`) + "\"\n"
		r, err := Open("t.csv", strings.NewReader(table), Options{})
		if err != nil {
			t.Errorf("string %d: %v", i, err)
			continue
		}
		apps, errs := readAll(t, r)
		var back string
		if len(apps) != 1 || json.Unmarshal(apps[0].Extra["note"], &back) != nil || back != s {
			t.Errorf("string %d does not come back through a table: %v", i, errs)
		}
		parseResume(s)
	}
}

// The CSV spectrum: cells as the suite expects them.
func TestHostileCSV(t *testing.T) {
	dir := sharedData(t, "hostile/csv/csv-spectrum")
	for _, file := range mustGlob(t, filepath.Join(dir, "*.csv")) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".csv")
		expected, err := os.ReadFile(filepath.Join(dir, "expected", name+".json"))
		if err != nil {
			continue
		}
		var want []map[string]string
		if err := json.Unmarshal(expected, &want); err != nil {
			t.Fatal(err)
		}
		tab := &table{delimiter: ','}
		got := tab.sample(stream{head: text, all: true})
		if len(got) != len(want)+1 {
			t.Errorf("%s: %d rows, want %d", name, len(got)-1, len(want))
			continue
		}
		for i, row := range want {
			for j, column := range got[0] {
				if strings.ReplaceAll(got[i+1][j], "\r\n", "\n") != strings.ReplaceAll(row[column], "\r\n", "\n") {
					t.Errorf("%s row %d column %d: %q, want %q", name, i+1, j, got[i+1][j], row[column])
				}
			}
		}
	}
}

// endless is a reader of one byte for ever, up to n.
type repeated struct {
	b byte
	n int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.n == 0 {
		return 0, io.EOF
	}
	n := min(len(p), r.n)
	for i := range p[:n] {
		p[i] = r.b
	}
	r.n -= n
	return n, nil
}

// A line of 100 MB is named and skipped without being kept, whatever the format.
func TestLongLines(t *testing.T) {
	good := `{"id":"1","source":"s","received_at":"2026-01-01T00:00:00Z"}`
	for _, c := range []struct{ name, before, after string }{
		{"line", good + "\n" + `{"id":"2","resume":{"text":"`, `"}}` + "\n" + good + "\n"},
		{"list", "[" + good + "," + `{"id":"2","resume":{"text":"`, `"}},` + good + "]"},
		{"row", "id,date,note\n1,2026-01-01,x\n2,2026-01-02,", "\n3,2026-01-03,y\n"},
		{"quoted row", "id,date,note\n1,2026-01-01,x\n2,2026-01-02,\"", "\"\n3,2026-01-03,y\n"},
	} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		r, err := Open(c.name, io.MultiReader(strings.NewReader(c.before), &repeated{'x', 100 << 20}, strings.NewReader(c.after)), Options{MaxLine: 1 << 20})
		if err != nil {
			t.Fatal(c.name, err)
		}
		apps, errs := readAll(t, r)
		runtime.ReadMemStats(&after)
		if len(apps) != 2 || len(errs) != 1 || !strings.Contains(errs[0].Error(), "longer than one application") {
			t.Errorf("%s: %d applications, errors %v", c.name, len(apps), errs)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 24<<20 {
			t.Errorf("%s: %d MB allocated for a line that is skipped", c.name, used>>20)
		}
	}
}

// Every item's place must find its bytes again: the second pass reads by it.
func TestPlaces(t *testing.T) {
	for _, file := range append(mustGlob(t, "testdata/*/*.json*"), mustGlob(t, "testdata/*/*.csv")...) {
		if strings.HasSuffix(file, ".want") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Open(file, bytes.NewReader(text), Options{Received: fileDay})
		if err != nil {
			t.Fatal(file, err)
		}
		for {
			it, err := r.Next()
			if err != nil {
				break
			}
			if it.Offset+it.Length > int64(len(text)) {
				t.Fatalf("%s: %s lies beyond the end", file, it.Where)
			}
			bytesAgain := text[it.Offset : it.Offset+it.Length]
			if it.Problem == nil && !bytes.Equal(bytesAgain, it.Raw) {
				t.Errorf("%s: other bytes at its place", it.Where)
			}
			line := 1 + bytes.Count(text[:it.Offset], []byte{'\n'})
			if want := file + ":" + strconv.Itoa(line); it.Where != want {
				t.Errorf("%s stands in %s", it.Where, want)
			}
		}
	}
}

func TestDecompress(t *testing.T) {
	plain := strings.Repeat(`{"id":"1","source":"s","received_at":"2026-01-01T00:00:00Z"}`+"\n", 3)
	var zipped, zst bytes.Buffer
	z := gzip.NewWriter(&zipped)
	io.WriteString(z, plain)
	z.Close()
	zw, err := zstd.NewWriter(&zst)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(zw, plain)
	zw.Close()
	wide := []byte{0xff, 0xfe}
	for _, c := range plain {
		wide = append(wide, byte(c), 0)
	}
	for _, c := range []struct {
		name    string
		in      []byte
		changed bool
	}{
		{"plain", []byte(plain), false}, {"gzip", zipped.Bytes(), true}, {"zstd", zst.Bytes(), true},
		{"UTF-16", wide, true}, {"UTF-16 without its mark", wide[2:], true},
		{"two gzip members", append(bytes.Clone(zipped.Bytes())[:0:0], zipped.Bytes()...), true},
	} {
		r, changed, err := Decompress(bytes.NewReader(c.in))
		if err != nil || changed != c.changed {
			t.Errorf("%s: changed %v, error %v", c.name, changed, err)
			continue
		}
		out, err := io.ReadAll(r)
		if err != nil || string(out) != plain {
			t.Errorf("%s: %d bytes of %d, error %v", c.name, len(out), len(plain), err)
		}
		// the first bytes alone are enough to know that the stream is packed
		if _, changed, err := Decompress(bytes.NewReader(c.in[:8])); c.name != "UTF-16 without its mark" && (err != nil || changed != c.changed) {
			t.Errorf("%s, first bytes: changed %v, error %v", c.name, changed, err)
		}
	}
	cut, _, _ := Decompress(bytes.NewReader(zipped.Bytes()[:zipped.Len()-10]))
	if _, err := io.ReadAll(cut); err == nil || record.CodeOf(err) != record.CodeInvalid {
		t.Errorf("a gzip stream that breaks off: %v", err)
	}
	if _, err := Open("x.gz", bytes.NewReader(zipped.Bytes()), Options{}); err == nil {
		t.Error("packed bytes were opened as a format")
	}
}

// The words of a refusal never repeat what was refused.
func TestErrorsHoldNoValues(t *testing.T) {
	const secret = "Zqsecretzq"
	for _, in := range []string{
		`{"id":"1","source":"s","received_at":"` + secret + `"}`,
		`{"id":"1","source":"s","received_at":"2026-01-01T00:00:00Z","emails":"` + secret + `"}`,
		`{"id":"1","source":"s/` + secret + `","received_at":"2026-01-01T00:00:00Z"}`,
		`{"id":"1","source":"s","received_at":"2026-01-01T00:00:00Z","` + secret + `":1,"` + secret + `":2}`,
		`{"id":"1","source":"s","received_at":"2026-01-01T00:00:00Z","` + secret + `":{"a":1,"a":2}}`,
		`{"id":"1","source":"s","received_at":"2026-01-01T00:00:00Z","person":{"birth_date":"` + secret + `"}}`,
		`{"id":"1","source":"s","received_at":"2026-01-01T00:00:00Z","person":{"name":"` + secret + "\xff" + `"}}`,
		`{"id":"1","source":"s","received_at":"2026-01-01T00:00:00Z","person":{"name":"` + secret + `\ud800"}}`,
		`{"id":"` + secret + "\u202e" + `","source":"s","received_at":"2026-01-01T00:00:00Z"}`,
		`{"id":"1","source":"s","received_at":"2026-01-01T00:00:00Z","x":` + secret + `}`,
		`{"id":"1","source":"s","received_at":"2026-01-01T00:00:00Z","references":[{"domain_facts":{"age_days":"` + secret + `"}}]}`,
		`{"first_name":"` + secret + `","last_name":"x","email_addresses":"` + secret + `"}`,
		`{"basics":{"name":"` + secret + `"},"work":{"` + secret + `":1}}`,
		"id,date,name\n1," + secret + ",x\n2,2026-01-01," + secret + "," + secret + "\n",
		"id,date,name\n1,2026-01-01,\"" + secret + "\n",
		secret + "," + secret + "\n" + secret + "," + secret + "\n" + secret + "," + secret + "\n",
	} {
		r, err := Open("file", strings.NewReader(in), Options{})
		if err == nil {
			_, errs := readAll(t, r)
			if len(errs) == 0 {
				t.Errorf("accepted: %s", in)
				continue
			}
			for _, err = range errs {
				if strings.Contains(strings.ToLower(err.Error()), strings.ToLower(secret)) {
					t.Errorf("repeats a value: %v", err)
				}
			}
		}
		if strings.Contains(strings.ToLower(err.Error()), strings.ToLower(secret)) {
			t.Errorf("repeats a value: %v", err)
		}
	}
}

func BenchmarkLines(b *testing.B) {
	var text bytes.Buffer
	for i := range 2000 {
		text.WriteString(longLine(i) + "\n")
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		l := &lines{name: "x", in: bufio.NewReaderSize(bytes.NewReader(text.Bytes()), window), max: DefaultMaxLine, line: 1}
		for {
			if _, err := l.next(); err != nil {
				break
			}
		}
	}
}

func BenchmarkList(b *testing.B) {
	var text bytes.Buffer
	for i := range 2000 {
		text.WriteString(map[bool]string{true: "[", false: ","}[i == 0] + longLine(i))
	}
	text.WriteString("]")
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		v := &values{name: "x", in: bufio.NewReaderSize(bytes.NewReader(text.Bytes()), window), max: DefaultMaxLine, line: 1}
		n := 0
		for ; ; n++ {
			if _, err := v.next(); err != nil {
				break
			}
		}
		if n != 2000 {
			b.Fatal(n)
		}
	}
}
