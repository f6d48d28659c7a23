// Package simulator answers as the API of each applicant tracking system and of
// the identity vendors that are asked does,
// with invented people, for tests: pages and cursors, short-lived tokens, rate
// limits, faults, and what is written back. It is written from the vendors'
// documentation, as the connectors are; that both agree proves the connector's
// manners, and nothing about a vendor's server of today.
//
// One more system is one line in dialects.
package simulator

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
)

// Server is one provider with People numbered from 1.
type Server struct {
	System string
	People int
	Key    string // that is taken; a token is made of it where there are tokens

	Busy   int  // every so many-th request is told to wait; 0: none
	Broken int  // every so many-th request fails; 0: none
	Tokens int  // a token lives for so many requests; 0: for ever
	Lacks  bool // the key may read people and not what the provider has seen about them

	States map[string]string // what an identity vendor says of an id; passed unless said, gone: that there is none

	mu      sync.Mutex
	asked   int
	token   int
	left    int
	Refused int      // requests without a valid key
	Written []string // bodies that were written back, "METHOD path body"
	Seen    []string // paths that were asked for
}

const pageSize = 3

// Do changes the simulator, or looks at it, while requests come.
func (s *Server) Do(f func(*Server)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s)
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if r.URL.Path == "/token" || r.URL.Path == "/v2/auth/token" {
		form, err := url.ParseQuery(string(body))
		if _, secret, ok := r.BasicAuth(); ok {
			form.Set("client_secret", secret)
		}
		switch {
		case err != nil || form.Get("grant_type") != "client_credentials":
			w.WriteHeader(http.StatusBadRequest)
			return
		case form.Get("client_secret") != s.Key:
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		s.token++
		s.left = s.Tokens
		reply(w, map[string]any{"access_token": s.bearer(), "expires_in": 3600, "token_type": "Bearer"})
		return
	}
	s.asked++
	s.Seen = append(s.Seen, r.Method+" "+r.URL.Path)
	switch {
	case !s.signed(r):
		s.Refused++
		w.WriteHeader(http.StatusUnauthorized)
		return
	case s.Busy > 0 && s.asked%s.Busy == 0:
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
		return
	case s.Broken > 0 && s.asked%s.Broken == 0:
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	d := dialects[s.System]
	if d.writes(r) {
		s.Written = append(s.Written, r.Method+" "+r.URL.Path+" "+string(body))
		reply(w, map[string]any{"success": true, "results": map[string]any{}})
		return
	}
	d.answer(s, w, r, body)
}

func (s *Server) bearer() string { return s.Key + "-" + strconv.Itoa(s.token) }

// signed checks the key the way the system wants it.
func (s *Server) signed(r *http.Request) bool {
	got := r.Header.Get("Authorization")
	user, password, _ := r.BasicAuth()
	switch s.System {
	case "greenhouse", "personio":
		if s.Tokens == 0 { // several live side by side
			return strings.HasPrefix(got, "Bearer "+s.Key+"-")
		}
		if s.left--; s.left < 0 {
			return false
		}
		return got == "Bearer "+s.bearer()
	case "ashby", "lever":
		return user == s.Key && password == ""
	case "bamboohr":
		return user == s.Key && password == "x"
	case "smartrecruiters":
		return r.Header.Get("X-SmartToken") == s.Key
	case "onfido":
		return got == "Token token="+s.Key
	case "teamtailor":
		return got == "Token token="+s.Key && r.Header.Get("X-Api-Version") != ""
	}
	return got == "Bearer "+s.Key
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

// dialect is how one system answers.
type dialect struct {
	writes func(r *http.Request) bool
	answer func(s *Server, w http.ResponseWriter, r *http.Request, body []byte)
}

// wrote is true for everything that is no GET.
func wrote(r *http.Request) bool { return r.Method != http.MethodGet }

// page is the numbers of one page, and the number the next begins with, 0 at the end.
func (s *Server) page(from int) (all []int, next int) {
	for n := from; n <= s.People && len(all) < pageSize; n++ {
		all = append(all, n)
	}
	if next = from + len(all); next > s.People {
		next = 0
	}
	return all, next
}

// number reads where a page begins; 1 where nothing is said.
func number(text string) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return 1
}

func last(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

func each(all []int, f func(int) map[string]any) []any {
	out := []any{}
	for _, n := range all {
		out = append(out, f(n))
	}
	return out
}

func name(n int) string  { return fmt.Sprintf("Muster%d", n) }
func mail(n int) string  { return fmt.Sprintf("nora%d@example.org", n) }
func phone(n int) string { return fmt.Sprintf("+4915100000%03d", n) }

const day = "2026-03-02T09:00:00Z"

func host(r *http.Request) string { return "http://" + r.Host }
