package intake

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"bonafide/record"
)

// FuzzOpen gives any bytes to the front door: it must end, stay within the
// bytes, and decode the same bytes to the same answer.
func FuzzOpen(f *testing.F) {
	for _, file := range append(mustGlob(f, "testdata/*/*.json*"), append(mustGlob(f, "testdata/*/*.csv"), mustGlob(f, "testdata/*/*.txt")...)...) {
		if text, err := os.ReadFile(file); err == nil {
			f.Add(text)
		}
	}
	for _, s := range []string{"", "[", "{", "[[[[[[", `{"data":[`, `{"data":[{}],"results":[{}]}`, "{}\n{", "id\n\"", "id;name\n\"\"\"\n", "sep=;\nid;name\n1;2",
		"\xef\xbb\xbf{}", "[1,2,{}]]", `{"results":{"id":1}}`, "a,b\n1\n", "\"id\",\"na\nme\"\n1,2\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := Open("f", bytes.NewReader(text), Options{Received: fileDay, MaxLine: 4096})
		if err != nil {
			return
		}
		last, items := int64(-1), 0
		for {
			it, err := r.Next()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if items++; items > len(text)+2 {
				t.Fatal("more items than bytes")
			}
			if it.Offset < last || it.Length < 0 || it.Offset+it.Length > int64(len(text)) {
				t.Fatalf("item at %d, %d bytes, behind %d, of %d", it.Offset, it.Length, last, len(text))
			}
			last = it.Offset
			if it.Problem == nil && !bytes.Equal(it.Raw, text[it.Offset:it.Offset+it.Length]) {
				t.Fatal("other bytes at the item's place")
			}
			a, err := r.Decode(it.Raw, it)
			if err != nil {
				if record.CodeOf(err) != record.CodeInvalid {
					t.Fatal(err)
				}
				continue
			}
			if a.ID == "" || a.Source == "" || a.ReceivedAt.IsZero() || len(a.ID) > MaxName || strings.Contains(a.Source, "/") {
				t.Fatal("an application without what every one needs")
			}
		}
	})
}

func FuzzNative(f *testing.F) {
	f.Add([]byte(longLine(1)))
	if text, err := os.ReadFile("testdata/native/mixed.jsonl"); err == nil {
		for _, line := range bytes.Split(text, []byte{'\n'}) {
			f.Add(line)
		}
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		a, err := decodeNative(line, given{})
		if err != nil {
			return
		}
		if anyUnknown(a) {
			t.Fatal("an unknown member stayed where the record will be written")
		}
		again, err := decodeNative(show(t, a), given{})
		if err != nil || !bytes.Equal(show(t, a), show(t, again)) {
			t.Fatalf("what was read does not come back: %v", err)
		}
	})
}

// FuzzShapes gives any JSON to every importer, whether it knows it or not.
func FuzzShapes(f *testing.F) {
	for _, file := range mustGlob(f, "testdata/*/*.json") {
		if text, err := os.ReadFile(file); err == nil {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if deep(raw) {
			return // refused before any importer sees it
		}
		for _, i := range importers {
			if a, err := i.decode(raw, given{id: "x", received: fileDay}); err == nil {
				tidy(a)
			}
		}
	})
}

func FuzzDay(f *testing.F) {
	for _, s := range []string{"2024-08-31", "31.12.2025", "12.2025", "09/15/2007", "31 Dec 2025", "1º de março de 2021", "Dez. 2025", "2024-08-31T00:00:00.000Z", "00/00/0000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, o := range []dayOrder{anyOrder, dayFirst, monthFirst} {
			if d := day(s, o); d != "" && !d.Valid() {
				t.Fatalf("%q is no date", d)
			}
		}
		timeOf(s, dayFirst)
	})
}

func FuzzResumeText(f *testing.F) {
	for _, file := range mustGlob(f, "testdata/resume_text/*.txt") {
		if text, err := os.ReadFile(file); err == nil {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := decodeResumeText(raw, given{id: "x", received: fileDay})
		if err == nil && a.Resume.Text == "" {
			t.Fatal("the text is lost")
		}
	})
}

func FuzzDecompress(f *testing.F) {
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"))
	f.Add([]byte("\x28\xb5\x2f\xfd\x04\x00"))
	f.Add([]byte("\xff\xfea\x00b\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, _, err := Decompress(bytes.NewReader(b))
		if err == nil {
			io.Copy(io.Discard, io.LimitReader(r, 1<<20))
		}
	})
}
