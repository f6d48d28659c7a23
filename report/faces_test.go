package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"bonafide/record"
)

var update = flag.Bool("update", false, "write the expected faces anew")

// expect compares a face with the one a person has read and found right.
func expect(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (go test ./report -update writes it anew); got\n%s", file, got)
	}
}

func mustFace(t *testing.T, format string, o Options, rs []*record.Result, run Run) string {
	t.Helper()
	s, err := face(format, o, rs, run)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFaces(t *testing.T) {
	for _, l := range record.Langs {
		expect(t, "run_"+string(l)+".txt", mustFace(t, "text", Options{Lang: l}, invented(), inventedRun()))
		var b bytes.Buffer
		if err := Case(&b, invented()[0], Options{Lang: l}); err != nil {
			t.Fatal(err)
		}
		expect(t, "case_"+string(l)+".txt", b.String())
	}
	expect(t, "run.csv", mustFace(t, "csv", Options{}, invented(), inventedRun()))
	expect(t, "run.jsonl", mustFace(t, "jsonl", Options{}, invented(), inventedRun()))
}

// TestOrderOfInputDoesNotMatter: what people see is ordered by age.
func TestOrderOfInputDoesNotMatter(t *testing.T) {
	turned := invented()
	slices.Reverse(turned)
	for _, format := range []string{"text", "html"} {
		if mustFace(t, format, Options{}, invented(), inventedRun()) != mustFace(t, format, Options{}, turned, inventedRun()) {
			t.Errorf("%s depends on the order of the input", format)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	if _, err := New("pdf", nil, Options{}); record.CodeOf(err) != record.CodeInvalid {
		t.Error(err)
	}
}

// TestTextFits: no line is wider than the terminal, at any width, and no
// character of a name steers the terminal.
func TestTextFits(t *testing.T) {
	escape := regexp.MustCompile("\x1b\\[[0-9;]*m")
	for _, width := range []int{0, 40, 80, 200} {
		for _, l := range record.Langs {
			out := mustFace(t, "text", Options{Lang: l, Width: width, Color: true}, invented(), inventedRun())
			var one bytes.Buffer
			if err := Case(&one, invented()[0], Options{Lang: l, Width: width, Color: true}); err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(out+one.String(), "\n") {
				bare := escape.ReplaceAllString(line, "")
				limit := width
				if limit == 0 {
					limit = 80
				}
				if columnsOf(bare) > limit {
					t.Errorf("%s at %d: %d columns: %s", l, width, columnsOf(bare), bare)
				}
				for _, r := range bare {
					if unicode.IsControl(r) || unicode.In(r, unicode.Cf) {
						t.Errorf("%s at %d: control character %U in %q", l, width, r, bare)
					}
				}
			}
		}
	}
}

// TestNothingToShow: no case, no application: the page still says something.
func TestNothingToShow(t *testing.T) {
	routine := slices.DeleteFunc(invented(), func(r *record.Result) bool { return r.Assessment != record.Routine })
	for _, l := range record.Langs {
		for _, format := range []string{"text", "html"} {
			for n, rs := range [][]*record.Result{nil, routine[:1], routine, invented()[:1]} {
				out := mustFace(t, format, Options{Lang: l}, rs, Run{})
				if len(out) < 80 || strings.Contains(out, "⟦") || strings.Contains(out, "%!") {
					t.Errorf("%s %s %d results: %q", format, l, n, out[:min(len(out), 400)])
				}
			}
		}
	}
}

// TestCellsAreNoFormulas: whatever a spreadsheet would run begins with an
// apostrophe, and no control character comes through.
func TestCellsAreNoFormulas(t *testing.T) {
	for _, s := range []string{"=1+1", "+1", "-1", "@SUM(A1)", " =1", "\u00a0=1", "＝1", "|cmd", "\t=1", "\x00=1", "\u202e=1"} {
		if got := cell(s); !strings.HasPrefix(got, "'") {
			t.Errorf("%q became %q", s, got)
		}
	}
	if got := cell("greenhouse/48213"); got != "greenhouse/48213" {
		t.Error(got)
	}
	rs := invented()
	rs[0].Record = "=cmd|' /C calc'!A0,\"x\"\r\n"
	all, err := csv.NewReader(strings.NewReader(mustFace(t, "csv", Options{}, rs, Run{}))).ReadAll()
	if err != nil || len(all) != len(rs)+1 {
		t.Fatal(len(all), err)
	}
	for _, row := range all {
		for _, c := range row {
			if strings.HasPrefix(c, "=") || strings.ContainsAny(c, "\r\n\x00") {
				t.Errorf("cell %q", c)
			}
		}
	}
	if all[0][0] != "record" || all[1][1] != "review" {
		t.Error(all[:2])
	}
}

func TestExplain(t *testing.T) {
	results := mustFace(t, "jsonl", Options{Lang: record.DE}, invented(), inventedRun())
	var b bytes.Buffer
	if err := Explain(&b, strings.NewReader(results), "upwork/9912", Options{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Durchsicht", "Das Auszahlungskonto ist auch das Auszahlungskonto", "payouts[0]", "greenhouse/48213", "Person hinter dem Konto"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing in\n%s", want, b.String())
		}
	}
	err := Explain(&b, strings.NewReader(results), "nobody/1", Options{})
	var e *record.Error
	if !errors.As(err, &e) || e.Code != record.CodeNotFound {
		t.Error(err)
	}
	err = Explain(&b, strings.NewReader("\n{\"record\":\"a/1\"}\nnot json\n"), "b/2", Options{})
	if record.CodeOf(err) != record.CodeInvalid || !strings.Contains(err.Error(), "results:3") {
		t.Error(err)
	}
}

func TestBoundedKeepsTheFirst(t *testing.T) {
	b := bounded[int]{limit: 100, less: func(a, b int) int { return a - b }}
	for i := range 10_000 {
		b.add((i * 7919) % 10_000)
		if len(b.all) > 300 {
			t.Fatal("grows beyond its bound")
		}
	}
	got := b.sorted()
	if len(got) != 100 || got[0] != 0 || got[99] != 99 || b.cut != 9_900 {
		t.Error(len(got), got[0], got[99], b.cut)
	}
}

// TestMoreThanFits: the faces say what they leave out.
func TestMoreThanFits(t *testing.T) {
	o := Options{TextCaseMax: 2, HTMLCaseMax: 2, HTMLRoutineMax: 1}
	for _, format := range []string{"text", "html"} {
		out := mustFace(t, format, o, invented(), inventedRun())
		if !strings.Contains(out, "6 more cases are not") {
			t.Errorf("%s does not say that 6 cases are left out", format)
		}
	}
	if out := mustFace(t, "html", o, invented(), inventedRun()); !strings.Contains(out, "4 more routine records") {
		t.Error("html does not say that routine records are left out")
	}
}
