// Package house_test is the house checking itself: who may know whom, what the
// pure rooms may not touch, how long a file may grow, what stands in the list
// of dependencies. The rules are those of the map in README.md.
package house_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows: a room may import only the rooms that stand to its right.
var arrows = map[string][]string{
	"web":      {"access", "report", "screen", "casework", "exchange", "checks", "record"},
	"api":      {"access", "report", "screen", "casework", "exchange", "checks", "record"},
	"screen":   {"connect", "confine", "egress", "index", "intake", "lists", "link", "checks", "prove", "policy", "store", "record"},
	"casework": {"connect", "notify", "report", "policy", "store", "record"},
	"access":   {"store", "record"},
	"sim":      {"screen", "link", "match", "record"},
	"checks":   {"lists", "match", "record"},
	"prove":    {"match", "record"},
	"store":    {"audit", "record"},
	"connect":  {"egress", "intake", "record"},
	"lists":    {"match", "record"},
	"intake":   {"match", "record"},
	"link":     {"match", "record"},
	"index":    {"link", "record"},
	"notify":   {"egress", "record"},
	"policy":   {"record"}, "audit": {"record"}, "exchange": {"record"}, "confine": {"record"},
	"client": {"record"}, "report": {"record"}, "egress": {"record"},
	"record": {}, "match": {},
}

// wiring may import everything: the command, and programs that measure it.
var wiring = []string{"cmd", "bench", "docs"}

// pure rooms judge: no clock, network, disk or database.
var pure = []string{"link", "checks", "policy", "match", "prove", "lists", "intake", "record"}

var impure = []string{"os", "os/exec", "net", "net/http", "database/sql", "syscall", "io/ioutil", "log", "log/slog", "golang.org/x/sys/unix"}

const longest = 600 // lines of one file; tables may be longer if their name says so

type file struct {
	path, room string
	test       bool
	ast        *ast.File
	lines      int
}

func house(t *testing.T) []file {
	t.Helper()
	var files []file
	set := token.NewFileSet()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules" || d.Name() == "tools") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || !strings.Contains(path, "/") {
			return nil
		}
		f, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		room, _, _ := strings.Cut(path, "/")
		files = append(files, file{path, room, strings.HasSuffix(path, "_test.go"), f, set.Position(f.End()).Line})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 50 {
		t.Fatalf("only %d files: the house was not found", len(files))
	}
	return files
}

func imports(f file) []string {
	var all []string
	for _, i := range f.ast.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		all = append(all, path)
	}
	return all
}

func TestArrows(t *testing.T) {
	for _, f := range house(t) {
		if slices.Contains(wiring, f.room) {
			continue
		}
		right, known := arrows[f.room]
		if !known {
			t.Errorf("%s: no room %q on the map", f.path, f.room)
			continue
		}
		for _, path := range imports(f) {
			to, ours := strings.CutPrefix(path, "bonafide/")
			if !ours {
				if f.room == "record" && !f.test && strings.Contains(path, ".") {
					t.Errorf("%s imports %s: record stands on the standard library only", f.path, path)
				}
				continue
			}
			to, _, _ = strings.Cut(to, "/")
			if to != f.room && !slices.Contains(right, to) && !f.test {
				t.Errorf("%s imports %s: no arrow leads from %s to %s", f.path, path, f.room, to)
			}
		}
	}
}

func TestPureRooms(t *testing.T) {
	for _, f := range house(t) {
		if f.test || !slices.Contains(pure, f.room) || f.ast.Name.Name == "main" {
			continue
		}
		for _, path := range imports(f) {
			if slices.Contains(impure, path) {
				t.Errorf("%s imports %s: %s is a pure room", f.path, path, f.room)
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && (s.Sel.Name == "Now" || s.Sel.Name == "Since" || s.Sel.Name == "LoadLocation") {
				t.Errorf("%s uses time.%s: %s reads no clock and no disk", f.path, s.Sel.Name, f.room)
			}
			return true
		})
	}
}

func TestNamesAndSizes(t *testing.T) {
	banned := []string{"internal", "pkg", "util", "utils", "common", "helper", "helpers", "types", "models", "service", "services", "manager", "misc", "base"}
	comment := map[string]bool{}
	for _, f := range house(t) {
		dir := filepath.Dir(f.path)
		for _, part := range strings.Split(dir, "/") {
			if slices.Contains(banned, part) {
				t.Errorf("%s: a folder called %q says nothing", f.path, part)
			}
		}
		if !f.test && f.ast.Doc != nil && !strings.HasSuffix(f.ast.Name.Name, "_test") {
			comment[dir] = true
		} else if !f.test {
			comment[dir] = comment[dir]
		}
		if f.lines > longest && !strings.Contains(f.path, "table") && !f.test {
			t.Errorf("%s has %d lines, more than %d: it holds more than one idea", f.path, f.lines, longest)
		}
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == "init" && fn.Recv == nil {
				t.Errorf("%s has an init: registration is explicit here", f.path)
			}
		}
	}
	for dir, has := range comment {
		if !has {
			t.Errorf("%s: no file says in a package comment what the room holds", dir)
		}
	}
}

// TestDependencies: every direct dependency has its reason.
func TestDependencies(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	reasons, err := os.ReadFile("docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	direct := regexp.MustCompile(`(?m)^(?:require )?\s*([a-z0-9.\-]+\.[a-z]+/\S+) v\S+\s*$`).FindAllStringSubmatch(string(mod), -1)
	if len(direct) < 5 {
		t.Fatal("no direct dependencies found in go.mod")
	}
	for _, m := range direct {
		if !strings.Contains(string(reasons), "| "+m[1]+" |") {
			t.Errorf("docs/dependencies.md gives no reason for %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^\| (\S+\.\S+/\S+) \|`).FindAllStringSubmatch(string(reasons), -1) {
		if !strings.Contains(string(mod), m[1]+" v") {
			t.Errorf("docs/dependencies.md still gives a reason for %s", m[1])
		}
	}
}
