package policy

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"bonafide/record"
)

func TestDefault(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/default.txtar")
	if err != nil {
		t.Fatal(err)
	}
	p := Default()
	for i := 0; i+1 < len(ar.Files); i += 2 {
		name := strings.TrimSuffix(ar.Files[i].Name, ".findings")
		t.Run(name, func(t *testing.T) {
			if ar.Files[i+1].Name != name+".want" {
				t.Fatalf("%s is not followed by its want", ar.Files[i].Name)
			}
			findings, refused := findingsOf(t, string(ar.Files[i].Data))
			to, because := p.Assess(findings, refused)
			got := strings.TrimSpace(string(to) + " " + strings.Join(because, " "))
			if want := strings.TrimSpace(string(ar.Files[i+1].Data)); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func findingsOf(t *testing.T, text string) (findings []record.Finding, refused []string) {
	for line := range strings.Lines(text) {
		w := strings.Fields(line)
		if w[0] == "refused" {
			refused = append(refused, w[1])
			continue
		}
		f := record.Finding{Check: w[0], Outcome: record.Hit, Family: record.Family(w[1])}
		if err := f.Strength.UnmarshalText([]byte(w[2])); err != nil {
			t.Fatal(err)
		}
		for j := 3; j < len(w); j++ {
			switch w[j] {
			case "cleared":
				f.ClearedBy = "an-assurance"
			case "value":
				f.Value, _ = strconv.ParseUint(w[j+1], 10, 64)
			}
		}
		findings = append(findings, f)
	}
	return findings, refused
}

func TestBrokenTables(t *testing.T) {
	for _, c := range []struct{ table, want string }{
		{"", "needs a version"},
		{"version 1\n", "ends in"},
		{"version x\nroutine otherwise\n", "policy:1"},
		{"version 1\nreject when 1 conclusive\nroutine otherwise\n", "policy:2"},
		{"version 1\nreview when 1 weak\nroutine otherwise\n", "weak findings never count"},
		{"version 1\nreview when 0 strong\nroutine otherwise\n", "not a number from 1"},
		{"version 1\nroutine when 1 strong\nroutine otherwise\n", "routine is what is left"},
		{"version 1\nroutine otherwise\nreview when 1 strong\n", "can never hold"},
		{"version 1\nreview if 1 strong\nroutine otherwise\n", "a rule reads"},
	} {
		if _, err := Parse(strings.NewReader(c.table)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want it to say %q", c.table, err, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(shipped)
	f.Add("version 1\nrole T1 x\ntier T1 asks mail\nkeep document 3 days in DE because x\nlanguages de\nanswer within 9 days\nroutine otherwise")
	f.Add("version 1\nreview when 99999999999999999999 strong\nroutine otherwise")
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := Parse(strings.NewReader(s)); err == nil {
			p.Assess([]record.Finding{{Outcome: record.Hit, Strength: record.Strong, Family: record.CV}}, nil)
		}
	})
}

func TestChain(t *testing.T) {
	day := time.Date(2026, 3, 9, 13, 0, 0, 0, time.UTC)
	a := &record.Application{
		Documents:  []record.Document{{Kind: "passport", Method: "scan"}},
		Interviews: []record.Interview{{At: day, Kind: "video"}},
		Sessions:   []record.Session{{At: day, Device: "d41d8cd9"}},
		Payouts:    []record.Payout{{Kind: "iban"}},
		References: []record.Reference{{RepliedAt: day, ContactFrom: "switchboard"}},
	}
	findings := []record.Finding{
		{Check: "pay-account-shared", Outcome: record.Hit, Strength: record.Conclusive, Link: record.LinkPayee},
		{Check: "dev-shared", Outcome: record.Hit, Strength: record.Strong, Link: record.LinkDevice},
		{Check: "doc-image-only", Outcome: record.Hit, Strength: record.Weak, Link: record.LinkDocument},
		{Check: "ref-all-freemail", Outcome: record.Hit, Strength: record.Supporting},
	}
	proofs := Assurances(a)
	Clear(findings, proofs)
	if findings[3].ClearedBy != "ref-switchboard-confirmation" {
		t.Error("a confirmation over the switchboard clears the question about free mail by name")
	}
	want := map[record.ChainLink]record.ChainState{
		record.LinkDocument: record.StateClaimed, record.LinkCall: record.StateClaimed, record.LinkDelivery: record.StateNotDue,
		record.LinkDevice: record.StateQuestioned, record.LinkPayee: record.StateContradicted, record.LinkReverified: record.StateNotDue,
	}
	parts := Default().Chain(a, findings, proofs)
	if len(parts) != len(record.ChainLinks) {
		t.Fatalf("%d links", len(parts))
	}
	for i, p := range parts {
		if p.Link != record.ChainLinks[i] || p.State != want[p.Link] {
			t.Errorf("link %d: %s is %s, want %s", i, p.Link, p.State, want[p.Link])
		}
	}
}
