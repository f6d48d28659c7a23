package api

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"bonafide/bench/meter"
	"bonafide/casework"
	"bonafide/connect"
	"bonafide/connect/simulator"
	"bonafide/notify"
	"bonafide/policy"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

const hookKey = "an-invented-secret"

func greenhouseBody(id int) []byte {
	return fmt.Appendf(nil, `{"action":"new_candidate_application","payload":{"application":{"id":%d,"applied_at":"2026-03-02T09:00:00Z","jobs":[{"id":5,"name":"Developer"}],`+
		`"candidate":{"id":%d,"first_name":"Nora","last_name":"Muster","created_at":"2026-03-02T09:00:00Z","phone_numbers":[],"email_addresses":[{"value":"n%d@example.org","type":"personal"}]}}}}`, id, id+1_000_000, id)
}

func sign(body []byte) string {
	m := hmac.New(sha256.New, []byte(hookKey))
	m.Write(body)
	return "sha256 " + hex.EncodeToString(m.Sum(nil))
}

func (w *world) hook(provider string) (string, *screen.Hooks) {
	w.t.Helper()
	hooks := &screen.Hooks{Keeper: w.keeper}
	id, err := hooks.AddHook(context.Background(), operator("one"), connect.Endpoint{Name: "main-" + provider, Provider: provider, Keys: []string{hookKey},
		Account: connect.Account{Key: "k", Company: "c"}, Stages: map[string]string{"Face to Face": "interview"}})
	ok(w.t, err)
	return "/v1/hooks/" + id, hooks
}

// work does all that waits.
func (w *world) hookWork(hooks *screen.Hooks) (failed []string) {
	w.t.Helper()
	for {
		jobs, err := w.store.Claim(context.Background(), "test", append([]string{screen.JobHook}, screen.JobKinds...), time.Minute, 100)
		ok(w.t, err)
		if len(jobs) == 0 {
			return failed
		}
		for _, j := range jobs {
			run := w.keeper.Run
			if j.Kind == screen.JobHook {
				run = hooks.Run
			}
			if err := run(context.Background(), j); err != nil {
				failed = append(failed, err.Error())
				ok(w.t, w.store.Update(context.Background(), record.Machine(j.Tenant), func(t *store.Tx) error { return t.FailJob(j, "test") }))
			}
		}
	}
}

// TestHookOnce: a thousand deliveries of one event from sixteen clients have one
// effect, and every sender hears that all is well.
func TestHookOnce(t *testing.T) {
	w := newWorld(t)
	path, hooks := w.hook("greenhouse")
	body := greenhouseBody(1)
	headers := map[string]string{"Signature": sign(body), "Greenhouse-Event-ID": "e-1", "Content-Type": "application/json"}
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			for range 1000 / 16 {
				r, err := http.NewRequest("POST", w.http.URL+path, strings.NewReader(string(body)))
				if err != nil {
					t.Error(err)
					return
				}
				for k, v := range headers {
					r.Header.Set(k, v)
				}
				for { // a node that has more than it can take says so, and is asked again
					r.Body = http.NoBody
					r.Body, _ = r.GetBody()
					a, err := w.http.Client().Do(r)
					if err != nil {
						t.Error(err)
						return
					}
					a.Body.Close()
					if a.StatusCode == 503 {
						continue
					}
					if a.StatusCode != 200 {
						t.Errorf("answered %d", a.StatusCode)
					}
					break
				}
			}
		})
	}
	all.Wait()
	if failed := w.hookWork(hooks); failed != nil {
		t.Fatal(failed)
	}
	ok(t, w.store.Update(context.Background(), operator("one"), func(tx *store.Tx) error {
		s, err := tx.FindSubject("greenhouse", "1")
		if err != nil {
			return err
		}
		x, err := tx.Subject(s)
		if err != nil || x.Version != 1 {
			t.Errorf("version %d of the one application, %v", x.Version, err)
		}
		n, err := tx.Population()
		if err != nil || n != 1 {
			t.Errorf("%d subjects, %v", n, err)
		}
		jobs, err := tx.Jobs("done", 1000)
		if err != nil {
			return err
		}
		taken := 0
		for _, j := range jobs {
			if j.Kind == screen.JobHook {
				taken++
			}
		}
		if taken != 1 {
			t.Errorf("%d jobs of one event", taken)
		}
		tx.Did("test.read", "tenant/one", "")
		return nil
	}))
}

// TestHookManners: what is refused, what is answered, what waits, what is erased.
func TestHookManners(t *testing.T) {
	w := newWorld(t)
	path, hooks := w.hook("greenhouse")
	body := greenhouseBody(7)
	post := func(path string, body []byte, h map[string]string) reply { return w.ask("POST", path, body, h) }
	for _, c := range []struct {
		name   string
		path   string
		body   []byte
		header map[string]string
		status int
	}{
		{"no signature", path, body, nil, 403},
		{"another key", path, body, map[string]string{"Signature": "sha256 " + strings.Repeat("ab", 32)}, 403},
		{"changed by a blank", path, append([]byte(" "), body...), map[string]string{"Signature": sign(body)}, 403},
		{"nobody's address", "/v1/hooks/" + strings.Repeat("0", 48), body, map[string]string{"Signature": sign(body)}, 404},
		{"not an address", "/v1/hooks/..", body, map[string]string{"Signature": sign(body)}, 404},
		{"well", path, body, map[string]string{"Signature": sign(body), "Greenhouse-Event-ID": "a"}, 200},
		{"again", path, body, map[string]string{"Signature": sign(body), "Greenhouse-Event-ID": "a"}, 200},
		{"again, under an id that nobody signed", path, body, map[string]string{"Signature": sign(body), "Greenhouse-Event-ID": "b"}, 200},
	} {
		if r := post(c.path, c.body, c.header); r.status != c.status {
			t.Errorf("%s: %d %s", c.name, r.status, r.body)
		}
	}
	for _, more := range []string{
		`{"action":"ping","payload":{}}`, `{"action":"department_deleted","payload":{"id":1}}`, `{"no":"action"}`, `not json`,
		`{"action":"candidate_stage_change","payload":{"application":{"id":7,"applied_at":"2026-03-02T09:00:00Z","current_stage":{"id":1,"name":"Face to Face"},"candidate":{"id":1000007,"first_name":"Nora","last_name":"Muster","created_at":"2026-03-02T09:00:00Z","email_addresses":[{"value":"n7@example.org","type":"personal"}]}}}}`,
		`{"action":"candidate_anonymized","payload":{"candidate_id":1000007,"anonymized_fields":["full_name"]}}`,
		`{"action":"delete_application","payload":{"id":7}}`,
		`{"action":"update_candidate","payload":{"candidate":{"id":1000007}}}`, // names somebody, says nothing: to be asked for
	} {
		if r := post(path, []byte(more), map[string]string{"Signature": sign([]byte(more))}); r.status != 200 {
			t.Errorf("%s: %d %s", more, r.status, r.body)
		}
	}
	failed := w.hookWork(hooks)
	if len(failed) != 1 || !strings.Contains(failed[0], "asking is off") {
		t.Errorf("failed: %v", failed)
	}
	ok(t, w.store.Update(context.Background(), operator("one"), func(tx *store.Tx) error {
		s, err := tx.FindSubject("greenhouse", "7")
		if err != nil {
			return err
		}
		a, err := tx.Application(s)
		if err != nil {
			return err
		}
		if len(a.Stage) != 1 || a.Stage[0].Name != "interview" {
			t.Errorf("stages %v", a.Stage)
		}
		tx.Did("test.read", "subject/"+s, "")
		return nil
	}))
	all, err := w.server.Desk.Erasures(context.Background(), operator("one"))
	if err != nil || len(all) != 1 || all[0].State != "proposed" {
		t.Errorf("erasures %+v %v", all, err)
	}
	if s := w.log.String(); strings.Contains(s, "Nora") || strings.Contains(s, hookKey) {
		t.Error("a value of a delivery is in the log")
	}
	if _, err := hooks.AddHook(context.Background(), operator("one"), connect.Endpoint{Name: "chat", Provider: "slack", Keys: []string{hookKey}}); record.CodeOf(err) != record.CodeInvalid {
		t.Errorf("an endpoint whose deliveries nobody reads: %v", err)
	}
	// Whoever has no connector sends applications in our own shape, signed as
	// Standard Webhooks has it.
	secret := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", 32)))
	id, err := hooks.AddHook(context.Background(), operator("one"), connect.Endpoint{Name: "form", Provider: connect.Generic, Keys: []string{"whsec_" + secret}})
	ok(t, err)
	own, at := applicant("g-1", "Nora Muster"), time.Now()
	signed, err := notify.Sign("whsec_"+secret, "m-1", at, own)
	ok(t, err)
	if r := post("/v1/hooks/"+id, own, map[string]string{"webhook-id": "m-1", "webhook-timestamp": fmt.Sprint(at.Unix()), "webhook-signature": signed}); r.status != 200 {
		t.Errorf("generic: %d %s", r.status, r.body)
	}
	w.hookWork(hooks)
	ok(t, w.store.View(context.Background(), operator("one"), func(tx *store.Tx) error { _, err := tx.FindSubject("form", "g-1"); return err }))
	okta, _ := w.hook("okta")
	r := w.ask("GET", okta, nil, map[string]string{"X-Okta-Verification-Challenge": "c-123"})
	if got := want[Challenge](t, r, 200); got.Verification != "c-123" {
		t.Errorf("answered %q", r.body)
	}
}

// TestHookAsksBack: a webhook that signs who sent it and not what it says is only
// a hint. The provider is asked, and what it answers is what is kept.
func TestHookAsksBack(t *testing.T) {
	w := newWorld(t)
	sim := &simulator.Server{System: "lever", People: 3, Key: "k", Busy: 2}
	provider := httptest.NewServer(sim)
	t.Cleanup(provider.Close)
	net := (&casework.Egress{Store: w.store, Open: screen.EgressOf(true)}).Net
	hooks := &screen.Hooks{Keeper: w.keeper, Net: net}
	id, err := hooks.AddHook(context.Background(), operator("one"), connect.Endpoint{Name: "lever", Provider: "lever", Back: true, Keys: []string{hookKey}, Account: connect.Account{Key: "k", Base: provider.URL}})
	ok(t, err)
	now := time.Now().UnixMilli()
	m := hmac.New(sha256.New, []byte(hookKey))
	fmt.Fprintf(m, "token-1%d", now)
	body := fmt.Appendf(nil, `{"event":"candidateStageChange","triggeredAt":%d,"token":"token-1","signature":"%x","data":{"opportunityId":"2","name":"Somebody Else"}}`, now, m.Sum(nil))
	if r := w.ask("POST", "/v1/hooks/"+id, body, nil); r.status != 200 {
		t.Fatalf("%d %s", r.status, r.body)
	}
	if failed := w.hookWork(hooks); failed != nil {
		t.Fatal(failed)
	}
	ok(t, w.store.Update(context.Background(), operator("one"), func(tx *store.Tx) error {
		s, err := tx.FindSubject("lever", "2")
		if err != nil {
			return err
		}
		a, err := tx.Application(s)
		if err == nil && a.Person.Name != "Nora Muster2" {
			t.Errorf("kept what the hint said: %s", a.Person.Name)
		}
		tx.Did("test.read", "subject/"+s, "")
		return err
	}))
	// How far it is goes back, once; a job that comes again writes nothing.
	back := &casework.Back{Desk: w.server.Desk, Net: net}
	sim.Busy = 0
	for range 2 {
		var jobs []store.Job
		for range 60 {
			jobs, err = w.store.Claim(context.Background(), "test", []string{casework.BackJob}, time.Minute, 10)
			ok(t, err)
			if len(jobs) > 0 {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		if len(jobs) != 1 {
			t.Fatalf("%d jobs to write back", len(jobs))
		}
		ok(t, back.Run(context.Background(), jobs[0]))
		ok(t, w.store.Update(context.Background(), operator("one"), func(tx *store.Tx) error {
			tx.Did("test.tell", "subject/"+jobs[0].Subject, "")
			return casework.Tell(tx, "case.changed", record.NoticeData{Subject: jobs[0].Subject})
		}))
	}
	if len(sim.Written) != 1 || !strings.Contains(sim.Written[0], "/opportunities/2/notes") || !strings.Contains(sim.Written[0], "Identity verification: in progress") {
		t.Errorf("written: %v", sim.Written)
	}
}

// TestHookAfterHire: what comes of somebody at work is kept nowhere while the
// module is locked, and on the record of whoever the customer named once it is open.
func TestHookAfterHire(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	for _, country := range []string{"PT", "FR"} {
		_, err := w.keeper.Accept(ctx, operator("one"), screen.Delivery{Raw: fmt.Appendf(nil, `{"id":"w-%s","source":"form","received_at":"2026-03-02T09:00:00Z","role":{"country":%q,"tier":"T2"},"person":{"name":"Nora Muster"}}`, country, country)})
		ok(t, err)
	}
	rules, err := policy.Parse(strings.NewReader(policy.Shipped() + "\nmodule after-hire open PT T2 purpose security basis gdpr-6-1-f dpia 2026-01-02 agreement no-council\n"))
	ok(t, err)
	w.keeper.Screen.Policy = rules
	hooks := &screen.Hooks{Keeper: w.keeper}
	id, err := hooks.AddHook(ctx, operator("one"), connect.Endpoint{Name: "okta", Provider: "okta", Keys: []string{hookKey}, People: map[string]string{"pt@firm.example": "form/w-PT", "fr@firm.example": "form/w-FR"}})
	ok(t, err)
	for i, who := range []string{"pt@firm.example", "fr@firm.example", "nobody@firm.example"} {
		body := fmt.Appendf(nil, `{"eventId":"e%d","data":{"events":[{"uuid":"u%d","published":"2026-04-01T08:00:00Z","eventType":"user.session.start","actor":{"alternateId":%q},"outcome":{"result":"SUCCESS"}}]}}`, i, i, who)
		if r := w.ask("POST", "/v1/hooks/"+id, body, map[string]string{"Authorization": hookKey}); r.status != 200 {
			t.Fatalf("%d %s", r.status, r.body)
		}
	}
	if failed := w.hookWork(hooks); failed != nil {
		t.Fatal(failed)
	}
	ok(t, w.store.Update(ctx, operator("one"), func(tx *store.Tx) error {
		for id, want := range map[string]int{"w-PT": 1, "w-FR": 0} {
			s, err := tx.FindSubject("form", id)
			if err != nil {
				return err
			}
			a, err := tx.Application(s)
			if err != nil {
				return err
			}
			if len(a.Events) != want {
				t.Errorf("%s: %d events, not %d", id, len(a.Events), want)
			}
			tx.Did("test.read", "subject/"+s, "")
		}
		return nil
	}))
}

// BenchmarkHook is one delivery after another, each another event: verified,
// written down, answered.
func BenchmarkHook(b *testing.B) {
	w := newWorld(b)
	hooks := &screen.Hooks{Keeper: w.keeper}
	id, err := hooks.AddHook(context.Background(), operator("one"), connect.Endpoint{Name: "g", Provider: "greenhouse", Keys: []string{hookKey}})
	ok(b, err)
	var n serial
	b.SetParallelism(32)
	b.ResetTimer()
	began := meter.Processor()
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			body := greenhouseBody(n.next())
			h := http.Header{"Signature": {sign(body)}, "Content-Type": {"application/json"}}
			if _, err := hooks.Take(context.Background(), id, "POST", h, body, time.Now()); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "deliveries/s")
	b.ReportMetric(float64(meter.Processor()-began)/float64(b.N)/1e3, "cpu-µs/delivery")
}

type serial struct {
	mu sync.Mutex
	n  int
}

func (s *serial) next() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	return s.n
}
