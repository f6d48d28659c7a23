package document

import (
	"bytes"
	"maps"
	"slices"
)

func sorted[V any](m map[int]V) []int { return slices.Sorted(maps.Keys(m)) }

// objectAt reads "N G obj …" at a place of the file.
func (f *pdfFile) objectAt(at int) (int, any) {
	if at < 0 || at >= len(f.b) {
		return -1, nil
	}
	l := newLexer(f.b, at)
	v, _ := l.next(0)
	num, ok := v.(float64)
	g, _ := l.next(0)
	if l.word() != "obj" || !ok {
		return -1, nil
	}
	gen, _ := g.(float64)
	open := func(v any) any {
		if f.crypt == nil {
			return v
		}
		return f.crypt.open(int(num), int(gen), v)
	}
	v, _ = l.next(0)
	if l.tooDeep {
		f.partial = true
	}
	d, isDict := v.(pdfDict)
	if !isDict {
		if n, ok := v.(float64); ok { // "12 0 R" as a whole object
			mark := l.at
			g, _ := l.next(0)
			if gen, ok := g.(float64); ok && l.word() == "R" {
				return int(num), pdfRef{int(n), int(gen)}
			}
			l.at = mark
		}
		return int(num), open(v)
	}
	l.skip()
	if !l.peek("stream") {
		return int(num), open(d)
	}
	l.at += len("stream")
	if l.peek("\r\n") {
		l.at += 2
	} else if l.peek("\n") || l.peek("\r") {
		l.at++
	}
	return int(num), open(&pdfStream{d, f.body(d, l.at)})
}

// body is the bytes of a stream: by /Length where endstream follows it, else up
// to endstream.
func (f *pdfFile) body(d pdfDict, from int) []byte {
	if n, ok := f.value(d["Length"]).(float64); ok && n >= 0 && int64(from)+int64(n) <= int64(len(f.b)) {
		end := from + int(n)
		if bytes.HasPrefix(bytes.TrimLeft(f.b[end:min(end+16, len(f.b))], "\r\n \t"), []byte("endstream")) {
			return f.b[from:end]
		}
	}
	f.damaged = true
	rest := f.b[min(from, len(f.b)):]
	for _, end := range []string{"endstream", "endobj"} {
		if i := bytes.Index(rest, []byte(end)); i >= 0 {
			return bytes.TrimRight(rest[:i], "\r\n")
		}
	}
	return rest
}

// get is an object by number, nil when there is none.
func (f *pdfFile) get(num int) any {
	if v, ok := f.cache[num]; ok {
		return v
	}
	if f.depth > 32 {
		return nil
	}
	f.depth++
	defer func() { f.depth-- }()
	f.cache[num] = nil // an object that needs itself is nil
	var v any
	if at, ok := f.offsets[num]; ok {
		n, got := f.objectAt(at)
		if n != num {
			f.damaged = true
			got = nil
			if places := f.scanned[num]; len(places) > 0 {
				_, got = f.objectAt(places[len(places)-1])
			}
		}
		v = got
	} else if p, ok := f.packed[num]; ok {
		for _, m := range f.members(p.num) {
			if m := m.(packedObject); m.num == num {
				v = m.v
			}
		}
	}
	f.cache[num] = v
	return v
}

type packedObject struct {
	num int
	v   any
}

// members are the objects of an object stream (7.5.7).
func (f *pdfFile) members(num int) []any {
	if got, ok := f.streams[num]; ok {
		return got
	}
	f.streams[num] = nil
	s, ok := f.get(num).(*pdfStream)
	if !ok {
		return nil
	}
	first, _ := f.value(s.dict["First"]).(float64)
	count, _ := f.value(s.dict["N"]).(float64)
	data := f.decode(s)
	if first < 0 || int(first) > len(data) {
		return nil
	}
	l := newLexer(data, 0)
	var out []any
	for i := 0; i < int(count) && i < maxObjects; i++ {
		a, ok1 := l.next(0)
		b, ok2 := l.next(0)
		n, isNum := a.(float64)
		at, isAt := b.(float64)
		if !ok1 || !ok2 || !isNum || !isAt || at < 0 || int(first)+int(at) > len(data) {
			break
		}
		inner := newLexer(data, int(first)+int(at))
		v, _ := inner.next(0)
		f.partial = f.partial || inner.tooDeep
		out = append(out, packedObject{int(n), v})
	}
	f.streams[num] = out
	return out
}

// value follows references; a circle is nil.
func (f *pdfFile) value(v any) any {
	for range 16 {
		r, ok := v.(pdfRef)
		if !ok {
			return v
		}
		v = f.get(r.num)
	}
	return nil
}

func (f *pdfFile) dict(v any) pdfDict {
	switch v := f.value(v).(type) {
	case pdfDict:
		return v
	case *pdfStream:
		return v.dict
	}
	return nil
}

func (f *pdfFile) array(v any) pdfArray {
	a, _ := f.value(v).(pdfArray)
	return a
}

func (f *pdfFile) number(v any) (float64, bool) {
	n, ok := f.value(v).(float64)
	return n, ok
}

func (f *pdfFile) name(v any) string {
	n, _ := f.value(v).(pdfName)
	return string(n)
}

// each calls visit for every object there is, in use or not, in order.
func (f *pdfFile) each(visit func(num int, v any)) {
	for _, num := range sorted(f.scanned) {
		for _, at := range f.scanned[num] {
			_, v := f.objectAt(at)
			visit(num, v)
			if s, ok := v.(*pdfStream); ok && s.dict["Type"] == pdfName("ObjStm") {
				for _, m := range f.members(num) {
					m := m.(packedObject)
					visit(m.num, m.v)
				}
			}
		}
	}
}
