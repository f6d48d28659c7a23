package main

import (
	"encoding/json"
	"io"
	"os"

	"bonafide/sim"
)

// EvaluateCmd measures results against the truth of an invented population.
type EvaluateCmd struct {
	Truth   string `help:"Truth file: CSV with record, person, cell, kind, country." required:"" type:"existingfile"`
	JSON    bool   `help:"Print everything as one JSON object." name:"json"`
	Results string `arg:"" help:"Results of bonafide screen --format jsonl, or - for standard input."`
}

// Run prints the measures.
func (c *EvaluateCmd) Run(stdout io.Writer) error {
	truth, err := os.Open(c.Truth)
	if err != nil {
		return err
	}
	defer truth.Close()
	results := os.Stdin
	if c.Results != "-" {
		if results, err = os.Open(c.Results); err != nil {
			return err
		}
		defer results.Close()
	}
	e, err := sim.Evaluate(truth, results)
	if err != nil {
		return err
	}
	if !c.JSON {
		return e.WriteText(stdout)
	}
	out := json.NewEncoder(stdout)
	out.SetIndent("", "  ")
	return out.Encode(e)
}
