package report

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bonafide/record"
)

// TestEveryWordInEveryLanguage: no phrase is missing, and its verbs are the
// same in all languages.
func TestEveryWordInEveryLanguage(t *testing.T) {
	check := func(where string, x record.Text) {
		if x.EN == "" || x.DE == "" || x.PT == "" {
			t.Errorf("%s: a language is missing in %+v", where, x)
		}
		for _, other := range []string{x.DE, x.PT} {
			if strings.Count(other, "%s") != strings.Count(x.EN, "%s") || strings.Count(other, "%d") != strings.Count(x.EN, "%d") {
				t.Errorf("%s: other verbs in %q than in %q", where, other, x.EN)
			}
		}
	}
	for key, x := range phrases {
		check(key, x)
	}
	for k := record.Kind(1); int(k) < record.Kinds; k++ {
		words, ok := kindSaid[k]
		if !ok {
			t.Errorf("no words for links of kind %s", k)
		}
		check(k.String(), words.label)
		check(k.String(), words.one)
		check(k.String(), words.many)
	}
	for e := record.Household; e <= record.Known; e++ {
		check(e.String(), excuseSaid[e])
	}
	for _, l := range record.ChainLinks {
		check(string(l), chainSaid[l])
	}
	for s := record.Weak; s <= record.Conclusive; s++ {
		check(s.String(), strengthSaid[s])
		check(s.String(), strengthMeans[s])
	}
	for _, a := range record.Assessments {
		check(string(a), assessmentSaid[a])
		check(string(a), assessmentMeans[a])
	}
	for _, s := range []record.ChainState{record.StateUnknown, record.StateClaimed, record.StateConfirmed, record.StateQuestioned, record.StateContradicted, record.StateNotDue} {
		check(string(s), stateSaid[s])
	}
	for _, f := range families {
		check(string(f), familySaid[f])
	}
	for _, table := range []map[string]record.Text{methodSaid, fieldSaid, stageSaid} {
		for k, x := range table {
			check(k, x)
		}
	}
}

// TestEveryPhraseIsThereAndUsed reads our own source: each key that is said
// exists, each that exists is said.
func TestEveryPhraseIsThereAndUsed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	templates, err := filepath.Glob("page/*.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	for _, f := range append(files, templates...) {
		if f == "words.go" || strings.HasSuffix(f, "_test.go") {
			continue
		}
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(b)
	}
	said := regexp.MustCompile(`\bsay(?:\(l,)? "([^"]+)"`).FindAllStringSubmatch(source.String(), -1)
	if len(said) < 50 {
		t.Fatalf("only %d phrases found: the pattern is broken", len(said))
	}
	for _, m := range said {
		if _, ok := phrases[m[1]]; !ok && !strings.HasSuffix(m[1], " ") {
			t.Errorf("phrase %q does not exist", m[1])
		}
	}
	for _, key := range slices.Sorted(maps.Keys(phrases)) {
		if !strings.Contains(source.String(), `"`+key+`"`) && !strings.HasPrefix(key, "finding") {
			t.Errorf("phrase %q is never said", key)
		}
	}
}

// TestWordsWeDoNotSay: no verdict, score or rank in any language.
func TestWordsWeDoNotSay(t *testing.T) {
	never := regexp.MustCompile(`(?i)fraud|suspicious|suspect|criminal|\bfake|\bliar|\brisk|verdächtig|betrug|betrüger|fälsch|lügner|risiko|suspeito|falso|risco`)
	for key, x := range phrases {
		for _, s := range []string{x.EN, x.DE, x.PT} {
			if m := never.FindString(s); m != "" {
				t.Errorf("%s says %q", key, m)
			}
		}
	}
}

func TestNumbersAndDays(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{figures(record.EN, 61204), "61,204"}, {figures(record.DE, 1234567), "1.234.567"}, {figures(record.PT, 999), "999"}, {figures(record.PT, 61204), "61\u00a0204"},
		{figures(record.EN, -1000), "-1,000"},
		{spell(record.DE, 1, feminine), "eine"}, {spell(record.PT, 2, feminine), "duas"}, {spell(record.EN, 13, masculine), "13"}, {spell(record.PT, 0, feminine), "nenhuma"},
		{day(record.EN, "2026-03-02"), "2\u00a0March 2026"}, {day(record.DE, "2026-03-02"), "2.\u00a0März 2026"}, {day(record.PT, "2026-03"), "março de 2026"},
		{day(record.PT, "2026-03-02"), "2\u00a0de\u00a0março de 2026"}, {day(record.DE, "2026"), "2026"}, {day(record.EN, "2026-02-30"), ""}, {capital("ähre"), "Ähre"},
		{fieldName(record.EN, "documents[0].mrz"), "Machine-readable zone"}, {fieldName(record.EN, "documents[0].mrz[1]"), "Machine-readable zone"}, {fieldName(record.EN, "documents[0].kind"), "Document"}, {fieldName(record.EN, "a[b"), ""}, {fieldName(record.DE, "resume.work[2].title"), "Beschäftigung"}, {fieldName(record.EN, "extra.x"), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestPlainAndWrap(t *testing.T) {
	for in, want := range map[string]string{
		"Ana\x1b[31m":                      "Ana[31m",
		"a\u202eb\u2066c\u200f":            "abc",
		"می\u200cخواهم":                    "می\u200cخواهم",
		"two\nlines\u2028here":             "two lines here",
		"z" + strings.Repeat("\u0301", 40): "z" + strings.Repeat("\u0301", 4),
		"\xff\x00":                         "\uFFFD",
	} {
		if got := plain(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	if got := wrap("日本語日本語 abc", 6); !slices.Equal(got, []string{"日本語", "日本語", "abc"}) {
		t.Errorf("%q", got)
	}
	if got := clip("日本語日本語", 7); got != "日本語…" {
		t.Errorf("%q", got)
	}
}
