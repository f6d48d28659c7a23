package model

import (
	"bytes"
	"strings"

	"github.com/zeebo/xxh3"
)

// Take is what of a value enters a blocking key.
type Take string

const (
	Whole     Take = "whole"
	Start3    Take = "first three"
	Start5    Take = "first five"
	End4      Take = "last four"
	Sound     Take = "sound" // consonant skeleton, doubled and voiced pairs folded
	YearMonth Take = "year and month"
	MonthDay  Take = "month and day"
	Year      Take = "year"
	NamePart  Take = "part before the @"
	LongWord  Take = "longest word"
	Digits    Take = "digits"
)

var takes = map[Kind][]Take{
	Text:  {Whole, Start3, Sound},
	Words: {Whole, LongWord, Start5},
	Code:  {Whole, Start3, End4},
	Phone: {Whole, Start5, End4},
	Date:  {Whole, YearMonth, MonthDay, Year},
	Email: {Whole, NamePart, Start5},
}

func (t Take) known() bool {
	for _, list := range takes {
		for _, x := range list {
			if x == t {
				return true
			}
		}
	}
	return false
}

// KeyPart is one component of a blocking key.
type KeyPart struct {
	Field string `json:"field"`
	Take  Take   `json:"take"`
}

// Rule proposes every pair of records that agrees on all of its parts.
type Rule struct {
	Parts []KeyPart `json:"block_on"`
	Split KeyPart   `json:"split_by,omitzero"` // second key for oversized blocks
}

func (r Rule) String() string {
	var names []string
	for _, p := range r.Parts {
		names = append(names, p.String())
	}
	return strings.Join(names, " + ")
}

func (p KeyPart) String() string {
	if p.Take == Whole {
		return p.Field
	}
	return p.Field + " (" + string(p.Take) + ")"
}

// cut writes what the key takes of a normal value; empty when nothing useful is left.
func (t Take) cut(dst, v []byte) []byte {
	if i := bytes.IndexByte(v, valueSeparator); i >= 0 {
		v = v[:i]
	}
	switch t {
	case Start3:
		if len(v) >= 3 {
			return append(dst, v[:3]...)
		}
	case Start5:
		if len(v) >= 5 {
			return append(dst, v[:5]...)
		}
	case End4:
		if len(v) >= 6 {
			return append(dst, v[len(v)-4:]...)
		}
	case YearMonth:
		if len(v) == 8 {
			return append(dst, v[:6]...)
		}
	case MonthDay:
		if len(v) == 8 {
			return append(dst, v[4:]...)
		}
	case Year:
		if len(v) == 8 {
			return append(dst, v[:4]...)
		}
	case NamePart:
		if x := localPart(v); len(x) >= 4 {
			return append(dst, x...)
		}
	case LongWord:
		var best []byte
		for _, w := range bytes.Fields(v) {
			if len(w) > len(best) {
				best = w
			}
		}
		if len(best) >= 4 {
			return append(dst, best...)
		}
	case Sound:
		return skeleton(dst, v)
	default:
		return append(dst, v...)
	}
	return dst
}

// skeleton keeps the first letter and the following consonants, with letters that are often confused folded together.
func skeleton(dst, v []byte) []byte {
	start := len(dst)
	for _, b := range v {
		switch b {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'h', 'w', ' ':
			if len(dst) == start && b != ' ' {
				dst = append(dst, 'a')
			}
			continue
		case 'p':
			b = 'b'
		case 't':
			b = 'd'
		case 'c', 'k', 'q':
			b = 'g'
		case 'f':
			b = 'v'
		case 'z', 'x':
			b = 's'
		case 'n':
			b = 'm'
		}
		if len(dst) == start || dst[len(dst)-1] != b {
			dst = append(dst, b)
		}
		if len(dst)-start >= 6 {
			break
		}
	}
	if len(dst)-start < 2 {
		return dst[:start]
	}
	return dst
}

// keyTable maps the codes of one field to classes: equal class, equal key part. Class 0 means no key.
type keyTable struct {
	field int
	class []uint32 // nil: the code itself
}

func (k *keyTable) of(row []uint32) uint32 {
	c := row[k.field]
	if k.class == nil {
		return c
	}
	return k.class[c]
}

// keyTables caches the tables of a frame by part.
type keyTables struct {
	frame  *Frame
	tables map[KeyPart]*keyTable
}

func newKeyTables(f *Frame) *keyTables {
	return &keyTables{frame: f, tables: map[KeyPart]*keyTable{}}
}

// table returns the class table of a part. It must be called before work is shared among goroutines.
func (k *keyTables) table(p KeyPart) *keyTable {
	if t := k.tables[p]; t != nil {
		return t
	}
	t := &keyTable{field: -1}
	for i := range k.frame.Fields {
		if k.frame.Fields[i].Name == p.Field {
			t.field = i
		}
	}
	if t.field >= 0 && (p.Take != Whole || k.frame.multi[t.field]) {
		d := k.frame.Dicts[t.field]
		t.class = make([]uint32, d.Len()+1)
		var buf []byte
		for code := uint32(1); code <= uint32(d.Len()); code++ {
			if buf = p.Take.cut(buf[:0], d.Value(code)); len(buf) > 0 {
				t.class[code] = max(1, uint32(xxh3.Hash(buf)))
			}
		}
	}
	k.tables[p] = t
	return t
}

// ruleKey is a rule made ready for one frame.
type ruleKey struct {
	parts []*keyTable
	split *keyTable
}

func (k *keyTables) rule(r Rule) ruleKey {
	var out ruleKey
	for _, p := range r.Parts {
		out.parts = append(out.parts, k.table(p))
	}
	if r.Split.Field != "" {
		out.split = k.table(r.Split)
	}
	return out
}

// of returns the key of a record under the rule, 0 when it has none.
func (r *ruleKey) of(row []uint32) uint64 {
	h := uint64(0)
	for _, p := range r.parts {
		c := p.of(row)
		if c == 0 {
			return 0
		}
		h = mix(h, uint64(c))
	}
	return h | 1
}

// same says whether two records share the rule's key.
func (r *ruleKey) same(a, b []uint32) bool {
	for _, p := range r.parts {
		x := p.of(a)
		if x == 0 || x != p.of(b) {
			return false
		}
	}
	return true
}
