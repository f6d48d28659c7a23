package connect

import (
	"slices"

	"bonafide/record"
)

// Word is what is written back to a system where people are hired: how far the
// verification is, never what was found. Systems reject by rule on anything
// they are given, so they are given nothing to reject on.
type Word string

// The words.
const (
	NotStarted Word = "not started"
	InProgress Word = "in progress"
	MoreAsked  Word = "more asked"
	Finished   Word = "finished"
)

var words = []Word{NotStarted, InProgress, MoreAsked, Finished}

// Status is what is to be written.
type Status struct {
	Word Word
	Link string // to the case, for those who may open it; may be empty
	// Decided is a person's decision for a provider that has a slot for one. It
	// is written only when a named person wants it there.
	Decided *Decided
}

// Decided is a decision as it leaves the house.
type Decided struct {
	Adverse bool
	Unsure  bool
	By      string // ids of staff
	Second  string // another person; needed where it is adverse
}

// Target is whose status it is, by the provider's ids.
type Target struct{ Application, Candidate string }

// Text is the sentence of a note; the record there can be shown to the candidate.
func (s Status) Text() string {
	text := "Identity verification: " + string(s.Word)
	if s.Link != "" {
		text += " (" + s.Link + ")"
	}
	return text
}

// Preview is what would be sent, in order, without sending it. It refuses words
// of its own making, and an adverse decision that two people did not sign.
func Preview(system string, acc *Account, to Target, s Status) ([]Ask, error) {
	p, ok := FindSystem(system)
	if !ok {
		return nil, &record.Error{Code: record.CodeNotFound, Message: "no such applicant tracking system; `bonafide connect list` names them"}
	}
	switch {
	case !slices.Contains(words, s.Word):
		return nil, record.Invalid("status", "is none of: not started, in progress, more asked, finished")
	case to.Application == "" && to.Candidate == "":
		return nil, record.Invalid("target", "names neither an application nor a candidate")
	case p.Write == nil:
		return nil, refused(p.Title + " offers nowhere to write; the status is shown here only")
	}
	if d := s.Decided; d != nil {
		switch {
		case d.By == "":
			return nil, refused("a decision is a named person's")
		case d.Adverse && (d.Second == "" || d.Second == d.By):
			return nil, refused("an adverse decision leaves the house when two people signed it")
		case s.Word != Finished:
			return nil, refused("a decision is written when the verification is finished")
		}
	}
	asks := p.Write(acc, to, s)
	if len(asks) == 0 {
		return nil, refused(p.Title + " needs an id that this record does not have, or a field that the account does not name")
	}
	return asks, nil
}
