package screen_test

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"bonafide/checks"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/report"
	"bonafide/screen"
	"bonafide/store"
	"bonafide/store/pgtest"
)

func newKeeper(t testing.TB) (*screen.Keeper, record.Actor) {
	t.Helper()
	keys, err := store.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{Path: t.TempDir(), URL: pgtest.Address(t), Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.AddTenant(ctx, record.Actor{Kind: record.ActorOperator, ID: "t", Tenant: store.House}, "main", "EU"); err != nil {
		t.Fatal(err)
	}
	runner, err := checks.NewRunner(checks.Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	return &screen.Keeper{Screen: &screen.Screen{Checks: runner, Policy: policy.Default()}, Store: s}, record.Actor{Kind: record.ActorKey, ID: "k", Tenant: "main"}
}

var serial atomic.Int64

func one(i int64) []byte {
	return fmt.Appendf(nil, `{"id":"b-%d","source":"bench","received_at":"2026-03-02T09:00:00Z","person":{"name":"Nora Muster","address":{"lines":["Musterweg %d"],"city":"Ort","postcode":"%05d","country":"DE"}},`+
		`"emails":["p%d@example.org"],"phones":["+4915%09d"],"resume":{"text":"Built the %d service of team %d. Moved billing %d to a queue. Wrote tests for module %d."},`+
		`"sessions":[{"at":"2026-03-02T09:00:00Z","ip":"11.2.%d.%d","device":"%016x"}],"payouts":[{"kind":"bank","value":"acct-%012d"}]}`,
		i, i, i, i, i, i, i*7, i*3, i*5, i%250, i/250%250, i*2654435761, i)
}

func BenchmarkAcceptLater(b *testing.B)  { accept(b, true) }
func BenchmarkAcceptScreen(b *testing.B) { accept(b, false) }

func accept(b *testing.B, later bool) {
	k, actor := newKeeper(b)
	b.SetParallelism(32)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := k.Accept(context.Background(), actor, screen.Delivery{Raw: one(serial.Add(1)), Later: later}); err != nil {
				b.Error(err)
			}
		}
	})
}

// drain does all jobs that are ready.
func drain(t testing.TB, k *screen.Keeper) {
	t.Helper()
	for {
		jobs, err := k.Store.Claim(context.Background(), "test", screen.JobKinds, time.Minute, 50)
		if err != nil {
			t.Fatal(err)
		}
		if len(jobs) == 0 {
			return
		}
		for _, j := range jobs {
			if err := k.Run(context.Background(), j); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// told is what the house says of every record once all is quiet.
func told(t *testing.T, lines []string, later bool) map[string]string {
	t.Helper()
	k, actor := newKeeper(t)
	for _, l := range lines {
		if _, err := k.Accept(context.Background(), actor, screen.Delivery{Raw: []byte(l), Later: later}); err != nil {
			t.Fatal(err)
		}
	}
	drain(t, k)
	all := map[string]string{}
	err := k.Store.Update(context.Background(), actor, func(tx *store.Tx) error {
		for after := ""; ; {
			ids, err := tx.Subjects(after, 1000)
			if err != nil || len(ids) == 0 {
				tx.Did("test.read", "tenant/main", "")
				return err
			}
			for _, id := range ids {
				res, err := tx.Result(id)
				if err != nil {
					return err
				}
				all[res.Record] = fmt.Sprint(res.Assessment, res.Because)
				after = id
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestOneByOne: handed in one by one, in whatever order, stored first or screened
// at once, the house says of a population what a run over the whole file says,
// but for one record in fifty at most: how common a kind of sharing is in the
// whole population one screening does not know, and a change is felt two steps
// far and no further.
func TestOneByOne(t *testing.T) {
	lines := population(t, 90)
	whole := map[string]string{}
	results, _, _ := run(t, lines)
	for _, l := range results {
		r, _, err := report.ReadResult([]byte(l))
		if err != nil {
			t.Fatal(err)
		}
		whole[r.Record] = fmt.Sprint(r.Assessment, r.Because)
	}
	forward := told(t, lines, false)
	slices.Reverse(lines)
	backward := told(t, lines, false)
	later := told(t, lines, true)
	if len(forward) != len(whole) {
		t.Fatalf("%d records of %d", len(forward), len(whole))
	}
	differ := func(name string, a, b map[string]string, most int) {
		t.Helper()
		n := 0
		for record, said := range a {
			if b[record] != said {
				n++
				t.Logf("%s: %s: %s or %s", name, record, said, b[record])
			}
		}
		if n > most {
			t.Errorf("%s: %d of %d records differ, more than %d", name, n, len(a), most)
		}
	}
	differ("forward and backward", forward, backward, len(whole)/50)
	differ("at once and later", backward, later, len(whole)/50)
	differ("one by one and the whole file", forward, whole, len(whole)/50)
}
