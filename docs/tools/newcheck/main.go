// Command newcheck writes the two files of a new check and its line in the
// catalogue: `make new check=cp-some-thing`, or
// `go run ./docs/tools/newcheck cp-some-thing` from the root of the repository.
// The tests fail until every TODO of the template is gone.
package main

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"
)

const (
	dir       = "checks"
	catalogue = dir + "/catalogue.go"
)

// families by the first word of an id; a link check takes the family of the
// value that is shared.
var families = map[string]string{"doc": "Ident", "cp": "Contact", "net": "Net", "dev": "Net", "cv": "CV", "gh": "CV", "ref": "Ref", "int": "InterviewSeen", "pay": "Pay",
	"ep": "Endpoint", "ins": "Insider", "off": "Insider", "ext": "Extort", "link": "Contact"}

var idShape = regexp.MustCompile(`^[a-z]+(-[a-z0-9]+)+$`)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "newcheck:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 || !idShape.MatchString(args[0]) {
		return fmt.Errorf("give one id as in the catalogue of checks, e.g. cp-email-disposable")
	}
	id := args[0]
	first, _, _ := strings.Cut(id, "-")
	family := families[first]
	if family == "" {
		return fmt.Errorf("no family begins with %q", first)
	}
	name := variable(id)
	upper := strings.ToUpper(name[:1]) + name[1:]
	fill := map[string]string{"ID": id, "Var": name, "Run": "run" + upper, "Say": "say" + upper, "Family": family}

	file := strings.ReplaceAll(id, "-", "_")
	targets := []struct{ from, to string }{
		{"testdata/new.go.tmpl", file + ".go"},
		{"testdata/new.txtar.tmpl", "testdata/" + file + ".txtar"},
	}
	for _, t := range targets {
		if _, err := os.Stat(filepath.Join(dir, t.to)); err == nil {
			return fmt.Errorf("%s is already there", t.to)
		}
	}
	list, err := os.ReadFile(catalogue)
	if err != nil {
		return err
	}
	list, err = addLine(list, id, name)
	if err != nil {
		return err
	}
	for _, t := range targets {
		text, err := os.ReadFile(filepath.Join(dir, t.from))
		if err != nil {
			return err
		}
		page, err := template.New(t.from).Parse(string(text))
		if err != nil {
			return err
		}
		var out bytes.Buffer
		if err := page.Execute(&out, fill); err != nil {
			return err
		}
		b := out.Bytes()
		if strings.HasSuffix(t.to, ".go") {
			if b, err = format.Source(b); err != nil {
				return err
			}
		}
		if err := os.WriteFile(filepath.Join(dir, t.to), b, 0o644); err != nil {
			return err
		}
		fmt.Println("wrote", filepath.Join(dir, t.to))
	}
	if err := os.WriteFile(catalogue, list, 0o644); err != nil {
		return err
	}
	fmt.Println("added a line to", catalogue)
	return nil
}

// variable is the Go name of a check: cp-email-disposable is cpEmailDisposable.
func variable(id string) string {
	words := strings.Split(id, "-")
	for i := range words[1:] {
		words[i+1] = strings.ToUpper(words[i+1][:1]) + words[i+1][1:]
	}
	return strings.Join(words, "")
}

// addLine puts a check into the alphabetical list, by id.
func addLine(src []byte, id, name string) ([]byte, error) {
	lines := strings.Split(string(src), "\n")
	for i, line := range lines {
		entry, ok := strings.CutPrefix(line, "\t\t&")
		closes := line == "\t}" && i > 0 && strings.HasPrefix(lines[i-1], "\t\t&")
		if !ok && !closes {
			continue
		}
		other := dashed(strings.TrimSuffix(entry, ","))
		if ok && other == id {
			return nil, fmt.Errorf("%s is already in the catalogue", id)
		}
		if closes || other > id {
			lines = append(lines[:i], append([]string{"\t\t&" + name + ","}, lines[i:]...)...)
			return []byte(strings.Join(lines, "\n")), nil
		}
	}
	return nil, fmt.Errorf("%s: the list of checks is not where it used to be", catalogue)
}

// dashed is the id of a Go name: cpEmailDisposable is cp-email-disposable.
func dashed(name string) string {
	var b strings.Builder
	for _, c := range name {
		if c >= 'A' && c <= 'Z' {
			b.WriteByte('-')
			c += 'a' - 'A'
		}
		b.WriteRune(c)
	}
	return b.String()
}
