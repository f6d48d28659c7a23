package api

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/access"
	"bonafide/record"
	"bonafide/store"
)

// wire is one connection to a world, spoken to in bytes.
type wire struct {
	t  testing.TB
	c  net.Conn
	in *bufio.Reader
}

func (w *world) wire() *wire {
	w.t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(w.http.URL, "http://"))
	ok(w.t, err)
	w.t.Cleanup(func() { c.Close() })
	ok(w.t, c.SetDeadline(time.Now().Add(30*time.Second)))
	return &wire{w.t, c, bufio.NewReader(c)}
}

// says sends bytes as they are, in so many pieces, and reads one answer.
func (x *wire) says(pieces ...string) reply {
	x.t.Helper()
	for i, p := range pieces {
		if i > 0 {
			time.Sleep(20 * time.Millisecond) // so that they arrive apart
		}
		_, err := io.WriteString(x.c, p)
		ok(x.t, err)
	}
	return x.hears()
}

func (x *wire) hears() reply {
	x.t.Helper()
	a, err := http.ReadResponse(x.in, nil)
	ok(x.t, err)
	body, err := io.ReadAll(a.Body)
	ok(x.t, err)
	return reply{a.StatusCode, a.Header, body}
}

// fill takes every place of the gate, until what it returns is called.
func (w *world) fill() (empty func()) {
	for range cap(w.server.gate.slots) {
		w.server.gate.slots <- struct{}{}
	}
	w.server.gate.waiting.Add(w.server.gate.queue)
	return func() {
		w.server.gate.waiting.Add(-w.server.gate.queue)
		for range cap(w.server.gate.slots) {
			<-w.server.gate.slots
		}
	}
}

// TestTurnedAway: a full node says no on the connection itself, in the same words
// as ever, and the connection goes on; what nobody sheds is answered meanwhile.
func TestTurnedAway(t *testing.T) {
	w := newWorld(t)
	key := w.key("one", access.Scopes[:]...)["Authorization"]
	me := "GET /v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: " + key + "\r\n\r\n"
	search := "POST /v1/search HTTP/1.1\r\nHost: x\r\nAuthorization: " + key + "\r\nX-Request-Id: a-plain-one\r\nContent-Type: application/json\r\nContent-Length: 27\r\n\r\n"
	body := `{"kind":"mail","value":"a"}`
	x := w.wire()
	if r := x.says(me); r.status != 200 {
		t.Fatalf("%d %s", r.status, r.body)
	}
	empty := w.fill()
	time.Sleep(50 * time.Millisecond) // until net/http is done with the answer
	var first reply
	for i, pieces := range [][]string{{me}, {search + body}, {search, body}, {search, body[:9], body[9:]}, {me}} {
		before := w.server.Shed()
		r := x.says(pieces...)
		if r.status != 503 || r.header.Get("Retry-After") != "1" || w.server.Shed() != before+1 {
			t.Fatalf("%d: %d %v %s", i, r.status, r.header, r.body)
		}
		var p Problem
		ok(t, json.Unmarshal(r.body, &p))
		if p.Code != "unavailable" || p.RequestID == "" || p.RequestID != r.header.Get("X-Request-Id") {
			t.Errorf("%+v %v", p, r.header)
		}
		if (p.RequestID == "a-plain-one") != (len(pieces) > 1 || pieces[0] != me) {
			t.Errorf("%d: of id %s", i, p.RequestID)
		}
		if i == 0 {
			first = r
		}
	}
	// The handler itself says it with the same headers and the same members.
	y := w.wire()
	r := y.says(me) // the first of a connection always gets as far as that
	if first.header.Get("Date") != "" || r.header.Get("Date") == "" {
		t.Error("the first was not said on the connection, or the second was")
	}
	delete(r.header, "Date")
	for _, h := range []http.Header{r.header, first.header} {
		h.Del("X-Request-Id")
	}
	if fmt.Sprint(r.header) != fmt.Sprint(first.header) || len(r.body) != len(first.body) {
		t.Errorf("on the connection %v\nin the handler %v", first.header, r.header)
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if r := x.says("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"); r.status != 200 {
			t.Errorf("a full node's %s: %d", path, r.status)
		}
	}
	if r := x.says(me); r.status != 503 {
		t.Errorf("%d after a probe", r.status)
	}
	// A byte that net/http has heard before it was ready keeps nobody from a place,
	// and is not heard twice.
	for range 50 {
		if r := x.says("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"); r.status != 200 {
			t.Fatalf("at once after another: %d", r.status)
		}
	}
	time.Sleep(50 * time.Millisecond)
	if r := x.says(me); r.status != 503 || r.header.Get("Date") != "" {
		t.Errorf("the connection has lost its way: %d %v", r.status, r.header)
	}
	empty()
	w.server.gate.last.Store(0)
	if r := x.says(me); r.status != 200 {
		t.Errorf("%d when there is room again: %s", r.status, r.body)
	}
}

// TestNotPlain: what is not in the one plain form is left to net/http for good,
// and nothing is answered that was not asked.
func TestNotPlain(t *testing.T) {
	w := newWorld(t)
	me := "GET /v1/me HTTP/1.1\r\nHost: x\r\n"
	search := "POST /v1/search HTTP/1.1\r\nHost: x\r\n"
	defer w.fill()()
	for _, raw := range []string{
		search + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		search + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
		search + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
		search + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
		search + "Content-Length : 2\r\n\r\n{}",
		search + "Content-Length: +2\r\n\r\n{}",
		search + "Content-Length:\r\n 2\r\n\r\n{}",
		search + "X: y\nContent-Length: 2\r\n\r\n{}",
		search + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n",
		"GET /v1/me HTTP/1.0\r\nHost: x\r\n\r\n",
		me + "Connection: close\r\n\r\n",
		me + "Connection: upgrade\r\nUpgrade: websocket\r\n\r\n",
		"G" + me + "\r\n",
		"HEAD /v1/me HTTP/1.1\r\nHost: x\r\n\r\n",
		me + "\r\n" + me + "\r\n",
		search + "Content-Length: 2\r\n\r\n{}" + me + "\r\n",
	} {
		if f, plain := frame([]byte(raw)); plain && f.length == int64(len(raw)) {
			t.Errorf("plain: %q", raw)
			continue
		}
		x := w.wire()
		x.says(me + "\r\n")
		io.WriteString(x.c, raw)
		heard := x.rest()
		if strings.Count(heard, "HTTP/1.1 ")+strings.Count(heard, "HTTP/1.0 ") > strings.Count(raw, " HTTP/1.") {
			t.Errorf("%q\nis answered more often than it asks: %s", raw, heard)
		}
	}
}

// rest is all that comes until the connection is silent for a moment or ends.
func (x *wire) rest() string {
	x.c.SetReadDeadline(time.Now().Add(150 * time.Millisecond))
	all, _ := io.ReadAll(x.in)
	return string(all)
}

// TestOverload: many more than there are places, who come again as they are told
// to; everybody is taken in the end, each once, and nobody who was told yes is lost.
func TestOverload(t *testing.T) {
	w := newWorld(t)
	key := w.key("one", access.Scopes[:]...)["Authorization"]
	for range cap(w.server.gate.slots) - 2 { // by work that takes long
		w.server.gate.slots <- struct{}{}
	}
	w.server.gate.queue = 1
	const callers, each = 24, 6
	var all sync.WaitGroup
	var mu sync.Mutex
	taken, shed := map[string]string{}, 0
	for c := range callers {
		x := w.wire()
		all.Go(func() {
			for i := 0; i < each; {
				id := fmt.Sprintf("p-%d-%d", c, i)
				body := fmt.Sprintf(`{"id":%q,"source":"form","received_at":"2026-03-02T09:00:00Z"}`, id)
				fmt.Fprintf(x.c, "POST /v1/applications HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nPrefer: respond-async\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", key, len(body), body)
				a, err := http.ReadResponse(x.in, nil)
				if err != nil {
					t.Errorf("the connection did not live: %v", err)
					return
				}
				raw, _ := io.ReadAll(a.Body)
				mu.Lock()
				switch {
				case a.StatusCode/100 == 2:
					var got Accepted
					if json.Unmarshal(raw, &got) != nil || got.Subject == "" {
						t.Errorf("%s", raw)
					}
					taken[id] = got.Subject
					i++
				case a.StatusCode == 503 && a.Header.Get("Retry-After") != "":
					shed++
				default:
					t.Errorf("%d %s", a.StatusCode, raw)
					i++
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if len(taken) != callers*each || shed == 0 {
		t.Errorf("%d taken, %d shed", len(taken), shed)
	}
	people := map[string]bool{}
	for id, subject := range taken {
		if people[subject] {
			t.Errorf("two have one record")
		}
		people[subject] = true
		ok(t, w.store.Update(context.Background(), record.Machine("one"), func(tx *store.Tx) error {
			tx.Did("test.read", "subject/"+subject, "", "application")
			a, err := tx.Application(subject)
			if err == nil && a.ID != id {
				t.Errorf("%s became %s", id, a.ID)
			}
			return err
		}))
	}
}

// FuzzFrame: where frame says that a request ends, net/http says the same.
func FuzzFrame(f *testing.F) {
	for _, s := range []string{
		"GET /v1/me HTTP/1.1\r\nHost: x\r\n\r\n",
		"POST /v1/search HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
		"POST /v1/search HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"PUT /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 02\r\nConnection: keep-alive\r\n\r\n{}",
		"DELETE /v1/x HTTP/1.1\r\nHost: x\nContent-Length: 2\r\n\r\n\r\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, plain := frame(raw)
		if !plain || got.length > 1<<20 {
			return
		}
		whole := append(bytes.Clone(raw), make([]byte, max(0, got.length-int64(len(raw))))...)
		in := bytes.NewReader(whole[:got.length])
		r, err := http.ReadRequest(bufio.NewReaderSize(in, 16))
		if err != nil {
			return // it would be refused and the connection ended: nobody reads on
		}
		if len(r.TransferEncoding) > 0 || r.Close || r.ContentLength < 0 || r.ProtoMinor != 1 {
			t.Fatalf("not plain: %q", raw)
		}
		n, err := io.Copy(io.Discard, r.Body)
		if err != nil || n != r.ContentLength || got.length-n != int64(bytes.Index(raw, []byte("\r\n\r\n"))+4) {
			t.Fatalf("%d of %d, %v: %q", n, got.length, err, raw)
		}
		if got.sheds != strings.HasPrefix(r.RequestURI, "/v1/") {
			t.Fatalf("another target: %q", raw)
		}
	})
}
