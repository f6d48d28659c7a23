package record

import "time"

// CaseState is where a case stands. Assessments are proposed by the machine
// and give the first three; the rest are people's.
type CaseState string

// The states of a case. There is no verdict on a person among them: what is
// established is a misrepresentation, by two named people, with reasons.
const (
	CaseRoutine           CaseState = "routine"
	CaseVerifyMore        CaseState = "verify-more"
	CaseReview            CaseState = "review"
	CaseCleared           CaseState = "cleared"
	CaseMisrepresentation CaseState = "misrepresentation established"
	CaseNotVerified       CaseState = "not verified"
	CaseWithdrawn         CaseState = "withdrawn"
)

// CaseStates in the order in which they are shown.
var CaseStates = [...]CaseState{
	CaseReview, CaseVerifyMore, CaseRoutine, CaseCleared, CaseNotVerified, CaseMisrepresentation, CaseWithdrawn,
}

// Move is one allowed change of state.
type Move struct {
	From, To CaseState
	// Who may start it: the machine's proposal, the candidate, or staff.
	Machine, Candidate, Staff bool
	// Adverse for the person: reasons are required.
	Adverse bool
	// Two different people: one proposes, another approves what was shown.
	Two bool
	// Appeal: both people must differ from those of the decision appealed.
	Appeal bool
}

// Moves is the whole machine; what is not in it does not happen.
var Moves = []Move{
	{From: CaseRoutine, To: CaseVerifyMore, Machine: true, Staff: true},
	{From: CaseRoutine, To: CaseReview, Machine: true, Staff: true},
	{From: CaseRoutine, To: CaseWithdrawn, Candidate: true, Staff: true},
	{From: CaseVerifyMore, To: CaseRoutine, Machine: true},
	{From: CaseVerifyMore, To: CaseReview, Machine: true, Staff: true},
	{From: CaseVerifyMore, To: CaseCleared, Staff: true},
	{From: CaseVerifyMore, To: CaseNotVerified, Staff: true, Adverse: true, Two: true},
	{From: CaseVerifyMore, To: CaseWithdrawn, Candidate: true, Staff: true},
	{From: CaseReview, To: CaseVerifyMore, Staff: true},
	{From: CaseReview, To: CaseCleared, Staff: true, Two: true},
	{From: CaseReview, To: CaseNotVerified, Staff: true, Adverse: true, Two: true},
	{From: CaseReview, To: CaseMisrepresentation, Staff: true, Adverse: true, Two: true},
	{From: CaseReview, To: CaseWithdrawn, Candidate: true, Staff: true},
	{From: CaseCleared, To: CaseReview, Machine: true, Staff: true},
	{From: CaseNotVerified, To: CaseCleared, Staff: true, Two: true, Appeal: true},
	{From: CaseNotVerified, To: CaseVerifyMore, Staff: true, Appeal: true},
	{From: CaseMisrepresentation, To: CaseCleared, Staff: true, Two: true, Appeal: true},
	{From: CaseMisrepresentation, To: CaseReview, Staff: true, Appeal: true},
	{From: CaseWithdrawn, To: CaseVerifyMore, Candidate: true, Staff: true},
}

// FindMove is the move from one state to another, and whether there is one.
func FindMove(from, to CaseState) (Move, bool) {
	for _, m := range Moves {
		if m.From == from && m.To == to {
			return m, true
		}
	}
	return Move{}, false
}

// Case is what people work on: one application's assessment, and what came of it.
type Case struct {
	ID         string     `json:"id"`      // random, never a count
	Subject    string     `json:"subject"` // id of the subject; SOURCE/ID is personal and stays sealed
	State      CaseState  `json:"state"`
	Assessment Assessment `json:"assessment"` // the machine's, of the newest screening
	Stage      string     `json:"stage,omitempty"`
	Tier       string     `json:"tier,omitempty"`
	Role       string     `json:"role,omitempty"`
	Cluster    string     `json:"cluster,omitempty"`
	Assignee   string     `json:"assignee,omitempty"`
	ClaimUntil time.Time  `json:"claim_until,omitzero"`
	Due        time.Time  `json:"due,omitzero"`
	Opened     time.Time  `json:"opened"`
	Changed    time.Time  `json:"changed"`
	Version    int64      `json:"version"` // raised by every change; the ETag
	Hold       bool       `json:"hold,omitempty"`
}

// DecisionState is how far a decision has come.
type DecisionState string

// The states of a decision.
const (
	DecisionProposed  DecisionState = "proposed"
	DecisionApproved  DecisionState = "approved"
	DecisionDeclined  DecisionState = "declined"
	DecisionVoided    DecisionState = "voided" // the case changed under it
	DecisionWithdrawn DecisionState = "withdrawn"
)

// Decision is a named human's, with reasons. Where two people are needed the
// second approves exactly what the first was shown: Seen is its digest.
type Decision struct {
	ID        string        `json:"id"`
	Case      string        `json:"case"`
	From      CaseState     `json:"from"`
	To        CaseState     `json:"to"`
	State     DecisionState `json:"state"`
	Reasons   string        `json:"reasons"`
	Findings  []string      `json:"findings,omitempty"` // check ids the reasons rest on
	Seen      string        `json:"seen"`               // hex SHA-256 of case version, findings and text shown
	Proposer  string        `json:"proposer"`
	Approver  string        `json:"approver,omitempty"`
	Proposed  time.Time     `json:"proposed"`
	Decided   time.Time     `json:"decided,omitzero"`
	AppealsTo string        `json:"appeals_to,omitempty"` // id of the decision appealed
}
