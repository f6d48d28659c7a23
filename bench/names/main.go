// Command names measures match/name on the public suites.
package main

import (
	"flag"
	"os"
)

func main() {
	data := flag.String("data", env("BONAFIDE_DATA", "../shared/data"), "folder of the measuring data")
	verbose := flag.Bool("v", false, "list the rows that went wrong")
	only := flag.String("only", "", "one suite: pairs, threshold, variants, korean, typo, ofac, un, speed")
	flag.Parse()
	for _, s := range []struct {
		name string
		run  func()
	}{
		{"pairs", func() { nameBench(*data, *verbose) }},
		{"threshold", func() { thresholdSuite(*data) }},
		{"variants", func() { variantPairs(*data) }},
		{"korean", func() { koreanVariants(*data) }},
		{"typo", func() { oneTypo(*data) }},
		{"crossscript", func() { koreanFullNames(*data); unTypos(*data); transliterations(*data) }},
		{"ofac", func() { ofacAliases(*data) }},
		{"un", func() { unAliases(*data) }},
		{"speed", func() { speedSuite(*data) }},
	} {
		if *only == "" || *only == s.name {
			s.run()
		}
	}
}

func env(key, otherwise string) string {
	if v := os.Getenv(key); v != "" {
		return v
	}
	return otherwise
}
