package model

import (
	"errors"
	"math"
)

// Options of a run. The zero value is what `bonafide link` does without flags.
type Options struct {
	Model     *Model  // nil: train one from the frame
	Seed      uint64  // of every random choice
	Threshold float64 // least probability of a pair in Edges; 0: 0.5
	ClusterAt float64 // least probability of an edge that may join clusters; 0: DefaultClusterAt
	LinkOnly  bool    // pairs only across files
	// Progress hears of each stage; it must be quick. Stages come in the order of the work.
	Progress func(stage string, done, total int64)
	// Keep, when given, remembers what is finished, so that an interrupted run can go on.
	Keep Checkpoint
}

// Checkpoint keeps the model and the edges of every finished rule of one run.
type Checkpoint interface {
	LoadModel() (*Model, bool)
	SaveModel(*Model) error
	LoadRule(k int) (RuleResult, bool)
	SaveRule(k int, r RuleResult) error
}

// RuleResult is what one blocking rule found.
type RuleResult struct {
	Edges []Edge
	Note  BlockNote
	Large []uint64 // keys of blocks that were split
}

// Thresholds, fixed beforehand: a pair is shown when it is more likely than not, and
// joins clusters when it is at least nine times as likely to be one person as to be two.
const (
	DefaultThreshold = 0.5
	DefaultClusterAt = 0.9
	DefaultAloneAt   = 0.75 // joins two records that are both still alone: three times as likely one as two
)

// Result of a run.
type Result struct {
	Model      *Model
	Edges      []Edge   // at or over the lower of both thresholds, by record
	EdgeWeight float32  // weight of Threshold
	JoinWeight float32  // weight of ClusterAt
	Cluster    []uint32 // per record the smallest record number of its cluster
	Blocks     []BlockNote
	Scored     int64 // candidate pairs looked at in the final pass
	Refused    int64 // joins refused because the evidence across the clusters spoke against it
	Largest    int   // records in the largest cluster
	score      *scorer
}

// Train learns a model from the frame alone.
func Train(f *Frame, opt Options) (*Model, error) { return train(f, opt) }

// Link scores and clusters the frame, training first when there is no model.
func Link(f *Frame, opt Options) (*Result, error) {
	if opt.Threshold == 0 {
		opt.Threshold = DefaultThreshold
	}
	if opt.ClusterAt == 0 {
		opt.ClusterAt = DefaultClusterAt
	}
	if !(opt.Threshold > 0 && opt.Threshold < 1 && opt.ClusterAt > 0 && opt.ClusterAt < 1) {
		return nil, errors.New("model: thresholds lie between 0 and 1")
	}
	m := opt.Model
	if m == nil && opt.Keep != nil {
		m, _ = opt.Keep.LoadModel()
	}
	if m == nil {
		var err error
		if m, err = train(f, opt); err != nil {
			return nil, err
		}
		if opt.Keep != nil {
			if err := opt.Keep.SaveModel(m); err != nil {
				return nil, err
			}
		}
	}
	if n := float64(f.rows); len(m.Rules) == 0 && n*(n-1)/2 > 20*allPairs {
		return nil, errors.New("model: no blocking rule parts the table (its columns hold too few different values), and it is too large to compare every pair")
	}
	if len(m.Fields) != len(f.Fields) {
		return nil, errors.New("model: the frame was built for other fields")
	}
	res := &Result{Model: m, EdgeWeight: float32(prior(opt.Threshold)), JoinWeight: float32(prior(opt.ClusterAt))}
	var people [][]uint32
	entities := 0.0
	rounds := 1
	if f.rows <= recountRows {
		rounds = 2
	}
	for round := range rounds {
		res.score = newScorer(f, m, people, entities)
		d := &finder{frame: f, score: res.score, linkOnly: opt.LinkOnly, floor: min(res.EdgeWeight, res.JoinWeight, float32(prior(DefaultAloneAt)))}
		if opt.Progress != nil {
			opt.Progress("scoring", 0, int64(len(m.Rules)))
			d.progress = func(done, total int64) { opt.Progress("scoring", done, total) }
		}
		keys := newKeyTables(f)
		for _, r := range m.Rules {
			d.rules = append(d.rules, keys.rule(r))
			d.names = append(d.names, r.String())
		}
		if rounds == 1 {
			d.keep = opt.Keep
		}
		var err error
		if res.Edges, err = d.all(); err != nil {
			return nil, err
		}
		res.Blocks, res.Scored = d.notes, d.scored
		if opt.Progress != nil {
			opt.Progress("clustering", 0, 1)
		}
		c := cluster(f, res.score, res.Edges, res.JoinWeight, min(float32(prior(DefaultAloneAt)), res.JoinWeight))
		res.Refused, res.Largest = c.refused, max(1, c.maxSize)
		res.Cluster = c.number()
		if round+1 < rounds {
			people, entities = countPeople(f, res.Cluster)
		}
	}
	return res, nil
}

// recountRows: up to so many records a second pass counts how many people, not records, have a value. In a
// small table one person's ten copies make a rare value look common; in a large one they do not.
const recountRows = 300_000

// countPeople counts for every value the clusters it appears in.
func countPeople(f *Frame, cluster []uint32) ([][]uint32, float64) {
	out := make([][]uint32, len(f.Fields))
	entities := map[uint32]bool{}
	for _, c := range cluster {
		entities[c] = true
	}
	for i := range f.Fields {
		out[i] = make([]uint32, len(f.Dicts[i].Count))
		last := make(map[uint64]bool)
		for r := range cluster {
			code := f.Row(uint32(r))[i]
			k := uint64(code)<<32 | uint64(cluster[r])
			if code != 0 && !last[k] {
				last[k] = true
				out[i][code]++
			}
		}
	}
	return out, float64(len(entities))
}

// Weight of a probability in bits.
func Weight(p float64) float64 { return math.Log2(p / (1 - p)) }

// FieldStep is one line of a pair's explanation.
type FieldStep struct {
	Field  string
	Level  string // "not known" when a side is missing
	A, B   string // the values as they were compared
	Weight float64
	Capped bool // the household fields together give less than their sum; see Step "household"
}

// Explain lists what each field adds to the weight of a pair, in the order of the fields. The first
// step is the prior, a last one corrects for household fields when they are capped; the steps add up to the pair's weight.
func (res *Result) Explain(f *Frame, a, b uint32) []FieldStep {
	s := res.score
	ra, rb := f.Row(a), f.Row(b)
	steps := []FieldStep{{Field: "before any comparison", Level: "chance of a match in this table", Weight: float64(s.priorOf(a, b))}}
	p := f.pattern(ra, rb)
	namesakes := s.core.namesakes(p)
	home, contact := 0.0, 0.0
	for i, field := range f.Fields {
		l := levelIn(p, i)
		step := FieldStep{Field: field.Name, Level: "not known", A: string(f.Dicts[i].Value(ra[i])), B: string(f.Dicts[i].Value(rb[i]))}
		if l != levelNull {
			w := s.one(i, l, ra, rb)
			if s.whole[i] && s.core.otherPerson(p) {
				w = min(w, s.weight[i][levelElse])
			}
			if namesakes > 0 && s.named[i] {
				w = min(w, s.alike[i][namesakes-1][l])
			}
			step.Level, step.Weight = field.Kind.levels()[l], float64(w)
			if s.shared[i] {
				home += float64(w)
			} else if s.contact[i] {
				contact += max(float64(w), 0)
			}
		}
		steps = append(steps, step)
	}
	if s.core.otherPerson(p) {
		if shared := max(home, 0) + contact; shared > 0 {
			steps = append(steps, FieldStep{Field: "household", Level: "one family name, other given names: address, telephone and mailbox may be a family's or an office's", Weight: -shared, Capped: true})
		}
	} else if home > float64(s.cap) {
		steps = append(steps, FieldStep{Field: "household", Level: "family name and address are shared by families too", Weight: float64(s.cap) - home, Capped: true})
	}
	return steps
}

// SelfWeights is, for every record, the weight it would have beside an equal twin: below the threshold it
// holds too little to be linked to anything.
func (res *Result) SelfWeights(f *Frame) []float32 {
	out := make([]float32, f.rows)
	for r := range out {
		row := f.Row(uint32(r))
		e, _ := res.score.evidence(row, row)
		out[r] = e + res.score.priorOf(uint32(r), uint32(r))
	}
	return out
}
