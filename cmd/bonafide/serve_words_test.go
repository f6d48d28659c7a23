package main

import (
	"os"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// served waits until a server that runs beside the story takes requests.
func served(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 1, 1)
	for range 200 {
		if b, err := os.ReadFile(ts.MkAbs(args[0])); err == nil {
			ts.Setenv("SERVER", strings.TrimSpace(string(b)))
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("no server within ten seconds")
}
