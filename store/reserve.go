package store

import (
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"bonafide/record"
)

// reserve is room set aside in the data folder. When the disk is full it is given
// back, so that people can still decide, sign out and erase, and the audit of it
// is written; what other systems hand in is refused and jobs rest until there is
// room to set aside again. Without it a full disk would refuse the erasure that
// makes room.
type reserve struct {
	file  string
	full  atomic.Bool
	tried atomic.Int64 // seconds since 1970 of the last try to set room aside again
}

const reserveSize = 8 << 20

var errDiskFull = &record.Error{Code: record.CodeUnavailable, Where: "database", Message: "the disk is full; nothing was written. What other systems hand in waits until there is room"}

// keep sets the room aside where the file system can, and says whether there is
// room enough for more than it.
func (r *reserve) keep() bool {
	free, err := room(filepath.Dir(r.file))
	if err != nil {
		return true // a system that cannot say goes without
	}
	if info, err := os.Stat(r.file); err == nil && info.Size() == reserveSize {
		return true
	}
	if free < 3*reserveSize {
		return false
	}
	f, err := os.OpenFile(r.file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return false
	}
	err = setAside(f, reserveSize)
	f.Close()
	if err != nil {
		os.Remove(r.file) // a file system without the means goes without
	}
	return true
}

// give gives the room back.
func (r *reserve) give() {
	if r.file != "" && r.full.CompareAndSwap(false, true) {
		os.Remove(r.file)
	}
}

// short says whether the disk is still full, and looks at most once a second.
func (r *reserve) short() bool {
	if !r.full.Load() {
		return false
	}
	now := time.Now().Unix()
	if last := r.tried.Load(); now > last && r.tried.CompareAndSwap(last, now) && r.keep() {
		r.full.Store(false)
		return false
	}
	return true
}

// crowded says whether an actor's work waits because the disk is full.
func (s *Store) crowded(a record.Actor) bool {
	e, ok := s.engine.(*sqliteEngine)
	return ok && a.Kind == record.ActorKey && e.reserve.short()
}

// resting says whether jobs wait for the same reason.
func (s *Store) resting() bool {
	e, ok := s.engine.(*sqliteEngine)
	return ok && e.reserve.short()
}
