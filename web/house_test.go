package web

import (
	"bufio"
	"compress/gzip"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"bonafide/access"
	"bonafide/casework"
	"bonafide/checks"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/report"
	"bonafide/screen"
	"bonafide/store"
	"bonafide/store/pgtest"
)

// world is a whole house in memory with the example in it.
type world struct {
	t       testing.TB
	store   *store.Store
	desk    *casework.Desk
	door    *access.Door
	http    *httptest.Server
	keep    *screen.Keeper
	key     string                            // that verifies what the house signs
	reports atomic.Int64                      // what browsers said about broken rules of pages
	answers map[string]func(url.Values) error // who else a story speaks to
	portalWorld
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var ctx = context.Background()

func operator() record.Actor {
	return record.Actor{Kind: record.ActorOperator, ID: "test", Tenant: "one"}
}

func newWorld(t testing.TB) *world {
	t.Helper()
	return newWorldOn(t, store.Options{URL: pgtest.Address(t)})
}

// newWorldOn is one on a database of choice.
func newWorldOn(t testing.TB, o store.Options) *world {
	t.Helper()
	keys, err := store.NewKeys()
	ok(t, err)
	w := &world{t: t}
	o.Keys, o.Now = keys, w.now
	s, err := store.Open(ctx, o)
	ok(t, err)
	t.Cleanup(func() { s.Close() })
	ok(t, s.AddTenant(ctx, record.Actor{Kind: record.ActorOperator, ID: "test", Tenant: store.House}, "one", "DE"))
	runner, err := checks.NewRunner(checks.Catalogue())
	ok(t, err)
	w.store, w.desk, w.door = s, &casework.Desk{Store: s}, &access.Door{Store: s, Now: w.now}
	w.keep = &screen.Keeper{Screen: &screen.Screen{Checks: runner, Policy: policy.Default()}, Store: s, Tell: casework.Tell}
	w.key, err = keys.VerifierKey()
	ok(t, err)
	var rules []report.Check
	for _, c := range checks.Catalogue() {
		rules = append(rules, report.Check{ID: c.ID, Title: c.Title, Text: c.Text, Family: c.Family, Strength: c.Strength, FalsePositives: c.FalsePositives, Clears: c.Clears, Ask: c.Ask})
	}
	h, err := (&Server{Desk: w.desk, Door: w.door, Keeper: w.keep, Rules: rules, Example: true, Version: "test", Now: w.now, Portal: w.portal(t), Log: slog.New(heard{slog.DiscardHandler, &w.reports})}).Handler()
	ok(t, err)
	w.http = httptest.NewServer(h)
	t.Cleanup(w.http.Close)
	return w
}

// heard counts what the house says of broken rules of its pages.
type heard struct {
	slog.Handler
	reports *atomic.Int64
}

func (h heard) Enabled(context.Context, slog.Level) bool { return true }

func (h heard) Handle(_ context.Context, r slog.Record) error {
	if r.Message == sayBroken {
		h.reports.Add(1)
	}
	return nil
}

// example hands in the first n applications of the example.
func (w *world) example(n int) {
	w.t.Helper()
	f, err := os.Open("../example/applications.jsonl.gz")
	ok(w.t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	ok(w.t, err)
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 4<<20)
	for i := 0; i < n && lines.Scan(); i++ {
		_, err := w.keep.Accept(ctx, record.Machine("one"), screen.Delivery{Raw: append([]byte(nil), lines.Bytes()...)})
		ok(w.t, err)
	}
	ok(w.t, lines.Err())
}

// link is a sign-in link for a new account.
func (w *world) link(roles ...record.StaffRole) string {
	w.t.Helper()
	_, token, err := w.door.AddUser(ctx, operator(), store.NewID()+"@example.org", roles)
	ok(w.t, err)
	return "/sign-in/" + token
}

// browser is a client that keeps cookies, signed in.
func (w *world) browser(roles ...record.StaffRole) *browser {
	w.t.Helper()
	b := w.stranger()
	b.post(w.link(roles...), nil, http.StatusOK)
	return b
}

func (w *world) stranger() *browser {
	jar, err := cookiejar.New(nil)
	ok(w.t, err)
	return &browser{t: w.t, at: w.http.URL, client: &http.Client{Jar: jar}}
}

type browser struct {
	t      testing.TB
	at     string
	client *http.Client
	lang   string
}

func (b *browser) do(r *http.Request, status int) string {
	b.t.Helper()
	if b.lang != "" {
		r.Header.Set("Accept-Language", b.lang)
	}
	a, err := b.client.Do(r)
	ok(b.t, err)
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	ok(b.t, err)
	if a.StatusCode != status {
		b.t.Fatalf("%s %s: %d, not %d: %s", r.Method, r.URL.Path, a.StatusCode, status, text(string(body)))
	}
	if strings.Contains(string(body), "⟦") {
		b.t.Errorf("%s: a phrase is missing: %s", r.URL.Path, regexp.MustCompile(`⟦[^⟧]*⟧`).FindString(string(body)))
	}
	return string(body)
}

func (b *browser) get(path string, status int) string {
	b.t.Helper()
	r, err := http.NewRequest("GET", b.at+path, nil)
	ok(b.t, err)
	return b.do(r, status)
}

func (b *browser) post(path string, form url.Values, status int) string {
	b.t.Helper()
	r, err := http.NewRequest("POST", b.at+path, strings.NewReader(form.Encode()))
	ok(b.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r, status)
}

// step posts a form of a page as the page is now.
func (b *browser) step(path string, form url.Values, status int) string {
	b.t.Helper()
	form.Set("mark", field(b.t, b.get(path, 200), "mark"))
	return b.post(path, form, status)
}

// text is a page without its tags, for messages.
func text(page string) string {
	return strings.Join(strings.Fields(regexp.MustCompile(`(?s)<svg.*?</svg>|<[^>]*>`).ReplaceAllString(page, " ")), " ")
}

// field is the value of a hidden field of a page.
func field(t testing.TB, page, name string) string {
	t.Helper()
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("the page has no field %s", name)
	}
	return m[1]
}

// cases are the ids of cases on a page.
func cases(page string) (ids []string) {
	for _, m := range regexp.MustCompile(`data-case="([a-z2-7]+)"`).FindAllStringSubmatch(page, -1) {
		ids = append(ids, m[1])
	}
	return ids
}
