package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"bonafide/match"
	"bonafide/record"
)

// ProveCmd is `bonafide prove`: one line for each method of proof, each method
// in its own file.
type ProveCmd struct {
	Chip ProveChipCmd `cmd:"" help:"Check the chip of a passport or identity card, from files that a reader app saved."`
	MRZ  ProveMRZCmd  `cmd:"" name:"mrz" help:"Read a machine-readable zone: fields, check digits, dates, and what a misread character may have been."`
}

// ProveMRZCmd is `bonafide prove mrz`.
type ProveMRZCmd struct {
	Lines []string `arg:"" optional:"" name:"line" help:"The lines as printed, two or three; without any they are read from standard input."`
}

// Help is printed below the flags.
func (ProveMRZCmd) Help() string {
	return `The zone is read as it stands. Nothing is corrected: where digits do not hold, the
characters that a camera often confuses are proposed, for a person to compare with the document.
A zone that holds proves that it is well-formed, not that it is genuine.

Example:

  bonafide prove mrz 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<' 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'`
}

// Run reads and prints one zone.
func (c *ProveMRZCmd) Run(stdout io.Writer) error {
	lines := c.Lines
	if len(lines) == 0 {
		in := bufio.NewScanner(io.LimitReader(os.Stdin, 4096))
		for in.Scan() {
			if strings.TrimSpace(in.Text()) != "" {
				lines = append(lines, in.Text())
			}
		}
	}
	m, ok := match.ParseMRZ(lines)
	if !ok {
		return record.Invalid("the lines given", "no machine-readable zone: a zone has 2 lines of 44 or 36 characters or 3 of 30, of A-Z, 0-9 and <")
	}
	fmt.Fprintf(stdout, "format       %s\n", m.Format)
	fmt.Fprintf(stdout, "number       %s\n", m.Number)
	if faults := m.Faults(); len(faults) > 0 {
		fmt.Fprintf(stdout, "not holding  %s\n", strings.Join(faults, ", "))
	} else {
		fmt.Fprintln(stdout, "all check digits hold")
	}
	return nil
}
