// Package egress is the one client that speaks to the outside: every look-up
// goes to a host on an allow-list, within a budget, to a public address that
// was checked before the connection is made, is bounded in size and time, and
// is written down before its answer is used: who cannot say on what occasion it asks,
// or has nowhere to write that, asks nobody. Fetch never follows a redirect to a host that is not allowed and
// sends no credentials; Call sends what a connector gives it and follows nobody.
// Neither keeps cookies or reads the proxy settings of its surroundings. Another reason
// to look something up is another Config and Occasion, not another client.
package egress

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"bonafide/record"
)

// Config says what a client may do. Zero values are the strict defaults.
type Config struct {
	Hosts     []string      // allow-list; nothing else is spoken to, not by a redirect either; ".example.org" is every host below
	Budget    int           // look-ups in all, redirects included; 100 when 0
	MaxBytes  int64         // of one answer, unpacked; 64 MiB when 0
	Timeout   time.Duration // of one look-up; 2 minutes when 0
	Idle      time.Duration // without a byte; 20 seconds when 0
	Redirects int           // of one look-up; 3 when 0, none when negative
	Agent     string        // User-Agent

	// Private allows plain HTTP, any port, addresses in place of names, and
	// networks that are not public: for a mirror inside the house, and tests.
	Private bool

	// Resolve is the look-up of names; the system's when nil.
	Resolve func(ctx context.Context, host string) ([]netip.Addr, error)
}

// Lookup is the record of one look-up, Occasion why it was made.
type (
	Lookup   = record.Lookup
	Occasion = record.Occasion
)

// Ledger writes one look-up down, also one that was refused. With an error its
// answer is not handed out.
type Ledger func(Occasion, Lookup) error

// Request asks for one document; ETag and LastModified make it conditional.
type Request struct {
	URL          string
	ETag         string
	LastModified string
	Accept       string // "*/*" when empty
	MaxBytes     int64  // instead of Config.MaxBytes when larger than 0
}

// Answer is a whole document, or the word that it has not changed.
type Answer struct {
	Body         []byte
	NotModified  bool
	ETag         string
	LastModified string
	URL          string // after redirects
}

// Client does look-ups; it may be used from many goroutines.
type Client struct {
	c     Config
	on    Occasion
	keep  Ledger
	hosts map[string]bool
	below []string // endings of allowed hosts, with their dot
	http  *http.Client

	mu    sync.Mutex
	spent int
}

// New makes a client for one occasion, of which keep writes every look-up down.
func New(c Config, on Occasion, keep Ledger) *Client {
	orDefault := func(d *time.Duration, v time.Duration) {
		if *d <= 0 {
			*d = v
		}
	}
	orDefault(&c.Timeout, 2*time.Minute)
	orDefault(&c.Idle, 20*time.Second)
	if c.Budget == 0 {
		c.Budget = 100
	}
	if c.MaxBytes <= 0 {
		c.MaxBytes = 64 << 20
	}
	if c.Redirects == 0 {
		c.Redirects = 3
	}
	if c.Agent == "" {
		c.Agent = "bonafide"
	}
	if c.Resolve == nil {
		c.Resolve = func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}
	}
	cl := &Client{c: c, on: on, keep: keep, hosts: map[string]bool{}}
	for _, h := range c.Hosts {
		if h = plainHost(h); strings.HasPrefix(h, ".") && strings.Count(h, ".") >= 2 {
			cl.below = append(cl.below, h)
		} else {
			cl.hosts[h] = true
		}
	}
	cl.http = &http.Client{
		Transport: &http.Transport{
			Proxy:                  nil,
			DialContext:            cl.dial,
			TLSHandshakeTimeout:    10 * time.Second,
			ResponseHeaderTimeout:  c.Idle,
			MaxResponseHeaderBytes: 64 << 10,
			MaxIdleConns:           4,
			IdleConnTimeout:        10 * time.Second,
			ForceAttemptHTTP2:      true,
		},
		// Redirects are followed by Fetch, which checks each of them.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return cl
}

// Fetch gets one document. Errors are of the house: refused when we may not
// ask, unavailable when nobody answers well. Their words name hosts, never
// values of a query.
func (c *Client) Fetch(ctx context.Context, r Request) (Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.c.Timeout)
	defer cancel()
	limit := c.c.MaxBytes
	if r.MaxBytes > 0 {
		limit = r.MaxBytes
	}
	target := r.URL
	for hop := 0; ; hop++ {
		u, err := c.allowed(target)
		if err == nil {
			err = c.spend()
		}
		if err != nil {
			return Answer{}, c.note(Lookup{At: time.Now(), Host: hostOf(u), Path: pathOf(u)}, err)
		}
		a, next, err := c.once(ctx, u, r, limit)
		if err != nil || next == "" {
			return a, err
		}
		if hop >= max(c.c.Redirects, 0) {
			return Answer{}, unavailable(u, "too many redirects")
		}
		to, err := u.Parse(next)
		if err != nil {
			return Answer{}, unavailable(u, "a redirect that is no address")
		}
		target = to.String()
	}
}

// once does one exchange; next is where a redirect points.
func (c *Client) once(ctx context.Context, u *url.URL, r Request, limit int64) (a Answer, next string, err error) {
	look := Lookup{At: time.Now(), Host: u.Hostname(), Path: u.Path}
	defer func() {
		look.Took = time.Since(look.At)
		if err = c.note(look, err); err != nil {
			a, next = Answer{}, ""
		}
	}()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	ctx = context.WithValue(ctx, dialled{}, &look.Address)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return a, "", refused(u.Hostname(), "not an address that can be asked")
	}
	req.Header.Set("User-Agent", c.c.Agent)
	req.Header.Set("Accept", "*/*")
	if r.Accept != "" {
		req.Header.Set("Accept", r.Accept)
	}
	if r.ETag != "" {
		req.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		req.Header.Set("If-Modified-Since", r.LastModified)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return a, "", because(u, ctx, err)
	}
	defer res.Body.Close()
	look.Status = res.StatusCode
	switch res.StatusCode {
	case http.StatusOK:
	case http.StatusNotModified:
		return Answer{NotModified: true, ETag: r.ETag, LastModified: r.LastModified, URL: u.String()}, "", nil
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		if next = res.Header.Get("Location"); next != "" {
			return a, next, nil
		}
		return a, "", unavailable(u, "a redirect without a target")
	default:
		return a, "", unavailable(u, fmt.Sprintf("answered with status %d", res.StatusCode))
	}
	if res.ContentLength > limit {
		return a, "", unavailable(u, "the answer is larger than allowed")
	}
	body, err := readAll(res.Body, limit, c.c.Idle, func() { cancel(errIdle) })
	look.Bytes = int64(len(body))
	if err != nil {
		return a, "", because(u, ctx, err)
	}
	return Answer{Body: body, ETag: bounded(res.Header.Get("ETag")), LastModified: bounded(res.Header.Get("Last-Modified")), URL: u.String()}, "", nil
}

var (
	errIdle  = errors.New("idle")
	errLarge = errors.New("large")
)

// readAll reads to the end within limit; stop is called when no byte came for
// the idle time.
func readAll(r io.Reader, limit int64, idle time.Duration, stop func()) ([]byte, error) {
	watch := time.AfterFunc(idle, stop)
	defer watch.Stop()
	var b []byte
	buf := make([]byte, 64<<10)
	for {
		n, err := r.Read(buf)
		b = append(b, buf[:n]...)
		if int64(len(b)) > limit {
			return b[:0], errLarge
		}
		if errors.Is(err, io.EOF) {
			return b, nil
		}
		if err != nil {
			return b[:0], err
		}
		if n > 0 {
			watch.Reset(idle)
		}
	}
}

// because turns a failure of the network into words without addresses.
func because(u *url.URL, ctx context.Context, err error) error {
	var own *record.Error
	switch {
	case errors.As(err, &own):
		return own
	case errors.Is(err, errLarge):
		return unavailable(u, "the answer is larger than allowed")
	case errors.Is(context.Cause(ctx), errIdle):
		return unavailable(u, "it stopped sending")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		return unavailable(u, "it took too long")
	case errors.Is(err, context.Canceled):
		return unavailable(u, "it was called off")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return unavailable(u, "the answer broke off")
	}
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return unavailable(u, "its name is not known")
	}
	return unavailable(u, "the connection failed")
}

func (c *Client) spend() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.spent >= c.c.Budget {
		return refused("", "the budget of look-ups is used up")
	}
	c.spent++
	return nil
}

// note writes a look-up down that ended with err, and gives that back, or why it
// could not be written.
func (c *Client) note(l Lookup, err error) error {
	if err != nil {
		l.Why = err.Error()
	}
	if unheard := answers(c.on, c.keep); unheard != nil {
		return unheard // nobody was asked
	}
	if unkept := c.keep(c.on, l); unkept != nil {
		return unkept
	}
	return err
}

// answers says whether a look-up has an occasion and somewhere to be written.
func answers(on Occasion, keep Ledger) error {
	if keep == nil || on.Act == "" || on.By == "" {
		return refused("", "nobody is asked without an occasion, and a place where that is written down")
	}
	return nil
}

func unavailable(u *url.URL, why string) error {
	return &record.Error{Code: record.CodeUnavailable, Where: u.Hostname(), Message: why}
}

func refused(host, why string) error {
	return &record.Error{Code: record.CodeRefused, Where: host, Message: why}
}

// bounded keeps a header that will be stored and sent back small and printable.
func bounded(s string) string {
	if len(s) > 512 || strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r == 0x7f }) {
		return ""
	}
	return s
}

func hostOf(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.Hostname()
}

func pathOf(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.Path
}
