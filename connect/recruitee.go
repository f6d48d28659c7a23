package connect

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Recruitee (Tellent): pages by offset, so that a page that comes back full is
// followed by another.
var recruitee = ATS{
	Name: "recruitee", Title: "Recruitee", Base: "https://api.recruitee.com/c/{company}",
	Needs:      "a personal API token of an account that sees candidates and may write notes; a webhook with a secret",
	Proven:     "the vendor's test request and a sample made from the documented shape",
	EachSecond: 4,
	SignIn:     bearer,
	Hint: func(d *Delivery) (Hint, error) {
		t, err := from("recruitee", d.Body)
		if err != nil {
			return Hint{}, err
		}
		if t.text("test") == "true" {
			return Hint{Kind: Ping, Word: "test"}, nil
		}
		h := Hint{Word: t.text("event_type"), Candidate: t.text("payload.candidate.id"), Stage: t.text("payload.details.to_stage.name"), At: instant(t.text("created_at"))}
		if h.Word == "" {
			return h, record.Invalid("recruitee", "names no event_type")
		}
		h.Kind = kinds{"new_candidate": Changed, "candidate_created": Changed, "candidate_moved": Changed, "candidate_assigned": Changed, "candidate_updated": Changed,
			"candidate_deleted": Removed, "candidate_merged": Merged}.of(h.Word)
		if h.Kind == Merged {
			h.Into = t.first("payload.details.merged_into.id", "payload.details.into.id")
		}
		return h, nil
	},
	One: func(h Hint) *Ask {
		if h.Candidate == "" {
			return nil
		}
		return get("/candidates/" + segment(h.Candidate))
	},
	List: func(cursor string, since time.Time) *Ask {
		q := url.Values{"limit": {strconv.Itoa(recruiteePage)}, "sort": {"by_date"}}
		if cursor != "" {
			q.Set("offset", cursor)
		}
		if !since.IsZero() {
			q.Set("created_after", since.UTC().Format(time.RFC3339))
		}
		return get("/candidates?" + q.Encode())
	},
	Read: func(body []byte, _ http.Header) (Page, error) {
		var e struct {
			One  *struct{} `json:"candidate"`
			Meta struct {
				Offset int `json:"offset"`
			} `json:"meta"`
		}
		if json.Unmarshal(body, &e) != nil {
			return Page{}, record.Invalid("recruitee", "the answer is not what Recruitee sends")
		}
		if e.One != nil {
			all, err := items("recruitee", body, "candidate")
			return Page{Items: all}, err
		}
		all, err := items("recruitee", body, "candidates")
		p := Page{Items: all}
		if len(all) == recruiteePage {
			p.Next = strconv.Itoa(e.Meta.Offset + len(all))
		}
		return p, err
	},
	Record: recruiteeShape.record,
	Ident:  func(a *record.Application) (string, string) { _, c := candidateOf(a.ID); return "", c },
	Write: func(acc *Account, to Target, s Status) []Ask {
		if to.Candidate == "" {
			return nil
		}
		return []Ask{send(http.MethodPost, "/candidates/"+segment(to.Candidate)+"/notes", map[string]any{"note": map[string]any{"body": s.Text()}})}
	},
}

const recruiteePage = 100

var recruiteeShape = shape{source: "recruitee", roots: []string{"payload.candidate", "candidate"}, fields: []field{
	{"id", "id:candidate"}, {"created_at", "received_at"}, {"name", "person.name"}, {"emails[]", "emails"}, {"phones[]", "phones"},
	{"social_links[]", "urls"}, {"links[]", "urls"}, {"cv_original_url", "resume.file"}, {"cover_letter", "answers"}, {"source", "submitted_by.kind"},
}}

// whole is a body that is the one item itself.
func whole(body []byte) []jsonValue { return []jsonValue{jsonValue(body)} }
