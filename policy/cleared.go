package policy

import (
	"io"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Clearance is one line of the memory of cleared findings: a named person has
// looked at a finding and says why it does not concern this record. It holds as
// long as both sides of the comparison say what they said.
type Clearance struct {
	Content string `json:"content"` // of the finding, 32 hex digits
	By      string `json:"by"`
	Reason  string `json:"reason"`
	At      string `json:"at"`    // RFC 3339
	Check   string `json:"check"` // the check whose finding it was
}

// Cleared is the memory. A nil one has nothing in it.
type Cleared struct {
	lines map[[2]string]Clearance
}

const (
	longestClearance = 64 << 10
	mostClearances   = 2_000_000
	longestBy        = 200
	longestReason    = 4_000
)

// ReadCleared reads JSON lines, strictly: a clearance that is not understood
// would silently bring a finding back, or silence another. The first error
// stops, and names the line and the member, never a value.
func ReadCleared(r io.Reader, where string) (*Cleared, error) {
	c := &Cleared{lines: map[[2]string]Clearance{}}
	err := record.EachLine(r, where, longestClearance, func(at string, line []byte) error {
		if len(c.lines) == mostClearances {
			return record.Invalid(at, "more clearances than a file may hold (two million)")
		}
		var x Clearance
		if err := json.Unmarshal(line, &x, json.RejectUnknownMembers(true)); err != nil {
			return record.Invalid(at, "is not a clearance: an object of content, by, reason, at and check, all text, each once")
		}
		if err := x.Valid(at); err != nil {
			return err
		}
		c.Add(x)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// Valid says what a clearance lacks; nobody clears without a name and a reason.
func (x Clearance) Valid(where string) error {
	bad := func(what string) error { return record.Invalid(where, what) }
	switch {
	case len(x.Content) != 32 || strings.Trim(x.Content, "0123456789abcdef") != "":
		return bad("content is not 32 hex digits in lower case")
	case strings.TrimSpace(x.By) == "":
		return bad("by is empty: a named person clears")
	case strings.TrimSpace(x.Reason) == "":
		return bad("reason is empty")
	case len(x.By) > longestBy || len(x.Reason) > longestReason:
		return bad("by or reason is longer than it may be (200 and 4,000 bytes)")
	case x.Check == "":
		return bad("check is empty")
	}
	if _, err := time.Parse(time.RFC3339, x.At); err != nil {
		return bad("at is not a time such as 2026-03-02T09:14:05Z")
	}
	return nil
}

// Add puts one more in; of several for one finding the last stands.
func (c *Cleared) Add(x Clearance) { c.lines[[2]string{x.Check, x.Content}] = x }

// Of gives what is remembered of a finding's content. A check of "" asks for
// any of those that compare names with lists.
func (c *Cleared) Of(check, content string) (Clearance, bool) {
	if c == nil || content == "" {
		return Clearance{}, false
	}
	if x, ok := c.lines[[2]string{check, content}]; ok || check != "" {
		return x, ok
	}
	for _, check := range [...]string{"names", "pay-sanctions-screen"} {
		if x, ok := c.lines[[2]string{check, content}]; ok {
			return x, true
		}
	}
	return Clearance{}, false
}

// Mark notes on every finding that a person has cleared who and when; it stays
// visible and is not counted.
func (c *Cleared) Mark(findings []record.Finding) {
	if c == nil {
		return
	}
	for i := range findings {
		f := &findings[i]
		if x, ok := c.Of(f.Check, f.Content); ok && f.ClearedBy == "" {
			f.ClearedBy = x.Who()
		}
	}
}

// Who is the person and the day, for a face.
func (x Clearance) Who() string { return x.By + ", " + x.At[:len("2006-01-02")] }
