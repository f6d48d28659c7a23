package main

import (
	"fmt"
	"io"
	"math"
	"os"

	"bonafide/link"
	"bonafide/record"
)

// The model of operators behind `bonafide screen`, and what people decided about
// pairs, as files.

func readDecisions(path string) ([]link.Decision, error) {
	return readOptional(path, func(r io.Reader) ([]link.Decision, error) { return link.ReadDecisions(r, path) })
}

func readPersona(path string) (*link.Persona, error) { return readOptional(path, link.ReadPersona) }

// readOptional reads a file whose name was given; no name is nothing read.
func readOptional[T any](path string, read func(io.Reader) (T, error)) (got T, err error) {
	if path == "" {
		return got, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return got, notThere(path, err)
	}
	defer f.Close()
	return read(f)
}

func writePersona(path string, p *link.Persona) error { return writeFile(path, p.Write) }

// isPersona reports whether a model file is one of operators.
func isPersona(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	var head [64]byte
	n, _ := io.ReadFull(f, head[:])
	return link.IsPersona(head[:n])
}

func showPersona(w io.Writer, path string) error {
	p, err := readPersona(path)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "operators: a record has %.3g others of its operator on average; a second value of one family keeps %.0f %% of its bits\n", p.Mates, 100*p.Discount)
	fmt.Fprintf(w, "names that differ weigh nothing; bits are what one value adds among 100,000 people, where two start at %+.1f\n\n", p.Prior(100_000))
	fmt.Fprintf(w, "%-16s %-22s %9s %11s %7s\n", "kind", "held by", "m", "strangers", "bits")
	for k := range p.Kinds {
		for l, c := range p.Kinds[k] {
			if c.M > 0 {
				fmt.Fprintf(w, "%-16s %-22s %9.4g %11.4g %+7.1f\n", record.Kind(k), link.LevelName(record.Kind(k), l), c.M, c.Strangers, max(0, math.Log2(c.M*1e5/c.Strangers)))
			}
		}
	}
	return nil
}

func checkPersona(w io.Writer, path string) error {
	p, err := readPersona(path)
	if err != nil {
		return err
	}
	n := 0
	for k := range p.Kinds {
		for _, c := range p.Kinds[k] {
			if c.M > 0 {
				n++
			}
		}
	}
	fmt.Fprintf(w, "%s: a model of operators with %d comparisons, in order\n", path, n)
	return nil
}
