package main

import (
	"errors"
)

// LinkModelCmd holds what is done with models.
type LinkModelCmd struct {
	Check LinkModelCheckCmd `cmd:"" help:"Check a model file."`
}

// LinkModelCheckCmd checks.
type LinkModelCheckCmd struct {
	File string `arg:"" type:"existingfile"`
}

// Run checks.
func (c *LinkModelCheckCmd) Run() error { return errors.New("not yet") }
