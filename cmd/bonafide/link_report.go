package main

import (
	"fmt"
	"io"
	"math"
	"slices"

	"bonafide/link/model"
	"bonafide/report"
)

// The page shows examples, not everything: a page of a million rows helps nobody.
const (
	reportClusters  = 12
	reportExamples  = 12
	reportMembers   = 24
	reportWeightMax = 2_000_000
)

// linkReport gathers what the page of a run shows.
func (c *LinkRunCmd) linkReport(f *model.Frame, res *model.Result, fig *model.Figures) *report.Linkage {
	m := res.Model
	l := &report.Linkage{Files: f.Sources, Records: f.Rows(), Candidates: res.Scored, Largest: res.Largest, Refused: res.Refused,
		Threshold: c.Threshold, JoinAt: c.ClusterAt, Prior: model.Weight(m.Lambda), OneIn: 1 / m.Lambda, Notes: m.Notes}
	for _, field := range m.Fields {
		lf := report.LinkageField{Name: field.Name, Kind: string(field.Kind), From: join(field.Inputs)}
		for i := len(field.Levels) - 1; i >= 0; i-- {
			if x := field.Levels[i]; x.M >= 1e-5 || x.U >= 1e-5 {
				lf.Levels = append(lf.Levels, report.LinkageLevel{Name: x.Name, M: x.M, U: x.U, W: x.Weight()})
			}
		}
		l.Fields = append(l.Fields, lf)
	}
	for _, b := range res.Blocks {
		l.Rules = append(l.Rules, report.LinkageRule{Name: b.Rule, Pairs: b.Pairs, Kept: b.Kept, Split: b.Split, Capped: b.Capped})
	}
	step := len(res.Edges)/reportWeightMax + 1
	for i, e := range res.Edges {
		if e.Weight >= res.EdgeWeight {
			l.Kept++
			if i%step == 0 {
				l.Weights = append(l.Weights, float64(e.Weight))
			}
		}
	}
	c.reportPairs(l, f, res)
	reportGroups(l, f, res)
	self := res.SelfWeights(f)
	for r, w := range self {
		if w < res.EdgeWeight {
			l.Unlinkable++
			if len(l.Examples) < reportExamples {
				l.Examples = append(l.Examples, recordOf(f, uint32(r)))
			}
		}
	}
	if fig != nil {
		counts := func(s model.Score) string { return fmt.Sprintf("%d right, %d wrong, %d missed", s.TP, s.FP, s.FN) }
		four := func(x float64) string { return fmt.Sprintf("%.4f", x) }
		l.Figures = []report.LinkageFigure{
			{Name: "edges", Precision: four(fig.Edge.Precision), Recall: four(fig.Edge.Recall), F1: four(fig.Edge.F1), Counts: counts(fig.Edge)},
			{Name: "clusters", Precision: four(fig.Cluster.Precision), Recall: four(fig.Cluster.Recall), F1: four(fig.Cluster.F1), Counts: counts(fig.Cluster)},
			{Name: "B-cubed", Precision: four(fig.B3.Precision), Recall: four(fig.B3.Recall), F1: four(fig.B3.F1)},
		}
	}
	return l
}

func join(names []string) string {
	out := ""
	for i, n := range names {
		if i > 0 {
			out += ", "
		}
		out += n
	}
	return out
}

func idOf(f *model.Frame, r uint32) string {
	if len(f.Sources) == 1 {
		return string(f.ID(r))
	}
	return f.Sources[f.Source(r)] + " " + string(f.ID(r))
}

func recordOf(f *model.Frame, r uint32) report.LinkageRecord {
	out := report.LinkageRecord{ID: idOf(f, r)}
	for i, code := range f.Row(r) {
		if code != 0 {
			out.Values = append(out.Values, string(f.Dicts[i].Value(code)))
		}
	}
	return out
}

// reportPairs takes the strongest pair, the middle one and those nearest to the thresholds.
func (c *LinkRunCmd) reportPairs(l *report.Linkage, f *model.Frame, res *model.Result) {
	if l.Kept == 0 {
		return
	}
	nearest := func(to float32) int {
		best, gap := -1, math.Inf(1)
		for i, e := range res.Edges {
			if g := math.Abs(float64(e.Weight - to)); e.Weight >= res.EdgeWeight && g < gap {
				best, gap = i, g
			}
		}
		return best
	}
	top := slices.Max(l.Weights)
	middle := slices.Clone(l.Weights)
	slices.Sort(middle)
	taken := map[int]bool{}
	for _, want := range []struct {
		why string
		at  float32
	}{{"the strongest pair", float32(top)}, {"in the middle of all pairs", float32(middle[len(middle)/2])},
		{"nearest to the weight that joins clusters", res.JoinWeight}, {"nearest to the least weight listed", res.EdgeWeight}} {
		i := nearest(want.at)
		if i < 0 || taken[i] {
			continue
		}
		taken[i] = true
		e := res.Edges[i]
		p := report.LinkagePair{Why: want.why, A: idOf(f, e.A), B: idOf(f, e.B), Weight: float64(e.Weight), Probability: e.Probability()}
		for _, s := range res.Explain(f, e.A, e.B) {
			p.Steps = append(p.Steps, report.LinkageStep{Field: s.Field, Level: s.Level, A: s.A, B: s.B, Weight: s.Weight})
		}
		l.Pairs = append(l.Pairs, p)
	}
}

// reportGroups counts the clusters and draws the largest.
func reportGroups(l *report.Linkage, f *model.Frame, res *model.Result) {
	size := make([]uint32, f.Rows())
	for _, n := range res.Cluster {
		size[n]++
	}
	var largest []uint32
	for n, s := range size {
		if s < 2 {
			continue
		}
		l.Groups++
		l.Grouped += int(s)
		largest = append(largest, uint32(n))
		if len(largest) > 4*reportClusters {
			largest = keepLargest(largest, size)
		}
	}
	largest = keepLargest(largest, size)
	place := map[uint32][2]int{} // record → cluster and place in it
	for k, n := range largest {
		l.Clusters = append(l.Clusters, report.LinkageCluster{})
		for r, x := range res.Cluster {
			if x == n && len(l.Clusters[k].Members) < reportMembers {
				place[uint32(r)] = [2]int{k, len(l.Clusters[k].Members)}
				l.Clusters[k].Members = append(l.Clusters[k].Members, recordOf(f, uint32(r)))
			}
		}
	}
	for _, e := range res.Edges {
		a, okA := place[e.A]
		b, okB := place[e.B]
		if okA && okB && a[0] == b[0] && e.Weight >= res.EdgeWeight {
			c := &l.Clusters[a[0]]
			c.Edges = append(c.Edges, report.LinkageEdge{A: a[1], B: b[1], Weight: float64(e.Weight), Joins: e.Weight >= res.JoinWeight})
		}
	}
}

func keepLargest(clusters, size []uint32) []uint32 {
	slices.SortStableFunc(clusters, func(x, y uint32) int {
		if size[x] != size[y] {
			return int(size[y]) - int(size[x])
		}
		return int(x) - int(y)
	})
	return clusters[:min(len(clusters), reportClusters)]
}

func writeLinkReport(path string, l *report.Linkage) error {
	return writeFile(path, func(w io.Writer) error { return report.WriteLinkage(w, l) })
}
