package connect

import (
	"net/http"
	"net/url"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Workable: a hire and a rejection arrive as a move; the body is the state when
// it was sent, so a late one is asked for again.
var workable = ATS{
	Name: "workable", Title: "Workable", Base: "https://{company}.workable.com/spi/v3",
	Needs:      "an access token with r_candidates, and w_candidates for writing back, with the id of the member who comments; a subscription to candidate events",
	Proven:     "a sample made from the documented shape",
	EachSecond: 1, // 10 in 10 seconds
	SignIn:     bearer,
	Hint: func(d *Delivery) (Hint, error) {
		t, err := from("workable", d.Body)
		if err != nil {
			return Hint{}, err
		}
		h := Hint{Word: t.text("event_type"), Application: t.text("data.id"), Stage: t.text("data.stage"), At: instant(t.first("fired_at", "data.updated_at"))}
		if h.Word == "" {
			return h, record.Invalid("workable", "names no event_type")
		}
		h.Kind = kinds{"candidate_created": Changed, "candidate_moved": Changed, "candidate_updated": Changed, "candidate_deleted": Removed}.of(h.Word)
		h.Whole = h.Kind == Changed && t.has("data.name")
		return h, nil
	},
	One: func(h Hint) *Ask {
		if h.Application == "" {
			return nil
		}
		return get("/candidates/" + segment(h.Application))
	},
	List: func(cursor string, since time.Time) *Ask {
		if cursor != "" {
			return get(cursor)
		}
		q := "/candidates?limit=100"
		if !since.IsZero() {
			q += "&updated_after=" + url.QueryEscape(since.UTC().Format(time.RFC3339))
		}
		return get(q)
	},
	Read: func(body []byte, _ http.Header) (Page, error) {
		var e struct {
			One    *struct{} `json:"candidate"`
			Paging struct {
				Next string `json:"next"`
			} `json:"paging"`
		}
		if json.Unmarshal(body, &e) != nil {
			return Page{}, record.Invalid("workable", "the answer is not what Workable sends")
		}
		name := "candidates"
		if e.One != nil {
			name = "candidate"
		}
		all, err := items("workable", body, name)
		return Page{Items: all, Next: e.Paging.Next}, err
	},
	Record: workableShape.record,
	Ident:  func(a *record.Application) (string, string) { return a.ID, a.ID }, // a candidate is of one job here
	Write: func(acc *Account, to Target, s Status) []Ask {
		if to.Application == "" || acc.User == "" {
			return nil
		}
		return []Ask{send(http.MethodPost, "/candidates/"+segment(to.Application)+"/comments", map[string]any{"member_id": acc.User, "comment": map[string]any{"body": s.Text()}})}
	},
}

var workableShape = shape{source: "workable", roots: []string{"data", "candidate"}, fields: []field{
	{"id", "id"}, {"created_at", "received_at"}, {"name", "person.name"}, {"email", "emails"}, {"phone", "phones"},
	{"job.shortcode", "role.id"}, {"job.title", "role.title"},
	{"address", "person.address.lines"}, {"location.city", "person.address.city"}, {"location.zip_code", "person.address.postcode"}, {"location.country_code", "person.address.country"},
	{"experience_entries[].company", "resume.work[].organisation"}, {"experience_entries[].title", "resume.work[].title"}, {"experience_entries[].summary", "resume.work[].text"},
	{"experience_entries[].start_date", "resume.work[].start"}, {"experience_entries[].end_date", "resume.work[].end"},
	{"education_entries[].school", "resume.education[].institution"}, {"education_entries[].degree", "resume.education[].degree"}, {"education_entries[].field_of_study", "resume.education[].degree"},
	{"education_entries[].start_date", "resume.education[].start"}, {"education_entries[].end_date", "resume.education[].end"},
	{"skills[].name", "resume.skills"}, {"summary", "resume.text"}, {"social_profiles[].url", "urls"},
	{"answers[].question.body", "answers[].question"}, {"answers[].answer.body", "answers[].text"},
}}
