package model

import "slices"

// Clustering is not plain connected components: edges are taken strongest first, and two
// clusters of which one has more than one record are joined only when the evidence over the pairs across
// them does not speak against it on the whole. One accidental edge therefore cannot chain two people together.
const crossSample = 24 // pairs looked at across two clusters

type clusters struct {
	parent  []uint32
	members map[uint32][]uint32 // of clusters with more than one record
	refused int64
	maxSize int
}

func (c *clusters) root(x uint32) uint32 {
	for c.parent[x] != x {
		c.parent[x] = c.parent[c.parent[x]]
		x = c.parent[x]
	}
	return x
}

func (c *clusters) of(r uint32) []uint32 {
	if m := c.members[r]; m != nil {
		return m
	}
	return []uint32{r}
}

// cluster joins the edges at or over the weight at; two records that are both still alone join from the weight single on.
func cluster(f *Frame, s *scorer, edges []Edge, at, single float32) *clusters {
	c := &clusters{parent: make([]uint32, f.rows), members: map[uint32][]uint32{}}
	for i := range c.parent {
		c.parent[i] = uint32(i)
	}
	near := newNeighbours(f.rows, edges)
	for _, i := range byWeight(edges) {
		if edges[i].Weight < single {
			break
		}
		a, b := c.root(edges[i].A), c.root(edges[i].B)
		if a == b {
			continue
		}
		ma, mb := c.of(a), c.of(b)
		if edges[i].Weight < at && len(ma)+len(mb) > 2 {
			continue // a pair by itself needs to be likely; what grows a cluster must be nearly certain
		}
		if !agree(f, s, ma, mb, at) || c.torn(f, s, near, edges, i, at) {
			c.refused++
			continue
		}
		if len(ma) < len(mb) {
			a, b, ma, mb = b, a, mb, ma
		}
		c.parent[b] = a
		c.members[a] = append(slices.Clip(ma), mb...)
		delete(c.members, b)
		c.maxSize = max(c.maxSize, len(ma)+len(mb))
	}
	return c
}

// byWeight orders edges strongest first, ties by record.
func byWeight(edges []Edge) []uint32 {
	order := make([]uint32, len(edges))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(x, y uint32) int {
		a, b := edges[x].Weight, edges[y].Weight
		switch {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return int(x) - int(y)
	})
	return order
}

// agree looks at up to crossSample pairs across two clusters, evenly spread. It asks that their mean
// evidence is not negative; the prior is left out, because the edge itself has already overcome it. When birth
// dates and identifiers, or whole names, differ outright more often than they agree, the mean must overcome the prior and twice the threshold.
func agree(f *Frame, s *scorer, a, b []uint32, at float32) bool {
	total := len(a) * len(b)
	step := max(1, total/crossSample)
	var sum float32
	n, differ, same, others, alike := 0, 0, 0, 0, 0
	for k := 0; k < total; k += step {
		x, y := a[k%len(a)], b[k/len(a)]
		e, p := s.evidence(f.Row(x), f.Row(y))
		sum += e
		n++
		if s.core.otherPerson(p) {
			others++
		} else if s.core.namesakes(p) > 0 {
			alike++
		}
		for _, i := range s.core.second {
			switch l := levelIn(p, i); {
			case l == 0 || l == 1 && f.Fields[i].Kind != Date:
				differ++
			case l > 2 && l != levelNull:
				same++
			}
		}
	}
	mean := sum / float32(n)
	if differ > same || others > 0 && others >= alike {
		return mean+s.priorOf(a[0], b[0]) >= 2*at
	}
	return mean >= 0
}

// neighbours lists the edges of every record.
type neighbours struct {
	start []uint32
	edge  []uint32
}

func newNeighbours(rows int, edges []Edge) *neighbours {
	n := &neighbours{start: make([]uint32, rows+1), edge: make([]uint32, 2*len(edges))}
	for _, e := range edges {
		n.start[e.A+1]++
		n.start[e.B+1]++
	}
	for i := range rows {
		n.start[i+1] += n.start[i]
	}
	at := slices.Clone(n.start[:rows])
	for i, e := range edges {
		n.edge[at[e.A]] = uint32(i)
		at[e.A]++
		n.edge[at[e.B]] = uint32(i)
		at[e.B]++
	}
	return n
}

// torn: one end of the edge belongs, about as well, to a third cluster that cannot be one
// person with the other end's. A record between father and son stays alone until somebody knows more.
func (c *clusters) torn(f *Frame, s *scorer, near *neighbours, edges []Edge, i uint32, at float32) bool {
	const about = 1 // bits
	e := edges[i]
	for _, side := range [2][2]uint32{{e.A, e.B}, {e.B, e.A}} {
		own, other := c.root(side[0]), c.root(side[1])
		list := near.edge[near.start[side[0]]:near.start[side[0]+1]]
		if len(list) > maxBlock {
			list = list[:maxBlock]
		}
		for _, k := range list {
			if k == i || edges[k].Weight < e.Weight-about {
				continue
			}
			third := c.root(edges[k].A ^ edges[k].B ^ side[0])
			if third != own && third != other && !agree(f, s, c.of(other), c.of(third), at) {
				return true
			}
		}
	}
	return false
}

// number gives clusters their number: the smallest record number in them.
func (c *clusters) number() []uint32 {
	out := make([]uint32, len(c.parent))
	least := make([]uint32, len(c.parent))
	for i := range least {
		least[i] = ^uint32(0)
	}
	for i := range out {
		r := c.root(uint32(i))
		least[r] = min(least[r], uint32(i))
	}
	for i := range out {
		out[i] = least[c.root(uint32(i))]
	}
	return out
}
