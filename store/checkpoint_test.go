package store

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"bonafide/audit"
	"bonafide/record"
)

// alter changes rows as the owner of the database would, past all code.
func (b *bench) alter(query string, args ...any) {
	b.t.Helper()
	err := b.engine.update(ctx, "acme", func(c *conn) error {
		return c.bare(context.Background(), query, args)
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

func TestAudit(t *testing.T) {
	engines(t, func(t *testing.T, b *bench) {
		public, err := b.keys.VerifierKey()
		if err != nil {
			t.Fatal(err)
		}
		witness := audit.FileWitness{Dir: t.TempDir(), Verifier: public}
		for i := range 12 {
			b.subject(fmt.Sprint("a", i))
			if i%4 == 1 {
				if _, err := b.Witness(ctx, "acme", witness); err != nil {
					t.Fatal(err)
				}
			}
		}
		kept, err := witness.All(audit.Origin("acme"))
		if err != nil || len(kept) != 3 {
			t.Fatalf("%d witnessed, %v", len(kept), err)
		}
		if r, err := b.VerifyAudit(ctx, "acme", kept); err != nil || !r.OK() || r.Entries != 13 || r.Witness < 6 {
			t.Fatalf("%+v, %v", r, err)
		}
		var out bytes.Buffer
		if err := b.ExportAudit(ctx, ann("acme"), &out); err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(out.Bytes(), []byte("Canary")) {
			t.Error("the audit holds a personal value")
		}
		r, err := audit.Verify(bytes.NewReader(out.Bytes()), public, kept)
		if err != nil || !r.OK() || r.Entries != 14 || r.Witness != 3 {
			t.Errorf("%+v, %v", r, err)
		}
		b.View(ctx, ann("acme"), func(x *Tx) error {
			c, err := x.head()
			if err != nil {
				t.Fatal(err)
			}
			leaf, proof, err := x.ProveEntry(5, c.Size)
			if err != nil || audit.CheckInclusion(c, 5, leaf, proof) != nil {
				t.Errorf("inclusion: %v", err)
			}
			return nil
		})
		// What the owner of the database does, each undone after.
		for name, change := range map[string][2]string{
			"a column": {"update entries set actor = 'person/bob' where tenant = 'acme' and seq = 4", "update entries set actor = 'person/ann' where tenant = 'acme' and seq = 4"},
			"a number": {"update entries set seq = 99 where tenant = 'acme' and seq = 4", "update entries set seq = 4 where tenant = 'acme' and seq = 99"},
			"a time":   {"update entries set at = at + 1 where tenant = 'acme' and seq = 4", "update entries set at = at - 1 where tenant = 'acme' and seq = 4"},
		} {
			b.alter(change[0])
			if r, err := b.VerifyAudit(ctx, "acme", kept); err != nil || r.OK() {
				t.Errorf("%s: not reported (%v)", name, err)
			}
			b.alter(change[1])
		}
		if r, _ := b.VerifyAudit(ctx, "acme", kept); !r.OK() {
			t.Fatalf("undone: %+v", r)
		}
		if err := b.CheckWitness(ctx, kept); err != nil {
			t.Error(err)
		}
		// Set back past the witness: refused at the start, reported by the verifier.
		b.alter("delete from entries where tenant = 'acme' and seq >= 7")
		b.alter("delete from checkpoints where tenant = 'acme' and size > 7")
		want(t, b.CheckWitness(ctx, kept), record.CodeRefused)
		if r, err := b.VerifyAudit(ctx, "acme", kept); err != nil || len(r.Problems) == 0 {
			t.Errorf("set back: %+v, %v", r, err)
		}
		b.subject("new")
		if _, err := b.Witness(ctx, "acme", witness); err == nil {
			t.Error("a log set back is witnessed")
		}
	})
}
