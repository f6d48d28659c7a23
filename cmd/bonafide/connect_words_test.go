package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"bonafide/connect/simulator"
)

// delivers sends a body as another system would, to the address that stands in
// a file: delivers STATUS BODY ADDRESS-FILE HEADER VALUE …
func delivers(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 3, 20)
	body, err := os.ReadFile(ts.MkAbs(args[1]))
	ts.Check(err)
	address, err := os.ReadFile(ts.MkAbs(args[2]))
	ts.Check(err)
	to, _, _ := strings.Cut(string(address), "\n")
	r, err := http.NewRequest("POST", to, bytes.NewReader(body))
	ts.Check(err)
	for i := 3; i+1 < len(args); i += 2 {
		r.Header.Set(args[i], args[i+1])
	}
	a, err := http.DefaultClient.Do(r)
	ts.Check(err)
	a.Body.Close()
	if fmt.Sprint(a.StatusCode) != args[0] {
		ts.Fatalf("answered %d, not %s", a.StatusCode, args[0])
	}
}

// provides begins a provider of invented people at work, whose address is in
// $PROVIDER: accounts, devices and a sign-in of each account an hour ago.
// Later, provides NAME=VALUE … changes it: down=yes, expired=no.
func provides(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 0, 9)
	if at := ts.Getenv("PROVIDER"); at != "" {
		r, err := http.Get(at + "/control?" + strings.Join(args, "&"))
		ts.Check(err)
		defer r.Body.Close()
		b, err := io.ReadAll(r.Body)
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs("provider"), b, 0o600))
		return
	}
	sim := &simulator.Work{Key: "a-key", Accounts: map[string]bool{}, Names: map[string]string{}, Devices: map[string]bool{}}
	for _, a := range args {
		sim.Accounts[a], sim.Names[a], sim.Devices["mac-of-"+a] = true, a, false
		sim.Log = append(sim.Log, simulator.SignIn{ID: "s-" + a, Login: a, At: time.Now().Add(-time.Hour)})
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/control" {
			fmt.Fprintln(w, sim.Ask(r.URL.Query()))
			return
		}
		sim.ServeHTTP(w, r)
	}))
	ts.Defer(server.Close)
	ts.Setenv("PROVIDER", server.URL)
}

// person signs in with the link in FILE, once, and asks the API: person FILE
// METHOD PATH BODY OUT. CASE in a path is the first case there is.
func person(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 5, 5)
	server, kept := ts.Getenv("SERVER"), ts.MkAbs(args[0]+".cookie")
	ask := func(method, path, body string) (string, *http.Response) {
		r, err := http.NewRequest(method, server+path, strings.NewReader(body))
		ts.Check(err)
		if body != "" {
			r.Header.Set("Content-Type", "application/json")
		}
		if strings.HasSuffix(path, "/offboarding") && method == "POST" {
			r.Header.Set("If-Match", "*")
		}
		if b, err := os.ReadFile(kept); err == nil {
			r.Header.Set("Cookie", string(b))
		}
		a, err := http.DefaultClient.Do(r)
		ts.Check(err)
		defer a.Body.Close()
		b, err := io.ReadAll(a.Body)
		ts.Check(err)
		return string(b), a
	}
	if _, err := os.Stat(kept); err != nil {
		_, token, _ := strings.Cut(ts.ReadFile(args[0]), "/sign-in/")
		_, a := ask("POST", "/v1/session", `{"token":"`+strings.TrimSpace(token)+`"}`)
		cookie, _, _ := strings.Cut(a.Header.Get("Set-Cookie"), ";")
		ts.Check(os.WriteFile(kept, []byte(cookie), 0o600))
	}
	path := args[2]
	if strings.Contains(path, "CASE") {
		list, _ := ask("GET", "/v1/cases", "")
		_, rest, _ := strings.Cut(list, `"id":"`)
		id, _, _ := strings.Cut(rest, `"`)
		ts.Setenv("CASE", id)
		path = strings.ReplaceAll(path, "CASE", id)
	}
	body := args[3]
	if body == "-" {
		body = ""
	}
	out, a := ask(args[1], path, body)
	write(ts, args[4], fmt.Sprintln(a.StatusCode)+out)
}
