// Package client speaks to the API of another bonafide: our own command line
// uses it, and so may any Go program. It knows the contract (api/openapi.yaml)
// and nothing of the house behind it.
//
// Every call that changes something carries an idempotency key and is repeated
// when it is not known what became of it: the server does it once. To add a
// call: a method here, its types beside it, a case in client_test.go.
package client

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Client is one server and what opens it: a key, or the session of a person.
type Client struct {
	base string
	key  string
	Session
	http *http.Client
}

// Session is a person signed in: the cookie of their session.
type Session struct{ Name, Value string }

// New makes a client. address is such as https://bonafide.example.com; plain
// http is for loopback only, because the key goes with every request.
func New(address, key string) (*Client, error) {
	key = strings.TrimSpace(key)
	if !strings.HasPrefix(key, "bf_") {
		return nil, record.Invalid("key", "is no API key: bonafide apikey add makes one")
	}
	c, err := open(address)
	if err != nil {
		return nil, err
	}
	c.key = key
	return c, nil
}

// As makes a client for a person who is signed in there.
func As(address string, s Session) (*Client, error) {
	c, err := open(address)
	if err != nil {
		return nil, err
	}
	c.Session = s
	return c, nil
}

// Within makes a client that hands its requests to a handler in this process:
// the same contract for a record that nobody serves.
func Within(h http.Handler, s Session) *Client {
	return &Client{base: "http://127.0.0.1", Session: s, http: &http.Client{Transport: within{h}}}
}

func open(address string) (*Client, error) {
	u, err := url.Parse(strings.TrimSuffix(address, "/"))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, record.Invalid("server", "is no address such as https://bonafide.example.com")
	}
	if u.Scheme == "http" && u.Hostname() != "127.0.0.1" && u.Hostname() != "localhost" && u.Hostname() != "::1" {
		return nil, &record.Error{Code: record.CodeRefused, Where: "server", Message: "a key is not sent over plain http but to this machine itself"}
	}
	return &Client{base: u.String(), http: &http.Client{
		Timeout:       90 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// Problem is what the server answers when it cannot do it.
type Problem struct {
	Status    int    `json:"status"`
	Code      string `json:"code"`
	Detail    string `json:"detail"`
	RequestID string `json:"request_id"`
}

func (p *Problem) Error() string {
	return fmt.Sprintf("the server answers %d %s: %s (request %s)", p.Status, p.Code, p.Detail, p.RequestID)
}

// codes of the house behind the codes of the wire.
var codes = map[string]record.Code{"invalid": record.CodeInvalid, "not-found": record.CodeNotFound, "conflict": record.CodeConflict, "precondition": record.CodeConflict,
	"refused": record.CodeRefused, "unauthenticated": record.CodeRefused, "unavailable": record.CodeUnavailable, "too-many": record.CodeUnavailable}

const (
	answerMost = 64 << 20
	attempts   = 6
)

// request is one call.
type request struct {
	method, path string
	body         []byte
	media        string
	once         string // idempotency key; makes a repeat safe
	prefer       string
	tag          *string // ETag of what was read before: 304 leaves to as it is
	state        string  // ETag of what a change rests on: another state refuses it
}

// do sends a call and reads its answer. A call that may be repeated is, after a
// pause that doubles or that the server asks for.
func (c *Client) do(ctx context.Context, q request, to any) error {
	again := q.method == http.MethodGet || q.once != ""
	for n := 0; ; n++ {
		wait, err := c.try(ctx, q, to)
		if err == nil || !again || wait < 0 || n+1 == attempts {
			return err
		}
		if wait == 0 {
			wait = 250 * time.Millisecond << n
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(min(wait, 30*time.Second)):
		}
	}
}

// try sends once. wait < 0: another attempt would be answered alike.
func (c *Client) try(ctx context.Context, q request, to any) (wait time.Duration, err error) {
	r, err := http.NewRequestWithContext(ctx, q.method, c.base+q.path, bytes.NewReader(q.body))
	if err != nil {
		return -1, record.Invalid("request", "cannot be formed")
	}
	if q.body == nil {
		r.Body, r.ContentLength = http.NoBody, 0
	} else if r.Header.Set("Content-Type", "application/json"); q.media != "" {
		r.Header.Set("Content-Type", q.media)
	}
	if c.key != "" {
		r.Header.Set("Authorization", "Bearer "+c.key)
	} else if c.Value != "" {
		r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	if q.once != "" {
		r.Header.Set("Idempotency-Key", q.once)
	}
	if q.state != "" {
		r.Header.Set("If-Match", q.state)
	}
	if q.tag != nil && *q.tag != "" {
		r.Header.Set("If-None-Match", *q.tag)
	}
	if q.prefer != "" {
		r.Header.Set("Prefer", q.prefer)
	}
	a, err := c.http.Do(r)
	if err != nil {
		if ctx.Err() != nil {
			return -1, ctx.Err()
		}
		return 0, &record.Error{Code: record.CodeUnavailable, Where: "server", Message: "does not answer; is bonafide serve running there?"}
	}
	defer a.Body.Close()
	b, err := io.ReadAll(io.LimitReader(a.Body, answerMost))
	if err != nil {
		return 0, &record.Error{Code: record.CodeUnavailable, Where: "server", Message: "the answer broke off"}
	}
	if a.StatusCode == http.StatusNotModified && q.tag != nil {
		return 0, nil
	}
	if a.StatusCode < 300 {
		if q.tag != nil {
			*q.tag = a.Header.Get("ETag")
		}
		for _, k := range a.Cookies() {
			c.Session = Session{k.Name, k.Value}
		}
		if to == nil {
			return 0, nil
		}
		if raw, ok := to.(*[]byte); ok {
			*raw = b
			return 0, nil
		}
		if err := json.Unmarshal(b, to); err != nil {
			return -1, record.Invalid("answer", "is not what the contract says; is it a bonafide, and of this version?")
		}
		return 0, nil
	}
	p := &Problem{Status: a.StatusCode}
	if json.Unmarshal(b, p) != nil || p.Code == "" {
		return -1, record.Invalid("answer", "is no problem of the contract; is it a bonafide?")
	}
	code, known := codes[p.Code]
	if !known {
		code = record.CodeInvalid
	}
	err = &record.Error{Code: code, Where: "server", Message: p.Error()}
	switch a.StatusCode {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		seconds, _ := strconv.Atoi(a.Header.Get("Retry-After"))
		return time.Duration(seconds) * time.Second, err
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusGatewayTimeout:
		return 0, err
	}
	return -1, err
}

// Once is a fresh idempotency key.
func Once() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
