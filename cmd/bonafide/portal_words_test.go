package main

import (
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// fetched READY PATH FILE gets a page of the server whose address stands in
// READY; waits FILE waits until a file is there.
func fetched(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 3, 3)
	a, err := http.Get(strings.TrimSpace(ts.ReadFile(args[0])) + args[1])
	ts.Check(err)
	defer a.Body.Close()
	body, err := io.ReadAll(io.LimitReader(a.Body, 1<<20))
	ts.Check(err)
	write(ts, args[2], a.Status+"\n"+string(body))
}

func waits(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 1, 1)
	for range 200 {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("%s does not appear", args[0])
}
