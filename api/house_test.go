package api

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/access"
	"bonafide/casework"
	"bonafide/checks"
	"bonafide/confine"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
	"bonafide/store/pgtest"
)

// world is a whole house in memory with two tenants, an account of every role in
// each and a key of every scope: nothing in it is a stand-in.
type world struct {
	t      testing.TB
	store  *store.Store
	server *Server
	http   *httptest.Server
	door   *access.Door
	keeper *screen.Keeper
	log    *bytes.Buffer
}

func newWorld(t testing.TB) *world {
	t.Helper()
	keys, err := store.NewKeys()
	ok(t, err)
	ctx := context.Background()
	o := store.Options{Path: t.TempDir(), URL: pgtest.Address(t), Keys: keys}
	s, err := store.Open(ctx, o)
	ok(t, err)
	t.Cleanup(func() { s.Close() })
	for _, id := range []string{"one", "two"} {
		ok(t, s.AddTenant(ctx, record.Actor{Kind: record.ActorOperator, ID: "test", Tenant: store.House}, id, "DE"))
	}
	runner, err := checks.NewRunner(checks.Catalogue())
	ok(t, err)
	w := &world{t: t, store: s, log: new(bytes.Buffer)}
	w.door = &access.Door{Store: s, Now: time.Now}
	w.keeper = &screen.Keeper{Screen: &screen.Screen{Checks: runner, Policy: policy.Default()}, Store: s, Tell: casework.Tell}
	w.keeper.Files, err = confine.New(confine.Options{})
	ok(t, err)
	verifier, err := keys.VerifierKey()
	ok(t, err)
	w.server = &Server{
		Desk: &casework.Desk{Store: s, Verifier: verifier}, Keeper: w.keeper, Door: w.door, Now: time.Now,
		Rates: access.NewRates(1e6, 1e6, 1000), Tenants: access.NewRates(1e6, 1e6, 1000), Tries: access.NewRates(1e6, 1e6, 1000),
		Log: slog.New(slog.NewJSONHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	w.http = httptest.NewUnstartedServer(nil)
	w.http.Config = HTTP(w.server.Handler(), w.server.Log)
	w.http.Listener, err = w.server.TurnAway(w.http.Listener)
	ok(t, err)
	w.http.Start()
	t.Cleanup(w.http.Close)
	return w
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func operator(tenant string) record.Actor {
	return record.Actor{Kind: record.ActorOperator, ID: "test", Tenant: tenant}
}

// person makes an account and signs it in; what it returns goes into a request.
func (w *world) person(tenant string, roles ...record.StaffRole) map[string]string {
	w.t.Helper()
	ctx := context.Background()
	_, token, err := w.door.AddUser(ctx, operator(tenant), fmt.Sprintf("%s@example.org", store.NewID()), roles)
	ok(w.t, err)
	_, cookie, err := w.door.Redeem(ctx, token)
	ok(w.t, err)
	return map[string]string{"Cookie": cookie.Name + "=" + cookie.Value}
}

func (w *world) key(tenant string, scopes ...access.Scope) map[string]string {
	w.t.Helper()
	k, err := w.door.AddKey(context.Background(), operator(tenant), "test", scopes, 0)
	ok(w.t, err)
	return map[string]string{"Authorization": "Bearer " + k.Secret}
}

type reply struct {
	status int
	header http.Header
	body   []byte
}

// ask sends one request; header values override what it would send itself.
func (w *world) ask(method, path string, body []byte, headers ...map[string]string) reply {
	w.t.Helper()
	r, err := http.NewRequest(method, w.http.URL+path, bytes.NewReader(body))
	ok(w.t, err)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	} else {
		r.Body, r.ContentLength = nil, 0
	}
	for _, h := range headers {
		for k, v := range h {
			if v == "" {
				r.Header.Del(k)
			} else {
				r.Header.Set(k, v)
			}
		}
	}
	a, err := w.http.Client().Do(r)
	ok(w.t, err)
	defer a.Body.Close()
	b, err := io.ReadAll(a.Body)
	ok(w.t, err)
	w.contract(method, path, body, r.Header.Get("Content-Type"), a.StatusCode, a.Header.Get("Content-Type"), b)
	return reply{a.StatusCode, a.Header, b}
}

// want fails unless the status is as expected, and reads the body.
func want[T any](t testing.TB, r reply, status int) (v T) {
	t.Helper()
	if r.status != status {
		t.Fatalf("status %d, not %d: %s", r.status, status, r.body)
	}
	if len(r.body) > 0 {
		if err := json.Unmarshal(r.body, &v); err != nil {
			t.Fatalf("the answer cannot be read: %v: %s", err, r.body)
		}
	}
	return v
}

// applicant is one invented application.
func applicant(id, name string, more ...string) []byte {
	return []byte(fmt.Sprintf(`{"id":%q,"source":"form","received_at":"2026-03-02T09:00:00Z","role":{"id":"r-1","title":"Developer","tier":"T1","remote":true},"person":{"name":%q}%s}`,
		id, name, strings.Join(append([]string{""}, more...), ",")))
}
