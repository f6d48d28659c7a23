package main

import (
	"context"
	"encoding/base64"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/connect"
	"bonafide/connect/simulator"
	"bonafide/store"
)

var updateStories = flag.Bool("stories", false, "write what the stories of the connectors walked to connect/testdata/stories.tsv")

const walkedStories = "../../connect/testdata/stories.tsv"

const walkedEnd = "removed, its address and keys with it"

// storiesAtOnce: most of a story is waiting, as a provider's rate wants it.
const storiesAtOnce = 8

// TestConnectors tells the story of every connector there is, from first set-up
// to what is written back, against its simulator: a line more in one of the tables
// is a story more, and without what it sends or keeps the story is red. What each
// walked stands in stories.tsv, from which docs/connectors.md prints its column.
func TestConnectors(t *testing.T) {
	h := openStoryHouse(t)
	var mu sync.Mutex
	walked := map[string][]string{}
	var all sync.WaitGroup
	places := make(chan struct{}, storiesAtOnce)
	for _, p := range connect.Parts() {
		all.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			t.Run(p.Name, func(t *testing.T) {
				s := &partStory{storyHouse: h, t: t, part: p, key: "an-invented-secret", next: "another-invented-secret"}
				s.tell()
				mu.Lock()
				defer mu.Unlock()
				walked[p.Name] = s.steps
			})
		})
	}
	all.Wait()
	if t.Failed() || len(walked) < len(connect.Parts()) { // some were asked for with -run
		return
	}
	var b strings.Builder
	for _, p := range connect.Parts() {
		fmt.Fprintf(&b, "%s\t%s\n", p.Name, strings.Join(walked[p.Name], "; "))
	}
	if *updateStories {
		if err := os.WriteFile(walkedStories, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(walkedStories); err != nil || string(want) != b.String() {
		t.Errorf("%s does not say what the stories walked; write it with: go test ./cmd/bonafide -run TestConnectors -stories, then go test ./connect -run Docs -update", walkedStories)
	}
}

// partStory is one connector's way, with its own person, keys and simulator.
type partStory struct {
	*storyHouse
	t         *testing.T
	part      connect.Part
	key, next string
	steps     []string
	sent      int
}

// step notes what was walked, once, in its order; the end of a part is its last.
func (s *partStory) step(what string) {
	if what == walkedEnd {
		s.steps = slices.DeleteFunc(s.steps, func(x string) bool { return x == walkedEnd })
	}
	if !slices.Contains(s.steps, what) {
		s.steps = append(s.steps, what)
	}
}

func (s *partStory) tell() {
	told := map[connect.Deed]func(){
		connect.Signs: s.signs, connect.Sends: s.sends, connect.Lists: s.lists, connect.Writes: func() {}, // lists does both: one account
		connect.Backs: func() {}, // and sends
		connect.Asks:  s.asks, connect.Shows: s.shows, connect.Ends: s.ends, connect.Tells: s.tells,
	}
	for _, d := range s.part.Deeds {
		tell := told[d]
		if tell == nil {
			s.t.Fatalf("nobody tells the story of %q", d)
		}
		tell()
	}
}

// name is the connector for one deed: each has keys that can do this and nothing else.
func (s *partStory) name(deed string) string { return s.part.Name + "-" + deed }

func (s *partStory) filed(name, text string) string { return s.file(s.part.Name+"-"+name, text) }

// account is what an administrator fills in, with the simulator's address.
func (s *partStory) account(base, key string) string {
	b, err := json.Marshal(connect.Account{Base: base, Key: key, User: "u"})
	if err != nil {
		s.t.Fatal(err)
	}
	return s.filed("account", string(b))
}

func (s *partStory) people() string {
	return s.filed("people", loginOf(s.part.Name)+","+hiredBy(s.part.Name)+"\n")
}

// delivery is the next event about applicant n, signed; the same again by again.
func (s *partStory) delivery(key string, n int) (http.Header, string) {
	s.sent++
	id := fmt.Sprintf("%s-%d", s.part.Name, s.sent)
	body := signedOnly
	if x, ok := sendings[s.part.Name]; ok {
		body = strings.NewReplacer("{login}", loginOf(s.part.Name), "{who}", hiredBy(s.part.Name), "{id}", id, "{n}", fmt.Sprint(n)).Replace(x.body)
	}
	h, signed, err := simulator.Sign(s.part.Name, key, []byte(body), id, time.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	return h, string(signed)
}

// keys are two, each as the system signs with it and as the customer is given it.
func (s *partStory) keys() (signs, given [2]string) {
	signs = [2]string{s.key, s.next}
	if s.part.Name == "standard-webhooks" {
		for i := range signs {
			signs[i] = "whsec_" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat(fmt.Sprint(i), 32)))
		}
	}
	if s.part.Name != "wise" {
		return signs, signs
	}
	for i := range signs {
		var err error
		if signs[i], given[i], err = simulator.Keys(); err != nil {
			s.t.Fatal(err)
		}
	}
	return signs, given
}

// signs: what is sent can be verified from a file; an endpoint would lose it.
func (s *partStory) signs() {
	header, body := s.delivery(s.key, 1)
	var lines strings.Builder
	for name := range header {
		fmt.Fprintf(&lines, "%s: %s\n", name, header.Get(name))
	}
	key, kept, headers := s.filed("key", s.key), s.filed("body", body), s.filed("headers", lines.String())
	if out := s.run0("connect", "verify-webhook", s.part.Name, kept, "--headers", headers, "--key-file", key); !strings.Contains(out, "the signature is good") {
		s.t.Error(out)
	}
	if out, code := s.bare("connect", "verify-webhook", s.part.Name, s.filed("forged", body+" "), "--headers", headers, "--key-file", key); code == 0 || !strings.Contains(out, "no active key") {
		s.t.Errorf("a changed byte: ended with %d: %s", code, out)
	}
	s.step("signature verified from a file, a changed byte refused")
	if out := s.run(s.t, exitFailed, "connect", "add", s.part.Name, "--key-file", key); !strings.Contains(out, "read by nobody") {
		s.t.Error(out)
	}
	s.step("an endpoint refused: nobody would read it")
}

// sends: an endpoint is made, tried, sent to, given another key, and removed.
func (s *partStory) sends() {
	x, ok := sendings[s.part.Name]
	if !ok {
		s.t.Fatalf("it sends, and sendings says nothing of what")
	}
	signs, given := s.keys()
	name := s.name("sends")
	first, second := s.filed("key-1", given[0]), s.filed("key-2", given[1])
	add := []string{"connect", "add", s.part.Name, "--name", name, "--people", s.people(), "--address", s.address}
	var sim *simulator.Server
	base := ""
	if s.part.Does(connect.Lists) || s.part.Does(connect.Backs) {
		sim = &simulator.Server{System: s.part.Name, People: 10, Key: "k", Busy: 5}
		provider := httptest.NewServer(sim)
		defer provider.Close()
		base = provider.URL
		add = append(add, "--account", s.account(base, "k"))
		if s.part.Does(connect.Writes) {
			add = append(add, "--write-back")
		}
	}
	address, _, _ := strings.Cut(s.run(s.t, 0, append(add, "--key-file", first)...), "\n")
	path := strings.TrimPrefix(address, s.address)
	s.step("added")
	s.run(s.t, 0, "connect", "test", name)
	post := func(want int, header http.Header, body string) {
		s.t.Helper()
		if out, a := s.ask(s.t, "", "POST", path, body, header); a.StatusCode != want {
			s.t.Fatalf("answered %d, not %d: %s", a.StatusCode, want, out)
		}
	}
	header, body := s.delivery(signs[1], 2)
	post(http.StatusForbidden, header, body)
	s.step("another's signature refused")
	header, body = s.delivery(signs[0], 2)
	post(http.StatusOK, header, body)
	post(http.StatusOK, header, body)
	s.arrived(x, 2)
	if taken, repeated := s.did("hook.take", name), s.did("hook.repeat", name); taken != 1 || repeated != 1 {
		s.t.Errorf("one event twice: taken %d times, known %d times", taken, repeated)
	}
	s.state(s.t, name, "good")
	s.step("one webhook twice taken once, on the record and its case, good on the desk")
	if s.part.Does(connect.Lists) && x.record != "" || s.part.Does(connect.Backs) {
		s.askedBack(sim, x, func() {
			header, body := s.delivery(signs[0], 3)
			post(http.StatusOK, header, body)
			s.state(s.t, name, "expired")
			s.account(base, "k2")
			s.run(s.t, 0, append(add, "--key-file", first)...)
			s.run(s.t, 0, "connect", "again", name)
		})
		s.state(s.t, name, "good")
	}
	if s.part.Does(connect.Writes) && x.record != "" {
		s.writtenBack(sim)
	}
	s.run(s.t, 0, append(add, "--key-file", first, "--key-file", second)...)
	for _, key := range signs {
		header, body = s.delivery(key, 4)
		post(http.StatusOK, header, body)
	}
	s.run(s.t, 0, append(add, "--key-file", second)...)
	header, body = s.delivery(signs[0], 5)
	post(http.StatusForbidden, header, body)
	s.step("signing key rotated: both taken, then the new one only")
	s.remove(name)
	header, body = s.delivery(signs[1], 6)
	post(http.StatusNotFound, header, body)
}

// arrived waits until what was sent stands on the record it is about, which has a case.
func (s *partStory) arrived(x sending, n int) {
	s.t.Helper()
	name := strings.ReplaceAll(x.record, "{n}", fmt.Sprint(n))
	if name == "" {
		name = hiredBy(s.part.Name)
	}
	s.until(s.t, x.arrives+" on "+name, func() bool {
		a, c, events := s.look(s.t, name)
		if a == nil || c.ID == "" {
			return false
		}
		b, err := json.Marshal(a)
		return err == nil && strings.Contains(string(b), x.arrives) || slices.ContainsFunc(events, func(e store.Event) bool {
			// every one of a vendor's events is of one kind: it is the last that is waited for
			return e.Kind == x.arrives && (!s.part.Does(connect.Backs) || strings.Contains(string(e.Body), fmt.Sprintf("%s-%d", s.part.Name, s.sent)))
		})
	})
}

// askedBack: an event was a hint, and who is meant was asked for; with a key that
// is not taken any more the desk says so, and with a new one nothing was lost.
func (s *partStory) askedBack(sim *simulator.Server, x sending, expire func()) {
	asked := 0
	sim.Do(func(v *simulator.Server) { asked = len(v.Seen); v.Key = "k2" })
	if asked == 0 {
		s.t.Error("the provider was not asked")
	}
	s.step("asked back")
	expire()
	s.arrived(x, 3)
	s.step("API key that ended shown as expired, with a new one nothing lost")
}

// writtenBack: the provider was told one of four phrases, and nothing else.
func (s *partStory) writtenBack(sim *simulator.Server) {
	var written []string
	s.until(s.t, "the status to be written", func() bool {
		sim.Do(func(v *simulator.Server) { written = slices.Clone(v.Written) })
		return len(written) > 0
	})
	for _, w := range written {
		if !strings.Contains(w, "not started") && !strings.Contains(w, "in progress") && !strings.Contains(w, "more asked") && !strings.Contains(w, "finished") {
			s.t.Errorf("written: %s", w)
		}
	}
	s.step("status written back")
}

// lists: everybody who applied is read page by page through a provider that is
// busy and breaks. BambooHR's own webhooks are about employees: it is written to
// here, by whoever was handed in from that list.
func (s *partStory) lists() {
	people := 10
	if s.part.Name == "recruitee" {
		people = 250 // its pages are of a hundred
	}
	sim := &simulator.Server{System: s.part.Name, People: people, Key: "k", Busy: 3, Broken: 4}
	provider := httptest.NewServer(sim)
	defer provider.Close()
	name := s.name("lists")
	key := s.filed("key-lists", s.key)
	args := []string{"connect", "add", s.part.Name, "--name", name, "--key-file", key, "--address", s.address}
	back := sendings[s.part.Name].record == "" && s.part.Does(connect.Writes)
	if back {
		args = append(args, "--write-back")
	}
	s.run(s.t, 0, append(args, "--account", s.account(provider.URL, "old"))...)
	s.run(s.t, exitUsage, "connect", "test", name, "--egress", "--egress-inside")
	s.state(s.t, name, "expired")
	s.run(s.t, 0, append(args, "--account", s.account(provider.URL, "k"))...)
	out := s.run(s.t, 0, "connect", "test", name, "--egress", "--egress-inside", "--all")
	if n := strings.Count(out, "\n"); n != people {
		s.t.Errorf("%d of %d people", n, people)
	}
	asked := 0
	sim.Do(func(v *simulator.Server) { asked = len(v.Seen) })
	if asked <= (people+2)/3 && people == 10 {
		s.t.Errorf("asked %d times: nobody was busy", asked)
	}
	s.step("everybody listed, page by page, past 429 and 502")
	if back {
		line, _, _ := strings.Cut(out, "\n")
		key := strings.TrimSpace(s.run(s.t, 0, "apikey", "add", s.part.Name, "--scope", "intake"))
		if out, a := s.ask(s.t, "", "POST", "/v1/applications", line, http.Header{"Authorization": {"Bearer " + key}, "Content-Type": {"application/json"}}); a.StatusCode > 299 {
			s.t.Fatalf("%d %s", a.StatusCode, out)
		}
		s.writtenBack(sim)
	}
	s.remove(name)
}

// asks: what happened at work is asked for, window by window.
func (s *partStory) asks() {
	sim := &simulator.Work{Key: "k", Busy: 3}
	for i := range 4 {
		sim.Log = append(sim.Log, simulator.SignIn{ID: fmt.Sprintf("%s-log-%d", s.part.Name, i), Login: loginOf(s.part.Name), At: time.Now().Add(-time.Duration(i+1) * time.Hour)})
	}
	provider := httptest.NewServer(sim)
	defer provider.Close()
	name := s.name("asked")
	add := []string{"connect", "add", s.part.Name, "--name", name, "--pull", "--people", s.people(), "--account", s.account(provider.URL, "k")}
	s.run(s.t, 0, add...)
	s.step("added")
	s.until(s.t, "four sign-ins", func() bool {
		a, _, _ := s.look(s.t, hiredBy(s.part.Name))
		n := 0
		if a != nil {
			for i := range a.Events {
				if strings.Contains(a.Events[i].ID, "-log-") {
					n++
				}
			}
		}
		return n == 4
	})
	s.state(s.t, name, "good")
	if out := s.run(s.t, 0, "connect", "test", name, "--egress", "--egress-inside"); !strings.Contains(out, "of the last hour") {
		s.t.Error(out)
	}
	s.step("asked page by page past 429, on the record, good on the desk")
	sim.Do(func(v *simulator.Work) { v.Key = "k2" })
	s.run(s.t, 0, "connect", "again", name)
	s.state(s.t, name, "expired")
	s.account(provider.URL, "k2")
	s.run(s.t, 0, add...)
	s.run(s.t, 0, "connect", "again", name)
	s.state(s.t, name, "good")
	s.step("API key that ended shown as expired, good with a new one")
	s.remove(name)
}

// shows: what was saved is read from a file, a broken line is said.
func (s *partStory) shows() {
	x, ok := saved[s.part.Name]
	if !ok {
		s.t.Fatal("it is read from files, and saved has none")
	}
	if out := s.run0("connect", "replay", s.part.Name, s.filed("saved", x[0])); !strings.Contains(out, x[1]) {
		s.t.Error(out)
	}
	if _, code := s.bare("connect", "replay", s.part.Name, s.filed("broken", x[0]+"\n[7")); code != exitRejected {
		s.t.Errorf("a broken line: ended with %d", code)
	}
	s.step("what was saved read from a file, a broken line said")
}

// bare is the command line without a house.
func (s *partStory) bare(args ...string) (string, int) {
	var out, bad strings.Builder
	code := run(args, &out, &bad)
	return out.String() + bad.String(), code
}

func (s *partStory) run0(args ...string) string {
	s.t.Helper()
	out, code := s.bare(args...)
	if code != 0 {
		s.t.Fatalf("%v: ended with %d: %s", args, code, out)
	}
	return out
}

// ends: at a dismissal the access ends there, on two people's word, with a proof.
func (s *partStory) ends() {
	login := loginOf(s.part.Name)
	sim := &simulator.Work{Key: "k", Accounts: map[string]bool{login: true}, Names: map[string]string{login: login}, Devices: map[string]bool{login: false}}
	provider := httptest.NewServer(sim)
	defer provider.Close()
	name := s.name("ends")
	add := []string{"connect", "add", s.part.Name, "--name", name, "--end-access", "--account", s.account(provider.URL, "k")}
	s.run(s.t, 0, add...)
	s.step("added")
	if out := s.run(s.t, 0, "connect", "test", name); !strings.Contains(out, "ends accesses at 127.0.0.1 and nowhere else") {
		s.t.Error(out)
	}
	at := ""
	s.until(s.t, "the case", func() bool { _, c, _ := s.look(s.t, hiredBy(s.part.Name)); at = c.ID; return at != "" })
	path := "/v1/cases/" + at
	s.fine(s.t, "ana", "POST", path+"/offboarding", `{"do":"add","kind":"account","system":"`+s.part.Name+`","name":"nora"}`)
	if out := s.run(s.t, 0, "connect", "end-access", at, "1", "--via", name, "--account", login, "--organisation", "firm"); !strings.Contains(out, "nothing was sent") {
		s.t.Error(out)
	}
	s.step("dry run")
	s.fine(s.t, "ana", "POST", path+"/orders", `{"item":1,"connector":"`+name+`","account":"`+login+`","organisation":"firm"}`)
	if out, a := s.ask(s.t, "ana", "POST", path+"/orders/settle", `{"order":1,"do":"sign"}`, nil); a.StatusCode != http.StatusForbidden {
		s.t.Errorf("signed alone: %d %s", a.StatusCode, out)
	}
	asked := 0
	sim.Do(func(v *simulator.Work) { asked = len(v.Seen); v.Key = "k2" })
	if asked != 0 {
		s.t.Errorf("%d requests before two people signed", asked)
	}
	s.fine(s.t, "ben", "POST", path+"/orders/settle", `{"order":1,"do":"sign"}`)
	s.step("ordered by one and signed by another")
	s.state(s.t, name, "expired")
	s.account(provider.URL, "k2")
	s.run(s.t, 0, add...)
	s.step("API key that ended shown as expired")
	s.until(s.t, "the access to end", func() bool { return strings.Contains(s.fine(s.t, "ben", "GET", path+"/orders", ""), `"state":"ended"`) })
	var ended []string
	sim.Do(func(v *simulator.Work) { ended = slices.Clone(v.Ended) })
	if len(ended) == 0 {
		s.t.Error("nothing ended")
	}
	if out := s.run(s.t, 0, "connect", "end-access", at); !strings.Contains(out, "closed") {
		s.t.Error(out)
	}
	s.step("ended there, with its proof on the run sheet")
	s.remove(name)
}

// did counts what was done with a connector, by the audit.
func (s *partStory) did(act, name string) (n int) {
	s.t.Helper()
	err := s.store.Update(context.Background(), operator(mainTenant), func(x *store.Tx) error {
		n = 0
		x.Did("test.read", "tenant/main", "")
		all, err := x.Entries(store.EntryFilter{Object: "hook/" + name, After: -1, Limit: 1000})
		for _, e := range all {
			if e.Act == act {
				n++
			}
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

func (s *partStory) remove(name string) {
	s.t.Helper()
	s.run(s.t, 0, "connect", "remove", name)
	if s.health(s.t, name) != nil {
		s.t.Error("it is there still")
	}
	s.run(s.t, exitFailed, "connect", "remove", name)
	s.step(walkedEnd)
}
