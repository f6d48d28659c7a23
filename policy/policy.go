// Package policy turns findings into an assessment, by a small readable table.
// It judges nobody: the assessment is a proposal to a person, and the strongest
// it can say is "somebody should look". To change how findings weigh, edit
// default.policy and its cases, nothing else.
package policy

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"bonafide/record"
)

//go:embed default.policy
var shipped string

// Policy is a parsed table.
type Policy struct {
	Version int
	Terms
	Text   string // the table itself
	rules  []rule
	opened []opening       // the module after the hire, by country and tier
	said   map[string]bool // lines that stand once
}

type rule struct {
	to       record.Assessment
	count    int             // findings needed; 0 for the two rules without a count
	strength record.Strength // at least this
	families bool            // of different families
	refused  bool            // a required step of the role's tier was refused
}

// Shipped is the text of the shipped policy.
func Shipped() string { return shipped }

// Default is the shipped policy.
func Default() *Policy {
	p, err := parse(strings.NewReader(shipped))
	if err != nil {
		panic("policy: the shipped table is broken: " + err.Error()) // proved by a test, cannot happen in a build
	}
	return p
}

var standing = sync.OnceValue(Default)

// Standing is the shipped table read once, for whoever only looks at it.
func Standing() *Policy { return standing() }

// Read is Parse of a text.
func Read(text string) (*Policy, error) { return Parse(strings.NewReader(text)) }

// Parse reads a table. Errors name the line. What it leaves unsaid of tiers,
// languages and days is as in the shipped one.
func Parse(r io.Reader) (*Policy, error) {
	p, err := parse(r)
	if err != nil {
		return nil, err
	}
	terms := standing().Terms
	p.fill(&terms)
	return p, nil
}

func parse(r io.Reader) (*Policy, error) {
	p := &Policy{said: map[string]bool{}}
	for _, id := range Tiers {
		p.Tiers = append(p.Tiers, Tier{ID: id})
	}
	var whole strings.Builder
	lines := bufio.NewScanner(io.TeeReader(io.LimitReader(r, 1<<20), &whole))
	otherwise := false
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(uncomment(lines.Text()))
		if len(words) == 0 {
			continue
		}
		bad := func(what string) error { return record.Invalid(fmt.Sprintf("policy:%d", n), what) }
		if words[0] == "version" && len(words) == 2 {
			v, err := strconv.Atoi(words[1])
			if err != nil || v < 1 {
				return nil, bad("the version is not a number from 1")
			}
			p.Version = v
			continue
		}
		if words[0] == "module" {
			if err := p.module(words[1:]); err != "" {
				return nil, bad(err)
			}
			continue
		}
		if wrong, ours := p.term(words); ours {
			if wrong != "" {
				return nil, bad(wrong)
			}
			continue
		}
		if otherwise {
			return nil, bad("a rule after \"routine otherwise\" can never hold")
		}
		ru := rule{to: record.Assessment(words[0])}
		if !slices.Contains(record.Assessments[:], ru.to) {
			return nil, bad("a rule begins with review, verify-more or routine")
		}
		switch rest := strings.Join(words[1:], " "); {
		case rest == "otherwise" && ru.to == record.Routine:
			otherwise = true
			continue
		case rest == "when required step refused":
			ru.refused = true
		default:
			rest, ru.families = strings.CutSuffix(rest, " of different families")
			part := strings.Fields(rest)
			if len(part) != 3 || part[0] != "when" {
				return nil, bad("a rule reads \"when N STRENGTH\", \"when N STRENGTH of different families\" or \"when required step refused\"")
			}
			count, err := strconv.Atoi(part[1])
			if err != nil || count < 1 {
				return nil, bad("the count is not a number from 1")
			}
			if ru.strength.UnmarshalText([]byte(part[2])) != nil || ru.strength < record.Supporting {
				return nil, bad("the strength is conclusive, strong or supporting; weak findings never count")
			}
			ru.count = count
		}
		if ru.to == record.Routine {
			return nil, bad("routine is what is left: \"routine otherwise\"")
		}
		p.rules = append(p.rules, ru)
	}
	if err := lines.Err(); err != nil {
		return nil, record.Invalid("policy", "cannot be read as lines of text")
	}
	if !otherwise || p.Version == 0 {
		return nil, record.Invalid("policy", "needs a version and ends in \"routine otherwise\"")
	}
	p.Text = whole.String()
	return p, nil
}

// uncomment cuts a comment off: a # at the beginning or after a space, so that a
// role may be called C#.
func uncomment(line string) string {
	for i := range len(line) {
		if line[i] == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') {
			return line[:i]
		}
	}
	return line
}

// Assess weighs findings. refused names required steps of the role's tier that
// were refused after alternatives were offered. because holds the checks whose
// findings made the first rule hold, sorted, each once; it is empty for routine.
func (p *Policy) Assess(findings []record.Finding, refused []string) (to record.Assessment, because []string) {
	for _, ru := range p.rules {
		if ru.refused {
			if len(refused) > 0 {
				return ru.to, sorted(refused)
			}
			continue
		}
		if checks, ok := ru.holds(findings); ok {
			return ru.to, checks
		}
	}
	return record.Routine, nil
}

// holds counts the findings a rule speaks of. With "of different families" a
// family counts once and so does a value: two checks that look at the same
// phone number have one observation between them.
func (ru rule) holds(findings []record.Finding) ([]string, bool) {
	var checks []string
	var families []record.Family
	values := map[uint64]record.Family{}
	n := 0
	for i := range findings {
		f := &findings[i]
		if f.Outcome != record.Hit || f.ClearedBy != "" || f.Strength < ru.strength {
			continue
		}
		checks = append(checks, f.Check)
		if !ru.families {
			n++
			continue
		}
		if fam, seen := values[f.Value]; f.Value != 0 && seen && fam != f.Family {
			continue // the same value under another family's name
		}
		if f.Value != 0 {
			values[f.Value] = f.Family
		}
		if !slices.Contains(families, f.Family) {
			families = append(families, f.Family)
			n++
		}
	}
	return sorted(checks), n >= ru.count
}

func sorted(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return slices.Compact(s)
}
