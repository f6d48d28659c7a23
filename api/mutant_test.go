package api

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
)

// TestMutants takes the tenant out of one statement at a time and runs the
// matrix against that build: every such build must turn it red, else the matrix
// is no evidence. It compiles the house anew for each, so it is part of the long
// runs.
func TestMutants(t *testing.T) {
	if os.Getenv("BONAFIDE_MUTANTS") == "" {
		t.Skip("NOT TESTED: that a build without the tenant clause turns the matrix red; BONAFIDE_MUTANTS=1 (make prove)")
	}
	for _, m := range []struct{ file, from, to string }{
		{"case.go", `from cases where tenant = $1 and id = $2"`, `from cases where $1 <> 'tenant' and id = $2"`},
		{"case.go", `from cases where tenant = $1")`, `from cases where $1 <> 'tenant'")`},
		{"subject.go", `from subjects where tenant = $1 and id = $2"`, `from subjects where $1 <> 'tenant' and id = $2"`},
		{"job.go", `from jobs where tenant = $1 "`, `from jobs where $1 <> 'tenant' "`},
		{"setting.go", `from settings where tenant = $1 "`, `from settings where $1 <> 'tenant' "`},
	} {
		path, err := filepath.Abs(filepath.Join("..", "store", m.file))
		ok(t, err)
		source, err := os.ReadFile(path)
		ok(t, err)
		if !strings.Contains(string(source), m.from) {
			t.Errorf("store/%s no longer holds %q: choose another statement", m.file, m.from)
			continue
		}
		dir := t.TempDir()
		mutant, overlay := filepath.Join(dir, m.file), filepath.Join(dir, "overlay.json")
		ok(t, os.WriteFile(mutant, []byte(strings.Replace(string(source), m.from, m.to, 1)), 0o600))
		b, err := json.Marshal(map[string]map[string]string{"Replace": {path: mutant}})
		ok(t, err)
		ok(t, os.WriteFile(overlay, b, 0o600))
		out, err := exec.Command("go", "test", "-overlay", overlay, "-run", "^(TestMatrix|TestLists)$", ".").CombinedOutput()
		if err == nil {
			t.Errorf("without the tenant in %q (store/%s) the matrix stays green", m.from, m.file)
		} else if !strings.Contains(string(out), "--- FAIL") {
			t.Errorf("the mutant of store/%s does not build: %.500s", m.file, out)
		}
	}
}

// TestLists: what is listed is one's own.
func TestLists(t *testing.T) {
	w := newWorld(t)
	one, two := w.key("one", "intake", "read"), w.key("two", "intake", "read")
	want[Accepted](t, w.ask("POST", "/v1/applications", applicant("1", "Nora Muster"), one), 202)
	if got := want[Cases](t, w.ask("GET", "/v1/cases", nil, one), 200); len(got.Cases) != 1 {
		t.Errorf("own: %d cases", len(got.Cases))
	}
	if got := want[Cases](t, w.ask("GET", "/v1/cases", nil, two), 200); len(got.Cases) != 0 {
		t.Errorf("another tenant sees %d cases", len(got.Cases))
	}
}
