package connect

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// TAXII 2.1: the indicators of a collection, page by page, as one STIX bundle that
// lists reads like any other. A server is asked and never written to. The whole
// collection is asked for each time: what was taken out of it must not stay here.

const (
	taxiiMedia    = "application/taxii+json;version=2.1"
	mostPages     = 10_000
	mostTAXII     = 256 << 20 // bytes of a whole collection
	taxiiBusiest  = 5         // requests a second; servers that want fewer say so with 429
	collectionsIn = "/collections/"
)

// Collection is where indicators are fetched from: what a list's publisher gives.
type Collection struct {
	Address  string `json:"collection"` // https://…/collections/ID/
	User     string `json:"user,omitempty"`
	Password string `json:"password,omitempty"`
}

// ReadCollection reads the file that names a collection. A misspelled member is an
// error, and no error repeats what stands in the file.
func ReadCollection(b []byte) (c Collection, err error) {
	if json.Unmarshal(b, &c, json.RejectUnknownMembers(true)) != nil {
		return Collection{}, record.Invalid("taxii", `is not {"collection": "https://…/collections/ID/", "user": "…", "password": "…"}`)
	}
	u, err := url.Parse(c.Address)
	if err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || !strings.Contains(u.Path, collectionsIn) {
		return Collection{}, record.Invalid("taxii", "its collection is no address that ends with /collections/ID/; user and password are members of their own")
	}
	return c, nil
}

// Host is what an allow-list must hold.
func (c *Collection) Host() string {
	u, err := url.Parse(c.Address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// FetchIndicators hands out the indicators of a collection, and who made them, as
// a bundle, politely (Session).
func FetchIndicators(ctx context.Context, c Collection, net Caller) (bundle []byte, err error) {
	s := Session{Net: net, Now: time.Now, Sleep: sleep, Account: Account{Base: c.Address, User: c.User, Key: c.Password}, System: &ATS{
		Name: "taxii", EachSecond: taxiiBusiest, Needs: "a user who may read this collection",
		SignIn: func(a *Account, h http.Header) {
			if a.User != "" {
				h.Set("Authorization", basic(a.User, a.Key))
			}
		}}}
	whole := struct {
		Type    string           `json:"type"` // first: a bundle is recognised by its head
		ID      string           `json:"id"`
		Objects []jsontext.Value `json:"objects"`
	}{"bundle", "bundle--00000000-0000-4000-8000-000000000000", []jsontext.Value{}}
	next, seen, size := "", map[string]bool{}, 0
	for range mostPages {
		q := url.Values{"match[type]": {"indicator,identity"}, "limit": {"1000"}}
		if next != "" {
			q.Set("next", next)
		}
		r, err := s.Do(ctx, Ask{Method: http.MethodGet, Path: "/objects/?" + q.Encode(), Header: http.Header{"Accept": {taxiiMedia}}})
		if err != nil {
			return nil, err
		}
		var page struct {
			More    bool             `json:"more"`
			Next    string           `json:"next"`
			Objects []jsontext.Value `json:"objects"`
		}
		if json.Unmarshal(r.Body, &page) != nil {
			return nil, record.Invalid("taxii", "the answer is no envelope of TAXII 2.1")
		}
		if size += len(r.Body); size > mostTAXII {
			return nil, record.Invalid("taxii", "the collection is larger than 256 MiB")
		}
		whole.Objects = append(whole.Objects, page.Objects...)
		if !page.More {
			return json.Marshal(whole)
		}
		if next = page.Next; next == "" || seen[next] {
			break
		}
		seen[next] = true
	}
	return nil, record.Invalid("taxii", "the server says that there is more and does not say where")
}
