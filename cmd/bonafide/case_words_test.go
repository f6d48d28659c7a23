package main

import (
	"regexp"

	"github.com/rogpeppe/go-internal/testscript"
)

// remembers NAME FILE PATTERN: what the group of the pattern matches in a file
// (stdout too) is $NAME from then on, as a person would copy an id.
func remembers(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 3, 3)
	re, err := regexp.Compile("(?m)" + args[2])
	ts.Check(err)
	m := re.FindStringSubmatch(ts.ReadFile(args[1]))
	if len(m) != 2 {
		ts.Fatalf("%s says nothing like %s", args[1], args[2])
	}
	ts.Setenv(args[0], m[1])
}
