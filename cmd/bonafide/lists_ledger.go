package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"bonafide/egress"
	"bonafide/record"
)

// listLookups is where the record of every look-up is kept, beside the lists.
const listLookups = ".lookups.jsonl"

// occasion is why the publishers of lists are asked.
func (c *ListsUpdateCmd) occasion() egress.Occasion {
	return egress.Occasion{Tenant: c.Tenant, Act: "list.update", By: "lists", Own: true}
}

// ledger writes look-ups down: beside the lists, wherever those lie, and in the
// record's own table where this machine has a record. With --log they are printed too.
// done gives the record back.
func (c *ListsUpdateCmd) ledger(out io.Writer) (keep egress.Ledger, done func(), err error) {
	table, done := egress.Ledger(nil), func() {}
	if c.Database != "" || exists(filepath.Join(c.Data, "bonafide.db")) {
		s, _, err := c.open(context.Background(), slog.New(slog.DiscardHandler), false)
		if err != nil {
			return nil, nil, err
		}
		table, done = s.KeepLookup, func() { s.Close() }
	}
	return func(on egress.Occasion, l egress.Lookup) error {
		if c.Log {
			fmt.Fprintf(out, "  %s %s%s %s %d, %d bytes in %v %s\n", l.At.UTC().Format(time.RFC3339), l.Host, l.Path, orDash(l.Address), l.Status, l.Bytes, l.Took.Round(time.Millisecond), l.Why)
		}
		if err := appendLookup(filepath.Join(c.Dir, listLookups), on, l); err != nil {
			return err
		}
		if table == nil {
			return nil
		}
		return table(on, l)
	}, done, nil
}

// appendLookup adds one line to a file of look-ups.
func appendLookup(path string, on egress.Occasion, l egress.Lookup) error {
	b, err := json.Marshal(map[string]any{"at": l.At.UTC().Format(time.RFC3339), "occasion": on.Act, "host": l.Host, "path": l.Path, "address": l.Address, "status": l.Status,
		"bytes": l.Bytes, "ms": l.Took.Milliseconds(), "why": l.Why})
	if err == nil {
		var f *os.File
		if f, err = os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644); err == nil {
			_, err = f.Write(append(b, '\n'))
			err = errors.Join(err, f.Close())
		}
	}
	if err != nil {
		return &record.Error{Code: record.CodeUnavailable, Where: listLookups, Message: "the look-up cannot be written down beside the lists, so its answer is not used"}
	}
	return nil
}
