package connect

import (
	"bufio"
	"bytes"
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"bonafide/checks"
	"bonafide/lists"
	"bonafide/record"
)

// signIns are lines of a System Log of so many people, each a month of honest
// days; the last person is in two far places within minutes on one of them.
func signIns(people, each int) []byte {
	var b bytes.Buffer
	start := time.Date(2026, 4, 1, 8, 0, 0, 0, time.UTC)
	for i := range each {
		for p := range people {
			at, country, ip := start.Add(time.Duration(i)*6*time.Hour), "Portugal", fmt.Sprintf("203.0.113.%d", p%250)
			if p == people-1 && i%2 == 1 {
				at, country, ip = at.Add(-6*time.Hour+10*time.Minute), "Japan", "198.51.100.7"
			}
			fmt.Fprintf(&b, `{"actor":{"id":"00u%d","type":"User","alternateId":"p%d@firm.example","displayName":"P"},"client":{"userAgent":{"rawUserAgent":"Mozilla/5.0","os":"Linux","browser":"FIREFOX"},"zone":null,"device":"Computer","ipAddress":"%s","geographicalContext":{"city":"X","country":"%s","geolocation":{"lat":41.1,"lon":-8.6}}},"device":{"id":"g%d"},"authenticationContext":{"externalSessionId":"s%d-%d"},"eventType":"user.session.start","outcome":{"result":"SUCCESS","reason":null},"published":"%s","securityContext":{"isProxy":false},"severity":"INFO","debugContext":{"debugData":{"requestId":"r"}},"uuid":"u%d-%d","version":0}`+"\n",
				p, p, ip, country, p, p, i, at.Format(time.RFC3339Nano), p, i)
		}
	}
	return b.Bytes()
}

// observe is the way from lines to findings: read, put on the record of whoever
// holds the account, every check over every record.
func observe(tb testing.TB, log []byte, people int) (events, hits int) {
	runner, err := checks.NewRunner(checks.Catalogue())
	if err != nil {
		tb.Fatal(err)
	}
	tables, bad := lists.Load(fstest.MapFS{"geo.csv": {Data: []byte("# as-of: 2026-02-20\n198.51.100.0,198.51.100.255,JP,35.68,139.69\n203.0.113.0,203.0.113.255,PT,41.15,-8.61\n")}}, time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC))
	if len(bad) > 0 {
		tb.Fatal(bad)
	}
	w, _ := FindWatch("okta")
	of := make(map[string][]Seen, people)
	in := bufio.NewScanner(bytes.NewReader(log))
	in.Buffer(make([]byte, 64<<10), 1<<20)
	for in.Scan() {
		all, err := w.Read(in.Bytes())
		if err != nil {
			tb.Fatal(err)
		}
		for _, s := range all {
			of[s.Account] = append(of[s.Account], s)
			events++
		}
	}
	for p := range people {
		a := &record.Application{ID: fmt.Sprint(p), Source: "form", ReceivedAt: time.Date(2026, 5, 2, 9, 0, 0, 0, time.UTC), Role: record.Role{Country: "PT", Tier: "T2", Remote: true},
			Person: record.Person{Name: fmt.Sprint("Nora ", p), Address: record.Address{Country: "PT"}}}
		Attach(a, of[fmt.Sprintf("p%d@firm.example", p)], true)
		rep := runner.RunOpen(&record.Subject{Application: a}, tables)
		hits += len(rep.Findings)
	}
	return events, hits
}

// TestSignInsToFindings: from lines of a log to findings about one of twenty people.
func TestSignInsToFindings(t *testing.T) {
	log := signIns(20, 40)
	events, hits := observe(t, log, 20)
	if events != 800 || hits == 0 {
		t.Errorf("%d events, %d findings", events, hits)
	}
	if _, honest := observe(t, log, 19); honest != 0 { // all but the last
		t.Errorf("%d findings about people who sign in from home", honest)
	}
}

// BenchmarkSignInsToFindings is 20,000 sign-ins of 200 people to findings.
func BenchmarkSignInsToFindings(b *testing.B) {
	log := signIns(200, 100)
	b.SetBytes(int64(len(log)))
	n := 0
	for b.Loop() {
		events, _ := observe(b, log, 200)
		n += events
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "events/s")
}
