package store

import (
	"errors"
	"testing"

	"bonafide/record"
	"bonafide/store/pgtest"
)

// TestPipeline: what waits is one with what it is sent with. An error of it comes
// out at the next question or at the commit, and then nothing took place; nobody
// can go on as if there had been none.
func TestPipeline(t *testing.T) {
	b := openBench(t, Options{Path: t.TempDir(), URL: pgtest.Database(t), Keys: testKeys(t)})
	put := func(x *Tx, name string, version int64) error {
		x.Did("setting.save", "tenant/acme", "")
		return x.put("insert into settings (tenant, name, version, at, by_actor, sealed) values ($1,$2,$3,0,'test','x')", name, version)
	}
	count := func(x *Tx) (int64, error) {
		return x.count("select count(*) from settings where tenant = $1 and name like 'p/%'")
	}
	b.do(func(x *Tx) error {
		for v := range int64(3 * waitsMost / 2) {
			if err := put(x, "p/a", v); err != nil {
				return err
			}
		}
		n, err := count(x)
		if n != 3*waitsMost/2 {
			t.Errorf("a question sees %d of what was put before it", n)
		}
		return err
	})
	wrong := func(x *Tx) error { // a checked rule, which is not tried again
		x.Did("policy.publish", "policy/1", "")
		return x.put("insert into policies (tenant, version, digest, text, at, proposer, approver, active) values ($1,1,'','',0,'ann',$2,0)", "ann")
	}
	want(t, b.try("acme", func(x *Tx) error {
		if err := put(x, "p/b", 1); err != nil {
			return err
		}
		return wrong(x)
	}), record.CodeRefused)
	want(t, b.try("acme", func(x *Tx) error {
		if err := wrong(x); err != nil {
			return err
		}
		_, err := count(x)
		if err == nil {
			t.Error("a question after what was wrong is answered")
		}
		return err
	}), record.CodeRefused)
	want(t, b.try("acme", func(x *Tx) error {
		err := errors.Join(put(x, "p/b", 1), wrong(x))
		count(x) // its error is passed over
		return err
	}), record.CodeInternal)
	b.do(func(x *Tx) error {
		x.Did("setting.list", "tenant/acme", "")
		n, err := count(x)
		if n != 3*waitsMost/2 {
			t.Errorf("%d settings: of what failed something took place", n)
		}
		return err
	})
	// Of many questions asked together every row is told whose it is.
	b.do(func(x *Tx) error {
		x.Did("setting.list", "tenant/acme", "")
		var args [][]any
		for i := range 5*waitsMost + 7 {
			args = append(args, []any{int64(i)})
		}
		next := 0
		err := x.eachOf("select version from settings where tenant = $1 and version = $2 and name = 'p/a'", args, func(i int, row scan) error {
			var v int64
			err := row(&v)
			if int64(i) != v || i != next {
				t.Errorf("row %d is told of %d, after %d", v, i, next-1)
			}
			next++
			return err
		})
		if next != 3*waitsMost/2 {
			t.Errorf("%d rows", next)
		}
		return err
	})
	// A glance is one question, of one tenant, and changes nothing.
	err := b.glance(ctx, ann("acme"), func(x *Tx) error {
		if n, err := count(x); n != 3*waitsMost/2 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		_, err := count(x)
		return err
	})
	want(t, err, record.CodeInternal)
	want(t, b.glance(ctx, ann("acme"), func(x *Tx) error { x.readOnly = false; return put(x, "p/c", 1) }), record.CodeInternal)
	want(t, b.glance(ctx, ann("acme"), func(x *Tx) error {
		x.readOnly = false
		_, err := x.exec("delete from settings where tenant = $1")
		return err
	}), record.CodeInternal)
	if err := b.glance(ctx, ann("other"), func(x *Tx) error {
		n, err := count(x)
		if n != 0 {
			t.Errorf("another tenant sees %d", n)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}
