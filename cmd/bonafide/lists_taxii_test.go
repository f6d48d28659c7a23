package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// collectionSimulator answers as a TAXII 2.1 server does, one indicator a page, busy
// once; what is in the collection can change.
type collectionSimulator struct {
	patterns []string
	asked    int
}

func (s *collectionSimulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if user, password, _ := r.BasicAuth(); user != "reader" || password != "geheim-17" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if r.URL.Path != "/api1/collections/c1/objects/" || !strings.HasPrefix(r.Header.Get("Accept"), "application/taxii+json") {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if s.asked++; s.asked == 2 {
		w.Header().Set("Retry-After", "0")
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	at := 0
	fmt.Sscan(r.URL.Query().Get("next"), &at)
	w.Header().Set("Content-Type", "application/taxii+json;version=2.1")
	if at >= len(s.patterns) {
		fmt.Fprint(w, `{}`)
		return
	}
	fmt.Fprintf(w, `{"more":%t,"next":"%d","objects":[{"type":"indicator","spec_version":"2.1","id":"indicator--0000000%d-0000-4000-8000-000000000000","created":"2026-10-0%dT00:00:00Z","modified":"2026-10-01T00:00:00Z","valid_from":"2026-10-0%dT00:00:00Z","confidence":80,"pattern_type":"stix","pattern":%q}]}`,
		at+1 < len(s.patterns), at+1, at+1, at+1, at+1, s.patterns[at])
}

// TestListsUpdateTAXII takes a collection as a list: dated, hashed, searched like
// any other; what is taken out of the collection is gone, and a server that fails
// leaves the last good one. The password is nowhere but in its file.
func TestListsUpdateTAXII(t *testing.T) {
	s := &collectionSimulator{patterns: []string{"[email-addr:value = 'apply@lone-ruin.example']", "[domain-name:value = 'lone-ruin.example']", "[ipv4-addr:value = '203.0.113.7']"}}
	server := httptest.NewServer(s)
	defer server.Close()
	tmp := t.TempDir()
	dir := filepath.Join(tmp, "lists")
	access := filepath.Join(tmp, "access.json")
	write := func(text string) {
		if err := os.WriteFile(access, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	good := fmt.Sprintf(`{"collection":"%s/api1/collections/c1/","user":"reader","password":"geheim-17"}`, server.URL)
	today := time.Now().UTC().Format(time.DateOnly)
	all := ""
	for _, step := range []struct {
		name, access string
		patterns     []string
		args         string
		code         int
		said         string
	}{
		{"a wrong password", strings.Replace(good, "17", "18", 1), nil, "", 1, "does not take the key"},
		{"not without being told that it is in the house", good, nil, "-public", 1, "FAILED"},
		{"good", good, nil, "--log", 0, "partner-circle: 3 rows of " + today},
		{"the same", good, nil, "", 0, "partner-circle: unchanged, 3 rows of " + today},
		{"one was taken back", good, s.patterns[:2], "", 0, "partner-circle: 2 rows of " + today},
		{"nothing is left", good, []string{}, "", 1, "kept the one of " + today},
		{"not a collection", `{"collection":"https://taxii.example/"}`, nil, "", 1, "kept the one of " + today},
	} {
		write(step.access)
		if step.patterns != nil {
			s.patterns = step.patterns
		}
		args := []string{"lists", "update", "--dir", dir, "--taxii", "partner-circle=" + access}
		if step.args != "-public" {
			args = append(args, "--private")
		}
		if step.args == "--log" {
			args = append(args, step.args)
		}
		code, said := bonafide(args...)
		if all += said; code != step.code || !strings.Contains(said, step.said) {
			t.Errorf("%s: exit %d, said %q; want %d, %q", step.name, code, said, step.code, step.said)
		}
	}
	if code, said := bonafide("lists", "search", "--dir", dir, "apply@lone-ruin.example", "203.0.113.7"); code != 0 ||
		!strings.Contains(said, "indicator email, 80, published 2026-10-01") || !strings.Contains(said, "(partner-circle of "+today) || !strings.Contains(said, "203.0.113.7: on none") {
		t.Errorf("search: %d %s", code, said)
	}
	if code, said := bonafide("lists", "show", "--dir", dir); code != 0 || !strings.Contains(said, "partner-circle  indicators") {
		t.Errorf("show: %d %s", code, said)
	}
	if code, said := bonafide("lists", "diff", "--dir", dir, "partner-circle"); code != 0 || !strings.Contains(said, "1 removed") {
		t.Errorf("diff: %d %s", code, said)
	}
	if code, said := bonafide("lists", "update", "--dir", dir, "--taxii", "tor_exits="+access); code == 0 || !strings.Contains(said, "the name of the list") {
		t.Errorf("a name of the catalogue: %d %s", code, said)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	hidden, _ := filepath.Glob(filepath.Join(dir, ".*"))
	for _, f := range append(files, hidden...) {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all += string(b)
	}
	if len(files) < 2 || strings.Contains(all, "geheim") {
		t.Errorf("the password got out of its file: %v", files)
	}
}
