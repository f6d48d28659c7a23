package policy

import (
	"strings"
	"testing"

	"bonafide/record"
)

const content = "00112233445566778899aabbccddeeff"

func clearance(members ...string) string {
	all := map[string]string{"content": content, "by": "Ana Silva", "reason": "another birth year", "at": "2026-03-02T09:14:05Z", "check": "pay-sanctions-screen"}
	for i := 0; i < len(members); i += 2 {
		all[members[i]] = members[i+1]
	}
	var parts []string
	for _, k := range []string{"content", "by", "reason", "at", "check"} {
		parts = append(parts, `"`+k+`":"`+all[k]+`"`)
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func TestClearedIsRememberedByContentAndCheck(t *testing.T) {
	c, err := ReadCleared(strings.NewReader("\ufeff"+clearance()+"\n\n"+clearance("content", strings.Repeat("1", 32))), "cleared")
	if err != nil {
		t.Fatal(err)
	}
	findings := []record.Finding{
		{Check: "pay-sanctions-screen", Outcome: record.Hit, Strength: record.Strong, Family: record.Ident, Content: content},
		{Check: "another-check", Outcome: record.Hit, Strength: record.Strong, Family: record.CV, Content: content},
		{Check: "pay-sanctions-screen", Outcome: record.Hit, Strength: record.Strong, Family: record.Pay, Content: strings.Repeat("2", 32)},
		{Check: "pay-sanctions-screen", Outcome: record.Hit, Strength: record.Strong},
	}
	if to, _ := Default().Assess(findings, nil); to != record.Review {
		t.Fatalf("before: %s", to)
	}
	c.Mark(findings)
	for i, want := range []string{"Ana Silva, 2026-03-02", "", "", ""} {
		if findings[i].ClearedBy != want {
			t.Errorf("finding %d: cleared by %q, want %q", i, findings[i].ClearedBy, want)
		}
	}
	if to, _ := Default().Assess(findings[:1], nil); to != record.Routine {
		t.Errorf("a cleared finding was counted: %s", to)
	}
	var none *Cleared
	none.Mark(findings)
	if _, ok := c.Of("", content); !ok {
		t.Error("names does not see what a screening cleared")
	}
}

func TestClearedIsStrict(t *testing.T) {
	for _, c := range []struct{ name, line, says string }{
		{"no name", clearance("by", "  "), "by is empty"},
		{"no reason", clearance("reason", ""), "reason is empty"},
		{"no check", clearance("check", ""), "check is empty"},
		{"no time", clearance("at", "yesterday"), "at is not a time"},
		{"short content", clearance("content", "00ff"), "content is not 32 hex"},
		{"upper case", clearance("content", strings.ToUpper(content)), "content is not 32 hex"},
		{"long reason", clearance("reason", strings.Repeat("x", 5000)), "longer than it may be"},
		{"unknown member", strings.Replace(clearance(), "{", `{"extra":1,`, 1), "not a clearance"},
		{"member twice", strings.Replace(clearance(), "{", `{"by":"Somebody",`, 1), "not a clearance"},
		{"number for text", strings.Replace(clearance(), `"Ana Silva"`, "7", 1), "not a clearance"},
		{"two on a line", clearance() + clearance(), "not a clearance"},
		{"array", "[]", "not a clearance"},
		{"not JSON", "Ana Silva says so", "not a clearance"},
		{"endless", strings.Repeat("x", longestClearance+10), "64 KiB"},
	} {
		_, err := ReadCleared(strings.NewReader(clearance()+"\n"+c.line+"\n"), "cleared.jsonl")
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "cleared.jsonl:2") {
			t.Errorf("%s: %v", c.name, err)
		}
		if err != nil && strings.Contains(err.Error(), "Ana") {
			t.Errorf("%s: the error says whose name: %v", c.name, err)
		}
	}
}

func FuzzReadCleared(f *testing.F) {
	f.Add([]byte(clearance()))
	f.Add([]byte(clearance() + "\n\n" + clearance("reason", "")))
	f.Add([]byte("\ufeff{}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := ReadCleared(strings.NewReader(string(b)), "fuzz")
		if (c == nil) == (err == nil) {
			t.Fatal("neither or both")
		}
		if c != nil {
			for _, x := range c.lines {
				if x.Valid("") != nil || x.Who() == "" {
					t.Fatal("an invalid clearance was kept")
				}
			}
		}
	})
}
