package api

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/casework"
	"bonafide/connect"
	"bonafide/connect/simulator"
	"bonafide/egress"
	"bonafide/record"
	"bonafide/screen"
	"bonafide/store"
)

// vendorWorld is somebody who applied, an identity vendor, and the house that asks it.
type vendorWorld struct {
	*world
	sim   *simulator.Server
	hooks *screen.Hooks
	path  string
}

func newVendorWorld(t *testing.T, vendor string) *vendorWorld {
	w := &vendorWorld{world: newWorld(t), sim: &simulator.Server{System: vendor, Key: "k", States: map[string]string{}}}
	provider := httptest.NewServer(w.sim)
	t.Cleanup(provider.Close)
	_, err := w.keeper.Accept(context.Background(), operator("one"), screen.Delivery{Raw: []byte(`{"id":"7","source":"form","received_at":"2026-03-02T09:00:00Z","person":{"name":"Nora Muster"}}`)})
	ok(t, err)
	w.hooks = &screen.Hooks{Keeper: w.keeper, Net: (&casework.Egress{Store: w.store, Open: screen.EgressOf(true)}).Net, Sleep: func(context.Context, time.Duration) error { return nil }}
	id, err := w.hooks.AddHook(context.Background(), operator("one"), connect.Endpoint{Name: vendor, Provider: vendor, Keys: []string{hookKey}, Account: connect.Account{Key: "k", Base: provider.URL}})
	ok(t, err)
	w.path = "/v1/hooks/" + id
	return w
}

// sends delivers events signed as the vendor does and hands out their jobs.
func (w *vendorWorld) sends(bodies ...string) []store.Job {
	w.t.Helper()
	for _, body := range bodies {
		m := hmac.New(sha256.New, []byte(hookKey))
		header := map[string]string{}
		if now := fmt.Sprint(time.Now().Unix()); w.sim.System == "stripe" {
			fmt.Fprintf(m, "%s.%s", now, body)
			header["Stripe-Signature"] = "t=" + now + ",v1=" + hex.EncodeToString(m.Sum(nil))
		} else {
			m.Write([]byte(body))
			header["X-SHA2-Signature"] = hex.EncodeToString(m.Sum(nil))
		}
		if r := w.ask("POST", w.path, []byte(body), header); r.status != 200 {
			w.t.Fatalf("%d %s", r.status, r.body)
		}
	}
	jobs, err := w.store.Claim(context.Background(), "test", []string{screen.JobHook}, time.Minute, 10)
	ok(w.t, err)
	if len(jobs) != len(bodies) {
		w.t.Fatalf("%d jobs of %d events", len(jobs), len(bodies))
	}
	return jobs
}

// stands is what came of the vendor, in time: id and outcome each.
func (w *vendorWorld) stands() (all []string, bodies string) {
	w.t.Helper()
	ok(w.t, w.store.Update(context.Background(), operator("one"), func(tx *store.Tx) error {
		all, bodies = nil, ""
		subject, err := tx.FindSubject("form", "7")
		if err != nil {
			return err
		}
		tx.Did("test.read", "subject/"+subject, "")
		events, err := tx.Events(subject, 100)
		for _, e := range events {
			if outcome, is := strings.CutPrefix(e.Kind, "identity."); is {
				var r struct {
					ID string `json:"id"`
				}
				ok(w.t, json.Unmarshal(e.Body, &r))
				all, bodies = append(all, r.ID+" "+outcome), bodies+string(e.Body)+"\n"
			}
		}
		return err
	}))
	return all, bodies
}

func (w *vendorWorld) wants(want ...string) {
	w.t.Helper()
	if got, _ := w.stands(); !slices.Equal(got, want) {
		w.t.Errorf("stands:\n got %q\nwant %q", got, want)
	}
}

// onfidoEvent is about something of the one who applied, and names an address that is not the vendor's.
func onfidoEvent(kind, id, at string) string {
	return fmt.Sprintf(`{"payload":{"resource_type":%q,"action":"%s.completed","object":{"id":%q,"status":"complete","completed_at_iso8601":%q,"href":"http://127.0.0.1:1/v3.6/theirs"},"resource":{"customer_user_id":"form/7"}}}`, kind, kind, id, at)
}

// TestHookVendorAsked: Onfido's webhook says that something ended; what came of it is
// asked for, once, past a vendor that is busy, and stands after the hint.
func TestHookVendorAsked(t *testing.T) {
	ctx := context.Background()
	w := newVendorWorld(t, "onfido")
	w.sim.Busy, w.sim.Broken = 2, 3
	off := &screen.Hooks{Keeper: w.keeper}
	job := w.sends(onfidoEvent("workflow_run", "run-1", "2026-03-02T10:00:00Z"))[0]
	if err := off.Run(ctx, job); record.CodeOf(err) != record.CodeUnavailable {
		t.Fatalf("asking is off: %v", err)
	}
	w.wants("run-1 running")
	ok(t, w.hooks.Run(ctx, job))
	w.wants("run-1 running", "run-1 pass")

	// The same again, under another time: asked again, and stands behind.
	w.sim.States["run-1"] = "declined"
	ok(t, w.hooks.Run(ctx, w.sends(onfidoEvent("workflow_run", "run-1", "2026-03-02T11:00:00Z"))[0]))
	w.wants("run-1 running", "run-1 running", "run-1 pass", "run-1 fail")

	// A check with the result of each of its reports; nothing else is fetched.
	w.sim.Do(func(s *simulator.Server) { s.Seen = nil })
	w.sim.States["c-1"], w.sim.States["r-selfie"] = "consider", "consider"
	ok(t, w.hooks.Run(ctx, w.sends(onfidoEvent("check", "c-1", "2026-03-02T12:00:00Z"))[0]))
	if got, bodies := w.stands(); len(got) != 8 || !sameWords(got[5:], "c-1 needs-review", "r-document pass", "r-selfie needs-review") {
		t.Errorf("%q %s", got, bodies)
	}
	for _, path := range w.sim.Seen {
		if !slices.Contains([]string{"GET /checks/c-1", "GET /reports/r-document", "GET /reports/r-selfie"}, path) {
			t.Errorf("asked for %s", path)
		}
	}

	// A task leads to its run.
	w.sim.Do(func(s *simulator.Server) { s.Seen = nil })
	ok(t, w.hooks.Run(ctx, w.sends(`{"payload":{"resource_type":"workflow_task","object":{"id":"task-1"},"resource":{"workflow_run_id":"run-2","customer_user_id":"form/7"}}}`)[0]))
	if len(w.sim.Seen) == 0 || w.sim.Seen[0] != "GET /workflow_runs/run-2" {
		t.Errorf("asked for %q", w.sim.Seen)
	}

	// What was asked is written down under the person's name, and the host alone.
	ok(t, w.store.Update(ctx, operator("one"), func(tx *store.Tx) error {
		subject, err := tx.FindSubject("form", "7")
		if err != nil {
			return err
		}
		all, err := tx.Lookups(tx.Now().Add(time.Minute), 100)
		if len(all) == 0 {
			t.Error("nothing was written down")
		}
		for _, l := range all {
			if l.Subject != subject || l.Occasion != "identity.fetch" || l.By != "onfido" {
				t.Errorf("%+v", l)
			}
		}
		tx.Did("test.read", "subject/"+subject, "")
		return err
	}))
}

// overtaken lets something happen while an answer is under way.
type overtaken struct {
	connect.Caller
	while func()
}

func (o *overtaken) Call(ctx context.Context, c egress.Call) (egress.Reply, error) {
	r, err := o.Caller.Call(ctx, c)
	if f := o.while; f != nil {
		o.while = nil
		f()
	}
	return r, err
}

// TestHookVendorLate: an answer that was long under way, and one to a job that is
// done again, undo no newer one.
func TestHookVendorLate(t *testing.T) {
	ctx := context.Background()
	w := newVendorWorld(t, "onfido")
	jobs := w.sends(onfidoEvent("workflow_run", "run-1", "2026-03-02T10:00:00Z"), onfidoEvent("workflow_run", "run-1", "2026-03-02T10:00:05Z"))
	w.sim.States["run-1"] = "review"
	real, slow := w.hooks.Net, *w.hooks
	slow.Net = func(o connect.Occasion, hosts []string) connect.Caller {
		return &overtaken{real(o, hosts), func() {
			w.sim.Do(func(s *simulator.Server) { s.States["run-1"] = "approved" })
			ok(t, w.hooks.Run(ctx, jobs[1]))
		}}
	}
	ok(t, slow.Run(ctx, jobs[0]))
	w.wants("run-1 running", "run-1 running", "run-1 needs-review", "run-1 pass")
}

// TestHookVendorRefused: what is not the answer to what was asked is not used, and
// an id that is no plain one is not asked for.
func TestHookVendorRefused(t *testing.T) {
	ctx := context.Background()
	w := newVendorWorld(t, "onfido")
	w.sim.States["run-gone"] = "gone"
	for _, body := range []string{
		onfidoEvent("workflow_run", "run-gone", ""), onfidoEvent("workflow_run", "../../applicants", ""), onfidoEvent("workflow_run", "a?b=c", ""),
		onfidoEvent("audit_log", "a-1", ""), strings.ReplaceAll(onfidoEvent("workflow_run", "run-3", ""), "form/7", "form/nobody"),
	} {
		ok(t, w.hooks.Run(ctx, w.sends(body)[0]))
	}
	w.wants("run-gone running", "../../applicants running", "a?b=c running", "a-1 running")
	if len(w.sim.Seen) != 1 || w.sim.Seen[0] != "GET /workflow_runs/run-gone" {
		t.Errorf("asked for %q", w.sim.Seen)
	}
	other := httptest.NewServer(http.HandlerFunc(func(a http.ResponseWriter, _ *http.Request) {
		_, _ = a.Write([]byte(`{"id":"run-4","workflow_id":"w","status":"approved","customer_user_id":"form/8"}`))
	}))
	t.Cleanup(other.Close)
	_, err := w.hooks.AddHook(ctx, operator("one"), connect.Endpoint{Name: "onfido", Provider: "onfido", Keys: []string{hookKey}, Account: connect.Account{Key: "k", Base: other.URL}})
	ok(t, err)
	ok(t, w.hooks.Run(ctx, w.sends(onfidoEvent("workflow_run", "run-4", ""))[0])) // about another record
	ok(t, w.hooks.Run(ctx, w.sends(onfidoEvent("workflow_run", "run-5", ""))[0])) // about another run
	w.wants("run-gone running", "../../applicants running", "a?b=c running", "a-1 running", "run-4 running", "run-5 running")
}

// TestHookVendorStripe: a session that wants more is inconclusive, with its last
// error; events in any order come to what the session is.
func TestHookVendorStripe(t *testing.T) {
	ctx := context.Background()
	w := newVendorWorld(t, "stripe")
	event := func(n int, status string) string {
		return fmt.Sprintf(`{"id":"evt_%d","object":"event","type":"identity.verification_session.%s","created":%d,"data":{"object":{"object":"identity.verification_session","id":"vs_1","created":1790000000,"livemode":true,"client_reference_id":"form/7","status":%q}}}`, n, status, 1772442000+n, status)
	}
	w.sim.States["vs_1"] = "requires_input"
	ok(t, w.hooks.Run(ctx, w.sends(event(3, "processing"))[0]))
	w.wants("vs_1 running", "vs_1 inconclusive")
	if _, bodies := w.stands(); !strings.Contains(bodies, "selfie_face_mismatch") {
		t.Error(bodies)
	}
	w.sim.States["vs_1"] = "verified"
	ok(t, w.hooks.Run(ctx, w.sends(event(9, "verified"))[0]))
	ok(t, w.hooks.Run(ctx, w.sends(event(2, "requires_input"))[0])) // late: it says what was, the answer what is
	got, _ := w.stands()
	if got[len(got)-1] != "vs_1 pass" {
		t.Errorf("stands: %q", got)
	}
	w.sim.Do(func(s *simulator.Server) { s.Key = "another" })
	if err := w.hooks.Run(ctx, w.sends(event(10, "verified"))[0]); record.CodeOf(err) != record.CodeRefused || !strings.Contains(err.Error(), "restricted key") {
		t.Errorf("a key that ended: %v", err)
	}
}

func sameWords(got []string, want ...string) bool {
	got = slices.Clone(got)
	slices.Sort(got)
	return slices.Equal(got, want)
}
