package connect

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/egress"
	"bonafide/record"
)

const (
	mostTries = 4                // of one request
	longest   = 2 * time.Minute  // waited for a provider that is busy; longer is the job's to wait
	tokenSlip = 30 * time.Second // a token is fetched anew so long before it ends
)

// Caller is whoever asks the network: egress.Client, and nothing else in the house.
type Caller interface {
	Call(ctx context.Context, c egress.Call) (egress.Reply, error)
}

// Session speaks with one provider for one account. It is polite: it keeps to
// the provider's rate, waits as long as it is told, and asks for a page again
// where it stopped. It is not for several goroutines at once.
type Session struct {
	System  *ATS
	Account Account
	Net     Caller
	Now     func() time.Time
	Sleep   func(ctx context.Context, d time.Duration) error

	once  bool // no request is made again: whoever asks has a job that comes again, and says so meanwhile
	token string
	until time.Time
	last  time.Time
	lacks error // what is asked for apart is not given to this key
}

// NewSession opens a session. Nothing is asked before it is needed.
func NewSession(system string, a Account, net Caller) (*Session, error) {
	s, ok := FindSystem(system)
	if !ok {
		return nil, &record.Error{Code: record.CodeNotFound, Message: "no such applicant tracking system; `bonafide connect list` names them"}
	}
	return open(s, a, net)
}

// Open begins a session for what is asked regularly.
func (p *Pull) Open(a Account, net Caller) (*Session, error) { return open(p.api(), a, net) }

func open(s *ATS, a Account, net Caller) (*Session, error) {
	if a.Key == "" {
		return nil, record.Invalid("account", "has no key")
	}
	if a.Base == "" && s.Base == "" {
		return nil, record.Invalid("account", "names no base address")
	}
	if a.Company == "" && a.Base == "" && strings.Contains(s.Base, "{company}") {
		return nil, record.Invalid("account", "names no company, which is a part of the provider's address")
	}
	return &Session{System: s, Account: a, Net: net, Now: time.Now, Sleep: sleep}, nil
}

// Hosts are what an allow-list must hold for this account.
func Hosts(system string, a Account) []string {
	s, ok := FindSystem(system)
	if !ok {
		return nil
	}
	return hosts(s, a)
}

func hosts(s *ATS, a Account) []string {
	session := Session{System: s, Account: a}
	all := []string{}
	for _, address := range []string{session.base(), tokenAddress(s, &a)} {
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			all = append(all, u.Hostname())
		}
	}
	return all
}

func tokenAddress(s *ATS, a *Account) string {
	if s.Token == nil || a.Base != "" { // a house that mirrors the provider mirrors its sign-in too
		return ""
	}
	if ask := s.Token(a, time.Time{}); ask != nil {
		return ask.Path
	}
	return ""
}

func (s *Session) base() string {
	if s.Account.Base != "" {
		return strings.TrimSuffix(s.Account.Base, "/")
	}
	return strings.ReplaceAll(s.System.Base, "{company}", segment(s.Account.Company))
}

// address is where an Ask goes. A whole address, as in a cursor, stays on the
// host of the base: a provider's answer sends the key nowhere else.
func (s *Session) address(path string) (string, error) {
	base, err := url.Parse(s.base())
	if err != nil {
		return "", record.Invalid("account", "its base is no address")
	}
	if !strings.Contains(path, "://") {
		return s.base() + path, nil
	}
	to, err := url.Parse(path)
	if err != nil || to.Host != base.Host || to.Scheme != base.Scheme {
		return "", refused("the provider's cursor leads to another host")
	}
	return path, nil
}

// Do makes one request, signed in, within the provider's rate.
func (s *Session) Do(ctx context.Context, ask Ask) (egress.Reply, error) {
	to, err := s.address(ask.Path)
	if err != nil {
		return egress.Reply{}, err
	}
	renewed := false
	for try := 1; ; try++ {
		if err := s.pace(ctx); err != nil {
			return egress.Reply{}, err
		}
		h := ask.Header.Clone()
		if h == nil {
			h = http.Header{}
		}
		if h.Get("Accept") == "" {
			h.Set("Accept", "application/json")
		}
		if err := s.signIn(ctx, h); err != nil {
			return egress.Reply{}, err
		}
		r, err := s.Net.Call(ctx, egress.Call{Method: ask.Method, URL: to, Header: h, Body: ask.Body, MaxBytes: 32 << 20})
		switch {
		case err != nil && (s.once || !egress.Unreached(err) || try == mostTries || ask.Method != http.MethodGet):
			return r, err // a request that writes may have taken effect: its job decides
		case err != nil:
			if err := s.Sleep(ctx, time.Duration(try)*time.Second); err != nil {
				return r, err
			}
			continue
		case r.Status == http.StatusUnauthorized && s.System.Token != nil && !renewed:
			s.token, renewed = "", true // it may have ended early
			continue
		case r.Status == http.StatusUnauthorized || r.Status == http.StatusForbidden:
			return r, &record.Error{Code: record.CodeRefused, Where: s.System.Name, Message: "the provider does not take the key, or it lacks a permission: " + s.System.Needs}
		case r.Status == http.StatusNotFound || r.Status == http.StatusGone:
			return r, &record.Error{Code: record.CodeNotFound, Where: s.System.Name, Message: "the provider no longer has it"}
		case r.Status == http.StatusTooManyRequests || r.Status >= 500:
			wait := retryAfter(r.Header, s.Now(), try)
			if end, ok := ctx.Deadline(); s.once || try == mostTries || wait > longest || ok && s.Now().Add(wait).After(end) {
				return r, &record.Error{Code: record.CodeUnavailable, Where: s.System.Name, Message: "the provider is busy or down (status " + strconv.Itoa(r.Status) + ")"}
			}
			if err := s.Sleep(ctx, wait); err != nil {
				return r, err
			}
			continue
		case r.Status < 200 || r.Status > 299:
			return r, &record.Error{Code: record.CodeUnavailable, Where: s.System.Name, Message: "the provider answers with status " + strconv.Itoa(r.Status)}
		}
		return r, nil
	}
}

// pace keeps requests apart as the provider's rate wants it.
func (s *Session) pace(ctx context.Context) error {
	if s.System.EachSecond <= 0 {
		return nil
	}
	gap := time.Duration(float64(time.Second) / s.System.EachSecond)
	now := s.Now()
	if wait := s.last.Add(gap).Sub(now); wait > 0 {
		if err := s.Sleep(ctx, wait); err != nil {
			return err
		}
		now = now.Add(wait)
	}
	s.last = now
	return nil
}

func (s *Session) signIn(ctx context.Context, h http.Header) error {
	if s.System.Token == nil {
		s.System.SignIn(&s.Account, h)
		return nil
	}
	if s.token == "" || !s.Now().Before(s.until) {
		ask := s.System.Token(&s.Account, s.Now())
		if ask == nil { // the key is a token itself, or none can be made of it
			if s.Account.Client != "" {
				return record.Invalid("account", "no token can be asked for with it; it wants: "+s.System.Needs)
			}
			s.System.SignIn(&s.Account, h)
			return nil
		}
		to := ask.Path
		if s.Account.Base != "" {
			u, err := url.Parse(to)
			if err != nil {
				return record.Invalid("account", "its base is no address")
			}
			to = strings.TrimSuffix(s.Account.Base, "/") + u.Path
		}
		r, err := s.Net.Call(ctx, egress.Call{Method: ask.Method, URL: to, Header: ask.Header, Body: ask.Body, MaxBytes: 64 << 10})
		if err != nil {
			return err
		}
		var t struct {
			Access  string `json:"access_token"`
			Expires int64  `json:"expires_in"`
		}
		if r.Status != http.StatusOK || json.Unmarshal(r.Body, &t) != nil || t.Access == "" {
			return &record.Error{Code: record.CodeRefused, Where: s.System.Name, Message: "the provider gives no token for this client: " + s.System.Needs}
		}
		s.token, s.until = t.Access, s.Now().Add(time.Duration(max(t.Expires, 60))*time.Second-tokenSlip)
	}
	signed := Account{Key: s.token, Company: s.Account.Company, User: s.Account.User}
	s.System.SignIn(&signed, h)
	return nil
}

// retryAfter is how long to wait: what the provider says, else longer each time.
func retryAfter(h http.Header, now time.Time, try int) time.Duration {
	v := h.Get("Retry-After")
	if n, err := strconv.Atoi(v); err == nil && n >= 0 {
		return time.Duration(min(n, 86400)) * time.Second
	}
	if t, err := http.ParseTime(v); err == nil {
		return max(0, t.Sub(now))
	}
	return time.Duration(try*try) * time.Second
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Fetch asks the provider for what a hint is about. not found: it is gone there.
func (s *Session) Fetch(ctx context.Context, h Hint) (raw []byte, err error) {
	ask := s.System.One(h)
	if ask == nil {
		return nil, record.Invalid(s.System.Name, "the event names nothing that can be asked for")
	}
	r, err := s.Do(ctx, *ask)
	if err != nil {
		return nil, err
	}
	p, err := s.System.Read(r.Body, r.Header)
	if err != nil {
		return nil, err
	}
	if len(p.Items) == 0 {
		return nil, &record.Error{Code: record.CodeNotFound, Where: s.System.Name, Message: "the provider no longer has it"}
	}
	return s.whole(ctx, h, p.Items[0])
}

// whole is one application with what belongs to it and is asked for apart.
func (s *Session) whole(ctx context.Context, h Hint, one jsontext.Value) (jsontext.Value, error) {
	if s.System.Also == nil {
		return one, nil
	}
	member, ask := s.System.Also(h, one)
	if ask == nil {
		return one, nil
	}
	more, err := jsontext.Value(nil), s.lacks
	if err == nil {
		more, err = s.also(ctx, ask)
	}
	if err != nil {
		if !s.System.Spare || ctx.Err() != nil {
			return nil, err
		}
		if record.CodeOf(err) == record.CodeRefused {
			s.lacks = err // for one it is for all: a backfill does not ask ten thousand times
		}
		// Not given is not the same as nothing seen: the record says which.
		if more, err = json.Marshal("not given: " + err.Error()); err != nil {
			return nil, err
		}
	}
	var parts map[string]jsontext.Value
	if json.Unmarshal(one, &parts) != nil {
		return nil, record.Invalid(s.System.Name, "the answer is no object")
	}
	parts[member] = more
	return json.Marshal(parts, json.Deterministic(true))
}

func (s *Session) also(ctx context.Context, ask *Ask) (list jsontext.Value, err error) {
	r, err := s.Do(ctx, *ask)
	if err != nil {
		return nil, err
	}
	p, err := s.System.Read(r.Body, r.Header)
	if err != nil {
		return nil, err
	}
	return json.Marshal(p.Items)
}

// Backfill hands out a list page by page. cursor is where an earlier run
// stopped; keep stores the page together with the cursor of the next, so that a
// run that broke off goes on without a gap. The returned token brings only what
// changed, where the provider has one.
func (s *Session) Backfill(ctx context.Context, cursor string, since time.Time, keep func(items []jsontext.Value, next string) error) (token string, err error) {
	seen := map[string]bool{}
	for {
		r, err := s.Do(ctx, *s.System.List(cursor, since))
		if err != nil {
			return "", err
		}
		p, err := s.System.Read(r.Body, r.Header)
		if err != nil {
			return "", err
		}
		for i := range p.Items {
			if !s.System.Spare {
				break // what these ask for apart stands in their lists
			}
			if p.Items[i], err = s.whole(ctx, Hint{}, p.Items[i]); err != nil {
				return "", err
			}
		}
		if err := keep(p.Items, p.Next); err != nil {
			return "", err
		}
		if p.Next == "" {
			return p.Token, nil
		}
		if seen[p.Next] {
			return "", &record.Error{Code: record.CodeUnavailable, Where: s.System.Name, Message: "the provider's cursor goes round in circles"}
		}
		seen[p.Next] = true
		cursor = p.Next
	}
}

// Put writes a status back: what Preview showed, in its order.
func (s *Session) Put(ctx context.Context, to Target, status Status) error {
	asks, err := Preview(s.System.Name, &s.Account, to, status)
	if err != nil {
		return err
	}
	for _, a := range asks {
		if _, err := s.Do(ctx, a); err != nil {
			return err
		}
	}
	return nil
}
