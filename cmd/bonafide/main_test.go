package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the user stories run the real command line as `bonafide`.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"bonafide": func() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestStories runs every file of testdata/script: what a person types, and
// what she may rely on. The people in them are invented.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                storyWords,
		Setup: func(e *testscript.Env) error {
			e.Setenv("NO_COLOR", "1")
			e.Setenv("TMPDIR", e.WorkDir)
			return nil
		},
	})
}
