package screen_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bonafide/connect"
	"bonafide/connect/simulator"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// TestPull: sign-ins are asked for only while the policy has opened the module;
// they come page by page over a provider that is busy and breaks, once each
// although windows overlap, for the people who were named and for whom it is open;
// what stands in the way is said.
func TestPull(t *testing.T) {
	for _, system := range []string{"okta", "entra", "google-workspace"} {
		t.Run(system, func(t *testing.T) {
			k, actor := newKeeper(t)
			ctx := context.Background()
			now := time.Now()
			sim := &simulator.Work{Key: "k"}
			for i := range 8 {
				for _, login := range []string{"nora@firm.example", "fritz@firm.example", "else@firm.example"} {
					sim.Log = append(sim.Log, simulator.SignIn{ID: fmt.Sprint(login[:1], i), Login: login, At: now.Add(-time.Duration(i+1) * time.Hour)})
				}
			}
			server := httptest.NewServer(sim)
			defer server.Close()
			subject := map[string]string{}
			for id, country := range map[string]string{"nora": "PT", "fritz": "AT"} {
				got, err := k.Accept(ctx, actor, screen.Delivery{Raw: fmt.Appendf(nil, `{"id":%q,"source":"form","received_at":"2026-03-02T09:00:00Z","role":{"country":%q,"tier":"T2"},"person":{"name":"X"}}`, id, country)})
				if err != nil {
					t.Fatal(err)
				}
				subject[id] = got.Subject
			}
			h := &screen.Hooks{Keeper: k, Net: func(on connect.Occasion, hosts []string) connect.Caller {
				return screen.EgressOf(true)(hosts, on, k.Store.KeepLookup)
			}, Sleep: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }}
			e := connect.Endpoint{Name: "signins", Provider: system, Pull: true, Account: connect.Account{Base: server.URL, Key: "k"},
				People: map[string]string{"nora@firm.example": "form/nora", "fritz@firm.example": "form/fritz", "gone@firm.example": "form/gone"}}
			if id, err := h.AddHook(ctx, actor, e); err != nil || id != "" {
				t.Fatal(id, err)
			}
			run := func(h *screen.Hooks) error {
				t.Helper()
				j := claimPull(t, k, actor)
				err := h.RunPull(ctx, j)
				if err != nil {
					if e := k.Store.Update(ctx, record.Machine(j.Tenant), func(t *store.Tx) error { return t.FailJob(j, string(record.CodeOf(err))) }); e != nil {
						t.Fatal(e)
					}
				}
				return err
			}
			state := func() screen.Health {
				t.Helper()
				all, err := h.Health(ctx, actor)
				if err != nil || len(all) != 1 {
					t.Fatal(all, err)
				}
				return all[0]
			}
			seen := func(id string) (n int) {
				t.Helper()
				if err := k.Store.Update(ctx, actor, func(tx *store.Tx) error {
					tx.Did("test.read", "subject/"+subject[id], "")
					a, err := tx.Application(subject[id])
					n = len(a.Events)
					return err
				}); err != nil {
					t.Fatal(err)
				}
				return n
			}
			if err := run(h); err != nil || len(sim.Seen) > 0 || state().State != screen.HealthLocked {
				t.Fatalf("while it is locked: %v, asked %v, %+v", err, sim.Seen, state())
			}
			rules, err := policy.Parse(strings.NewReader("version 1\nreview when 1 conclusive\nmodule after-hire open PT T2 purpose security basis gdpr-6-1-f dpia 2026-02-01\nroutine otherwise\n"))
			if err != nil {
				t.Fatal(err)
			}
			k.Screen.Policy = rules
			again(t, k, actor, "signins")
			if err := run(&screen.Hooks{Keeper: k}); err == nil || state().State != screen.HealthOff {
				t.Errorf("without egress: %v %+v", err, state())
			}
			again(t, k, actor, "signins")
			sim.Do(func(s *simulator.Work) { s.Down = true })
			short, stop := context.WithTimeout(ctx, 200*time.Millisecond)
			j := claimPull(t, k, actor)
			if err := h.RunPull(short, j); err == nil {
				t.Error("asked a provider that is down, and all is well")
			}
			stop()
			if err := k.Store.Update(ctx, record.Machine(j.Tenant), func(t *store.Tx) error { return t.FailJob(j, "unavailable") }); err != nil {
				t.Fatal(err)
			}
			sim.Do(func(s *simulator.Work) { s.Down = false; s.Busy = 5; s.Skew = 10 * time.Minute })
			for range 4 { // what broke off goes on where it stopped
				again(t, k, actor, "signins")
				if err := run(h); err == nil {
					break
				}
			}
			if n := seen("nora"); n != 8 {
				t.Fatalf("%d sign-ins on the record, want 8; %+v", n, state())
			}
			if n := seen("fritz"); n != 0 {
				t.Errorf("%d of somebody for whom it is locked", n)
			}
			if s := state(); s.State != screen.HealthGood || (s.Skew-10*time.Minute).Abs() > time.Minute {
				t.Errorf("%+v", s)
			}
			// Late news within the overlap comes, what was told does not come twice.
			sim.Do(func(s *simulator.Work) {
				s.Log = append(s.Log, simulator.SignIn{ID: "late", Login: "nora@firm.example", At: now.Add(-5 * time.Minute)})
				s.Busy = 0
			})
			again(t, k, actor, "signins")
			if err := run(h); err != nil {
				t.Fatal(err)
			}
			if n := seen("nora"); n != 9 {
				t.Errorf("%d sign-ins after a late one, want 9", n)
			}
			sim.Do(func(s *simulator.Work) { s.Expired = true })
			again(t, k, actor, "signins")
			if err := run(h); err == nil || state().State != screen.HealthExpired || state().Since.IsZero() {
				t.Errorf("an expired key: %v %+v", err, state())
			}
		})
	}
}

func claimPull(t *testing.T, k *screen.Keeper, actor record.Actor) store.Job {
	t.Helper()
	jobs, err := k.Store.Claim(context.Background(), "test", []string{screen.JobPull}, 2*time.Minute, 10)
	if err != nil || len(jobs) != 1 {
		t.Fatal(jobs, err)
	}
	return jobs[0]
}

// again brings the next job of a connector forward to now.
func again(t *testing.T, k *screen.Keeper, actor record.Actor, name string) {
	t.Helper()
	if _, err := (&screen.Hooks{Keeper: k}).Again(context.Background(), actor, name); err != nil {
		t.Fatal(err)
	}
}
