package lists

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Content is what a cleared match is remembered by: a digest of what is known
// of the one who was looked for and of what the entry says, so that the match
// comes back when either changes, and stays cleared when only the entry's
// number or the order of its lines does. A name alone tells nobody from a
// namesake: without birth date and number it counts for the record named party
// only, and without that there is nothing to remember it by, "".
func (h *EntityHit) Content(q EntityQuery, party string) string {
	var parts []string
	add := func(kind, s string) {
		parts = append(parts, kind+"\x00"+strings.ToLower(strings.Join(strings.Fields(s), " ")))
	}
	for _, d := range q.BirthDates {
		add("born", string(d))
	}
	for _, i := range q.Identifiers {
		add("number", i)
	}
	if len(parts) == 0 {
		if party == "" {
			return ""
		}
		parts = append(parts, "record\x00"+party)
	}
	add("name", q.Name)
	add("gender", q.Gender)
	for _, c := range q.Countries {
		add("country", c)
	}
	slices.Sort(parts)
	parts = append(slices.Compact(parts), "entry\x00"+h.Entity.Content())
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x01")))
	return hex.EncodeToString(sum[:16])
}

// Content is a digest of what an entity says, whatever the order its publisher
// writes it in and without the publisher's number. A match that a person has
// cleared stays cleared as long as it is the same on both sides.
func (e *Entity) Content() string {
	var parts []string
	add := func(kind, s string) { parts = append(parts, kind+"\x00"+strings.ToLower(s)) }
	add("kind", string(e.Kind))
	add("gender", e.Gender)
	for _, n := range e.Names {
		add("name", n.Text)
	}
	for _, d := range e.BirthDates {
		add("born", string(d))
	}
	for _, c := range e.Countries {
		add("country", c)
	}
	for _, i := range e.Identifiers {
		add("number", i.Kind+"\x00"+i.Value)
	}
	for _, p := range e.Programs {
		add("program", p)
	}
	for _, w := range e.Wallets {
		add("wallet", w.Asset+"\x00"+w.Address)
	}
	slices.Sort(parts)
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x01")))
	return hex.EncodeToString(sum[:16])
}
