package index

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"sync"

	"github.com/zeebo/xxh3"
)

// The log holds what came in since the last segment, so that a crash loses nothing that Sync promised.
//
//	record: mark, length of the body, checksum of length and body · body: 'A' and a row, or 'D' and the digest of a record name
const (
	logMark = 0xb0f1de01
	logHead = 16
	logMost = 1 << 24 // of one record
)

type logFile struct {
	path string
	f    *os.File

	mu    sync.Mutex // guards what follows
	w     *bufio.Writer
	buf   []byte
	taken int   // records appended
	err   error // the first; after it nothing is promised any more

	disk   sync.Mutex // one at a time waits for the disk, for all who came before
	kept   int        // records on disk
	closed bool
}

func createLog(path string) (*logFile, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		return nil, cannot(path, "written", err)
	}
	return &logFile{path: path, f: f, w: bufio.NewWriterSize(f, 1<<18)}, nil
}

// reopenLog goes on behind the last whole record.
func reopenLog(path string, whole int64) (*logFile, error) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0o600)
	if err == nil {
		if err = f.Truncate(whole); err == nil {
			_, err = f.Seek(whole, io.SeekStart)
		}
	}
	if err != nil {
		return nil, cannot(path, "written", err)
	}
	return &logFile{path: path, f: f, w: bufio.NewWriterSize(f, 1<<18)}, nil
}

func (l *logFile) append(kind byte, body []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return l.err
	}
	l.taken++
	le := binary.LittleEndian
	l.buf = le.AppendUint32(l.buf[:0], logMark)
	l.buf = le.AppendUint32(l.buf, uint32(1+len(body)))
	l.buf = le.AppendUint64(l.buf, 0)
	l.buf = append(append(l.buf, kind), body...)
	le.PutUint64(l.buf[8:], logSum(l.buf))
	if _, err := l.w.Write(l.buf); err != nil {
		l.err = cannot(l.path, "written", err)
	}
	return l.err
}

func logSum(record []byte) uint64 {
	return xxh3.Hash(record[logHead:]) ^ uint64(binary.LittleEndian.Uint32(record[4:]))*0x9e3779b97f4a7c15
}

// sync waits until the disk has everything appended so far. Whoever comes while another waits for the disk finds it done when
// their turn comes, or does it for all who have come since.
func (l *logFile) sync() error {
	want, err := l.written(false)
	if err != nil {
		return err
	}
	l.disk.Lock()
	defer l.disk.Unlock()
	if l.closed || l.kept >= want {
		return nil
	}
	all, err := l.written(true)
	if err != nil {
		return err
	}
	if err := l.f.Sync(); err != nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.err = cannot(l.path, "synced", err)
		return l.err
	}
	l.kept = all
	return nil
}

// written is how many records were appended, once the system has them all if asked.
func (l *logFile) written(flush bool) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if flush && l.err == nil {
		if err := l.w.Flush(); err != nil {
			l.err = cannot(l.path, "written", err)
		}
	}
	return l.taken, l.err
}

func (l *logFile) close() error {
	err := l.sync()
	if e := l.retire(); err == nil && e != nil {
		err = cannot(l.path, "closed", e)
	}
	return err
}

// retire closes a log of which nothing is needed any more: whoever still waits for it waits for nothing.
func (l *logFile) retire() error {
	l.disk.Lock()
	defer l.disk.Unlock()
	l.closed = true
	return l.f.Close()
}

// replay gives every whole record of a log, and where the last one ends. What a crash left half written at the end
// is passed over; a bad record with good ones behind it is damage.
func replay(path string, each func(kind byte, body []byte) error) (whole int64, err error) {
	all, err := os.ReadFile(path)
	if err != nil {
		return 0, cannot(path, "read", err)
	}
	at := 0
	for {
		n, ok := logRecord(all[at:])
		if !ok {
			break
		}
		if err := each(all[at+logHead], all[at+logHead+1:at+n]); err != nil {
			return 0, err
		}
		at += n
	}
	mark := binary.LittleEndian.AppendUint32(nil, logMark)
	for rest := at + 1; rest < len(all); rest++ {
		i := bytes.Index(all[rest:], mark)
		if i < 0 {
			break
		}
		if rest += i; rest < len(all) {
			if _, ok := logRecord(all[rest:]); ok {
				return 0, damaged(path, "a record in its middle does not fit its checksum")
			}
		}
	}
	return int64(at), nil
}

func logRecord(b []byte) (n int, ok bool) {
	if len(b) < logHead+1 || binary.LittleEndian.Uint32(b) != logMark {
		return 0, false
	}
	body := binary.LittleEndian.Uint32(b[4:])
	if body == 0 || body > logMost || int(body) > len(b)-logHead {
		return 0, false
	}
	n = logHead + int(body)
	return n, logSum(b[:n]) == binary.LittleEndian.Uint64(b[8:])
}
