package casework

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

func TestSaid(t *testing.T) {
	with := func(raw string) *record.Application {
		return &record.Application{Extra: record.Fields{"fraudChecks": []byte(raw)}}
	}
	long := strings.Repeat("é", 400)
	for _, c := range []struct {
		name string
		a    *record.Application
		n    int
		why  string
		was  bool
	}{
		{"never asked", &record.Application{}, 0, "", false},
		{"nothing noted", with(`[]`), 0, "", true},
		{"not given", with(`"not given: ashby: no permission"`), 0, "not given", true},
		{"another shape", with(`{"x":1}`), 0, "another shape", true},
		{"two", with(`[{"createdAt":"2026-01-15T10:30:00Z","fraudSignals":[{"category":"Geographic","name":"One","value":"Porto, PT"},{"name":"` + long + `"}]}]`), 2, "", true},
		{"many", with(`[{"fraudSignals":[` + strings.Repeat(`{"name":"x"},`, 80) + `{"name":"y"}]}]`), mostSaid, "", true},
	} {
		all, why, asked := Said(c.a)
		if len(all) != c.n || !strings.Contains(why, c.why) || asked != c.was || c.why == "" && why != "" {
			t.Errorf("%s: %d, %q, %v", c.name, len(all), why, asked)
		}
		if c.name == "two" && (all[0].Value != "Porto, PT" || all[0].At.IsZero() || len(all[1].Name) > 310) {
			t.Errorf("%+v", all)
		}
	}
	dir := os.Getenv("BONAFIDE_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	b, err := os.ReadFile(filepath.Join(dir, "payloads", "ashby", "api_candidate_listfraudchecks_response.json"))
	if err != nil {
		t.Log("NOT TESTED: the documented answer in the shared data (set BONAFIDE_DATA)")
		return
	}
	var answer struct {
		Results jsontext.Value `json:"results"`
	}
	if err := json.Unmarshal(b, &answer); err != nil {
		t.Fatal(err)
	}
	if all, why, asked := Said(with(string(answer.Results))); len(all) != 1 || why != "" || !asked || all[0].Name == "" || all[0].Description == "" {
		t.Errorf("the documented answer: %+v %q", all, why)
	}
}
