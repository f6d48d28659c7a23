package document

import (
	"bytes"
	"strconv"
)

// pdfFile finds the objects of a PDF. It follows the cross-reference tables
// where they are whole; where they are not, and for everything that lists what
// a file contains, it looks through the bytes themselves.
type pdfFile struct {
	b        []byte
	offsets  map[int]int    // object → where "N G obj" begins
	packed   map[int]pdfRef // object → (object stream, index)
	scanned  map[int][]int  // object → every place where it begins
	streams  map[int][]any  // object stream → its objects
	cache    map[int]any
	trailer  pdfDict
	unpacked int  // bytes so far
	partial  bool // a limit was met
	damaged  bool // the tables are missing or wrong
	depth    int
	crypt    *pdfCrypt
	locked   bool // it needs a password
}

const (
	maxObjects = 10_000
	maxStream  = 32 << 20
)

func openPDF(b []byte) *pdfFile {
	f := &pdfFile{b: b, offsets: map[int]int{}, packed: map[int]pdfRef{}, streams: map[int][]any{}, cache: map[int]any{}, trailer: pdfDict{}}
	f.scan()
	whole := f.tables()
	f.unlock()
	if !whole || !f.pages() {
		f.damaged = true
		f.offsets, f.packed, f.cache = map[int]int{}, map[int]pdfRef{}, map[int]any{}
		f.rebuild()
	}
	return f
}

func (f *pdfFile) pages() bool {
	root := f.dict(f.trailer["Root"])
	return root != nil && f.dict(root["Pages"]) != nil
}

// scan notes every "N G obj".
func (f *pdfFile) scan() {
	f.scanned = map[int][]int{}
	n := 0
	for at := 0; ; {
		i := bytes.Index(f.b[at:], []byte("obj"))
		if i < 0 {
			return
		}
		at += i
		if num, from, ok := objectBefore(f.b, at); ok {
			if n++; n > maxObjects {
				f.partial = true
				return
			}
			f.scanned[num] = append(f.scanned[num], from)
		}
		at += 3
	}
}

// objectBefore reads the two numbers that stand before "obj".
func objectBefore(b []byte, at int) (num, from int, ok bool) {
	i := at
	back := func() (int, bool) {
		from := i
		for i > 0 && space(b[i-1]) && from-i < 8 {
			i--
		}
		end := i
		for i > 0 && b[i-1] >= '0' && b[i-1] <= '9' && end-i < 10 {
			i--
		}
		v, err := strconv.Atoi(string(b[i:end]))
		return v, err == nil
	}
	if _, ok = back(); !ok {
		return 0, 0, false
	}
	if num, ok = back(); !ok || num > 1<<30 {
		return 0, 0, false
	}
	return num, i, true
}

// tables follows startxref and /Prev.
func (f *pdfFile) tables() bool {
	i := bytes.LastIndex(f.b, []byte("startxref"))
	if i < 0 {
		return false
	}
	l := newLexer(f.b, i+len("startxref"))
	v, _ := l.next(0)
	at, ok := v.(float64)
	seen := map[int]bool{}
	for ok && len(seen) < 64 {
		here := int(at)
		if here < 0 || here >= len(f.b) || seen[here] {
			return false
		}
		seen[here] = true
		var d pdfDict
		if l := newLexer(f.b, here); l.word() == "xref" {
			d = f.table(l)
			if more, has := d["XRefStm"].(float64); has && more >= 0 && int(more) < len(f.b) {
				f.tableStream(int(more))
			}
		} else {
			d = f.tableStream(here)
		}
		if d == nil {
			return false
		}
		for k, v := range d {
			if _, have := f.trailer[k]; !have {
				f.trailer[k] = v
			}
		}
		at, ok = d["Prev"].(float64)
	}
	return len(f.trailer) > 0
}

func (l *lexer) word() string {
	v, _ := l.next(0)
	w, _ := v.(operator)
	return string(w)
}

func (f *pdfFile) table(l *lexer) pdfDict {
	for {
		v, ok := l.next(0)
		if !ok {
			return nil
		}
		if v == operator("trailer") {
			v, _ := l.next(0)
			d, _ := v.(pdfDict)
			return d
		}
		first, ok1 := v.(float64)
		v, _ = l.next(0)
		count, ok2 := v.(float64)
		if !ok1 || !ok2 || count < 0 {
			return nil
		}
		for n := 0; n < int(count); n++ {
			if n > maxObjects*2 {
				f.partial = true
				return nil
			}
			at, _ := l.next(0)
			_, ok := l.next(0)
			use, _ := l.next(0)
			where, isNumber := at.(float64)
			if !ok || !isNumber {
				return nil
			}
			if num := int(first) + n; use == operator("n") {
				f.entry(num, int(where))
			}
		}
	}
}

func (f *pdfFile) entry(num, at int) {
	if _, have := f.offsets[num]; have {
		return
	}
	if _, have := f.packed[num]; !have {
		f.offsets[num] = at
	}
}

// tableStream reads a cross-reference stream (7.5.8).
func (f *pdfFile) tableStream(at int) pdfDict {
	_, v := f.objectAt(at)
	s, ok := v.(*pdfStream)
	if !ok || s.dict["Type"] != pdfName("XRef") {
		return nil
	}
	data := f.decode(s)
	w, _ := s.dict["W"].(pdfArray)
	if len(w) < 3 {
		return nil
	}
	var width [3]int
	for i := range width {
		v, _ := w[i].(float64)
		if v < 0 || v > 8 {
			return nil
		}
		width[i] = int(v)
	}
	row := width[0] + width[1] + width[2]
	index, _ := s.dict["Index"].(pdfArray)
	if len(index) < 2 {
		index = pdfArray{0.0, s.dict["Size"]}
	}
	for i := 0; i+1 < len(index) && row > 0; i += 2 {
		first, _ := index[i].(float64)
		count, _ := index[i+1].(float64)
		for n := 0; n < int(count) && len(data) >= row; n++ {
			field := func(w, otherwise int) (v int) {
				if w == 0 {
					return otherwise
				}
				for _, c := range data[:w] {
					v = v<<8 | int(c)
				}
				data = data[w:]
				return v
			}
			kind, a, b := field(width[0], 1), field(width[1], 0), field(width[2], 0)
			num := int(first) + n
			if len(f.offsets)+len(f.packed) > maxObjects*2 {
				f.partial = true
				return s.dict
			}
			switch kind {
			case 1:
				f.entry(num, a)
			case 2:
				_, have := f.offsets[num]
				if _, has := f.packed[num]; !have && !has {
					f.packed[num] = pdfRef{a, b}
				}
			}
		}
	}
	return s.dict
}

// rebuild makes the tables from what was scanned; the last object of a number
// counts, as it does for readers that repair.
func (f *pdfFile) rebuild() {
	for num, places := range f.scanned {
		f.offsets[num] = places[len(places)-1]
	}
	for at := 0; ; {
		i := bytes.Index(f.b[at:], []byte("trailer"))
		if i < 0 {
			break
		}
		at += i + len("trailer")
		v, _ := newLexer(f.b, at).next(0)
		if d, ok := v.(pdfDict); ok {
			for k, v := range d {
				f.trailer[k] = v
			}
		}
	}
	f.unlock()
	for _, num := range sorted(f.scanned) {
		if s, ok := f.get(num).(*pdfStream); ok && s.dict["Type"] == pdfName("ObjStm") {
			for i, v := range f.members(num) {
				m := v.(packedObject)
				if _, have := f.offsets[m.num]; !have {
					f.packed[m.num] = pdfRef{num, i}
				}
			}
		}
	}
	if f.pages() {
		return
	}
	for _, num := range sorted(f.scanned) {
		v := f.get(num)
		if s, ok := v.(*pdfStream); ok && s.dict["Type"] == pdfName("XRef") && s.dict["Root"] != nil {
			for k, v := range s.dict {
				f.trailer[k] = v
			}
		}
		if d, ok := v.(pdfDict); ok && d["Type"] == pdfName("Catalog") {
			f.trailer["Root"] = pdfRef{num, 0}
		}
	}
	for _, num := range sorted(f.packed) {
		if d, ok := f.get(num).(pdfDict); ok && d["Type"] == pdfName("Catalog") {
			f.trailer["Root"] = pdfRef{num, 0}
		}
	}
}
