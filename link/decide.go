package link

import (
	"io"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// Decision is what a named person decided about two records: that they do not
// belong together, or that they do. It is an edge with a reason. Linking heeds
// it in every run, whatever the evidence says; nothing else undoes it than a
// later decision about the same two.
type Decision struct {
	Op     string `json:"op"` // split, join
	A      string `json:"a"`  // record name: on a split the one that is taken out
	B      string `json:"b"`
	By     string `json:"by"`
	Reason string `json:"reason"`
	At     string `json:"at"` // RFC 3339
}

const (
	longestDecision = 64 << 10
	mostDecisions   = 1_000_000
)

// ReadDecisions reads JSON lines, strictly. The first error stops; it names the
// line and the member, never a value.
func ReadDecisions(r io.Reader, where string) ([]Decision, error) {
	var all []Decision
	err := record.EachLine(r, where, longestDecision, func(at string, line []byte) error {
		if len(all) == mostDecisions {
			return record.Invalid(at, "more decisions than a file may hold (a million)")
		}
		var d Decision
		if err := json.Unmarshal(line, &d, json.RejectUnknownMembers(true)); err != nil {
			return record.Invalid(at, "is not a decision: an object of op, a, b, by, reason and at, all text, each once")
		}
		if what := d.lacks(); what != "" {
			return record.Invalid(at, what)
		}
		all = append(all, d)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

func (d *Decision) lacks() string {
	switch {
	case d.Op != "split" && d.Op != "join":
		return "op is neither split nor join"
	case d.A == "" || d.B == "" || d.A == d.B:
		return "a and b are not two records"
	case strings.TrimSpace(d.By) == "":
		return "by is empty: a named person decides"
	case strings.TrimSpace(d.Reason) == "":
		return "reason is empty"
	}
	if _, err := time.Parse(time.RFC3339, d.At); err != nil {
		return "at is not a time such as 2026-03-02T09:14:05Z"
	}
	return ""
}

// said is a decision in a few words, for a face.
func (d *Decision) said() string {
	return d.Op + ": " + d.By + ", " + d.At[:len("2006-01-02")] + ": " + d.Reason
}

// Decide hands over what persons decided, in any order; of several about the
// same two the latest stands. Decisions about records that did not come in are
// kept for the run in which they do.
func (b *Builder) Decide(all []Decision) {
	for _, d := range all {
		key := [2]string{min(d.A, d.B), max(d.A, d.B)}
		if old, ok := b.decided[key]; !ok || d.At > old.At || d.At == old.At && d.said() > old.said() {
			b.decided[key] = d
		}
	}
}

// decision is one that concerns two identities of this run.
type decision struct {
	a, b uint32
	Decision
}

// decisions finds the identities that were decided about.
func (e *evaluation) decisions() (splits, joins []decision) {
	if len(e.b.decided) == 0 {
		return nil, nil
	}
	asked := map[string]uint32{}
	for key := range e.b.decided {
		asked[key[0]], asked[key[1]] = 0, 0
	}
	for i := range e.b.subjects {
		if _, ok := asked[e.b.subjects[i].name]; ok && !e.b.dropped[uint32(i)] {
			asked[e.b.subjects[i].name] = e.g.ident.find(uint32(i)) + 1
		}
	}
	for _, d := range e.b.decided {
		a, b := asked[d.A], asked[d.B]
		switch {
		case a == 0 || b == 0 || a == b:
		case d.Op == "join":
			joins = append(joins, decision{a - 1, b - 1, d})
		default:
			splits = append(splits, decision{a - 1, b - 1, d})
		}
		if a != 0 && b != 0 {
			e.g.decided[pairKey(a-1, b-1)] = d.said()
		}
	}
	return splits, joins
}

// clusterAsDecided clusters, then again without the ties between whom a person
// took out and the group they stood in, until no split is overruled. What is
// joined by a person is joined last.
func (e *evaluation) clusterAsDecided() {
	splits, joins := e.decisions()
	e.parted = map[uint64]bool{}
	one := e.cluster()
	all := e.ties // whoever asks sees them still
	for range splits {
		barred := map[uint64]bool{}
		for _, d := range splits {
			if root := e.g.clusterOf(d.a); root != 0 && root == e.g.clusterOf(d.b) {
				barred[uint64(d.a)<<32|uint64(root)] = true
				for x, c := range e.g.clusters {
					if c == root {
						e.parted[pairKey(d.a, x)] = true
					}
				}
			}
		}
		if len(barred) == 0 {
			break
		}
		kept := make([]tie, 0, len(e.ties))
		for _, t := range e.ties {
			if !barred[uint64(t.a)<<32|uint64(e.g.clusterOf(t.b))] && !barred[uint64(t.b)<<32|uint64(e.g.clusterOf(t.a))] {
				kept = append(kept, t)
			}
		}
		e.ties = kept
		one = e.cluster()
	}
	e.ties = append(all, e.shown...)
	e.sortTies()
	for _, d := range joins {
		one.union(d.a, d.b)
	}
	if len(joins) > 0 {
		e.nameClusters(one)
	}
}
