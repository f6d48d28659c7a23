package casework

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"bonafide/record"
)

func playbook(t *testing.T, id string) *Playbook {
	t.Helper()
	p, err := shippedPlaybook(id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Every shipped playbook parses, names sources that exist, and holds no word
// that judges and no step that pays or answers.
func TestShipped(t *testing.T) {
	sources, err := os.ReadFile("../docs/sources.tsv")
	if err != nil {
		t.Fatal(err)
	}
	files, err := shipped.ReadDir("playbooks")
	if err != nil || len(files) != len(PlaybookIDs) {
		t.Fatalf("%d playbooks, %v", len(files), err)
	}
	for _, id := range PlaybookIDs {
		p := playbook(t, id)
		if err := p.own(p); err != nil || p.ID != id {
			t.Errorf("%s: %v", id, err)
		}
		for _, s := range p.Steps {
			if s.Source != "own" && !bytes.Contains(sources, []byte("\n"+s.Source+"\t")) {
				t.Errorf("%s %s: no source %q", p.ID, s.ID, s.Source)
			}
			for _, x := range []record.Text{s.Title, s.Text} {
				for _, w := range []string{"fraud", "betrug", "betrüg", "fraude", "suspicious", "verdächtig", "suspeit", "north korea", "nordkorea", "coreia"} {
					if low := strings.ToLower(x.EN + x.DE + x.PT); strings.Contains(low, w) && !strings.Contains(low, "suspicion") {
						t.Errorf("%s %s says %q", p.ID, s.ID, w)
					}
				}
			}
		}
	}
}

// The tier decides what is asked; a step left out by tier holds nothing up.
func TestTiers(t *testing.T) {
	p := playbook(t, "verification")
	ids := func(tier string) (all []string) {
		for _, v := range p.View(&Progress{Tier: tier, Opened: time.Unix(0, 0)}, time.Unix(0, 0)) {
			all = append(all, v.ID)
		}
		return all
	}
	if got := ids("T0"); !slices.Equal(got, []string{"prepare", "contacts"}) {
		t.Errorf("T0 asks %v", got)
	}
	if got := ids("T1"); !slices.Contains(got, "interview") || slices.Contains(got, "interview-two") || slices.Contains(got, "again") {
		t.Errorf("T1 asks %v", got)
	}
	if got := ids("T3"); !slices.Contains(got, "interview-two") || !slices.Contains(got, "again") || slices.Contains(got, "reference") {
		t.Errorf("T3 asks %v", got)
	}
}

func TestFinish(t *testing.T) {
	p := playbook(t, "insider")
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	g := &Progress{Playbook: p.ID, Version: p.Version, Opened: now}
	code := func(err error) record.Code {
		if err == nil {
			return ""
		}
		return record.CodeOf(err)
	}
	if c := code(p.Finish(g, "preserve", "ana", nil, "", now)); c != record.CodeConflict {
		t.Errorf("a step was done before the one it waits for: %q", c)
	}
	if c := code(p.Finish(g, "circle", "ana", nil, "", now)); c != record.CodeInvalid {
		t.Errorf("done without what it asks: %q", c)
	}
	if c := code(p.Finish(g, "circle", "ana", map[string]string{"people": "p1", "basis": "x", "more": "y"}, "", now)); c != record.CodeInvalid {
		t.Errorf("an answer nobody asked for was kept: %q", c)
	}
	do := func(step, by string) {
		t.Helper()
		answers := map[string]string{}
		for _, s := range p.Steps {
			if s.ID == step {
				for _, a := range s.Asks {
					answers[a.Key] = "said"
				}
			}
		}
		if err := p.Finish(g, step, by, answers, "", now); err != nil {
			t.Fatalf("%s: %v", step, err)
		}
	}
	do("circle", "ana")
	do("preserve", "ana")
	do("inventory", "ana")
	do("counsel", "ana")
	if c := code(p.Finish(g, "cut", "ana", map[string]string{"started": "a", "open": "b"}, "", now)); c != record.CodeConflict {
		t.Errorf("the cut began on one signature of counsel: %q", c)
	}
	if c := code(p.Finish(g, "counsel", "ana", nil, "", now)); c != record.CodeRefused {
		t.Errorf("the first person signed twice: %q", c)
	}
	if err := p.Finish(g, "counsel", "ben", nil, "", now); err != nil {
		t.Fatal(err)
	}
	do("cut", "ana")
	for _, v := range p.View(g, now.Add(73*time.Hour)) {
		switch v.ID {
		case "breach":
			if !v.Late || !v.Due.Equal(now.Add(72*time.Hour)) {
				t.Errorf("the clock of 72 hours: %+v", v)
			}
		case "notice":
			if v.Open {
				t.Error("the notice opens before the cut is confirmed by two")
			}
		}
	}
	if c := code(p.Finish(g, "no such", "ana", nil, "", now)); c != record.CodeNotFound {
		t.Errorf("%q", c)
	}
	if err := p.Finish(g, "siblings", "ana", nil, "nobody else applied", now); err != nil {
		t.Errorf("left out with a reason: %v", err)
	}
}

func TestParsePlaybookRefuses(t *testing.T) {
	good, err := shipped.ReadFile("playbooks/insider.yaml")
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) int { return 1 + strings.Count(string(good[:bytes.Index(good, []byte(text))]), "\n") }
	for name, c := range map[string]struct {
		was, is string
		line    int
		says    string
	}{
		"unknown member":      {"version: 1", "version: 1\nrank: 2", 3, "rank is no member"},
		"an unknown language": {`pt: "Definir quem tem conhecimento"`, `fr: "x"`, at("Definir quem tem"), "fr is no member"},
		"no Portuguese":       {`, pt: "Definir quem tem conhecimento"`, ``, at("id: circle"), "en, de and pt"},
		"unknown owner":       {"owner: lead", "owner: boss", at("id: circle"), "owner is one of"},
		"a clock of words":    {"within: 2h", "within: soon", at("id: circle"), "4h, 72h, 30d"},
		"a clock backwards":   {"within: 2h", "within: -2h", at("id: circle"), "4h, 72h, 30d"},
		"waits for later":     {"after: [circle]", "after: [watch]", at("id: preserve"), "above it"},
		"twice the same":      {"id: inventory", "id: preserve", at("id: inventory"), "id of its own"},
		"a member twice":      {"owner: lead", "owner: lead\n    owner: hr", at("owner: lead") + 1, "stands twice"},
		"unknown kind":        {"kind: person", "kind: score", at("key: people"), "a kind"},
		"a list for a word":   {"owner: lead", "owner: [lead, \"Nora\"]", at("owner: lead"), "another kind"},
		"two documents":       {"id: insider", "id: insider\n---\nid: insider", 0, "one document"},
		"a tier of its own":   {"owner: lead", "tiers: [T7]\n    owner: lead", at("id: circle"), "T0, T1"},
		"no YAML":             {"steps:", "steps: {", 0, "YAML"},
	} {
		bad := strings.Replace(string(good), c.was, c.is, 1)
		if bad == string(good) {
			t.Fatalf("%s: nothing changed", name)
		}
		_, err := ParsePlaybook([]byte(bad))
		if record.CodeOf(err) != record.CodeInvalid || !strings.Contains(err.Error(), c.says) || c.line > 0 && !strings.Contains(err.Error(), fmt.Sprintf("playbook:%d", c.line)) {
			t.Errorf("%s: %v, want %q at line %d", name, err, c.says, c.line)
		}
		if strings.Contains(err.Error(), "Nora") {
			t.Errorf("%s: the error holds a value: %v", name, err)
		}
	}
}

func FuzzParsePlaybook(f *testing.F) {
	good, _ := shipped.ReadFile("playbooks/extortion.yaml")
	f.Add(good)
	f.Add([]byte("id: x\nversion: 1\nsteps: [{}]"))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := ParsePlaybook(b)
		if err == nil {
			p.View(&Progress{Opened: time.Unix(0, 0)}, time.Unix(0, 0))
		}
	})
}
