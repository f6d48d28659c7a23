package index

import (
	"encoding/binary"
	"math"
	"path/filepath"
	"slices"
	"sync"
)

// A key segment answers "who holds this value" for a range of subjects. Values are digests, so their first 16 bits
// choose one of 65,536 buckets of equal size; in a bucket stand, sorted, words of 32 more bits of the value and 32
// bits of the subject. 48 bits of a value are kept here; the rows keep all of it, and a candidate counts only when its
// row agrees. Of a value held by more than crowdMost subjects only the count is kept.
//
// Five tables: all keys, then portraits and papers by each of the four blocks of 16 bits of their perceptual hash.
//
//	per table: words · directory (65,537 starts, or bucket<<48|start of those in use when they are few) · crowds (value, count)
const (
	crowdMost  = 128 // holders from which on a value links nobody, with room for people who applied often
	tableKeys  = 0
	tables     = 5
	bucketBits = 16
	buckets    = 1 << bucketBits
)

const (
	metaFrom = iota // first subject
	metaTo          // one past the last
	metaLive        // subjects that stand
	metaTables
)

type crowd struct {
	value uint64 // 48 bits, left-aligned
	count uint64
}

const valueMask = ^uint64(0xffff) // the 48 bits of a value that segments keep

func bucketOf(value uint64) int { return int(value >> 48) }
func wordOf(value uint64, id uint32) uint64 {
	return value<<16&^(1<<32-1) | uint64(id)
}
func valueOf(bucket int, word uint64) uint64 { return uint64(bucket)<<48 | word>>16&valueMask }

// segmentWriter writes tables one after another, buckets in order.
type segmentWriter struct {
	w      *sealedWriter
	table  int
	n      uint64
	dir    []uint64
	crowds []crowd
	buf    []byte
}

func newSegmentWriter(path string, from, to uint32) (*segmentWriter, error) {
	w, err := newSealed(path, holdsKeys)
	if err != nil {
		return nil, err
	}
	w.Meta[metaFrom], w.Meta[metaTo] = uint64(from), uint64(to)
	return &segmentWriter{w: w}, nil
}

// bucket takes the sorted words of one bucket, and crowds known before.
func (s *segmentWriter) bucket(b int, words []uint64, known []crowd) error {
	s.buf = s.buf[:0]
	start := s.n
	for lo := 0; lo < len(words); {
		hi := lo + 1
		for hi < len(words) && words[hi]>>32 == words[lo]>>32 {
			hi++
		}
		v := valueOf(b, words[lo])
		at, crowded := slices.BinarySearchFunc(known, v, func(c crowd, v uint64) int {
			if c.value < v {
				return -1
			} else if c.value > v {
				return 1
			}
			return 0
		})
		switch {
		case crowded:
			known[at].count += uint64(hi - lo)
		case hi-lo > crowdMost:
			s.crowds = append(s.crowds, crowd{v, uint64(hi - lo)})
		default:
			for _, w := range words[lo:hi] {
				s.buf = binary.LittleEndian.AppendUint64(s.buf, w)
			}
			s.n += uint64(hi - lo)
		}
		lo = hi
	}
	s.crowds = append(s.crowds, known...)
	if s.n > start {
		s.dir = append(s.dir, uint64(b)<<48|start)
	}
	_, err := s.w.Write(s.buf)
	return err
}

// endTable writes what finds the words again.
func (s *segmentWriter) endTable() error {
	slices.SortFunc(s.crowds, func(x, y crowd) int {
		if x.value < y.value {
			return -1
		}
		return 1
	})
	b := s.buf[:0]
	dir := uint64(len(s.dir))
	if len(s.dir) > buckets/2 {
		dir = buckets + 1
		next := 0
		for i := range buckets + 1 {
			for next < len(s.dir) && int(s.dir[next]>>48) < i {
				next++
			}
			start := s.n
			if next < len(s.dir) {
				start = s.dir[next] &^ (0xffff << 48)
			}
			b = binary.LittleEndian.AppendUint64(b, start)
		}
	} else {
		for _, d := range s.dir {
			b = binary.LittleEndian.AppendUint64(b, d)
		}
	}
	for _, c := range s.crowds {
		b = binary.LittleEndian.AppendUint64(b, c.value)
		b = binary.LittleEndian.AppendUint64(b, c.count)
	}
	m := s.w.Meta[metaTables+3*s.table:]
	m[0], m[1], m[2] = s.n, dir, uint64(len(s.crowds))
	_, err := s.w.Write(b)
	s.table++
	s.n, s.dir, s.crowds, s.buf = 0, s.dir[:0], s.crowds[:0], b
	return err
}

// posting is a value of a subject on its way into a segment.
type posting struct {
	value uint64
	id    uint32
}

// writeTable sorts postings into a table: by bucket in one pass, then each bucket by itself, on all cores.
func (s *segmentWriter) writeTable(all []posting) error {
	start := make([]uint32, buckets+1)
	for _, p := range all {
		start[bucketOf(p.value)+1]++
	}
	for b := range buckets {
		start[b+1] += start[b]
	}
	words := make([]uint64, len(all))
	next := slices.Clone(start[:buckets])
	for _, p := range all {
		b := bucketOf(p.value)
		words[next[b]] = wordOf(p.value, p.id)
		next[b]++
	}
	var wg sync.WaitGroup
	const parts = 4
	for part := range parts {
		wg.Go(func() {
			for b := part * buckets / parts; b < (part+1)*buckets/parts; b++ {
				slices.Sort(words[start[b]:start[b+1]])
			}
		})
	}
	wg.Wait()
	for b := range buckets {
		if w := words[start[b]:start[b+1]]; len(w) > 0 {
			if err := s.bucket(b, slices.Compact(w), nil); err != nil {
				return err
			}
		}
	}
	return s.endTable()
}

// segment is an open key segment with its rows and pictures.
type segment struct {
	name   string
	keys   *sealed
	rows   *sealed
	photos *photoFile
	at     [tables]section
}

type section struct{ words, dir, crowds, nWords, nDir, nCrowds uint64 }

func openSegment(dir, name string) (*segment, error) {
	keys, err := openSealed(filepath.Join(dir, name+".keys"), holdsKeys)
	if err != nil {
		return nil, err
	}
	rows, err := openSealed(filepath.Join(dir, name+".rows"), holdsRows)
	if err != nil {
		keys.Close()
		return nil, err
	}
	photos, err := openPhotos(filepath.Join(dir, name+".photos"))
	if err != nil {
		keys.Close()
		rows.Close()
		return nil, err
	}
	s := &segment{name: name, keys: keys, rows: rows, photos: photos}
	at := uint64(0)
	for t := range s.at {
		m := keys.Meta[metaTables+3*t:]
		x := section{words: at, nWords: m[0], nDir: m[1], nCrowds: m[2]}
		const sane = 1 << 40
		if x.nWords > sane || x.nDir > buckets+1 || x.nCrowds > sane {
			s.Close()
			return nil, damaged(keys.path, "its numbers make no sense")
		}
		x.dir = x.words + 8*x.nWords
		x.crowds = x.dir + 8*x.nDir
		at = x.crowds + 16*x.nCrowds
		s.at[t] = x
	}
	n := keys.Meta[metaTo] - keys.Meta[metaFrom]
	if at != keys.size || keys.Meta[metaTo] < keys.Meta[metaFrom] || keys.Meta[metaTo] > 1<<32 ||
		rows.Meta[metaFrom] != keys.Meta[metaFrom] || rows.Meta[metaTo] != keys.Meta[metaTo] || rows.size < 8*(n+1) {
		s.Close()
		return nil, damaged(keys.path, "its parts do not fit together")
	}
	if m := &photos.from.Meta; m[metaFrom] != keys.Meta[metaFrom] || m[metaTo] != keys.Meta[metaTo] {
		s.Close()
		return nil, damaged(photos.from.path, "it belongs to another segment")
	}
	return s, nil
}

func (s *segment) from() uint32 { return uint32(s.keys.Meta[metaFrom]) }
func (s *segment) to() uint32   { return uint32(s.keys.Meta[metaTo]) }
func (s *segment) size() uint64 { return s.keys.size + s.rows.size + s.photos.from.size }

// Close gives the files back.
func (s *segment) Close() {
	s.keys.Close()
	s.rows.Close()
	s.photos.from.Close()
}

func (s *segment) verify() error {
	if err := s.keys.verify(); err != nil {
		return err
	}
	if err := s.rows.verify(); err != nil {
		return err
	}
	return s.photos.from.verify()
}

// bucket is the words of one bucket of a table.
func (s *segment) bucket(t, b int) ([]byte, error) {
	x := &s.at[t]
	lo, hi := uint64(0), uint64(0)
	if x.nDir == buckets+1 {
		d, err := s.keys.view(x.dir+8*uint64(b), 16)
		if err != nil {
			return nil, err
		}
		lo, hi = binary.LittleEndian.Uint64(d), binary.LittleEndian.Uint64(d[8:])
	} else {
		d, err := s.keys.view(x.dir, 8*x.nDir)
		if err != nil {
			return nil, err
		}
		i, j := 0, int(x.nDir)
		for i < j {
			if m := (i + j) / 2; binary.LittleEndian.Uint64(d[8*m:])>>48 < uint64(b) {
				i = m + 1
			} else {
				j = m
			}
		}
		if i == int(x.nDir) || binary.LittleEndian.Uint64(d[8*i:])>>48 != uint64(b) {
			return nil, nil
		}
		lo, hi = binary.LittleEndian.Uint64(d[8*i:])&^(0xffff<<48), x.nWords
		if i+1 < int(x.nDir) {
			hi = binary.LittleEndian.Uint64(d[8*(i+1):]) &^ (0xffff << 48)
		}
	}
	if lo > hi || hi > x.nWords {
		return nil, damaged(s.keys.path, "its directory makes no sense")
	}
	return s.keys.view(x.words+8*lo, 8*(hi-lo))
}

// find appends the subjects that hold a value, out of the words of its bucket; count is how many more hold it where only the
// count is kept.
func (s *segment) find(t int, value uint64, words []byte, to []uint32) (ids []uint32, count uint64, err error) {
	n := len(words) / 8
	want := wordOf(value, 0)
	i := firstFrom(words, want)
	if i < n && binary.LittleEndian.Uint64(words[8*i:])>>32 == want>>32 {
		for ; i < n; i++ {
			w := binary.LittleEndian.Uint64(words[8*i:])
			if w>>32 != want>>32 {
				break
			}
			to = append(to, uint32(w))
		}
		return to, 0, nil
	}
	count, err = s.crowd(t, value)
	return to, count, err
}

// about is where a word would stand among sorted ones by its first bits.
func about(n int, want uint64) int { return int(uint64(n) * (want >> 32) >> 32) }

// firstFrom is the place of the first of sorted words that is not below one. Values are digests, so a word stands about
// where its first bits say; from there the search takes strides that double, so that what is skewed is found as well.
func firstFrom(words []byte, want uint64) int {
	n := len(words) / 8
	if n == 0 {
		return 0
	}
	below := func(m int) bool { return binary.LittleEndian.Uint64(words[8*m:]) < want }
	i, j := 0, n // all before i are below, none from j on
	at := about(n, want)
	stride := 1 + int(math.Sqrt(float64(n)))/4 // the place of a digest is off by about half the root
	if below(at) {
		for i = at + 1; i < n; {
			m := min(i+stride, n-1)
			if !below(m) {
				j = m
				break
			}
			i, stride = m+1, 2*stride
		}
	} else {
		for j = at; j > 0; {
			m := max(j-stride, 0)
			if below(m) {
				i = m + 1
				break
			}
			j, stride = m, 2*stride
		}
	}
	for i < j {
		if m := (i + j) / 2; below(m) {
			i = m + 1
		} else {
			j = m
		}
	}
	return i
}

// crowd is the count of a value whose subjects are not kept.
func (s *segment) crowd(t int, value uint64) (uint64, error) {
	x := &s.at[t]
	if x.nCrowds == 0 {
		return 0, nil
	}
	value &= valueMask
	all, err := s.keys.view(x.crowds, 16*x.nCrowds)
	if err != nil {
		return 0, err
	}
	// As in a bucket: from about where its first bits say, which is where most searches end.
	at := func(i int) uint64 { return binary.LittleEndian.Uint64(all[16*i:]) }
	n := int(x.nCrowds)
	i, j := 0, n
	m := about(n, value)
	for stride := 4; i < j; stride *= 2 {
		switch v := at(m); {
		case v == value:
			return binary.LittleEndian.Uint64(all[16*m+8:]), nil
		case v < value:
			i = m + 1
			if m = i + stride; m >= j {
				m = (i + j) / 2
			}
		default:
			j = m
			if m = j - stride; m < i {
				m = (i + j) / 2
			}
		}
	}
	return 0, nil
}

// crowdsOf reads all crowds of a table, sorted by value.
func (s *segment) crowdsOf(t int) ([]crowd, error) {
	x := &s.at[t]
	b, err := s.keys.view(x.crowds, 16*x.nCrowds)
	if err != nil {
		return nil, err
	}
	all := make([]crowd, x.nCrowds)
	for i := range all {
		all[i] = crowd{binary.LittleEndian.Uint64(b[16*i:]), binary.LittleEndian.Uint64(b[16*i+8:])}
	}
	return all, nil
}
