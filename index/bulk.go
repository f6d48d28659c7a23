package index

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"bonafide/link"
)

// bulk takes very many records in. Nothing is looked up in what came in before and nothing is merged: rows go straight to
// the file in which they stay, postings to a file of parts (spill.go) that is sorted once, part by part, at the end.
// Profiles are made into rows on all cores and written in the order in which they came, so that equal input gives equal files.
type bulk struct {
	x    *Index
	name string
	from uint32
	next uint32
	self map[uint64]uint32 // digest of a record name → its subject
	at   []int64           // when each subject was received
	gone dead              // replaced or deleted since

	batch *batch
	work  chan *batch
	order chan *batch
	free  chan *batch
	ended sync.WaitGroup

	spill *spill
	mu    sync.Mutex // guards rows, long, parts and err
	wrote *sync.Cond
	rows  *rowWriter
	long  []photoRow
	parts []photoRow
	err   error
	read  *os.File // rows so far, for the rare second version of one second
}

// batch is some profiles on their way into rows.
type batch struct {
	first    uint32
	profiles []link.Profile
	rows     []byte
	ends     []int
	done     chan struct{}
}

const batchSize = 256

func (x *Index) newBulk() (*bulk, error) {
	m := x.man
	b := &bulk{x: x, name: m.name("segment"), from: m.From, next: m.From, self: map[uint64]uint32{}}
	path := filepath.Join(x.dir, b.name)
	var err error
	if b.spill, err = newSpill(path + ".spill"); err != nil {
		return nil, err
	}
	if b.rows, err = newRowWriter(path+".rows", b.from, b.from); err != nil {
		b.spill.close()
		return nil, err
	}
	b.wrote = sync.NewCond(&b.mu)
	workers := runtime.GOMAXPROCS(0)
	ahead := 4 * workers
	b.work, b.order, b.free = make(chan *batch, ahead), make(chan *batch, ahead), make(chan *batch, ahead+workers+2)
	for range workers {
		b.ended.Go(b.make)
	}
	b.ended.Go(b.write)
	return b, nil
}

// add takes a record in, or the newer version of one.
func (b *bulk) add(p *link.Profile) (uint32, bool, error) {
	old, there := b.self[p.Self]
	switch {
	case there:
		newer, err := b.newer(p, old)
		if err != nil || !newer {
			return old, false, err
		}
		b.gone.add(old)
	case len(b.x.segs) > 0:
		stands, err := b.over(p)
		if err != nil || !stands {
			return 0, false, err
		}
	}
	if b.next == gone {
		return 0, false, tooMany()
	}
	id := b.next
	b.next++
	b.self[p.Self] = id
	b.at = append(b.at, p.At)
	if b.batch == nil {
		select {
		case b.batch = <-b.free:
		default:
			b.batch = &batch{profiles: make([]link.Profile, 0, batchSize), done: make(chan struct{}, 1)}
		}
		b.batch.first, b.batch.profiles = id, b.batch.profiles[:0]
	}
	if b.batch.profiles = append(b.batch.profiles, *p); len(b.batch.profiles) == batchSize {
		b.send()
		return id, true, b.failed()
	}
	return id, true, nil
}

func (b *bulk) send() {
	if b.batch != nil {
		b.order <- b.batch
		b.work <- b.batch
		b.batch = nil
	}
}

func (b *bulk) failed() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}

// over does what put does where the record may stand in a segment from before.
func (b *bulk) over(p *link.Profile) (bool, error) {
	id, there, err := b.x.byName(p.Self)
	if err != nil || !there || b.gone.has(id) {
		return err == nil, err
	}
	row, err := b.x.rowOf(id)
	if err != nil {
		return false, err
	}
	var q link.Profile
	if !readRowOf(row, &q, noValues) {
		return false, damaged(b.x.dir, "a row cannot be read")
	}
	if q.At > p.At || q.At == p.At && bytes.Compare(row, rowBytes(p)) >= 0 {
		return false, nil
	}
	b.gone.add(id)
	return true, nil
}

// remove takes a record out that came in since, or stands in a segment from before.
func (b *bulk) remove(self uint64) (bool, error) {
	id, there := b.self[self]
	if there {
		delete(b.self, self)
	} else {
		var err error
		if id, there, err = b.x.byName(self); err != nil || !there || b.gone.has(id) {
			return false, err
		}
	}
	b.gone.add(id)
	return true, nil
}

// newer says whether p stands instead of the version that came in as old.
func (b *bulk) newer(p *link.Profile, old uint32) (bool, error) {
	if at := b.at[old-b.from]; at != p.At {
		return p.At > at, nil
	}
	b.send()
	row, err := b.row(old)
	return bytes.Compare(rowBytes(p), row) > 0, err
}

func rowBytes(p *link.Profile) []byte {
	l := lean(p)
	return appendRow(nil, &l)
}

// row reads back what was written, once it is.
func (b *bulk) row(id uint32) ([]byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for uint32(len(b.rows.starts)) <= id-b.from {
		b.wrote.Wait()
	}
	if b.err != nil {
		return nil, b.err
	}
	lo, hi := b.rows.starts[id-b.from], b.rows.w.at
	if n := id - b.from + 1; int(n) < len(b.rows.starts) {
		hi = b.rows.starts[n]
	}
	if err := b.rows.w.w.Flush(); err != nil {
		return nil, cannot(b.rows.w.path, "written", err)
	}
	if b.read == nil {
		f, err := os.Open(b.rows.w.path + ".part")
		if err != nil {
			return nil, cannot(b.rows.w.path, "read", err)
		}
		b.read = f
	}
	row := make([]byte, hi-lo)
	if _, err := b.read.ReadAt(row, int64(lo)); err != nil {
		return nil, cannot(b.rows.w.path, "read", err)
	}
	return row, nil
}

// make makes rows and postings of batches until there are no more.
func (b *bulk) make() {
	var l link.Profile
	var long, parts []photoRow
	out := b.spill.writer()
	for t := range b.work {
		t.rows, t.ends = t.rows[:0], t.ends[:0]
		for i := range t.profiles {
			leanTo(&t.profiles[i], &l)
			t.rows = appendRow(t.rows, &l)
			t.ends = append(t.ends, len(t.rows))
			id := t.first + uint32(i)
			postingsOf(&l, func(table int, v uint64) { out.add(table, v, id) })
			longPhotos(&l, func(h longHash) { long = append(long, photoRow{h, id}) })
			partPhotos(&l, func(h longHash) { parts = append(parts, photoRow{h, id}) })
		}
		clear(t.profiles) // the texts of the caller's need not stay
		t.done <- struct{}{}
	}
	b.fail(out.flush())
	b.mu.Lock()
	defer b.mu.Unlock()
	b.long, b.parts = append(b.long, long...), append(b.parts, parts...)
}

func (b *bulk) fail(err error) {
	if err != nil {
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.err == nil {
			b.err = err
		}
	}
}

// write writes rows in order.
func (b *bulk) write() {
	for t := range b.order {
		<-t.done
		b.mu.Lock()
		lo := 0
		for _, hi := range t.ends {
			if err := b.rows.add(t.rows[lo:hi]); err != nil && b.err == nil {
				b.err = cannot(b.rows.w.path, "written", err)
			}
			lo = hi
		}
		b.wrote.Broadcast()
		b.mu.Unlock()
		select {
		case b.free <- t:
		default:
		}
	}
}

// stop waits for what is under way.
func (b *bulk) stop() {
	b.send()
	close(b.work)
	close(b.order)
	b.ended.Wait()
	if b.read != nil {
		b.read.Close()
	}
}

// abandon leaves the index as it was.
func (b *bulk) abandon() {
	b.stop()
	b.rows.w.Abandon()
	b.spill.close()
}

// finish makes a segment of all that came in.
func (b *bulk) finish() error {
	b.stop()
	defer b.spill.close()
	if b.err != nil || b.next == b.from {
		b.rows.w.Abandon()
		return b.err
	}
	x := b.x
	path := filepath.Join(x.dir, b.name)
	keys, err := newSegmentWriter(path+".keys", b.from, b.next)
	if err != nil {
		b.rows.w.Abandon()
		return err
	}
	b.self, b.at = nil, nil
	if err := b.spill.sortInto(keys); err != nil {
		keys.w.Abandon()
		b.rows.w.Abandon()
		return err
	}
	if err := keys.w.Finish(); err != nil {
		b.rows.w.Abandon()
		return err
	}
	b.rows.w.Meta[metaTo] = uint64(b.next)
	if err := b.rows.finish(); err != nil {
		return err
	}
	if err := writePhotos(path+".photos", b.from, b.next, b.long, b.parts); err != nil {
		return err
	}
	b.long, b.parts = nil, nil
	s, err := openSegment(x.dir, b.name)
	if err != nil {
		return err
	}
	m := x.man
	m.name("segment")
	m.Segments = append(m.Segments[:len(m.Segments):len(m.Segments)], b.name)
	m.From = b.next
	x.mu.Lock()
	for _, id := range b.gone.list(0, 0) {
		x.dead.add(id)
	}
	x.mu.Unlock()
	return x.adopt(m, s, int(b.next-b.from)-b.gone.n)
}
