package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"bonafide/link/model"
)

// LinkModelCmd holds what is done with linkage models. A model is a small readable file.
type LinkModelCmd struct {
	Train   LinkModelTrainCmd   `cmd:"" help:"Learn a model from tables, without labels, and write it."`
	Suggest LinkModelSuggestCmd `cmd:"" help:"Say how the columns are read and which blocking rules are worth their cost."`
	Show    LinkModelShowCmd    `cmd:"" help:"Print a model: chance and weight of every level."`
	Check   LinkModelCheckCmd   `cmd:"" help:"Check a model file, and whether tables have its columns."`
}

// LinkModelTrainCmd writes a model.
type LinkModelTrainCmd struct {
	tableFlags `embed:""`
	Out        string `name:"out" short:"o" required:"" placeholder:"FILE" help:"Where the model goes."`
}

// Run trains.
func (c *LinkModelTrainCmd) Run() error {
	m, err := c.train()
	if err != nil {
		return err
	}
	return writeFile(c.Out, m.Write)
}

// LinkModelSuggestCmd trains and prints, without writing.
type LinkModelSuggestCmd struct {
	tableFlags `embed:""`
}

// Run prints the proposal.
func (c *LinkModelSuggestCmd) Run() error {
	m, err := c.train()
	if err != nil {
		return err
	}
	for _, f := range m.Fields {
		fmt.Printf("field  %-24s %-6s %-12s from %s\n", f.Name, f.Kind, f.Role, strings.Join(f.Inputs, " + "))
	}
	for _, n := range m.Notes {
		fmt.Println("note   " + n)
	}
	for _, r := range m.Rules {
		fmt.Printf("rule   %s; large blocks split by %s\n", r, r.Split)
	}
	return nil
}

func (c *tableFlags) train() (*model.Model, error) {
	progress, done := linkProgress(c.Quiet)
	defer done()
	frame, err := c.read(model.BuildOptions{ID: c.ID, Ignore: c.Ignore}, nil, progress)
	if err != nil {
		return nil, err
	}
	return model.Train(frame, model.Options{Seed: c.Seed, LinkOnly: c.LinkOnly, Progress: progress})
}

// LinkModelShowCmd prints a model.
type LinkModelShowCmd struct {
	File string `arg:"" type:"existingfile" help:"Model file."`
}

// Run prints.
func (c *LinkModelShowCmd) Run() error {
	if isPersona(c.File) {
		return showPersona(os.Stdout, c.File)
	}
	m, err := readModel(c.File)
	if err != nil {
		return err
	}
	showModel(os.Stdout, m)
	return nil
}

func showModel(w io.Writer, m *model.Model) {
	fmt.Fprintf(w, "trained on %d records; chance that two records are one person: 1 in %.0f (%.2f bits)\n",
		m.Rows, 1/m.Lambda, math.Log2(m.Lambda/(1-m.Lambda)))
	for _, f := range m.Fields {
		fmt.Fprintf(w, "\n%s  (%s%s; from %s)\n", f.Name, f.Kind, roleWord(f.Role), strings.Join(f.Inputs, " + "))
		fmt.Fprintf(w, "  %-36s %10s %10s %8s\n", "level", "m", "u", "bits")
		for i := len(f.Levels) - 1; i >= 0; i-- {
			l := f.Levels[i]
			if l.M < 1e-6 && l.U < 1e-6 {
				continue
			}
			fmt.Fprintf(w, "  %-36s %10.4g %10.4g %+8.2f\n", l.Name, l.M, l.U, l.Weight())
		}
	}
	fmt.Fprintln(w)
	for i, r := range m.Rules {
		fmt.Fprintf(w, "rule %2d  %s\n", i+1, r)
	}
	for _, n := range m.Notes {
		fmt.Fprintln(w, "note     "+n)
	}
}

func roleWord(r model.Role) string {
	if r == "" {
		return ""
	}
	return ", " + string(r)
}

// LinkModelCheckCmd checks a model, alone or against tables.
type LinkModelCheckCmd struct {
	File  string   `arg:"" type:"existingfile" help:"Model file."`
	Files []string `arg:"" optional:"" type:"existingfile" help:"Tables it is to be used on."`
}

// Run checks.
func (c *LinkModelCheckCmd) Run() error {
	if isPersona(c.File) {
		return checkPersona(os.Stdout, c.File)
	}
	m, err := readModel(c.File)
	if err != nil {
		return err
	}
	if len(c.Files) > 0 {
		build := model.BuildOptions{}
		for _, f := range m.Fields {
			build.Fields = append(build.Fields, f.Field)
		}
		t := tableFlags{Files: c.Files, Quiet: true}
		if _, err := t.read(build, nil, nil); err != nil {
			return err
		}
	}
	fmt.Printf("%s: %d fields, %d rules, in order\n", c.File, len(m.Fields), len(m.Rules))
	return nil
}
