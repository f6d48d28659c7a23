package connect

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// Greenhouse: webhooks, and Harvest v3 (v1 and v2 ended on 2026-08-31). The
// list of candidates brings no applications, so those are asked for too and
// joined by the next hint; ids of both are kept.
var greenhouse = ATS{
	Name: "greenhouse", Title: "Greenhouse", Base: "https://harvest.greenhouse.io",
	Needs:      "Harvest v3 client credentials with harvest:candidates:list, harvest:applications:list, and for writing back harvest:candidates:update or harvest:notes:create; a webhook with a secret key",
	Proven:     "vendor's documented webhooks and v1 objects; v3 answers and writing only against the simulator",
	EachSecond: 5,
	SignIn:     bearer,
	Token: func(a *Account, _ time.Time) *Ask {
		return &Ask{Method: http.MethodPost, Path: "https://auth.greenhouse.io/token", Header: http.Header{"Authorization": {basic(a.Client, a.Key)}, "Content-Type": {"application/x-www-form-urlencoded"}},
			Body: []byte("grant_type=client_credentials")}
	},
	Hint: greenhouseHint,
	One: func(h Hint) *Ask {
		if h.Candidate == "" {
			return nil
		}
		return get("/v3/candidates?ids=" + url.QueryEscape(h.Candidate))
	},
	Also: func(h Hint, _ jsontext.Value) (string, *Ask) {
		if h.Application == "" {
			return "", nil
		}
		return "applications", get("/v3/applications?ids=" + url.QueryEscape(h.Application))
	},
	List: func(cursor string, since time.Time) *Ask {
		if cursor != "" {
			return get(cursor) // the cursor stands alone: no other parameter is taken beside it
		}
		q := "/v3/candidates?per_page=100"
		if !since.IsZero() {
			q += "&updated_at=gte%7C" + url.QueryEscape(since.UTC().Format(time.RFC3339))
		}
		return get(q)
	},
	Read: func(body []byte, h http.Header) (Page, error) {
		all, err := items("greenhouse", body, "")
		return Page{Items: all, Next: nextLink(h)}, err
	},
	Record: byIntake,
	Ident: func(a *record.Application) (string, string) {
		application, candidate := candidateOf(a.ID)
		if candidate == "" {
			candidate = extra(a, "candidate.id")
		}
		return application, candidate
	},
	Write: func(acc *Account, to Target, s Status) []Ask {
		if to.Candidate == "" {
			return nil
		}
		if acc.Field != "" {
			return []Ask{send(http.MethodPatch, "/v3/candidates/"+segment(to.Candidate),
				map[string]any{"custom_fields": []any{map[string]any{"name_key": acc.Field, "value": string(s.Word)}}})}
		}
		return []Ask{send(http.MethodPost, "/v3/notes", map[string]any{"candidate_id": to.Candidate, "body": s.Text(), "visibility": "public"})}
	},
}

var greenhouseKinds = kinds{
	"ping": Ping, "new_candidate_application": Changed, "new_prospect_application": Changed, "update_candidate": Changed, "update_prospect": Changed,
	"update_application": Changed, "candidate_stage_change": Changed, "hire_candidate": Changed, "unhire_candidate": Changed, "reject_candidate": Changed,
	"unreject_candidate": Changed, "reject_prospect": Changed, "unreject_prospect": Changed, "merge_candidate": Merged, "delete_candidate": Removed, "delete_application": Removed,
	"candidate_anonymized": Anonymised, "offer_created": Changed, "offer_updated": Changed, "offer_approved": Changed,
}

// greenhouseHint: the member that holds the object has another name in almost
// every event.
func greenhouseHint(d *Delivery) (Hint, error) {
	t, err := from("greenhouse", d.Body)
	if err != nil {
		return Hint{}, err
	}
	p := t.at("payload")
	h := Hint{Word: t.text("action"), Application: p.first("application.id", "application_id"),
		Candidate: p.first("application.candidate.id", "application.candidate_id", "candidate.id", "candidate_id", "person.id"), Stage: p.text("application.current_stage.name"),
		Fields: p.texts("anonymized_fields"), At: instant(p.first("application.last_activity_at", "candidate.updated_at"))}
	switch h.Kind = greenhouseKinds.of(h.Word); h.Word {
	case "":
		return h, record.Invalid("greenhouse", "names no action")
	case "delete_application":
		h.Application = p.first("id", "application.id", "application_id")
	case "merge_candidate":
		h.Candidate, h.Into = p.text("person.id"), p.text("person.new_candidate_id")
	case "offer_created", "offer_updated", "offer_approved":
		h.Candidate = "" // flat, about an application whose candidate it may not name
		if c := p.text("candidate_id"); c != "" {
			h.Candidate = c
		}
	}
	// A hire comes without the day of the application: asked for, not guessed.
	h.Whole = h.Kind == Changed && (p.has("application.candidate") && p.has("application.applied_at") || p.has("candidate.first_name") && p.has("candidate.created_at"))
	return h, nil
}

// extra is a text kept under a record's extra.
func extra(a *record.Application, path string) string {
	v, err := from("", a.Extra[path])
	if err != nil {
		return ""
	}
	return strings.TrimSpace(v.text(""))
}
