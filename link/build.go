package link

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	picture "bonafide/match/photo"
	"bonafide/record"
)

// Builder collects profiles. Add from one goroutine; then Build.
type Builder struct {
	subjects []subject
	postings [buckets][]posting
	texts    [streams][buckets][]uint64 // low 40 bits of the hash, 24 bits of subject
	photos   []photo
	dropped  map[uint32]bool
	alone    alone
	strata   map[uint32]uint32
	space    []float32 // log2 of a stratum's size, by number
	decided  map[[2]string]Decision
	persona  *Persona // given; nil to learn one
	climate  *Climate // given; nil to learn it
	watch    func(step string)

	common      [streams][buckets][]uint64 // texts again, of them the values that few have
	textClimate [streams]TextClimate       // learned
}

const (
	buckets  = 256
	maxCount = 1 << 24 // subjects one graph can hold, and strata
)

// The streams of sets: each kind of text in two families of hashes, careers in one.
const (
	streamResume = iota
	streamResume2
	streamAnswer
	streamAnswer2
	streamReference
	streamReference2
	streamCareer
	streamBid
	streamBid2
	streamPage
	streamPage2
	streamPremises
	streams
)

var streamKind = [streams]record.Kind{record.KindResumeText, record.KindResumeText, record.KindAnswerText,
	record.KindAnswerText, record.KindReferenceText, record.KindReferenceText, record.KindCareer,
	record.KindBidText, record.KindBidText, record.KindPageText, record.KindPageText, record.KindPremises}

// textStreams are the pairs of families that belong together, -1 for none.
var textStreams = [...][2]int{{streamResume, streamResume2}, {streamAnswer, streamAnswer2}, {streamReference, streamReference2}, {streamCareer, -1},
	{streamBid, streamBid2}, {streamPage, streamPage2}, {streamPremises, -1}}

func streamOf(s Sentence) int {
	base := streamCareer
	switch s.Kind {
	case record.KindResumeText:
		base = streamResume
	case record.KindAnswerText:
		base = streamAnswer
	case record.KindReferenceText:
		base = streamReference
	case record.KindBidText:
		base = streamBid
	case record.KindPageText:
		base = streamPage
	case record.KindPremises:
		return streamPremises
	}
	if s.Second {
		base++
	}
	return base
}

type subject struct {
	name     string
	at       int64
	person   Person
	door     uint64
	flat     uint64
	home     uint64
	before   uint64
	agency   uint64
	self     uint64
	referrer uint64
	referees []string // names, as the applicant wrote them
	proven   bool
	earlier  bool
	live     []Live
}

// posting is one key of one subject: 16 bytes, so that twenty million fit.
type posting struct {
	value uint64
	who   uint32 // subject in the low 24 bits, the high eight of the stratum above
	low   uint16 // of the stratum
	kind  uint8  // kind in the low five bits, flags above: thirty-one kinds at most
	index uint8
}

func (b *Builder) posting(k *Key, subject uint32) posting {
	s := b.stratum(k)
	return posting{k.Value, subject | s>>16<<24, uint16(s), uint8(k.Kind) | k.Flags<<5, k.Index}
}

func (p posting) subject() uint32 { return p.who & (maxCount - 1) }
func (p posting) stratum() uint32 { return p.who>>24<<16 | uint32(p.low) }
func (p posting) of() record.Kind { return record.Kind(p.kind & 31) }
func (p posting) flags() uint8    { return p.kind >> 5 }

type photo struct {
	hash    uint64
	pdq     picture.PDQ
	views   []picture.PDQ
	subject uint32
	kind    record.Kind
	index   uint8
}

// NewBuilder is an empty builder.
func NewBuilder() *Builder {
	return &Builder{strata: map[uint32]uint32{}, space: []float32{0}, dropped: map[uint32]bool{}, decided: map[[2]string]Decision{}}
}

// Drop takes a profile out again: a later version of the same record came in.
func (b *Builder) Drop(n uint32) { b.dropped[n] = true }

// Len is how many profiles were added.
func (b *Builder) Len() int { return len(b.subjects) }

// Add takes a profile and returns its number. More than sixteen million
// profiles are refused: then split the input.
func (b *Builder) Add(p Profile) (uint32, error) {
	if len(b.subjects) >= maxCount {
		return 0, &record.Error{Code: record.CodeRefused, Message: "more than 16 million applications in one run: split the input and use --against"}
	}
	n := uint32(len(b.subjects))
	b.subjects = append(b.subjects, subject{p.Name, p.At, p.Person, p.Door, p.Flat, p.Home, p.Before, p.Agency, p.Self, p.Referrer, p.Referees, p.Proven, p.Earlier, p.Live})
	for j := range p.Keys {
		i := p.Keys[j].Value >> 56
		b.postings[i] = append(b.postings[i], b.posting(&p.Keys[j], n))
	}
	for _, s := range p.Sentences {
		b.addText(streamOf(s), s.Value, n)
	}
	for _, ph := range p.Photos {
		b.photos = append(b.photos, photo{ph.Hash, ph.PDQ, ph.Views, n, ph.Kind, ph.Index})
	}
	return n, nil
}

func (b *Builder) addText(stream int, value uint64, n uint32) {
	i := value >> 56
	b.texts[stream][i] = append(b.texts[stream][i], value<<24|uint64(n))
}

// stratum numbers strata; past sixteen million of them the rest are treated as unbounded.
func (b *Builder) stratum(k *Key) uint32 {
	if k.Space == 0 {
		return 0
	}
	n, ok := b.strata[k.Group]
	if !ok && len(b.space) < maxCount {
		n = uint32(len(b.space))
		b.strata[k.Group] = n
		b.space = append(b.space, k.Space)
	}
	return n
}

// Build weighs everything and forgets what it no longer needs. The same
// profiles in any order give the same graph.
func (b *Builder) Build() *Graph {
	e, pairs := b.evaluate()
	b.step("what was found is said of each")
	e.weigh(pairs)
	e.refer()
	e.referrals()
	e.keepClimate()
	e.g.finish(e)
	b.postings, b.common, b.photos = [buckets][]posting{}, [streams][buckets][]uint64{}, nil
	return e.g
}

// evaluate links and clusters.
func (b *Builder) evaluate() (*evaluation, []pairLink) {
	b.step("values are sorted")
	g := &Graph{subjects: b.subjects, ident: newSets(len(b.subjects)), decided: map[uint64]string{}}
	b.forgetDropped()
	b.sortPostings()
	groups := b.groups()
	b.resolveIdentities(g, groups)
	for i := range g.ident.up {
		g.ident.find(uint32(i)) // shorten every path, so that readers need not
		g.ident.up[i] = g.ident.find(uint32(i))
	}
	e := newEvaluation(b, g, groups)
	e.seenFirst()
	if b.climate != nil {
		e.takeClimate(b.climate)
	} else {
		e.measure()
	}
	var pairs []pairLink
	b.step("pictures are compared")
	pairs = append(pairs, b.photoPairs(g)...)
	b.step("texts are compared")
	for _, s := range textStreams {
		pairs = append(pairs, b.textPairs(g, s[0], s[1])...)
	}
	b.step("pairs are tied")
	e.gather(pairs)
	e.nameReferees()
	e.nameReferrers()
	e.tieAll(pairs)
	e.provenPeople()
	e.measureBlocks()
	b.step("questions are looked for")
	e.clusterAsDecided()
	return e, pairs
}

// each runs f over the buckets on all cores; f must touch its own bucket only.
func each(f func(bucket int)) {
	var wg sync.WaitGroup
	next := make(chan int, buckets)
	for i := range buckets {
		next <- i
	}
	close(next)
	for range min(runtime.GOMAXPROCS(0), buckets) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	wg.Wait()
}

func (b *Builder) forgetDropped() {
	if len(b.dropped) == 0 {
		return
	}
	for i := range b.postings {
		b.postings[i] = slices.DeleteFunc(b.postings[i], func(p posting) bool { return b.dropped[p.subject()] })
		for s := range b.texts {
			b.texts[s][i] = slices.DeleteFunc(b.texts[s][i], func(v uint64) bool { return b.dropped[uint32(v&(maxCount-1))] })
		}
	}
	b.photos = slices.DeleteFunc(b.photos, func(p photo) bool { return b.dropped[p.subject] })
	for n := range b.dropped {
		b.subjects[n] = subject{}
	}
}

func (b *Builder) sortPostings() {
	each(func(i int) {
		slices.SortFunc(b.postings[i], func(x, y posting) int {
			switch {
			case x.value != y.value:
				if x.value < y.value {
					return -1
				}
				return 1
			case x.subject() != y.subject():
				return int(x.subject()) - int(y.subject())
			case x.kind != y.kind:
				return int(x.kind) - int(y.kind)
			}
			return int(x.index) - int(y.index)
		})
	})
}

// group is one value with at least two subjects.
type group struct {
	bucket int
	lo, hi int
}

func (b *Builder) of(g group) []posting { return b.postings[g.bucket][g.lo:g.hi] }

func (b *Builder) groups() []group {
	var per [buckets][]group
	each(func(i int) {
		ps := b.postings[i]
		for lo := 0; lo < len(ps); {
			hi := lo + 1
			for hi < len(ps) && ps[hi].value == ps[lo].value {
				hi++
			}
			if ps[hi-1].subject() != ps[lo].subject() {
				per[i] = append(per[i], group{i, lo, hi})
			}
			lo = hi
		}
	})
	return slices.Concat(per[:]...)
}

// resolveIdentities finds the applications that claim one identity: they must
// share a value, so only members of one group are ever compared.
func (b *Builder) resolveIdentities(g *Graph, groups []group) {
	const compareAll, fewAtHome = 48, 8
	var order []uint32
	for _, gr := range groups {
		ps := b.of(gr)
		order = order[:0]
		how := distant
		for _, p := range ps {
			if !theirs(p.of()) {
				continue
			}
			how = max(how, closenessOf(p.of()))
			if len(order) == 0 || order[len(order)-1] != p.subject() {
				order = append(order, p.subject())
			}
		}
		if len(order) < 2 {
			continue
		}
		if how < paper && len(order) > fewAtHome || len(order) > compareAll {
			how = distant // an account, a line or a mailbox of so many brings nobody near
		}
		if how >= nearby && len(order) <= compareAll {
			for i, x := range order {
				for _, y := range order[:i] {
					if g.ident.find(x) != g.ident.find(y) && sameIdentity(&b.subjects[x].person, &b.subjects[y].person, how) {
						g.ident.union(x, y)
					}
				}
			}
			continue
		}
		// A value of very many: only equal birth dates are worth a look.
		slices.SortFunc(order, func(x, y uint32) int {
			p, q := &b.subjects[x].person, &b.subjects[y].person
			return cmp.Or(cmp.Compare(p.Birth, q.Birth), cmp.Compare(p.Name, q.Name))
		})
		for i, x := range order {
			p := &b.subjects[x].person
			for j := i - 1; j >= 0 && i-j < compareAll; j-- {
				q := &b.subjects[order[j]].person
				if p.Birth == "" || p.Birth != q.Birth {
					break
				}
				if sameIdentity(p, q, how) {
					g.ident.union(x, order[j])
				}
			}
		}
	}
}

// sets is a union-find over subjects whose roots are their smallest members,
// so that the order of unions does not show.
type sets struct{ up []uint32 }

func newSets(n int) sets {
	s := sets{make([]uint32, n)}
	for i := range s.up {
		s.up[i] = uint32(i)
	}
	return s
}

func (s sets) find(x uint32) uint32 {
	for s.up[x] != x {
		s.up[x] = s.up[s.up[x]]
		x = s.up[x]
	}
	return x
}

func (s sets) union(x, y uint32) {
	x, y = s.find(x), s.find(y)
	if x > y {
		x, y = y, x
	}
	s.up[y] = x
}
