package store

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bonafide/store/pgtest"
)

// statements finds the SQL of this room: the texts given to the layer.
func statements(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	begins := regexp.MustCompile(`^(select|insert|update|delete|with) `)
	set := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				if text := constant(e); begins.MatchString(text) {
					all[set.Position(n.Pos()).String()] = text
					return false
				}
			}
			return true
		})
	}
	if len(all) < 120 {
		t.Fatalf("only %d statements found", len(all))
	}
	return all
}

// constant joins the literal parts of a concatenation, with … for the others.
func constant(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.BasicLit:
		if x.Kind == token.STRING {
			s, _ := strconv.Unquote(x.Value)
			return s
		}
	case *ast.BinaryExpr:
		if x.Op == token.ADD {
			return constant(x.X) + constant(x.Y)
		}
	}
	if _, ok := e.(*ast.BinaryExpr); ok {
		return ""
	}
	return "…"
}

// bare are the statements on the catalogue of PostgreSQL and its settings: they
// read no row of ours.
var bare = []string{"select set_config(", "select pg_advisory", "select pg_try_advisory", "select c.relname", "select current_setting", "select min(c.relname)"}

// loads is the one statement that takes a tenant from its rows: Load, which has
// compared it.
const loads = "insert into … ("

// safe says that a statement holds to one tenant, or says why it may not.
func safe(text string) bool {
	for _, b := range bare {
		if strings.HasPrefix(text, b) {
			return true
		}
	}
	if strings.HasPrefix(text, loads) {
		return true
	}
	if strings.HasPrefix(text, "insert into ") {
		if read := regexp.MustCompile(`(?i)\b(?:from|join) +[a-z_…]+`).FindAllString(text, -1); strings.Count(text, "tenant = $1") < len(read) {
			return false
		}
		return regexp.MustCompile(`^insert into \w+ \(tenant, `).MatchString(text) && (strings.Contains(text, "($1,") || strings.HasSuffix(strings.TrimSpace(text), "values"))
	}
	if strings.Contains(text, "$1 = 'house'") {
		for _, table := range houseTables {
			if strings.Contains(text, " "+table+" ") {
				return true
			}
		}
		return false
	}
	// Every table that is read must have its own clause.
	tables := regexp.MustCompile(`(?i)\b(?:from|update|join) +([a-z_…]+)`).FindAllString(text, -1)
	return len(tables) > 0 && strings.Count(text, "tenant = $1") >= len(tables)
}

// TestEveryStatementNamesTheTenant, and the test itself is tested: of every
// statement a mutant without the clause must be found.
func TestEveryStatementNamesTheTenant(t *testing.T) {
	mutants := 0
	for place, text := range statements(t) {
		if !safe(text) {
			t.Errorf("%s: holds to no tenant: %s", place, text)
		}
		for _, clause := range []string{"tenant = $1 and ", " where tenant = $1", "(tenant, ", ".tenant = $1 and "} {
			if strings.Contains(text, clause) {
				mutants++
				if m := strings.Replace(text, clause, "", 1); safe(m) {
					t.Errorf("%s: a mutant without %q is not found", place, clause)
				}
			}
		}
	}
	if mutants < 100 {
		t.Errorf("only %d mutants", mutants)
	}
}

// TestMutantIsRefused: a statement without the clause does not pass the layer,
// and on PostgreSQL row-level security hides what it would have shown.
func TestMutantIsRefused(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		b.openCase("a1")
		err := b.View(ctx, ann("other"), func(t *Tx) error { _, err := t.count("select count(*) from cases"); return err })
		want(t, err, "internal")
		err = b.View(ctx, ann("other"), func(x *Tx) error {
			n, err := x.count("select count(*) from cases where $1 <> tenant")
			if b.Engine() == "postgres" && n != 0 {
				t.Error("row-level security shows another tenant's case")
			}
			if b.Engine() == "sqlite" && n != 1 {
				t.Error("the mutant shows nothing: this test tests nothing")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		// A tenant's own keys do not open another's rows, even if shown.
		b.do(func(t *Tx) error { _, err := t.SaveSetting("s", 0, []byte("x")); return err })
		if b.Engine() == "sqlite" {
			b.alter("update settings set tenant = 'other' where name = 's'")
			err := b.View(ctx, ann("other"), func(t *Tx) error { _, err := t.Setting("s"); return err })
			want(t, err, "internal")
		}
	})
}

// TestPersonalTablesAreWhole: a table with a column subject is either erased, or
// named here with the reason why not.
func TestPersonalTablesAreWhole(t *testing.T) {
	files, err := filepath.Glob("migrations/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	kept := []string{"erasures"} // the ledger itself
	seen := 0
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\);`).FindAllStringSubmatch(string(b), -1) {
			if !strings.Contains(m[2], "PRIMARY KEY (tenant") && !strings.Contains(m[2], "tenant TEXT NOT NULL PRIMARY KEY") {
				t.Errorf("%s: table %s: its key does not begin with tenant", name, m[1])
			}
			if !regexp.MustCompile(`\bsubject TEXT`).MatchString(m[2]) {
				continue
			}
			seen++
			if slices.Contains(personal, m[1]) == slices.Contains(kept, m[1]) {
				t.Errorf("%s: table %s has a subject and is not erased with it", name, m[1])
			}
		}
	}
	if seen < len(personal) {
		t.Errorf("%d tables with a subject, %d are erased", seen, len(personal))
	}
}

// TestRowSecurityIsWatched: a table without it is refused at the start, and so
// is a superuser.
func TestRowSecurityIsWatched(t *testing.T) {
	url := pgtest.Database(t)
	b := openBench(t, Options{URL: url})
	e := b.engine.(*postgresEngine)
	if _, err := e.db.ExecContext(context.Background(), "alter table cases no force row level security"); err != nil {
		t.Fatal(err)
	}
	_, err := Open(ctx, Options{URL: url, Keys: b.keys, NoMigrate: true})
	want(t, err, "refused")
	_, err = Open(ctx, Options{URL: strings.Replace(url, "bonafide@", "root@", 1), Keys: b.keys, NoMigrate: true})
	want(t, err, "refused")
	if _, err := e.db.ExecContext(context.Background(), "alter table cases force row level security; alter role bonafide set synchronous_commit = off"); err != nil {
		t.Fatal(err)
	}
	defer pgtest.Admin(t, "alter role bonafide reset synchronous_commit")
	_, err = Open(ctx, Options{URL: url, Keys: b.keys, NoMigrate: true})
	want(t, err, "refused")
}

// TestLibcIsPinned: modernc.org/libc must be the very version that
// modernc.org/sqlite was translated with.
func TestLibcIsPinned(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "modernc.org/sqlite").Output()
	if err != nil || len(dir) < 2 {
		t.Skip("NOT TESTED: which libc the database was translated with (no go command, or no module cache)")
	}
	version := regexp.MustCompile(`modernc\.org/libc (v\S+)`)
	theirs, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	ours, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	a, b := version.FindSubmatch(theirs), version.FindSubmatch(ours)
	if a == nil || b == nil || string(a[1]) != string(b[1]) {
		t.Errorf("go.mod says libc %s, modernc.org/sqlite wants %s", b, a)
	}
}
