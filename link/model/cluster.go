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

// cluster joins the edges at or over the weight at.
func cluster(f *Frame, s *scorer, edges []Edge, at float32) *clusters {
	c := &clusters{parent: make([]uint32, f.rows), members: map[uint32][]uint32{}}
	for i := range c.parent {
		c.parent[i] = uint32(i)
	}
	for _, i := range byWeight(edges) {
		if edges[i].Weight < at {
			break
		}
		a, b := c.root(edges[i].A), c.root(edges[i].B)
		if a == b {
			continue
		}
		ma, mb := c.of(a), c.of(b)
		if len(ma)+len(mb) > 2 && !agree(f, s, ma, mb) {
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
// evidence (without the prior: the edge itself has already overcome it) is not negative, and that birth dates and
// identifiers do not differ outright more often than they agree.
func agree(f *Frame, s *scorer, a, b []uint32) bool {
	total := len(a) * len(b)
	step := max(1, total/crossSample)
	var sum float32
	n, differ, same := 0, 0, 0
	for k := 0; k < total; k += step {
		e, p := s.evidence(f.Row(a[k%len(a)]), f.Row(b[k/len(a)]))
		sum += e
		n++
		for _, i := range s.core.second {
			switch l := levelIn(p, i); {
			case l <= 1:
				differ++
			case l != 2 && l != levelNull:
				same++
			}
		}
	}
	return sum/float32(n) >= 0 && differ <= same
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
