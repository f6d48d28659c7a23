package simulator

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
)

// SIEM takes lines as Splunk's collector, the bulk API of Elasticsearch, or a plain
// collector of NDJSON does.
type SIEM struct {
	System string
	Key    string

	mu     sync.Mutex
	asked  int
	Busy   int             // every so many-th request is told to wait
	Broken int             // every so many-th request fails before anything is taken
	Lost   int             // of every so many-th request the lines are taken and the answer does not come
	Bad    string          // a line with this in it is not taken; with "*" none is
	Lines  []string        // as they were stored, in their order
	ids    map[string]bool // of documents, where lines have ids
	Seen   []string        // "METHOD path"
}

// Do changes the simulator, or looks at it, while requests come.
func (s *SIEM) Do(f func(*SIEM)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s)
}

// ServeHTTP answers one request.
func (s *SIEM) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, _ := io.ReadAll(io.LimitReader(r.Body, 4<<20))
	s.asked++
	s.Seen = append(s.Seen, r.Method+" "+r.URL.Path)
	scheme := map[string]string{"splunk": "Splunk ", "elastic": "ApiKey ", "ndjson": "Bearer "}[s.System]
	switch {
	case r.Header.Get("Authorization") != scheme+s.Key:
		w.WriteHeader(map[bool]int{true: http.StatusForbidden, false: http.StatusUnauthorized}[s.System == "splunk"])
		return
	case s.Busy > 0 && s.asked%s.Busy == 0:
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
		return
	case s.Broken > 0 && s.asked%s.Broken == 0:
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	lines := strings.Split(strings.TrimSuffix(string(body), "\n"), "\n")
	switch s.System {
	case "splunk":
		s.splunk(w, lines)
	case "elastic":
		s.bulk(w, lines)
	default:
		s.plain(w, lines)
	}
	if s.Lost > 0 && s.asked%s.Lost == 0 {
		panic(http.ErrAbortHandler)
	}
}

func (s *SIEM) bad(line string) bool {
	return s.Bad == "*" || s.Bad != "" && strings.Contains(line, s.Bad) || !json.Valid([]byte(line))
}

// splunk stores what stands before a bad event and nothing after it.
func (s *SIEM) splunk(w http.ResponseWriter, lines []string) {
	for i, l := range lines {
		var e struct {
			Time  float64         `json:"time"`
			Event json.RawMessage `json:"event"`
		}
		if s.bad(l) || json.Unmarshal([]byte(l), &e) != nil || e.Event == nil || e.Time == 0 {
			w.WriteHeader(http.StatusBadRequest)
			reply(w, map[string]any{"text": "Invalid data format", "code": 6, "invalid-event-number": i})
			return
		}
		s.Lines = append(s.Lines, string(e.Event))
	}
	reply(w, map[string]any{"text": "Success", "code": 0})
}

func (s *SIEM) bulk(w http.ResponseWriter, lines []string) {
	if s.ids == nil {
		s.ids = map[string]bool{}
	}
	var items []any
	failed := false
	for i := 0; i+1 < len(lines); i += 2 {
		var act struct {
			Create struct {
				ID string `json:"_id"`
			} `json:"create"`
		}
		status, more := http.StatusCreated, map[string]any{}
		switch {
		case json.Unmarshal([]byte(lines[i]), &act) != nil || s.bad(lines[i+1]) || !strings.Contains(lines[i+1], `"@timestamp":"20`):
			status, more = http.StatusBadRequest, map[string]any{"error": map[string]any{"type": "mapper_parsing_exception", "reason": "a value"}}
		case s.ids[act.Create.ID]:
			status, more = http.StatusConflict, map[string]any{"error": map[string]any{"type": "version_conflict_engine_exception"}}
		default:
			s.ids[act.Create.ID] = true
			s.Lines = append(s.Lines, lines[i+1])
		}
		failed = failed || status >= 400
		more["status"], more["_id"] = status, act.Create.ID
		items = append(items, map[string]any{"create": more})
	}
	reply(w, map[string]any{"took": 3, "errors": failed, "items": items})
}

func (s *SIEM) plain(w http.ResponseWriter, lines []string) {
	for _, l := range lines {
		if s.bad(l) {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprintln(w, "a line is bad")
			return
		}
	}
	s.Lines = append(s.Lines, lines...)
	w.WriteHeader(http.StatusAccepted)
}
