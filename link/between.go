package link

import "bonafide/record"

// Tie is one kind of value that two identities share with no honest reason in sight, as questions are made of it.
type Tie struct {
	A, B           uint32 // subjects that stand for the identities
	Kind           record.Kind
	Holders        int
	Value          uint64
	DrawsA, DrawsB bool // whether it may bring A to B's question, and B to A's
	AtHome         bool // shared by people at one address
	Hard           bool // strangers hardly ever share such a value
}

// EachTie walks over the ties of a graph, for whoever measures where pairs are lost.
func (g *Graph) EachTie(f func(Tie)) {
	for i := range g.ties {
		t := &g.ties[i]
		f(Tie{t.a, t.b, t.kind, int(t.holders), t.value, t.draws&drawsA != 0, t.draws&drawsB != 0, t.level == atOneDoor, hard(t.kind)})
	}
}

// Identity is the subject that stands for whoever a subject is.
func (g *Graph) Identity(i uint32) uint32 { return g.ident.find2(i) }

// Counted is a link that counts for something against a subject, as Links tells it.
type Counted struct {
	Subject    uint32
	Others     []uint32 // at most five
	Identities int      // all others
	Kind       record.Kind
	Strength   record.Strength
	Value      uint64
}

// EachCounted walks over all links of a graph that are not excused, for whoever measures how many are false.
func (g *Graph) EachCounted(f func(Counted)) {
	for i := range g.found {
		if l := &g.found[i]; l.strength > 0 && (l.excuse == record.NoExcuse || l.excuse == record.Reissued) {
			f(Counted{l.subject, g.others[l.firstOther:][:l.otherCount], int(l.identities), l.kind, l.strength, l.value})
		}
	}
}
