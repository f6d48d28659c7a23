package connect

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Teamtailor: JSON:API. Which bytes of a webhook are signed is not documented
// exactly, so every event is asked for again.
var teamtailor = ATS{
	Name: "teamtailor", Title: "Teamtailor", Base: "https://api.teamtailor.com/v1",
	Needs:      "an API key with read access, and admin write access with the id of the user who writes notes for writing back; a webhook with a signature key",
	Proven:     "the envelope of one documented webhook; candidates only against our own fixtures",
	EachSecond: 4, // 50 in 10 seconds
	SignIn: func(a *Account, h http.Header) {
		h.Set("Authorization", "Token token="+a.Key)
		h.Set("X-Api-Version", "20240404")
	},
	Hint: func(d *Delivery) (Hint, error) {
		t, err := from("teamtailor", d.Body)
		if err != nil {
			return Hint{}, err
		}
		h := Hint{Word: t.text("payload.event_name"), At: instant(t.text("payload.data.attributes.updated-at"))}
		if h.Word == "" {
			return h, record.Invalid("teamtailor", "names no payload.event_name")
		}
		h.Kind = kinds{"candidate.create": Changed, "candidate.update": Changed, "candidate.destroy": Removed,
			"job_application.create": Changed, "job_application.update": Changed, "job_application.destroy": Other}.of(h.Word)
		if strings.HasPrefix(h.Word, "candidate.") {
			h.Candidate = t.text("payload.data.id")
		} else if strings.HasPrefix(h.Word, "job_application.") {
			h.Application, h.Candidate = t.text("payload.data.id"), t.text("payload.data.relationships.candidate.data.id")
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
		if cursor != "" {
			return get(cursor)
		}
		q := "/candidates?page%5Bsize%5D=30&sort=updated-at"
		if !since.IsZero() {
			q += "&filter%5Bupdated-at%5D%5Bfrom%5D=" + url.QueryEscape(since.UTC().Format(time.RFC3339))
		}
		return get(q)
	},
	Read: func(body []byte, _ http.Header) (Page, error) {
		var e struct {
			Links struct {
				Next string `json:"next"`
			} `json:"links"`
		}
		if json.Unmarshal(body, &e) != nil {
			return Page{}, record.Invalid("teamtailor", "the answer is not what Teamtailor sends")
		}
		all, err := items("teamtailor", body, "data")
		return Page{Items: all, Next: e.Links.Next}, err
	},
	Record: teamtailorShape.record,
	Ident:  func(a *record.Application) (string, string) { _, c := candidateOf(a.ID); return "", c },
	Write: func(acc *Account, to Target, s Status) []Ask {
		if to.Candidate == "" || acc.User == "" {
			return nil
		}
		a := send(http.MethodPost, "/notes", map[string]any{"data": map[string]any{"type": "notes", "attributes": map[string]any{"note": s.Text()},
			"relationships": map[string]any{"candidate": map[string]any{"data": map[string]any{"id": to.Candidate, "type": "candidates"}},
				"user": map[string]any{"data": map[string]any{"id": acc.User, "type": "users"}}}}})
		a.Header = http.Header{"Content-Type": {"application/vnd.api+json"}}
		return []Ask{a}
	},
}

var teamtailorShape = shape{source: "teamtailor", roots: []string{"payload.data", "data"}, fields: []field{
	{"id", "id:candidate"}, {"attributes.created-at", "received_at"}, {"attributes.first-name", "person.name+"}, {"attributes.last-name", "person.name+"},
	{"attributes.email", "emails"}, {"attributes.phone", "phones"}, {"attributes.linkedin-url", "urls"}, {"attributes.linkedin-profile", "urls"},
	{"attributes.resume-summary", "resume.text"}, {"attributes.resume", "resume.file"},
}}
