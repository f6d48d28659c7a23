package casework

import (
	"context"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"bonafide/record"
	"bonafide/store"
)

// Entries is one page of the audit, oldest first. Reading it is an entry too.
func (d *Desk) Entries(ctx context.Context, actor record.Actor, object, after string, limit int) (all []record.Entry, next string, err error) {
	from := int64(-1)
	if after != "" {
		if from, err = readNumber(after); err != nil {
			return nil, "", err
		}
	}
	// On PostgreSQL the newest entries wait a moment to be numbered.
	if err := d.Store.Integrate(ctx); err != nil {
		return nil, "", err
	}
	err = d.Store.Update(ctx, actor, func(t *store.Tx) error {
		all, err = t.Entries(store.EntryFilter{Object: object, After: from, Limit: limit})
		t.Did("audit.read", "tenant/"+t.Tenant(), "")
		return err
	})
	if len(all) == limit {
		next = writeNumber(all[limit-1].Seq)
	}
	return all, next, err
}

// Proof is what shows that an entry stands in a tree, or that a tree only grew.
type Proof struct {
	Size   int64
	Leaf   string
	Hashes []string
}

// Checkpoint is the signed head of the tenant's tree and the key that verifies it.
func (d *Desk) Checkpoint(ctx context.Context, actor record.Actor) (note, key string, err error) {
	signed, err := d.Store.Checkpoint(ctx, actor.Tenant)
	return string(signed), d.Verifier, err
}

// Proof of inclusion of an entry (entry ≥ 0), or of consistency from a size on.
// size 0 is that of the newest checkpoint: what is not signed yet proves nothing.
// It shows hashes, and of an entry the bytes that were hashed, which hold no
// personal value.
func (d *Desk) Proof(ctx context.Context, actor record.Actor, entry, from, size int64) (p Proof, err error) {
	if size == 0 {
		signed, err := d.Store.Checkpoint(ctx, actor.Tenant)
		if err != nil {
			return p, err
		}
		if lines := strings.Split(string(signed), "\n"); len(lines) > 1 {
			size, _ = strconv.ParseInt(lines[1], 10, 64)
		}
	}
	if size <= 0 || entry >= size || from > size {
		return p, record.Invalid("size", "there is no tree of this size with what is asked for")
	}
	p.Size = size
	var hashes []tlog.Hash
	err = d.Store.View(ctx, actor, func(t *store.Tx) error {
		signed, err := t.Checkpoints(size-1, 1)
		if err != nil {
			return err
		}
		if len(signed) == 0 {
			return record.Invalid("size", "no checkpoint of this size or more was signed")
		}
		if entry < 0 {
			hashes, err = t.ProveConsistency(from, size)
			return err
		}
		var leaf []byte
		leaf, hashes, err = t.ProveEntry(entry, size)
		p.Leaf = string(leaf)
		return err
	})
	for _, h := range hashes {
		p.Hashes = append(p.Hashes, h.String())
	}
	return p, err
}
