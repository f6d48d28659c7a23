package lists

import (
	"cmp"
	"slices"

	"bonafide/match/name"
	"bonafide/match/wallet"
	"bonafide/record"
)

// EntityIndex answers who of several lists a name or a wallet may be. It is
// made once and asked from many goroutines.
type EntityIndex struct {
	entities []Entity
	uses     []record.ListUse // per list, in the order of adding
	persons  *name.Index
	bodies   *name.Index
	personOf []nameRef
	bodyOf   []nameRef
	wallets  map[string][]int32
	numbers  map[string][]int32
	countOf  map[string]int
}

// nameRef is the name of an entity behind a number of the name index.
type nameRef struct{ entity, name int32 }

// ListedEntities is one parsed list with what a finding says about it.
type ListedEntities struct {
	Use      record.ListUse
	Entities []Entity
}

// NewEntityIndex indexes the entities of all lists together, so that words are
// weighed by their rarity in all of them.
func NewEntityIndex(lists []ListedEntities) *EntityIndex {
	ix := &EntityIndex{wallets: map[string][]int32{}, numbers: map[string][]int32{}, countOf: map[string]int{}}
	persons, bodies := name.NewBuilder(), name.NewBuilder()
	for _, l := range lists {
		ix.uses = append(ix.uses, l.Use)
		for _, e := range l.Entities {
			e.List = l.Use.List
			at := int32(len(ix.entities))
			ix.entities = append(ix.entities, e)
			ix.countOf[e.List]++
			for k, n := range e.Names {
				ref := nameRef{at, int32(k)}
				if e.Kind == KindPerson || e.Kind == KindOther || e.Kind == "" {
					persons.Add(int(at), n.Text, name.Person)
					ix.personOf = append(ix.personOf, ref)
				}
				if e.Kind != KindPerson {
					bodies.Add(int(at), n.Text, name.Organisation)
					ix.bodyOf = append(ix.bodyOf, ref)
				}
			}
			for _, w := range e.Wallets {
				k := wallet.Key(w.Address)
				ix.wallets[k] = append(ix.wallets[k], at)
			}
			for _, id := range e.Identifiers {
				if k := numberKey(id.Value); k != "" {
					ix.numbers[k] = addOnce(ix.numbers[k], at)
				}
			}
		}
	}
	ix.persons, ix.bodies = persons.Build(), bodies.Build()
	return ix
}

// Len is the number of entities, Names the number of their names.
func (ix *EntityIndex) Len() int { return len(ix.entities) }

// Names is the number of names in the index.
func (ix *EntityIndex) Names() int { return len(ix.personOf) + len(ix.bodyOf) }

// Uses are the lists of the index.
func (ix *EntityIndex) Uses() []record.ListUse { return ix.uses }

// Count is the number of entities a list has.
func (ix *EntityIndex) Count(list string) int { return ix.countOf[list] }

// EntityQuery is what is known of the one who is looked for. Identifiers are
// document or registration numbers as written.
type EntityQuery struct {
	Name        string
	Schema      name.Schema
	BirthDates  []record.Date
	Countries   []string
	Gender      string
	Identifiers []string
}

// EntityHit is one entity that a query may be, with the name of it that came
// nearest and the reasons. Entity is shared and must not be changed.
type EntityHit struct {
	Entity *Entity
	Name   EntityName
	Result name.Result
	Use    record.ListUse
}

// Search finds entities whose name is at least weakly like the query's, best
// first, at most limit of them. A name alone is never more than supporting; a
// weak alias, by the publisher's own word too broad to search for, never more
// than weak without another fact.
func (ix *EntityIndex) Search(q EntityQuery, limit int) []EntityHit {
	var hits []EntityHit
	qa := name.Qualifiers{Countries: q.Countries, Gender: q.Gender}
	for _, d := range q.BirthDates {
		qa.BirthDates = append(qa.BirthDates, string(d))
	}
	for _, id := range q.Identifiers {
		qa.Identifiers = append(qa.Identifiers, numberKey(id))
	}
	if q.Schema != name.Organisation {
		hits = ix.find(ix.persons, ix.personOf, q.Name, name.Person, qa, hits)
	}
	if q.Schema != name.Person {
		hits = ix.find(ix.bodies, ix.bodyOf, q.Name, name.Organisation, qa, hits)
	}
	for _, id := range q.Identifiers {
		hits = ix.numbered(id, hits)
	}
	slices.SortStableFunc(hits, func(a, b EntityHit) int {
		if c := cmp.Compare(rank[b.Result.Strength], rank[a.Result.Strength]); c != 0 {
			return c
		}
		return cmp.Compare(b.Result.Similarity, a.Result.Similarity)
	})
	seen := map[*Entity]bool{}
	out := hits[:0]
	for _, h := range hits {
		if !seen[h.Entity] && (limit <= 0 || len(out) < limit) {
			seen[h.Entity] = true
			out = append(out, h)
		}
	}
	return out
}

var rank = map[name.Strength]int{name.Weak: 1, name.Supporting: 2, name.Strong: 3, name.Conclusive: 4}

// qualified is how far below the weak threshold a name may be found at first:
// nothing beside a name lifts its similarity, so the threshold itself.
const qualified = name.WeakAt

func (ix *EntityIndex) find(names *name.Index, refs []nameRef, text string, schema name.Schema, qa name.Qualifiers, hits []EntityHit) []EntityHit {
	q := names.Parse(text, schema)
	for _, h := range names.Search(q, qualified, 0) {
		ref := refs[h.Name]
		e := &ix.entities[ref.entity]
		qb := name.Qualifiers{Countries: e.Countries, Gender: e.Gender}
		for _, d := range e.BirthDates {
			qb.BirthDates = append(qb.BirthDates, string(d))
		}
		for _, id := range e.Identifiers {
			qb.Identifiers = append(qb.Identifiers, numberKey(id.Value))
		}
		n := e.Names[ref.name]
		r := names.Explain(q, h.Name, qa, qb)
		if n.Kind == WeakAlias && r.Strength == name.Supporting {
			r.Strength = name.Weak
			r.Reasons = append(r.Reasons, "the list calls this name a weak alias")
		}
		if r.Strength == name.None {
			continue
		}
		hits = append(hits, EntityHit{Entity: e, Name: n, Result: r, Use: ix.useOf(e.List)})
	}
	return hits
}

// numbered adds entities that share a number but no name with the query: a
// supporting observation, for numbers of different issuers can be equal.
func (ix *EntityIndex) numbered(id string, hits []EntityHit) []EntityHit {
	for _, e := range ix.Identifier(id) {
		if slices.ContainsFunc(hits, func(h EntityHit) bool { return h.Entity == e }) {
			continue
		}
		h := EntityHit{Entity: e, Use: ix.useOf(e.List), Result: name.Result{Strength: name.Supporting, Reasons: []string{"an identifier agrees", "the names do not"}}}
		if len(e.Names) > 0 {
			h.Name = e.Names[0]
		}
		hits = append(hits, h)
	}
	return hits
}

func (ix *EntityIndex) useOf(list string) record.ListUse {
	for _, u := range ix.uses {
		if u.List == list {
			return u
		}
	}
	return record.ListUse{List: list}
}

// Wallet is every entity that a list gives an address to, whatever the case
// the address is written in.
func (ix *EntityIndex) Wallet(address string) []EntityHit {
	var out []EntityHit
	for _, at := range ix.wallets[wallet.Key(address)] {
		e := &ix.entities[at]
		h := EntityHit{Entity: e, Use: ix.useOf(e.List), Result: name.Result{Strength: name.Conclusive, Similarity: 1, Reasons: []string{"the address is on the list"}}}
		if len(e.Names) > 0 {
			h.Name = e.Names[0]
		}
		out = append(out, h)
	}
	return out
}

// Identifier is every entity with a document or registration number.
func (ix *EntityIndex) Identifier(number string) []*Entity {
	k := numberKey(number)
	if k == "" {
		return nil
	}
	var out []*Entity
	for _, at := range ix.numbers[k] {
		out = append(out, &ix.entities[at])
	}
	return out
}

// numberKey keeps letters and digits; numbers too short to mean anybody are
// dropped.
func numberKey(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c >= 'A' && c <= 'Z':
			b = append(b, c)
		case c >= 'a' && c <= 'z':
			b = append(b, c-32)
		}
	}
	if len(b) < 5 {
		return ""
	}
	return string(b)
}
