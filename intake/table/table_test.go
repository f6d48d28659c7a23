package table

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/parquet-go/parquet-go"
)

// read returns a whole table, one string per row, cells joined by "|".
func read(t testing.TB, name string, data []byte) (header string, rows []string, notes Notes, err error) {
	t.Helper()
	r, err := Open(name, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", nil, Notes{}, err
	}
	var b Batch
	for {
		err := r.Next(&b)
		if errors.Is(err, io.EOF) {
			return strings.Join(r.Columns(), "|"), rows, r.Notes(), nil
		}
		if err != nil {
			return "", rows, r.Notes(), err
		}
		for i := range b.Len() {
			var cells []string
			for j := range b.Columns {
				cells = append(cells, strings.ReplaceAll(string(b.Cell(i, j)), string(ValueSeparator), "&"))
			}
			rows = append(rows, strings.Join(cells, "|"))
		}
	}
}

func TestOpen(t *testing.T) {
	zipped := func(s string) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		io.WriteString(z, s)
		z.Close()
		return b.String()
	}
	wide := func(s string) string {
		out := []byte{0xff, 0xfe}
		for _, u := range utf16.Encode([]rune(s)) {
			out = append(out, byte(u), byte(u>>8))
		}
		return string(out)
	}
	cases := []struct {
		name, file, data, header string
		rows                     []string
	}{
		{"plain", "a.csv", "id,name\n1,Ann\n2,Ben\n", "id|name", []string{"1|Ann", "2|Ben"}},
		{"blanks around, no last line end", "a.csv", "id, name\r\n1, Ann \r\n2,  Ben", "id|name", []string{"1|Ann", "2|Ben"}},
		{"semicolon", "a.csv", "id;name\n1;A,nn\n", "id|name", []string{"1|A,nn"}},
		{"tab and byte order mark", "a.tsv", "\xef\xbb\xbfid\tname\n1\tAnn\n", "id|name", []string{"1|Ann"}},
		{"quotes, line end and comma inside", "a.csv", "id,name\n1,\"A \"\"x\"\", b\nc\"\n2,O\"Neil\n", "id|name", []string{"1|A \"x\", b\nc", "2|O\"Neil"}},
		{"ragged", "a.csv", "a,b,c\n1\n1,2,3,4\n\n1,2,3\n", "a|b|c", []string{"1||", "1|2|3", "1|2|3"}},
		{"names missing or twice", "a.csv", "a,,a\n1,2,3\n", "a|column2|a_2", []string{"1|2|3"}},
		{"gzip", "a.csv.gz", zipped("id,n\n1,x\n"), "id|n", []string{"1|x"}},
		{"UTF-16", "a.csv", wide("id,name\n1,Ånn\n"), "id|name", []string{"1|Ånn"}},
		{"JSON lines", "a.jsonl", "{\"id\":1,\"p\":{\"n\":\"Ann\"}}\n{\"id\":2,\"t\":[{\"x\":\"a\"},{\"x\":\"b\"},{\"x\":\"a\"}],\"z\":null}\n", "id|p.n|t.x", []string{"1|Ann|", "2||a&b"}},
		{"JSON lines by content", "a.txt", "{\"id\":\"1\"}\n", "id", []string{"1"}},
		{"bad JSON line left out", "a.jsonl", "{\"id\":1}\n{\"id\":\nnonsense\n{\"id\":3}\n", "id", []string{"1", "3"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			header, rows, _, err := read(t, c.file, []byte(c.data))
			if err != nil {
				t.Fatal(err)
			}
			if header != c.header || strings.Join(rows, "\n") != strings.Join(c.rows, "\n") {
				t.Errorf("got %q %q, want %q %q", header, rows, c.header, c.rows)
			}
		})
	}
}

func TestNotes(t *testing.T) {
	_, _, n, err := read(t, "a.csv", []byte("a,b\n1\n1,2,3\n1,2\n"))
	if err != nil || n.ShortRows != 1 || n.LongRows != 1 || n.Rows != 3 {
		t.Errorf("%+v %v", n, err)
	}
	_, _, n, err = read(t, "a.jsonl", []byte("{\"a\":1}\n]\n"))
	if err != nil || n.BadRows != 1 || n.FirstBad != 2 {
		t.Errorf("%+v %v", n, err)
	}
}

// A quote that is never closed must not swallow the file.
func TestOpenQuote(t *testing.T) {
	var b strings.Builder
	b.WriteString("a,b\n1,\"open\n")
	for i := range 50 {
		fmt.Fprintf(&b, "%d,x\n", i)
	}
	_, rows, n, err := read(t, "a.csv", []byte(b.String()))
	if err != nil || len(rows) != 50 || n.BadRows != 1 {
		t.Errorf("%d rows, %+v, %v", len(rows), n, err)
	}
}

// Rows must come out whole wherever the batches are cut.
func TestLargeCSV(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,text\n")
	const n = 60_000
	for i := range n {
		fmt.Fprintf(&b, "%d,\"%s, %d\"\n", i, strings.Repeat("y", i%97), i)
	}
	_, rows, _, err := read(t, "a.csv", []byte(b.String()))
	if err != nil || len(rows) != n {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, r := range rows {
		if want := fmt.Sprintf("%d|%s, %d", i, strings.Repeat("y", i%97), i); r != want {
			t.Fatalf("row %d: %q", i, r)
		}
	}
}

func TestParquet(t *testing.T) {
	type row struct {
		ID   int64
		Name string
		Tags []string `parquet:",list"`
		Born int32    `parquet:",date"`
		None *string  `parquet:",optional"`
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[row](&b)
	if _, err := w.Write([]row{{1, "Ann", []string{"a", "b"}, 366, nil}, {2, "Ben", nil, 0, nil}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	header, rows, _, err := read(t, "a.parquet", b.Bytes())
	if err != nil || header != "ID|Name|Tags|Born|None" || strings.Join(rows, " ") != "1|Ann|a&b|1971-01-02| 2|Ben||1970-01-01|" {
		t.Errorf("%s %q %v", header, rows, err)
	}
	damaged := append([]byte(nil), b.Bytes()...)
	damaged[len(damaged)-8] ^= 0x55
	if _, _, _, err := read(t, "a.parquet", damaged[:len(damaged)-1]); err == nil {
		t.Error("a damaged file was read without an error")
	}
}

func TestEmpty(t *testing.T) {
	if _, _, _, err := read(t, "a.csv", []byte(" \n")); err == nil {
		t.Error("an empty file was read")
	}
}

func FuzzOpen(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a;b\n\"1\n;", "{\"a\":[1,{\"b\":2}]}\n", "\xff\xfea\x00", "PAR1", "a\n\"\"\"\n", "\x1f\x8b", "{\"a\":1}x\n{"} {
		f.Add("x.csv", []byte(s))
		f.Add("x.jsonl", []byte(s))
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		r, err := Open(name, bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		var b Batch
		for range 1000 {
			if r.Next(&b) != nil {
				return
			}
			for i := range b.Len() {
				for j := range b.Columns {
					if len(b.Cell(i, j)) > len(data)*4+64 && !bytes.HasPrefix(data, []byte("PAR1")) {
						t.Skip() // unpacked
					}
				}
			}
		}
	})
}
