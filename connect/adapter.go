package connect

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/intake"
	"bonafide/record"
)

// HintKind is what a webhook says has happened.
type HintKind string

// The kinds of hints, one set for all systems.
const (
	Changed    HintKind = "changed"    // there is something new to read
	Removed    HintKind = "removed"    // deleted there: our copy is to be erased
	Anonymised HintKind = "anonymised" // some fields were erased there
	Merged     HintKind = "merged"     // two candidates became one: evidence is re-pointed, people are not judged
	Ping       HintKind = "ping"       // a test; nothing to do
	Other      HintKind = "other"      // nothing we follow: kept, shown, not acted on
)

// Hint is a webhook read: what to look at again. It is never the truth by
// itself where the provider does not sign the body.
type Hint struct {
	Kind        HintKind
	Word        string // the provider's own word for the event
	Application string // id at the provider; empty when the event names none
	Candidate   string
	Into        string // the candidate that remains after a merge
	Stage       string // as the provider calls it
	Fields      []string
	At          time.Time
	Whole       bool // the body holds the application itself
}

// Account is what a customer's administrator gives for one connector. It is
// kept sealed; no part of it enters an error or a log line.
type Account struct {
	Base    string `json:"base,omitempty"`    // of the API, where the customer has an address of their own
	Company string `json:"company,omitempty"` // the customer's name or number at the provider
	Client  string `json:"client,omitempty"`  // OAuth client id
	Key     string `json:"key,omitempty"`     // API key, token or client secret
	User    string `json:"user,omitempty"`    // on whose behalf notes are written, where the provider wants one
	Field   string `json:"field,omitempty"`   // id of the field that shows our status; empty: a note is written
	Source  string `json:"source,omitempty"`  // the record's source; empty: the provider's name
}

// Ask is one request to a provider, before it is signed in.
type Ask struct {
	Method string
	Path   string // below the base, or a whole address on the same host
	Header http.Header
	Body   []byte
}

// Page is a part of a list.
type Page struct {
	Items []jsontext.Value
	Next  string // cursor; empty at the end
	Token string // with which a later listing brings only what changed
}

// ATS is the contract of one applicant tracking system: how its events are
// read, how its API is asked, how its answers become records and how our status
// gets back. One more system is one file with such a value, its fixtures, and
// one line in Systems.
type ATS struct {
	Name, Title string
	Base        string // of the API; {company} stands for Account.Company
	Needs       string // what an administrator creates, with the smallest scope
	Proven      string // what this was tried with
	EachSecond  float64

	SignIn func(a *Account, h http.Header)
	Token  func(a *Account, now time.Time) *Ask // asks for a short-lived token; nil where the key is sent itself
	Hint   func(d *Delivery) (Hint, error)
	One    func(h Hint) *Ask                                          // nil: the hint names nothing that can be asked for
	Also   func(h Hint, one jsontext.Value) (member string, ask *Ask) // what belongs to the one and is asked for apart; it becomes a member of it
	Spare  bool                                                       // without what Also asks for the one is whole all the same
	List   func(cursor string, since time.Time) *Ask
	Read   func(body []byte, h http.Header) (Page, error)
	Record func(raw []byte, source string) (*record.Application, error)
	Ident  func(a *record.Application) (application, candidate string)
	Write  func(acc *Account, to Target, s Status) []Ask // nil: the provider offers nowhere to write
}

// Systems are the applicant tracking systems, by name.
var Systems = []*ATS{&ashby, &bamboohr, &greenhouse, &lever, &personio, &recruitee, &smartrecruiters, &teamtailor, &workable}

// FindSystem is the system of a name, and whether there is one.
func FindSystem(name string) (*ATS, bool) {
	for _, s := range Systems {
		if s.Name == name {
			return s, true
		}
	}
	return nil, false
}

// ReadHint reads a webhook of a system.
func ReadHint(system string, d *Delivery) (Hint, error) {
	s, ok := FindSystem(system)
	if !ok {
		return Hint{}, &record.Error{Code: record.CodeNotFound, Message: "no such applicant tracking system; `bonafide connect list` names them"}
	}
	if len(d.Body) > MostBody {
		return Hint{}, record.Invalid(system, "larger than 4 MiB")
	}
	h, err := s.Hint(d)
	h.Word = clip(h.Word)
	for _, id := range []string{h.Application, h.Candidate, h.Into} {
		if len(id) > longestEventID || strings.ContainsFunc(id, func(r rune) bool { return r < '!' || r > '~' }) {
			return Hint{}, record.Invalid(system, "an id that is longer than 200 bytes or not plain")
		}
	}
	return h, err
}

// kinds of words: the table by which most systems' events are read.
type kinds map[string]HintKind

func (k kinds) of(word string) HintKind {
	if kind, ok := k[word]; ok {
		return kind
	}
	return Other
}

// byIntake reads a value in a shape that intake knows.
func byIntake(raw []byte, source string) (*record.Application, error) {
	r, err := intake.Open(source, bytes.NewReader(raw), intake.Options{Source: source})
	if err != nil {
		return nil, err
	}
	it, err := r.Next()
	if errors.Is(err, io.EOF) {
		return nil, record.Invalid(source, "holds no application")
	}
	if err != nil {
		return nil, err
	}
	return r.Decode(it.Raw, it)
}

// from reads a body that came, or was fetched, into loose members.
func from(system string, body []byte) (tree, error) {
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		return tree{}, record.Invalid(system, "is not JSON, or names one member twice")
	}
	return tree{v}, nil
}

// items are the members of a list in an answer.
func items(system string, body []byte, name string) ([]jsontext.Value, error) {
	var all []jsontext.Value
	if name == "" {
		if json.Unmarshal(body, &all) != nil {
			return nil, record.Invalid(system, "the answer is no list")
		}
		return all, nil
	}
	var whole map[string]jsontext.Value
	if json.Unmarshal(body, &whole) != nil {
		return nil, record.Invalid(system, "the answer is no object")
	}
	v, ok := whole[name]
	if !ok {
		return nil, record.Invalid(system, "the answer has no "+name)
	}
	if v.Kind() == '{' {
		return []jsontext.Value{v}, nil
	}
	if json.Unmarshal(v, &all) != nil {
		return nil, record.Invalid(system, name+" is no list")
	}
	return all, nil
}

func bearer(a *Account, h http.Header) { h.Set("Authorization", "Bearer "+a.Key) }

func basic(user, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}

func get(path string) *Ask { return &Ask{Method: http.MethodGet, Path: path} }

// send makes a request with a JSON body. The body is made of our own values.
func send(method, path string, body any) Ask {
	b, err := json.Marshal(body, json.Deterministic(true))
	if err != nil {
		b = []byte("{}")
	}
	return Ask{Method: method, Path: path, Header: http.Header{"Content-Type": {"application/json"}}, Body: b}
}

// segment is an id as a part of a path.
func segment(id string) string { return url.PathEscape(id) }

// candidateOf takes "candidate-…" apart, the id of a record that names nobody's application.
func candidateOf(id string) (application, candidate string) {
	if c, ok := strings.CutPrefix(id, "candidate-"); ok {
		return "", c
	}
	return id, ""
}

// nextLink is the address behind rel="next" of a Link header.
func nextLink(h http.Header) string {
	for _, line := range h.Values("Link") {
		for _, part := range strings.Split(line, ",") {
			address, rel, ok := strings.Cut(part, ";")
			if ok && strings.Contains(rel, `rel="next"`) {
				return strings.Trim(strings.TrimSpace(address), "<>")
			}
		}
	}
	return ""
}
