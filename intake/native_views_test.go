package intake

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"bonafide/match/photo"
	"bonafide/record"
)

// TestViews: hashes of parts of a picture are taken as they are when they are few and hashes; else the sender hears which is not.
func TestViews(t *testing.T) {
	good := strings.Repeat("0f", 32)
	list := func(n int) string { return `["` + strings.Repeat(good+`","`, n-1) + good + `"]` }
	for views, want := range map[string]string{
		list(1): "", list(record.PhotoViews): "", "[]": "", `["` + strings.ToUpper(good) + `"]`: "",
		list(record.PhotoViews + 1):           "photos[0].views: more than 5",
		`["` + good + `","` + good[1:] + `"]`: "photos[0].views[1]: not 64 hexadecimal digits",
		`["` + good[:63] + `g"]`:              "photos[0].views[0]: not 64 hexadecimal digits",
		`[""]`:                                "photos[0].views[0]: not 64 hexadecimal digits",
		`[12]`:                                "photos[0].views[0]: ",
		`"` + good + `"`:                      "photos[0].views: ",
	} {
		raw := fmt.Sprintf(`{"id":"1","source":"s","received_at":"2026-03-02T09:14:05Z","photos":[{"pdq":%q,"views":%s}]}`, good, views)
		a, err := decodeNative([]byte(raw), given{})
		switch {
		case want == "" && (err != nil || len(a.Photos) != 1):
			t.Errorf("%s: %v", views, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), good[:20])):
			t.Errorf("%s: %v, not %s", views, err, want)
		}
	}
}

// FuzzViews: whatever stands where hashes of parts belong is either refused without being repeated, or few hashes.
func FuzzViews(f *testing.F) {
	for _, s := range []string{`["` + strings.Repeat("0f", 32) + `"]`, `[]`, `null`, `{}`, `["x",1]`, `["\u0030"]`, `[[[[]]]]`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, views string) {
		a, err := decodeNative([]byte(`{"id":"1","source":"s","received_at":"2026-03-02T09:14:05Z","photos":[{"views":`+views+`}]}`), given{})
		if err != nil {
			if record.CodeOf(err) != record.CodeInvalid {
				t.Errorf("%v", err)
			}
			return
		}
		for _, p := range a.Photos {
			if len(p.Views) > record.PhotoViews {
				t.Fatalf("%d views", len(p.Views))
			}
			for _, v := range p.Views {
				if _, ok := photo.ParsePDQ(v); !ok {
					t.Fatal("a view that is no hash")
				}
			}
		}
		if _, err := json.Marshal(a); err != nil {
			t.Error(err)
		}
	})
}
