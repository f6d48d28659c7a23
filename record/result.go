package record

import "time"

// Assessment is the machine's proposal. The state of a case is a person's.
type Assessment string

// The three assessments.
const (
	Routine    Assessment = "routine"
	VerifyMore Assessment = "verify-more"
	Review     Assessment = "review"
)

// Assessments in the order in which a person should look at them.
var Assessments = [...]Assessment{Review, VerifyMore, Routine}

// ListUse names a list that was consulted and the day it stands for.
type ListUse struct {
	List  string `json:"list"`
	AsOf  Date   `json:"as_of"`
	Stale bool   `json:"stale"`
}

// Subject is an application with what linking found about it: all that the
// checks may look at.
type Subject struct {
	Application *Application
	Links       []Link
	Cluster     string // smallest record name of the operator question; "" when alone
	// Asked is the moment at which it is judged, for what is overdue; zero: the day of
	// receipt. It is part of the question: the same question has the same answer.
	Asked time.Time
}

// Result is what one application came to.
type Result struct {
	Record        string
	Person        string // claimed name, for faces that people read; never logged
	Role          string
	Tier          string
	ReceivedAt    time.Time
	Assessment    Assessment
	Because       []string
	Findings      []Finding // hits and failures
	Clear         []string
	NoData        []string
	NotApplicable []string
	NotInForce    []string
	Assurances    []Assurance
	Chain         []ChainPart
	Cluster       string
	Lists         []ListUse
	Links         []Link      // kept for the picture of a cluster
	Waterfalls    []Waterfall // why the record is shown with others, the weightiest first
}
