package index

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
)

// Flush writes what is in memory as a segment.
func (x *Index) Flush() error {
	x.writing.Lock()
	defer x.writing.Unlock()
	return x.flush()
}

// Merge makes one segment of all; what was deleted or replaced is gone from the files afterwards.
func (x *Index) Merge() error {
	x.writing.Lock()
	defer x.writing.Unlock()
	if err := x.flush(); err != nil {
		return err
	}
	x.inBulk = false
	if len(x.segs) == 0 || len(x.segs) == 1 && x.dead.n == 0 {
		return nil
	}
	return x.merge(0, len(x.segs))
}

// settle writes a segment and merges the newest ones when there are many of one size.
func (x *Index) settle() error {
	if err := x.flush(); err != nil {
		return err
	}
	for {
		n := len(x.segs)
		if n == 0 {
			return nil
		}
		alike := 1
		for alike < n && x.segs[n-1-alike].size() <= 4*x.segs[n-1].size() {
			alike++
		}
		if alike < fanout {
			return nil
		}
		if err := x.merge(n-alike, n); err != nil {
			return err
		}
	}
}

func (x *Index) flush() error {
	if b := x.bulk; b != nil {
		x.bulk = nil
		return b.finish()
	}
	if len(x.delta.rows) == 0 && x.dead.n == 0 {
		return nil
	}
	m, d := x.man, x.delta
	m.Segments = slices.Clone(m.Segments)
	var s *segment
	if len(d.rows) > 0 {
		name := m.name("segment")
		path := filepath.Join(x.dir, name)
		keys, err := newSegmentWriter(path+".keys", d.from, d.to())
		if err != nil {
			return err
		}
		for t := range tables {
			if err := keys.writeTable(d.postingsIn(t)); err != nil {
				keys.w.Abandon()
				return err
			}
		}
		if err := keys.w.Finish(); err != nil {
			return err
		}
		rows, err := newRowWriter(path+".rows", d.from, d.to())
		if err != nil {
			return err
		}
		for _, row := range d.rows {
			if err := rows.add(row); err != nil {
				rows.w.Abandon()
				return err
			}
		}
		if err := rows.finish(); err != nil {
			return err
		}
		if err := writePhotos(path+".photos", d.from, d.to(), d.long.standing(), d.parts.standing()); err != nil {
			return err
		}
		if s, err = openSegment(x.dir, name); err != nil {
			return err
		}
		m.Segments = append(m.Segments, name)
		m.From = d.to()
	}
	return x.adopt(m, s, 0)
}

// adopt makes a manifest count that names a new segment, if there is one, and begins a new log behind it. more is by how
// many the records that stand change.
func (x *Index) adopt(m manifest, s *segment, more int) error {
	m.Log = m.name("log")
	l, err := createLog(filepath.Join(x.dir, m.Log))
	if err != nil {
		return err
	}
	if err := x.commit(m, x.dead.list(0, 0)); err != nil {
		l.f.Close()
		return err
	}
	if x.log != nil {
		x.log.retire() // what it held is in the segment now
	}
	x.files.Lock()
	defer x.files.Unlock()
	if s != nil {
		x.segs = append(x.segs, s)
	}
	x.live += more
	x.log, x.delta = l, newDelta(m.From)
	return nil
}

// commit makes a manifest the one that counts, and removes the files that only the old one named.
func (x *Index) commit(m manifest, gone []uint32) error {
	m.Dead = ""
	if len(gone) > 0 {
		m.Dead = m.name("dead")
		if err := writeDead(filepath.Join(x.dir, m.Dead), gone); err != nil {
			return err
		}
	}
	if err := syncDir(x.dir); err != nil {
		return err
	}
	if err := m.write(x.dir); err != nil {
		return err
	}
	old := x.man
	x.man = m
	for _, name := range append([]string{old.Dead, old.Log, old.Climate}, filesOf(old.Segments)...) {
		if name != "" && name != m.Dead && name != m.Log && name != m.Climate && !slices.Contains(filesOf(m.Segments), name) {
			os.Remove(filepath.Join(x.dir, name))
		}
	}
	return nil
}

func filesOf(segments []string) (files []string) {
	for _, s := range segments {
		files = append(files, s+".keys", s+".rows", s+".photos")
	}
	return files
}

// merge makes one segment of neighbours. Readers go on with the old ones until it is done; memory holds a few buckets
// and the starts of the rows.
func (x *Index) merge(lo, hi int) error {
	m, old := x.man, x.segs[lo:hi]
	name := m.name("segment")
	path := filepath.Join(x.dir, name)
	from, to := old[0].from(), old[len(old)-1].to()
	if err := x.mergeKeys(path+".keys", old, from, to); err != nil {
		return err
	}
	if err := x.mergeRows(path+".rows", old, from, to); err != nil {
		return err
	}
	if err := x.mergePhotos(path+".photos", old, from, to); err != nil {
		return err
	}
	s, err := openSegment(x.dir, name)
	if err != nil {
		return err
	}
	m.Segments = slices.Concat(m.Segments[:lo], []string{name}, m.Segments[hi:])
	left := x.dead.list(from, to)
	if err := x.commit(m, left); err != nil {
		s.Close()
		return err
	}
	x.files.Lock()
	defer x.files.Unlock()
	x.segs = slices.Concat(x.segs[:lo:lo], []*segment{s}, x.segs[hi:])
	x.dead = dead{}
	for _, id := range left {
		x.dead.add(id)
	}
	for _, s := range old {
		s.Close()
	}
	return nil
}

func (x *Index) mergeKeys(path string, old []*segment, from, to uint32) error {
	w, err := newSegmentWriter(path, from, to)
	if err != nil {
		return err
	}
	for t := range tables {
		if err := x.mergeTable(w, old, t); err != nil {
			w.w.Abandon()
			return err
		}
	}
	return w.w.Finish()
}

func (x *Index) mergeTable(w *segmentWriter, old []*segment, t int) error {
	known, err := crowdsOf(old, t)
	if err != nil {
		return err
	}
	const batch = 256 // buckets sorted side by side
	var words [batch][]uint64
	var errs [batch]error
	for b := 0; b < buckets; b += batch {
		var wg sync.WaitGroup
		cores := runtime.GOMAXPROCS(0)
		for part := range cores {
			wg.Go(func() {
				for i := part; i < batch; i += cores {
					words[i], errs[i] = x.gather(words[i][:0], old, t, b+i)
				}
			})
		}
		wg.Wait()
		for i := range batch {
			if errs[i] != nil {
				return errs[i]
			}
			n := 0
			for n < len(known) && bucketOf(known[n].value) == b+i {
				n++
			}
			if len(words[i]) > 0 || n > 0 {
				if err := w.bucket(b+i, words[i], known[:n]); err != nil {
					return err
				}
			}
			known = known[n:]
		}
	}
	return w.endTable()
}

// gather collects one bucket of several segments, sorted, without the dead.
func (x *Index) gather(to []uint64, old []*segment, t, b int) ([]uint64, error) {
	for _, s := range old {
		words, err := s.bucket(t, b)
		if err != nil {
			return to, err
		}
		for ; len(words) >= 8; words = words[8:] {
			if w := binary.LittleEndian.Uint64(words); x.dead.n == 0 || !x.dead.has(uint32(w)) {
				to = append(to, w)
			}
		}
	}
	if len(old) > 1 {
		slices.Sort(to)
	}
	return to, nil
}

func crowdsOf(old []*segment, t int) ([]crowd, error) {
	var all []crowd
	for _, s := range old {
		c, err := s.crowdsOf(t)
		if err != nil {
			return nil, err
		}
		all = append(all, c...)
	}
	slices.SortFunc(all, func(a, b crowd) int {
		if a.value < b.value {
			return -1
		}
		if a.value > b.value {
			return 1
		}
		return 0
	})
	out := all[:0]
	for _, c := range all {
		if n := len(out); n > 0 && out[n-1].value == c.value {
			out[n-1].count += c.count
		} else {
			out = append(out, c)
		}
	}
	return out, nil
}

func (x *Index) mergeRows(path string, old []*segment, from, to uint32) error {
	w, err := newRowWriter(path, from, to)
	if err != nil {
		return err
	}
	for _, s := range old {
		for id := s.from(); id < s.to(); id++ {
			row, err := s.row(id)
			if err == nil && x.dead.has(id) {
				row = nil
			}
			if err == nil {
				err = w.add(row)
			}
			if err != nil {
				w.w.Abandon()
				return err
			}
		}
	}
	return w.finish()
}

// mergePhotos takes the pictures of all whose subjects stand.
func (x *Index) mergePhotos(path string, old []*segment, from, to uint32) error {
	take := func(of func(*photoFile) *photoList) ([]photoRow, error) {
		n := uint64(0)
		for _, s := range old {
			n += of(s.photos).posted
		}
		rows := make([]photoRow, 0, n)
		for _, s := range old {
			err := of(s.photos).each(func(r photoRow) {
				if !x.dead.has(r.subject) {
					rows = append(rows, r)
				}
			})
			if err != nil {
				return nil, err
			}
		}
		return rows, nil
	}
	rows, err := take(func(f *photoFile) *photoList { return &f.whole })
	if err != nil {
		return err
	}
	parts, err := take(func(f *photoFile) *photoList { return &f.partly })
	if err != nil {
		return err
	}
	return writePhotos(path, from, to, rows, parts)
}
