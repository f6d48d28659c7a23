package pgtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// where tells the tests that run again where the server is.
const where = "BONAFIDE_TEST_POSTGRES"

// Again runs a room's tests once more, on PostgreSQL: every test that calls
// opener, the room's function that opens a record at Address, itself or through
// others. They run in a process of their own, because the tests of a room share
// nothing but their binary. Call it from a test called TestOnPostgres; not names
// tests that it leaves out.
func Again(t *testing.T, opener string, not ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("NOT TESTED on PostgreSQL (-short)")
	}
	s := running(t)
	var names []string
	for _, name := range openers(t, opener) {
		if strings.HasPrefix(name, "Test") && name != t.Name() && !slices.Contains(not, name) {
			names = append(names, name)
		}
	}
	again := exec.Command(os.Args[0], "-test.v", "-test.timeout=10m", "-test.run=^("+strings.Join(names, "|")+")$")
	again.Env = append(os.Environ(), where+"="+s.dir)
	out, err := again.CombinedOutput()
	ran := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^--- (PASS|FAIL|SKIP): (\w+)`).FindAllStringSubmatch(string(out), -1) {
		ran[m[2]] = m[1] != "SKIP"
	}
	if err != nil {
		t.Errorf("on PostgreSQL: %v\n%s", err, out)
	}
	for _, name := range names {
		if !ran[name] {
			t.Logf("NOT TESTED on PostgreSQL: %s skips itself", name)
			delete(ran, name)
		}
	}
	if len(ran) == 0 {
		t.Errorf("nothing ran on PostgreSQL: does any test call %s?", opener)
	}
	t.Logf("%d tests again on PostgreSQL", len(ran))
	for _, line := range regexp.MustCompile(`(?m)^--- .*`).FindAllString(string(out), -1) {
		t.Log(line)
	}
}

// Address is that of a new database while a room's tests run again, and empty
// otherwise, which is the embedded one.
func Address(t testing.TB) string {
	t.Helper()
	if os.Getenv(where) == "" {
		return ""
	}
	return Database(t)
}

// openers are the functions of this folder's tests that call name, themselves or
// through others of them.
func openers(t *testing.T, name string) (all []string) {
	files, err := filepath.Glob("*_test.go")
	if err != nil || len(files) == 0 {
		t.Fatal("the room's tests were not found")
	}
	calls := map[string][]string{}
	for _, path := range files {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv != nil {
				continue
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				if c, ok := n.(*ast.CallExpr); ok {
					if id, ok := c.Fun.(*ast.Ident); ok {
						calls[id.Name] = append(calls[id.Name], fn.Name.Name)
					}
				}
				return true
			})
		}
	}
	for next := []string{name}; len(next) > 0; {
		by := calls[next[0]]
		next = next[1:]
		for _, fn := range by {
			if !slices.Contains(all, fn) {
				all, next = append(all, fn), append(next, fn)
			}
		}
	}
	slices.Sort(all)
	return all
}
