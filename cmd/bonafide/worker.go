package main

import (
	"os"

	"bonafide/confine"
	"bonafide/screen"
)

// WorkerCmd is `bonafide worker`: the locked child that reads one file. Only
// bonafide itself starts it.
type WorkerCmd struct {
	What string `arg:"" optional:"" enum:"read,page,chip" default:"read"`
	Page int    `arg:"" optional:""`
	Tool string `arg:"" optional:""`
}

// Help is printed below the flags.
func (WorkerCmd) Help() string {
	return `Locks itself in, reads one file from standard input in the form that bonafide inspect and the
server use, writes one answer, ends. To look at a file yourself:

  bonafide inspect FILE`
}

// Run never returns to the rest of the program: it is locked from here on.
func (c *WorkerCmd) Run() error {
	if c.What == "page" {
		os.Exit(confine.ChildPage(c.Page, c.Tool))
	}
	if c.What == "chip" {
		os.Exit(confine.ChildTry(screen.TryChip))
	}
	os.Exit(confine.Child())
	return nil
}
