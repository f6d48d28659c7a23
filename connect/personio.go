package connect

import (
	"net/http"
	"net/url"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

type jsonValue = jsontext.Value

// Personio: webhooks carry an id, a fixed token and no signature, and want an
// answer within three seconds. Its API has nowhere to write a status.
var personio = ATS{
	Name: "personio", Title: "Personio", Base: "https://api.personio.de",
	Needs:      "API v2 credentials (client id and secret) with personio:recruiting:read; a webhook with a token",
	Proven:     "the envelope of a webhook made from the documented shape; candidates only against our own fixtures",
	EachSecond: 4,
	SignIn:     bearer,
	Token: func(a *Account, _ time.Time) *Ask {
		form := url.Values{"grant_type": {"client_credentials"}, "client_id": {a.Client}, "client_secret": {a.Key}}
		return &Ask{Method: http.MethodPost, Path: "https://api.personio.de/v2/auth/token", Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, Body: []byte(form.Encode())}
	},
	Hint: func(d *Delivery) (Hint, error) {
		t, err := from("personio", d.Body)
		if err != nil {
			return Hint{}, err
		}
		h := Hint{Word: t.text("event_name"), At: instant(t.text("occurred_at"))}
		if h.Word == "" {
			return h, record.Invalid("personio", "names no event_name")
		}
		id := t.text("payload.id")
		h.Kind = kinds{"recruiting.application.created": Changed, "recruiting.application.updated": Changed, "recruiting.application.deleted": Removed,
			"recruiting.candidate.created": Changed, "recruiting.candidate.updated": Changed, "recruiting.candidate.deleted": Removed}.of(h.Word)
		switch {
		case h.Kind == Other:
		case t.text("payload.candidate.id") != "":
			h.Application, h.Candidate = id, t.text("payload.candidate.id")
		default:
			h.Candidate = id
		}
		return h, nil
	},
	One: func(h Hint) *Ask {
		if h.Candidate == "" {
			return nil
		}
		return get("/v2/recruiting/candidates/" + segment(h.Candidate))
	},
	List: func(cursor string, since time.Time) *Ask {
		if cursor != "" {
			return get(cursor)
		}
		q := "/v2/recruiting/candidates?limit=100"
		if !since.IsZero() {
			q += "&updated_at.gt=" + url.QueryEscape(since.UTC().Format(time.RFC3339))
		}
		return get(q)
	},
	Read: func(body []byte, _ http.Header) (Page, error) {
		var e struct {
			Data *[]struct{} `json:"_data"`
			Meta struct {
				Links struct {
					Next struct {
						Href string `json:"href"`
					} `json:"next"`
				} `json:"links"`
			} `json:"_meta"`
		}
		if json.Unmarshal(body, &e) != nil {
			return Page{}, record.Invalid("personio", "the answer is not what Personio sends")
		}
		if e.Data == nil {
			return Page{Items: whole(body)}, nil
		}
		all, err := items("personio", body, "_data")
		return Page{Items: all, Next: e.Meta.Links.Next.Href}, err
	},
	Record: personioShape.record,
	Ident:  func(a *record.Application) (string, string) { _, c := candidateOf(a.ID); return "", c },
}

var personioShape = shape{source: "personio", roots: []string{"_data"}, fields: []field{
	{"id", "id:candidate"}, {"created_at", "received_at"}, {"first_name", "person.name+"}, {"last_name", "person.name+"}, {"email", "emails"}, {"phone", "phones"},
	{"location", "person.address.city"}, {"linkedin_url", "urls"}, {"category.name", "role.title"},
}}
