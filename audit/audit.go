// Package audit is the chain of entries: who did or read what, when and why.
// Entries are the leaves of a Merkle tree (RFC 6962, as golang.org/x/mod/sumdb/tlog
// computes it), one tree per tenant; the head of a tree is signed and leaves the
// house, so that whoever owns the database cannot rewrite it unseen.
//
// It computes and verifies. It opens no database and no network: rows come from
// store, checkpoints go out through a Witness. An entry never holds a personal
// value, only ids and salted commitments.
//
// To add a field to an entry: record.Entry, with omitempty, so that leaves that
// are already hashed stay what they were.
package audit

import (
	"github.com/go-json-experiment/json"

	"golang.org/x/mod/sumdb/tlog"

	"bonafide/record"
)

// Leaf is the bytes of an entry that are hashed and kept: one JSON object.
// What is verified later is the kept bytes, never a new encoding of them.
func Leaf(e record.Entry) ([]byte, error) {
	b, err := json.Marshal(e, json.Deterministic(true))
	if err != nil {
		return nil, &record.Error{Code: record.CodeInternal, Where: "audit entry", Message: "cannot be written", Err: err}
	}
	return b, nil
}

// ReadLeaf is the entry of a leaf.
func ReadLeaf(b []byte) (record.Entry, error) {
	var e record.Entry
	if err := json.Unmarshal(b, &e); err != nil {
		return e, record.Invalid("audit entry", "is not an entry")
	}
	return e, nil
}

// HashSize is the length of one hash in bytes.
const HashSize = tlog.HashSize

// Grow gives the hashes that leaf n (counted from 0) adds to the tree: its own
// first, then those of the subtrees it completes, bottom up, HashSize bytes each.
// Store them with the leaf; At finds them again.
func Grow(n int64, leaf []byte, read tlog.HashReader) ([]byte, error) {
	hashes, err := tlog.StoredHashes(n, leaf, read)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(hashes)*HashSize)
	for _, h := range hashes {
		out = append(out, h[:]...)
	}
	return out, nil
}

// At says where a stored hash stands: with which leaf, and at which offset of
// the bytes that Grow gave for it.
func At(index int64) (leaf int64, offset int) {
	level, n := tlog.SplitStoredHashIndex(index)
	return (n+1)<<uint(level) - 1, level * HashSize
}
