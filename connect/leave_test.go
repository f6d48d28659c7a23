package connect

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"bonafide/connect/simulator"
	"bonafide/egress"
	"bonafide/record"
)

func inside() *egress.Client {
	return egress.New(egress.Config{Hosts: []string{"127.0.0.1"}, Private: true}, egress.Occasion{Act: "test.ask", By: "test"}, unkept)
}

// TestPlanLeave: the dry run names every request and its address, asks for an id
// first where one is needed, and lets no name become another path.
func TestPlanLeave(t *testing.T) {
	for _, l := range Levers {
		steps, err := PlanLeave(l.Name, Leaver{Login: "nora/../x@firm.example", Organisation: "org"})
		if err != nil || len(steps) == 0 {
			t.Fatalf("%s: %v", l.Name, err)
		}
		for _, s := range steps {
			if strings.Contains(s.Ask.Path, "/../") || s.Ask.Method == "" || s.Text == "" {
				t.Errorf("%s: %+v", l.Name, s)
			}
		}
		if (l.Find != nil) != (steps[0].Ask.Method == http.MethodGet && strings.Contains(steps[1].Ask.Path, "{id}")) {
			t.Errorf("%s: %s %s", l.Name, steps[0].Ask.Method, steps[0].Ask.Path)
		}
	}
	for _, l := range []Leaver{{}, {Login: "a\nb"}, {Login: strings.Repeat("x", 300)}} {
		if _, err := PlanLeave("scim", l); err == nil {
			t.Errorf("planned for %q", l.Login)
		}
	}
	if _, err := PlanLeave("github", Leaver{Login: "nora"}); err == nil {
		t.Error("GitHub without an organisation")
	}
}

// TestLeave: in every system, with a provider that is busy, breaks and loses
// answers, an access ends once it was signed by two; done again it does no harm;
// who was never there was not ended.
func TestLeave(t *testing.T) {
	for _, l := range Levers {
		t.Run(l.Name, func(t *testing.T) {
			sim := &simulator.Work{Key: "k", Accounts: map[string]bool{"u1": true, "d1": true}, Names: map[string]string{"u1": "u1", "nora@firm.example": "u1"}, Devices: map[string]bool{"d1": false}}
			server := httptest.NewServer(sim)
			defer server.Close()
			login := "u1"
			if strings.Contains(l.Steps(Leaver{})[0].Text, "device") {
				login = "d1"
			}
			var kept []Proof
			run := func(login, second string) error {
				kept = nil
				return Leave(context.Background(), Account{Base: server.URL, Key: "k", Client: "c", Company: "t"}, Run{Lever: l.Name, Leaver: Leaver{Login: login, Organisation: "org"}, Signed: Signed{"p1", second}, Net: inside(),
					Before: func(Step) (bool, error) { return false, nil }, After: func(p Proof) error { kept = append(kept, p); return nil }})
			}
			if err := run(login, "p1"); record.CodeOf(err) != record.CodeRefused || len(sim.Seen) > 0 {
				t.Fatalf("one person twice: %v, asked %v", err, sim.Seen)
			}
			if err := run("nobody", "p2"); err == nil || len(sim.Ended) > 0 {
				t.Errorf("somebody who never was there: %v, ended %v", err, sim.Ended)
			}
			if err := run(login, "p2"); err != nil {
				t.Fatal(err)
			}
			if len(kept) != len(l.Steps(Leaver{})) || slices.ContainsFunc(kept, func(p Proof) bool { return !p.Ended || p.SHA256 == "" }) {
				t.Errorf("%+v", kept)
			}
			ended := slices.Clone(sim.Ended)
			if err := run(login, "p2"); err != nil {
				t.Errorf("done again: %v", err)
			}
			if sim.Accounts["u1"] && login == "u1" || !sim.Devices["d1"] && login == "d1" {
				t.Errorf("nothing took effect: %v", ended)
			}
			sim.Expired = true
			if err := run(login, "p2"); record.CodeOf(err) != record.CodeRefused {
				t.Errorf("an expired key: %v", err)
			}
		})
	}
}

// TestLeaveSaidAndNotDone: a system that says yes and does nothing is found out.
func TestLeaveSaidAndNotDone(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(`{"active":true}`))
	}))
	defer server.Close()
	var kept []Proof
	err := Leave(context.Background(), Account{Base: server.URL, Key: "k"}, Run{Lever: "scim", Leaver: Leaver{ID: "u"}, Signed: Signed{"p1", "p2"}, Net: inside(),
		Before: func(Step) (bool, error) { return false, nil }, After: func(p Proof) error { kept = append(kept, p); return nil }})
	if record.CodeOf(err) != record.CodeUnavailable || len(kept) != 1 || kept[0].Ended || kept[0].Checked {
		t.Errorf("%v %+v", err, kept)
	}
}

// unkept forgets look-ups: what is tested here is another thing.
func unkept(egress.Occasion, egress.Lookup) error { return nil }
