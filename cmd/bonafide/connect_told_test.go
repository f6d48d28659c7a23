package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"

	"bonafide/connect/simulator"
)

// twoHits is an application with two things to be told: a line of a document and an
// account number that are not well-formed.
const twoHits = `{"id":"%s-%d","source":"told","received_at":"2026-03-02T09:00:00Z","person":{"name":"Nora Muster"},"payouts":[{"kind":"iban","value":"DE00123456789012345678","holder":"Nora Muster"}],` +
	`"documents":[{"kind":"passport","mrz":["P<UTOMUSTER<<NORA<<<<<<<<<<<<<<<<<<<<<<<<<<<","L898902C36UTO7408122F1204159ZE184226B<<<<<11"]}]}`

const signInEvent = `{"specversion":"1.0","id":"e-%[1]s","source":"/vpn","type":"example.sign-in","subject":"%[2]s","time":"2026-04-01T08:00:00Z","datacontenttype":"application/json",` +
	`"data":{"kind":"sign-in","account":"%[3]s","ip":"203.0.113.9","outcome":"success"}}`

// tells: what was found reaches a SIEM, once each line where the protocol can say
// so; while the SIEM is away it waits, and a line it would not take is said.
func (s *partStory) tells() {
	sim := &simulator.SIEM{System: s.part.Name, Key: "old"}
	siem := httptest.NewServer(sim)
	defer siem.Close()
	name := s.name("told")
	add := []string{"connect", "add", s.part.Name, "--name", name, "--tell", "--account", s.accountOf(siem.URL, "k")}
	s.run(s.t, 0, append(add, "--tell-events")...)
	s.step("added")
	s.run(s.t, exitUsage, "connect", "test", name, "--egress", "--egress-inside")
	s.state(s.t, name, "expired")
	sim.Do(func(v *simulator.SIEM) { v.Key = "k" })
	if out := s.run(s.t, 0, "connect", "test", name, "--egress", "--egress-inside"); !strings.Contains(out, "one line was taken") {
		s.t.Error(out)
	}
	s.step("key that is not taken shown as expired; a line to try it")
	key := strings.TrimSpace(s.run(s.t, 0, "apikey", "add", s.part.Name, "--scope", "intake"))
	post := func(path, media, body string) {
		s.t.Helper()
		if out, a := s.ask(s.t, "", "POST", path, body, http.Header{"Authorization": {"Bearer " + key}, "Content-Type": {media}}); a.StatusCode > 299 {
			s.t.Fatalf("%d %s", a.StatusCode, out)
		}
	}
	hit := func(n int) { post("/v1/applications", "application/json", fmt.Sprintf(twoHits, s.part.Name, n)) }
	// Others' findings come along: this SIEM is told of the whole house. What is
	// this story's is known by its case.
	has := func(lines []string, n int, check string) (found int) {
		_, c, _ := s.look(s.t, fmt.Sprintf("told/%s-%d", s.part.Name, n))
		for _, l := range lines {
			if c.ID != "" && strings.Contains(l, `"uid":"`+c.ID+`/`+check) {
				found++
			}
		}
		return found
	}
	stored := func() (lines []string) {
		sim.Do(func(v *simulator.SIEM) { lines = slices.Clone(v.Lines) })
		return lines
	}
	arrives := func(n int, check string) {
		s.t.Helper()
		s.until(s.t, fmt.Sprintf("%s of %d", check, n), func() bool { return has(stored(), n, check) > 0 })
	}
	hit(1)
	arrives(1, "pay-iban-structure")
	arrives(1, "doc-mrz-check-digits")
	s.state(s.t, name, "good")
	s.step("findings told, without a value of the person")
	post("/v1/events", "application/cloudevents+json", fmt.Sprintf(signInEvent, s.part.Name, hiredBy(s.part.Name), loginOf(s.part.Name)))
	s.until(s.t, "the sign-in", func() bool {
		return slices.ContainsFunc(stored(), func(l string) bool {
			return strings.Contains(l, `"class_uid":3002`) && strings.Contains(l, "e-"+s.part.Name)
		})
	})
	s.step("sign-ins told as chosen, without whose they were")
	// It is away: nothing is lost. It is busy, breaks, and loses answers: nothing is
	// lost then either, and nothing stored twice where lines have ids.
	sim.Do(func(v *simulator.SIEM) { v.Key = "k2" })
	hit(2)
	s.state(s.t, name, "expired")
	if c := s.health(s.t, name); c.Queue < 2 {
		s.t.Errorf("%d lines wait", c.Queue)
	}
	sim.Do(func(v *simulator.SIEM) { v.Busy, v.Broken, v.Lost = 4, 3, 2 })
	s.accountOf(siem.URL, "k2")
	s.run(s.t, 0, append(add, "--tell-events")...)
	s.run(s.t, 0, "connect", "again", name)
	arrives(2, "pay-iban-structure")
	arrives(2, "doc-mrz-check-digits")
	sim.Do(func(v *simulator.SIEM) { v.Busy, v.Broken, v.Lost = 0, 0, 0 })
	s.run(s.t, 0, "connect", "again", name)
	s.state(s.t, name, "good")
	s.until(s.t, "nothing to wait", func() bool { return s.health(s.t, name).Queue == 0 })
	if n := has(stored(), 2, "pay-iban-structure"); s.part.Name == "elastic" && n != 1 {
		s.t.Errorf("stored %d times", n)
	}
	s.step("away, busy, broken, answers lost: nothing lost")
	sim.Do(func(v *simulator.SIEM) { v.Bad = "doc-mrz-check-digits" })
	hit(3)
	arrives(3, "pay-iban-structure")
	s.until(s.t, "the refused line to be said", func() bool { return s.health(s.t, name).Refused > 0 })
	if out := s.run(s.t, 0, "connect", "list"); !strings.Contains(out, "not taken there") {
		s.t.Error(out)
	}
	sim.Do(func(v *simulator.SIEM) { v.Bad = "" })
	s.run(s.t, 0, "connect", "again", name)
	arrives(3, "doc-mrz-check-digits")
	s.step("a line that is refused said, and sent again on request")
	for _, l := range stored() {
		for _, value := range []string{"Muster", "DE001234", "L898902C", "@firm.example", "203.0.113.9"} {
			if strings.Contains(l, value) {
				s.t.Errorf("a value of a person was told: %s", l)
			}
		}
	}
	s.remove(name)
}

// accountOf is account without a user of notes.
func (s *partStory) accountOf(base, key string) string {
	return s.filed("account-told", fmt.Sprintf(`{"base":%q,"key":%q}`, base, key))
}
