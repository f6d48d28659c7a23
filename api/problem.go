package api

import (
	"errors"
	"net/http"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"

	"bonafide/casework"
	"bonafide/record"
)

const problemMedia = "application/problem+json"

// Problem is an answer that is no success (RFC 9457). It names places and kinds
// of fault, never a value that came in.
type Problem struct {
	Type      string  `json:"type" doc:"A URN that names the kind of problem; stable."`
	Title     string  `json:"title" doc:"The kind of problem in words."`
	Status    int     `json:"status" doc:"The HTTP status."`
	Code      string  `json:"code" doc:"invalid, not-found, conflict, refused, unavailable, internal, unauthenticated, too-many, too-large, precondition or method; stable."`
	Detail    string  `json:"detail,omitempty" doc:"What is wrong here and what to do. It never holds a value of the request."`
	Errors    []Fault `json:"errors,omitempty" doc:"Where in the request."`
	RequestID string  `json:"request_id" doc:"Stands in our log, without anything personal."`
}

// Fault is one place in a request.
type Fault struct {
	Where  string `json:"where" doc:"A member of the body, a parameter or a header."`
	Detail string `json:"detail"`
}

// kinds of problem: one table turns the codes of the house outward.
var problems = map[string]struct {
	status int
	title  string
}{
	"invalid":         {http.StatusBadRequest, "The request cannot be understood"},
	"unauthenticated": {http.StatusUnauthorized, "Nobody is signed in"},
	"refused":         {http.StatusForbidden, "Not allowed"},
	"not-found":       {http.StatusNotFound, "There is no such thing"},
	"method":          {http.StatusMethodNotAllowed, "The method does not fit"},
	"conflict":        {http.StatusConflict, "It has changed, or exists already"},
	"length":          {http.StatusLengthRequired, "The request does not say how long it is"},
	"precondition":    {http.StatusPreconditionFailed, "It has changed since you read it"},
	"too-large":       {http.StatusRequestEntityTooLarge, "Too large"},
	"media-type":      {http.StatusUnsupportedMediaType, "Not a type this takes"},
	"other-content":   {http.StatusUnprocessableEntity, "The key was used for another request"},
	"needs-condition": {http.StatusPreconditionRequired, "If-Match is missing"},
	"too-many":        {http.StatusTooManyRequests, "Too many requests"},
	"internal":        {http.StatusInternalServerError, "It went wrong on our side"},
	"unavailable":     {http.StatusServiceUnavailable, "Not now"},
}

var problemOf = map[record.Code]string{
	record.CodeInvalid: "invalid", record.CodeNotFound: "not-found", record.CodeConflict: "conflict",
	record.CodeRefused: "refused", record.CodeUnavailable: "unavailable", record.CodeInternal: "internal",
}

// fault is an error that already knows which problem it is.
type fault struct {
	kind   string
	detail string
	where  string
	header [2]string
}

func (f *fault) Error() string { return f.kind + ": " + f.detail }

// notFound is one value for everything that is not there or not theirs, so that
// the two cannot be told apart.
var notFound = &fault{kind: "not-found", detail: "No such thing, or none that this account may see."}

// problem turns an error outward. What it cannot name it calls internal and
// says nothing of.
func problem(err error, id string) Problem {
	p := Problem{RequestID: id}
	var f *fault
	var e *record.Error
	switch {
	case errors.As(err, &f):
		p.Code, p.Detail = f.kind, f.detail
		if f.where != "" {
			p.Errors = []Fault{{f.where, f.detail}}
		}
	case errors.As(err, &e) && e.Code == record.CodeNotFound:
		p.Code, p.Detail = notFound.kind, notFound.detail
	case errors.As(err, &e) && e.Code == record.CodeConflict && e.Where == "Idempotency-Key":
		p.Code, p.Detail = "other-content", "The Idempotency-Key was used for another request; send a new one."
	case errors.As(err, &e) && e.Code == record.CodeConflict && e.Where == casework.Condition:
		p.Code, p.Detail = "precondition", "It has changed since you read it: read it again, and send If-Match with its ETag."
		p.Errors = []Fault{{"If-Match", e.Message}}
	case errors.As(err, &e) && e.Code != record.CodeInternal:
		p.Code, p.Detail = problemOf[e.Code], e.Message
		if e.Where != "" {
			p.Errors = []Fault{{e.Where, e.Message}}
			p.Detail = e.Where + ": " + e.Message
		}
	}
	k, known := problems[p.Code]
	if !known {
		p.Code, p.Detail = "internal", "Give the request id to whoever runs this system."
		k = problems[p.Code]
	}
	p.Type, p.Title, p.Status = "urn:bonafide:problem:"+p.Code, k.title, k.status
	return p
}

// fail writes the problem. Only what is internal is logged, and of it the kind.
func (s *Server) fail(w http.ResponseWriter, err error, id string) {
	p := problem(err, id)
	if p.Code == "internal" {
		s.Log.Error("request failed", "request", id, "kind", kindOf(err))
	}
	var f *fault
	if errors.As(err, &f) && f.header[0] != "" {
		w.Header().Set(f.header[0], f.header[1])
	}
	if p.Status == http.StatusServiceUnavailable && w.Header().Get("Retry-After") == "" {
		w.Header().Set("Retry-After", "1")
	}
	if p.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="bonafide"`)
	}
	body, err := json.Marshal(p)
	if err != nil {
		s.Log.Error("a problem could not be written", "request", id)
	}
	w.Header().Set("Content-Type", problemMedia)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	w.Write(append(body, '\n'))
}

// kindOf is an error for the log: the house's own words, else its type alone,
// because a driver's message may hold a value.
func kindOf(err error) string {
	var e *record.Error
	if errors.As(err, &e) {
		words := []string{string(e.Code), e.Where, e.Message}
		if e.Err != nil {
			words = append(words, typeName(e.Err))
		}
		return strings.Join(words, " · ")
	}
	return typeName(err)
}

// typeName is the type at the bottom of an error, without a word of its message.
func typeName(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return reflect.TypeOf(err).String()
		}
		err = inner
	}
}
