package intake

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// decodeJSON is the decode function of all JSON formats: our own shape first
// (a million lines must not pay for the others), then whoever knows the shape.
// base and whole make an id for a value that has none: see madeID.
func (r *Reader) decodeJSON(base string, whole int64) func([]byte, Item) (*record.Application, error) {
	native := r.format == "jsonl" || r.format == "json"
	return func(raw []byte, it Item) (*record.Application, error) {
		c := given{source: r.o.Source, received: r.o.Received}
		var err error
		if native {
			a, e := decodeNative(raw, c)
			if e == nil {
				return a, nil
			}
			err = e
		}
		if kind := kindOf(raw); kind.format != "jsonl" || !native {
			if deep(raw) {
				return nil, at(it.Where, record.Invalid("", "nested deeper than 64 levels"))
			}
			c.id = madeID(base, raw, it.Offset == whole)
			a, e := kind.decode(raw, c)
			if e == nil && kind.format != "jsonl" {
				e = tidy(a)
			}
			if e == nil {
				return a, nil
			}
			err = e
		}
		return nil, at(it.Where, err)
	}
}

// kindOf is the importer that knows the object in raw, our own if nobody does.
func kindOf(raw []byte) importer {
	n := topNames(raw)
	for _, i := range importers {
		if i.knows(n) {
			return i
		}
	}
	return importers[0]
}

// names are the member names of a JSON object; those of objects inside it are
// joined, "payload.application.id", three deep.
type names map[string]bool

func (n names) has(all ...string) bool {
	for _, name := range all {
		if !n[name] {
			return false
		}
	}
	return true
}

// any reports whether one of the names is there.
func (n names) any(some ...string) bool {
	for _, name := range some {
		if n[name] {
			return true
		}
	}
	return false
}

// topNames reads as far as raw is JSON; raw may break off.
func topNames(raw []byte) names {
	found := names{}
	d := jsontext.NewDecoder(bytes.NewBuffer(raw), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	var object func(path string, depth int) bool
	object = func(path string, depth int) bool {
		if _, err := d.ReadToken(); err != nil {
			return false
		}
		for d.PeekKind() == '"' {
			t, err := d.ReadToken()
			if err != nil || len(found) > 512 {
				return false
			}
			name := join(path, t.String())
			found[name] = true
			if d.PeekKind() == '{' && depth < 3 {
				if !object(name, depth+1) {
					return false
				}
			} else if d.SkipValue() != nil {
				return false
			}
		}
		_, err := d.ReadToken()
		return err == nil
	}
	if d.PeekKind() == '{' {
		object("", 1)
	}
	return found
}
