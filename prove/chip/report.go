package chip

import (
	"time"

	"bonafide/record"
)

// State is what came of one part.
type State string

// The four states. Only Failed says that something is wrong.
const (
	OK            State = "ok"
	Failed        State = "failed"
	NotVerifiable State = "not-verifiable" // we lack a list, an algorithm or a file; nothing against the document
	NotDone       State = "not-done"       // was not asked for, or the chip does not offer it
)

// The parts of a report, in their order.
const (
	PartFiles      = "files"                 // the signed file can be read, the others agree with what it announces
	PartSignature  = "signature"             // the document signer's signature over the hashes
	PartHashes     = "hashes"                // every data group is the one that was signed
	PartChain      = "chain"                 // a state's authority in the lists vouches for the signer
	PartRevocation = "revocation"            // the signer was not revoked
	PartValidity   = "validity"              // signer when it signed, authority when it certified, document today
	PartIssuer     = "issuer"                // the zone, the signer and the authority are of one state
	PartActive     = "active-authentication" // the chip itself answered, so it is no copy
	PartChip       = "chip-authentication"   // the same by key agreement
)

// Part is one part of a report; it stands for itself.
type Part struct {
	Name   string `json:"name"`
	State  State  `json:"state"`
	Detail string `json:"detail,omitempty"`
}

// Verdict sums the parts up, without weighing them against each other.
type Verdict string

// The verdicts.
const (
	Authentic   Verdict = "authentic"      // signed by a state in the lists, unchanged, valid
	Expired     Verdict = "expired"        // the same, but a date has passed or does not fit
	Unconfirmed Verdict = "not-verifiable" // nothing is wrong and something is missing
	Refused     Verdict = "refused"        // changed, forged, revoked or broken
)

// Report is what is known of one chip after Verify.
type Report struct {
	Kind       string    `json:"kind"` // EF.SOD, EF.CardSecurity
	Verdict    Verdict   `json:"verdict"`
	Parts      []Part    `json:"parts"`
	At         time.Time `json:"at"`
	SignedAt   time.Time `json:"signed_at,omitzero"` // claimed by the signer
	Country    string    `json:"country,omitempty"`  // of the document signer, alpha-2
	Signer     string    `json:"signer,omitempty"`
	Algorithm  string    `json:"algorithm,omitempty"`
	Authority  string    `json:"authority,omitempty"`
	List       string    `json:"list,omitempty"` // name and day of the list that held the authority
	LDSVersion int       `json:"lds_version"`
	Groups     []int     `json:"groups,omitempty"`  // data groups that were signed
	Checked    []int     `json:"checked,omitempty"` // of these, given and right
	Unwanted   []int     `json:"unwanted,omitempty"`
	// CRLURIs are where the authority says that its revocation lists lie, so that
	// whoever may reach the network can fetch them.
	CRLURIs []string `json:"crl_uris,omitempty"`
	Holder  *Holder  `json:"holder,omitempty"` // only of files whose hashes hold
}

// Part is the state of one part by name, NotDone when there is none.
func (r *Report) Part(name string) State {
	for _, p := range r.Parts {
		if p.Name == name {
			return p.State
		}
	}
	return NotDone
}

func (r *Report) add(name string, s State, detail string) {
	r.Parts = append(r.Parts, Part{name, s, detail})
}

// conclude sets the verdict from the parts.
func (r *Report) conclude() {
	r.Verdict = Authentic
	for _, p := range r.Parts {
		switch {
		case p.State == Failed && p.Name != PartValidity:
			r.Verdict = Refused
			return
		case p.State == Failed && r.Verdict != Unconfirmed:
			r.Verdict = Expired
		case p.State != OK && (p.Name == PartSignature || p.Name == PartHashes || p.Name == PartChain):
			r.Verdict = Unconfirmed
		}
	}
}

// Assurance is what an authentic chip proves: that a state issued a document
// with this zone, unchanged. ok is false for every other verdict, and when the
// zone itself (DG1) was not given. When the chip itself answered it is no
// copy; that it is in the hands of its holder is proved by neither.
func (r *Report) Assurance() (a record.Assurance, ok bool) {
	if r.Verdict != Authentic || r.Holder == nil {
		return a, false
	}
	a = record.Assurance{
		ID: "chip-passive", Link: record.LinkDocument, Method: "chip", AsOf: record.Date(day(r.At)), At: r.At,
		Issuer: r.Country, TrustList: r.List,
		Clears: []string{"doc-format-by-issuer", "doc-image-only", "doc-mrz-check-digits"},
		Breaks: []string{"chip-lent", "chip-files-copied", "chip-list-stale"},
	}
	if r.Part(PartActive) == OK || r.Part(PartChip) == OK {
		a.ID = "chip-active"
		a.Breaks = []string{"chip-lent", "chip-relayed", "chip-list-stale"}
	}
	return a, true
}
