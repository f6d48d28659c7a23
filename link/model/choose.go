package model

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// chooseFields recognises the columns of the sample and decides what is compared.
func (b *Builder) chooseFields() error {
	f := b.frame
	if len(b.held) == 0 {
		return errors.New("model: no rows")
	}
	skip := map[string]bool{strings.ToLower(b.opt.ID): b.opt.ID != ""}
	for _, name := range b.opt.Ignore {
		at, ok := b.number[strings.ToLower(strings.TrimSpace(name))]
		if !ok {
			return fmt.Errorf("model: no file has the column %q that is to be ignored", name)
		}
		skip[strings.ToLower(b.columns[at])] = true
	}
	var fields []chosen
	for at, name := range b.columns {
		if skip[strings.ToLower(strings.TrimSpace(name))] {
			continue
		}
		c := b.column(at)
		if why := c.drop(); why != "" {
			f.Notes = append(f.Notes, fmt.Sprintf("%s: left out, %s", name, why))
			continue
		}
		field := c.recognise()
		if c.distinct == len(c.values) && c.rows >= 50 && len(c.values) == c.rows && !field.canDiffer() {
			f.Notes = append(f.Notes, fmt.Sprintf("%s: left out, a different value in every row (an id)", name))
			continue
		}
		fields = append(fields, chosen{field, []int{at}, len(c.values)})
	}
	if slices.ContainsFunc(fields, func(c chosen) bool { return c.Role == Birth }) {
		fields = slices.DeleteFunc(fields, func(c chosen) bool {
			switch {
			case c.Kind == Date && c.Role != Birth:
				f.Notes = append(f.Notes, fmt.Sprintf("%s: left out, a date that is not the date of birth", c.Name))
			case hasWord(headerWords(c.Name), "age"):
				f.Notes = append(f.Notes, fmt.Sprintf("%s: left out, it follows from the date of birth", c.Name))
			default:
				return false
			}
			return true
		})
	}
	fields = b.mergeParts(fields)
	if len(fields) == 0 {
		return errors.New("model: no column can be compared (each is empty, constant or unique)")
	}
	if len(fields) > MaxFields {
		order := slices.Clone(fields)
		slices.SortStableFunc(order, func(x, y chosen) int { return worth(y.Field)*1e9 + y.fill - worth(x.Field)*1e9 - x.fill })
		keep := map[string]bool{}
		for _, c := range order[:MaxFields] {
			keep[c.Name] = true
		}
		fields = slices.DeleteFunc(fields, func(c chosen) bool {
			if !keep[c.Name] {
				f.Notes = append(f.Notes, fmt.Sprintf("%s: left out, more than %d columns", c.Name, MaxFields))
			}
			return !keep[c.Name]
		})
	}
	for _, c := range fields {
		f.Fields = append(f.Fields, c.Field)
		b.inputs = append(b.inputs, c.in)
	}
	pairNames(f.Fields)
	b.wire()
	return nil
}

type chosen struct {
	Field
	in   []int // places of its columns
	fill int   // sampled rows with a value
}

// mergeParts reads names and addresses that come both whole and in parts as one
// field: "NAME_FULL" in one record and "NAME_FIRST", "NAME_LAST" in another could never meet otherwise.
func (b *Builder) mergeParts(fields []chosen) []chosen {
	has := func(r Role) bool { return slices.ContainsFunc(fields, func(c chosen) bool { return c.Role == r }) }
	if has(WholeName) && (has(Given) || has(Family)) {
		fields = b.merge(fields, "name", WholeName, []Role{Given, Middle, Family}, []Role{WholeName})
	}
	full := slices.ContainsFunc(fields, func(c chosen) bool {
		return c.Role == Address && hasWord(headerWords(c.Name), "full", "line", "line1")
	})
	if full && has(Place) {
		fields = b.merge(fields, "address", Address, []Role{Address, Place}, nil)
	}
	return fields
}

func (b *Builder) merge(fields []chosen, name string, role Role, joined, beside []Role) []chosen {
	out := chosen{Field: Field{Name: name, Kind: Words, Role: role}}
	take := func(roles []Role) {
		for _, r := range roles {
			for _, c := range fields {
				if c.Role == r && (r != Place || strings.HasPrefix(strings.ToLower(headerLeaf(c.Name)), "addr")) {
					out.Inputs = append(out.Inputs, c.Inputs...)
					out.in = append(out.in, c.in...)
					out.fill = max(out.fill, c.fill)
				}
			}
		}
	}
	take(joined)
	out.Joined = len(out.in)
	take(beside)
	if len(out.in) < 2 {
		return fields
	}
	b.frame.Notes = append(b.frame.Notes, fmt.Sprintf("%s: read together from %s", name, strings.Join(out.Inputs, ", ")))
	left := slices.DeleteFunc(fields, func(c chosen) bool { return slices.Contains(out.in, c.in[0]) })
	return append([]chosen{out}, left...)
}

// headerLeaf is a dotted name's last part.
func headerLeaf(name string) string {
	return name[strings.LastIndexByte(name, '.')+1:]
}

// canDiffer: fields whose values are naturally all different and still compare meaningfully.
func (f Field) canDiffer() bool {
	switch f.Kind {
	case Email, Phone, Words, Date, Prose:
		return true
	case Text:
		return f.Role == Given || f.Role == Family
	}
	return f.Role == Identifier
}

// worth orders fields when there are too many.
func worth(f Field) int {
	switch f.Role {
	case Given, Family, WholeName, Birth:
		return 5
	case Identifier, Contact:
		return 4
	case Address:
		return 3
	case Place, Middle:
		return 2
	}
	return 1
}

// pairNames lets the first given and the first family name be found in each other's place.
func pairNames(fields []Field) {
	given, family := -1, -1
	for i, f := range fields {
		if f.Kind != Text {
			continue
		}
		if f.Role == Given && given < 0 {
			given = i
		}
		if f.Role == Family && family < 0 {
			family = i
		}
	}
	if given >= 0 && family >= 0 {
		fields[given].Cross = fields[family].Name
		fields[family].Cross = fields[given].Name
	}
}

// column gathers the sampled values at one place.
func (b *Builder) column(at int) *column {
	c := &column{name: b.columns[at], rows: len(b.held)}
	seen := map[string]bool{}
	for _, row := range b.held {
		if at >= len(row.cells) {
			continue
		}
		v := bytes.TrimSpace(row.cells[at])
		if isNothing(v) {
			continue
		}
		c.values = append(c.values, v)
		seen[string(v)] = true
	}
	c.distinct = len(seen)
	return c
}
