package api

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// FuzzDecode: whatever comes as a command is taken or refused in our own words;
// what is taken says the same when written and read again.
func FuzzDecode(f *testing.F) {
	for _, s := range good {
		f.Add([]byte(s))
	}
	for _, s := range []string{`{"kind":"mail","kind":"phone","value":"a"}`, `{"KIND":"mail"}`, "{\"value\":\"\xff\"}", strings.Repeat("[", 100), `{"a":{"b":{"c":1}}}`, `{} {}`, "\ufeff{}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var q Query
		if err := decode(raw, &q); err != nil {
			if record.CodeOf(err) != record.CodeInvalid {
				t.Fatalf("refused as %s: %v", record.CodeOf(err), err)
			}
		} else {
			again, err := json.Marshal(q)
			var p Query
			if err != nil || decode(again, &p) != nil || p != q {
				t.Fatalf("does not come back: %v", err)
			}
		}
		var e Event
		if err := decode(raw, &e); err != nil && record.CodeOf(err) != record.CodeInvalid {
			t.Fatalf("refused as %s: %v", record.CodeOf(err), err)
		}
		var s Subscribe
		if err := decode(raw, &s); err == nil && bytes.Contains(raw, []byte("\xff")) {
			t.Fatal("invalid UTF-8 was taken")
		}
	})
}
