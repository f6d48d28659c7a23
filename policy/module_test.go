package policy

import (
	"strings"
	"testing"

	"bonafide/record"
)

func TestModuleLocked(t *testing.T) {
	with := func(lines string) *Policy {
		t.Helper()
		p, err := Parse(strings.NewReader("version 1\nreview when 1 conclusive\n" + lines + "\nroutine otherwise\n"))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	who := func(role, home, tier string) *record.Application {
		a := &record.Application{}
		a.Role.Country, a.Person.Address.Country, a.Role.Tier = role, home, tier
		return a
	}
	open := with("module after-hire open DE T2 T3 purpose security basis gdpr-6-1-f dpia 2026-02-01 agreement 2026-03-01\n" +
		"module after-hire open PT T2 purpose security basis gdpr-6-1-f dpia 2026-02-01")
	for _, c := range []struct {
		p    *Policy
		a    *record.Application
		want bool
	}{
		{Default(), who("DE", "DE", "T3"), false},
		{open, who("DE", "DE", "T2"), true},
		{open, who("DE", "", "T3"), true},
		{open, who("", "de", "T3"), true},
		{open, who("DE", "DE", "T1"), false},
		{open, who("DE", "PT", "T2"), true},
		{open, who("DE", "PT", "T3"), false}, // home's law protects too
		{open, who("DE", "FR", "T2"), false},
		{open, who("", "", "T2"), false},
		{with("module after-hire open DE T2 purpose security basis gdpr-6-1-f dpia 2026-02-01 agreement no-council\nmodule after-hire locked"), who("DE", "DE", "T2"), false},
	} {
		if got := c.p.AfterHire(c.a); got != c.want {
			t.Errorf("role in %s, home in %s, tier %s: open is %v", c.a.Role.Country, c.a.Person.Address.Country, c.a.Role.Tier, got)
		}
	}
}

func TestModuleRefused(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"module", "a module line reads"},
		{"module after-hire", "a module line reads"},
		{"module watching open DE T2", "a module line reads"},
		{"module after-hire open", "a module line reads"},
		{"module after-hire open DE purpose security basis gdpr-6-1-f dpia 2026-02-01", "a module line reads"},
		{"module after-hire open DE T2 purpose security basis gdpr-6-1-f dpia", "a module line reads"},
		{"module after-hire open DE T2 purpose security purpose security", "a module line reads"},
		{"module after-hire open Portugal T2 purpose security basis gdpr-6-1-f dpia 2026-02-01", "two capital letters"},
		{"module after-hire open PT T2 purpose performance basis gdpr-6-1-f dpia 2026-02-01", "Art. 20"},
		{"module after-hire open PT T2 basis gdpr-6-1-f dpia 2026-02-01", "for a purpose"},
		{"module after-hire open PT T2 purpose security dpia 2026-02-01", "legal basis"},
		{"module after-hire open PT T2 purpose security basis consent dpia 2026-02-01", "consent is none"},
		{"module after-hire open PT T2 purpose security basis gdpr-6-1-f", "impact assessment"},
		{"module after-hire open PT T2 purpose security basis gdpr-6-1-f dpia 2026-02-31", "impact assessment"},
		{"module after-hire open DE T2 purpose security basis gdpr-6-1-f dpia 2026-02-01", "works council agrees first"},
		{"module after-hire open FR T2 purpose security basis gdpr-6-1-f dpia 2026-02-01 agreement soon", "works agreement"},
	} {
		_, err := Parse(strings.NewReader("version 1\n" + c.line + "\nroutine otherwise\n"))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "policy:2") {
			t.Errorf("%s: error %v, want it to say %q", c.line, err, c.want)
		}
	}
}
