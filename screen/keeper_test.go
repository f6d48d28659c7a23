package screen_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"bonafide/checks"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

func newKeeper(t testing.TB) (*screen.Keeper, record.Actor) {
	t.Helper()
	keys, err := store.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{Path: t.TempDir(), Keys: keys})
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
