package checks

import (
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"bonafide/record"
)

// offerDay is the first instant of the day an offer was made, or of what
// follows one; ok is false while there is none.
func offerDay(stages []record.Stage) (t time.Time, ok bool) {
	for _, s := range stages {
		switch s.Name {
		case "offer", "onboarding", "employment":
			if from, _, valid := s.At.Span(); valid && (!ok || from.Before(t)) {
				t, ok = from, true
			}
		}
	}
	return t, ok
}

// byCandidate reports a change the person made; without a word on who it was,
// it is taken for theirs.
func byCandidate(c *record.Change) bool {
	return c.By == "" || c.By == "candidate" || c.By == "applicant" || c.By == "self"
}

// baseField is the field without index and parts: "phones[0]" is "phones".
func baseField(f string) string {
	if i := strings.IndexAny(f, "[."); i >= 0 {
		f = f[:i]
	}
	return f
}

// indexed is "field[i]".
func indexed(field string, i int) string { return field + "[" + strconv.Itoa(i) + "]" }

// digest tells findings that rest on one value.
func digest(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// few bounds what is read of a part of a record that people fill with a handful
// of values; what comes after is noise, or meant to keep us busy.
func few[T any](s []T) []T { return s[:min(64, len(s))] }
