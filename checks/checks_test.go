package checks

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"golang.org/x/tools/txtar"

	"bonafide/lists"
	"bonafide/record"
)

// TestCases runs every check over its own archive. A case is a pair
// NAME.subject (JSON: application, links, day) and NAME.want, written as a
// reviewer would read it; files under lists/ are the lists of the archive
// (all.lists: of every case; NAME.lists/…: of that case alone).
func TestCases(t *testing.T) {
	for _, c := range Catalogue() {
		t.Run(c.ID, func(t *testing.T) {
			file := filepath.Join("testdata", strings.ReplaceAll(c.ID, "-", "_")+".txtar")
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(strings.TrimSpace(string(ar.Comment))) < 40 {
				t.Errorf("%s: the archive's comment tells no story", file)
			}
			wants := map[string]string{}
			for _, f := range ar.Files {
				if name, ok := strings.CutSuffix(f.Name, ".want"); ok {
					wants[name] = string(f.Data)
				}
			}
			for _, must := range []string{"hit", "clear", "no-data", "lookalike"} {
				if !slices.ContainsFunc(ar.Files, func(f txtar.File) bool {
					return strings.HasPrefix(f.Name, must) && strings.HasSuffix(f.Name, ".subject")
				}) {
					t.Errorf("%s: no case named %s…", file, must)
				}
			}
			for _, f := range ar.Files {
				name, ok := strings.CutSuffix(f.Name, ".subject")
				if !ok {
					continue
				}
				t.Run(name, func(t *testing.T) {
					want, ok := wants[name]
					if !ok {
						t.Fatalf("no %s.want", name)
					}
					got := runCase(t, c, f.Data, listsOf(t, ar, name))
					if strings.TrimSpace(got) != strings.TrimSpace(want) {
						t.Errorf("got\n%s\nwant\n%s", got, want)
					}
				})
			}
		})
	}
}

func runCase(t *testing.T, c *Check, subject []byte, l *lists.Set) string {
	t.Helper()
	var s struct {
		Application record.Application `json:"application"`
		Links       []record.Link      `json:"links"`
		Asked       time.Time          `json:"asked"` // the day of receipt unless said
	}
	// Dates of the day a record is received may be left out of a case.
	s.Application.ReceivedAt = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	if err := json.Unmarshal(subject, &s); err != nil {
		t.Fatalf("subject: %v", err)
	}
	m, err := newMask(c.Reads)
	if err != nil {
		t.Fatal(err)
	}
	in := &In{App: m.applyTo(new(record.Application), &s.Application), Links: m.links(s.Links), Lists: l, Day: s.Application.ReceivedAt, Asked: newest(s.Application.ReceivedAt, s.Asked)}
	return read(answerOf(c, in))
}

// read prints an answer as a reviewer would read it.
func read(a Answer) string {
	var b strings.Builder
	fmt.Fprintln(&b, a.Outcome)
	for _, f := range a.Findings {
		fmt.Fprintf(&b, "%s %s: %s\n", f.Strength, f.Family, f.Text.EN)
		for _, e := range f.Evidence {
			fmt.Fprintf(&b, "  %s", e.Field)
			if e.ComparedWith != "" {
				fmt.Fprintf(&b, " ~ %s", e.ComparedWith)
			}
			if e.List != "" {
				fmt.Fprintf(&b, " in %s", e.List)
			}
			if e.AsOf != "" {
				fmt.Fprintf(&b, " on %s", e.AsOf)
			}
			fmt.Fprintln(&b)
		}
		if f.Lowered.EN != "" {
			fmt.Fprintf(&b, "  %s\n", f.Lowered.EN)
		}
	}
	return b.String()
}
