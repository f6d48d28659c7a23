package egress

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"time"

	"bonafide/record"
)

// Call is one request of a connector to a provider's API. Unlike Fetch it may
// carry a method, headers and a body; what it carries is the caller's to answer
// for, and goes to a host of the allow-list only.
type Call struct {
	Method   string
	URL      string
	Header   http.Header
	Body     []byte
	MaxBytes int64 // of the answer; Config.MaxBytes when 0
}

// Reply is an answer of any status. Its body is whole.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// Call does one exchange. It follows nobody: a redirect could carry a key to
// another house. An answer of any status is a Reply; an error means that none
// came, or that we may not ask.
func (c *Client) Call(ctx context.Context, r Call) (reply Reply, err error) {
	ctx, stop := context.WithTimeout(ctx, c.c.Timeout)
	defer stop()
	u, err := c.allowed(r.URL)
	if err == nil {
		err = c.spend()
	}
	look := Lookup{At: time.Now(), Host: hostOf(u), Path: pathOf(u)}
	defer func() {
		look.Took = time.Since(look.At)
		if err = c.note(look, err); err != nil {
			reply = Reply{}
		}
	}()
	if err != nil {
		return Reply{}, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	ctx = context.WithValue(ctx, dialled{}, &look.Address)
	var body io.Reader
	if r.Body != nil {
		body = bytes.NewReader(r.Body)
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, u.String(), body)
	if err != nil {
		return Reply{}, refused(u.Hostname(), "not a request that can be made")
	}
	for name, values := range r.Header {
		req.Header[http.CanonicalHeaderKey(name)] = values
	}
	req.Header.Set("User-Agent", c.c.Agent)
	res, err := c.http.Do(req)
	if err != nil {
		return Reply{}, because(u, ctx, err)
	}
	defer res.Body.Close()
	look.Status = res.StatusCode
	limit := c.c.MaxBytes
	if r.MaxBytes > 0 {
		limit = r.MaxBytes
	}
	b, err := readAll(res.Body, limit, c.c.Idle, func() { cancel(errIdle) })
	look.Bytes = int64(len(b))
	if err != nil {
		return Reply{}, because(u, ctx, err)
	}
	return Reply{Status: res.StatusCode, Header: res.Header, Body: b}, nil
}

// Unreached reports whether an error means that nobody was reached, as opposed
// to that we may not ask.
func Unreached(err error) bool { return err != nil && record.CodeOf(err) == record.CodeUnavailable }
