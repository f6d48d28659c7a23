package store

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"bonafide/audit"
	"bonafide/record"
)

// grow appends leaves to the tenant's tree, in this transaction.
func (t *Tx) grow(leaves []leaf) error {
	size, err := t.treeSize()
	if err != nil {
		return err
	}
	fresh := map[int64][]byte{} // hashes of the leaves added here
	read := t.hashes(fresh)
	rows := make([][]any, 0, len(leaves))
	for i := range leaves {
		l := &leaves[i]
		n := size + int64(i)
		l.entry.Seq = n
		if err := l.write(); err != nil {
			return err
		}
		hashes, err := audit.Grow(n, l.body, read)
		if err != nil {
			return &record.Error{Code: record.CodeInternal, Where: "audit", Message: "the tree does not grow", Err: err}
		}
		fresh[n] = hashes
		e := l.entry
		rows = append(rows, []any{n, micros(e.At), actorWord(e.Actor), e.Act, e.Object, e.Case, l.body, hashes})
	}
	return t.many("insert into entries (tenant, seq, at, actor, act, object, case_id, body, hashes) values ", "", 9, rows)
}

func actorWord(a record.Actor) string { return string(a.Kind) + "/" + a.ID }

// hashes reads stored hashes of the tenant's tree, those of this transaction first.
func (t *Tx) hashes(fresh map[int64][]byte) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			n, offset := audit.At(index)
			all, ok := fresh[n]
			if !ok {
				if err := t.one("audit hash", "select hashes from entries where tenant = $1 and seq = $2", []any{&all}, n); err != nil {
					return nil, err
				}
			}
			if len(all) < offset+audit.HashSize {
				return nil, fmt.Errorf("hash %d is missing", index)
			}
			copy(out[i][:], all[offset:])
		}
		return out, nil
	})
}

func (t *Tx) treeSize() (int64, error) {
	return t.count("select coalesce(max(seq)+1, 0) from entries where tenant = $1")
}

// EntryFilter narrows what Entries gives. Empty fields let all through.
type EntryFilter struct {
	Object string // kind/id
	Case   string
	After  int64 // entries with a number greater than this; begin with -1
	Limit  int   // at most; 0: 100, more than 1000: 1000
}

// Entries gives entries in their order.
func (t *Tx) Entries(f EntryFilter) ([]record.Entry, error) {
	q, args := "select body from entries where tenant = $1 and seq > $2", []any{f.After}
	if f.Object != "" {
		args = append(args, f.Object)
		q += fmt.Sprintf(" and object = $%d", len(args)+1)
	}
	if f.Case != "" {
		args = append(args, f.Case)
		q += fmt.Sprintf(" and case_id = $%d", len(args)+1)
	}
	args = append(args, pageSize(f.Limit))
	q += fmt.Sprintf(" order by seq limit $%d", len(args)+1)
	return collect(t, q, func(s scan) (record.Entry, error) {
		var body []byte
		if err := s(&body); err != nil {
			return record.Entry{}, err
		}
		return audit.ReadLeaf(body)
	}, args...)
}

func pageSize(n int) int64 {
	switch {
	case n <= 0:
		return 100
	case n > 1000:
		return 1000
	}
	return int64(n)
}
