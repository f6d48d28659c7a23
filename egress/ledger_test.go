package egress

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"bonafide/record"
)

var asking = Occasion{Tenant: "main", Act: "test.ask", By: "test"}

// unkept forgets look-ups: what is tested there is another thing.
func unkept(Occasion, Lookup) error { return nil }

// TestNobodyUnasked: without an occasion, or a place to write it down, nobody
// outside is asked, by none of the three ways to ask; and what could not be written
// down is not handed out.
func TestNobodyUnasked(t *testing.T) {
	heard := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { heard++; fmt.Fprint(w, "answer") }))
	defer server.Close()
	named := 0
	resolver := &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		named++
		return nil, errors.New("no network in this test")
	}}
	ctx := context.Background()
	full := errors.New("the disk is full")
	for _, c := range []struct {
		name string
		on   Occasion
		keep Ledger
		asks bool
	}{
		{"kept", asking, unkept, true},
		{"no ledger", asking, nil, false},
		{"no occasion", Occasion{}, unkept, false},
		{"nobody asks", Occasion{Tenant: "main", Act: "test.ask"}, unkept, false},
		{"no act", Occasion{Tenant: "main", By: "test"}, unkept, false},
	} {
		heard, named = 0, 0
		client := New(Config{Hosts: []string{"127.0.0.1"}, Private: true}, c.on, c.keep)
		_, fetched := client.Fetch(ctx, Request{URL: server.URL})
		_, called := client.Call(ctx, Call{Method: http.MethodGet, URL: server.URL})
		_, resolved := NewNames(resolver, c.on, c.keep).Ask(ctx, "mx meridian-works.example")
		if (heard == 2) != c.asks || (named > 0) != c.asks || (fetched == nil) != c.asks || (called == nil) != c.asks {
			t.Errorf("%s: asked %d times, names %d times: %v, %v, %v", c.name, heard, named, fetched, called, resolved)
		}
		if !c.asks && (codeOf(fetched) != record.CodeRefused || codeOf(called) != record.CodeRefused || codeOf(resolved) != record.CodeRefused) {
			t.Errorf("%s: %v, %v, %v", c.name, fetched, called, resolved)
		}
	}
	client := New(Config{Hosts: []string{"127.0.0.1"}, Private: true}, asking, func(Occasion, Lookup) error { return full })
	if a, err := client.Fetch(ctx, Request{URL: server.URL}); !errors.Is(err, full) || a.Body != nil {
		t.Errorf("an answer of which nothing was written down was handed out: %q, %v", a.Body, err)
	}
	if r, err := client.Call(ctx, Call{Method: http.MethodGet, URL: server.URL}); !errors.Is(err, full) || r.Body != nil || r.Status != 0 {
		t.Errorf("a reply of which nothing was written down was handed out: %+v, %v", r, err)
	}
	// A client that nobody made asks nobody.
	if _, err := new(Client).Fetch(ctx, Request{URL: server.URL}); codeOf(err) != record.CodeRefused {
		t.Errorf("an empty client: %v", err)
	}
	if _, err := new(Names).Ask(ctx, "mx meridian-works.example"); codeOf(err) != record.CodeRefused {
		t.Errorf("empty names: %v", err)
	}
}

// TestLedgerHears: every exchange reaches the ledger with its occasion, each
// redirect, and what was refused; a query, which may hold a value, does not.
func TestLedgerHears(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/first" {
			http.Redirect(w, r, "/second?who=somebody", http.StatusFound)
		}
	}))
	defer server.Close()
	var heard []string
	client := New(Config{Hosts: []string{"127.0.0.1"}, Private: true}, asking, func(on Occasion, l Lookup) error {
		heard = append(heard, fmt.Sprint(on.Act, " ", l.Path, " ", l.Status, " ", l.Why != ""))
		return nil
	})
	_, _ = client.Fetch(context.Background(), Request{URL: server.URL + "/first?who=somebody"})
	_, _ = client.Fetch(context.Background(), Request{URL: "http://elsewhere.example/third?who=somebody"})
	want := []string{"test.ask /first 302 false", "test.ask /second 200 false", "test.ask /third 0 true"}
	if fmt.Sprint(heard) != fmt.Sprint(want) {
		t.Errorf("heard %q, want %q", heard, want)
	}
}
