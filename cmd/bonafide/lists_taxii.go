package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"bonafide/connect"
	"bonafide/egress"
	"bonafide/lists"
	"bonafide/record"
)

const (
	taxiiClass  = "indicators"
	mostTAXIIIn = 64 << 10 // bytes of the file that names a collection
	taxiiBudget = 20_000   // look-ups for one collection, tries included
)

// taxii renews the lists that are collections of a TAXII 2.1 server, each with a
// client of its own: the password of one goes to no other host.
func (c *ListsUpdateCmd) taxii(store *listStore, out io.Writer, keep egress.Ledger) (failed int, err error) {
	for _, name := range slices.Sorted(maps.Keys(c.Taxii)) {
		if !nameIsPlain(name) || lists.Find(name) != nil {
			return failed, &record.Error{Code: record.CodeRefused, Where: "--taxii", Message: "the name of the list needs letters, digits, - and _ only, and is not that of a list of the catalogue"}
		}
		said, err := c.collection(store, name, keep)
		if err != nil {
			failed++
			fmt.Fprintf(out, "%s: FAILED: %v; %s\n", name, err, kept(store, &lists.List{ID: name, Cadence: lists.Monthly}))
			continue
		}
		fmt.Fprintf(out, "%s: %s\n", name, said)
	}
	return failed, nil
}

// collection renews one, or says why not.
func (c *ListsUpdateCmd) collection(store *listStore, name string, keep egress.Ledger) (string, error) {
	if was := store.entries(name); len(was) > 0 && was[0].Class != taxiiClass {
		return "", &record.Error{Code: record.CodeConflict, Where: name, Message: "the folder has a list of another kind under this name"}
	}
	info, err := os.Stat(c.Taxii[name])
	if err != nil || info.Size() > mostTAXIIIn {
		return "", &record.Error{Code: record.CodeNotFound, Where: "--taxii", Message: "its file is not there, or larger than 64 KiB"}
	}
	b, err := os.ReadFile(c.Taxii[name])
	if err != nil {
		return "", &record.Error{Code: record.CodeNotFound, Where: "--taxii", Message: "its file cannot be read"}
	}
	from, err := connect.ReadCollection(b)
	if err != nil {
		return "", err
	}
	client := egress.New(egress.Config{Hosts: []string{from.Host()}, Budget: taxiiBudget, Timeout: c.Timeout, Idle: c.Idle,
		Private: c.Private, Agent: "bonafide lists update"}, c.occasion(), keep)
	p := part{from: lists.Provenance{URL: from.Address}, modified: today()}
	if p.body, err = connect.FetchIndicators(context.Background(), from, client); err != nil {
		return "", err
	}
	file := name + ".json"
	l, _ := lists.Recognise(file, taxiiClass, p.body[:min(len(p.body), 4096)])
	if l == nil {
		return "", record.Invalid(name, "not recognised as indicators")
	}
	if p.snapshot, err = lists.Parse(l, file, p.body, p.modified, today()); err != nil {
		return "", err
	}
	// The whole collection was asked for: it stands for today, however old its newest
	// indicator is. Each keeps its own day.
	p.snapshot.AsOf, p.snapshot.From = record.DateOf(p.modified), "asked"
	parts := []part{p}
	if err := c.believe(store, l, parts); err != nil {
		return "", err
	}
	said := stateOf(parts)
	if was := store.entries(name); len(was) == 1 && was[0].SHA256 == p.snapshot.SHA256 {
		said = "unchanged, " + said
	}
	return said, store.replace(name, taxiiClass, parts)
}
