package intake

import (
	"strconv"
	"strings"
)

// header decides where the columns go; rows tell how their dates are written.
func (t *table) header(names []string, rows [][]string) {
	order := anyOrder
	if t.delimiter == ';' {
		order = dayFirst // what spreadsheets write where the comma is decimal
	}
	for len(names) > 1 && strings.TrimSpace(names[len(names)-1]) == "" {
		names = names[:len(names)-1]
	}
	for _, name := range names {
		folded := foldColumn(name)
		for _, word := range dayFirstWords {
			if folded == word {
				order = dayFirst
			}
		}
		c := column{name: strings.TrimSpace(name), guessed: true}
		if path, named := t.o.Map[c.name]; named {
			c.guessed = false
			c.path, c.order = splitOrder(path)
			c.path, c.index = splitPath(c.path)
		} else {
			c.path, c.index = guessColumn(name)
		}
		c.put = putter(c.path)
		t.columns = append(t.columns, c)
	}
	t.names()
	t.repeats()
	for i := range t.columns {
		c := &t.columns[i]
		if c.order == anyOrder {
			c.order = orderOf(i, rows, order)
		}
		if c.guessed && c.path == "received_at" && !c.timely(i, rows) {
			c.path, c.put = "", nil // "Applied: yes"
		}
	}
}

// splitOrder cuts the order of day and month off a path: "received_at:dmy".
func splitOrder(path string) (string, dayOrder) {
	plain, order, _ := strings.Cut(path, ":")
	switch order {
	case "dmy":
		return plain, dayFirst
	case "mdy":
		return plain, monthFirst
	}
	return path, anyOrder
}

// timely reports whether a column holds times, as far as the beginning tells:
// one that can be read, or that would be one if its order were known.
func (c *column) timely(i int, rows [][]string) bool {
	said := false
	for _, row := range rows {
		if i >= len(row) || strings.TrimSpace(row[i]) == "" {
			continue
		}
		said = true
		if !timeOf(row[i], c.order).IsZero() || !timeOf(row[i], dayFirst).IsZero() {
			return true
		}
	}
	return !said
}

// names settles what "Name" means beside a first name or a family name.
func (t *table) names() {
	has := map[string]bool{}
	for _, c := range t.columns {
		has[c.path] = true
	}
	for i := range t.columns {
		c := &t.columns[i]
		if c.path != "person.name" || !c.guessed || has["person.first"] == has["person.last"] {
			continue
		}
		if has["person.first"] {
			c.path = "person.last"
		} else {
			c.path = "person.first"
		}
		c.put = putter(c.path)
	}
	if has["person.name"] && has["person.first"] && has["person.last"] {
		for i := range t.columns { // the whole name is given; its parts go to extra
			if c := &t.columns[i]; c.guessed && (c.path == "person.first" || c.path == "person.last") {
				c.path, c.put = "", nil
			}
		}
	}
}

// repeats gives the second of two equal single columns to extra, so that
// nothing overwrites; lists take all.
func (t *table) repeats() {
	seen := map[string]bool{}
	for i := range t.columns {
		c := &t.columns[i]
		switch c.path {
		case "", "emails", "phones", "urls", "answers", "person.other_names", "person.address.lines", "resume.skills", "tax_ids", "person.languages":
			continue
		}
		if strings.HasPrefix(c.path, "accounts.") {
			continue
		}
		key := c.path + "#" + strconv.Itoa(c.index)
		if seen[key] {
			c.path, c.put = "", nil
		}
		seen[key] = true
	}
}

// orderOf looks for a date in the column that has only one reading.
func orderOf(column int, rows [][]string, otherwise dayOrder) dayOrder {
	for _, row := range rows {
		if column >= len(row) {
			continue
		}
		f := strings.FieldsFunc(row[column], anyOf("/- ,T"))
		if len(f) < 3 || len(f[2]) != 4 || len(f[0]) > 2 || len(f[1]) > 2 {
			continue
		}
		first, err1 := strconv.Atoi(f[0])
		second, err2 := strconv.Atoi(f[1])
		switch {
		case err1 != nil || err2 != nil:
		case first > 12 && first < 32 && second < 13:
			return dayFirst
		case second > 12 && second < 32 && first < 13:
			return monthFirst
		}
	}
	return otherwise
}

func (t *table) mapping() []Column {
	all := make([]Column, len(t.columns))
	for i, c := range t.columns {
		all[i] = Column{Name: c.name, Path: c.path, Guessed: c.guessed}
		if c.put == nil {
			all[i].Path = ""
		} else if c.index > 0 {
			list, rest, _ := strings.Cut(c.path, ".")
			all[i].Path = join(list+"["+strconv.Itoa(c.index)+"]", rest)
		}
	}
	return all
}
