package api

import (
	"net/http"
	"reflect"
	"strings"
	"testing"
)

// conditions holds a route that needs If-Match to it: without is 428, an older
// state and tags that are not ours are 412. It gives back the tag to send.
func (w *world) conditions(rt Route, path string, body []byte, read string, caller, h map[string]string) string {
	w.t.Helper()
	tag := w.ask("GET", read, nil, caller).header.Get("ETag")
	if !strings.Contains(tag, ":") {
		w.t.Fatalf("GET %s: the ETag %s holds no mark of a state, and %s %s asks for it", read, tag, rt.Method, rt.Path)
	}
	if r := w.ask(rt.Method, path, body, caller, h); r.status != http.StatusPreconditionRequired {
		w.t.Errorf("%s %s without If-Match: %d %s", rt.Method, path, r.status, r.body)
	}
	for _, other := range []string{`"9999:AAAA"`, "W/" + tag, `"x"`, `AAAA`, `"", ""`} {
		if r := w.ask(rt.Method, path, body, caller, h, map[string]string{"If-Match": other}); r.status != http.StatusPreconditionFailed {
			w.t.Errorf("%s %s with If-Match %s: %d %s", rt.Method, path, other, r.status, r.body)
		}
	}
	return tag
}

// again reads once more with the tag of a first reading: 304, or other bytes and
// another tag.
func (w *world) again(rt Route, path string, first reply, caller map[string]string) {
	w.t.Helper()
	tag := first.header.Get("ETag")
	if (tag != "") != rt.tagged() {
		w.t.Errorf("%s %s: the ETag is %q", rt.Method, path, tag)
	}
	if tag == "" {
		return
	}
	second := w.ask(rt.Method, path, nil, caller, map[string]string{"If-None-Match": `"x", W/` + tag})
	same := second.header.Get("ETag") == tag
	if same != (second.status == http.StatusNotModified) || same == (len(second.body) > 0) {
		w.t.Errorf("%s %s with If-None-Match: %d, the tag the same: %v, %d bytes", rt.Method, path, second.status, same, len(second.body))
	}
	if rt.Object == "case" && !same {
		w.t.Errorf("%s %s: another tag where nothing has changed", rt.Method, path)
	}
}

// TestLostEdit: two people read one run sheet and one pair; the second to write
// learns of the first instead of undoing what they did.
func TestLostEdit(t *testing.T) {
	w := newWorld(t)
	ana, bea := w.person("one", "lead"), w.person("one", "reviewer")
	things := w.things("one", w.person("one", "lead", "reviewer", "dpo", "admin", "auditor"), nil)
	at := "/v1/cases/" + things["case"]
	for _, c := range []struct{ read, write, first, second string }{
		{at + "/offboarding", at + "/offboarding", `{"do":"add","kind":"token","system":"forge","name":"ci"}`, `{"do":"add","kind":"token","system":"forge","name":"cd"}`},
		{at + "/siblings", at + "/ties", `{"op":"join","other":"form/t2","reason":"one desk"}`, `{"op":"split","other":"form/t2","reason":"two desks"}`},
	} {
		tag := w.ask("GET", c.read, nil, ana).header.Get("ETag")
		if other := w.ask("GET", c.read, nil, bea).header.Get("ETag"); other != tag {
			t.Errorf("%s: two people read one state under %s and %s", c.read, tag, other)
		}
		condition := map[string]string{"If-Match": tag}
		if r := w.ask("POST", c.write, []byte(c.first), ana, condition); r.status != 200 {
			t.Fatalf("the first write: %d %s", r.status, r.body)
		}
		if r := w.ask("POST", c.write, []byte(c.second), bea, condition); r.status != 412 || want[Problem](t, r, 412).Code != "precondition" {
			t.Errorf("the second write: %d %s", r.status, r.body)
		}
		if r := w.ask("GET", c.read, nil, bea, map[string]string{"If-None-Match": tag}); r.status != 200 || r.header.Get("ETag") == tag {
			t.Errorf("%s after a change: %d under the same tag", c.read, r.status)
		}
		if r := w.ask("POST", c.write, []byte(c.second), bea, map[string]string{"If-Match": `"x:y", ` + w.ask("GET", c.read, nil, bea).header.Get("ETag")}); r.status != 200 {
			t.Errorf("after reading again: %d %s", r.status, r.body)
		}
	}
}

// TestCaseTag: the tag of a case changes with the case, with its screening, and
// with the language, and with nothing else.
func TestCaseTag(t *testing.T) {
	w := newWorld(t)
	who := w.person("one", "lead", "reviewer", "dpo", "admin", "auditor")
	things := w.things("one", who, nil)
	at := "/v1/cases/" + things["case"]
	tag := func(path string) string { return w.ask("GET", path, nil, who).header.Get("ETag") }
	before := tag(at)
	if tag(at) != before {
		t.Error("reading changes it")
	}
	if german := tag(at + "?lang=de"); german == before || strings.Split(german, ":")[0] != strings.Split(before, ":")[0] {
		t.Errorf("%s in English, %s in German", before, german)
	}
	want[Accepted](t, w.ask("POST", "/v1/applications", applicant("t1", "Nora Muster", `"phones":["+491721234567"]`), who), 202)
	w.work()
	if after := tag(at); strings.Split(after, ":")[0] == strings.Split(before, ":")[0] {
		t.Errorf("a new screening is the same state: %s, %s", before, after)
	}
}

// TestMarks: what If-Match can hold.
func TestMarks(t *testing.T) {
	for header, asked := range map[string][]string{
		"": nil, "*": nil, `"3:a"`: {"3"}, `"3:a", "4.1:b"`: {"3", "4.1"}, `W/"3:a"`: {}, `"3"`: {}, "3:a": {}, `"x", *`: nil, ",": {},
	} {
		if got := marks(header); !reflect.DeepEqual(got, asked) {
			t.Errorf("%q: %q, not %q", header, got, asked)
		}
	}
}
