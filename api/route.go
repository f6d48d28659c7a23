package api

import (
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bonafide/access"
	"bonafide/record"
)

// Route is one line of the API: how it is called, who may, what goes in and
// out. The contract, the checks of a request and the tests are read from it.
type Route struct {
	Method, Path string
	Act          access.Act
	Summary      string
	Text         string
	Query        []Param
	In           any    // a zero value of the body's type; nil: no body
	InMedia      string // application/json unless said
	Most         int64  // bytes of a body; 1 MiB unless said
	Out          any    // a zero value of the answer's type; nil: no body
	OutMedia     string // application/json unless said
	Status       int    // of success; 200 unless said
	Open         bool   // nobody need be signed in
	Probe        bool   // asks how the node is: never shed and never counted, since a full node is no dead one
	Signed       bool   // the body proves itself: only what fails counts against its sender
	Fresh        bool   // a person must have signed in just now
	Once         once   // Idempotency-Key
	Condition    string // the path whose ETag If-Match has to hold: what one decides on is what one has read
	Object       string // the kind of object a {id} names, for the matrix test

	do func(*call) (answer, error)
}

// once says whether a route takes an Idempotency-Key.
type once int

const (
	onceNo       once = iota
	onceMay           // the body itself says what it is: source and id
	onceRequired      // without it a repeat would do it again
)

// Param is one query parameter.
type Param struct {
	Name, Text string
	Enum       []string
	Number     bool
	Required   bool
}

var (
	pageParams = []Param{
		{Name: "limit", Text: "At most so many, 100 at most; 50 unless said.", Number: true},
		{Name: "after", Text: "The cursor of the Link header; opaque."},
	}
	langParam = Param{Name: "lang", Text: "Language of the texts.", Enum: []string{"en", "de", "pt"}}
)

func (rt Route) takesBody() bool { return rt.In != nil || rt.InMedia != "" }

func (rt Route) most() int64 {
	if rt.Most > 0 {
		return rt.Most
	}
	return 1 << 20
}

func (rt Route) status() int {
	if rt.Status > 0 {
		return rt.Status
	}
	return http.StatusOK
}

func (rt Route) outMedia() string {
	if rt.OutMedia != "" {
		return rt.OutMedia
	}
	return "application/json"
}

func (rt Route) inMedia() string {
	if rt.InMedia != "" {
		return rt.InMedia
	}
	return "application/json"
}

// checkQuery refuses what the contract does not name: a mistyped filter that is
// passed over would show more than was asked for.
func (rt Route) checkQuery(r *http.Request) error {
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return record.Invalid("query", "cannot be read")
	}
	for name, values := range q {
		i := slices.IndexFunc(rt.Query, func(p Param) bool { return p.Name == name })
		if i < 0 {
			return record.Invalid("query", "holds a parameter this does not take")
		}
		p := rt.Query[i]
		if len(values) > 1 {
			return record.Invalid(p.Name, "stands twice")
		}
		if p.Enum != nil && !slices.Contains(p.Enum, values[0]) {
			return record.Invalid(p.Name, "is none of "+strings.Join(p.Enum, ", "))
		}
		if p.Number {
			if n, err := strconv.ParseInt(values[0], 10, 64); err != nil || n < 0 {
				return record.Invalid(p.Name, "is not a whole number")
			}
		}
	}
	for _, p := range rt.Query {
		if p.Required && q.Get(p.Name) == "" {
			return record.Invalid(p.Name, "missing")
		}
	}
	if rt.Once == onceRequired && r.Header.Get("Idempotency-Key") == "" {
		return record.Invalid("Idempotency-Key", "missing: send a random one and repeat the request with the same when in doubt")
	}
	if k := r.Header.Get("Idempotency-Key"); len(k) > 200 {
		return record.Invalid("Idempotency-Key", "longer than 200 bytes")
	}
	return rt.checkCondition(r)
}

func (rt Route) checkMedia(r *http.Request) error {
	if rt.Signed && r.Header.Get("Content-Encoding") == "" {
		return nil // each provider has its own, and the signature is over the bytes
	}
	got, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && got == rt.inMedia() && (params["charset"] == "" || strings.EqualFold(params["charset"], "utf-8")) && r.Header.Get("Content-Encoding") == "" {
		return nil
	}
	return &fault{kind: "media-type", detail: "Send " + rt.inMedia() + " in UTF-8, not packed.", header: [2]string{"Accept-Post", rt.inMedia()}}
}

// limit of a page.
func (c *call) limit() int {
	n, err := strconv.Atoi(c.r.URL.Query().Get("limit"))
	if err != nil || n == 0 {
		return 50
	}
	return min(n, 100)
}

func (c *call) after() string { return c.r.URL.Query().Get("after") }

func (c *call) query(name string) string { return c.r.URL.Query().Get(name) }

func (c *call) lang() record.Lang {
	if l := c.query("lang"); l != "" {
		return record.Lang(l)
	}
	return record.EN
}

// object is the id in the path. What cannot be an id is answered as what is not
// there.
func (c *call) object() (string, error) {
	id := c.r.PathValue("id")
	if len(id) == 0 || len(id) > 64 {
		return "", notFound
	}
	for i := 0; i < len(id); i++ {
		if ch := id[i]; (ch < 'a' || ch > 'z') && (ch < '0' || ch > '9') {
			return "", notFound
		}
	}
	return id, nil
}
