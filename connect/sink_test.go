package connect

import (
	"bytes"
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bonafide/connect/simulator"
	"bonafide/record"
)

func someLines(n int) (out []Line) {
	at := time.Date(2026, 4, 1, 8, 0, 0, 123_000_000, time.UTC)
	for i := range n {
		out = append(out, Line{ID: fmt.Sprint("m", i), At: at, JSON: fmt.Appendf(nil, `{"n":"line-%03d"}`, i)})
	}
	return out
}

func telling(t *testing.T, k *Sink, change func(*simulator.SIEM)) (*Session, *simulator.SIEM) {
	t.Helper()
	sim := &simulator.SIEM{System: k.Name, Key: "k"}
	if change != nil {
		change(sim)
	}
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	s, err := k.Open(Account{Base: server.URL, Key: "k"}, inside())
	if err != nil {
		t.Fatal(err)
	}
	return s, sim
}

// TestGive: of a batch with bad lines the others arrive and each bad one is known;
// a sink that takes none has refused none; busy, away, another's key: all wait; an
// answer that is lost costs no line, and doubles none where lines have ids.
func TestGive(t *testing.T) {
	for _, k := range Sinks {
		t.Run(k.Name, func(t *testing.T) {
			count := func(fates []Fate) map[Fate]int {
				n := map[Fate]int{}
				for _, f := range fates {
					n[f]++
				}
				return n
			}
			stored := func(sim *simulator.SIEM) map[string]int {
				n := map[string]int{}
				for _, l := range sim.Lines {
					n[l[strings.Index(l, "line-"):][:8]]++
				}
				return n
			}
			lines := someLines(100)
			s, sim := telling(t, k, nil)
			fates, err := k.Give(context.Background(), s, lines)
			if err != nil || count(fates)[Taken] != 100 || len(stored(sim)) != 100 || len(sim.Seen) != 1 {
				t.Fatalf("%v %v, %d stored", count(fates), err, len(sim.Lines))
			}
			s, sim = telling(t, k, func(v *simulator.SIEM) { v.Bad = "line-042" })
			fates, err = k.Give(context.Background(), s, lines)
			if got := stored(sim); err != nil || fates[42] != Refused || count(fates)[Taken] != 99 || len(got) != 99 || got["line-042"] != 0 {
				t.Errorf("one bad: %v %v, %d stored", count(fates), err, len(got))
			}
			s, _ = telling(t, k, func(v *simulator.SIEM) { v.Bad = "*" })
			if fates, err := k.Give(context.Background(), s, lines); record.CodeOf(err) != record.CodeUnavailable || count(fates)[Again] != 100 {
				t.Errorf("all bad: %v %v", count(fates), err)
			}
			s, _ = telling(t, k, func(v *simulator.SIEM) { v.Key = "another" })
			if fates, err := k.Give(context.Background(), s, lines); record.CodeOf(err) != record.CodeRefused || count(fates)[Again] != 100 {
				t.Errorf("another's key: %v %v", count(fates), err)
			}
			for what, change := range map[string]func(*simulator.SIEM){"busy": func(v *simulator.SIEM) { v.Busy = 1 }, "broken": func(v *simulator.SIEM) { v.Broken = 1 }} {
				s, sim = telling(t, k, change)
				if fates, err := k.Give(context.Background(), s, lines); record.CodeOf(err) != record.CodeUnavailable || count(fates)[Again] != 100 || len(sim.Seen) != 1 {
					t.Errorf("%s: %v %v, asked %d times", what, count(fates), err, len(sim.Seen))
				}
			}
			s, sim = telling(t, k, func(v *simulator.SIEM) { v.Lost = 1 })
			if fates, err := k.Give(context.Background(), s, lines); err == nil || count(fates)[Again] != 100 {
				t.Errorf("a lost answer: %v %v", count(fates), err)
			}
			sim.Do(func(v *simulator.SIEM) { v.Lost = 0 })
			if fates, err := k.Give(context.Background(), s, lines); err != nil || count(fates)[Taken] != 100 {
				t.Errorf("after a lost answer: %v %v", count(fates), err)
			}
			if n := len(sim.Lines); k.Name == "elastic" && n != 100 || n < 100 {
				t.Errorf("%d stored of 100", n)
			}
		})
	}
}

// TestSinkAccount: what could lead a key elsewhere, or break a header, is no account.
func TestSinkAccount(t *testing.T) {
	for _, a := range []Account{{Key: "k"}, {Base: "https://x.example"}, {Base: "x.example", Key: "k"}, {Base: "https://u:p@x.example", Key: "k"}, {Base: "https://x.example?q=1", Key: "k"},
		{Base: "https://x.example", Key: "k\r\nX: y"}, {Base: "https://x.example", Key: "k", Field: "X-Key: "}} {
		if _, err := ndjson.Open(a, nil); err == nil {
			t.Errorf("taken: %+v", a)
		}
	}
	if n := Cut(someLines(2000)); n != mostLines {
		t.Errorf("%d lines in one request", n)
	}
	big := []Line{{JSON: bytes.Repeat([]byte("x"), 2*mostBytes)}, {JSON: []byte("{}")}}
	if n := Cut(big); n != 1 {
		t.Errorf("a line that is larger than a request: %d", n)
	}
}

// FuzzSinkAnswer: no answer makes more lines taken than were sent, and none that
// cannot be read makes any.
func FuzzSinkAnswer(f *testing.F) {
	f.Add([]byte(`{"took":3,"errors":true,"items":[{"create":{"_id":"a","status":201}},{"create":{"status":400,"error":{"type":"mapper_parsing_exception","reason":"x"}}}]}`), 2)
	f.Add([]byte(`{"items":[{"create":{"status":201}}]}`), 2)
	f.Add([]byte(`{"text":"Success","code":0}`), 1)
	f.Add([]byte(`{"text":"Invalid data format","code":6,"invalid-event-number":0}`), 3)
	f.Fuzz(func(t *testing.T, body []byte, n int) {
		n = max(1, min(n, 100))
		for _, k := range Sinks {
			if k.spoiled != nil {
				k.spoiled(body)
			}
			if k.read == nil {
				continue
			}
			fates, err := k.read(body, n)
			if err != nil && fates != nil || err == nil && len(fates) != n {
				t.Fatalf("%s: %d fates of %d, %v", k.Name, len(fates), n, err)
			}
		}
	})
}
