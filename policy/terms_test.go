package policy

import (
	"slices"
	"strings"
	"testing"

	"bonafide/record"
)

const rest = "version 2\nroutine otherwise\n"

func read(t *testing.T, table string) *Policy {
	t.Helper()
	p, err := Parse(strings.NewReader(table + rest))
	if err != nil {
		t.Fatalf("%q: %v", table, err)
	}
	return p
}

func TestTerms(t *testing.T) {
	p := read(t, "role T3 C# developer # a comment\nrole T0 r-17\ntier T1 asks mail identity\ntier T1 offers none\ntier T2 again none\nkeep application 90 days in DE because works agreement\nkeep application 200 days because house rule\nlanguages pt de\nanswer within 10 days\n")
	if got := p.TierOf(&record.Role{ID: "x", Title: "c# DEVELOPER", Tier: "T1"}); got != "T3" {
		t.Errorf("a role named in the table is %s", got)
	}
	if got := p.TierOf(&record.Role{ID: "other", Tier: "T2"}); got != "T2" {
		t.Errorf("a role that is not named is %s", got)
	}
	if x := p.Tier("T1"); !slices.Equal(x.Asks, []string{"mail", "identity"}) || len(x.Offers) != 0 || x.Look != 4 {
		t.Errorf("T1: %+v", x)
	}
	if x := p.Tier(""); x.ID != "T1" {
		t.Errorf("a role without a tier is %s", x.ID)
	}
	if p.Tier("T2").Again != 0 || p.Tier("T3").Again != 6 {
		t.Error("again: said for T2, unsaid for T3")
	}
	if k, ok := p.Keep(KeepApplication, "DE"); !ok || k.Days != 90 || k.Because != "works agreement" {
		t.Errorf("%+v", k)
	}
	if k, ok := p.Keep(KeepApplication, "PT"); !ok || k.Days != 200 {
		t.Errorf("%+v", k)
	}
	if _, ok := p.Keep(KeepDocument, "DE"); ok {
		t.Error("a class that is not named has the country's days")
	}
	if p.Speak(record.EN) != record.PT || p.Speak(record.DE) != record.DE || p.Answer != 10 {
		t.Errorf("languages %v, answer %d", p.Languages, p.Answer)
	}
	// A table without any of this is as shipped, in everything.
	if bare := read(t, ""); !slices.EqualFunc(bare.Tiers, Default().Tiers, func(a, b Tier) bool {
		return slices.Equal(a.Asks, b.Asks) && slices.Equal(a.Offers, b.Offers) && slices.Equal(a.Chain, b.Chain) && a.Look == b.Look && a.Again == b.Again
	}) || len(bare.Languages) != 3 || bare.Answer != Default().Answer {
		t.Errorf("%+v", bare.Terms)
	}
}

func TestBrokenTerms(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"role T9 devops", roleLine},
		{"role T1", roleLine},
		{"role T1 devops\nrole T2 DevOps", "one tier"},
		{"tier T1 asks passport-scan", "the steps are"},
		{"tier T1 asks code", "only ever offered"},
		{"tier T1 asks mail\ntier T1 asks phone", "already"},
		{"tier T1 asks", tierLine},
		{"tier T1 chain looks", "the links of the chain"},
		{"tier T1 look 0 days", "1 to 30"},
		{"tier T1 look 1", "1 to 30"},
		{"tier T1 again 99 months", "1 to 60"},
		{"tier T1 rank mail", tierLine},
		{"keep application 9999 days because x", "0 to 3650"},
		{"keep application 10 days", keepLine},
		{"keep application 10 days in de because x", "two capital letters"},
		{"keep photos 10 days because x", keepLine},
		{"keep document 1 days because x\nkeep document 2 days because y", "already"},
		{"keep document 1 days in DE and then", "because"},
		{"languages en fr", languageLine},
		{"languages", languageLine},
		{"languages en\nlanguages de", languageLine},
		{"answer within 1 days", answerLine},
		{"answer within +7 days", answerLine},
	} {
		_, err := Parse(strings.NewReader("version 1\n" + c.line + "\nroutine otherwise\n"))
		where := "policy:" + string(rune('2'+strings.Count(c.line, "\n")))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), where) {
			t.Errorf("%q: error %v, want it to say %q at %s", c.line, err, c.want, where)
		}
	}
}

// The chain asks for nothing that the tier does not need.
func TestChainOfATier(t *testing.T) {
	state := func(tier string, l record.ChainLink) record.ChainState {
		a := &record.Application{Role: record.Role{Tier: tier}}
		for _, part := range Default().Chain(a, nil, nil) {
			if part.Link == l {
				return part.State
			}
		}
		return ""
	}
	if got := state("T0", record.LinkDocument); got != record.StateNotDue {
		t.Errorf("T0 document: %s", got)
	}
	if got := state("T1", record.LinkDocument); got != record.StateUnknown {
		t.Errorf("T1 document: %s", got)
	}
}

// A form changes the terms of a table and nothing else, and reading back what it
// wrote gives the same terms.
func TestRewrite(t *testing.T) {
	same := func(a, b Terms) bool {
		return slices.Equal(a.Roles, b.Roles) && slices.Equal(a.Keeps, b.Keeps) && slices.Equal(a.Languages, b.Languages) && a.Answer == b.Answer &&
			slices.EqualFunc(a.Tiers, b.Tiers, func(a, b Tier) bool {
				return a.ID == b.ID && slices.Equal(a.Asks, b.Asks) && slices.Equal(a.Offers, b.Offers) && slices.Equal(a.Chain, b.Chain) && a.Look == b.Look && a.Again == b.Again
			})
	}
	for _, table := range []string{Shipped(), rest, "# ours\nversion 4\n# before\ntier T1 asks mail\nmodule after-hire locked\nreview when 1 strong # why\nroutine otherwise\nrole T2 x\n"} {
		p, err := Parse(strings.NewReader(table))
		if err != nil {
			t.Fatal(err)
		}
		want := p.Terms
		want.Tiers = slices.Clone(p.Tiers)
		want.Roles = append(slices.Clone(p.Roles), Role{"C# developer", "T3"})
		want.Tiers[1].Asks, want.Tiers[3].Again, want.Tiers[0].Chain = []string{StepMail, StepPayee}, 0, nil
		want.Keeps = []Keep{{KeepDocument, "DE", 3, "a reason"}, {KeepApplication, "", 100, "another"}}
		want.Languages, want.Answer = []record.Lang{record.PT}, 21
		text := Rewrite(table, &want)
		got, err := Parse(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		if !same(got.Terms, want) || got.Version != p.Version+1 {
			t.Errorf("wrote %+v\nread %+v", want, got.Terms)
		}
		if len(got.rules) != len(p.rules) || strings.Count(text, "#")-1 != strings.Count(table, "#") {
			t.Errorf("something else changed:\n%s", text)
		}
		if again := Rewrite(Rewrite(text, &want), &want); strings.Count(again, "\n") != strings.Count(text, "\n") {
			t.Errorf("it grows:\n%s", again)
		}
	}
}
