package api

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"bonafide/access"
	"bonafide/record"
)

func dataDir(t *testing.T, what string, under string) string {
	t.Helper()
	dir := os.Getenv("BONAFIDE_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	dir = filepath.Join(dir, under)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("NOT TESTED: %s; there is no %s (set BONAFIDE_DATA)", what, dir)
	}
	return dir
}

// TestHostileJSON: every file of JSONTestSuite and of our own hostile JSON, to
// every command. What is no JSON is refused, nothing is a 500, nothing of it
// comes back, the server goes on.
func TestHostileJSON(t *testing.T) {
	w := newWorld(t)
	key := w.key("one", access.Scopes[:]...)
	n := 0
	for _, under := range []string{"hostile/json", "hostile/made/json"} {
		dir := dataDir(t, "hostile JSON through the API", under)
		err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".json") || d.Name() == "EXPECT.json" {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, rt := range Routes() {
				if rt.In == nil || !rt.Open && !keyMay(rt.Act) {
					continue
				}
				h := map[string]string{"Idempotency-Key": fmt.Sprint("h", n), "Content-Type": rt.inMedia()}
				if rt.Condition != "" {
					h["If-Match"] = `"what.was-read"` // else it would be refused before its body is read
				}
				n++
				r := w.ask(rt.Method, rt.Path, raw, key, h)
				if r.status != 400 && r.status != 413 {
					t.Errorf("%s to %s: %d %.200s", d.Name(), rt.Path, r.status, r.body)
				}
			}
			return nil
		})
		ok(t, err)
	}
	if n < 1000 {
		t.Errorf("only %d requests", n)
	}
	want[Me](t, w.ask("GET", "/v1/me", nil, key), 200)
}

func keyMay(a access.Act) bool {
	return access.Caller{Actor: record.Actor{Kind: record.ActorKey}, Scopes: access.Scopes[:]}.May(a)
}

// raw sends bytes as they are and gives the status lines that come back.
func (w *world) raw(t *testing.T, text string) (statuses []string) {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(w.http.URL, "http://"))
	ok(t, err)
	defer c.Close()
	ok(t, c.SetDeadline(time.Now().Add(3*time.Second)))
	if _, err := c.Write([]byte(text)); err != nil {
		return nil
	}
	r := bufio.NewReader(c)
	for {
		a, err := http.ReadResponse(r, nil)
		if err != nil {
			return statuses
		}
		var b bytes.Buffer
		b.ReadFrom(a.Body)
		a.Body.Close()
		statuses = append(statuses, fmt.Sprint(a.StatusCode))
		if a.Close {
			return statuses
		}
	}
}

// TestSmuggling: requests that two parsers would cut at different places. None
// may lead to a second answer, for the second request is the smuggled one.
func TestSmuggling(t *testing.T) {
	w := newWorld(t)
	auth := w.key("one", access.Scopes[:]...)["Authorization"]
	body := `{"kind":"mail","value":"a@example.org"}`
	smuggled := "GET /v1/cases HTTP/1.1\r\nHost: x\r\nAuthorization: " + auth + "\r\n\r\n"
	head := "POST /v1/search HTTP/1.1\r\nHost: x\r\nAuthorization: " + auth + "\r\nContent-Type: application/json\r\n"
	length := fmt.Sprintf("Content-Length: %d\r\n", len(body))
	if got := w.raw(t, head+length+"Connection: close\r\n\r\n"+body); fmt.Sprint(got) != "[200]" {
		t.Fatalf("an honest request: %v", got)
	}
	for name, text := range map[string]string{
		"TE and CL":              head + length + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled,
		"CL and TE":              head + "Transfer-Encoding: chunked\r\n" + length + "\r\n0\r\n\r\n" + smuggled,
		"chunked":                head + "Transfer-Encoding: chunked\r\n\r\n" + fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(body), body) + smuggled,
		"TE with a tab":          head + length + "Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n" + smuggled,
		"TE xchunked":            head + length + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + smuggled,
		"TE twice":               head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + smuggled,
		"two lengths":            head + length + "Content-Length: 0\r\n\r\n" + body + smuggled,
		"a length with a plus":   head + fmt.Sprintf("Content-Length: +%d\r\n\r\n", len(body)) + body + smuggled,
		"a negative length":      head + "Content-Length: -1\r\n\r\n" + body + smuggled,
		"a length in hex":        head + "Content-Length: 0x10\r\n\r\n" + body + smuggled,
		"a space before a colon": head + fmt.Sprintf("Content-Length : %d\r\n\r\n", len(body)) + body + smuggled,
		"a folded header":        head + "X: a\r\n b\r\nContent-Length\r\n : 5\r\n\r\n" + body + smuggled,
		"a bare CR":              head + "X: a\rContent-Length: 0\r\n\r\n" + smuggled,
		"a NUL in a header":      head + "X: a\x00b\r\n" + length + "\r\n" + body + smuggled,
		"two hosts":              "GET /v1/me HTTP/1.1\r\nHost: a\r\nHost: b\r\nAuthorization: " + auth + "\r\n\r\n" + smuggled,
		"a GET with a body":      "GET /v1/me HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\nAuthorization: " + auth + "\r\n\r\n0123456789" + smuggled,
		"too large a header":     "GET /v1/me HTTP/1.1\r\nHost: a\r\nX: " + strings.Repeat("a", 64<<10) + "\r\n\r\n" + smuggled,
		"too large a body":       head + "Content-Length: 99999999\r\n\r\n" + body + smuggled,
	} {
		got := w.raw(t, text)
		if len(got) > 1 || len(got) == 1 && got[0][0] != '4' && got[0][0] != '5' {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestSlowClients: a thousand senders that give a byte now and then hold no
// place that others need, and little memory.
func TestSlowClients(t *testing.T) {
	w := newWorld(t)
	auth := w.key("one", access.Scopes[:]...)
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var open sync.WaitGroup
	stop := make(chan struct{})
	for i := range 500 {
		c, err := net.Dial("tcp", strings.TrimPrefix(w.http.URL, "http://"))
		if err != nil {
			t.Skipf("NOT TESTED: slow clients; only %d connections can be opened here", i)
		}
		open.Go(func() {
			defer c.Close()
			head := "POST /v1/search HTTP/1.1\r\nHost: x\r\nAuthorization: " + auth["Authorization"] + "\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n"
			if i%2 == 0 {
				head = head[:60]
			}
			fmt.Fprint(c, head)
			for {
				select {
				case <-stop:
					return
				case <-time.After(200 * time.Millisecond):
					if _, err := c.Write([]byte("a")); err != nil {
						return
					}
				}
			}
		})
	}
	time.Sleep(300 * time.Millisecond)
	for range 20 {
		start := time.Now()
		want[Me](t, w.ask("GET", "/v1/me", nil, auth), 200)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("an honest request waited %v", took)
		}
	}
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	if grown := int64(now.HeapInuse) - int64(before.HeapInuse); grown > 64<<20 {
		t.Errorf("500 slow clients hold %d MiB", grown>>20)
	}
	close(stop)
	open.Wait()
}

// TestShedding: when every place is taken the rest are told at once to come
// again, and nobody is kept waiting for it.
func TestShedding(t *testing.T) {
	g := newGate(2, 3, 30*time.Millisecond, 100)
	ctx := t.Context()
	for range 2 {
		ok(t, g.enter(ctx))
	}
	var wait sync.WaitGroup
	took := make([]time.Duration, 20)
	for i := range took {
		wait.Go(func() {
			start := time.Now()
			if err := g.enter(ctx); err != busy {
				t.Errorf("a place where there was none: %v", err)
			}
			took[i] = time.Since(start)
		})
	}
	wait.Wait()
	late := 0
	for _, d := range took {
		if d > 500*time.Millisecond {
			t.Errorf("shed after %v", d)
		}
		if d > 20*time.Millisecond {
			late++
		}
	}
	if late > 3 {
		t.Errorf("%d waited, where 3 may", late)
	}
	// Who comes when all places are taken and all who may wait do is not even asked
	// who they are.
	g.waiting.Store(3)
	if _, err := g.knock(); err != busy {
		t.Errorf("a full house let one knock: %v", err)
	}
	// Nor is anybody let in to wait for a while after, though there were room: who
	// waits when more come than can be done is only served later.
	g.waiting.Store(0)
	if _, err := g.knock(); err != busy {
		t.Errorf("one is let in to wait just after others were turned away: %v", err)
	}
	g.leave()
	done, err := g.knock()
	if err != nil {
		t.Errorf("a free place is not given: %v", err)
	}
	done()
	g.last.Add(-int64(strained))
	var known []func()
	for range 4 {
		done, err := g.knock()
		ok(t, err)
		known = append(known, done)
	}
	if _, err := g.knock(); err != busy {
		t.Errorf("a fifth is asked who they are: %v", err)
	}
	for _, done := range known {
		done()
		done()
	}
	if g.asking.Load() != 0 {
		t.Errorf("%d are being asked when nobody is there", g.asking.Load())
	}
	ok(t, g.enter(ctx))
	// Bodies: what does not fit into the budget is shed, and given back after.
	request := func(n int) *http.Request {
		r, _ := http.NewRequest("POST", "/", bytes.NewReader(make([]byte, n)))
		return r
	}
	_, done, err = g.body(request(80), 90)
	ok(t, err)
	if _, _, err := g.body(request(80), 90); err != busy {
		t.Errorf("two bodies of 80 in 100: %v", err)
	}
	if _, _, err := g.body(request(91), 90); err == nil || err == busy {
		t.Errorf("a body over its bound: %v", err)
	}
	done()
	_, done, err = g.body(request(80), 90)
	ok(t, err)
	done()
	if g.budget.Load() != 100 {
		t.Errorf("the budget lost %d", 100-g.budget.Load())
	}
}

// TestRequestBounds: what the contract does not name is refused, not passed over.
func TestRequestBounds(t *testing.T) {
	w := newWorld(t)
	key := w.key("one", access.Scopes[:]...)
	for _, c := range []struct {
		method, path string
		body         []byte
		header       map[string]string
		status       int
	}{
		{"GET", "/v1/cases?tenant=two", nil, nil, 400},
		{"GET", "/v1/cases?limit=5&limit=6", nil, nil, 400},
		{"GET", "/v1/cases?limit=-5", nil, nil, 400},
		{"GET", "/v1/cases?state=guilty", nil, nil, 400},
		{"GET", "/v1/cases?after=rubbish", nil, nil, 400},
		{"GET", "/v1/cases?after=" + strings.Repeat("A", 300), nil, nil, 400},
		{"GET", "/v1/cases/%2e%2e", nil, nil, 404},
		{"GET", "/v1/cases/1", nil, nil, 404},
		{"GET", "/v1/nothing", nil, nil, 404},
		{"PATCH", "/v1/cases", []byte("{}"), nil, 405},
		{"POST", "/v1/search", []byte("{}"), map[string]string{"Content-Type": "text/plain"}, 415},
		{"POST", "/v1/search", []byte("{}"), map[string]string{"Content-Type": ""}, 415},
		{"POST", "/v1/search", []byte("{}"), map[string]string{"Content-Encoding": "gzip"}, 415},
		{"POST", "/v1/search", []byte("{}"), map[string]string{"Content-Type": "application/json; charset=utf-16"}, 415},
		{"POST", "/v1/search", bytes.Repeat([]byte(" "), 5000), nil, 413},
		{"POST", "/v1/search", []byte(strings.Repeat("[", 3000)), nil, 400},
		{"POST", "/v1/erasures", []byte(`{"subject":"a","reason":"request"}`), nil, 400}, // no Idempotency-Key
		{"POST", "/v1/webhooks", []byte(`{"url":"http://example.org/","events":["case.changed"]}`), map[string]string{"Idempotency-Key": "1"}, 400},
		{"POST", "/v1/webhooks", []byte(`{"url":"https://u:p@example.org/","events":["case.changed"]}`), map[string]string{"Idempotency-Key": "2"}, 400},
		{"POST", "/v1/applications", []byte(`{"id":"a","source":"x/y","received_at":"2026-01-01T00:00:00Z"}`), nil, 400},
		{"POST", "/v1/applications", []byte(`{"id":"a","id":"b","source":"x","received_at":"2026-01-01T00:00:00Z"}`), nil, 400},
	} {
		if r := w.ask(c.method, c.path, c.body, key, c.header); r.status != c.status {
			t.Errorf("%s %s %.40s: %d, not %d: %s", c.method, c.path, c.body, r.status, c.status, r.body)
		}
	}
}
