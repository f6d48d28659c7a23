package casework

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"bonafide/record"
)

const (
	longestPlaybook = 256 << 10
	longestText     = 4_000 // bytes of a title, text or question, in one language
	mostSteps       = 100
	mostAsks        = 20
	longestClock    = 2 * 365 * 24 * time.Hour
)

// ParsePlaybook reads a playbook strictly: unknown members, missing languages,
// steps that wait for each other and clocks that cannot be read are errors, each
// with its line, none with a value.
func ParsePlaybook(b []byte) (*Playbook, error) {
	if len(b) > longestPlaybook {
		return nil, record.Invalid("playbook", "larger than 256 KiB")
	}
	var p Playbook
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	if err := d.Decode(&p); err != nil {
		return nil, unreadable(err)
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, record.Invalid("playbook", "holds more than one document")
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(b, &doc); err != nil {
		return nil, unreadable(err)
	}
	return &p, p.check(&doc)
}

var (
	atLine  = regexp.MustCompile(`line (\d+): (.*)`)
	noField = regexp.MustCompile(`^field ([a-z_]{1,40}) not found`)
)

// unreadable says where a text is no playbook, in words of the house.
func unreadable(err error) error {
	m := atLine.FindStringSubmatch(err.Error())
	if m == nil {
		return record.Invalid("playbook", "cannot be read as YAML")
	}
	where := "playbook:" + m[1]
	field := noField.FindStringSubmatch(m[2])
	switch {
	case field != nil:
		return record.Invalid(where, field[1]+" is no member here")
	case strings.HasPrefix(m[2], "field "):
		return record.Invalid(where, "has a member that is none")
	case strings.Contains(m[2], "already defined"):
		return record.Invalid(where, "a member stands twice")
	case strings.HasPrefix(m[2], "cannot unmarshal"):
		return record.Invalid(where, "is of another kind than it should be")
	}
	return record.Invalid(where, "cannot be read as YAML")
}

// member is a node of a mapping; nil where there is none.
func member(n *yaml.Node, name string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}

func item(n *yaml.Node, i int) *yaml.Node {
	if n == nil || n.Kind != yaml.SequenceNode || i >= len(n.Content) {
		return nil
	}
	return n.Content[i]
}

// line is where something stands, that of what is around it where it does not.
func line(around, n *yaml.Node) string {
	if n == nil {
		n = around
	}
	if n == nil {
		return "playbook"
	}
	return "playbook:" + strconv.Itoa(n.Line)
}

var playbookID = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

func (p *Playbook) check(doc *yaml.Node) error {
	top := item(&yaml.Node{Kind: yaml.SequenceNode, Content: doc.Content}, 0)
	bad := func(n *yaml.Node, what string) error { return record.Invalid(line(top, n), what) }
	if !playbookID.MatchString(p.ID) || p.Version < 1 || len(p.Steps) == 0 || len(p.Steps) > mostSteps {
		return bad(nil, "needs an id, a version from 1, and one to a hundred steps")
	}
	if !whole(p.Title) || !whole(p.Opening) {
		return bad(member(top, "title"), "title and opening stand in en, de and pt, 4,000 bytes each at most")
	}
	seen := map[string]bool{}
	for i := range p.Steps {
		n := item(member(top, "steps"), i)
		if err := p.Steps[i].check(n, seen); err != "" {
			return bad(n, err)
		}
		for j, a := range p.Steps[i].Asks {
			if a.Key == "" || len(a.Key) > 40 || slices.ContainsFunc(p.Steps[i].Asks[:j], func(o Ask) bool { return o.Key == a.Key }) || !slices.Contains(askKinds, a.Kind) || !whole(a.Text) {
				return record.Invalid(line(n, item(member(n, "asks"), j)), "each thing asked has a key of its own, a kind ("+strings.Join(askKinds, ", ")+") and a text in en, de and pt")
			}
		}
		seen[p.Steps[i].ID] = true
	}
	return nil
}

// check is what is wrong with a step, or ""; seen are the steps above it.
func (s *Step) check(n *yaml.Node, seen map[string]bool) string {
	switch {
	case !playbookID.MatchString(s.ID) || seen[s.ID]:
		return "a step needs an id of its own: lower-case letters, digits and hyphens"
	case !whole(s.Title) || !whole(s.Text):
		return "title and text stand in en, de and pt, 4,000 bytes each at most"
	case !slices.Contains(Owners, s.Owner):
		return "owner is one of " + strings.Join(Owners, ", ")
	case s.Source == "" || len(s.Source) > 100:
		return "says on whose word it is done (source)"
	case len(s.Law) > 200 || len(s.Asks) > mostAsks || len(s.Runs) > mostAsks:
		return "is longer than a step may be"
	}
	for _, t := range s.Tiers {
		if !slices.Contains(tierIDs(), t) {
			return "the tiers are T0, T1, T2 and T3"
		}
	}
	if d, err := within(s.Within); err != nil || d < 0 || d > longestClock {
		return "within is a number of hours or days, two years at most: 4h, 72h, 30d"
	}
	// A step may wait only for steps above it: so none wait for each other,
	// and the page reads in the order in which things are done.
	for _, a := range append(slices.Clone(s.After), s.From) {
		if a != "" && !seen[a] {
			return "waits for a step that does not stand above it"
		}
	}
	return ""
}

func whole(t record.Text) bool {
	for _, s := range []string{t.EN, t.DE, t.PT} {
		if strings.TrimSpace(s) == "" || len(s) > longestText {
			return false
		}
	}
	return true
}

// own says what a tenant's version may not do to the shipped one: open what is
// sealed, drop or lengthen a clock of the law, or take away the second signature.
func (p *Playbook) own(from *Playbook) error {
	bad := func(what string) error { return record.Invalid("playbook", what) }
	if p.Sealed != from.Sealed {
		return bad("sealed stays as it is shipped: who may see that a case exists is no matter of a version")
	}
	for i := range from.Steps {
		was := &from.Steps[i]
		law := was.Law != "" && was.Within != ""
		if !law && !was.Two {
			continue
		}
		at := slices.IndexFunc(p.Steps, func(s Step) bool { return s.ID == was.ID })
		if at < 0 {
			return bad(fmt.Sprintf("the step %s stays: two people sign it, or a law sets its clock", was.ID))
		}
		is := &p.Steps[at]
		before, _ := within(was.Within)
		now, _ := within(is.Within)
		switch {
		case was.Two && !is.Two:
			return bad(fmt.Sprintf("two people sign the step %s", was.ID))
		case law && (is.Law != was.Law || is.From != was.From || now == 0 || now > before):
			return bad(fmt.Sprintf("the clock of the step %s is the law's: it may be shorter, not longer, and begins where it did", was.ID))
		}
	}
	return nil
}

// within reads "72h" and "30d"; nothing is no clock.
func within(s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	if days, ok := strings.CutSuffix(s, "d"); ok {
		d, err := time.ParseDuration(days + "h")
		return d * 24, err
	}
	return time.ParseDuration(s)
}
