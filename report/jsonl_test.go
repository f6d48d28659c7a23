package report

import (
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// TestLineIsTheRecordFormat: the members stand in the order of the
// application record, none is missing, and additions come after them.
func TestLineIsTheRecordFormat(t *testing.T) {
	want := []string{"record", "assessment", "because", "findings", "assurances", "chain", "cluster", "lists",
		"clear", "no_data", "not_applicable", "not_in_force", "links", "received_at"}
	wantFinding := []string{"check", "version", "outcome", "strength", "family", "text", "evidence", "innocent", "ask", "clears"}
	for _, r := range invented() {
		line := appendResult(nil, r, record.EN)
		if got := membersOf(t, line); !reflect.DeepEqual(got[:len(want)], want) {
			t.Fatalf("%s: members %v", r.Record, got)
		}
		var in struct {
			Findings []jsontext.Value `json:"findings"`
		}
		if err := json.Unmarshal(line, &in); err != nil {
			t.Fatal(err)
		}
		for _, f := range in.Findings {
			if got := membersOf(t, f); !reflect.DeepEqual(got[:len(wantFinding)], wantFinding) {
				t.Errorf("%s: finding members %v", r.Record, got)
			}
		}
	}
}

func membersOf(t *testing.T, object []byte) []string {
	t.Helper()
	d := jsontext.NewDecoder(bytes.NewReader(object))
	if _, err := d.ReadToken(); err != nil {
		t.Fatal(err)
	}
	var names []string
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, name.String())
		if err := d.SkipValue(); err != nil {
			t.Fatal(err)
		}
	}
	return names
}

// TestPartsAgreeWithTheirTags: the hand-written parts say what the tags of the
// record package say.
func TestPartsAgreeWithTheirTags(t *testing.T) {
	for _, r := range invented() {
		for i := range r.Links {
			same(t, appendLink(nil, &r.Links[i]), r.Links[i])
		}
		for i := range r.Chain {
			same(t, appendChainPart(nil, &r.Chain[i]), r.Chain[i])
		}
		for i := range r.Assurances {
			same(t, appendAssurance(nil, &r.Assurances[i]), r.Assurances[i])
		}
	}
	same(t, appendLink(nil, &record.Link{Kind: record.KindReferee, Others: []string{}, Later: true, Corroborated: true, NamesDiffer: true, Mutual: true,
		OtherField: "references[1].email", Excuse: record.Chance}), record.Link{Kind: record.KindReferee, Others: []string{}, Later: true, Corroborated: true,
		NamesDiffer: true, Mutual: true, OtherField: "references[1].email", Excuse: record.Chance})
}

// same reads got back by the tags: no member that they do not know, no value
// that differs.
func same[T any](t *testing.T, got []byte, want T) {
	t.Helper()
	var back T
	if err := json.Unmarshal(got, &back, json.RejectUnknownMembers(true)); err != nil {
		t.Fatalf("%s: %v", got, err)
	}
	if l, ok := any(&back).(*record.Link); ok {
		l.Value = any(&want).(*record.Link).Value // never written
	}
	if !reflect.DeepEqual(back, want) {
		t.Errorf("got  %s\nread %+v\nwant %+v", got, back, want)
	}
}

// TestLineHoldsNoPersonalValue: neither the name nor the role's title.
func TestLineHoldsNoPersonalValue(t *testing.T) {
	for _, r := range invented() {
		line := string(appendResult(nil, r, record.EN))
		if strings.Contains(line, r.Person) || r.Role != "" && strings.Contains(line, r.Role) {
			t.Errorf("%s: the line holds the name or the role's title", r.Record)
		}
	}
}

// TestLineComesBack: what is written is what is read, in each language.
func TestLineComesBack(t *testing.T) {
	for _, lang := range record.Langs {
		for _, r := range invented() {
			line := appendResult(nil, r, lang)
			back, l, err := ReadResult(line)
			if err != nil || l != lang {
				t.Fatalf("%s: %v, language %s", r.Record, err, l)
			}
			if again := appendResult(nil, back, lang); !bytes.Equal(again, line) {
				t.Errorf("%s:\n%s\n%s", r.Record, line, again)
			}
		}
	}
}

func FuzzReadResult(f *testing.F) {
	for _, r := range invented() {
		f.Add(appendResult(nil, r, record.DE))
	}
	f.Add([]byte(`{"record":"a/1","assessment":"routine","findings":[{"strength":"guilty"}]}`))
	f.Add([]byte(`{"record":"\ud800","assessment":"review"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		r, lang, err := ReadResult(line)
		if err != nil {
			return
		}
		once := appendResult(nil, r, lang)
		back, lang2, err := ReadResult(once)
		if err != nil || lang2 != lang {
			t.Fatalf("%s: %v", once, err)
		}
		if twice := appendResult(nil, back, lang); !bytes.Equal(once, twice) {
			t.Fatalf("%s\n%s", once, twice)
		}
		if err := Case(io.Discard, r, Options{Lang: lang}); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzString: any bytes become one valid JSON string.
func FuzzString(f *testing.F) {
	for _, s := range []string{"", "a", "é", "\xff\x00\"\\", "\u2028", "a\xed\xa0\x80b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var back string
		if err := json.Unmarshal(appendString(nil, s), &back); err != nil {
			t.Fatal(err)
		}
		if want := strings.ToValidUTF8(s, "\uFFFD"); strings.Count(back, "\uFFFD") < strings.Count(want, "\uFFFD") || !strings.Contains(s, "\uFFFD") && strings.ReplaceAll(back, "\uFFFD", "") != strings.ReplaceAll(want, "\uFFFD", "") {
			t.Fatalf("%q became %q", s, back)
		}
	})
}

// BenchmarkRoutineLine is a routine record with fifty checks and no findings.
func BenchmarkRoutineLine(b *testing.B) {
	r := invented()[12]
	r.Findings, r.Links, r.Clear = nil, nil, nil
	for i := 0; i < 50; i++ {
		r.Clear = append(r.Clear, ids[i%len(ids)])
	}
	s, err := New("jsonl", io.Discard, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := s.Result(r); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "results/s")
}
