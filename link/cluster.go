package link

import (
	"slices"

	"bonafide/record"
)

// sure is the log2 odds from which on two are shown together: nine of ten such
// pairs at least are one operator's, as the model of this population has it.
const sure = 3.2

// cluster joins identities that look like one operator.
//
// First pairs, each on its own evidence, both ways: whoever merely held first
// what others claim now has nothing against them. Where one thin tie would join
// two groups it is cut. Then, round by round, each group is looked at as one
// profile: whom does it draw in, which groups are one. All are judged against
// the groups as they stood, so that order does not show.
func (e *evaluation) cluster() sets {
	e.persona, e.group, e.shown = e.b.persona, nil, nil
	if c := e.b.climate; c != nil {
		e.persona, e.group = c.Persona, c.groupOf()
	}
	if e.persona == nil {
		e.persona = ShippedPersona().learn(e.ties, len(e.g.firstSeen))
	}
	edges := e.pairEdges()
	one := newSets(len(e.b.subjects))
	cut := bridges(edges)
	for i, d := range edges {
		if !cut[i] {
			one.union(d.a, d.b)
		}
	}
	one = e.partProven(edges, cut, one)
	e.nameClusters(one)
	for range attachRounds {
		n := e.attach(one)
		e.nameClusters(one)
		n += e.mergeGroups(one)
		e.nameClusters(one)
		if n == 0 {
			break
		}
	}
	if left, parted := e.partCopied(one); parted {
		one = left
		e.nameClusters(one)
	}
	return one
}

// partCopied parts groups of at least three that nothing holds together but one copied résumé. Bridges are cut where
// they lead between such groups from the first; these have grown since. It says whether there are any.
func (e *evaluation) partCopied(one sets) (sets, bool) {
	var edges []pairEdge
	eachPair(e.ties, func(a, b uint32, of []tie) {
		if one.find(a) == one.find(b) {
			families := 2
			if !slices.ContainsFunc(of, func(t tie) bool { return t.kind != record.KindResumeText && t.kind != record.KindCareer }) {
				families = 1
			}
			edges = append(edges, pairEdge{a, b, families})
		}
	})
	for _, t := range e.shown {
		if one.find(t.a) == one.find(t.b) {
			edges = append(edges, pairEdge{t.a, t.b, 2})
		}
	}
	cut := bridges(edges)
	if !slices.Contains(cut, true) {
		return one, false
	}
	left, parted := newSets(len(one.up)), map[uint32]bool{}
	for i, d := range edges {
		if cut[i] {
			parted[one.find(d.a)] = true
		} else {
			left.union(d.a, d.b)
		}
	}
	for x := range e.g.firstSeen {
		if r := one.find(x); !parted[r] {
			left.union(x, r)
		}
	}
	return left, true
}

// attachRounds bounds how far evidence is followed.
const attachRounds = 4

// seenFirst notes when each identity was first seen.
func (e *evaluation) seenFirst() {
	g := e.g
	g.firstSeen = map[uint32]int64{}
	for i := range e.b.subjects {
		if e.b.dropped[uint32(i)] {
			continue
		}
		r := g.ident.find(uint32(i))
		if at, ok := g.firstSeen[r]; !ok || e.b.subjects[i].at < at {
			g.firstSeen[r] = e.b.subjects[i].at
		}
	}
}

// pairEdge is a pair shown together on its own evidence.
type pairEdge struct {
	a, b     uint32
	families int
}

// pairEdges weighs every pair that shares something, both ways.
func (e *evaluation) pairEdges() (edges []pairEdge) {
	people := e.people()
	eachPair(e.ties, func(a, b uint32, of []tie) {
		if total, _, _ := e.persona.score(of, people, anyTie); total < sure || e.vetoed(a, b) {
			return
		}
		ways := []func(*tie) bool{anyTie}
		if !heldBetween(of) {
			ways = []func(*tie) bool{func(t *tie) bool { return t.draws&drawsA != 0 }, func(t *tie) bool { return t.draws&drawsB != 0 }}
		}
		least := stories
		for _, counts := range ways {
			total, told, firm := e.persona.score(of, people, counts)
			if total < sure || told < 2 && !firm {
				return
			}
			least = min(least, told)
		}
		if oneResume(of) {
			least--
		}
		edges = append(edges, pairEdge{a, b, least})
	})
	return edges
}

func anyTie(*tie) bool { return true }

// oneResume reports whether two share the text of a résumé and the career in it,
// and no referee: whoever copies one takes the other along, so that two operators
// who stole from one person are held together by one act.
func oneResume(of []tie) bool {
	text, career := false, false
	for i := range of {
		switch k := of[i].kind; {
		case k == record.KindResumeText:
			text = true
		case k == record.KindCareer:
			career = true
		case storyOf(k) == storyWork:
			return false
		}
	}
	return text && career
}

// heldBetween reports whether something ties two that only its holder can
// place, and that is no exit or office: then what was typed counts both ways.
func heldBetween(of []tie) bool {
	return slices.ContainsFunc(of, func(t tie) bool {
		return t.kind.Held() && (storyOf(t.kind) != storyPlace || t.level <= ownNetworkLevel || t.level == atOneDoor)
	})
}

// ownNetworkLevel is the level of networks of at most five.
const ownNetworkLevel = 1

// nameClusters: a cluster's name is the smallest record name in it.
func (e *evaluation) nameClusters(one sets) {
	g := e.g
	size := map[uint32]int{}
	for x := range g.firstSeen {
		size[one.find(x)]++
	}
	names := map[uint32]uint32{} // root → subject
	for i := range e.b.subjects {
		r := one.find(g.ident.find(uint32(i)))
		if size[r] < 2 || e.b.dropped[uint32(i)] {
			continue
		}
		if s, ok := names[r]; !ok || e.b.subjects[i].name < e.b.subjects[s].name {
			names[r] = uint32(i)
		}
	}
	g.clusters, e.anyProven = map[uint32]uint32{}, map[uint32]bool{}
	for i := range e.b.subjects {
		x := g.ident.find(uint32(i))
		if s, ok := names[one.find(x)]; ok {
			g.clusters[x] = s + 1
			if e.proven[x] {
				e.anyProven[s+1] = true
			}
		}
	}
}

func (g *Graph) clusterOf(ident uint32) uint32 { return g.clusters[ident] }

// mostly is the operator question to which three in five holders of a
// value belong, or half of them when that is three or more, and how many do; 0
// when there is none.
func (g *Graph) mostly(ms []member) (root uint32, n int) {
	counts := map[uint32]int{}
	for i := range ms {
		if c := g.clusterOf(ms[i].ident); c != 0 {
			counts[c]++
		}
	}
	for c, m := range counts {
		if 5*m >= 3*len(ms) || m >= 3 && 2*m > len(ms) || m >= 3 && 2*m == len(ms) && len(counts) == 1 {
			return c, m
		}
	}
	return 0, 0
}

// bridges finds the edges of one family whose removal would part two groups of
// at least three (Tarjan 1974): one stolen or mistyped value must not glue two
// operators. They are cut all at once.
func bridges(edges []pairEdge) []bool {
	number := map[uint32]int{}
	var at [][][2]int // node → neighbour, edge
	node := func(x uint32) int {
		n, ok := number[x]
		if !ok {
			n = len(at)
			number[x], at = n, append(at, nil)
		}
		return n
	}
	for i, d := range edges {
		x, y := node(d.a), node(d.b)
		at[x], at[y] = append(at[x], [2]int{y, i}), append(at[y], [2]int{x, i})
	}
	cut := make([]bool, len(edges))
	order, low, size := make([]int, len(at)), make([]int, len(at)), make([]int, len(at))
	clock := 0
	type frame struct{ x, edge, next int }
	for start := range at {
		if order[start] != 0 {
			continue
		}
		var thin [][2]int // edge, nodes below it
		clock++
		order[start], low[start], size[start] = clock, clock, 1
		stack := []frame{{start, -1, 0}}
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if f.next < len(at[f.x]) {
				y, i := at[f.x][f.next][0], at[f.x][f.next][1]
				f.next++
				switch {
				case i == f.edge:
				case order[y] != 0:
					low[f.x] = min(low[f.x], order[y])
				default:
					clock++
					order[y], low[y], size[y] = clock, clock, 1
					stack = append(stack, frame{y, i, 0})
				}
				continue
			}
			x, i := f.x, f.edge
			stack = stack[:len(stack)-1]
			if len(stack) == 0 {
				break
			}
			up := stack[len(stack)-1].x
			low[up], size[up] = min(low[up], low[x]), size[up]+size[x]
			if low[x] > order[up] && edges[i].families < 2 {
				thin = append(thin, [2]int{i, size[x]})
			}
		}
		for _, t := range thin {
			cut[t[0]] = t[1] >= bridgeSides && size[start]-t[1] >= bridgeSides
		}
	}
	return cut
}

// bridgeSides is from how many identities on both sides a thin edge is cut.
const bridgeSides = 3
