package link

import (
	"fmt"
	"reflect"
	"testing"

	"bonafide/record"
)

// TestMillionOnOneValue: a million records on one mailbox are a crowd: shown to each of them, counted against nobody.
func TestMillionOnOneValue(t *testing.T) {
	if testing.Short() {
		t.Skip("a million records")
	}
	const n = 1_000_000
	b, value := NewBuilder(), NewKeyer(nil, false).digest("email", "jobs@example.org")
	for i := range n {
		p := Profile{Name: fmt.Sprint(i), Self: uint64(i + 1), At: int64(i), Person: Person{Name: fmt.Sprintf("Person %d", i)}, Keys: []Key{{Value: value, Kind: record.KindEmail}}}
		if _, err := b.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	g := b.Build()
	for _, i := range []uint32{0, n / 2, n - 1} {
		links := g.Links(i)
		if len(links) != 1 || links[0].Excuse != record.Crowd || links[0].Strength != record.NotCounted || links[0].Identities != n-1 || len(links[0].Others) > 5 || g.Cluster(i) != "" {
			t.Errorf("%d: %+v in %q", i, links, g.Cluster(i))
		}
	}
	if g.MergeQuestions() != 0 {
		t.Errorf("%d claim the identity of another", g.MergeQuestions())
	}
}

// TestRepliesFromOneExit: a hundred thousand people on one exit, from which a referee of each answered, are said to be a
// crowd in the time it takes to gather them once.
func TestRepliesFromOneExit(t *testing.T) {
	const n = 100_000
	b, value := NewBuilder(), NewKeyer(nil, false).digest("ip", "203.0.113.7")
	for i := range n {
		p := Profile{Name: fmt.Sprint(i), Self: uint64(i + 1), At: int64(i), Person: Person{Name: fmt.Sprintf("Person %d", i)},
			Keys: []Key{{Value: value, Kind: record.KindNetwork}, {Value: value, Kind: record.KindReplyOrigin}}}
		if _, err := b.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	g := b.Build()
	for _, i := range []uint32{0, n / 2, n - 1} {
		said := false
		for _, l := range g.Links(i) {
			said = said || l.Kind == record.KindReplyOrigin
			if l.Excuse != record.Crowd || l.Strength != record.NotCounted || l.Identities != n-1 || len(l.Others) > othersNamed {
				t.Errorf("%d: %+v", i, l)
			}
		}
		if !said || g.Cluster(i) != "" {
			t.Errorf("%d: said %v, stands in %q", i, said, g.Cluster(i))
		}
	}
}

// TestEditedAThousandTimes: a record whose thousand versions came in, going in a circle through four numbers and homes, is
// what its last version is: nobody who has a number it once had is linked with it.
func TestEditedAThousandTimes(t *testing.T) {
	version := func(i int) *record.Application {
		a := person("edited", "Rita Modelo", "1990-01-01", i, phone(fmt.Sprintf("+35191000%d000", i%4)), home(fmt.Sprintf("Rua das Flores %d", 12+i%4), "4050-262"))
		a.History = []record.Change{{Field: "person.address", Old: fmt.Sprintf("Rua das Flores %d, 4050-262 Porto", 12+(i+3)%4), At: a.ReceivedAt}}
		return a
	}
	others := []*record.Application{
		person("former", "Igor Vorlage", "1989-01-01", 1, phone("+351910001000")),
		person("now", "Nora Sample", "1988-01-01", 2, phone("+351910003000")),
	}
	k := NewKeyer(nil, false)
	graph := func(from int) (*Graph, uint32) {
		b, last := NewBuilder(), uint32(0)
		add := func(a *record.Application) uint32 {
			n, err := b.Add(k.Profile(a))
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		for _, a := range others {
			add(a)
		}
		for i := from; i < 1000; i++ {
			if i > from {
				b.Drop(last)
			}
			last = add(version(i))
		}
		return b.Build(), last
	}
	g, n := graph(0)
	h, m := graph(999)
	if got, want := g.Links(n), h.Links(m); !reflect.DeepEqual(got, want) || len(want) == 0 {
		t.Errorf("after a thousand versions %+v, of the last alone %+v", got, want)
	}
	if l := g.Links(0); len(l) > 0 {
		t.Errorf("linked by a number that it has no more: %+v", l)
	}
	if l := g.Links(1); len(l) != 1 || l[0].Kind != record.KindPhone || l[0].Others[0] != "example/edited" {
		t.Errorf("not linked by the number it has: %+v", l)
	}
	if g.MergeQuestions() != 0 {
		t.Errorf("%d questions of merging with its own versions", g.MergeQuestions())
	}
}
