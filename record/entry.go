package record

import "time"

// Entry is one line of the audit: who did or read what, when and why. It holds
// ids and salted commitments, never a personal value, so that erasure does not
// break the chain.
type Entry struct {
	Seq    int64     `json:"seq"`
	At     time.Time `json:"at"`
	Tenant string    `json:"tenant"`
	Actor  Actor     `json:"actor"`
	Act    string    `json:"act"`              // noun.verb: "case.read", "decision.approve", "subject.erase"
	Object string    `json:"object"`           // kind/id
	Case   string    `json:"case,omitempty"`   // the case it concerns
	Fields []string  `json:"fields,omitempty"` // names of personal fields that were read or written
	Why    string    `json:"why,omitempty"`    // reason code or ticket, no free text about a person
	Commit string    `json:"commit,omitempty"` // hex HMAC of the payload under the subject's salt
	Done   bool      `json:"done"`             // false: refused
}
