package link

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"bonafide/record"
)

// build makes a graph of applications, with what persons decided.
func build(t testing.TB, decided []Decision, apps ...*record.Application) *Graph {
	t.Helper()
	b, k := NewBuilder(), NewKeyer(nil, false)
	b.Decide(decided)
	for _, a := range apps {
		if _, err := b.Add(k.Profile(a)); err != nil {
			t.Fatal(err)
		}
	}
	return b.Build()
}

// crew is one operator's personas and two hundred people who live their lives.
func crew(r *rand.Rand, size int) (apps []*record.Application) {
	for i := range size {
		a := person(fmt.Sprintf("op%02d", i), fmt.Sprintf("Alias%c Name%c", 'A'+i%26, 'a'+i/26), fmt.Sprintf("19%02d-05-0%d", 60+i%40, 1+i%9), 100+3*i)
		for n, share := range []func(*record.Application){device("feedfacecafe0001"), pay("PT50999900009999999990001", "X"), ip("2001:db8:77:1::9"),
			mail(fmt.Sprintf("codeworker%d@mail.example", 10+i)), referee("Bo Referee", "bo@mail.example")} {
			if r.IntN(3) == 0 || i%5 == n {
				share(a)
			}
		}
		apps = append(apps, a)
	}
	for i := range 200 {
		apps = append(apps, person(fmt.Sprintf("h%03d", i), fmt.Sprintf("Given%d Family%d", i, i%151), fmt.Sprintf("19%02d-0%d-1%d", 50+i%49, 1+i%9, i%10), r.IntN(300),
			phone(fmt.Sprintf("+3519100%05d", 7*i)), ip(fmt.Sprintf("2001:db8:%x::1", 1000+i)), device(fmt.Sprintf("%016x", 1+i))))
	}
	return apps
}

// TestFramedVictim: whatever an operator plants of whoever was there first, and
// on however many personas, the victim is in no question of theirs; nor by what
// was planted before the victim, who had applied already, showed it here.
func TestFramedVictim(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 4))
		apps := crew(r, 8+r.IntN(8))
		victim := apps[len(apps)-1-r.IntN(150)]
		victim.ReceivedAt = apps[0].ReceivedAt.AddDate(0, 0, -1-r.IntN(300))
		colleague := apps[len(apps)-151-r.IntN(40)] // names the victim, and is named back
		colleague.ReceivedAt = victim.ReceivedAt.AddDate(0, 0, r.IntN(600)-100)
		referee(victim.Person.Name, "victim@example.org")(colleague)
		mail("colleague@example.org")(colleague)
		referee(colleague.Person.Name, "colleague@example.org")(victim)
		again := person("again", victim.Person.Name, string(victim.Person.BirthDate), 500, phone(victim.Phones[0]), passport("V1234567"))
		if r.IntN(2) == 0 {
			passport("V1234567")(victim)
		}
		apps = append(apps, again)
		photoHash("c3d2e1f0a5b49687")(victim)
		text(bullet1 + "\n" + bullet2 + "\n" + bullet3)(victim)
		mail("victim@example.org")(victim)
		plants := []func(*record.Application){phone(victim.Phones[0]), passport("V1234567"), photoHash("c3d2e1f0a5b49687"), text(bullet1 + "\n" + bullet2 + "\n" + bullet3),
			mail("victim@example.org"), referee("Dr Somebody", "victim@example.org")}
		planted := 0
		for _, a := range apps {
			if strings.HasPrefix(a.ID, "op") && r.IntN(2) == 0 {
				for _, p := range plants {
					if r.IntN(2) == 0 {
						p(a)
						planted++
					}
				}
			}
		}
		g := build(t, nil, apps...)
		joined := 0
		for i, a := range apps {
			c := g.Cluster(uint32(i))
			switch {
			case (a == victim || a == again || a == colleague) && c != "":
				t.Fatalf("seed %d: %s stands in %s after %d plants", seed, a.ID, c, planted)
			case strings.HasPrefix(a.ID, "op") && c != "":
				joined++
			}
			if a != victim {
				continue
			}
			for _, w := range g.Waterfalls(uint32(i)) {
				for _, s := range w.Steps {
					if s.Kept > 0 {
						t.Fatalf("seed %d: %s counts against the victim", seed, s.Kind)
					}
				}
			}
		}
		if planted > 0 && joined < 4 {
			t.Fatalf("seed %d: only %d personas were found, so nothing was proven", seed, joined)
		}
	}
}

// TestWaterfallsAddUp: what is shown is what was weighed, and the two who are
// shown together tell the same sum unless somebody held something first.
func TestWaterfallsAddUp(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	apps := crew(r, 14)
	g := build(t, nil, apps...)
	shown := 0
	for i := range apps {
		for _, w := range g.Waterfalls(uint32(i)) {
			shown++
			sum := w.Prior
			for _, s := range w.Steps {
				sum += s.Kept
				if s.Kept > s.Bits || s.Excuse != record.NoExcuse && s.Kept != 0 || s.Family != s.Kind.Family() {
					t.Errorf("%s with %s: step %+v", apps[i].ID, w.With, s)
				}
			}
			if d := sum - w.Total; d > 1e-9 || d < -1e-9 {
				t.Errorf("%s with %s: %f is not %f", apps[i].ID, w.With, sum, w.Total)
			}
		}
	}
	if shown < 10 {
		t.Errorf("%d sums prove little", shown)
	}
}

// TestDecisions: what a person decided survives every order and every further
// run, until a later decision about the same two.
func TestDecisions(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	apps := crew(r, 12)
	decide := func(op, a, b, at string) Decision {
		return Decision{Op: op, A: "example/" + a, B: "example/" + b, By: "Ana Silva", Reason: "met both", At: at}
	}
	of := func(g *Graph, id string) string {
		return g.Cluster(uint32(slices.IndexFunc(apps, func(a *record.Application) bool { return a.ID == id })))
	}
	free := build(t, nil, apps...)
	var in []string
	for _, a := range apps[:12] {
		if of(free, a.ID) != "" && of(free, a.ID) == of(free, apps[0].ID) {
			in = append(in, a.ID)
		}
	}
	if len(in) < 4 {
		t.Fatalf("only %v are together", in)
	}
	decided := []Decision{decide("split", in[2], in[0], "2026-03-02T09:00:00Z"), decide("join", "h003", "h004", "2026-03-02T09:00:00Z"),
		decide("split", "h005", "h006", "2026-03-02T09:00:00Z"), decide("join", "h005", "h006", "2026-03-03T09:00:00Z"), decide("split", "gone", in[0], "2026-03-02T09:00:00Z")}
	for range 6 {
		g := build(t, decided, apps...)
		if c := of(g, in[2]); c != "" && c == of(g, in[0]) {
			t.Errorf("%s is with %s again", in[2], in[0])
		}
		if of(g, in[1]) != of(g, in[0]) {
			t.Errorf("%s lost its place", in[1])
		}
		if c := of(g, "h003"); c == "" || c != of(g, "h004") || of(g, "h005") == "" || of(g, "h005") != of(g, "h006") {
			t.Error("what was joined is apart")
		}
		said := false
		for i, a := range apps {
			for _, w := range g.Waterfalls(uint32(i)) {
				said = said || a.ID == in[2] && w.With == "example/"+in[0] && strings.HasPrefix(w.Decided, "split: Ana Silva, 2026-03-02")
			}
		}
		if !said {
			t.Error("nobody is told who decided")
		}
		r.Shuffle(len(apps), func(i, j int) { apps[i], apps[j] = apps[j], apps[i] })
		r.Shuffle(len(decided), func(i, j int) { decided[i], decided[j] = decided[j], decided[i] })
	}
}

// TestProvenPeople: two who were each proven are two, whatever they share.
func TestProvenPeople(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	apps := crew(r, 10)
	chip := func(n string) func(*record.Application) {
		return func(a *record.Application) {
			a.Documents = append(a.Documents, record.Document{Kind: "passport", Issuer: "UTO", Number: n, Method: "chip"})
		}
	}
	chip("P1111111")(apps[1])
	chip("P2222222")(apps[2])
	for range 3 {
		g := build(t, nil, apps...)
		clusters := map[string]string{}
		for i, a := range apps {
			clusters[a.ID] = g.Cluster(uint32(i))
		}
		if c := clusters["op01"]; c != "" && c == clusters["op02"] {
			t.Error("two proven people are one")
		}
		if clusters["op05"] == "" || clusters["op05"] != clusters["op06"] {
			t.Errorf("the others fell apart: %v", clusters)
		}
		r.Shuffle(len(apps), func(i, j int) { apps[i], apps[j] = apps[j], apps[i] })
	}
}

// TestBridge: one thin edge between two groups is cut, two edges are not.
func TestBridge(t *testing.T) {
	group := func(from uint32) (all []pairEdge) {
		for i := range uint32(4) {
			for j := range i {
				all = append(all, pairEdge{from + j, from + i, 1})
			}
		}
		return all
	}
	edges := append(append(group(0), group(10)...), pairEdge{2, 11, 1})
	if cut := bridges(edges); !cut[len(cut)-1] || slices.Contains(cut[:len(cut)-1], true) {
		t.Errorf("one thin edge: %v", cut)
	}
	if slices.Contains(bridges(append(edges, pairEdge{3, 12, 1})), true) {
		t.Error("two edges are no bridge")
	}
	edges[len(edges)-1].families = 2
	if slices.Contains(bridges(edges), true) {
		t.Error("an edge of two families is not thin")
	}
	if slices.Contains(bridges([]pairEdge{{0, 1, 1}, {1, 2, 1}, {2, 3, 1}}), true) {
		t.Error("a chain of four parts no groups of three")
	}
}

// TestLearn: the fit finds how much of a sign is honest life, and does not run
// away with signs that only stand alone.
func TestLearn(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	const people = 20_000
	var e evaluation
	stranger := func() uint32 { return uint32(5_000 + r.IntN(people-5_000)) }
	for range 4_000 { // colleagues who share a referee, and nobody else's business
		e.tie(stranger(), stranger(), record.KindReferee, 1, drawsBoth, 3, r.Uint64())
	}
	for i := range uint32(300) { // pairs of operators
		for k, share := range map[record.Kind]int{record.KindDevice: 45, record.KindPayout: 50, record.KindReferee: 35, record.KindAnswerText: 30} {
			if r.IntN(100) < share {
				level := uint8(1)
				if hard(k) {
					level = 0
				}
				e.tie(2*i, 2*i+1, k, level, drawsBoth, 3, uint64(i))
			}
		}
	}
	e.sortTies()
	p := ShippedPersona().learn(e.ties, people)
	if got := p.Mates * people / 2; got < 180 || got > 700 {
		t.Errorf("%.0f pairs of operators, 300 are there", got)
	}
	referee := p.Kinds[record.KindReferee][1]
	if referee.Strangers < 0.3 || referee.Strangers > 0.45 {
		t.Errorf("strangers share a referee with %.2f others, 0.4 is true", referee.Strangers)
	}
	if m := p.Kinds[record.KindPayout][0].M; m < 0.2 || m > 0.7 {
		t.Errorf("one account in %.2f of pairs, 0.5 is true", m)
	}
	one := func(k record.Kind, level uint8) float64 {
		total, _, _ := p.score([]tie{{kind: k, level: level}}, people, anyTie)
		return total
	}
	if one(record.KindPayout, 0) < sure || one(record.KindReferee, 1) > 0 {
		t.Errorf("an account alone %.1f, a referee alone %.1f", one(record.KindPayout, 0), one(record.KindReferee, 1))
	}
}

// TestPersonaFile: a model comes back as it went, and what cannot be is refused.
func TestPersonaFile(t *testing.T) {
	var file bytes.Buffer
	if err := ShippedPersona().Write(&file); err != nil {
		t.Fatal(err)
	}
	back, err := ReadPersona(bytes.NewReader(file.Bytes()))
	if err != nil || *back != *ShippedPersona() || !IsPersona(file.Bytes()) {
		t.Fatalf("%v: %+v", err, back)
	}
	for from, to := range map[string]string{`"persona": 1`: `"persona": 2`, `"mates": 0.1`: `"mates": 7`, `"discount": 0.25`: `"discount": -1`, `"kind": "device"`: `"kind": "closed"`,
		`"level": "up to five"`: `"level": "up to seven"`, `"m": `: `"m": -`, `"strangers": `: `"weight": 1, "strangers": `} {
		if bad := strings.Replace(file.String(), from, to, 1); bad == file.String() {
			t.Errorf("%q is not in the file", from)
		} else if _, err := ReadPersona(strings.NewReader(bad)); err == nil {
			t.Errorf("%s is taken", to)
		}
	}
}

func FuzzReadPersona(f *testing.F) {
	var file bytes.Buffer
	ShippedPersona().Write(&file)
	f.Add(file.Bytes())
	f.Add([]byte(`{"persona":1,"mates":0.1,"discount":0,"comparisons":[]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := ReadPersona(bytes.NewReader(b))
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := p.Write(&again); err != nil {
			t.Fatal(err)
		}
		if q, err := ReadPersona(&again); err != nil || *q != *p {
			t.Fatalf("%v: what was read cannot be read again", err)
		}
	})
}

func FuzzReadDecisions(f *testing.F) {
	f.Add([]byte(`{"op":"split","a":"x/1","b":"x/2","by":"Ana Silva","reason":"met both","at":"2026-03-02T09:00:00Z"}`))
	f.Add([]byte("\n{}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		all, err := ReadDecisions(bytes.NewReader(b), "fuzz")
		if err != nil && strings.Contains(err.Error(), "Silva") {
			t.Fatal("an error says a name")
		}
		for i := range all {
			if all[i].lacks() != "" || all[i].said() == "" {
				t.Fatalf("kept: %+v", all[i])
			}
		}
	})
}
