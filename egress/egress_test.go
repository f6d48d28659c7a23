package egress

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bonafide/record"
)

func codeOf(err error) record.Code {
	if err == nil {
		return ""
	}
	return record.CodeOf(err)
}

// TestServers asks a local server that is slow, broken, redirecting or good.
func TestServers(t *testing.T) {
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	defer server.Close()
	host := server.Listener.Addr().String()
	done := make(chan struct{})
	defer close(done)
	mux.HandleFunc("/good", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"v1"`)
		fmt.Fprint(w, "body")
	})
	mux.HandleFunc("/500", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500) })
	mux.HandleFunc("/large", func(w http.ResponseWriter, r *http.Request) { w.Write(make([]byte, 4096)) })
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		for range 64 {
			z.Write(make([]byte, 64<<10))
		}
		z.Close()
	})
	mux.HandleFunc("/stalls", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "first")
		w.(http.Flusher).Flush()
		select {
		case <-done:
		case <-r.Context().Done():
		}
	})
	mux.HandleFunc("/drips", func(w http.ResponseWriter, r *http.Request) {
		for range 1000 {
			fmt.Fprint(w, "x")
			w.(http.Flusher).Flush()
			select {
			case <-time.After(20 * time.Millisecond):
			case <-r.Context().Done():
				return
			}
		}
	})
	mux.HandleFunc("/breaks", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000")
		fmt.Fprint(w, "short")
	})
	mux.HandleFunc("/once", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/good", http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/elsewhere", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://localhost:1/", http.StatusFound)
	})
	mux.HandleFunc("/file", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "file:///etc/passwd")
		w.WriteHeader(http.StatusFound)
	})

	for _, c := range []struct {
		path string
		etag string
		want record.Code
		body string
		why  string
	}{
		{"/good", "", "", "body", ""},
		{"/good", `"v1"`, "", "", ""},
		{"/once", "", "", "body", ""},
		{"/500", "", record.CodeUnavailable, "", "status 500"},
		{"/missing", "", record.CodeUnavailable, "", "status 404"},
		{"/large", "", record.CodeUnavailable, "", "larger"},
		{"/bomb", "", record.CodeUnavailable, "", "larger"},
		{"/stalls", "", record.CodeUnavailable, "", "stopped sending"},
		{"/drips", "", record.CodeUnavailable, "", "took too long"},
		{"/breaks", "", record.CodeUnavailable, "", "broke off"},
		{"/loop", "", record.CodeUnavailable, "", "too many redirects"},
		{"/elsewhere", "", record.CodeRefused, "", "allow-list"},
		{"/file", "", record.CodeRefused, "", "not an address"},
	} {
		t.Run(strings.TrimPrefix(c.path, "/")+c.etag, func(t *testing.T) {
			var mu sync.Mutex
			var noted []Lookup
			client := New(Config{Hosts: []string{"127.0.0.1"}, Private: true, MaxBytes: 1024, Idle: 200 * time.Millisecond, Timeout: 2 * time.Second}, asking,
				func(_ Occasion, l Lookup) error { mu.Lock(); defer mu.Unlock(); noted = append(noted, l); return nil })
			a, err := client.Fetch(context.Background(), Request{URL: "http://" + host + c.path, ETag: c.etag})
			if codeOf(err) != c.want || string(a.Body) != c.body || err != nil && !strings.Contains(err.Error(), c.why) {
				t.Errorf("got %q, %v; want %q, %s %s", a.Body, err, c.body, c.want, c.why)
			}
			if c.etag != "" && !a.NotModified {
				t.Error("not told that it has not changed")
			}
			if len(noted) == 0 || (noted[len(noted)-1].Why != "") != (err != nil) && c.path != "/loop" {
				t.Errorf("noted %+v", noted)
			}
		})
	}
}

// TestBudget ends when it is used up.
func TestBudget(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}))
	defer server.Close()
	client := New(Config{Hosts: []string{"127.0.0.1"}, Private: true, Budget: 2}, asking, unkept)
	for i := range 3 {
		_, err := client.Fetch(context.Background(), Request{URL: server.URL})
		if (codeOf(err) == record.CodeRefused) != (i == 2) {
			t.Errorf("look-up %d: %v", i, err)
		}
	}
}

// TestRebinding connects only to addresses that were checked: a name with one
// private address among public ones is refused, and no connection is tried.
func TestRebinding(t *testing.T) {
	canary := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { t.Error("the canary was reached") }))
	defer canary.Close()
	for _, answers := range [][]string{{"127.0.0.1"}, {"93.184.216.34", "127.0.0.1"}, {"::1"}, {"::ffff:127.0.0.1"}, {"fd00::1"}, {"169.254.169.254"}, {"64:ff9b::7f00:1"}} {
		client := New(Config{Hosts: []string{"lists.example.org"}, Timeout: time.Second,
			Resolve: func(context.Context, string) (out []netip.Addr, err error) {
				for _, a := range answers {
					out = append(out, netip.MustParseAddr(a))
				}
				return out, nil
			}}, asking, unkept)
		if _, err := client.Fetch(context.Background(), Request{URL: "https://lists.example.org/"}); codeOf(err) != record.CodeRefused {
			t.Errorf("%v: %v", answers, err)
		}
	}
}

// TestStrict refuses whatever is not a plain https name on the allow-list.
func TestStrict(t *testing.T) {
	urls := []string{"http://lists.example.org/", "https://user:secret@lists.example.org/", "https://lists.example.org:8443/", "https://other.example.org/",
		"ftp://lists.example.org/", "https://", "file:///etc/passwd", "https://[::1]/", "javascript:alert(1)", "https://lists.example.org.evil.example/", "//lists.example.org/", ""}
	for _, u := range append(urls, hostileURLs(t)...) {
		reached := false
		hosts := []string{"lists.example.org"}
		if p, err := url.Parse(u); err == nil {
			hosts = append(hosts, p.Hostname()) // even an allow-list with a bad host on it
		}
		if strings.Contains(u, "other.example.org") || strings.Contains(u, "evil.example") {
			hosts = hosts[:1]
		}
		client := New(Config{Hosts: hosts, Timeout: time.Second, Resolve: func(context.Context, string) ([]netip.Addr, error) {
			reached = true
			return nil, errors.New("no network in this test")
		}}, asking, unkept)
		_, err := client.Fetch(context.Background(), Request{URL: u})
		if err == nil || codeOf(err) != record.CodeRefused && !reached {
			t.Errorf("%s: %v", u, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error repeats the password", u)
		}
	}
}

// hostileURLs are addresses that a guard must block; empty without the folder.
func hostileURLs(t *testing.T) (out []string) {
	dir := os.Getenv("BONAFIDE_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	b, err := os.ReadFile(filepath.Join(dir, "hostile", "made", "url", "ssrf_urls.json"))
	if err != nil {
		t.Log("NOT TESTED: the hostile addresses of the shared data (set BONAFIDE_DATA)")
		return nil
	}
	var file struct {
		URLs []struct{ URL, Verdict string }
	}
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	for _, u := range file.URLs {
		if u.Verdict == "block" {
			out = append(out, u.URL)
		}
	}
	return out
}

// TestBelow allows hosts below a name, not the name's look-alikes.
func TestBelow(t *testing.T) {
	client := New(Config{Hosts: []string{".lists.example.org", ".org"}, Timeout: time.Second, Resolve: func(context.Context, string) ([]netip.Addr, error) {
		return nil, errors.New("no network in this test")
	}}, asking, unkept)
	for host, want := range map[string]record.Code{"a.lists.example.org": record.CodeUnavailable, "lists.example.org": record.CodeRefused,
		"evil-lists.example.org": record.CodeRefused, "a.lists.example.org.evil.example": record.CodeRefused, "other.org": record.CodeRefused} {
		if _, err := client.Fetch(context.Background(), Request{URL: "https://" + host + "/"}); codeOf(err) != want {
			t.Errorf("%s: %v", host, err)
		}
	}
}

// TestPublic knows the special networks.
func TestPublic(t *testing.T) {
	for addr, want := range map[string]bool{"93.184.216.34": true, "2606:2800:220:1::1": true, "127.0.0.1": false, "10.1.2.3": false, "100.64.0.1": false,
		"169.254.169.254": false, "192.0.2.1": false, "224.0.0.1": false, "255.255.255.255": false, "0.0.0.0": false, "::": false, "::1": false, "fe80::1": false,
		"fc00::1": false, "ff02::1": false, "2001:db8::1": false, "2002:7f00:1::": false, "64:ff9b::1": false, "::ffff:10.0.0.1": false, "::127.0.0.1": false, "2001::1": false} {
		if Public(netip.MustParseAddr(addr)) != want {
			t.Errorf("%s: public is not %v", addr, want)
		}
	}
	if Public(netip.Addr{}) {
		t.Error("no address is public")
	}
}
