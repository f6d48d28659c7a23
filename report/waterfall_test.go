package report

import (
	"bytes"
	"html"
	"reflect"
	"strings"
	"testing"

	"bonafide/record"
)

func weighedResult() *record.Result {
	r := *invented()[0]
	r.Waterfalls = []record.Waterfall{{With: "upwork/9912", Prior: -18.25, Total: 9.5, Decided: "join: Ana Silva, 2026-03-02: the same voice on two calls", Steps: []record.Step{
		{Kind: record.KindDevice, Family: record.Net, Holders: 3, M: 0.05, U: 1e-9, Bits: 25.5, Kept: 25.5, Held: true},
		{Kind: record.KindNetwork, Family: record.Net, Holders: 3, M: 0.04, U: 2e-7, Bits: 9, Kept: 2.25, Held: true},
		{Kind: record.KindPhone, Family: record.Contact, Holders: 2, M: 0.01, U: 2e-9, Bits: 22.25, Excuse: record.EarlierOwner},
	}}}
	return &r
}

// TestWaterfallIsKept: what is written is what is read, and a record without a
// sum says nothing of sums.
func TestWaterfallIsKept(t *testing.T) {
	want := weighedResult()
	got, _, err := ReadResult(appendResult(nil, want, record.EN))
	if err != nil || !reflect.DeepEqual(got.Waterfalls, want.Waterfalls) {
		t.Errorf("%v: %+v", err, got.Waterfalls)
	}
	if bytes.Contains(appendResult(nil, invented()[0], record.EN), []byte("waterfalls")) {
		t.Error("no sum, and yet one is written")
	}
}

// TestWaterfallIsShown: in words and as a picture, in every language.
func TestWaterfallIsShown(t *testing.T) {
	r := weighedResult()
	var out bytes.Buffer
	if err := Explain(&out, bytes.NewReader(append(appendResult(nil, r, record.EN), '\n')), r.Record, Options{Lang: record.EN, Width: 96}); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(out.String()), " ")
	for _, want := range []string{"Why it is shown with others", "With upwork/9912: +9.5 bits", "decided by a person: join: Ana Silva", "−18.2 Two records out of all", "+25.5 Device",
		"1 in 20 pairs of one operator share one, 1 in 1,000,000,000 pairs of strangers", "+9.0 alone, less beside its own family", "+0.0 Phone number not counted for who named it first", "+9.5 Together"} {
		if !strings.Contains(text, want) {
			t.Errorf("explain does not say %q:\n%s", want, out.String())
		}
	}
	for l, want := range map[record.Lang]string{record.EN: "+2.2", record.DE: "+2,2", record.PT: "+2,2"} {
		page := html.UnescapeString(mustFace(t, "html", Options{Lang: l}, []*record.Result{r}, Run{}))
		if !strings.Contains(page, `class="sums"`) || !strings.Contains(page, want) || !strings.Contains(page, `<rect x="`) {
			t.Errorf("%s: no picture of the sum", l)
		}
	}
}
