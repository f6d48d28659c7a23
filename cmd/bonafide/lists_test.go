package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bonafide/store"
)

// bonafide runs the command as a user does.
func bonafide(args ...string) (code int, said string) {
	var out, errs bytes.Buffer
	code = run(args, &out, &errs)
	return code, out.String() + errs.String()
}

// domainsList is an invented list of n throw-away domains.
func domainsList(day string, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# as-of: %s\n", day)
	for i := range n {
		fmt.Fprintf(&b, "throwaway-%d.example\n", i)
	}
	return b.String()
}

// TestListsUpdate renews a list from a server that changes its mind: good, the
// same, an error page, shrunken, truncated, slow, older, redirecting, gone, and
// good again. Whatever is not a better list leaves the last good one in place.
func TestListsUpdate(t *testing.T) {
	day := time.Now().UTC().Format("2006-01-02")
	old := time.Now().UTC().AddDate(0, 0, -9).Format("2006-01-02")
	var answer http.HandlerFunc
	asked := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.Header.Get("If-None-Match")
		answer(w, r)
	}))
	defer server.Close()
	dir := filepath.Join(t.TempDir(), "lists")
	update := func(more ...string) (int, string) {
		return bonafide(append([]string{"lists", "update", "--dir", dir, "--private", "--idle", "300ms", "--timeout", "2s",
			"--from", "disposable_email_domains=" + server.URL + "/list.txt"}, more...)...)
	}
	good := func(text, etag string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", etag)
			if r.Header.Get("If-None-Match") == etag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			fmt.Fprint(w, text)
		}
	}
	first := domainsList(day, 4000)
	for _, step := range []struct {
		name   string
		answer http.HandlerFunc
		args   []string
		code   int
		said   string
	}{
		{"nothing there yet", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500) }, nil, 1, "there is no earlier one"},
		{"good", good(first, `"1"`), nil, 0, "4000 rows of " + day},
		{"the same", good(first, `"1"`), nil, 0, "unchanged"},
		{"error page", good("<!DOCTYPE html><html><body>gone</body></html>", `"2"`), nil, 1, "HTML page stands in place"},
		{"status", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(503) }, nil, 1, "status 503; kept the one of " + day},
		{"ten rows", good(domainsList(day, 10), `"3"`), nil, 1, "a whole list has at least"},
		{"shrunken", good(domainsList(day, 3001)[:40000], `"4"`), nil, 1, "FAILED"},
		{"breaks off", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "100000")
			fmt.Fprint(w, first[:50000])
		}, nil, 1, "broke off"},
		{"stalls", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, first[:100])
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, nil, 1, "stopped sending"},
		{"goes elsewhere", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://elsewhere.example/", http.StatusFound)
		}, nil, 1, "not on the allow-list"},
		{"goes on here", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/list.txt" {
				http.Redirect(w, r, "/moved.txt", http.StatusMovedPermanently)
				return
			}
			fmt.Fprint(w, first+"one-more.example\n")
		}, nil, 0, "4001 rows"},
		{"goes back in time", good(domainsList(old, 4100), `"5"`), nil, 1, "older than the last good one"},
		{"taken by hand", good(domainsList(day, 10), `"6"`), []string{"--shrink"}, 0, "10 rows"},
		{"good again", good(domainsList(day, 4200), `"7"`), []string{"--log"}, 0, "4200 rows"},
	} {
		answer = step.answer
		code, said := update(step.args...)
		if code != step.code || !strings.Contains(said, step.said) {
			t.Errorf("%s: exit %d, said %q; want %d, %q", step.name, code, said, step.code, step.said)
		}
		if step.name == "the same" && asked != `"1"` {
			t.Errorf("asked without the ETag: %q", asked)
		}
	}
	if code, said := bonafide("lists", "show", "--dir", dir); code != 0 || !strings.Contains(said, "disposable_email_domains") || !strings.Contains(said, "4200") || strings.Contains(said, "problem") {
		t.Errorf("show: %d %s", code, said)
	}
	if code, said := bonafide("lists", "diff", "--dir", dir, "disposable_email_domains"); code != 0 || !strings.Contains(said, "4190 added") {
		t.Errorf("diff: %d %s", code, said)
	}
	if code, said := bonafide("lists", "search", "--dir", dir, "somebody@throwaway-7.example", "203.0.113.1"); code != 0 || !strings.Contains(said, "mail domain, disposable (disposable_email_domains of "+day) || !strings.Contains(said, "203.0.113.1: on none of 1 lists") {
		t.Errorf("search: %d %s", code, said)
	}
	left, _ := filepath.Glob(filepath.Join(dir, ".*"))
	files, _ := filepath.Glob(filepath.Join(dir, "*@*"))
	if noted, err := os.ReadFile(filepath.Join(dir, listLookups)); err != nil || strings.Count(string(noted), "\n") != 16 {
		t.Errorf("the record of look-ups: %v\n%s", err, noted)
	}
	// Where there is a record, look-ups stand in its table too.
	data := filepath.Join(t.TempDir(), "data")
	keys, err := store.CreateKeys(data + ".keys")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := store.Open(context.Background(), store.Options{Path: data, Keys: keys, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	if err := kept.AddTenant(context.Background(), operator(store.House), mainTenant, "EU"); err != nil {
		t.Fatal(err)
	}
	if code, said := update("--data", data); code != 0 {
		t.Errorf("with a record: %d %s", code, said)
	}
	if code, said := bonafide("connect", "asked", "--data", data); code != 0 || !strings.Contains(said, "list.update") || !strings.Contains(said, "127.0.0.1") {
		t.Errorf("asked: %d %s", code, said)
	}
	if code, said := update("--data", data, "--tenant", "nobody"); code == 0 {
		t.Errorf("what could not be written down was used: %s", said)
	}
	if len(left) != 1 || len(files) != 2 {
		t.Errorf("left behind: %v %v", left, files)
	}
}

// TestListsUpdateRefuses what is not on the list of lists, not fetched by us,
// or within the house without being told so.
func TestListsUpdateRefuses(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ args, said string }{
		{"nonsense", "not a list we know"},
		{"geolite2", "not fetched by us"},
		{"tor_exits --from tor_exits=https://127.0.0.1/x", "a name is needed"},
		{"tor_exits --from tor_exits=http://lists.example.org/x", "only https"},
	} {
		code, said := bonafide(append([]string{"lists", "update", "--dir", dir}, strings.Fields(c.args)...)...)
		if code == 0 || !strings.Contains(said, c.said) {
			t.Errorf("%s: %d %s", c.args, code, said)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, ".lock"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if code, said := bonafide("lists", "update", "--dir", dir); code == 0 || !strings.Contains(said, "another update") {
		t.Errorf("two updates at once: %d %s", code, said)
	}
}

// TestListsPack hands lists on: what one folder packed another imports, and a
// pack that was changed on the way is refused.
func TestListsPack(t *testing.T) {
	tmp := t.TempDir()
	file := func(name, text string) string {
		p := filepath.Join(tmp, name)
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return p
	}
	a, b, pack := filepath.Join(tmp, "a"), filepath.Join(tmp, "b"), filepath.Join(tmp, "pack.zip")
	for _, step := range []struct {
		args []string
		code int
		said string
	}{
		{[]string{"import", "--dir", a, file("disposable_email_blocklist.conf", domainsList("2026-11-01", 4000))}, 0, "disposable_email_domains: 4000 rows of 2026-11-01"},
		{[]string{"import", "--dir", a, "--as", "vpn", "--name", "our-vpn", file("list.txt", "203.0.113.0/24\n")}, 0, "our-vpn: 1 rows"},
		{[]string{"import", "--dir", a, file("unknown.txt", "prose, nothing else\n")}, 1, "not recognised"},
		{[]string{"import", "--dir", a, "--as", "disposable_email_domains", file("short.txt", domainsList("2026-11-02", 20))}, 1, "kept the one of 2026-11-01"},
		{[]string{"search", "--dir", a, "203.0.113.7"}, 0, "203.0.113.7: vpn (our-vpn of "},
		{[]string{"pack", "--dir", a, pack}, 0, "disposable_email_domains of 2026-11-01 (CC0-1.0)"},
		{[]string{"import", "--dir", b, pack}, 0, "disposable_email_domains: 4000 rows of 2026-11-01"},
		{[]string{"search", "--dir", b, "x@throwaway-1.example"}, 0, "disposable_email_domains of 2026-11-01"},
		{[]string{"import", "--dir", b, file("not.zip", "PK\x03\x04 nonsense")}, 1, "not a zip file"},
		{[]string{"diff", file("one.txt", "203.0.113.0/24\n"), file("two.txt", "x")}, 1, "not recognised"},
		{[]string{"diff", file("vpn1.vpn.txt", "203.0.113.0/24\n198.51.100.1\n"), file("vpn2.vpn.txt", "203.0.113.0/24\n192.0.2.0/25\n")}, 0, "1 added, 0 changed, 1 removed"},
		{[]string{"show", "--known"}, 0, "x4bnet_vpn"},
	} {
		code, said := bonafide(append([]string{"lists"}, step.args...)...)
		if code != step.code || !strings.Contains(said, step.said) {
			t.Errorf("%v: exit %d, said %q; want %d, %q", step.args, code, said, step.code, step.said)
		}
	}
	raw, err := os.ReadFile(pack)
	if err != nil {
		t.Fatal(err)
	}
	hurt := bytes.Clone(raw)
	hurt[200] ^= 0xff
	if err := os.WriteFile(pack, hurt, 0o644); err != nil {
		t.Fatal(err)
	}
	if code, said := bonafide("lists", "import", "--dir", b, pack); code == 0 {
		t.Errorf("a changed pack was taken: %s", said)
	}
}
