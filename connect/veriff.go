package connect

import (
	"strconv"
	"strings"

	"bonafide/record"
)

// veriffCodes of a decision: 9103 asks for another try, 9104 ran out of time.
var veriffCodes = map[string]Outcome{
	"9001": Passed, "9102": Failed, "9103": Inconclusive, "9104": Expired, "9121": NeedsReview,
	"7001": Running, "7002": Running, "7007": Running, "7008": Running,
}

// readVeriff reads the decision and event webhooks. An approved decision can
// carry risk labels: they are signals, and do not turn a pass into a failure.
func readVeriff(body []byte) ([]IdentityResult, error) {
	var w struct {
		// events
		ID     loose `json:"id"`
		Code   int   `json:"code"`
		Vendor loose `json:"vendorData"`
		// decisions
		Verification *struct {
			ID           string `json:"id"`
			Code         int    `json:"code"`
			Vendor       loose  `json:"vendorData"`
			Reason       loose  `json:"reason"`
			ReasonCode   int    `json:"reasonCode"`
			DecisionTime loose  `json:"decisionTime"`
			Person       struct {
				First loose `json:"firstName"`
				Last  loose `json:"lastName"`
				Birth loose `json:"dateOfBirth"`
			} `json:"person"`
			Document struct {
				Type   loose `json:"type"`
				Number loose `json:"number"`
				From   loose `json:"validFrom"`
				Until  loose `json:"validUntil"`
			} `json:"document"`
			Labels []struct {
				Label    loose `json:"label"`
				Category loose `json:"category"`
			} `json:"riskLabels"`
		} `json:"verification"`
		Technical struct {
			IP loose `json:"ip"`
		} `json:"technicalData"`
	}
	if err := lenient("veriff", body, &w); err != nil {
		return nil, err
	}
	if w.Verification == nil {
		if w.Code == 0 {
			return nil, record.Invalid("veriff", "is neither a decision nor an event")
		}
		r := IdentityResult{ID: string(w.ID), Subject: string(w.Vendor), Kind: "session", Refetch: true}
		r.outcome(veriffCodes, strconv.Itoa(w.Code))
		return []IdentityResult{r}, nil
	}
	v := w.Verification
	r := IdentityResult{ID: v.ID, Subject: string(v.Vendor), Kind: "document", CheckedAt: instant(string(v.DecisionTime)), IP: string(w.Technical.IP)}
	r.outcome(veriffCodes, strconv.Itoa(v.Code))
	if v.ReasonCode != 0 {
		r.Reasons = []Reason{{Code: strconv.Itoa(v.ReasonCode), Text: string(v.Reason)}}
	}
	for _, l := range v.Labels {
		r.Signals = append(r.Signals, Reason{Code: string(l.Label), Text: string(l.Category)})
	}
	r.Document = record.Document{
		Kind: documentKind(string(v.Document.Type)), Number: string(v.Document.Number), Method: "vendor",
		Name:      strings.TrimSpace(string(v.Person.First) + " " + string(v.Person.Last)),
		BirthDate: record.Date(v.Person.Birth), Issued: record.Date(v.Document.From), Expires: record.Date(v.Document.Until),
	}
	return []IdentityResult{r}, nil
}

// documentKind turns the vendors' words into the record's.
func documentKind(s string) string {
	switch s = strings.ToLower(strings.ReplaceAll(s, "-", "_")); s {
	case "passport":
		return "passport"
	case "id_card", "identity_card", "national_identity_card", "government_id":
		return "id-card"
	case "drivers_license", "driving_licence", "driving_license", "driver_license":
		return "driving-licence"
	case "residence_permit", "residence_card", "permanent_resident_card":
		return "residence-permit"
	}
	return strings.ReplaceAll(s, "_", "-")
}
