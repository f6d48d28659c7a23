package link

import (
	"math"
	"slices"

	"bonafide/record"
)

// Numbers are given out in order, so who rents several has them in one block, and
// so does a stranger now and then: the more people there are, the more of them
// stand in any block. By itself a block may therefore lead to a question only where
// few live around it, and as a kind of evidence all blocks together may make no
// more false pairs than any kind may.

// blockFrom is how many members must have rented in a block for it to lead anywhere alone:
// two may have rented beside somebody.
const blockFrom = 3

// blockShare is what part of the false pairs that are allowed blocks may make: all kinds together must stay below what one may.
const blockShare = 0.3

// blockLeads reports whether a block of numbers that so many members of a question have, and so many others, leads to it
// by itself: at least half of them are members, and few people live around it.
func (e *evaluation) blockLeads(block uint64, members, others, size int) bool {
	return members >= max(blockFrom, others) && e.blockCost(block, size) <= e.group.blocks
}

// fewAround is up to how many strangers to expect in a block whoever is in no question of those who have it is taken for
// one of them rather than for a stranger: among ten million people there is one in every block.
const fewAround = 0.05

// bystander reports whether somebody may just as well have a number beside those of others, of a question or of none.
func (e *evaluation) bystander(me *member, question uint32) bool {
	return e.crowding[me.first.value] > fewAround && (question == 0 || e.g.clusterOf(me.ident) != question)
}

// blockCost is how many false pairs a block is expected to make that leads to a
// question of so many: each stranger in it would be paired with all of them.
func (e *evaluation) blockCost(block uint64, size int) float64 {
	return e.crowding[block] * float64(size)
}

// measureBlocks notes for every block that several have how crowded it is there,
// its holders left aside. Where that is not known a block never leads alone.
func (e *evaluation) measureBlocks() {
	e.crowding = map[uint64]float64{}
	for _, gr := range e.groups {
		ps := e.b.of(gr)
		if ps[0].of() != record.KindPhoneBlock || len(ps) < blockFrom {
			continue
		}
		n := ps[0].stratum()
		if n == 0 {
			e.crowding[ps[0].value] = math.Inf(1)
			continue
		}
		e.crowding[ps[0].value] = max(0, e.density[n]-float64(len(ps))/math.Exp2(float64(e.b.space[n])))
	}
}

// strataOf says which strata have values of a kind.
func (b *Builder) strataOf(k record.Kind) []bool {
	of := make([]bool, len(b.space))
	for n := range b.alone.blocks {
		of[n] = true
	}
	for i := range b.postings {
		for _, p := range b.postings[i] {
			if p.of() == k {
				of[p.stratum()] = true
			}
		}
	}
	return of
}

// blocksWorth is the cost up to which blocks may lead, the cheapest first.
func (e *evaluation) blocksWorth(size map[uint32]int) (most float64) {
	type owned struct {
		block uint64
		root  uint32
	}
	members := map[owned]map[uint32]bool{}
	for i := range e.ties {
		t := &e.ties[i]
		root := e.g.clusterOf(t.a)
		if t.kind != record.KindPhoneBlock || t.level == atOneDoor || root == 0 || root != e.g.clusterOf(t.b) {
			continue
		}
		o := owned{t.value, root}
		if members[o] == nil {
			members[o] = map[uint32]bool{}
		}
		members[o][t.a], members[o][t.b] = true, true
	}
	var costs []float64
	for o, who := range members {
		if len(who) >= blockFrom {
			costs = append(costs, e.blockCost(o.block, size[o.root]))
		}
	}
	slices.Sort(costs)
	left := blockShare * falsePairs * float64(len(e.g.firstSeen))
	for _, c := range costs {
		if left -= c; left < 0 {
			break
		}
		most = c
	}
	return most
}
