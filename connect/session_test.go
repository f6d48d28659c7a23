package connect

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"bonafide/checks"
	"bonafide/connect/simulator"
	"bonafide/egress"
	"bonafide/record"
)

// world is one system's simulator and a session with it, whose waiting is noted
// and not waited.
func world(t *testing.T, system string, change func(*simulator.Server)) (*Session, *simulator.Server, *[]time.Duration) {
	t.Helper()
	sim := &simulator.Server{System: system, People: 10, Key: "k"}
	if change != nil {
		change(sim)
	}
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	net := egress.New(egress.Config{Hosts: []string{"127.0.0.1"}, Private: true, Budget: 10_000, Redirects: -1}, egress.Occasion{Act: "test.ask", By: "test"}, unkept)
	s, err := NewSession(system, Account{Base: server.URL, Client: "c", Key: "k", User: "u"}, net)
	if err != nil {
		t.Fatal(err)
	}
	waited := &[]time.Duration{}
	s.Sleep = func(_ context.Context, d time.Duration) error { *waited = append(*waited, d); return nil }
	return s, sim, waited
}

// pull lists everything and says who came, in order of coming.
func pull(s *Session, cursor string, stopAfter int) (ids []string, at string, err error) {
	n := 0
	_, err = s.Backfill(context.Background(), cursor, time.Time{}, func(items []jsontext.Value, next string) error {
		for _, raw := range items {
			a, err := s.System.Record(raw, s.System.Name)
			if err != nil {
				return err
			}
			ids = append(ids, a.ID+" "+a.Person.Name)
		}
		at = next
		if n++; n == stopAfter {
			return context.Canceled
		}
		return nil
	})
	return ids, at, err
}

// TestAshbyOwnChecks: what the provider says that it saw is kept with the record in
// its own words, also where the event names the application only; no check reads it,
// and nobody is lost where the key may not read it.
func TestAshbyOwnChecks(t *testing.T) {
	runner, err := checks.NewRunner(checks.Catalogue())
	if err != nil {
		t.Fatal(err)
	}
	hits := map[bool]int{}
	for _, lacks := range []bool{false, true} {
		s, _, _ := world(t, "ashby", func(v *simulator.Server) { v.Lacks = lacks })
		raw, err := s.Fetch(context.Background(), Hint{Application: "4"})
		if err != nil {
			t.Fatal(err)
		}
		a, err := s.System.Record(raw, "ashby")
		if err != nil || a.ID != "4" || !strings.Contains(a.Person.Name, "Muster4") {
			t.Fatalf("%+v %v", a, err)
		}
		got := string(a.Extra["fraudChecks"])
		if seen := strings.Contains(got, `"name":"VPN Connection Detected"`) && strings.Contains(got, `"candidateId":"c4"`); seen == lacks || lacks != strings.HasPrefix(got, `"not given: ashby: `) {
			t.Errorf("lacks %v: %s", lacks, got)
		}
		var asked int
		kept := 0
		_, err = s.Backfill(context.Background(), "", time.Time{}, func(items []jsontext.Value, _ string) error {
			for _, raw := range items {
				a, err := s.System.Record(raw, "ashby")
				if err != nil {
					return err
				}
				if kept++; strings.Contains(string(a.Extra["fraudChecks"]), `"candidateId":"c`+a.ID+`"`) {
					asked++
				} else if !strings.HasPrefix(string(a.Extra["fraudChecks"]), `"not given: `) {
					t.Errorf("lacks %v, %s: %s", lacks, a.ID, a.Extra["fraudChecks"])
				}
			}
			return nil
		})
		if want := map[bool]int{false: 10, true: 0}[lacks]; err != nil || kept != 10 || asked != want {
			t.Errorf("lacks %v: a backfill of %d, %d with what the provider saw: %v", lacks, kept, asked, err)
		}
		hits[lacks] = len(runner.RunOpen(&record.Subject{Application: a}, nil).Findings)
	}
	if hits[true] != hits[false] {
		t.Errorf("the provider's opinion made %d findings of %d", hits[false], hits[true])
	}
}

// TestEverySystem: from the list of all to one person asked for, to the status
// written back; through a provider that is busy and breaks, and a run that was
// cut off in the middle.
func TestEverySystem(t *testing.T) {
	for _, system := range Systems {
		t.Run(system.Name, func(t *testing.T) {
			people := 10
			if system.Name == "recruitee" {
				people = 250 // its pages are of a hundred
			}
			s, sim, waited := world(t, system.Name, func(v *simulator.Server) { v.People, v.Busy, v.Broken, v.Tokens = people, 3, 7, 5 })
			whole, _, err := pull(s, "", 0)
			if err != nil {
				t.Fatal(err)
			}
			if sorted := slices.Clone(whole); len(whole) != people || len(slices.Compact(sorted)) != people {
				t.Fatalf("%d of %d people", len(whole), people)
			}
			if !slices.Contains(*waited, time.Second) {
				t.Errorf("told to wait, and did not: %v", *waited)
			}
			// Cut off after the first page, and gone on with where it stopped.
			first, at, err := pull(s, "", 1)
			if err == nil && at != "" {
				t.Error("was not cut off")
			}
			if at != "" {
				second, _, err := pull(s, at, 0)
				if err != nil || !slices.Equal(append(first, second...), whole) {
					t.Errorf("in two parts %d and %d of %d, %v", len(first), len(second), len(whole), err)
				}
			}
			raw, err := s.Fetch(context.Background(), Hint{Application: "4", Candidate: "4"})
			if err != nil {
				t.Fatal(err)
			}
			a, err := s.System.Record(raw, system.Name)
			if err != nil || !strings.Contains(a.Person.Name, "Muster4") || !slices.Contains(a.Emails, "nora4@example.org") {
				t.Fatalf("%+v %v", a, err)
			}
			if _, err := s.Fetch(context.Background(), Hint{Application: "9999", Candidate: "9999"}); record.CodeOf(err) != record.CodeNotFound {
				t.Errorf("nobody: %v", err)
			}
			sim.Busy, sim.Broken, sim.Tokens = 0, 0, 0
			application, candidate := system.Ident(a)
			err = s.Put(context.Background(), Target{application, candidate}, Status{Word: InProgress})
			switch {
			case system.Write == nil:
				if err == nil || len(sim.Written) > 0 {
					t.Error("wrote where there is nowhere to write")
				}
			case err != nil || len(sim.Written) != 1 || !strings.Contains(sim.Written[0], "in progress"):
				t.Errorf("wrote %v, %v", sim.Written, err)
			}
		})
	}
}

// TestSessionFaults: what cannot be mended by asking again is said, and asked once.
func TestSessionFaults(t *testing.T) {
	s, sim, _ := world(t, "lever", nil)
	s.Account.Key = "old"
	if _, _, err := pull(s, "", 0); record.CodeOf(err) != record.CodeRefused || !strings.Contains(err.Error(), "opportunities:read") {
		t.Errorf("a key that ended: %v", err)
	}
	if sim.Refused != 1 {
		t.Errorf("asked %d times with a key that is not taken", sim.Refused)
	}
	s, _, waited := world(t, "lever", func(v *simulator.Server) { v.Broken = 1 })
	if _, _, err := pull(s, "", 0); record.CodeOf(err) != record.CodeUnavailable {
		t.Errorf("down: %v", err)
	}
	slow := slices.DeleteFunc(*waited, func(d time.Duration) bool { return d < time.Second })
	if len(slow) != mostTries-1 {
		t.Errorf("waited %v", slow)
	}
	// An answer that sends the key elsewhere is not followed.
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the key went to another host") }))
	defer elsewhere.Close()
	astray := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/moved/candidates" {
			http.Redirect(w, r, elsewhere.URL, http.StatusFound)
			return
		}
		fmt.Fprintf(w, `{"candidates":[],"paging":{"next":"%s/candidates"}}`, elsewhere.URL)
	}))
	defer astray.Close()
	net := egress.New(egress.Config{Hosts: []string{"127.0.0.1"}, Private: true}, egress.Occasion{Act: "test.ask", By: "test"}, unkept)
	for base, want := range map[string]record.Code{astray.URL: record.CodeRefused, astray.URL + "/moved": record.CodeUnavailable} {
		s, err := NewSession("workable", Account{Base: base, Key: "k"}, net)
		if err != nil {
			t.Fatal(err)
		}
		s.Sleep = func(context.Context, time.Duration) error { return nil }
		if _, _, err := pull(s, "", 0); record.CodeOf(err) != want {
			t.Errorf("%s: %v", want, err)
		}
	}
	// A cursor that goes round in circles ends.
	circle := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"candidates":[],"paging":{"next":"http://%s/candidates?x=1"}}`, r.Host)
	}))
	defer circle.Close()
	s, err := NewSession("workable", Account{Base: circle.URL, Key: "k"}, net)
	if err != nil {
		t.Fatal(err)
	}
	s.Sleep = func(context.Context, time.Duration) error { return nil }
	if _, _, err := pull(s, "", 0); err == nil || !strings.Contains(err.Error(), "circles") {
		t.Errorf("a circle: %v", err)
	}
}
