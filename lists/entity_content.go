package lists

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

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
