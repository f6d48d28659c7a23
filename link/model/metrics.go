package model

// Score counts pairs against the truth.
type Score struct {
	TP, FP, FN            int64
	Precision, Recall, F1 float64
}

// Figures are the three ways a linkage is measured: edges (pairs at or over the threshold,
// no closure), clusters (all pairs inside clusters) and B-cubed (per record; A. Bagga, B. Baldwin, 1998).
type Figures struct {
	Edge, Cluster Score
	B3            struct{ Precision, Recall, F1 float64 }
	TruePairs     int64
	// Best is the highest edge F1 over all thresholds among the kept edges: an upper bound, not a setting.
	Best      float64
	BestAt    float64
	Records   int
	Unlabeled int // records without a truth value; each counts as a person of its own
}

func score(tp, said, truth int64) Score {
	s := Score{TP: tp, FP: said - tp, FN: truth - tp}
	if said > 0 {
		s.Precision = float64(tp) / float64(said)
	}
	if truth > 0 {
		s.Recall = float64(tp) / float64(truth)
	}
	s.F1 = harmonic(s.Precision, s.Recall)
	return s
}

func harmonic(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// Measure compares a result with the truth: truth[r] names the person of record r, "" when unknown.
// With linkOnly, only pairs from two sources count, on both sides.
func Measure(f *Frame, res *Result, truth []string, linkOnly bool) Figures {
	n := f.rows
	fig := Figures{Records: n}
	ids := map[string]uint32{}
	t := make([]uint32, n)
	for r := range t {
		if truth[r] == "" {
			fig.Unlabeled++
			t[r] = 1<<31 | uint32(r)
			continue
		}
		id, ok := ids[truth[r]]
		if !ok {
			id = uint32(len(ids))
			ids[truth[r]] = id
		}
		t[r] = id
	}
	across := func(a, b uint32) bool { return !linkOnly || f.source[a] != f.source[b] }
	group := func(label []uint32) (pairs int64, count map[uint64]int64) {
		sizes := map[uint64]int64{} // label alone, and label with source
		count = map[uint64]int64{}
		for r := range label {
			sizes[uint64(label[r])<<17|uint64(f.source[r])]++
			count[uint64(label[r])]++
		}
		for _, c := range count {
			pairs += c * (c - 1) / 2
		}
		if linkOnly {
			for _, c := range sizes {
				pairs -= c * (c - 1) / 2
			}
		}
		return pairs, count
	}
	truePairs, trueSize := group(t)
	saidPairs, saidSize := group(res.Cluster)
	fig.TruePairs = truePairs
	both := make([]uint32, n)
	joint := map[uint64]uint32{}
	for r := range both {
		k := uint64(t[r])<<32 | uint64(res.Cluster[r])
		id, ok := joint[k]
		if !ok {
			id = uint32(len(joint))
			joint[k] = id
		}
		both[r] = id
	}
	tp, bothSize := group(both)
	fig.Cluster = score(tp, saidPairs, truePairs)
	var p, rec float64
	for r := range t {
		c := float64(bothSize[uint64(both[r])])
		p += c / float64(saidSize[uint64(res.Cluster[r])])
		rec += c / float64(trueSize[uint64(t[r])])
	}
	fig.B3.Precision, fig.B3.Recall = p/float64(n), rec/float64(n)
	fig.B3.F1 = harmonic(fig.B3.Precision, fig.B3.Recall)

	var said, right int64
	for _, e := range res.Edges {
		if e.Weight >= res.EdgeWeight && across(e.A, e.B) {
			said++
			if t[e.A] == t[e.B] {
				right++
			}
		}
	}
	fig.Edge = score(right, said, truePairs)
	fig.Best, fig.BestAt = bestEdge(res.Edges, t, truePairs, across)
	return fig
}

func bestEdge(edges []Edge, t []uint32, truePairs int64, across func(a, b uint32) bool) (best, at float64) {
	order := byWeight(edges)
	var said, right int64
	for k, i := range order {
		e := edges[i]
		if across(e.A, e.B) {
			said++
			if t[e.A] == t[e.B] {
				right++
			}
		}
		if k+1 < len(order) && edges[order[k+1]].Weight == e.Weight {
			continue
		}
		if s := score(right, said, truePairs); s.F1 > best {
			best, at = s.F1, float64(e.Weight)
		}
	}
	return best, at
}
