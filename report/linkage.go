package report

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"html/template"
	"io"
	"math"
)

//go:embed linkage.tmpl
var linkageTemplate string

//go:embed linkage.css
var linkageStyle string

// Linkage is what the page of one linkage run shows: how the weights came
// about, why a pair was joined, what clusters look like, and what cannot be linked at all. Weights are in bits.
type Linkage struct {
	Files      []string
	Records    int
	Candidates int64
	Kept       int // pairs at or over the threshold
	Groups     int // clusters of two or more records
	Grouped    int // records in them
	Largest    int
	Refused    int64
	Threshold  float64 // probability
	JoinAt     float64 // probability
	Prior      float64 // weight of the prior
	OneIn      float64 // one pair in so many is expected to be one person
	Fields     []LinkageField
	Rules      []LinkageRule
	Notes      []string
	Weights    []float64 // of all kept pairs, for the chart of thresholds
	Pairs      []LinkagePair
	Clusters   []LinkageCluster
	Unlinkable int // records that could not reach the threshold even with an equal twin
	Examples   []LinkageRecord
	Figures    []LinkageFigure // only when the truth was given
}

// LinkageField is one compared field with its levels, best first.
type LinkageField struct {
	Name, Kind, From string
	Levels           []LinkageLevel
}

// LinkageLevel is one outcome of a comparison.
type LinkageLevel struct {
	Name    string
	M, U, W float64
}

// LinkageRule is one blocking rule and what it did.
type LinkageRule struct {
	Name                       string
	Pairs, Kept, Split, Capped int64
}

// LinkagePair is a pair with the steps of its weight.
type LinkagePair struct {
	Why, A, B   string
	Weight      float64
	Probability float64
	Steps       []LinkageStep
}

// LinkageStep adds Weight to a pair.
type LinkageStep struct {
	Field, Level, A, B string
	Weight             float64
}

// LinkageRecord is a record with its values as they were compared.
type LinkageRecord struct {
	ID     string
	Values []string
}

// LinkageCluster is one cluster with the edges inside it.
type LinkageCluster struct {
	Members []LinkageRecord
	Edges   []LinkageEdge
}

// LinkageEdge joins two members by their place in the cluster.
type LinkageEdge struct {
	A, B   int
	Weight float64
	Joins  bool // strong enough to join clusters
}

// LinkageFigure is one measured line.
type LinkageFigure struct{ Name, Precision, Recall, F1, Counts string }

// WriteLinkage writes the page: one file that asks no network for anything and runs no script.
func WriteLinkage(w io.Writer, l *Linkage) error {
	t, err := template.New("linkage").Funcs(template.FuncMap{
		"bits":    func(x float64) string { return fmt.Sprintf("%+.1f", x) },
		"share":   shareText,
		"many":    manyText,
		"bar":     func(w float64) bar { return barOf(w, l.span()) },
		"flow":    flowOf,
		"curve":   func() curve { return curveOf(l) },
		"circle":  circleOf,
		"percent": func(p float64) string { return fmt.Sprintf("%.4g", p) },
		"inc":     func(i int) int { return i + 1 },
	}).Parse(linkageTemplate)
	if err != nil {
		return err
	}
	style := linkageStyle
	for _, name := range []string{"page/page.css", "page/tokens.css"} {
		css, err := pageFiles.ReadFile(name)
		if err != nil {
			return err
		}
		style = string(css) + "\n" + style
	}
	sum := sha256.Sum256([]byte(style))
	out := bufio.NewWriterSize(w, 64<<10)
	fmt.Fprintf(out, `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>%s · bonafide link</title>
<style>%s</style>
</head>
<body>
`, base64.StdEncoding.EncodeToString(sum[:]), html.EscapeString(fmt.Sprintf("%d records", l.Records)), style)
	if err := t.Execute(out, l); err != nil {
		return err
	}
	fmt.Fprint(out, "</body>\n</html>\n")
	return out.Flush()
}

// span is the largest weight of a level, for a common scale of all bars.
func (l *Linkage) span() float64 {
	most := 1.0
	for _, f := range l.Fields {
		for _, x := range f.Levels {
			most = max(most, math.Abs(x.W))
		}
	}
	return most
}

func shareText(x float64) string {
	switch {
	case x >= 0.001:
		return fmt.Sprintf("%.1f %%", x*100)
	case x > 0:
		return fmt.Sprintf("1 in %s", manyText(int64(math.Round(1/x))))
	}
	return "never"
}

func manyText(n any) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + " " + s[i:]
	}
	return s
}

// bar is a horizontal bar from a middle line, in a box of 200 by 12.
type bar struct{ X, W float64 }

func barOf(weight, span float64) bar {
	w := math.Abs(weight) / span * 98
	if weight < 0 {
		return bar{100 - w, w}
	}
	return bar{100, w}
}

// flow is a waterfall: every step starts where the last one ended.
type flow struct {
	Height int
	Zero   float64
	Steps  []flowStep
}

type flowStep struct {
	LinkageStep
	X, W, Y, Mid float64
	Sum, Up      bool
}

func flowOf(p LinkagePair) flow {
	low, high, at := 0.0, 0.0, 0.0
	for _, s := range p.Steps {
		at += s.Weight
		low, high = min(low, at), max(high, at)
	}
	scale := 300 / max(high-low, 1)
	f := flow{Zero: -low * scale}
	at = 0
	add := func(s LinkageStep, from, to float64, sum bool) {
		f.Steps = append(f.Steps, flowStep{LinkageStep: s, X: (min(from, to) - low) * scale, W: max(math.Abs(to-from)*scale, 1),
			Y: float64(len(f.Steps)*20 + 3), Mid: float64(len(f.Steps)*20 + 14), Sum: sum, Up: to >= from})
	}
	for _, s := range p.Steps {
		add(s, at, at+s.Weight, false)
		at += s.Weight
	}
	add(LinkageStep{Field: "together", Weight: at}, 0, at, true)
	f.Height = len(f.Steps) * 20
	return f
}

// curve shows how many pairs stand at or over each weight.
type curve struct {
	Points     string
	Ticks      []tick
	Lines      []tick
	Top        string
	Everything string
}

type tick struct {
	X    float64
	Text string
}

func curveOf(l *Linkage) curve {
	const width, height = 600.0, 160.0
	if len(l.Weights) == 0 {
		return curve{}
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, w := range l.Weights {
		low, high = min(low, w), max(high, w)
	}
	low = math.Floor(min(low, math.Log2(l.Threshold/(1-l.Threshold))))
	high = math.Ceil(max(high, low+1))
	const bins = 120
	var count [bins + 1]int
	for _, w := range l.Weights {
		count[min(bins, int((w-low)/(high-low)*bins))]++
	}
	for i := bins - 1; i >= 0; i-- {
		count[i] += count[i+1]
	}
	c := curve{Top: manyText(count[0])}
	for i, n := range count {
		c.Points += fmt.Sprintf("%.1f,%.1f ", float64(i)/bins*width, height-float64(n)/float64(count[0])*(height-10))
	}
	x := func(w float64) float64 { return (w - low) / (high - low) * width }
	step := math.Ceil((high - low) / 8)
	for w := math.Ceil(low); w <= high; w += step {
		c.Ticks = append(c.Ticks, tick{min(max(x(w), 8), width-8), fmt.Sprintf("%g", w)})
	}
	c.Lines = []tick{
		{x(math.Log2(l.Threshold / (1 - l.Threshold))), fmt.Sprintf("listed from %g", l.Threshold)},
		{x(math.Log2(l.JoinAt / (1 - l.JoinAt))), fmt.Sprintf("joins from %g", l.JoinAt)},
	}
	return c
}

// ringPicture places the members of a cluster on a circle.
type ringPicture struct {
	Nodes []ringNode
	Lines []ringLine
}

type ringNode struct {
	X, Y float64
	N    int
}

type ringLine struct {
	X1, Y1, X2, Y2 float64
	Thin           bool
}

func circleOf(c LinkageCluster) ringPicture {
	var r ringPicture
	n := float64(len(c.Members))
	for i := range c.Members {
		a := 2*math.Pi*float64(i)/n - math.Pi/2
		r.Nodes = append(r.Nodes, ringNode{100 + 78*math.Cos(a), 100 + 78*math.Sin(a), i + 1})
	}
	for _, e := range c.Edges {
		a, b := r.Nodes[e.A], r.Nodes[e.B]
		r.Lines = append(r.Lines, ringLine{a.X, a.Y, b.X, b.Y, !e.Joins})
	}
	return r
}
