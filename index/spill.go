package index

import (
	"encoding/binary"
	"os"
	"runtime"
	"slices"
	"sync"
)

// spill is a file of postings on their way into a segment, in 256 parts a table by the first eight bits of the value.
// Each is one word: the 40 bits of the value that follow, then the subject as 24 bits behind the base of its chunk.
type spill struct {
	f    *os.File
	path string

	mu     sync.Mutex
	at     int64
	chunks [tables * spillParts][]chunk
}

type chunk struct {
	at   int64
	n    int // bytes
	base uint32
}

const (
	spillParts = 256
	chunkBytes = 32 << 10
	spillSpan  = 1 << 24 // subjects one base reaches
)

func newSpill(path string) (*spill, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return nil, cannot(path, "written", err)
	}
	return &spill{f: f, path: path}, nil
}

func (s *spill) close() {
	s.f.Close()
	os.Remove(s.path)
}

// spillWriter is one worker's share: a chunk begun for every part.
type spillWriter struct {
	s     *spill
	parts [tables * spillParts]struct {
		words []byte
		base  uint32
	}
	err error
}

func (s *spill) writer() *spillWriter { return &spillWriter{s: s} }

func (w *spillWriter) add(table int, value uint64, id uint32) {
	n := table*spillParts + int(value>>56)
	p := &w.parts[n]
	if base := id &^ (spillSpan - 1); len(p.words) == cap(p.words) || p.base != base {
		w.flushPart(n)
		p.base = base
		if cap(p.words) < chunkBytes {
			p.words = make([]byte, 0, min(chunkBytes, max(128, 4*cap(p.words))))
		}
	}
	p.words = binary.LittleEndian.AppendUint64(p.words, value<<8>>24<<24|uint64(id&(spillSpan-1)))
}

func (w *spillWriter) flushPart(n int) {
	p := &w.parts[n]
	if len(p.words) == 0 || w.err != nil {
		p.words = p.words[:0]
		return
	}
	w.s.mu.Lock()
	at := w.s.at
	w.s.at += int64(len(p.words))
	w.s.chunks[n] = append(w.s.chunks[n], chunk{at, len(p.words), p.base})
	w.s.mu.Unlock()
	if _, err := w.s.f.WriteAt(p.words, at); err != nil {
		w.err = cannot(w.s.path, "written", err)
	}
	p.words = p.words[:0]
}

func (w *spillWriter) flush() error {
	for n := range w.parts {
		w.flushPart(n)
	}
	return w.err
}

// part is one part in the making: the words of its 256 buckets, sorted.
type part struct {
	raw         []byte
	words, room []uint64
	start       [buckets/spillParts + 1]uint32
	err         error
	done        chan struct{}
}

// sortInto writes all parts as the tables of a segment; parts are sorted on all cores and written in order.
func (s *spill) sortInto(w *segmentWriter) error {
	workers := runtime.GOMAXPROCS(0)
	ahead := make([]*part, workers+1)
	for i := range ahead {
		ahead[i] = &part{done: make(chan struct{}, 1)}
	}
	todo := make(chan int, len(ahead))
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for n := range todo {
				p := ahead[n%len(ahead)]
				p.err = s.sortPart(n, p)
				p.done <- struct{}{}
			}
		})
	}
	defer wg.Wait()
	defer close(todo)
	for n := range len(ahead) {
		todo <- n
	}
	for n := range len(s.chunks) {
		p := ahead[n%len(ahead)]
		<-p.done
		if p.err != nil {
			return p.err
		}
		first := n % spillParts * (buckets / spillParts)
		for b := range buckets / spillParts {
			if words := p.words[p.start[b]:p.start[b+1]]; len(words) > 0 {
				if err := w.bucket(first+b, slices.Compact(words), nil); err != nil {
					return err
				}
			}
		}
		if n+len(ahead) < len(s.chunks) {
			todo <- n + len(ahead)
		}
		if n%spillParts == spillParts-1 {
			if err := w.endTable(); err != nil {
				return err
			}
		}
	}
	return nil
}

// sortPart reads a part and sorts it: by bucket in one pass, then each bucket.
func (s *spill) sortPart(n int, p *part) error {
	all := 0
	for _, c := range s.chunks[n] {
		all += c.n
	}
	p.raw, p.words = slices.Grow(p.raw[:0], all)[:all], slices.Grow(p.words[:0], all/8)[:all/8]
	rest := p.raw
	for _, c := range s.chunks[n] {
		if _, err := s.f.ReadAt(rest[:c.n], c.at); err != nil {
			return cannot(s.path, "read", err)
		}
		rest = rest[c.n:]
	}
	clear(p.start[:])
	for i := 7; i < len(p.raw); i += 8 {
		p.start[int(p.raw[i])+1]++
	}
	for b := range len(p.start) - 1 {
		p.start[b+1] += p.start[b]
	}
	next := p.start
	rest = p.raw
	for _, c := range s.chunks[n] {
		for of := rest[:c.n]; len(of) >= 8; of = of[8:] {
			r := binary.LittleEndian.Uint64(of)
			b := r >> 56
			p.words[next[b]] = r<<8>>32<<32 | uint64(c.base|uint32(r&(spillSpan-1)))
			next[b]++
		}
		rest = rest[c.n:]
	}
	for b := range len(p.start) - 1 {
		p.room = sortWords(p.words[p.start[b]:p.start[b+1]], p.room)
	}
	return nil
}

// sortWords sorts by the value in the upper half with three passes of counting, then by subject where values are equal.
func sortWords(words, room []uint64) []uint64 {
	const digits, few = 1 << 11, 600
	n := len(words)
	if n < few {
		slices.Sort(words)
		return room
	}
	room = slices.Grow(room[:0], n)[:n]
	var count [3][digits]uint32
	for _, w := range words {
		count[0][w>>32&(digits-1)]++
		count[1][w>>43&(digits-1)]++
		count[2][w>>54]++
	}
	from, to := words, room
	for d := range count {
		shift, at := 32+11*d, uint32(0)
		for i := range count[d] {
			at, count[d][i] = at+count[d][i], at
		}
		c := &count[d]
		for _, w := range from {
			i := w >> shift & (digits - 1)
			to[c[i]] = w
			c[i]++
		}
		from, to = to, from
	}
	copy(words, from) // three passes end in the room
	for lo := 0; lo < n; {
		hi := lo + 1
		for hi < n && words[hi]>>32 == words[lo]>>32 {
			hi++
		}
		if hi-lo > 1 {
			slices.Sort(words[lo:hi])
		}
		lo = hi
	}
	return room
}
