package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"runtime"
	"time"

	"bonafide/api"
	"bonafide/store"
)

// startMetrics serves figures and profiles on a listener of its own, which
// doctor keeps on loopback: they tell too much for anybody else.
func startMetrics(address string, server *api.Server, s *store.Store) (*http.Server, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, exit{exitFailed, "cannot listen on " + address + " for metrics"}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	started := time.Now()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		server.WriteMetrics(w)
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		ready := 0
		if s.Ready(r.Context()) == nil {
			ready = 1
		}
		for _, x := range []struct {
			name, help, kind string
			value            float64
		}{
			{"bonafide_database_ready", "1 when the database answers.", "gauge", float64(ready)},
			{"bonafide_uptime_seconds", "Since the start of the process.", "gauge", time.Since(started).Seconds()},
			{"go_goroutines", "Goroutines.", "gauge", float64(runtime.NumGoroutine())},
			{"go_memstats_heap_inuse_bytes", "Heap in use.", "gauge", float64(m.HeapInuse)},
			{"go_memstats_sys_bytes", "Memory from the system.", "gauge", float64(m.Sys)},
		} {
			fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n%s %g\n", x.name, x.help, x.name, x.kind, x.name, x.value)
		}
	})
	h := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go h.Serve(l)
	return h, nil
}
