package connect

import (
	"sort"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// readOnfido reads a webhook, which only says what to fetch, or a report. A
// report's "consider" asks for a person's look; only its sub-result "rejected"
// or "suspected" of a document is the vendor's failure, and "caution" is not.
func readOnfido(body []byte) ([]IdentityResult, error) {
	var w struct {
		Payload *struct {
			Type   string `json:"resource_type"`
			Action string `json:"action"`
			Object struct {
				ID        string `json:"id"`
				Status    loose  `json:"status"`
				Completed loose  `json:"completed_at_iso8601"`
			} `json:"object"`
			Resource struct {
				Applicant loose `json:"applicant_id"`
				Customer  loose `json:"customer_user_id"`
			} `json:"resource"`
		} `json:"payload"`
		ID        string         `json:"id"`
		Name      string         `json:"name"`
		Created   loose          `json:"created_at"`
		Status    loose          `json:"status"`
		Result    loose          `json:"result"`
		Sub       loose          `json:"sub_result"`
		Check     loose          `json:"check_id"`
		Breakdown jsontext.Value `json:"breakdown"`
		// a workflow run
		Workflow loose   `json:"workflow_id"`
		Customer loose   `json:"customer_user_id"`
		Reasons  []loose `json:"reasons"`
	}
	if err := lenient("onfido", body, &w); err != nil {
		return nil, err
	}
	if p := w.Payload; p != nil {
		return []IdentityResult{{
			ID: p.Object.ID, Subject: string(p.Resource.Customer), Kind: "session", Outcome: Running,
			CheckedAt: instant(string(p.Object.Completed)), Refetch: true,
		}}, nil
	}
	if w.Workflow != "" {
		r := IdentityResult{ID: w.ID, Subject: string(w.Customer), Kind: "session", CheckedAt: instant(string(w.Created))}
		r.outcome(map[string]Outcome{
			"processing": Running, "awaiting_input": Running, "awaiting_client_input": Running, "approved": Passed, "declined": Failed,
			"review": NeedsReview, "abandoned": Expired, "error": Inconclusive,
		}, string(w.Status))
		for _, x := range w.Reasons {
			r.Reasons = append(r.Reasons, Reason{Code: string(x)})
		}
		return []IdentityResult{r}, nil
	}
	if w.Name == "" {
		return nil, record.Invalid("onfido", "is neither a webhook, a report nor a workflow run")
	}
	r := IdentityResult{ID: w.ID, Kind: onfidoKind(w.Name), CheckedAt: instant(string(w.Created))}
	switch {
	case w.Status != "" && w.Status != "complete":
		r.outcome(map[string]Outcome{"awaiting_data": Running, "awaiting_approval": Running, "withdrawn": Cancelled, "cancelled": Cancelled, "paused": Running, "reopened": Running}, string(w.Status))
	case w.Result == "clear":
		r.Outcome = Passed
	case w.Result == "consider" && (w.Sub == "rejected" || w.Sub == "caution"):
		r.Outcome = Inconclusive // another picture is asked for
	case w.Result == "consider":
		r.Outcome = NeedsReview
	case w.Result == "unidentified":
		r.Outcome = Inconclusive
	default:
		r.outcome(nil, string(w.Result))
	}
	if w.Result == "consider" {
		r.Reasons = considered("", w.Breakdown, 0)
	}
	return []IdentityResult{r}, nil
}

func onfidoKind(name string) string {
	switch {
	case strings.HasPrefix(name, "document"):
		return "document"
	case strings.HasPrefix(name, "facial_similarity"):
		return "selfie"
	case name == "device_intelligence":
		return "device"
	case name == "known_faces":
		return "known-faces"
	case strings.HasPrefix(name, "watchlist"):
		return "watchlist"
	}
	return strings.ReplaceAll(name, "_", "-")
}

// considered are the leaves of a breakdown that were not clear, by path.
func considered(path string, v jsontext.Value, depth int) []Reason {
	var tree map[string]struct {
		Result    loose          `json:"result"`
		Breakdown jsontext.Value `json:"breakdown"`
	}
	if depth > 4 || len(v) == 0 || json.Unmarshal(v, &tree) != nil {
		return nil
	}
	var all []Reason
	for name, part := range tree {
		at := strings.TrimPrefix(path+"."+name, ".")
		if inner := considered(at, part.Breakdown, depth+1); len(inner) > 0 {
			all = append(all, inner...)
		} else if part.Result == "consider" || part.Result == "unidentified" {
			all = append(all, Reason{Code: clip(at)})
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Code < all[j].Code })
	return all
}
