package connect

import (
	"cmp"
	"net/http"
	"sort"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// onfidoVendor: documentation.onfido.com, API v3.6. A token of a region is taken
// in that region alone. A check keeps its reports apart; a workflow run does not.
var onfidoVendor = Vendor{
	Name: "onfido", Title: "Onfido", Base: "https://api.{company}.onfido.com/v3.6",
	Needs:      "an API token of the region (company: eu, us or ca; key: the token); workflow runs, checks and reports are read with it, but Onfido has no token that may do less than all",
	Proven:     atSimulator,
	regions:    []string{"eu", "us", "ca"},
	EachSecond: 4, // 400 a minute are allowed
	SignIn:     func(a *Account, h http.Header) { h.Set("Authorization", "Token token="+a.Key) },
	first:      "/workflow_runs?page=1",
	parts: func(body []byte) (paths []string) {
		var w struct {
			Reports []string `json:"report_ids"`
		}
		_ = json.Unmarshal(body, &w) // it was read as a whole before
		for _, id := range w.Reports {
			paths = append(paths, below("/reports/", id))
		}
		return paths
	},
}

// onfidoPaths are where the answer stands to a webhook about these.
var onfidoPaths = map[string]string{"workflow_run": "/workflow_runs/", "workflow_task": "/workflow_runs/", "check": "/checks/", "report": "/reports/"}

// readOnfido reads a webhook, which only says what to fetch, or what was fetched:
// a workflow run, a check or a report. "consider" asks for a person's look; a
// report's sub-result "rejected" or "caution" asks for another picture.
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
				Run       loose `json:"workflow_run_id"`
			} `json:"resource"`
		} `json:"payload"`
		ID        string         `json:"id"`
		Name      string         `json:"name"`
		Created   loose          `json:"created_at"`
		Updated   loose          `json:"updated_at"`
		Status    loose          `json:"status"`
		Result    loose          `json:"result"`
		Sub       loose          `json:"sub_result"`
		Check     loose          `json:"check_id"`
		Breakdown jsontext.Value `json:"breakdown"`
		// a workflow run
		Workflow loose   `json:"workflow_id"`
		Customer loose   `json:"customer_user_id"`
		Reasons  []loose `json:"reasons"`
		// a check
		Reports []loose `json:"report_ids"`
	}
	if err := lenient("onfido", body, &w); err != nil {
		return nil, err
	}
	if p := w.Payload; p != nil {
		id := p.Object.ID
		if p.Type == "workflow_task" && p.Resource.Run != "" {
			id = string(p.Resource.Run) // a task has no result; its run has
		}
		return []IdentityResult{{
			ID: id, Subject: string(p.Resource.Customer), Kind: "session", Outcome: Running,
			CheckedAt: instant(string(p.Object.Completed)), Refetch: true, path: below(onfidoPaths[p.Type], id),
		}}, nil
	}
	if w.Workflow != "" {
		r := IdentityResult{ID: w.ID, Subject: string(w.Customer), Kind: "session", CheckedAt: instant(string(cmp.Or(w.Updated, w.Created)))}
		r.outcome(map[string]Outcome{
			"processing": Running, "awaiting_input": Running, "awaiting_client_input": Running, "approved": Passed, "declined": Failed,
			"review": NeedsReview, "abandoned": Expired, "error": Inconclusive,
		}, string(w.Status))
		for _, x := range w.Reasons {
			r.Reasons = append(r.Reasons, Reason{Code: string(x)})
		}
		return []IdentityResult{r}, nil
	}
	r := IdentityResult{ID: w.ID, Kind: onfidoKind(w.Name), CheckedAt: instant(string(w.Created))}
	switch {
	case w.Name == "" && w.Reports == nil:
		return nil, record.Invalid("onfido", "is neither a webhook, a workflow run, a check nor a report")
	case w.Name == "":
		r.Kind = "session"
	}
	switch {
	case w.Status != "" && w.Status != "complete":
		r.outcome(map[string]Outcome{"in_progress": Running, "awaiting_applicant": Running, "awaiting_data": Running, "awaiting_approval": Running, "withdrawn": Cancelled, "cancelled": Cancelled, "paused": Running, "reopened": Running}, string(w.Status))
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
