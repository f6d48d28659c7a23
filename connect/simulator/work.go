package simulator

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Work is the systems of a house at work, all behind one address: directories in
// which accounts are ended, logs of sign-ins, devices that are locked. It is
// written from the vendors' documentation, as the connectors are.
type Work struct {
	Key      string          // that is taken as it is; tokens are made of it where there are tokens
	Accounts map[string]bool // by id or login: active
	Names    map[string]string
	Devices  map[string]bool // by id: locked
	Log      []SignIn
	Now      func() time.Time // its clock; the true one when nil

	mu      sync.Mutex
	asked   int
	Busy    int  // every so many-th request is told to wait
	Broken  int  // every so many-th request fails
	Lost    int  // of every so many-th request the effect takes place and the answer does not come
	Down    bool // nobody answers well
	Expired bool // no key is taken any more
	Skew    time.Duration
	Seen    []string // "METHOD path"
	Ended   []string // what took effect, once each time
}

// SignIn is a line of a log.
type SignIn struct {
	ID, Login string
	At        time.Time
}

// Do changes the simulator while requests come.
func (s *Work) Do(f func(*Work)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s)
}

// ServeHTTP answers one request.
func (s *Work) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, _ := io.ReadAll(io.LimitReader(r.Body, 4<<20))
	s.asked++
	s.Seen = append(s.Seen, r.Method+" "+r.URL.Path)
	w.Header().Set("Date", s.now().Add(s.Skew).UTC().Format(http.TimeFormat))
	path := r.URL.Path
	switch {
	case s.Down:
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	case strings.HasSuffix(path, "/oauth2/v2.0/token") || path == "/api/oauth/token" || path == "/token":
		form, _ := url.ParseQuery(string(body))
		if s.Expired || form.Get("client_secret") != s.Key && form.Get("assertion") == "" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		reply(w, map[string]any{"access_token": s.Key, "expires_in": 3600})
		return
	case s.Expired || !strings.HasSuffix(r.Header.Get("Authorization"), " "+s.Key):
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
	if s.Lost > 0 && s.asked%s.Lost == 0 && r.Method != http.MethodGet {
		s.answer(discard{http.Header{}}, r, path, body)
		panic(http.ErrAbortHandler)
	}
	s.answer(w, r, path, body)
}

type discard struct{ h http.Header }

func (d discard) Header() http.Header         { return d.h }
func (d discard) Write(b []byte) (int, error) { return len(b), nil }
func (d discard) WriteHeader(int)             {}

func (s *Work) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

func (s *Work) answer(w http.ResponseWriter, r *http.Request, path string, body []byte) {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	switch {
	case path == "/api/v1/logs" || path == "/auditLogs/signIns" || strings.HasPrefix(path, "/admin/reports/"):
		s.log(w, r)
	case strings.HasPrefix(path, "/api/v1/users/") && len(parts) == 4: // Okta
		s.account(w, parts[3], func(active bool) any {
			return map[string]any{"id": parts[3], "status": map[bool]string{true: "ACTIVE", false: "SUSPENDED"}[active]}
		})
	case strings.HasSuffix(path, "/lifecycle/suspend"):
		if !s.Accounts[parts[3]] {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		s.end(parts[3], "okta")
		reply(w, map[string]any{})
	case strings.HasSuffix(path, "/sessions") && r.Method == http.MethodDelete:
		s.Ended = append(s.Ended, "okta sessions "+parts[3])
		w.WriteHeader(http.StatusNoContent)
	case strings.HasPrefix(path, "/users/") && r.Method == http.MethodGet: // Graph, GitHub
		s.account(w, parts[1], func(active bool) any { return map[string]any{"accountEnabled": active, "login": parts[1]} })
	case strings.HasPrefix(path, "/users/") && r.Method == http.MethodPatch:
		if _, there := s.Accounts[parts[1]]; !there || !strings.Contains(string(body), `"accountEnabled":false`) {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		s.end(parts[1], "entra")
		w.WriteHeader(http.StatusNoContent)
	case strings.HasSuffix(path, "/revokeSignInSessions"):
		s.Ended = append(s.Ended, "entra sessions "+parts[1])
		reply(w, map[string]any{"value": true})
	case path == "/Users": // SCIM
		name := strings.Trim(strings.TrimPrefix(r.URL.Query().Get("filter"), "userName eq "), `"`)
		found := []any{}
		if id, ok := s.Names[name]; ok {
			found = append(found, map[string]any{"id": id, "userName": name})
		}
		reply(w, map[string]any{"totalResults": len(found), "Resources": found})
	case parts[0] == "Users":
		s.scim(w, r, parts[1], string(body))
	case strings.Contains(path, "/memberships/"), strings.Contains(path, "/outside_collaborators/"):
		s.member(w, r, parts[len(parts)-1], parts[2])
	case strings.HasSuffix(path, "/remoteLock"):
		s.lock(w, parts[2])
	case parts[0] == "deviceManagement":
		if _, ok := s.Devices[last(path)]; !ok {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		reply(w, map[string]any{"id": last(path)})
	case path == "/api/v2/mdm/commands":
		for id := range s.Devices {
			if strings.Contains(string(body), `"managementId":"`+id+`"`) && strings.Contains(string(body), "DEVICE_LOCK") {
				s.lock(w, id)
				return
			}
		}
		w.WriteHeader(http.StatusBadRequest)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (s *Work) account(w http.ResponseWriter, id string, f func(bool) any) {
	active, there := s.Accounts[id]
	if !there {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	reply(w, f(active))
}

func (s *Work) end(id, where string) {
	s.Accounts[id] = false
	s.Ended = append(s.Ended, where+" "+id)
}

func (s *Work) scim(w http.ResponseWriter, r *http.Request, id, body string) {
	if _, there := s.Accounts[id]; !there {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	dialects := []string{`"op":"replace","value":{"active":false}`, `"op":"Replace","path":"active","value":false`}
	if r.Method == http.MethodDelete || r.Method == http.MethodPatch && (strings.Contains(body, dialects[0]) || strings.Contains(body, dialects[1])) {
		s.end(id, "scim")
	}
	reply(w, map[string]any{"id": id, "active": s.Accounts[id]})
}

func (s *Work) member(w http.ResponseWriter, r *http.Request, login, kind string) {
	active := s.Accounts[login]
	switch {
	case kind == "outside_collaborators":
		w.WriteHeader(http.StatusUnprocessableEntity)
	case !active:
		w.WriteHeader(http.StatusNotFound)
	case r.Method == http.MethodDelete:
		s.end(login, "github")
		w.WriteHeader(http.StatusNoContent)
	default:
		reply(w, map[string]any{"state": "active"})
	}
}

func (s *Work) lock(w http.ResponseWriter, id string) {
	if _, there := s.Devices[id]; !there {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	s.Devices[id] = true
	s.Ended = append(s.Ended, "lock "+id)
	w.WriteHeader(http.StatusNoContent)
}

// log answers for a window of time, a few at a time, in the shape of whose path it is.
func (s *Work) log(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	since, until := q.Get("since"), q.Get("until")
	if q.Get("startTime") != "" {
		since, until = q.Get("startTime"), q.Get("endTime")
	}
	if f := q.Get("$filter"); f != "" {
		_, _ = fmt.Sscanf(f, "createdDateTime ge %s and createdDateTime lt %s", &since, &until)
	}
	from, err := time.Parse(time.RFC3339, since)
	to, err2 := time.Parse(time.RFC3339, until)
	if err != nil || err2 != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	var all []SignIn
	for _, e := range s.Log {
		if !e.At.Before(from) && e.At.Before(to) && !e.At.After(s.now()) {
			all = append(all, e)
		}
	}
	at := 0
	for _, name := range []string{"after", "$skiptoken", "pageToken"} {
		if q.Get(name) != "" {
			at = number(q.Get(name))
		}
	}
	page := all[min(at, len(all)):min(at+pageSize, len(all))]
	more := at+pageSize < len(all)
	next := func(name string) string {
		q.Set(name, fmt.Sprint(at+pageSize))
		return host(r) + r.URL.Path + "?" + q.Encode()
	}
	list := []any{}
	switch {
	case r.URL.Path == "/api/v1/logs":
		for _, e := range page {
			list = append(list, map[string]any{"uuid": e.ID, "published": e.At.Format(time.RFC3339Nano), "eventType": "user.session.start", "actor": map[string]any{"alternateId": e.Login},
				"client": map[string]any{"ipAddress": "203.0.113.9"}, "outcome": map[string]any{"result": "SUCCESS"}})
		}
		if more {
			w.Header().Set("Link", "<"+next("after")+`>; rel="next"`)
		}
		reply(w, list)
	case r.URL.Path == "/auditLogs/signIns":
		for _, e := range page {
			list = append(list, map[string]any{"id": e.ID, "createdDateTime": e.At.Format(time.RFC3339Nano), "userPrincipalName": e.Login, "ipAddress": "203.0.113.9", "status": map[string]any{"errorCode": 0}})
		}
		out := map[string]any{"value": list}
		if more {
			out["@odata.nextLink"] = next("$skiptoken")
		}
		reply(w, out)
	default:
		if !strings.HasSuffix(r.URL.Path, "/login") {
			reply(w, map[string]any{"kind": "admin#reports#activities"})
			return
		}
		for _, e := range page {
			list = append(list, map[string]any{"id": map[string]any{"time": e.At.Format(time.RFC3339Nano), "uniqueQualifier": e.ID, "applicationName": "login"}, "actor": map[string]any{"email": e.Login},
				"ipAddress": "203.0.113.9", "events": []any{map[string]any{"type": "login", "name": "login_success"}}})
		}
		out := map[string]any{"items": list}
		if more {
			next("pageToken")
			out["nextPageToken"] = q.Get("pageToken")
		}
		reply(w, out)
	}
}

// Ask does what a story's control request wants: GET /control?down=yes and such.
func (s *Work) Ask(v url.Values) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if x := v.Get("down"); x != "" {
		s.Down = x == "yes"
	}
	if x := v.Get("expired"); x != "" {
		s.Expired = x == "yes"
	}
	b, _ := json.Marshal(map[string]any{"ended": s.Ended, "asked": s.asked})
	return string(b)
}
