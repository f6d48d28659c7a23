package intake

import (
	"bufio"
	"bytes"
	"errors"
	"reflect"

	"bonafide/record"
)

// shapes are the types of the importers' foreign JSON, for messages.
var shapes = []reflect.Type{}

// stream is an input of which the beginning has been looked at.
type stream struct {
	name string
	in   *bufio.Reader
	head []byte
	all  bool // head is everything
}

// names are the member names at the top of a JSON object.
type names map[string]bool

func (n names) has(all ...string) bool {
	for _, name := range all {
		if !n[name] {
			return false
		}
	}
	return true
}

func (s stream) open(o Options) (*Reader, error) {
	r := &Reader{o: o, files: []string{s.name}}
	skip := 0
	if bytes.HasPrefix(s.head, []byte("\xef\xbb\xbf")) {
		skip = 3
		s.in.Discard(skip)
	}
	r.format = "jsonl"
	r.split = &lines{name: s.name, in: s.in, max: o.MaxLine, offset: int64(skip), line: 1}
	r.decode = func(raw []byte, it Item) (*record.Application, error) {
		a, err := decodeNative(raw, given{source: o.Source, received: o.Received})
		return a, at(it.Where, err)
	}
	return r, nil
}

// at puts the place in front of the field of an error.
func at(where string, err error) error {
	var e *record.Error
	if err == nil || !errors.As(err, &e) {
		return err
	}
	placed := *e
	if placed.Where != "" {
		placed.Message = placed.Where + ": " + placed.Message
	}
	placed.Where = where
	return &placed
}
