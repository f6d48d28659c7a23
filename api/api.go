// Package api is the house over HTTP: JSON in and out, one file per noun, one
// line per route in routes.go, from which openapi.yaml is printed. It holds the
// manners of the wire (strict JSON, problems, idempotency keys, cursors,
// conditions, rates, shedding) and no rule of the house: those are in casework
// and screen. It never sees the store, because reading is logged.
//
// The frame is our own and not a library's, for three reasons: bodies are
// decoded once, by the strict decoder that reads files too; no answer ever
// echoes a value; and the table of routes is what the tests walk, role by role.
//
// To add a route: a function in the file of its noun and a line in routes.go;
// then `go test ./api -update` prints the contract anew.
package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/access"
	"bonafide/casework"
	"bonafide/screen"
)

// Server answers the API. Its fields are set before Handler and not changed.
type Server struct {
	Desk    *casework.Desk
	Keeper  *screen.Keeper
	Door    *access.Door
	Proxies access.Proxies
	Rates   *access.Rates // per key and per person
	Tenants *access.Rates // per tenant
	Tries   *access.Rates // per address, for what shows no valid key
	Log     *slog.Logger
	Now     func() time.Time
	Secure  bool // reached over TLS: cookies and HSTS say so
	Limits  Limits
	Prover  *screen.Prover // judges the answers of referees; nil: without asking a name server

	gate     *gate
	draining atomic.Bool
	metrics  metrics
	contract []byte // printed once
}

// Limits bound what one node takes on.
type Limits struct {
	AtOnce  int           // requests that work at the same time
	Queue   int           // requests that may wait for a place
	Longest time.Duration // how long they may wait
	Bodies  int64         // bytes of all bodies together
	Timeout time.Duration // of one request's work
}

// DefaultLimits hold a node of two cores far below 512 MiB.
func DefaultLimits() Limits {
	return Limits{AtOnce: 64, Queue: 64, Longest: 20 * time.Millisecond, Bodies: 96 << 20, Timeout: 20 * time.Second}
}

// call is one request on its way through a handler.
type call struct {
	context.Context
	s      *Server
	r      *http.Request
	caller access.Caller
	raw    []byte
	id     string
}

// answer is what a handler gives back.
type answer struct {
	status int
	body   any    // marshalled; []byte goes out as it is
	mark   string // the state of what was read, as a write on it has to name it
	next   string // cursor of the next page
	header [][2]string
	media  string
}

// in is the body of a command, read strictly.
func in[T any](c *call) (T, error) {
	var v T
	return v, decode(c.raw, &v)
}

// Handler is the API on every path of the table; everything else is not found.
func (s *Server) Handler() http.Handler {
	if s.Limits.AtOnce == 0 {
		s.Limits = DefaultLimits()
	}
	s.gate = newGate(s.Limits.AtOnce, s.Limits.Queue, s.Limits.Longest, s.Limits.Bodies)
	s.contract = OpenAPI()
	mux := http.NewServeMux()
	methods := map[string][]string{}
	for _, rt := range Routes() {
		mux.Handle(rt.Method+" "+rt.Path, s.route(rt))
		methods[rt.Path] = append(methods[rt.Path], rt.Method)
	}
	for path, allowed := range methods {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Allow", strings.Join(allowed, ", "))
			s.fail(w, &fault{kind: "method", detail: "The Allow header says which methods there are."}, s.begin(w, r))
		})
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.fail(w, notFound, s.begin(w, r)) })
	return mux
}

// begin gives a request its id and the headers every answer has.
func (s *Server) begin(w http.ResponseWriter, r *http.Request) string {
	id := r.Header.Get("X-Request-Id")
	if !plainID(id) {
		var b [12]byte
		rand.Read(b[:])
		id = hex.EncodeToString(b[:])
	}
	h := w.Header()
	h.Set("X-Request-Id", id)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	if s.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
	return id
}

func plainID(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return len(s) >= 8 && len(s) <= 64
}

// route is the way of every request: id, rate, who, right, room, body, work.
func (s *Server) route(rt Route) http.Handler {
	figures := s.metrics.of(rt.Method + " " + rt.Path)
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		w := &noted{ResponseWriter: out, status: http.StatusOK}
		id := s.begin(w, r)
		started := s.Now()
		defer func() { figures.note(w.status, s.Now().Sub(started)) }()
		defer func() {
			if p := recover(); p != nil {
				s.Log.Error("a handler broke", "request", id, "route", rt.Path, "at", firstFrame(debug.Stack()))
				s.fail(w, &fault{kind: "internal"}, id)
			}
		}()
		ctx, stop := context.WithTimeout(r.Context(), s.Limits.Timeout)
		defer stop()
		c := &call{Context: ctx, s: s, r: r, id: id}
		a, err := s.serve(c, rt)
		if err != nil {
			if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
				err = &fault{kind: "unavailable", detail: "It took too long; a repeat with the same Idempotency-Key settles what became of it."}
			}
			s.fail(w, err, id)
			return
		}
		s.write(w, r, a, rt)
		s.Log.Debug("answered", "request", id, "route", rt.Path, "took", s.Now().Sub(started))
	})
}

func (s *Server) serve(c *call, rt Route) (answer, error) {
	if rt.Probe {
		return rt.do(c)
	}
	known, err := s.gate.knock()
	if err != nil {
		return answer{}, err
	}
	defer known()
	client := s.Proxies.Client(c.r).String()
	if len(c.r.URL.RawQuery) > 4096 {
		return answer{}, &fault{kind: "invalid", detail: "The query is longer than 4 KiB."}
	}
	if !rt.Open {
		caller, err := s.Door.Who(c, c.r)
		if err != nil {
			if wait, ok := s.Tries.Take(client, s.Now()); !ok {
				return answer{}, tooMany(wait)
			}
			return answer{}, unauthenticated(err)
		}
		c.caller = caller
		for _, r := range []struct {
			rates *access.Rates
			name  string
		}{{s.Rates, caller.Tenant + "/" + caller.ID}, {s.Tenants, caller.Tenant}} {
			if wait, ok := r.rates.Take(r.name, s.Now()); !ok {
				return answer{}, tooMany(wait)
			}
		}
		if !caller.May(rt.Act) {
			return answer{}, access.Refused()
		}
		if rt.Fresh && caller.Session != "" && !caller.Fresh {
			return answer{}, &fault{kind: "refused", detail: "Sign in again first: this needs a sign-in of the last minutes."}
		}
	} else if !rt.Signed {
		if wait, ok := s.Tries.Take(client, s.Now()); !ok {
			return answer{}, tooMany(wait)
		}
	}
	if err := rt.checkQuery(c.r); err != nil {
		return answer{}, err
	}
	known()
	if rt.takesBody() {
		if err := rt.checkMedia(c.r); err != nil {
			return answer{}, err
		}
		raw, done, err := s.gate.body(c.r, rt.most())
		if err != nil {
			return answer{}, err
		}
		defer done()
		c.raw = raw
	} else if c.r.ContentLength != 0 {
		return answer{}, &fault{kind: "invalid", detail: "This takes no body.", header: [2]string{"Connection", "close"}}
	}
	if err := s.gate.enter(c); err != nil {
		return answer{}, err
	}
	defer s.gate.leave()
	c.Context = casework.OnlyIf(c.Context, marks(c.r.Header.Get("If-Match")))
	return rt.do(c)
}

func tooMany(wait time.Duration) error {
	seconds := int(wait/time.Second) + 1
	return &fault{kind: "too-many", detail: "This caller or this tenant asks more often than is allowed.", header: [2]string{"Retry-After", fmt.Sprint(seconds)}}
}

// unauthenticated says the same for a key that is missing, wrong, expired or
// revoked; a store that cannot be asked is another matter.
func unauthenticated(err error) error {
	if access.IsNobody(err) {
		return &fault{kind: "unauthenticated", detail: "Send Authorization: Bearer with a valid key, or sign in."}
	}
	return err
}

func (s *Server) write(w http.ResponseWriter, r *http.Request, a answer, rt Route) {
	h := w.Header()
	for _, kv := range a.header {
		h.Add(kv[0], kv[1])
	}
	if a.next != "" {
		q := r.URL.Query()
		q.Set("after", a.next)
		h.Set("Link", "<"+r.URL.Path+"?"+q.Encode()+`>; rel="next"`)
	}
	if a.status == 0 {
		a.status = rt.status()
	}
	if a.body == nil {
		w.WriteHeader(a.status)
		return
	}
	body, raw := a.body.([]byte)
	if !raw {
		var err error
		if body, err = json.Marshal(a.body); err != nil {
			s.fail(w, err, h.Get("X-Request-Id"))
			return
		}
		body = append(body, '\n')
	}
	if rt.tagged() {
		tag := etag(a.mark, body)
		h.Set("ETag", tag)
		if held(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if a.media == "" {
		a.media = rt.outMedia()
	}
	h.Set("Content-Type", a.media)
	w.WriteHeader(a.status)
	w.Write(body)
}

// noted remembers the status of an answer.
type noted struct {
	http.ResponseWriter
	status int
}

func (n *noted) WriteHeader(status int) {
	n.status = status
	n.ResponseWriter.WriteHeader(status)
}

// firstFrame is where a panic began, without its message.
func firstFrame(stack []byte) string {
	lines := strings.Split(string(stack), "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, "panic(") && i+3 < len(lines) {
			at, _, _ := strings.Cut(strings.TrimSpace(lines[i+3]), " ")
			return at[strings.LastIndexByte(at, '/')+1:]
		}
	}
	return ""
}

const (
	writeTimeout = 60 * time.Second
	idleTimeout  = 90 * time.Second
)

// HTTP is a server for a handler with bounds against slow and large senders.
func HTTP(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(quiet{log.Handler()}, slog.LevelDebug),
	}
}

// quiet keeps what net/http says about single connections at debug level: its
// lines may quote a request.
type quiet struct{ slog.Handler }

// Bounded accepts most connections at a time; more wait in the kernel's queue.
func Bounded(l net.Listener, most int) net.Listener {
	return &bounded{Listener: l, free: make(chan struct{}, most)}
}

type bounded struct {
	net.Listener
	free chan struct{}
}

func (b *bounded) Accept() (net.Conn, error) {
	b.free <- struct{}{}
	c, err := b.Listener.Accept()
	if err != nil {
		<-b.free
		return nil, err
	}
	return &counted{Conn: c, free: b.free}, nil
}

type counted struct {
	net.Conn
	free chan struct{}
	done bool
}

func (c *counted) Close() error {
	err := c.Conn.Close()
	if !c.done {
		c.done = true
		<-c.free
	}
	return err
}
