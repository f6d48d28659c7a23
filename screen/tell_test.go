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

// TestTold: each SIEM hears what its tenant chose and no more: findings without a
// value, sign-ins under the record's id, or with whose they were; what changed is
// told as such, what was told is not told again; while the SIEM is away, or asking
// is off, all of it waits, and none of somebody who is erased meanwhile.
func TestTold(t *testing.T) {
	k, actor := newKeeper(t)
	ctx := context.Background()
	rules, err := policy.Parse(strings.NewReader("version 1\nreview when 1 conclusive\nmodule after-hire open PT T2 purpose security basis gdpr-6-1-f dpia 2026-02-01\nroutine otherwise\n"))
	if err != nil {
		t.Fatal(err)
	}
	k.Screen.Policy = rules
	h := &screen.Hooks{Keeper: k, Net: func(o connect.Occasion, hosts []string) connect.Caller {
		return screen.EgressOf(true)(hosts, o, k.Store.KeepLookup)
	}}
	sims := map[string]*simulator.SIEM{}
	for name, choose := range map[string]func(*connect.Endpoint){"findings": func(*connect.Endpoint) {}, "events": func(e *connect.Endpoint) { e.Events = true }, "persons": func(e *connect.Endpoint) { e.Events, e.Persons = true, true }} {
		sims[name] = &simulator.SIEM{System: "elastic", Key: "k"}
		server := httptest.NewServer(sims[name])
		defer server.Close()
		e := connect.Endpoint{Name: name, Provider: "elastic", Tell: true, Account: connect.Account{Base: server.URL, Key: "k"}}
		choose(&e)
		if _, err := h.AddHook(ctx, actor, e); err != nil {
			t.Fatal(err)
		}
	}
	hand := func(id, iban string) string {
		t.Helper()
		got, err := k.Accept(ctx, actor, screen.Delivery{Raw: fmt.Appendf(nil, `{"id":%q,"source":"form","received_at":"2026-03-02T09:00:00Z","role":{"country":"PT","tier":"T2"},"person":{"name":"Nora Muster","address":{"country":"PT"}},"payouts":[{"kind":"iban","value":%q,"holder":"Nora Muster"}]}`, id, iban)})
		if err != nil {
			t.Fatal(err)
		}
		return got.Subject
	}
	run := func(h *screen.Hooks) (failed int) {
		t.Helper()
		for name := range sims { // their jobs wait two seconds for company
			if _, err := h.Again(ctx, actor, name); err != nil {
				t.Fatal(err)
			}
		}
		jobs, err := k.Store.Claim(ctx, "test", []string{screen.JobTell}, time.Minute, 10)
		if err != nil || len(jobs) != len(sims) {
			t.Fatal(jobs, err)
		}
		for _, j := range jobs {
			if err := h.RunTell(ctx, j); err != nil {
				failed++
				if err := k.Store.Update(ctx, record.Machine(j.Tenant), func(t *store.Tx) error { return t.FailJob(j, string(record.CodeOf(err))) }); err != nil {
					t.Fatal(err)
				}
			}
		}
		return failed
	}
	told := func(name string) string { return strings.Join(sims[name].Lines, "\n") }
	nora, gone := hand("nora", "DE00123456789012345678"), hand("gone", "PT00123456789012345678901")
	if _, _, _, err := k.Event(ctx, actor, screen.Event{Source: "vpn", ID: "e1", Type: "sign-in", Record: "form/nora", At: time.Now(), Data: []byte(`{"kind":"sign-in","account":"nora@firm.example","ip":"203.0.113.9","session":"s1"}`), Raw: []byte("{}")}); err != nil {
		t.Fatal(err)
	}
	if failed := run(&screen.Hooks{Keeper: k}); failed != 3 {
		t.Errorf("without egress %d of 3 failed", failed)
	}
	for _, s := range sims {
		s.Busy = 1
	}
	if failed := run(h); failed != 3 {
		t.Errorf("busy: %d of 3 failed", failed)
	}
	all, err := h.Health(ctx, actor)
	if err != nil || len(all) != 3 || all[0].State != screen.HealthFailing || all[0].Queue != 3 || all[1].Queue != 2 {
		t.Errorf("%+v %v", all, err)
	}
	if err := k.Store.Update(ctx, actor, func(x *store.Tx) error {
		x.Did("subject.erase", "subject/"+gone, "")
		_, err := x.Erase(gone, "test", "")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for _, s := range sims {
		s.Busy = 0
	}
	if failed := run(h); failed != 0 {
		t.Fatalf("%d failed", failed)
	}
	for name, want := range map[string]int{"findings": 1, "events": 2, "persons": 2} {
		if n := len(sims[name].Lines); n != want {
			t.Errorf("%s: %d lines, want %d: %s", name, n, want, told(name))
		}
		if personal := strings.Contains(told(name), "nora@firm.example") && strings.Contains(told(name), "203.0.113.9") && strings.Contains(told(name), `"s1"`); personal != (name == "persons") {
			t.Errorf("%s: %s", name, told(name))
		}
		if strings.Contains(told(name), "Muster") || strings.Contains(told(name), "DE0012") {
			t.Errorf("%s: a value of a person: %s", name, told(name))
		}
	}
	if !strings.Contains(told("events"), "subject/"+nora) {
		t.Errorf("%s", told("events"))
	}
	// Screened again with nothing new nothing is told; put right, it is gone.
	hand("nora", "DE00123456789012345678")
	hand("nora", "DE89370400440532013000")
	run(h)
	if n := len(sims["findings"].Lines); n != 2 || !strings.Contains(sims["findings"].Lines[1], `"activity_id":3`) {
		t.Errorf("%s", told("findings"))
	}
	// One that was removed hears nothing any more.
	if err := h.RemoveHook(ctx, actor, "findings"); err != nil {
		t.Fatal(err)
	}
	delete(sims, "findings")
	hand("late", "DE00123456789012345678")
	run(h)
	if all, err = h.Health(ctx, actor); err != nil || len(all) != 2 || all[0].State != screen.HealthGood || all[0].Queue != 0 {
		t.Errorf("%+v %v", all, err)
	}
}
