package api

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// metrics are counts by route and status, and how long answers took. Names of
// routes only: no id, no tenant, nothing personal.
type metrics struct {
	mu     sync.Mutex
	routes map[string]*routeMetrics
}

type routeMetrics struct {
	status  [6]atomic.Int64 // by hundreds
	buckets [len(bounds) + 1]atomic.Int64
	sum     atomic.Int64 // microseconds
}

var bounds = [...]float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10}

func (m *metrics) of(route string) *routeMetrics {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.routes == nil {
		m.routes = map[string]*routeMetrics{}
	}
	r := m.routes[route]
	if r == nil {
		r = &routeMetrics{}
		m.routes[route] = r
	}
	return r
}

func (r *routeMetrics) note(status int, took time.Duration) {
	r.status[min(max(status/100, 0), 5)].Add(1)
	at := len(bounds)
	for i, b := range bounds {
		if took.Seconds() <= b {
			at = i
			break
		}
	}
	r.buckets[at].Add(1)
	r.sum.Add(took.Microseconds())
}

// WriteMetrics writes the figures in the text format of Prometheus.
func (s *Server) WriteMetrics(w io.Writer) {
	s.metrics.mu.Lock()
	names := make([]string, 0, len(s.metrics.routes))
	for n := range s.metrics.routes {
		names = append(names, n)
	}
	s.metrics.mu.Unlock()
	slices.Sort(names)
	fmt.Fprint(w, "# HELP bonafide_requests_total Answers by route and kind of status.\n# TYPE bonafide_requests_total counter\n")
	for _, n := range names {
		r := s.metrics.of(n)
		for i := range r.status {
			if v := r.status[i].Load(); v > 0 {
				fmt.Fprintf(w, "bonafide_requests_total{route=%q,status=\"%dxx\"} %d\n", n, i, v)
			}
		}
	}
	fmt.Fprint(w, "# HELP bonafide_request_seconds How long answers took.\n# TYPE bonafide_request_seconds histogram\n")
	for _, n := range names {
		r := s.metrics.of(n)
		all := int64(0)
		for i := range r.buckets {
			all += r.buckets[i].Load()
			le := "+Inf"
			if i < len(bounds) {
				le = fmt.Sprint(bounds[i])
			}
			fmt.Fprintf(w, "bonafide_request_seconds_bucket{route=%q,le=%q} %d\n", n, le, all)
		}
		fmt.Fprintf(w, "bonafide_request_seconds_sum{route=%q} %g\nbonafide_request_seconds_count{route=%q} %d\n", n, float64(r.sum.Load())/1e6, n, all)
	}
	fmt.Fprintf(w, "# HELP bonafide_shed_total Requests that were told to come again.\n# TYPE bonafide_shed_total counter\nbonafide_shed_total %d\n", s.Shed())
	fmt.Fprintf(w, "# HELP bonafide_body_bytes_free Bytes of bodies that may still be held.\n# TYPE bonafide_body_bytes_free gauge\nbonafide_body_bytes_free %d\n", s.gate.budget.Load())
}
