package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/api"
	"bonafide/connect"
	"bonafide/record"
	"bonafide/store"
)

// storyHouse is a house in which every connector is set up by its administrator:
// a server of its own with its workers, people at work with invented names, the
// command line, two people who are signed in.
type storyHouse struct {
	t       *testing.T
	dir     string
	address string
	store   *store.Store
	cookies map[string]string
}

// hiredBy is the record of whoever stands in the story of a part.
func hiredBy(part string) string { return "form/" + part }

func loginOf(part string) string { return part + "@firm.example" }

// openStoryHouse serves until the test ends.
func openStoryHouse(t *testing.T) *storyHouse {
	t.Helper()
	h := &storyHouse{t: t, dir: t.TempDir(), cookies: map[string]string{}}
	var people strings.Builder
	for _, p := range connect.Parts() {
		fmt.Fprintf(&people, `{"id":%q,"source":"form","received_at":"2026-03-02T09:14:05Z","role":{"id":"r-17","title":"Operations","country":"PT","remote":true,"tier":"T2"},"person":{"name":"Nora Exemplo %s","address":{"city":"Porto","country":"PT"}}}`+"\n", p.Name, p.Name)
	}
	hired := h.file("hired.jsonl", people.String())
	rules := h.file("open.policy", "version 2\nreview when 1 conclusive\nmodule after-hire open PT T2 T3 purpose security basis gdpr-6-1-f dpia 2026-01-15\nroutine otherwise\n")
	ready := filepath.Join(h.dir, "ready")
	var said bytes.Buffer
	serve := exec.Command("bonafide", "serve", "--data", h.data(), "--listen", "127.0.0.1:0", "--ready", ready, "--workers", "6", "--rate", "0", "--egress-inside", "--policy", rules, "--begin-with", hired)
	serve.Stderr = &said
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = serve.Process.Signal(syscall.SIGINT)
		_ = serve.Wait()
		if t.Failed() {
			t.Log(said.String())
		}
		if strings.Contains(said.String(), "@firm.example") || strings.Contains(said.String(), "Nora") {
			t.Error("a value of a person is in the log")
		}
	})
	h.until(t, "a server", func() bool {
		b, err := os.ReadFile(ready)
		h.address = strings.TrimSpace(string(b))
		return err == nil && h.address != ""
	})
	var err error
	if h.store, _, err = (&node{Data: h.data()}).open(context.Background(), slog.New(slog.DiscardHandler), false); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.store.Close() })
	for name, role := range map[string]string{"ana": "reviewer", "ben": "lead", "root": "admin"} {
		link := h.run(t, 0, "user", "add", name+"@firm.example", "--role", role)
		_, token, _ := strings.Cut(link, "/sign-in/")
		_, a := h.ask(t, "", "POST", "/v1/session", `{"token":"`+strings.TrimSpace(token)+`"}`, nil)
		h.cookies[name], _, _ = strings.Cut(a.Header.Get("Set-Cookie"), ";")
	}
	return h
}

func (h *storyHouse) data() string { return filepath.Join(h.dir, "house") }

// file writes one and gives its name.
func (h *storyHouse) file(name, text string) string {
	path := filepath.Join(h.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return path
}

// run is the command line of the house, and what it printed; code is as it must end.
func (h *storyHouse) run(t *testing.T, code int, args ...string) string {
	t.Helper()
	var out, bad bytes.Buffer
	if got := run(append(args, "--data", h.data()), &out, &bad); got != code {
		t.Fatalf("bonafide %s: ended with %d, not %d: %s", strings.Join(args, " "), got, code, bad.String())
	}
	return out.String() + bad.String()
}

// ask is a request to the server, by somebody who is signed in, or by nobody.
func (h *storyHouse) ask(t *testing.T, who, method, path, body string, header http.Header) (string, *http.Response) {
	t.Helper()
	r, err := http.NewRequest(method, h.address+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = header.Clone()
	if r.Header == nil {
		r.Header = http.Header{"Content-Type": {"application/json"}}
	}
	if strings.HasSuffix(path, "/offboarding") {
		r.Header.Set("If-Match", "*")
	}
	r.Header.Set("Cookie", h.cookies[who])
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	b, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b), a
}

// fine is ask where nothing may go wrong.
func (h *storyHouse) fine(t *testing.T, who, method, path, body string) string {
	t.Helper()
	out, a := h.ask(t, who, method, path, body, nil)
	if a.StatusCode > 299 {
		t.Fatalf("%s %s: %d %s", method, path, a.StatusCode, out)
	}
	return out
}

const storyPatience = time.Minute

// until waits for what jobs do in their own time.
func (h *storyHouse) until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(storyPatience); !is(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited for %s", what)
		}
	}
}

// look reads a record, where there is one.
func (h *storyHouse) look(t *testing.T, name string) (a *record.Application, c record.Case, events []store.Event) {
	t.Helper()
	source, id, _ := strings.Cut(name, "/")
	err := h.store.Update(context.Background(), operator(mainTenant), func(x *store.Tx) error {
		x.Did("test.read", "tenant/main", "")
		s, err := x.FindSubject(source, id)
		if err != nil {
			return err
		}
		if a, err = x.Application(s); err != nil {
			return err
		}
		if c, err = x.CaseOf(s); err != nil {
			return err
		}
		events, err = x.Events(s, 100)
		return err
	})
	if err != nil && record.CodeOf(err) != record.CodeNotFound {
		t.Fatal(err)
	}
	return a, c, events
}

// health is a connector as the desk shows it; nil where it is not there.
func (h *storyHouse) health(t *testing.T, name string) *api.Connector {
	t.Helper()
	var all api.Connectors
	if err := json.Unmarshal([]byte(h.fine(t, "root", "GET", "/v1/connectors", "")), &all); err != nil {
		t.Fatal(err)
	}
	for i := range all.Connectors {
		if all.Connectors[i].Name == name {
			return &all.Connectors[i]
		}
	}
	return nil
}

// state waits until the desk says how a connector fares.
func (h *storyHouse) state(t *testing.T, name, want string) {
	t.Helper()
	last := ""
	h.until(t, name+" to be "+want, func() bool {
		if c := h.health(t, name); c != nil {
			last = c.State
		}
		return last == want
	})
	if page := h.fine(t, "root", "GET", "/connectors", ""); !strings.Contains(page, name) {
		t.Errorf("%s is not on the page of connectors", name)
	}
}
