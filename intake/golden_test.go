package intake

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

var update = flag.Bool("update", false, "write the golden files")

// fileDay is what the tests give as the time of every file.
var fileDay = time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)

// TestGolden reads every sample below testdata and compares what came out,
// applications and refusals in order, with <file>.want next to it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no samples")
	}
	for _, file := range files {
		dir := filepath.Base(filepath.Dir(file))
		if strings.HasSuffix(file, ".want") || dir == "folder" || dir == "fuzz" {
			continue
		}
		t.Run(dir+"/"+filepath.Base(file), func(t *testing.T) {
			f, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			r, err := Open(filepath.Base(file), f, Options{Received: fileDay})
			if err != nil {
				t.Fatal(err)
			}
			compare(t, file+".want", tell(t, r))
		})
	}
}

func TestGoldenFolder(t *testing.T) {
	r, err := OpenDir("folder", os.DirFS("testdata/folder"), Options{Received: fileDay})
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "testdata/folder.want", tell(t, r))
}

// tell writes down what a reader gives, in order, and checks on the way that a
// second decoding of the same bytes gives the same.
func tell(t *testing.T, r *Reader) []byte {
	t.Helper()
	var out bytes.Buffer
	out.WriteString("format: " + r.Format() + "\n")
	for _, c := range r.Mapping() {
		out.WriteString("column: " + c.Name + " -> " + c.Path + "\n")
	}
	for {
		it, err := r.Next()
		if err != nil {
			return out.Bytes()
		}
		a, err := r.Decode(it.Raw, it)
		b, again := r.Decode(bytes.Clone(it.Raw), it)
		if (err == nil) != (again == nil) || !bytes.Equal(show(t, a), show(t, b)) {
			t.Errorf("%s: decoding twice gives two answers", it.Where)
		}
		if err != nil {
			out.WriteString("refused " + err.Error() + "\n")
			continue
		}
		out.WriteString(it.Where + " ")
		out.Write(show(t, a))
		out.WriteString("\n")
	}
}

func show(t *testing.T, a *record.Application) []byte {
	t.Helper()
	b, err := jsonv2.Marshal(a, jsonv2.Deterministic(true), jsontext.WithIndent("  "))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func compare(t *testing.T, golden string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("differs from %s (go test -run Golden -update writes it):\n%s", golden, got)
	}
}
