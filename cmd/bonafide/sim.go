package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"bonafide/sim"
)

// SimCmd writes an invented population with the truth about it.
type SimCmd struct {
	People    int     `help:"Honest people." default:"10000"`
	Operators int     `help:"Operators with 2 to 40 personas each (-1: as many as make personas about 1 % of the records)." default:"-1"`
	Seed      uint64  `help:"Same seed, same bytes." default:"1"`
	Evasion   float64 `help:"0 to 1: how much of every trace operators avoid." default:"0.35"`
	Swap      bool    `help:"Move names, nationality and languages between honest people; nothing else changes."`
	Gzip      bool    `help:"Write applications.jsonl.gz."`
	Out       string  `help:"Folder for applications.jsonl, truth.csv and lists/, or - for applications on standard output." default:"sim" placeholder:"DIR"`
}

// Run writes the files and says what was written.
func (c *SimCmd) Run(stdout io.Writer) error {
	if c.People < 0 || c.Evasion < 0 || c.Evasion > 1 {
		return fmt.Errorf("--people must not be negative, --evasion lies between 0 and 1")
	}
	o := sim.Options{People: c.People, Operators: c.Operators, Seed: c.Seed, Evasion: c.Evasion, Swap: c.Swap}
	if o.Operators < 0 {
		o.Operators = sim.DefaultOperators(o.People)
	}
	if c.Out == "-" {
		_, err := sim.Write(stdout, io.Discard, o)
		return err
	}
	if err := os.MkdirAll(filepath.Join(c.Out, "lists"), 0o755); err != nil {
		return err
	}
	for _, l := range sim.Lists() {
		if err := os.WriteFile(filepath.Join(c.Out, "lists", l.Name), []byte(l.Text), 0o644); err != nil {
			return err
		}
	}
	name := "applications.jsonl"
	if c.Gzip {
		name += ".gz"
	}
	file, err := os.Create(filepath.Join(c.Out, name))
	if err != nil {
		return err
	}
	defer file.Close()
	applications := io.WriteCloser(file)
	if c.Gzip {
		applications, _ = gzip.NewWriterLevel(file, gzip.BestCompression) // the level is valid
	}
	truth, err := os.Create(filepath.Join(c.Out, "truth.csv"))
	if err != nil {
		return err
	}
	defer truth.Close()
	rows := bufio.NewWriter(truth)
	n, err := sim.Write(applications, rows, o)
	if err != nil {
		return err
	}
	if err := rows.Flush(); err != nil {
		return err
	}
	if err := applications.Close(); err != nil {
		return err
	}
	if c.Gzip {
		if err := file.Close(); err != nil {
			return err
		}
	}
	fmt.Fprintf(os.Stderr, "%d applications of %d honest people and %d operators in %s\n", n, o.People, o.Operators, c.Out)
	return truth.Close()
}
