// Package mail says what the reply of a referee proves: that whoever sent it can
// send mail for the domain in its From line (DKIM, RFC 6376; SPF, RFC 7208;
// alignment, RFC 7489), judged by the DNS answers recorded when it arrived.
//
// It asks no name server, knows no clock and opens nothing but text/plain. It
// does not say who typed the mail, nor whether what it says is true. Everything
// a later audit needs to come to the same answer is in the report.
//
// One file per question: message.go and text.go read the mail, dkim.go and spf.go
// authenticate it, results.go reads what our own mail server said of it,
// verify.go asks them in order. To add a method: its file, one line in verify.go.
package mail

import (
	"slices"
	"strings"
	"time"
)

// Answers are DNS answers as they were on a day, by lower-case name without a
// final point. A name with no values was asked and has none; a name that is not
// here was not asked, and what rests on it is not verifiable.
type Answers struct {
	AsOf time.Time           `json:"as_of,omitzero"`
	TXT  map[string][]string `json:"txt,omitempty"`
	A    map[string][]string `json:"a,omitempty"`
	AAAA map[string][]string `json:"aaaa,omitempty"`
	MX   map[string][]string `json:"mx,omitempty"`  // host names, best first
	PTR  map[string][]string `json:"ptr,omitempty"` // by address as written: 192.0.2.1
}

// lookup answers from the record and notes what was read and what is missing.
type lookup struct {
	from    *Answers
	used    Answers
	missing []string // "txt name", sorted at the end
}

func (l *lookup) get(kind, name string) (values []string, asked bool) {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	var all map[string][]string
	var used *map[string][]string
	switch kind {
	case "txt":
		all, used = l.from.TXT, &l.used.TXT
	case "a":
		all, used = l.from.A, &l.used.A
	case "aaaa":
		all, used = l.from.AAAA, &l.used.AAAA
	case "mx":
		all, used = l.from.MX, &l.used.MX
	case "ptr":
		all, used = l.from.PTR, &l.used.PTR
	}
	if values, asked = all[name]; !asked {
		if want := kind + " " + name; !slices.Contains(l.missing, want) && len(l.missing) < 100 {
			l.missing = append(l.missing, want)
		}
		return nil, false
	}
	if *used == nil {
		*used = map[string][]string{}
	}
	(*used)[name] = values
	return values, true
}
