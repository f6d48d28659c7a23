package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNewCheck writes a check beside a copy of the catalogue and the templates.
func TestNewCheck(t *testing.T) {
	root := t.TempDir()
	for _, f := range []string{"checks/catalogue.go", "checks/testdata/new.go.tmpl", "checks/testdata/new.txtar.tmpl"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "..", f))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(root, filepath.Dir(f)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, f), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(root)
	if err := run([]string{"doc-new-idea"}); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"doc-new-idea", "zz", "zz-top", "../x"} {
		if run([]string{bad}) == nil {
			t.Errorf("%s was accepted", bad)
		}
	}
	list, err := os.ReadFile(catalogue)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(string(list), "&docNewIdea,")
	if at < 0 || strings.Count(string(list), "&docNewIdea,") != 1 || at < strings.Index(string(list), "&docMrz") || at > strings.Index(string(list), "&docNumberReuse") {
		t.Errorf("the line is not where the alphabet puts it:\n%s", list)
	}
	for _, f := range []string{"checks/doc_new_idea.go", "checks/testdata/doc_new_idea.txtar"} {
		if _, err := os.Stat(f); err != nil {
			t.Error(err)
		}
	}
}
