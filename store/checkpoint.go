package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"bonafide/audit"
	"bonafide/record"
)

// Checkpoint signs the present head of the tenant's audit and keeps it. A head
// that does not continue the one signed before is an error: the rows were
// changed. It leaves no entry, else there would always be one more to sign.
func (s *Store) Checkpoint(ctx context.Context, tenant string) (signed []byte, err error) {
	if err := s.Integrate(ctx); err != nil {
		return nil, err
	}
	signer, err := s.keys.Signer()
	if err != nil {
		return nil, err
	}
	err = s.Update(ctx, record.Machine(tenant), func(t *Tx) error {
		c, err := t.head()
		if err != nil {
			return err
		}
		last, lastSigned, err := t.lastCheckpoint()
		if err != nil {
			return err
		}
		if lastSigned != nil {
			if last.Size == c.Size && last.Root == c.Root {
				signed = lastSigned
				return nil
			}
			if err := t.continues(last, c.Size); err != nil {
				return err
			}
		}
		if signed, err = c.Sign(signer); err != nil {
			return err
		}
		_, err = t.quiet("insert into checkpoints (tenant, size, at, note) values ($1,$2,$3,$4)", c.Size, micros(t.now), string(signed))
		return err
	})
	return signed, err
}

func (t *Tx) head() (c audit.Checkpoint, err error) {
	size, err := t.treeSize()
	if err != nil {
		return c, err
	}
	return t.headAt(size)
}

func (t *Tx) headAt(size int64) (audit.Checkpoint, error) {
	root, err := tlog.TreeHash(size, t.hashes(nil))
	if err != nil {
		return audit.Checkpoint{}, &record.Error{Code: record.CodeInternal, Where: "audit", Message: "its hashes are not whole"}
	}
	return audit.Checkpoint{Origin: audit.Origin(t.tenant), Size: size, Root: root}, nil
}

// continues says whether the tree begins with what a checkpoint saw.
func (t *Tx) continues(seen audit.Checkpoint, size int64) error {
	if seen.Size > size {
		return &record.Error{Code: record.CodeRefused, Where: "audit", Message: "is shorter than a checkpoint that was signed: it was cut or set back"}
	}
	c, err := t.headAt(seen.Size)
	if err == nil && c.Root != seen.Root {
		err = &record.Error{Code: record.CodeRefused, Where: "audit", Message: "does not begin as a checkpoint that was signed: it was rewritten"}
	}
	return err
}

func (t *Tx) lastCheckpoint() (c audit.Checkpoint, signed []byte, err error) {
	var text string
	err = t.one("checkpoint", "select note from checkpoints where tenant = $1 order by size desc limit 1", []any{&text})
	if record.CodeOf(err) == record.CodeNotFound {
		return c, nil, nil
	}
	if err != nil {
		return c, nil, err
	}
	public, err := t.store.VerifierKey()
	if err != nil {
		return c, nil, err
	}
	c, err = audit.OpenCheckpoint([]byte(text), public)
	return c, []byte(text), err
}

// SignedCheckpoint is one that was signed.
type SignedCheckpoint struct {
	Size int64     `json:"size"`
	At   time.Time `json:"at"`
	Note string    `json:"note"`
}

// Checkpoints lists those with more than after entries, smallest first.
func (t *Tx) Checkpoints(after int64, limit int) ([]SignedCheckpoint, error) {
	return collect(t, "select size, at, note from checkpoints where tenant = $1 and size > $2 order by size limit $3", func(s scan) (c SignedCheckpoint, err error) {
		var at int64
		err = s(&c.Size, &at, &c.Note)
		c.At = moment(at)
		return c, err
	}, after, pageSize(limit))
}

// ProveEntry gives an entry's leaf and the proof that it is in the tree of size
// entries: audit.CheckInclusion verifies it.
func (t *Tx) ProveEntry(seq, size int64) (leaf []byte, proof []tlog.Hash, err error) {
	if err := t.one("entry", "select body from entries where tenant = $1 and seq = $2", []any{&leaf}, seq); err != nil {
		return nil, nil, err
	}
	proof, err = audit.ProveInclusion(size, seq, t.hashes(nil))
	return leaf, proof, err
}

// ProveConsistency shows that the tree of size entries continues that of old.
func (t *Tx) ProveConsistency(old, size int64) ([]tlog.Hash, error) {
	return audit.ProveConsistency(old, size, t.hashes(nil))
}

// Witness signs the present head and hands it to a witness, with the proof that
// it continues what the witness saw. It gives the checkpoint.
func (s *Store) Witness(ctx context.Context, tenant string, w audit.Witness) ([]byte, error) {
	signed, err := s.Checkpoint(ctx, tenant)
	if err != nil {
		return nil, err
	}
	public, err := s.VerifierKey()
	if err != nil {
		return nil, err
	}
	now, err := audit.OpenCheckpoint(signed, public)
	if err != nil {
		return nil, err
	}
	last, err := w.Last(now.Origin)
	if err != nil {
		return nil, err
	}
	var before audit.Checkpoint
	if last != nil {
		if before, err = audit.OpenCheckpoint(last, public); err != nil {
			return nil, err
		}
	}
	var proof []tlog.Hash
	from := func(size int64) error {
		return s.View(ctx, record.Machine(tenant), func(t *Tx) (err error) {
			if err := t.continues(before, now.Size); before.Size > 0 && err != nil {
				return err
			}
			proof, err = t.ProveConsistency(size, now.Size)
			return err
		})
	}
	if err := from(before.Size); err != nil {
		return nil, err
	}
	err = w.Add(signed, before.Size, proof)
	// A witness may have seen what we did not note that it saw.
	if seen := new(audit.SeenError); errors.As(err, &seen) && seen.Size <= now.Size {
		if err := from(seen.Size); err != nil {
			return nil, err
		}
		err = w.Add(signed, seen.Size, proof)
	}
	return signed, err
}

// CheckWitness compares what witnesses kept with the trees here, by their stored
// hashes: quick, at every start. A store that was set back is refused, to before
// a tenant began as well.
func (s *Store) CheckWitness(ctx context.Context, witness [][]byte) error {
	public, err := s.VerifierKey()
	if err != nil {
		return err
	}
	for _, signed := range witness {
		c, err := audit.OpenCheckpoint(signed, public)
		if err != nil {
			return err
		}
		tenant, ours := cutOrigin(c.Origin)
		if !ours || c.Origin != audit.Origin(tenant) {
			return record.Invalid("witness", "a checkpoint of something else than a tenant's audit")
		}
		err = s.View(ctx, record.Machine(tenant), func(t *Tx) error {
			size, err := t.treeSize()
			if err != nil {
				return err
			}
			return t.continues(c, size)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ExportAudit writes the audit of the actor's tenant, for audit.Verify and its
// command. The export itself is an entry, the last one in it.
func (s *Store) ExportAudit(ctx context.Context, actor record.Actor, w io.Writer) error {
	err := s.Update(ctx, actor, func(t *Tx) error {
		t.Did("audit.export", "audit/"+t.tenant, "")
		_, err := t.treeSize()
		return err
	})
	if err != nil {
		return err
	}
	signed, err := s.Checkpoint(ctx, actor.Tenant)
	if err != nil {
		return err
	}
	public, err := s.VerifierKey()
	if err != nil {
		return err
	}
	c, err := audit.OpenCheckpoint(signed, public)
	if err != nil {
		return err
	}
	out := audit.NewWriter(w, actor.Tenant)
	err = s.View(ctx, actor, func(t *Tx) error {
		return t.each("select body from entries where tenant = $1 and seq < $2 order by seq", func(s scan) error {
			var body []byte
			if err := s(&body); err != nil {
				return err
			}
			return out.Leaf(body)
		}, c.Size)
	})
	if err != nil {
		return err
	}
	return out.Close(signed)
}

// VerifyAudit reads every entry of a tenant and checks all that audit.Verify
// does, and that the columns and hashes kept beside the leaves fit them.
func (s *Store) VerifyAudit(ctx context.Context, tenant string, witness [][]byte) (*audit.Report, error) {
	if err := s.Integrate(ctx); err != nil {
		return nil, err
	}
	public, err := s.VerifierKey()
	if err != nil {
		return nil, err
	}
	var report *audit.Report
	err = s.View(ctx, record.Machine(tenant), func(t *Tx) error {
		kept, err := collect(t, "select note from checkpoints where tenant = $1 order by size", func(s scan) (b []byte, err error) {
			var text string
			err = s(&text)
			return []byte(text), err
		})
		if err != nil {
			return err
		}
		v, err := audit.NewVerification(tenant, public, append(kept, witness...))
		if err != nil {
			return err
		}
		recent := recentHashes{}
		err = t.each("select seq, at, actor, act, object, case_id, body, hashes from entries where tenant = $1 order by seq", func(s scan) error {
			var seq, at int64
			var actor, act, object, caseID string
			var body, hashes []byte
			if err := s(&seq, &at, &actor, &act, &object, &caseID, &body, &hashes); err != nil {
				return err
			}
			if !recent.fit(seq, body, hashes) {
				v.Problem("its stored hashes are not those of the tree")
			}
			e := v.Leaf(body)
			if at != micros(e.At) || actor != actorWord(e.Actor) || act != e.Act || object != e.Object || caseID != e.Case || seq != e.Seq {
				v.Problem("the columns of the entry before say something else than the entry")
			}
			return nil
		})
		if err != nil {
			return err
		}
		report = v.End("")
		report.Signed = len(kept) > 0
		return nil
	})
	return report, err
}

// recentHashes recomputes what each leaf adds to the tree, keeping one perfect
// subtree of each height.
type recentHashes struct{ left []tlog.Hash }

func (r *recentHashes) fit(n int64, body, hashes []byte) bool {
	h := tlog.RecordHash(body)
	ok := len(hashes) >= audit.HashSize && bytes.Equal(hashes[:audit.HashSize], h[:])
	level := 0
	for ; n&1 == 1; n >>= 1 {
		if level >= len(r.left) {
			return false
		}
		h = tlog.NodeHash(r.left[level], h)
		level++
		at := level * audit.HashSize
		ok = ok && len(hashes) >= at+audit.HashSize && bytes.Equal(hashes[at:at+audit.HashSize], h[:])
	}
	for len(r.left) <= level {
		r.left = append(r.left, tlog.Hash{})
	}
	r.left[level] = h
	return ok && len(hashes) == (level+1)*audit.HashSize
}
