// Command names measures match/name on the public suites.
package main

import (
	"flag"
	"os"
)

func main() {
	data := flag.String("data", env("BONAFIDE_DATA", "../shared/data"), "folder of the measuring data")
	verbose := flag.Bool("v", false, "list the rows that went wrong")
	flag.Parse()
	nameBench(*data, *verbose)
}

func env(key, otherwise string) string {
	if v := os.Getenv(key); v != "" {
		return v
	}
	return otherwise
}
