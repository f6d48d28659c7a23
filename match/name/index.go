package name

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// Index finds the names of a list that resemble a name. Words of the list are
// weighted by their rarity in it. It is immutable and safe for concurrent use.
//
// A query word reaches list words through hashed keys: the text, the skeleton,
// the skeleton with one letter left out (which finds every single slip), the
// consonant frame, the variant groups; whole names are also reached through
// neighbours written as one word and through Korean and Chinese readings.
// What the keys bring up is then compared in full.
type Index struct {
	names    []Name
	entity   []int32
	tokens   []*token
	dict     map[string]int32 // text and kind to token
	postings lookup           // token number → names
	words    lookup           // key of a word → tokens
	wholes   lookup           // key of a joined word or a reading → names
	scratch  sync.Pool
	memory   *memory
}

// Hit is one entity found, with the name of it that came nearest.
type Hit struct {
	Entity     int
	Name       int // number of the name in the order of adding
	Similarity float64
}

// Builder collects names for an Index.
type Builder struct {
	ix   Index
	df   []int32
	seen map[int32]bool
}

// NewBuilder starts an empty index.
func NewBuilder() *Builder {
	return &Builder{ix: Index{dict: map[string]int32{}}, seen: map[int32]bool{}}
}

// Add enters one name of an entity; entities are numbered by the caller.
func (b *Builder) Add(entity int, text string, schema Schema) {
	n := parse(text, schema, b.token)
	b.ix.names = append(b.ix.names, n)
	b.ix.entity = append(b.ix.entity, int32(entity))
	clear(b.seen)
	for _, t := range n.tokens {
		id := b.ix.dict[dictKey(t.text, t.kind, t.native)]
		if !b.seen[id] {
			b.seen[id] = true
			b.df[id]++
		}
	}
}

func dictKey(text string, k kind, native script) string {
	return text + string([]byte{0, byte(k), byte(native >> 2 & 0x7f)})
}

func (b *Builder) token(text string, k kind, native script) *token {
	key := dictKey(text, k, native)
	if id, ok := b.ix.dict[key]; ok {
		return b.ix.tokens[id]
	}
	t := newToken(text, k, native)
	t.kept = true
	b.ix.dict[key] = int32(len(b.ix.tokens))
	b.ix.tokens = append(b.ix.tokens, t)
	b.df = append(b.df, 0)
	return t
}

// Build weighs the words and makes the look-up tables. The Builder must not be
// used afterwards.
func (b *Builder) Build() *Index {
	ix := &b.ix
	ix.memory = newMemory()
	n := float64(len(ix.names) + 1)
	for id, t := range ix.tokens {
		if t.kind == kindPlain || t.kind == kindEveryday {
			t.weight *= rarity(float64(b.df[id]), n)
		}
	}
	var posts, words, wholes []pairKV
	for i := range ix.names {
		nm := &ix.names[i]
		nm.total = 0
		for _, t := range nm.tokens {
			nm.total += t.weight
			if t.weight >= 0.15 {
				posts = append(posts, pairKV{uint32(ix.dict[dictKey(t.text, t.kind, t.native)]), uint32(i)})
			}
		}
		wholeKeys(nm, func(k uint32) { wholes = append(wholes, pairKV{k, uint32(i)}) })
	}
	for id, t := range ix.tokens {
		if t.weight >= 0.15 && t.kind != kindInitial {
			wordKeys(t, func(k uint32) { words = append(words, pairKV{k, uint32(id)}) })
		}
	}
	ix.postings, ix.words, ix.wholes = newLookup(posts), newLookup(words), newLookup(wholes)
	ix.scratch.New = func() any {
		return &search{acc: make([]float32, len(ix.names)), last: make([]uint32, len(ix.names)), met: make([]uint32, len(ix.tokens))}
	}
	return ix
}

// rarity is the weight of a word by the share of names that have it: 1 for a
// word met once, falling with the logarithm, never below 0.4.
func rarity(df, n float64) float32 {
	if df < 1 {
		df = 1
	}
	idf := math.Log(n/df) / math.Log(max(n, 10))
	return float32(max(0.4, 0.35+0.65*idf))
}

// Len is the number of names.
func (ix *Index) Len() int { return len(ix.names) }

// Parse reads a query so that words of the list bring their rarity along.
func (ix *Index) Parse(s string, schema Schema) Name {
	return parse(s, schema, func(text string, k kind, native script) *token {
		var buf [maxNameBytes + 3]byte
		key := append(append(buf[:0], text...), 0, byte(k), byte(native>>2&0x7f))
		if id, ok := ix.dict[string(key)]; ok {
			return ix.tokens[id]
		}
		return ix.memory.token(key, text, k, native)
	})
}

// search is the working memory of one query.
type search struct {
	acc   []float32 // weight found per name
	last  []uint32  // stamp of the query word that added last
	met   []uint32  // stamp per token
	stamp uint32
	names []uint32 // names touched
	near  []nearWord
	cands []candidate
}

type nearWord struct {
	id  uint32
	sim float32
}

type candidate struct {
	name  uint32
	bound float32
}

// maxCandidates bounds the full comparisons of one query.
const maxCandidates = 64

// Search returns the entities whose best name reaches floor, best first, at
// most limit of them (0: all found).
func (ix *Index) Search(q Name, floor float64, limit int) []Hit {
	if len(q.tokens) == 0 || len(ix.names) == 0 {
		return nil
	}
	s := ix.scratch.Get().(*search)
	defer ix.scratch.Put(s)
	ix.gather(&q, s)
	ix.choose(&q, s, float32(floor))
	var al alignment
	var hits []Hit
	for _, c := range s.cands {
		nm := &ix.names[c.name]
		align(&q, nm, &al)
		if sc := float64(al.score(&q, nm)); sc >= floor && sc > 0 {
			hits = append(hits, Hit{int(ix.entity[c.name]), int(c.name), sc})
		}
	}
	return bestPerEntity(hits, limit)
}

// bestPerEntity sorts by similarity, then by order of adding.
func bestPerEntity(hits []Hit, limit int) []Hit {
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Similarity, a.Similarity), a.Name-b.Name)
	})
	out := hits[:0]
	for _, h := range hits {
		dup := false
		for _, o := range out {
			if o.Entity == h.Entity {
				dup = true
				break
			}
		}
		if !dup {
			out = append(out, h)
		}
		if limit > 0 && len(out) == limit {
			break
		}
	}
	return out
}

// Explain compares a query with one name of the list and says why.
func (ix *Index) Explain(q Name, name int, qa, qb Qualifiers) Result {
	return Compare(q, ix.names[name], qa, qb)
}

// gather adds up, per name of the list, the weight of the query's words in it.
func (ix *Index) gather(q *Name, s *search) {
	for _, n := range s.names {
		s.acc[n] = 0
	}
	s.names = s.names[:0]
	if s.stamp > math.MaxUint32-64 { // start the stamps anew
		clear(s.last)
		clear(s.met)
		s.stamp = 0
	}
	for _, t := range q.tokens {
		if t.kind == kindInitial || t.weight < 0.15 {
			continue
		}
		s.stamp++
		ix.similarWords(t, s)
		for _, nw := range s.near {
			ix.addPostings(s, nw.id, nw.sim*max(t.weight, ix.tokens[nw.id].weight))
		}
	}
	ix.gatherJoined(q, s)
	wholeKeys(q, func(k uint32) {
		s.stamp++
		for _, n := range ix.wholes.get(k) {
			s.add(n, ix.names[n].total)
		}
	})
}

func (ix *Index) addPostings(s *search, id uint32, w float32) {
	for _, n := range ix.postings.get(id) {
		s.add(n, w)
	}
}

func (s *search) add(n uint32, w float32) {
	if s.last[n] == s.stamp {
		return // a better word of the list was counted for this query word
	}
	s.last[n] = s.stamp
	if s.acc[n] == 0 {
		s.names = append(s.names, n)
	}
	s.acc[n] += w
}

// gatherJoined looks up one query word as several of the list, and neighbours
// of the query as one word of the list.
func (ix *Index) gatherJoined(q *Name, s *search) {
	var buf, sk [64]byte
	for i, t := range q.tokens {
		if len(t.text) >= 5 && t.kind == kindPlain {
			s.stamp++
			for _, n := range ix.wholes.get(hashKey('j', t.skel)) {
				s.add(n, t.weight*1.5)
			}
		}
		got := append(buf[:0], t.text...)
		for j := i + 1; j < len(q.tokens) && j < i+3; j++ {
			if len(got)+len(q.tokens[j].text) > 40 || q.tokens[j].kind == kindLegal || t.kind == kindLegal {
				break
			}
			got = append(got, q.tokens[j].text...)
			if len(got) < 5 {
				continue
			}
			s.stamp++
			for _, id := range ix.words.get(hashKey('s', string(appendSkeleton(sk[:0], servant(got))))) {
				ix.addPostings(s, id, ix.tokens[id].weight*1.5)
			}
		}
	}
}

// similarWords fills s.near with the words of the list like t, best first.
func (ix *Index) similarWords(t *token, s *search) {
	var known bool
	if s.near, known = ix.memory.recall(s.near[:0], t); known {
		return
	}
	probe := func(k uint32) {
		for _, id := range ix.words.get(k) {
			if s.met[id] == s.stamp {
				continue
			}
			s.met[id] = s.stamp
			if sim := similarity(t, ix.tokens[id], false); sim >= simFloor {
				s.near = append(s.near, nearWord{id, sim})
			}
		}
	}
	wordProbes(t, probe)
	slices.SortFunc(s.near, func(a, b nearWord) int {
		return cmp.Or(cmp.Compare(b.sim, a.sim), cmp.Compare(a.id, b.id))
	})
	ix.memory.keep(t, s.near)
}

// choose keeps the names that may reach floor, the most promising first.
func (ix *Index) choose(q *Name, s *search, floor float32) {
	s.cands = s.cands[:0]
	for _, n := range s.names {
		nm := &ix.names[n]
		acc := s.acc[n]
		left := max(0, q.total-acc)
		other := max(0, nm.total-acc)
		conflict := min(left, other)
		extra := min(max(left, other)-conflict, extraSpan)
		bound := acc / (acc + conflictCost*conflict + extraCost*extra)
		if bound < floor*0.6 {
			continue
		}
		s.cands = append(s.cands, candidate{n, bound})
	}
	if len(s.cands) > 1 {
		slices.SortFunc(s.cands, func(a, b candidate) int {
			if a.bound != b.bound {
				if a.bound > b.bound {
					return -1
				}
				return 1
			}
			return int(a.name) - int(b.name)
		})
	}
	if len(s.cands) > maxCandidates {
		s.cands = s.cands[:maxCandidates]
	}
}
