package lists

import (
	"io"
	"strings"
)

// OFAC's legacy delimited files: sdn.csv (12 columns), alt.csv (5),
// sdn_comments.csv (2), and cons_prim.csv with its companions for the
// consolidated list. Traps: no header, "-0- " for nothing, programs written as
// DPRK3] [DPRK4, remarks that continue in the comments file, weak aliases only
// inside the remarks, 0x1A at the end.

// ParseOFACLegacy reads the three files together; alt and comments may be nil.
func ParseOFACLegacy(name, list string, sdn, alt, comments io.Reader) (*Entities, error) {
	out := &Entities{}
	more := map[string]string{}
	if comments != nil {
		err := legacyRows(name+" comments", comments, 2, func(_ string, row []string) { more[row[0]] += row[1] })
		if err != nil {
			return nil, err
		}
	}
	at := map[string]int{}
	err := legacyRows(name, sdn, 12, func(where string, row []string) {
		e := Entity{List: list, ID: row[0], Kind: usKind(row[2])}
		e.name(row[1], PrimaryName)
		for _, p := range strings.FieldsFunc(row[3], func(r rune) bool { return r == '[' || r == ']' || r == ';' }) {
			e.program(p)
		}
		remarks(&e, row[11]+more[row[0]])
		at[e.ID] = len(out.Entities)
		out.add(e, where)
	})
	if err != nil {
		return nil, err
	}
	if alt != nil {
		err := legacyRows(name+" alternate names", alt, 4, func(_ string, row []string) {
			if i, ok := at[row[0]]; ok && i < len(out.Entities) {
				out.Entities[i].name(row[3], StrongAlias)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return out, out.check(name)
}

// legacyRows yields rows of at least width columns whose first is a number; a
// header line that a mirror has added is passed over. Cells are trimmed, -0-
// is emptied.
func legacyRows(name string, r io.Reader, width int, each func(where string, row []string)) error {
	br, err := bounded(name, r)
	if err != nil {
		return err
	}
	good, bad := 0, 0
	err = csvRows(name, br, ',', func(line int, row []string) error {
		if len(row) == 1 && strings.Trim(row[0], "\x1a \t") == "" {
			return nil
		}
		if len(row) < width || !isDigits(strings.TrimSpace(row[0])) {
			bad++
			return nil
		}
		good++
		for i, c := range row {
			if c = strings.Trim(c, " \t\x1a"); c == "-0-" {
				c = ""
			}
			row[i] = strings.Clone(c)
		}
		each(lineAt("line", line), row)
		return nil
	})
	if err != nil {
		return err
	}
	if good == 0 || bad > 1+good/10 {
		return damaged(name, errNotLegacy(name))
	}
	return nil
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// remarks reads the statements of the Remarks column, separated by semicolons.
func remarks(e *Entity, s string) {
	for _, part := range strings.Split(strings.TrimSuffix(strings.TrimSpace(s), "."), ";") {
		part = strings.TrimSpace(part)
		part = strings.TrimPrefix(part, "alt. ")
		part = strings.TrimPrefix(part, "Alt. ")
		switch {
		case strings.HasPrefix(part, "DOB "):
			e.born(listDates(part[4:]))
		case strings.HasPrefix(part, "nationality "), strings.HasPrefix(part, "citizen "):
			_, c, _ := strings.Cut(part, " ")
			e.country(c)
		case strings.HasPrefix(part, "Gender "):
			e.gender(part[7:])
		case strings.HasPrefix(part, walletIDType):
			if asset, address, ok := strings.Cut(part[len(walletIDType):], " "); ok {
				e.wallet(asset, address)
			}
		case strings.HasPrefix(part, "a.k.a. '"), strings.HasPrefix(part, "f.k.a. '"):
			e.name(strings.Trim(part[8:], "'"), WeakAlias)
		default:
			for _, k := range legacyIDs {
				if v, ok := strings.CutPrefix(part, k+" "); ok {
					v, _, _ = strings.Cut(v, " (")
					e.identifier(k, v)
					break
				}
			}
		}
	}
}

var legacyIDs = []string{"Passport", "National ID No.", "SSN", "Tax ID No.", "Cedula No.", "C.U.R.P.", "R.F.C.", "NIT #", "D.N.I.", "Registration ID", "Registration Number", "Identification Number", "Company Number", "UK Company Number", "Driver's License No."}
