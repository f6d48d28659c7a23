package sim

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const truthCase = `record,person,cell,kind,country
s/1,p1,,plain,DE
s/2,p2,,household+vpn,DE
s/3,p2,,household+vpn,DE
s/4,p3,,framed-victim,PT
s/5,p4,,plain,PT
s/6,o1,c1,operator+payout,US
s/7,o1,c1,operator+payout,US
s/8,o1,c1,operator,US
s/9,o2,c2,operator,GB
s/10,o2,c2,operator,GB
`

// One operator of three personas is found whole, together with an honest person;
// the other is missed; a framed victim is flagged.
const resultsCase = `{"record":"s/1","assessment":"routine","because":[],"cluster":""}
{"record":"s/2","assessment":"routine","because":[],"cluster":""}
{"record":"s/3","assessment":"verify-more","because":["link-contact-reuse"],"cluster":"s/3"}
{"record":"s/4","assessment":"review","because":["doc-number-reuse"],"cluster":"","findings":[{"check":"x"}]}
{"record":"s/5","assessment":"routine","because":[],"cluster":"s/3"}
{"record":"s/6","assessment":"review","because":["pay-account-shared"],"cluster":"s/3"}
{"record":"s/7","assessment":"review","because":["pay-account-shared"],"cluster":"s/3"}
{"record":"s/8","assessment":"routine","because":[],"cluster":"s/3"}
{"record":"s/9","assessment":"routine","because":[],"cluster":""}

{"record":"other/1","assessment":"review","because":[],"cluster":""}
`

func TestEvaluate(t *testing.T) {
	e, err := Evaluate(strings.NewReader(truthCase), strings.NewReader(resultsCase))
	if err != nil {
		t.Fatal(err)
	}
	if e.Records != 9 || e.Missing != 1 || e.Unknown != 1 {
		t.Errorf("records %d, missing %d, unknown %d", e.Records, e.Missing, e.Unknown)
	}
	counts := map[string][2]int{
		"operator records": {e.OperatorRecords.Hits, e.OperatorRecords.Of}, "operators": {e.Operators.Hits, e.Operators.Of},
		"people": {e.HonestFlagged.Hits, e.HonestFlagged.Of}, "in review": {e.HonestReview.Hits, e.HonestReview.Of},
		"honest records": {e.HonestRecords.Hits, e.HonestRecords.Of},
	}
	want := map[string][2]int{"operator records": {2, 4}, "operators": {1, 2}, "people": {2, 4}, "in review": {1, 4}, "honest records": {2, 5}}
	for name, w := range want {
		if counts[name] != w {
			t.Errorf("%s: %v, want %v", name, counts[name], w)
		}
	}
	// The cluster holds s/3, s/5 of two honest people and s/6, s/7, s/8 of one
	// operator: ten pairs, three right, seven wrong. Of four true pairs of seen
	// records only those three exist.
	if c := e.Clusters; c.Right != 3 || c.Wrong != 7 || c.True != 3 || c.Precision != 0.3 || c.Recall != 1 {
		t.Errorf("clusters: %+v", c)
	}
	// Honest with honest once, each of two honest with three records of an operator.
	if e.FalseLinks != 7*10000/4.0 {
		t.Errorf("false links %v", e.FalseLinks)
	}
	if e.UsedPeople != 1 || len(e.UsedNotRoutine) != 1 || e.UsedNotRoutine[0] != "p3" {
		t.Errorf("used: %d %v", e.UsedPeople, e.UsedNotRoutine)
	}
	kinds := map[string]string{}
	for _, g := range e.Kinds {
		kinds[g.Name] = fmt.Sprintf("%d/%d", g.Flagged.Hits, g.Flagged.Of)
	}
	if kinds["household"] != "1/1" || kinds["vpn"] != "1/1" || kinds["plain"] != "0/2" || kinds["operator"] != "" {
		t.Errorf("kinds: %v", kinds)
	}
	// Rates of 0.5 and 0.4: at two per cent operators 0.01 of 0.01 + 0.392.
	if got := e.AtPrevalence[2].Share; math.Abs(got-0.01/0.402) > 1e-12 {
		t.Errorf("operators among the flagged at 2 %%: %v", got)
	}
	if e.First != (First{Cases: 4, Operators: 2}) {
		t.Errorf("first cases: %+v", e.First)
	}
	var text bytes.Buffer
	if err := e.WriteText(&text); err != nil || !strings.Contains(text.String(), "precision 0.3000") {
		t.Errorf("text: %v\n%s", err, text.String())
	}
}

func TestEvaluateRefuses(t *testing.T) {
	for name, c := range map[string]struct{ truth, results, want string }{
		"no column":          {"record,person\n", "", "truth:1"},
		"record twice":       {truthCase + "s/1,p1,,plain,DE\n", "", "truth:12"},
		"no record":          {truthCase + ",p1,,plain,DE\n", "", "truth:12"},
		"not json":           {truthCase, "{\n", "results:1"},
		"unknown assessment": {truthCase, `{"record":"s/1","assessment":"rejected"}`, "results:1"},
		"no name":            {truthCase, `{"assessment":"routine"}`, "results:1"},
		"two results":        {truthCase, resultsCase + `{"record":"s/1","assessment":"routine"}`, "results:12"},
	} {
		_, err := Evaluate(strings.NewReader(c.truth), strings.NewReader(c.results))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWilson compares with values printed in textbooks.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		hits, of  int
		low, high float64
	}{{0, 10, 0, 0.2775}, {5, 10, 0.2366, 0.7634}, {81, 263, 0.2553, 0.3662}, {0, 0, 0, 0}} {
		s := NewShare(c.hits, c.of)
		if math.Abs(s.Low-c.low) > 5e-5 || math.Abs(s.High-c.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", c.hits, c.of, s.Low, s.High, c.low, c.high)
		}
	}
}

// exampleOptions made the bundled example; docs/sim.md has the command.
var exampleOptions = Options{People: 265, Operators: 3, Seed: 10, Evasion: 0.35}

func TestExampleIsFresh(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "example", "applications.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	bundled, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	truth, err := os.ReadFile(filepath.Join("..", "example", "truth.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var applications, rows bytes.Buffer
	if _, err := Write(&applications, &rows, exampleOptions); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(bundled, applications.Bytes()) || !bytes.Equal(truth, rows.Bytes()) {
		t.Error("the example is not what sim writes now; docs/sim.md has the command that renews it")
	}
	for _, l := range Lists() {
		if b, err := os.ReadFile(filepath.Join("..", "example", "lists", l.Name)); err != nil || string(b) != l.Text {
			t.Errorf("example/lists/%s is not what sim writes now (%v)", l.Name, err)
		}
	}
}

func FuzzEvaluate(f *testing.F) {
	f.Add([]byte(truthCase), []byte(resultsCase))
	f.Add([]byte("record,person,cell,kind,country\n\"s/1\",,,,\n"), []byte("{}\n"))
	f.Add([]byte("\ufeffRecord,Person,Cell,Kind,Country\r\na,b,c,d,e\r\n"), []byte(`{"record":"a","assessment":"review","cluster":"x"}`))
	f.Fuzz(func(t *testing.T, truth, results []byte) {
		e, err := Evaluate(bytes.NewReader(truth), bytes.NewReader(results))
		if err != nil {
			return
		}
		if e.OperatorRecords.Hits > e.OperatorRecords.Of || e.HonestReview.Hits > e.HonestFlagged.Hits || e.Clusters.Right > e.Clusters.True {
			t.Errorf("%+v", e)
		}
		if err := e.WriteText(io.Discard); err != nil {
			t.Error(err)
		}
	})
}
