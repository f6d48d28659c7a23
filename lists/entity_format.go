package lists

import (
	"bufio"
	"bytes"
	"io"
	"path"
	"strings"

	"bonafide/record"
)

// ParseEntities recognises the format of a list of entities by its content and
// reads it. name is the file's name for errors; list names it in evidence.
func ParseEntities(name, list string, r io.Reader) (*Entities, error) {
	br, err := bounded(name, r)
	if err != nil {
		return nil, err
	}
	head, _ := br.Peek(32 << 10)
	parse := entityFormat(head)
	if table := withoutComments(head); parse == nil && len(table) < len(head) {
		// An operator's own list says its day in comments above the table.
		if parse = entityFormat(table); parse != nil {
			day := dayInside(head)
			br.Discard(len(head) - len(table))
			out, err := parse(name, list, br)
			if err == nil && out.AsOf == "" {
				out.AsOf = day
			}
			return out, err
		}
	}
	if parse == nil {
		if asset, ok := walletFile(name, head); ok {
			return ParseOFACWallets(name, list, asset, br)
		}
		return nil, record.Invalid(name, "no list of names we know: neither OFAC, EU, UK, UN, OpenSanctions nor a CSV with a column called name")
	}
	return parse(name, list, br)
}

type entityParser func(name, list string, r io.Reader) (*Entities, error)

// entityFormat looks at the beginning of a file.
func entityFormat(head []byte) entityParser {
	trimmed := bytes.TrimSpace(head)
	switch {
	case len(trimmed) == 0:
		return nil
	case trimmed[0] == '<':
		return xmlFormat(trimmed)
	case trimmed[0] == '{':
		if bytes.Contains(head, []byte(`"addresses"`)) && !bytes.Contains(head, []byte(`"schema"`)) {
			return func(name, list string, r io.Reader) (*Entities, error) { return ParseOFACWallets(name, list, "", r) }
		}
		return ParseFtM
	}
	return csvFormat(trimmed)
}

func xmlFormat(head []byte) entityParser {
	for _, f := range []struct {
		sign  string
		parse entityParser
	}{
		{"<sdnList", ParseOFACSDN}, {"<CONSOLIDATED_LIST", ParseUN}, {"<Designations", ParseUKSanctionsXML}, {"<UKSanctionsList", ParseUKSanctionsXML}, {"<export", ParseEUFSF}, {"<Sanctions", ParseOFACAdvanced},
	} {
		if bytes.Contains(head, []byte(f.sign)) {
			return f.parse
		}
	}
	return nil
}

func csvFormat(head []byte) entityParser {
	line, rest, _ := bytes.Cut(head, []byte("\n"))
	low := strings.ToLower(string(line))
	second, _, _ := bytes.Cut(rest, []byte("\n"))
	switch {
	case strings.HasPrefix(low, "report date"), strings.Contains(low, "name 6"), strings.Contains(strings.ToLower(string(second)), "name 6"):
		return ParseUKSanctionsCSV
	case strings.Contains(low, "schema") && strings.Contains(low, "aliases") && strings.Contains(low, "id"):
		return ParseTargetsCSV
	case bytes.Contains(head, []byte("-0-")):
		return func(name, list string, r io.Reader) (*Entities, error) {
			return ParseOFACLegacy(name, list, r, nil, nil)
		}
	}
	cells := strings.FieldsFunc(low, func(r rune) bool { return r == ',' || r == ';' || r == '\t' || r == '"' || r == '\r' })
	for _, c := range cells {
		if c = strings.TrimSpace(c); oneOf(c, nameColumns) || c == "last_name" {
			return ParseNamesCSV
		}
	}
	return nil
}

// walletFile: one address a line, the asset in the file's name.
func walletFile(name string, head []byte) (asset string, ok bool) {
	sc := bufio.NewScanner(bytes.NewReader(head))
	n := 0
	for sc.Scan() && n < 20 {
		line := strings.TrimSpace(sc.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if len(line) < 25 || len(line) > 120 || strings.ContainsAny(line, " ,;.@/") {
			return "", false
		}
		n++
	}
	base := strings.TrimSuffix(path.Base(strings.ReplaceAll(name, `\`, "/")), path.Ext(name))
	if i := strings.LastIndexByte(base, '_'); i >= 0 {
		base = base[i+1:]
	}
	if len(base) > 6 {
		base = ""
	}
	return strings.ToUpper(base), n > 0
}
