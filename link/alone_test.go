package link

import (
	"bytes"
	"fmt"
	"reflect"
	"testing"

	"bonafide/record"
)

// TestAlone: values that one profile alone has, counted in place of added, change nothing that is said of anybody.
func TestAlone(t *testing.T) {
	var apps []*record.Application
	for i := range 900 {
		a := person(fmt.Sprintf("p%03d", i), fmt.Sprintf("Given%d Family%d", i, i%151), fmt.Sprintf("19%02d-0%d-1%d", 50+i%49, 1+i%9, i%10), i,
			phone(fmt.Sprintf("+3519100%05d", i-i%50/49)), device(fmt.Sprintf("%08x", i/7*7)), mail(fmt.Sprintf("m%d@example.org", i)))
		if i%3 == 0 {
			pay(fmt.Sprintf("PT50999900%015d", i/6), "X")(a)
		}
		apps = append(apps, a)
	}
	k := NewKeyer(nil, false)
	holders := map[uint64]map[string]bool{}
	for _, a := range apps {
		for _, key := range k.Profile(a).Keys {
			if holders[key.Value] == nil {
				holders[key.Value] = map[string]bool{}
			}
			holders[key.Value][a.ID] = true
		}
	}
	whole, lean, alone := NewBuilder(), NewBuilder(), 0
	for _, a := range apps {
		p := k.Profile(a)
		if _, err := whole.Add(p); err != nil {
			t.Fatal(err)
		}
		var kept []Key
		for _, key := range p.Keys {
			if len(holders[key.Value]) > 1 {
				kept = append(kept, key)
				continue
			}
			lean.Alone(key)
			alone++
		}
		p.Keys = kept
		if _, err := lean.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	if alone == 0 {
		t.Fatal("nobody has anything alone")
	}
	g, h := whole.Build(), lean.Build()
	links := 0
	for i := range apps {
		x, y := g.Links(uint32(i)), h.Links(uint32(i))
		if !reflect.DeepEqual(x, y) || g.Cluster(uint32(i)) != h.Cluster(uint32(i)) {
			t.Fatalf("%s: %+v, without what each has alone %+v", apps[i].ID, x, y)
		}
		links += len(x)
	}
	if links == 0 {
		t.Error("nobody shares anything")
	}
	var a, b bytes.Buffer
	if g.Climate().Write(&a) != nil || h.Climate().Write(&b) != nil {
		t.Fatal("no climate")
	}
	x, errX := ReadClimate(&a)
	y, errY := ReadClimate(&b)
	if errX != nil || errY != nil || !reflect.DeepEqual(x, y) {
		t.Error("they learned something else")
	}
}

// TestManyStrata: numbers of far more than 65,536 blocks each have a stratum of their own.
func TestManyStrata(t *testing.T) {
	b := NewBuilder()
	const blocks = 70_000
	for i := range blocks {
		p := Profile{Name: fmt.Sprint(i), Keys: []Key{{Value: uint64(i+1) * 0x9e3779b97f4a7c15, Kind: record.KindPhone, Group: uint32(i + 1), Space: 10}}}
		if _, err := b.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[uint32]bool{}
	for i := range b.postings {
		for _, p := range b.postings[i] {
			seen[p.stratum()] = true
			if want := fmt.Sprint(p.value*0xf1de83e19937733d - 1); b.subjects[p.subject()].name != want {
				t.Fatalf("the value of %s belongs to %s", want, b.subjects[p.subject()].name)
			}
		}
	}
	if len(seen) != blocks || seen[0] {
		t.Errorf("%d strata for %d blocks", len(seen), blocks)
	}
}
