package connect

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// BambooHR: its webhooks are about employees and name only which fields
// changed; applications are listed.
var bamboohr = ATS{
	Name: "bamboohr", Title: "BambooHR", Base: "https://{company}.bamboohr.com/api/v1",
	Needs:      "an API key of a user with access to hiring; for changes after the hire a webhook with the monitored fields",
	Proven:     "the vendor's documented webhook; applications only against our own fixtures",
	EachSecond: 4,
	SignIn:     func(a *Account, h http.Header) { h.Set("Authorization", basic(a.Key, "x")) },
	Hint: func(d *Delivery) (Hint, error) {
		body := d.Body
		if strings.HasPrefix(d.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
			body = unfold(body)
		}
		t, err := from("bamboohr", body)
		if err != nil {
			return Hint{}, err
		}
		h := Hint{Word: t.text("type"), Candidate: t.text("data.employeeId"), Fields: t.texts("data.changedFields"), At: instant(t.text("timestamp"))}
		if h.At.IsZero() {
			h.At, _ = time.Parse("2006-01-02T15:04:05-0700", t.text("timestamp"))
		}
		if h.Word == "" {
			return h, record.Invalid("bamboohr", "names no type")
		}
		h.Kind = kinds{"employee.updated": Other, "employee.created": Other, "employee.deleted": Other, "applicant.created": Changed, "application.created": Changed}.of(h.Word)
		return h, nil
	},
	One: func(h Hint) *Ask {
		if h.Application == "" {
			return nil
		}
		return get("/applicant_tracking/applications/" + segment(h.Application))
	},
	List: func(cursor string, since time.Time) *Ask {
		if cursor != "" {
			return get(cursor)
		}
		q := "/applicant_tracking/applications?page=1&sortBy=created_date"
		if !since.IsZero() {
			q += "&newSince=" + url.QueryEscape(since.UTC().Format(time.DateTime))
		}
		return get(q)
	},
	Read: func(body []byte, _ http.Header) (Page, error) {
		var e struct {
			All  *[]struct{} `json:"applications"`
			Next string      `json:"nextPageUrl"`
			Done bool        `json:"paginationComplete"`
		}
		if json.Unmarshal(body, &e) != nil {
			return Page{}, record.Invalid("bamboohr", "the answer is not what BambooHR sends")
		}
		if e.All == nil {
			return Page{Items: whole(body)}, nil
		}
		all, err := items("bamboohr", body, "applications")
		p := Page{Items: all}
		if !e.Done {
			p.Next = e.Next
		}
		return p, err
	},
	Record: bamboohrShape.record,
	Ident:  func(a *record.Application) (string, string) { return a.ID, "" },
	Write: func(acc *Account, to Target, s Status) []Ask {
		if to.Application == "" {
			return nil
		}
		return []Ask{send(http.MethodPost, "/applicant_tracking/applications/"+segment(to.Application)+"/comments", map[string]any{"type": "comment", "comment": s.Text()})}
	},
}

var bamboohrShape = shape{source: "bamboohr", fields: []field{
	{"id", "id"}, {"appliedDate", "received_at"}, {"applicant.firstName", "person.name+"}, {"applicant.lastName", "person.name+"}, {"applicant.email", "emails"},
	{"applicant.phoneNumber", "phones"}, {"applicant.address.addressLine1", "person.address.lines"}, {"applicant.address.city", "person.address.city"},
	{"applicant.address.zipcode", "person.address.postcode"}, {"applicant.address.country", "person.address.country"},
	{"applicant.linkedinUrl", "urls"}, {"applicant.websiteUrl", "urls"}, {"applicant.education.institution", "resume.education[0].institution"},
	{"job.id", "role.id"}, {"job.title.label", "role.title"}, {"applicant.source", "submitted_by.kind"},
	{"questionsAndAnswers[].question.label", "answers[].question"}, {"questionsAndAnswers[].answer.label", "answers[].text"},
}}

// unfold makes JSON of a form whose names are data[changedFields][0].
func unfold(form []byte) []byte {
	text := string(form)
	if strings.Contains(text, "\n") && !strings.Contains(text, "&") {
		text = strings.ReplaceAll(strings.TrimSpace(text), "\n", "&")
	}
	values, err := url.ParseQuery(text)
	if err != nil || len(values) > 200 {
		return nil
	}
	out := map[string]any{}
	data := map[string]any{}
	var changed []string
	for name := range values {
		if !strings.HasPrefix(name, "data[changedFields]") {
			if inner, ok := strings.CutPrefix(name, "data["); ok {
				data[strings.TrimSuffix(inner, "]")] = values.Get(name)
			} else {
				out[name] = values.Get(name)
			}
		}
	}
	for i := 0; i < len(values); i++ { // in their order, and no longer than they are
		if v := values.Get("data[changedFields][" + strconv.Itoa(i) + "]"); v != "" {
			changed = append(changed, v)
		}
	}
	data["changedFields"], out["data"] = changed, data
	b, err := json.Marshal(out, json.Deterministic(true))
	if err != nil {
		return nil
	}
	return b
}
