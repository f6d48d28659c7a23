package index

import (
	"math/bits"
	"runtime"
	"slices"
	"sync"

	"bonafide/link"
)

// sharing says of a value whether it is worth linking by: several records have it, or, of a text, several and not too many. It says
// yes of a few others too, whose first bits are those of one that is, and never no of one that is.
type sharing struct {
	shift         uint
	several, some []uint64 // a bit for the first bits of a value
}

const (
	sharingSlots = 128 // for each record: two in a hundred say yes without being shared
	sharingLeast = 22  // bits: buckets then begin at words of their own
	sharingMost  = 32
)

// sharing reads all segments once; the delta must be empty.
func (x *Index) sharing() (*sharing, error) {
	n := min(max(bits.Len(uint(sharingSlots*x.live)), sharingLeast), sharingMost)
	s := &sharing{shift: uint(64 - n), several: make([]uint64, 1<<(n-6)), some: make([]uint64, 1<<(n-6))}
	crowds, err := crowdsOf(x.segs, tableKeys)
	if err != nil {
		return nil, err
	}
	for _, c := range crowds {
		s.set(s.several, c.value)
	}
	cores := runtime.GOMAXPROCS(0)
	errs := make([]error, cores)
	var wg sync.WaitGroup
	for core := range cores {
		wg.Go(func() {
			var words []uint64
			for b := core * buckets / cores; b < (core+1)*buckets/cores && errs[core] == nil; b++ {
				words, errs[core] = x.gather(words[:0], x.segs, tableKeys, b)
				s.bucket(b, words)
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

// bucket takes in the sorted words of one bucket.
func (s *sharing) bucket(b int, words []uint64) {
	for lo := 0; lo < len(words); {
		hi := lo + 1
		for hi < len(words) && words[hi]>>32 == words[lo]>>32 {
			hi++
		}
		if v := valueOf(b, words[lo]); hi-lo > 1 {
			s.set(s.several, v)
			if hi-lo <= textMost {
				s.set(s.some, v)
			}
		}
		lo = hi
	}
}

func (s *sharing) set(in []uint64, v uint64)      { in[v>>s.shift/64] |= 1 << (v >> s.shift % 64) }
func (s *sharing) has(in []uint64, v uint64) bool { return in[v>>s.shift/64]&(1<<(v>>s.shift%64)) != 0 }

// only leaves of a profile what may link it, and counts its other keys. Texts stand where linking looks for them afterwards.
func (s *sharing) only(p *link.Profile, alone func(link.Key)) {
	var room [32]uint64
	counted := room[:0] // each once, under its smallest kind
	keys := p.Keys[:0]
	for _, k := range p.Keys {
		switch {
		case s.has(s.several, k.Value):
			keys = append(keys, k)
		case !slices.Contains(counted, k.Value):
			counted = append(counted, k.Value)
			alone(k)
		}
	}
	p.Keys = keys
	texts := p.Sentences[:0]
	for _, t := range p.Sentences {
		if s.has(s.some, t.Value) {
			t.Value = spread(t.Value)
			texts = append(texts, t)
		}
	}
	p.Sentences = texts
}
