package connect

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/egress"
	"bonafide/record"
)

// TAXII 2.1: the objects of a collection, page by page, as one STIX bundle that
// lists reads like any other. A server is asked and never written to.

const (
	taxiiMedia = "application/taxii+json;version=2.1"
	mostPages  = 10_000
)

// Collection is where indicators are fetched from.
type Collection struct {
	Root     string // address of the API root
	ID       string
	User     string
	Password string
}

// FetchIndicators hands out the indicators added since a time as a bundle. since
// zero: all. last is the newest addition, with which to go on the next time.
func FetchIndicators(ctx context.Context, c Collection, since time.Time, net Caller) (bundle []byte, last time.Time, err error) {
	at := strings.TrimSuffix(c.Root, "/") + "/collections/" + segment(c.ID) + "/objects/"
	h := http.Header{"Accept": {taxiiMedia}}
	if c.User != "" {
		h.Set("Authorization", basic(c.User, c.Password))
	}
	last = since
	objects := []jsontext.Value{}
	next, seen := "", map[string]bool{}
	for range mostPages {
		q := url.Values{"match[type]": {"indicator"}, "limit": {"1000"}}
		if !since.IsZero() {
			q.Set("added_after", since.UTC().Format(time.RFC3339Nano))
		}
		if next != "" {
			q.Set("next", next)
		}
		r, err := net.Call(ctx, egress.Call{Method: http.MethodGet, URL: at + "?" + q.Encode(), Header: h, MaxBytes: 32 << 20})
		if err != nil {
			return nil, since, err
		}
		if r.Status != http.StatusOK {
			return nil, since, &record.Error{Code: record.CodeUnavailable, Where: "taxii", Message: "the server does not give this collection: look at its address, id and password"}
		}
		var page struct {
			More    bool             `json:"more"`
			Next    string           `json:"next"`
			Objects []jsontext.Value `json:"objects"`
		}
		if json.Unmarshal(r.Body, &page) != nil {
			return nil, since, record.Invalid("taxii", "the answer is no envelope of TAXII 2.1")
		}
		objects = append(objects, page.Objects...)
		if t := when(r.Header.Get("X-TAXII-Date-Added-Last")); t.After(last) {
			last = t
		}
		if !page.More {
			bundle, err = json.Marshal(map[string]any{"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000000", "objects": objects}, json.Deterministic(true))
			return bundle, last, err
		}
		if next = page.Next; next == "" || seen[next] {
			break
		}
		seen[next] = true
	}
	return nil, since, record.Invalid("taxii", "the server says that there is more and does not say where")
}
