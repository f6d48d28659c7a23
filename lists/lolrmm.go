package lists

import (
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// LOLRMM collects remote-access tools with the traces they leave, one YAML
// file a tool in its repository, one JSON array on its site.
var lolrmm = List{
	ID: "lolrmm", Title: "Remote-access tools (LOLRMM)", Publisher: "LOLRMM project", Licence: "Apache-2.0", Ships: true,
	Sources: []string{"https://lolrmm.io/api/rmm_tools.json"}, Ext: "json",
	Cadence: Weekly, Rows: Rows{150, 5000}, Kind: KindTools,
	Files: []string{"lolrmm/yaml/*.yaml", "lolrmm/yaml/*.yml", "lolrmm/*.yaml", "lolrmm/*.yml", "rmm_tools.json", "lolrmm.json"},
	Note:  "names everyday programs (PuTTY, WinSCP) too; those and file names shared by many products are left out",
	parse: parseTools,
}

func parseTools(name string, b []byte) (*content, error) {
	if strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml") {
		return parseToolYAML(name, b)
	}
	return parseToolsJSON(name, b)
}

// rmmTool is what we read of a tool in the JSON; a member may be one object or
// an array of them, a string or nothing.
type rmmTool struct {
	Name     string
	Category string
	Details  anyOf[struct {
		PEMetadata        anyOf[rmmFile]
		InstallationPaths anyOf[string]
	}]
	Artifacts anyOf[struct {
		Disk     anyOf[struct{ File string }]
		EventLog anyOf[struct{ ServiceName string }]
		Network  anyOf[struct{ Domains anyOf[string] }]
	}]
}

type rmmFile struct{ Filename, OriginalFileName, Product string }

// anyOf reads one value or an array of them; null and "" are nothing, and what
// has another shape is passed over.
type anyOf[T any] []T

// UnmarshalJSON reads either shape.
func (a *anyOf[T]) UnmarshalJSON(b []byte) error {
	var many []jsontext.Value
	if json.Unmarshal(b, &many) == nil {
		for _, v := range many {
			var one T
			if json.Unmarshal(v, &one) == nil {
				*a = append(*a, one)
			}
		}
		return nil
	}
	var one T
	if json.Unmarshal(b, &one) == nil {
		*a = anyOf[T]{one}
	}
	return nil
}

func parseToolsJSON(name string, b []byte) (*content, error) {
	var all []rmmTool
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, record.Invalid(name, "not the JSON of a list of tools, or a truncated one")
	}
	c := &content{}
	for i, r := range all {
		if r.Name == "" {
			c.reject(i + 1)
			continue
		}
		t := Tool{Name: r.Name, Category: r.Category}
		t.fill(&r)
		c.tools = append(c.tools, t)
		c.rows++
	}
	return c, c.check(name)
}

// fill takes the traces of a tool's record.
func (t *Tool) fill(r *rmmTool) {
	for _, d := range r.Details {
		for _, f := range d.PEMetadata {
			t.file(f.Filename)
			t.file(f.OriginalFileName)
			t.product(f.Product)
		}
		for _, p := range d.InstallationPaths {
			t.file(p)
		}
	}
	for _, a := range r.Artifacts {
		for _, d := range a.Disk {
			t.left(d.File)
		}
		for _, e := range a.EventLog {
			t.service(e.ServiceName)
		}
		for _, n := range a.Network {
			for _, d := range n.Domains {
				t.domain(d)
			}
		}
	}
	t.product(r.Name)
}

func (t *Tool) service(s string) {
	if s = strings.ToLower(strings.TrimSpace(s)); len(s) >= 5 && !strings.ContainsAny(s, "*?%<>{}") {
		t.Services = append(t.Services, s)
	}
}

func (t *Tool) product(s string) {
	if s = strings.ToLower(strings.TrimSpace(s)); len(s) >= 4 && !strings.ContainsAny(s, "*?%<>") {
		t.Products = append(t.Products, s)
	}
}

// parseToolYAML reads the few keys we need out of one tool's file. It is not a
// YAML reader: it looks at "Key: value" and at lists of plain strings under
// three keys, which is how the project's files are written.
func parseToolYAML(name string, b []byte) (*content, error) {
	c := &content{}
	t := Tool{}
	list := "" // the key whose items follow
	for _, line := range rawLines(b) {
		s := strings.TrimSpace(line)
		item := strings.HasPrefix(s, "- ")
		s = strings.TrimSpace(strings.TrimPrefix(s, "- "))
		key, value, isKey := strings.Cut(s, ":")
		isKey = isKey && !strings.ContainsAny(key, ` '"\/.*`) && (value == "" || value[0] == ' ')
		if !isKey {
			if item {
				switch list {
				case "InstallationPaths":
					t.file(unquote(s))
				case "Domains":
					t.domain(unquote(s))
				}
			}
			continue
		}
		list = ""
		value = unquote(strings.TrimSpace(value))
		switch key {
		case "Name":
			if t.Name == "" && line[0] != ' ' {
				t.Name = value
			}
		case "Category":
			t.Category = value
		case "Filename", "OriginalFileName":
			t.file(value)
		case "File":
			t.left(value)
		case "Product":
			t.product(value)
		case "ServiceName":
			t.service(value)
		case "InstallationPaths", "Domains":
			list = key
		}
	}
	if t.Name == "" {
		return nil, record.Invalid(name, "no tool is named in it")
	}
	t.product(t.Name)
	c.tools, c.rows = []Tool{t}, 1
	return c, nil
}

// rawLines are all non-empty lines, with their indentation.
func rawLines(b []byte) []string {
	var out []string
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimRight(line, "\r\n \t"); line != "" && len(line) <= maxLine {
			out = append(out, line)
		}
	}
	return out
}

func unquote(s string) string {
	if len(s) >= 2 && (s[0] == '\'' || s[0] == '"') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}
