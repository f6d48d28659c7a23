package lists

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
)

// Change is what differs between two sets, as far as it can be told whom it
// touches.
type Change struct {
	Lists   []string // names of the lists that differ, came or went
	Wallets []string // addresses that came or went, as published, when nothing else did
	// Any: more than addresses differs, so that only asking every record again
	// tells whom it touches.
	Any bool
}

// Changed compares two sets. What a list says is compared, not its bytes: a file
// published anew with the same entries and the same age changes nothing.
func Changed(before, after *Set) (c Change) {
	was, is := byName(before), byName(after)
	wallets := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(union(was, is))) {
		x, y := was[name], is[name]
		if x != nil && y != nil && x.SHA256 == y.SHA256 && x.Stale == y.Stale {
			continue
		}
		c.Lists = append(c.Lists, name)
		if x == nil || y == nil || x.Stale != y.Stale || x.List.Kind != KindEntities || y.List.Kind != KindEntities {
			c.Any = true
			continue
		}
		there, rest := addresses(x.content.entities)
		here, others := addresses(y.content.entities)
		if !maps.Equal(rest, others) {
			c.Any = true
		}
		for a, n := range there {
			if here[a] != n {
				wallets[a.address] = true
			}
		}
		for a, n := range here {
			if there[a] != n {
				wallets[a.address] = true
			}
		}
	}
	if !c.Any {
		c.Wallets = slices.Sorted(maps.Keys(wallets))
	}
	return c
}

// Digest tells two sets apart by what nodes screen with: names, bytes, age.
func (s *Set) Digest() string {
	h := sha256.New()
	for _, x := range s.Snapshots() {
		stale := "fresh"
		if x.Stale {
			stale = "stale"
		}
		for _, word := range []string{x.Name, x.SHA256, stale} {
			h.Write([]byte(word + "\x00"))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// byName are the lists of a set; of several files under one name the last.
func byName(s *Set) map[string]*Snapshot {
	all := map[string]*Snapshot{}
	for _, x := range s.Snapshots() {
		all[x.Name] = x
	}
	return all
}

func union(x, y map[string]*Snapshot) map[string]*Snapshot {
	all := maps.Clone(x)
	maps.Copy(all, y)
	return all
}

// walletOf is an address as one entity has it.
type walletOf struct{ entity, asset, address string }

// addresses takes the addresses out of entities; rest counts what else they say.
// An entity that says nothing but its addresses counts for nothing else.
func addresses(all []Entity) (has map[walletOf]int, rest map[string]int) {
	has, rest = map[walletOf]int{}, map[string]int{}
	for i := range all {
		e := all[i]
		for _, w := range e.Wallets {
			has[walletOf{e.ID, w.Asset, w.Address}]++
		}
		if e.Wallets = nil; len(e.Names) > 0 || len(e.Identifiers) > 0 {
			rest[e.ID+"\x00"+e.Content()]++
		}
	}
	return has, rest
}
