package casework

import (
	"context"

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

var notYet = &record.Error{Code: record.CodeUnavailable, Where: "audit", Message: "this node signs no checkpoints"}

// Checkpoint is the signed head of the tenant's tree and the key that verifies it.
func (d *Desk) Checkpoint(ctx context.Context, actor record.Actor) (note, key string, err error) {
	return "", "", notYet
}

// Proof of inclusion of an entry (entry ≥ 0), or of consistency from a size on.
func (d *Desk) Proof(ctx context.Context, actor record.Actor, entry, from, size int64) (p Proof, err error) {
	return p, notYet
}
