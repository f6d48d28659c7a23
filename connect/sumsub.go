package connect

import "bonafide/record"

// readSumsub reads the webhooks applicantCreated, -Pending, -Reviewed,
// -OnHold, -Reset and -Deleted. They hold no personal data; RED with RETRY asks
// the candidate again and is no failure.
func readSumsub(body []byte) ([]IdentityResult, error) {
	var w struct {
		Applicant   string `json:"applicantId"`
		Inspection  string `json:"inspectionId"`
		External    loose  `json:"externalUserId"`
		Type        string `json:"type"`
		Sandbox     truth  `json:"sandboxMode"`
		Status      loose  `json:"reviewStatus"`
		CreatedAtMs loose  `json:"createdAtMs"`
		Review      struct {
			Answer     loose   `json:"reviewAnswer"`
			RejectType loose   `json:"reviewRejectType"`
			Labels     []loose `json:"rejectLabels"`
		} `json:"reviewResult"`
	}
	if err := lenient("sumsub", body, &w); err != nil {
		return nil, err
	}
	if w.Type == "" {
		return nil, record.Invalid("sumsub", "has no type")
	}
	r := IdentityResult{
		ID: w.Applicant, Subject: string(w.External), Kind: "session", Sandbox: bool(w.Sandbox),
		CheckedAt: instant(string(w.CreatedAtMs)), Refetch: true,
	}
	switch {
	case w.Type == "applicantDeleted" || w.Type == "applicantPersonalInfoChanged":
		r.Outcome = Cancelled
		if w.Type != "applicantDeleted" {
			r.Outcome = Inconclusive
		}
	case w.Review.Answer == "GREEN":
		r.Outcome = Passed
	case w.Review.Answer == "RED" && w.Review.RejectType == "FINAL":
		r.Outcome = Failed
	case w.Review.Answer == "RED":
		r.Outcome = Inconclusive
	case w.Review.Answer != "":
		r.outcome(nil, string(w.Review.Answer))
	default:
		r.outcome(map[string]Outcome{"init": Running, "pending": Running, "prechecked": Running, "queued": Running, "onhold": NeedsReview, "completed": Inconclusive}, string(w.Status))
	}
	for _, l := range w.Review.Labels {
		r.Reasons = append(r.Reasons, Reason{Code: string(l)})
	}
	return []IdentityResult{r}, nil
}
