package index

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"bonafide/link"
	"bonafide/record"
)

// Index answers, from files, who holds a value. One process writes, any number read; what Sync returned for is on
// disk whatever happens. The same profiles in any order, in any number of steps, give the same answers.
//
// It holds digests under the customer's key, record names and times. To make it again from the records is always possible.
type Index struct {
	dir      string
	readOnly bool
	lock     *os.File

	// A question holds files from its beginning to its end, and mu for each look at what came in lately: who puts in waits for
	// one look-up, never for a question. What comes in or goes while a question runs may be in its answer or not.
	writing sync.Mutex   // one writer at a time
	files   sync.RWMutex // which segments, delta and climate there are
	mu      sync.RWMutex // what is in the delta, who is dead, how many stand

	man   manifest
	segs  []*segment
	delta *delta
	dead  dead
	log   *logFile
	live  int

	// Persona is the model that weighs pairs; the shipped one when nil. Set it before the first question.
	Persona *link.Persona
	// FlushAt is at how many postings in memory a segment is written.
	FlushAt int
	bulk    *bulk
	inBulk  bool
	shipped *link.Persona
	climate *link.Climate
}

const (
	lockName = "LOCK"
	flushAt  = 4 << 20
	fanout   = 8 // segments of one size that are merged into one of the next
)

// Open opens an index that exists, for reading only or also for writing. tag says under which key it was made.
func Open(dir string, tag uint64, readOnly bool) (*Index, error) {
	for try := 0; ; try++ {
		x, err := open(dir, tag, readOnly)
		// A writer may have replaced files between our reading the manifest and opening them.
		if err == nil || !readOnly || !errors.Is(err, fs.ErrNotExist) || try == 10 {
			return x, err
		}
	}
}

// Create makes an empty index in a folder that is empty or not there.
func Create(dir string, tag uint64) (*Index, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, cannot(dir, "made", err)
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, cannot(dir, "read", err)
	}
	for _, f := range files {
		if f.Name() != lockName {
			return nil, &record.Error{Code: record.CodeRefused, Where: dir, Message: "is not empty: add to it with bonafide index add, or name a new folder"}
		}
	}
	m := manifest{Version: manifestVersion, Key: tagWord(tag)}
	m.Log = m.name("log")
	l, err := createLog(filepath.Join(dir, m.Log))
	if err != nil {
		return nil, err
	}
	if err := l.close(); err != nil {
		return nil, err
	}
	if err := m.write(dir); err != nil {
		return nil, err
	}
	return Open(dir, tag, false)
}

func tagWord(tag uint64) string { return fmt.Sprintf("%016x", tag) }

func open(dir string, tag uint64, readOnly bool) (*Index, error) {
	x := &Index{dir: dir, readOnly: readOnly, FlushAt: flushAt, shipped: link.ShippedPersona()}
	if err := x.open(tag); err != nil {
		x.free()
		return nil, err
	}
	return x, nil
}

func (x *Index) open(tag uint64) (err error) {
	dir, readOnly := x.dir, x.readOnly
	if !readOnly {
		if x.lock, err = os.OpenFile(filepath.Join(dir, lockName), os.O_CREATE|os.O_RDWR, 0o600); err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return &record.Error{Code: record.CodeNotFound, Where: dir, Message: "is no index; make one with: bonafide index build"}
			}
			return cannot(dir, "locked", err)
		}
		if err := lockFile(x.lock); err != nil {
			return &record.Error{Code: record.CodeConflict, Where: dir, Message: "another process is writing to this index"}
		}
	}
	if x.man, err = readManifest(dir); err != nil {
		return err
	}
	if x.man.Key != tagWord(tag) {
		return &record.Error{Code: record.CodeRefused, Where: dir, Message: "was made under another key: give the same --key"}
	}
	if !readOnly {
		x.man.leftovers(dir)
	}
	at := uint32(0)
	for _, name := range x.man.Segments {
		s, err := openSegment(dir, name)
		if err != nil {
			return err
		}
		x.segs = append(x.segs, s)
		if s.from() != at {
			return damaged(s.keys.path, "it does not follow the one before")
		}
		at = s.to()
		x.live += int(s.rows.Meta[metaLive])
	}
	if at != x.man.From {
		return damaged(filepath.Join(dir, manifestName), "its segments are not all it counts")
	}
	if x.man.Dead != "" {
		if x.dead, err = readDead(filepath.Join(dir, x.man.Dead)); err != nil {
			return err
		}
		x.live -= x.dead.n
	}
	if x.man.Climate != "" {
		if x.climate, err = readClimate(filepath.Join(dir, x.man.Climate)); err != nil {
			return err
		}
	}
	x.delta = newDelta(x.man.From)
	path := filepath.Join(dir, x.man.Log)
	whole, err := replay(path, x.again)
	if err != nil {
		return err
	}
	if !readOnly {
		x.log, err = reopenLog(path, whole)
	}
	return err
}

// again does once more what the log says was done.
func (x *Index) again(kind byte, body []byte) error {
	switch {
	case kind == 'A':
		p, ok := readRow(body)
		if !ok {
			return damaged(x.man.Log, "a row cannot be read")
		}
		_, _, err := x.put(&p, bytes.Clone(body), false)
		return err
	case kind == 'D' && len(body) == 8:
		r := rowReader{b: body}
		_, err := x.remove(r.u64(), false)
		return err
	}
	return damaged(x.man.Log, "it holds something unknown")
}

// Bulk prepares for very many records: until the next Merge nothing is logged and nothing that came in is found, and a
// crash in between leaves the index as it was. Profiles handed to Add may not be changed afterwards. End with Merge.
func (x *Index) Bulk() { x.inBulk = true }

// Close writes what is pending and gives everything back.
func (x *Index) Close() error {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.bulk != nil {
		x.bulk.abandon()
		x.bulk = nil
	}
	var err error
	if x.log != nil {
		err = x.log.close()
		x.log = nil
	}
	x.files.Lock()
	defer x.files.Unlock()
	x.free()
	return err
}

func (x *Index) free() {
	for _, s := range x.segs {
		s.Close()
	}
	x.segs = nil
	if x.lock != nil {
		x.lock.Close()
		x.lock = nil
	}
}

// Records is how many records stand in the index.
func (x *Index) Records() int {
	x.files.RLock()
	defer x.files.RUnlock()
	return x.standing()
}

func (x *Index) standing() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.live
}

// Add takes a record in, or a newer version of one; an older version is passed over, and stands says so. It lasts
// once Sync has returned.
func (x *Index) Add(p *link.Profile) (id uint32, stands bool, err error) {
	l := lean(p)
	row := bytes.Clone(appendRow(make([]byte, 0, rowRoom), &l))
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.inBulk {
		if err := x.beginBulk(); err != nil {
			return 0, false, err
		}
		return x.bulk.add(p)
	}
	id, stands, err = x.put(&l, row, true)
	if err == nil && x.delta.postings() >= x.FlushAt {
		err = x.settle()
	}
	return id, stands, err
}

func (x *Index) beginBulk() (err error) {
	if x.bulk != nil {
		return nil
	}
	if x.readOnly {
		return forReading()
	}
	if err := x.flush(); err != nil {
		return err
	}
	x.bulk, err = x.newBulk()
	return err
}

func forReading() error {
	return &record.Error{Code: record.CodeRefused, Message: "the index is open for reading only"}
}

func tooMany() error {
	return &record.Error{Code: record.CodeRefused, Message: "the index has given out all its numbers; make it again with: bonafide index build"}
}

// put adds a lean profile and its row. The newest version of a record stands; of two of one second the one whose row
// is larger, so that the order of arrival does not show.
func (x *Index) put(p *link.Profile, row []byte, write bool) (uint32, bool, error) {
	old, there, err := x.byName(p.Self)
	if err != nil {
		return 0, false, err
	}
	if there {
		b, err := x.rowOf(old)
		if err != nil {
			return 0, false, err
		}
		var q link.Profile
		if !readRowOf(b, &q, noValues) {
			return 0, false, damaged(x.dir, "a row cannot be read")
		}
		if q.At > p.At || q.At == p.At && bytes.Compare(b, row) >= 0 {
			return old, false, nil
		}
	}
	if uint64(x.delta.to()) >= uint64(gone) {
		return 0, false, tooMany()
	}
	if write {
		if x.readOnly {
			return 0, false, forReading()
		}
		if err := x.log.append('A', row); err != nil {
			return 0, false, err
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if there {
		if err := x.bury(old); err != nil {
			return 0, false, err
		}
	}
	id := x.delta.to()
	x.delta.rows = append(x.delta.rows, row)
	x.delta.add(p, id)
	x.live++
	return id, true, nil
}

// bury takes a subject out: of the delta at once, of a segment at the next merge.
func (x *Index) bury(id uint32) error {
	x.live--
	if id < x.delta.from {
		x.dead.add(id)
		return nil
	}
	q, ok := readRow(x.delta.row(id))
	if !ok {
		return damaged(x.man.Log, "a row cannot be read")
	}
	x.delta.forget(&q, id)
	x.delta.rows[id-x.delta.from] = nil
	return nil
}

// Delete takes a record out by the digest of its name (Profile.Self) and says whether it was there. Its row and
// postings leave the files with the next merge.
func (x *Index) Delete(self uint64) (bool, error) {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.bulk != nil {
		return x.bulk.remove(self)
	}
	return x.remove(self, true)
}

func (x *Index) remove(self uint64, write bool) (bool, error) {
	id, there, err := x.byName(self)
	if err != nil || !there {
		return false, err
	}
	if write {
		if x.readOnly {
			return false, forReading()
		}
		var b [8]byte
		for i := range b {
			b[i] = byte(self >> (8 * i))
		}
		if err := x.log.append('D', b[:]); err != nil {
			return false, err
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	return true, x.bury(id)
}

// Sync waits until everything added or deleted before is on disk. All who wait at one time wait for the disk together.
func (x *Index) Sync() error {
	x.writing.Lock()
	l := x.log
	x.writing.Unlock()
	if l == nil {
		return nil
	}
	return l.sync()
}

// Verify reads every byte and says how many files are sound.
func (x *Index) Verify() (files int, err error) {
	x.files.RLock()
	defer x.files.RUnlock()
	for _, s := range x.segs {
		if err := s.verify(); err != nil {
			return files, err
		}
		files += 3
		var seen, kept, seenParts, keptParts photoSum
		for id := s.from(); id < s.to(); id++ {
			b, err := s.row(id)
			if err != nil {
				return files, err
			}
			p, ok := readRow(b)
			if !ok && len(b) > 0 {
				return files, damaged(s.rows.path, "a row cannot be read")
			}
			longPhotos(&p, func(h longHash) { seen.add(photoRow{h, id}) })
			partPhotos(&p, func(h longHash) { seenParts.add(photoRow{h, id}) })
		}
		if err := s.photos.whole.each(kept.add); err != nil {
			return files, err
		}
		if err := s.photos.partly.each(keptParts.add); err != nil {
			return files, err
		}
		if seen != kept || seenParts != keptParts {
			return files, damaged(s.photos.from.path, "it does not hold the pictures of its rows")
		}
	}
	return files + 2, nil // and the manifest and log, which Open has read
}
