package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
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
