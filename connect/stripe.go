package connect

import (
	"fmt"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// stripeVendor: docs.stripe.com/api/identity. The session alone is asked for: its
// report names the files of pictures and what stands on a document.
var stripeVendor = Vendor{
	Name: "stripe", Title: "Stripe Identity", Base: "https://api.stripe.com/v1",
	Needs:      "a restricted key that may read Identity verification sessions and nothing else",
	Proven:     atSimulator,
	EachSecond: 10,
	SignIn:     bearer,
	first:      "/identity/verification_sessions?limit=1",
}

// readStripe reads an event, a verification session or a report of Stripe
// Identity. "requires_input" lets the candidate try again and is no failure. An
// event says how the session was then, and events come in no order.
func readStripe(body []byte) ([]IdentityResult, error) { return stripeObject(body, false) }

func stripeObject(body []byte, inEvent bool) ([]IdentityResult, error) {
	var w struct {
		Object    string `json:"object"`
		Type      loose  `json:"type"`
		ID        string `json:"id"`
		Created   int64  `json:"created"`
		Live      *bool  `json:"livemode"`
		Status    loose  `json:"status"`
		Reference loose  `json:"client_reference_id"`
		LastError struct {
			Code   loose `json:"code"`
			Reason loose `json:"reason"`
		} `json:"last_error"`
		Data struct {
			Object jsontext.Value `json:"object"`
		} `json:"data"`
		Document *struct {
			Status loose `json:"status"`
			Type   loose `json:"type"`
			First  loose `json:"first_name"`
			Last   loose `json:"last_name"`
			Error  struct {
				Code loose `json:"code"`
			} `json:"error"`
			Expires stripeDay `json:"expiration_date"`
			Issued  stripeDay `json:"issued_date"`
		} `json:"document"`
		Selfie *struct {
			Status loose `json:"status"`
			Error  struct {
				Code loose `json:"code"`
			} `json:"error"`
		} `json:"selfie"`
		Session loose `json:"verification_session"`
	}
	if err := lenient("stripe", body, &w); err != nil {
		return nil, err
	}
	var at time.Time
	if w.Created > 0 && w.Created < 1<<40 {
		at = time.Unix(w.Created, 0).UTC()
	}
	sandbox := w.Live != nil && !*w.Live
	switch w.Object {
	case "event":
		if inEvent || !strings.HasPrefix(string(w.Type), "identity.") {
			return nil, record.Invalid("stripe", "is no event of Stripe Identity")
		}
		all, err := stripeObject(w.Data.Object, true)
		for i := range all {
			all[i].Refetch = true
			if !at.IsZero() {
				all[i].CheckedAt = at // the session itself says only when it began
			}
		}
		return all, err
	case "identity.verification_session":
		r := IdentityResult{ID: w.ID, Subject: string(w.Reference), Kind: "session", CheckedAt: at, Sandbox: sandbox, path: below("/identity/verification_sessions/", w.ID)}
		r.outcome(map[string]Outcome{"requires_input": Inconclusive, "processing": Running, "verified": Passed, "canceled": Cancelled}, string(w.Status))
		if w.LastError.Code != "" {
			r.Reasons = []Reason{{Code: string(w.LastError.Code), Text: string(w.LastError.Reason)}}
		}
		return []IdentityResult{r}, nil
	case "identity.verification_report":
		words := map[string]Outcome{"verified": Passed, "unverified": Inconclusive}
		var all []IdentityResult
		if d := w.Document; d != nil {
			r := IdentityResult{ID: w.ID + "/document", Subject: string(w.Reference), Kind: "document", CheckedAt: at, Sandbox: sandbox}
			r.outcome(words, string(d.Status))
			if d.Error.Code != "" {
				r.Reasons = []Reason{{Code: string(d.Error.Code)}}
			}
			r.Document = record.Document{
				Kind: documentKind(string(d.Type)), Name: strings.TrimSpace(string(d.First) + " " + string(d.Last)),
				Issued: d.Issued.date(), Expires: d.Expires.date(), Method: "vendor",
			}
			all = append(all, r)
		}
		if s := w.Selfie; s != nil {
			r := IdentityResult{ID: w.ID + "/selfie", Subject: string(w.Reference), Kind: "selfie", CheckedAt: at, Sandbox: sandbox}
			r.outcome(words, string(s.Status))
			if s.Error.Code != "" {
				r.Reasons = []Reason{{Code: string(s.Error.Code)}}
			}
			all = append(all, r)
		}
		return all, nil
	}
	return nil, record.Invalid("stripe", "is no session or report of Stripe Identity")
}

type stripeDay struct {
	Day   int `json:"day"`
	Month int `json:"month"`
	Year  int `json:"year"`
}

func (d stripeDay) date() record.Date {
	if d.Year < 1 || d.Year > 9999 || d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > 31 {
		return ""
	}
	return record.Date(fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day))
}
