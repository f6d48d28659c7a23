package connect

import (
	"net/http"
	"net/url"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// SmartRecruiters: an event is ids and a link; what it is about is asked for.
var smartrecruiters = ATS{
	Name: "smartrecruiters", Title: "SmartRecruiters", Base: "https://api.smartrecruiters.com",
	Needs:      "an API key (X-SmartToken) with candidates_read, and candidates_write for writing back; a subscription, which this endpoint activates",
	Proven:     "the vendor's signature vector, its published schemas and one documented application",
	EachSecond: 8,
	SignIn:     func(a *Account, h http.Header) { h.Set("X-SmartToken", a.Key) },
	Hint: func(d *Delivery) (Hint, error) {
		t, err := from("smartrecruiters", d.Body)
		if err != nil {
			return Hint{}, err
		}
		h := Hint{Word: d.Header.Get("event-name"), Application: t.first("application_id", "applicationId"), Candidate: t.first("candidate_id", "candidateId")}
		if h.Word == "" {
			return h, record.Invalid("smartrecruiters", "names no event-name in its headers")
		}
		h.Kind = kinds{"application.created": Changed, "application.updated": Changed, "application.status.updated": Changed, "application.fields.updated": Changed,
			"candidate.created": Changed, "candidate.updated": Changed, "candidate.deleted": Removed, "application.deleted": Removed}.of(h.Word)
		return h, nil
	},
	One: func(h Hint) *Ask {
		if h.Candidate == "" {
			return nil
		}
		return get("/candidates/" + segment(h.Candidate))
	},
	List: func(cursor string, since time.Time) *Ask {
		q := url.Values{"limit": {"100"}}
		if cursor != "" {
			q.Set("pageId", cursor)
		}
		if !since.IsZero() {
			q.Set("updatedAfter", since.UTC().Format(time.RFC3339))
		}
		return get("/candidates?" + q.Encode())
	},
	Read: func(body []byte, _ http.Header) (Page, error) {
		var e struct {
			Content *[]struct{} `json:"content"`
			Next    string      `json:"nextPageId"`
		}
		if json.Unmarshal(body, &e) != nil {
			return Page{}, record.Invalid("smartrecruiters", "the answer is not what SmartRecruiters sends")
		}
		if e.Content == nil {
			return Page{Items: whole(body)}, nil
		}
		all, err := items("smartrecruiters", body, "content")
		return Page{Items: all, Next: e.Next}, err
	},
	Record: smartrecruitersShape.record,
	Ident:  func(a *record.Application) (string, string) { _, c := candidateOf(a.ID); return "", c },
	Write: func(acc *Account, to Target, s Status) []Ask {
		if to.Candidate == "" {
			return nil
		}
		if acc.Field != "" {
			return []Ask{send(http.MethodPut, "/candidates/"+segment(to.Candidate)+"/properties/"+segment(acc.Field), map[string]any{"value": string(s.Word)})}
		}
		return []Ask{send(http.MethodPost, "/candidates/"+segment(to.Candidate)+"/tags", map[string]any{"tags": []string{s.Text()}})}
	},
}

var smartrecruitersShape = shape{source: "smartrecruiters", fields: []field{
	{"id", "id:candidate"}, {"createdOn", "received_at"}, {"firstName", "person.name+"}, {"lastName", "person.name+"}, {"email", "emails"},
	{"phoneNumber", "phones"}, {"phone", "phones"}, {"location.city", "person.address.city"}, {"location.postalCode", "person.address.postcode"},
	{"location.countryCode", "person.address.country"}, {"location.country", "person.address.country"}, {"location.addressLine1", "person.address.lines"},
	{"web.linkedIn", "urls"}, {"web.linkedin", "urls"}, {"web.portfolio", "urls"}, {"web.website", "urls"},
	{"experience[].company", "resume.work[].organisation"}, {"experience[].title", "resume.work[].title"}, {"experience[].description", "resume.work[].text"},
	{"experience[].startDate", "resume.work[].start"}, {"experience[].endDate", "resume.work[].end"},
	{"education[].institution", "resume.education[].institution"}, {"education[].degree", "resume.education[].degree"}, {"education[].major", "resume.education[].degree"},
	{"education[].startDate", "resume.education[].start"}, {"education[].endDate", "resume.education[].end"},
	{"primaryAssignment.job.id", "role.id"}, {"primaryAssignment.job.title", "role.title"}, {"source.type", "submitted_by.kind"}, {"sourceDetails.type", "submitted_by.kind"},
	{"answers[].id", "answers[].question"}, {"answers[].answer", "answers[].text"},
}}
