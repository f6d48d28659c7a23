package connect

import (
	"net/http"
	"net/url"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// Pull asks one provider regularly for what happened at work: window by window
// of time, page by page. One more is one value and one line in Pulls; its answers
// are read by the Watch of the same name.
type Pull struct {
	Name, Title, Base, Needs string
	EachSecond               float64
	// Overlap is how much of the window before is read again, because the
	// provider's log is not complete at once; what was read is known by its id.
	Overlap time.Duration
	Streams []string // lists that are asked for apart; one "" where there is one

	SignIn func(a *Account, h http.Header)
	Token  func(a *Account, now time.Time) *Ask
	first  func(stream string, since, until time.Time) string
	next   func(asked string, body []byte, h http.Header) string
}

// Pulls by name.
var Pulls = []*Pull{&entraPull, &googlePull, &oktaPull}

// FindPull is what asks a provider of a name, and whether there is one.
func FindPull(name string) (*Pull, bool) {
	for _, p := range Pulls {
		if p.Name == name {
			return p, true
		}
	}
	return nil, false
}

const pullPage = "500" // events of one answer; 4 MiB are read at most

// Okta: developer.okta.com, System Log API. A bounded query ends with a page that
// has no next link.
var oktaPull = Pull{Name: "okta", Title: "Okta System Log", Base: "https://{company}.okta.com", Needs: "an API token of a read-only administrator (okta.logs.read)", EachSecond: 1,
	Overlap: 15 * time.Minute, Streams: []string{""},
	SignIn: func(a *Account, h http.Header) { h.Set("Authorization", "SSWS "+a.Key) },
	first: func(_ string, since, until time.Time) string {
		return "/api/v1/logs?" + url.Values{"since": {stamp(since)}, "until": {stamp(until)}, "sortOrder": {"ASCENDING"}, "limit": {pullPage}}.Encode()
	},
	next: func(_ string, _ []byte, h http.Header) string { return nextLink(h) },
}

// Entra: Graph, auditLogs/signIns. Sign-ins come late, an hour at times.
var entraPull = Pull{Name: "entra", Title: "Microsoft Entra ID sign-ins", Base: "https://graph.microsoft.com/v1.0", Needs: "an app registration with AuditLog.Read.All (company: the tenant's id; client; key: its secret)", EachSecond: 0.5,
	Overlap: 2 * time.Hour, Streams: []string{""}, SignIn: bearer, Token: graphToken,
	first: func(_ string, since, until time.Time) string {
		return "/auditLogs/signIns?" + url.Values{"$filter": {"createdDateTime ge " + stamp(since) + " and createdDateTime lt " + stamp(until)}, "$orderby": {"createdDateTime"}, "$top": {pullPage}}.Encode()
	},
	next: func(_ string, body []byte, _ http.Header) string {
		var page struct {
			Next string `json:"@odata.nextLink"`
		}
		_ = json.Unmarshal(body, &page)
		return page.Next
	},
}

// Google Workspace: the Reports API, one application at a time, newest first; the
// login report may lag for hours.
var googlePull = Pull{Name: "google-workspace", Title: "Google Workspace reports", Base: "https://admin.googleapis.com",
	Needs:      "a service account with domain-wide delegation of admin.reports.audit.readonly (client: its address; key: its private key, PEM; user: the administrator it acts for)",
	EachSecond: 5, Overlap: 4 * time.Hour, Streams: []string{"login", "user_accounts"}, SignIn: bearer, Token: googleAssertion,
	first: func(stream string, since, until time.Time) string {
		return "/admin/reports/v1/activity/users/all/applications/" + segment(stream) + "?" + url.Values{"startTime": {stamp(since)}, "endTime": {stamp(until)}, "maxResults": {pullPage}}.Encode()
	},
	next: func(asked string, body []byte, _ http.Header) string {
		var page struct {
			Next string `json:"nextPageToken"`
		}
		if json.Unmarshal(body, &page) != nil || page.Next == "" {
			return ""
		}
		u, err := url.Parse(asked)
		if err != nil {
			return ""
		}
		q := u.Query()
		q.Set("pageToken", page.Next)
		u.RawQuery = q.Encode()
		return u.String()
	},
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// api is the provider as a Session speaks with it.
func (p *Pull) api() *ATS {
	return &ATS{Name: p.Name, Title: p.Title, Base: p.Base, Needs: p.Needs, EachSecond: p.EachSecond, SignIn: p.SignIn, Token: p.Token}
}

// Hosts are what an allow-list must hold to ask for this account.
func (p *Pull) Hosts(a Account) []string { return hosts(p.api(), a) }

// First is the request for the first page of a window.
func (p *Pull) First(stream int, since, until time.Time) string {
	return p.first(p.Streams[stream], since, until)
}

// Page is one page of what was asked: what was seen on it, how many of its
// members could not be read, where it goes on ("" at the end of the window), and
// what time it is at the provider.
func (p *Pull) Page(raw []byte, asked string, h http.Header) (seen []Seen, bad int, next string, now time.Time, err error) {
	w, ok := FindWatch(p.Name)
	if !ok {
		return nil, 0, "", now, record.Invalid(p.Name, "is read by nobody here")
	}
	list, err := eventsOf(p.Name, raw)
	if err != nil {
		return nil, 0, "", now, err
	}
	for _, one := range list {
		s, err := w.Read(one)
		if err != nil {
			bad++ // the others on the page are not lost for it
			continue
		}
		seen = append(seen, s...)
	}
	now, _ = http.ParseTime(h.Get("Date"))
	return seen, bad, p.next(asked, raw, h), now, nil
}

// eventsOf are the events of an answer. One that names no list has none: so the
// Reports API says that there is nothing.
func eventsOf(system string, raw []byte) ([]jsontext.Value, error) {
	v := jsontext.Value(raw)
	if v.Kind() == '[' {
		return items(system, raw, "")
	}
	var whole map[string]jsontext.Value
	if json.Unmarshal(raw, &whole) != nil {
		return nil, record.Invalid(system, "the answer is no list of events")
	}
	for _, name := range []string{"value", "items"} {
		if whole[name] != nil {
			return items(system, raw, name)
		}
	}
	return nil, nil
}
