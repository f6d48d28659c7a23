package api

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"bonafide/access"
	"bonafide/record"
	"bonafide/store"
)

// TestSession: a link signs in once; a cookie ends with the session, the account,
// its roles, the clock; another site cannot use it.
func TestSession(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	id, token, err := w.door.AddUser(ctx, operator("one"), "lead@example.org", []record.StaffRole{record.RoleLead})
	ok(t, err)
	sign := func(token string) reply { return w.ask("POST", "/v1/session", []byte(`{"token":"`+token+`"}`)) }
	first := sign(token)
	if got := want[Me](t, first, 200); got.ID != id || got.Tenant != "one" {
		t.Fatalf("signed in as %+v", got)
	}
	if r := sign(token); r.status != 401 {
		t.Errorf("the link works twice: %d", r.status)
	}
	unknown, used := sign(access.Secret()), sign(token)
	if unknown.status != used.status || stripID(unknown.body) != stripID(used.body) {
		t.Errorf("a used link can be told from an unknown one:\n%s\n%s", unknown.body, used.body)
	}
	c := first.header.Get("Set-Cookie")
	if !strings.Contains(c, "HttpOnly") || !strings.Contains(c, "SameSite=Strict") {
		t.Errorf("the cookie: %s", c)
	}
	cookie, _, _ := strings.Cut(c, ";")
	me := map[string]string{"Cookie": cookie}
	check := func(why string, status int, more ...map[string]string) {
		t.Helper()
		if r := w.ask("GET", "/v1/me", nil, append([]map[string]string{me}, more...)...); r.status != status {
			t.Errorf("%s: %d, not %d", why, r.status, status)
		}
	}
	check("signed in", 200)
	check("with a key as well", 401, w.key("one", access.ScopeRead))
	// Another site may not act with it.
	for _, h := range []map[string]string{{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}} {
		if r := w.ask("POST", "/v1/search", []byte(`{"kind":"mail","value":"a@example.org"}`), me, h); r.status != 401 {
			t.Errorf("another site acted: %v %d", h, r.status)
		}
	}
	if r := w.ask("POST", "/v1/search", []byte(`{"kind":"mail","value":"a@example.org"}`), me, map[string]string{"Sec-Fetch-Site": "same-origin"}); r.status != 200 {
		t.Errorf("our own page may not act: %d", r.status)
	}
	// The clock: idle, then absolute.
	now := time.Now()
	at := func(d time.Duration) { w.door.Now = func() time.Time { return now.Add(d) } }
	at(access.IdleFor + time.Minute)
	check("idle too long", 401)
	at(access.SignedFor + time.Minute)
	check("signed in too long", 401)
	at(0)
	check("back in time", 200)
	// What needs a sign-in of just now.
	at(access.FreshFor + time.Minute)
	if r := w.ask("POST", "/v1/erasures/"+strings.Repeat("a", 26)+"/approve", nil, me, map[string]string{"Idempotency-Key": "x"}); r.status != 403 || !strings.Contains(string(r.body), "Sign in again") {
		t.Errorf("an old sign-in may approve: %d %s", r.status, r.body)
	}
	at(0)
	// Roles change: the session is over.
	ok(t, w.door.SetRoles(ctx, operator("one"), id, []record.StaffRole{record.RoleViewer}))
	check("after a change of roles", 401)
	again := func() {
		t.Helper()
		token, err := w.door.Link(ctx, operator("one"), id)
		ok(t, err)
		cookie, _, _ = strings.Cut(sign(token).header.Get("Set-Cookie"), ";")
		me["Cookie"] = cookie
		check("signed in again", 200)
	}
	again()
	if r := w.ask("DELETE", "/v1/session", nil, me); r.status != 204 {
		t.Errorf("signing out: %d", r.status)
	}
	check("after signing out", 401)
	again()
	ok(t, w.door.Disable(ctx, operator("one"), id))
	check("after the account was disabled", 401)
	if _, err := w.door.Link(ctx, operator("one"), id); record.CodeOf(err) != record.CodeRefused {
		t.Errorf("a disabled account gets a link: %v", err)
	}
}

// TestKeyLife: revoked and expired keys are refused at the next request, and told
// as any wrong key is.
func TestKeyLife(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	k, err := w.door.AddKey(ctx, operator("one"), "test", []access.Scope{access.ScopeRead}, time.Hour)
	ok(t, err)
	h := map[string]string{"Authorization": "Bearer " + k.Secret}
	want[Me](t, w.ask("GET", "/v1/me", nil, h), 200)
	w.door.Now = func() time.Time { return time.Now().Add(2 * time.Hour) }
	expired := w.ask("GET", "/v1/me", nil, h)
	w.door.Now = time.Now
	ok(t, w.door.RevokeKey(ctx, operator("one"), k.ID))
	revoked := w.ask("GET", "/v1/me", nil, h)
	wrong := w.ask("GET", "/v1/me", nil, map[string]string{"Authorization": "Bearer " + access.FormKey(k.ID, access.Secret())})
	unknown := w.ask("GET", "/v1/me", nil, map[string]string{"Authorization": "Bearer " + access.FormKey(store.NewID(), access.Secret())})
	for why, r := range map[string]reply{"expired": expired, "revoked": revoked, "wrong": wrong} {
		if r.status != 401 || stripID(r.body) != stripID(unknown.body) {
			t.Errorf("%s: %d %s", why, r.status, r.body)
		}
	}
}

func stripID(b []byte) string {
	s, _, _ := strings.Cut(string(b), `"request_id"`)
	return s
}

// TestRates: one caller's haste is answered with 429 and when to come again, and
// another's pace is not touched; guessing keys is slowed by address.
func TestRates(t *testing.T) {
	w := newWorld(t)
	w.server.Rates = access.NewRates(1, 5, 100)
	w.server.Tries = access.NewRates(1, 5, 100)
	a, b := w.key("one", access.ScopeRead), w.key("one", access.ScopeRead)
	last := reply{}
	for range 7 {
		last = w.ask("GET", "/v1/me", nil, a)
	}
	if last.status != http.StatusTooManyRequests || last.header.Get("Retry-After") == "" {
		t.Errorf("the seventh at once: %d %v", last.status, last.header)
	}
	want[Me](t, w.ask("GET", "/v1/me", nil, b), 200)
	for range 7 {
		last = w.ask("GET", "/v1/me", nil, map[string]string{"Authorization": "Bearer " + access.FormKey("a", access.Secret())})
	}
	if last.status != http.StatusTooManyRequests {
		t.Errorf("the seventh guess: %d", last.status)
	}
	want[Me](t, w.ask("GET", "/v1/me", nil, b), 200)
}
