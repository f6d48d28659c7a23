package intake

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// What kind of file it is, by content alone.
func TestRecognise(t *testing.T) {
	one := `{"id":"1","source":"s","received_at":"2026-01-01T00:00:00Z"}`
	two := `{"id":"2","source":"s","received_at":"2026-01-01T00:00:00Z"}`
	pretty := "{\n \"id\": \"1\",\n \"source\": \"s\",\n \"received_at\": \"2026-01-01T00:00:00Z\"\n}"
	resume := `{"basics":{"name":"Mira Okonjo"},"work":[]}`
	for _, c := range []struct {
		name, in, format string
		apps, refused    int
	}{
		{"lines", one + "\n" + two + "\n", "jsonl", 2, 0},
		{"lines, no last newline, CRLF, a mark", "\ufeff" + one + "\r\n\r\n" + two, "jsonl", 2, 0},
		{"one line", one, "jsonl", 1, 0},
		{"a list in one line", "[" + one + "," + two + "]", "json", 2, 0},
		{"a list, one a line", "[\n" + one + ",\n" + two + "\n]\n", "json", 2, 0},
		{"a list that begins in its first line", "[" + one + ",\n" + two + "]", "json", 2, 0},
		{"lists in a list", "[[" + one + "],[" + two + "]]", "json", 2, 0},
		{"an empty list", "[]", "json", 0, 0},
		{"one, over several lines", pretty, "json", 1, 0},
		{"several, over several lines", pretty + "\n" + strings.Replace(pretty, `"1"`, `"2"`, 1), "json", 2, 0},
		{"first line cut", one[:40] + "\n" + two + "\n" + one + "\n", "jsonl", 2, 1},
		{"first line cut behind a comma", `{"id":"1",` + "\n" + two + "\n", "jsonl", 1, 1},
		{"first line is no JSON", "log begins\n" + one + "\n" + two + "\n", "jsonl", 2, 1},
		{"first line is a list", "[]\n" + one + "\n" + two + "\n", "jsonl", 2, 1},
		{"a list that breaks off", "[" + one + ",\n" + two, "json", 2, 1},
		{"an element that breaks off", "[" + one + ",\n" + two[:20], "json", 1, 2},
		{"rubbish in a list", "[" + one + ", oops, " + two + "]", "json", 2, 1},
		{"a page", `{"next":"x","data":[` + one + "," + two + `],"more":[1]}`, "json", 2, 0},
		{"two pages, one a line", `{"data":[` + one + "]}\n" + `{"data":[` + two + "]}\n", "json", 2, 0},
		{"a page in a list", `[{"results":[` + one + `]},` + two + "]", "json", 2, 0},
		{"our own line named data", `{"id":"1","source":"s","received_at":"2026-01-01T00:00:00Z","data":[1,2]}`, "jsonl", 1, 0},
		{"résumés, one a line", resume + "\n" + strings.Replace(resume, "Mira", "Nira", 1) + "\n", "json-resume", 2, 0},
		{"a candidate among ours", one + "\n" + `{"id":5,"first_name":"Mira","last_name":"Okonjo","email_addresses":[],"created_at":"2026-01-01T00:00:00Z"}` + "\n", "jsonl", 2, 0},
		{"nothing", "", "jsonl", 0, 0},
		{"blank lines", " \n\n", "jsonl", 0, 0},
		{"comma table", "id,date,email\n1,2026-01-01,a@example.com\n", "csv", 1, 0},
		{"bar table", "id|date|email\n1|2026-01-01|a@example.com\n", "csv", 1, 0},
		{"one column", "email\na@example.com\nb@example.com\n", "csv", 2, 0},
		{"trailing delimiters", "id;date;email;\n1;2026-01-01;a@example.com;\n2;2026-01-01;b@example.com;;;\n", "csv", 2, 0},
		{"a table with a newline in its header", "id,\"date\nreceived\",email\n1,2026-01-01,a@example.com\n", "csv", 1, 0},
		{"a column that is no date", "id,applied,email\n1,yes,a@example.com\n", "csv", 1, 0},
		{"two-digit years", "id;Eingang;email\n1;31.12.25;a@example.com\n", "csv", 1, 0},
	} {
		r, err := Open("f", strings.NewReader(c.in), Options{Received: fileDay})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		apps, errs := readAll(t, r)
		if r.Format() != c.format || len(apps) != c.apps || len(errs) != c.refused {
			t.Errorf("%s: %s, %d applications, refused %v; want %s, %d, %d", c.name, r.Format(), len(apps), errs, c.format, c.apps, c.refused)
		}
	}
	for _, c := range []struct{ name, in string }{
		{"prose", "Dear team,\nplease find nothing attached.\n"},
		{"a table without names we know", "a,b,c\n1,2,3\n4,5,6\n"},
		{"a PDF", "%PDF-1.7\n"},
		{"zip", "PK\x03\x04aaaa"},
		{"noise", "\x01\x02\x03\x04\x05"},
		{"an HTML page", "<!DOCTYPE html>\n<html><body>Experience</body></html>"},
	} {
		if r, err := Open("f", strings.NewReader(c.in), Options{Received: fileDay}); err == nil {
			t.Errorf("%s was opened as %s", c.name, r.Format())
		}
	}
}

func TestColumnMap(t *testing.T) {
	table := "Key,When,Who,Mail,Second,Note\n1,03/04/2026,Mira Okonjo,mira@example.com,Ana Silva,x\n"
	r, err := Open("t", strings.NewReader(table), Options{Source: "here", Map: map[string]string{
		"Key": "id", "When": "received_at:dmy", "Who": "person.name", "Second": "references[1].name", "Note": ""}})
	if err != nil {
		t.Fatal(err)
	}
	apps, errs := readAll(t, r)
	if len(apps) != 1 {
		t.Fatal(errs)
	}
	a := apps[0]
	if a.Name() != "here/1" || a.Person.Name != "Mira Okonjo" || !a.ReceivedAt.Equal(time.Date(2026, 4, 3, 0, 0, 0, 0, time.UTC)) ||
		len(a.References) != 2 || a.References[1].Name != "Ana Silva" || string(a.Extra["Note"]) != `"x"` || a.Emails[0] != "mira@example.com" {
		t.Errorf("the map was not followed: %+v", a)
	}
	want := "[{Key id false} {When received_at false} {Who person.name false} {Mail emails true} {Second references[1].name false} {Note  false}]"
	if got := fmt.Sprint(r.Mapping()); got != want {
		t.Errorf("mapping %s, want %s", got, want)
	}
}

func TestDay(t *testing.T) {
	for _, c := range []struct {
		in    string
		order dayOrder
		want  string
	}{
		{"2024-08-31", anyOrder, "2024-08-31"}, {"2024-08", anyOrder, "2024-08"}, {"2024", anyOrder, "2024"},
		{"2024-08-31T10:00:00.000Z", anyOrder, "2024-08-31"}, {"2024/08/31", anyOrder, "2024-08-31"},
		{"31.12.2025", anyOrder, "2025-12-31"}, {"1.5.1988", anyOrder, "1988-05-01"}, {"31.12.25", anyOrder, "2025-12-31"},
		{"1.5.88", anyOrder, "1988-05-01"}, {"12/31/2025", anyOrder, "2025-12-31"}, {"31/12/2025", anyOrder, "2025-12-31"},
		{"03/04/2025", anyOrder, ""}, {"03/04/2025", dayFirst, "2025-04-03"}, {"03/04/2025", monthFirst, "2025-03-04"},
		{"04/04/2025", anyOrder, "2025-04-04"}, {"31 Dec 2025", anyOrder, "2025-12-31"}, {"Dec 31, 2025", anyOrder, "2025-12-31"},
		{"December 2025", anyOrder, "2025-12"}, {"Dez. 2025", anyOrder, "2025-12"}, {"1º de março de 2021", anyOrder, "2021-03-01"},
		{"März 2019", anyOrder, "2019-03"}, {"out 2019", anyOrder, "2019-10"}, {"12.2025", anyOrder, "2025-12"},
		{"30.02.2025", anyOrder, ""}, {"31/31/2025", dayFirst, ""}, {"0000", anyOrder, ""}, {"last spring", anyOrder, ""}, {"12345", anyOrder, ""},
	} {
		if got := string(day(c.in, c.order)); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

// The id of a résumé is its file; where two would be equal the names stay whole.
func TestFolderIDs(t *testing.T) {
	text := "Mira Okonjo\nmira@example.com\n\nExperience\nDeveloper at Example Lda 03/2021 - Present\n"
	day := time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC)
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s), ModTime: day} }
	r, err := OpenDir("cvs", fstest.MapFS{"b.txt": file(text), "a.txt": file(text), "a.md": file(text), "sub/a.txt": file(text),
		".hidden": file(text), ".git/x.txt": file(text), "x.gz": file("\x1f\x8b")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	apps, errs := readAll(t, r)
	var ids []string
	for _, a := range apps {
		ids = append(ids, a.ID)
		if !a.ReceivedAt.Equal(day) {
			t.Errorf("%s: received %v, not when its file was changed", a.ID, a.ReceivedAt)
		}
	}
	if got := strings.Join(ids, " "); got != "a.md a.txt b sub/a" || len(errs) != 1 {
		t.Errorf("ids %s, refused %v", got, errs)
	}
}

// Files made to cost the square of their size must not: each of these takes
// seconds at most, and minutes or hours when something compares all with all.
func TestWorkIsBounded(t *testing.T) {
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for _, c := range []struct {
		name, in      string
		apps, refused int
	}{
		{"addresses of one candidate", `{"first_name":"a","last_name":"b","created_at":"2026-01-01T00:00:00Z","emails":[{}` +
			many(100_000, `,{"value":"m%d@example.com"}`) + `],"addresses":[{}` + many(100_000, `,{"value":"street %d"}`) + "]}", 1, 0},
		{"members nobody knows", `{"id":"1","source":"s","received_at":"2026-01-01T00:00:00Z"` + many(50_000, `,"m%d":1`) + "}", 1, 0},
		{"quotes that never close", "id,email\n" + many(200_000, "%d,\"a\n"), 0, 200_000},
		{"cells", "id,email\n" + strings.Repeat(",", 4<<20) + "\n", 0, 1},
		{"brackets", strings.Repeat("[", 4<<20), 0, 2},
		{"pages in pages", strings.Repeat(`{"data":[`, 200_000), 0, 2},
		{"spans of time", "Experience\n" + strings.Repeat("Jan 2019 - Jan 2020 Developer at Example Ltd, 2019 - 2020\n", 5_000) + "\nEducation\n", 1, 0},
	} {
		started := time.Now()
		r, err := Open("f", strings.NewReader(c.in), Options{Received: fileDay})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		apps, errs := readAll(t, r)
		if len(apps) != c.apps || len(errs) != c.refused {
			t.Errorf("%s: %d applications, %d refused; want %d, %d", c.name, len(apps), len(errs), c.apps, c.refused)
		}
		if took := time.Since(started); took > 30*time.Second {
			t.Errorf("%s took %v", c.name, took)
		}
	}
}
