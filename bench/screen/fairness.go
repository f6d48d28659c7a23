package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
)

// fairness screens each population twice, the second time with names,
// nationality and languages moved between honest people, and compares the
// results byte for byte. A difference is an error.
func (b *bench) fairness() error {
	fmt.Println("\n| people | evasion | seed | result lines | lines that differ |\n|---:|---:|---:|---:|---:|")
	different := 0
	for _, people := range b.people {
		for _, evasion := range b.evasion {
			for _, seed := range b.seeds {
				one, err := b.resultsOf(people, seed, evasion)
				if err != nil {
					return err
				}
				two, err := b.resultsOf(people, seed, evasion, "--swap")
				if err != nil {
					return err
				}
				all, unequal := compare(one, two)
				different += unequal
				fmt.Printf("| %s | %s | %d | %s | %s |\n", count(people), evasion, seed, count(all), count(unequal))
			}
		}
	}
	if different > 0 {
		return errors.New("results changed with names, nationality or languages")
	}
	return nil
}

func (b *bench) resultsOf(people, seed int, evasion string, more ...string) ([]byte, error) {
	p, _, err := b.invent(people, seed, evasion, more...)
	if err != nil {
		return nil, err
	}
	defer p.remove()
	if _, err := b.screen(p); err != nil {
		return nil, err
	}
	return os.ReadFile(p.results())
}

// compare counts lines, and those that are not equal at their place.
func compare(one, two []byte) (all, unequal int) {
	a, z := bytes.Split(one, []byte("\n")), bytes.Split(two, []byte("\n"))
	for i := range max(len(a), len(z)) {
		if i >= len(a) || i >= len(z) || !bytes.Equal(a[i], z[i]) {
			unequal++
		}
	}
	return max(len(a), len(z)) - 1, unequal
}
