package document

import "unicode/utf16"

// cmap is a ToUnicode table (9.10.3).
type cmap struct {
	one    map[int]string
	ranges []cmapRange
}

type cmapRange struct {
	from, to int
	text     []rune // of from; the last rune counts up
}

const maxMappings = 70_000

func readCMap(b []byte) *cmap {
	m := &cmap{one: map[int]string{}}
	l := newLexer(b, 0)
	var items []any
	for {
		v, ok := l.next(0)
		if !ok || len(m.one)+len(m.ranges) > maxMappings {
			return m
		}
		op, isOp := v.(operator)
		if !isOp {
			if items = append(items, v); len(items) > maxMappings {
				return m
			}
			continue
		}
		switch op {
		case "endbfchar":
			for i := 0; i+1 < len(items); i += 2 {
				code, ok1 := items[i].(pdfString)
				text, ok2 := items[i+1].(pdfString)
				if ok1 && ok2 {
					m.one[codeOf(code)] = string(utf16Of(text))
				}
			}
		case "endbfrange":
			for i := 0; i+2 < len(items); i += 3 {
				from, ok1 := items[i].(pdfString)
				to, ok2 := items[i+1].(pdfString)
				if !ok1 || !ok2 {
					continue
				}
				switch to3 := items[i+2].(type) {
				case pdfString:
					m.ranges = append(m.ranges, cmapRange{codeOf(from), codeOf(to), utf16Of(to3)})
				case pdfArray:
					for n, v := range to3 {
						if s, ok := v.(pdfString); ok {
							m.one[codeOf(from)+n] = string(utf16Of(s))
						}
					}
				}
			}
		}
		items = items[:0]
	}
}

func codeOf(s pdfString) (v int) {
	for i := 0; i < len(s) && i < 4; i++ {
		v = v<<8 | int(s[i])
	}
	return v
}

func utf16Of(s pdfString) []rune {
	var units []uint16
	for i := 0; i+1 < len(s) && i < 64; i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	if len(s) == 1 {
		units = []uint16{uint16(s[0])}
	}
	return utf16.Decode(units)
}

func (m *cmap) find(code int) (string, bool) {
	if s, ok := m.one[code]; ok {
		return s, true
	}
	for i := range m.ranges {
		r := &m.ranges[i]
		if code < r.from || code > r.to || len(r.text) == 0 {
			continue
		}
		text := append([]rune(nil), r.text...)
		text[len(text)-1] += rune(code - r.from)
		m.one[code] = string(text) // found again faster
		return string(text), true
	}
	return "", false
}
