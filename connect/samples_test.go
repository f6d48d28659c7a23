package connect

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/intake"
	"bonafide/record"
)

// coverage is what every documented sample of the named systems becomes: a line a
// sample, which reader took it, and the fields it fills or why it is refused.
// TestSampleCoverage holds it against the samples where they are, and prints it
// anew with -update.
const coverage = "testdata/samples.tsv"

// sampled are the folders of samples, and the watch that reads them after the hire.
var sampled = []struct{ folder, watch string }{
	{"payloads/ashby", ""}, {"payloads/bamboohr", "bamboohr-employees"}, {"payloads/crowdstrike", "crowdstrike"}, {"payloads/deel", "deel"}, {"payloads/defender", "defender"},
	{"payloads/entra_id", "entra"}, {"payloads/europass", ""}, {"payloads/github", "github-audit"}, {"payloads/google_workspace", "google-workspace"}, {"payloads/greenhouse", ""},
	{"payloads/intune", "intune"}, {"payloads/jamf", "jamf"}, {"payloads/jsonresume", ""}, {"payloads/lever", ""}, {"payloads/linkedin_export", ""}, {"payloads/okta", "okta"},
	{"payloads/onfido", ""}, {"payloads/persona", ""}, {"payloads/personio", ""}, {"payloads/recruitee", ""}, {"payloads/smartrecruiters", ""}, {"payloads/stripe", ""},
	{"payloads/sumsub", ""}, {"payloads/teamtailor", ""}, {"payloads/telegram", ""}, {"payloads/upwork", ""}, {"payloads/veriff", ""}, {"payloads/wise", "wise"}, {"payloads/workable", ""},
	{"ats/greenhouse/candidate-ingestion", ""}, {"ats/greenhouse/harvest", ""}, {"ats/greenhouse/job-board", ""}, {"ats/greenhouse/webhooks", ""},
	{"ats/smartrecruiters", ""}, {"resumes/jsonresume", ""},
}

func TestSampleCoverage(t *testing.T) {
	dir := samples(t)
	var b strings.Builder
	for _, s := range sampled {
		files, _ := filepath.Glob(filepath.Join(dir, s.folder, "*"))
		for _, file := range files {
			name := strings.TrimPrefix(filepath.ToSlash(strings.TrimPrefix(file, dir)), "/")
			info, err := os.Stat(file)
			if err != nil || info.IsDir() || strings.HasSuffix(name, "README.md") || strings.Contains(name, "schema") || strings.HasSuffix(name, ".ocsf.json") {
				continue
			}
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			reader, becomes := becomesOf(strings.Split(s.folder, "/")[1], s.watch, filepath.Base(name), raw)
			fmt.Fprintf(&b, "%s\t%s\t%s\n", name, reader, becomes)
		}
	}
	if *update {
		if err := os.WriteFile(coverage, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(coverage)
	if err != nil || string(want) != b.String() {
		t.Error("testdata/samples.tsv does not say what the samples become; print it with: go test ./connect -run 'SampleCoverage|Docs' -update")
	}
}

// becomesOf tries the readers in the order in which a delivery would meet them.
func becomesOf(system, watch, name string, raw []byte) (reader, becomes string) {
	why := ""
	note := func(err error) {
		var e *record.Error
		if errors.As(err, &e) && why == "" {
			why = e.Message
		}
	}
	if IsIdentity(system) {
		all, err := ReadIdentity(system, raw)
		var said []string
		for _, r := range all {
			said = append(said, r.Kind+" "+string(r.Outcome))
		}
		if note(err); err == nil && len(said) > 0 {
			return "identity check", strings.Join(said, ", ")
		}
	}
	if w, ok := FindWatch(watch); ok {
		var said []string
		for _, log := range ruleLogs(raw) {
			all, err := w.Read(log)
			note(err)
			for _, s := range all {
				said = append(said, seenKind(s))
			}
		}
		if len(said) > 0 {
			slices.Sort(said)
			return "after the hire", strings.Join(slices.Compact(said), ", ")
		}
	}
	r, err := intake.Open(name, bytes.NewReader(raw), intake.Options{Received: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)})
	if note(err); err == nil {
		var fields []string
		for {
			it, err := r.Next()
			if err != nil {
				break
			}
			a, err := r.Decode(it.Raw, it)
			if note(err); err == nil {
				fields = append(fields, filled(a)...)
			}
		}
		if slices.Sort(fields); len(fields) > 0 {
			return r.Format(), strings.Join(slices.Compact(fields), ", ")
		}
	}
	if _, ok := FindSystem(system); ok {
		h, err := ReadHint(system, &Delivery{Body: raw})
		if err == nil && h.Word != "" {
			return "webhook", "a hint: " + h.Word
		}
	}
	switch why {
	case "id: missing", "source: missing", "id: a number where text belongs", "emails[0]: an object where text belongs":
		why = "nobody who applies stands in it" // our own shape was the last to be tried
	}
	return "refused", why
}

// ruleLogs are the logs inside a detection rule's tests, or the sample itself.
func ruleLogs(raw []byte) []jsontext.Value {
	var rule struct {
		Tests []struct {
			Log jsontext.Value `json:"log"`
		} `json:"tests"`
	}
	if json.Unmarshal(raw, &rule) != nil || len(rule.Tests) == 0 {
		return []jsontext.Value{raw}
	}
	var logs []jsontext.Value
	for _, x := range rule.Tests {
		logs = append(logs, x.Log)
	}
	return logs
}

func seenKind(s Seen) string {
	switch {
	case s.Event != nil:
		return "events[]." + s.Event.Kind
	case s.Computer != nil:
		return "computers[]"
	case s.Tool != nil:
		return "tools[]"
	case s.Change != nil:
		return "history[]." + s.Change.Field
	}
	return "confirmations[]"
}

// filled are the members of a record that say something, two levels deep.
func filled(a *record.Application) (fields []string) {
	v := reflect.ValueOf(a).Elem()
	for i := range v.NumField() {
		f, at := v.Field(i), v.Type().Field(i)
		name, _, _ := strings.Cut(at.Tag.Get("json"), ",")
		if f.IsZero() || name == "" || name == "extra" {
			continue
		}
		if f.Kind() != reflect.Struct || at.Type == reflect.TypeFor[time.Time]() {
			fields = append(fields, name)
			continue
		}
		for j := range f.NumField() {
			inner, _, _ := strings.Cut(f.Type().Field(j).Tag.Get("json"), ",")
			if !f.Field(j).IsZero() && inner != "" {
				fields = append(fields, name+"."+inner)
			}
		}
	}
	return fields
}
