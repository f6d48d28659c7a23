package index

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/zeebo/xxh3"

	"bonafide/record"
)

// A sealed file is written once and never changed: a payload, the checksum of each of its blocks, and a footer that
// says what it is. A block is verified when it is first touched, so that a damaged one is an error and never an answer.
//
//	payload · one xxh3 a block of 64 KiB · footer: magic, kind, payload length, 24 numbers of the writer's, checksum of the checksums, checksum of the footer
const (
	sealedMagic = "bonafide index 1\n"
	blockBytes  = 1 << 16
	footMeta    = 24
	footBytes   = len(sealedMagic) + 8*(2+footMeta+2)
)

// What a sealed file holds.
const (
	holdsKeys = iota + 1
	holdsRows
	holdsDead
	holdsClimate
	holdsPhotos
)

// sealedWriter writes a sealed file beside its name; Finish moves it there.
type sealedWriter struct {
	path  string
	f     *os.File
	w     *bufio.Writer
	sum   *xxh3.Hasher
	sums  []uint64
	at    uint64 // bytes of payload so far
	inSum int    // bytes in the block begun
	kind  uint64
	Meta  [footMeta]uint64
	err   error
}

func newSealed(path string, kind uint64) (*sealedWriter, error) {
	f, err := os.OpenFile(path+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, cannot(path, "written", err)
	}
	return &sealedWriter{path: path, f: f, w: bufio.NewWriterSize(f, 1<<20), sum: xxh3.New(), kind: kind}, nil
}

func (s *sealedWriter) Write(b []byte) (int, error) {
	n := len(b)
	for len(b) > 0 && s.err == nil {
		part := b[:min(len(b), blockBytes-s.inSum)]
		s.sum.Write(part)
		if s.inSum += len(part); s.inSum == blockBytes {
			s.endBlock()
		}
		_, s.err = s.w.Write(part)
		s.at += uint64(len(part))
		b = b[len(part):]
	}
	return n, s.err
}

func (s *sealedWriter) endBlock() {
	s.sums = append(s.sums, s.sum.Sum64())
	s.sum.Reset()
	s.inSum = 0
}

// Finish writes sums and footer, waits for the disk and gives the file its name.
func (s *sealedWriter) Finish() error {
	if s.inSum > 0 {
		s.endBlock()
	}
	var b []byte
	for _, x := range s.sums {
		b = binary.LittleEndian.AppendUint64(b, x)
	}
	all := xxh3.Hash(b)
	b = append(b, sealedMagic...)
	b = binary.LittleEndian.AppendUint64(b, s.kind)
	b = binary.LittleEndian.AppendUint64(b, s.at)
	for _, x := range s.Meta {
		b = binary.LittleEndian.AppendUint64(b, x)
	}
	b = binary.LittleEndian.AppendUint64(b, all)
	b = binary.LittleEndian.AppendUint64(b, xxh3.Hash(b[8*len(s.sums):]))
	if s.err == nil {
		_, s.err = s.w.Write(b)
	}
	if s.err == nil {
		s.err = s.w.Flush()
	}
	if s.err == nil {
		s.err = s.f.Sync()
	}
	if err := s.f.Close(); s.err == nil {
		s.err = err
	}
	if s.err == nil {
		s.err = os.Rename(s.path+".part", s.path)
	}
	if s.err != nil {
		os.Remove(s.path + ".part")
		return cannot(s.path, "written", s.err)
	}
	return nil
}

// Abandon gives up a file that is not finished.
func (s *sealedWriter) Abandon() {
	s.f.Close()
	os.Remove(s.path + ".part")
}

// sealed is an open sealed file. Views stay valid until Close.
type sealed struct {
	path    string
	f       *os.File
	bytes   []byte // the mapped file; nil where the system maps none
	release func() error
	size    uint64 // of the payload
	Meta    [footMeta]uint64
	sums    []uint64
	seen    []atomic.Uint64 // a bit per verified block
}

func openSealed(path string, kind uint64) (s *sealed, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, cannot(path, "opened", err)
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return nil, cannot(path, "opened", err)
	}
	foot := make([]byte, footBytes)
	if info.Size() < int64(footBytes) {
		return nil, damaged(path, "it is cut short")
	}
	if _, err := f.ReadAt(foot, info.Size()-int64(footBytes)); err != nil {
		return nil, cannot(path, "read", err)
	}
	if string(foot[:len(sealedMagic)]) != sealedMagic {
		return nil, damaged(path, "it does not end as an index file of this version does")
	}
	if xxh3.Hash(foot[:footBytes-8]) != binary.LittleEndian.Uint64(foot[footBytes-8:]) {
		return nil, damaged(path, "its last bytes do not fit their checksum")
	}
	word := func(i int) uint64 { return binary.LittleEndian.Uint64(foot[len(sealedMagic)+8*i:]) }
	if word(0) != kind {
		return nil, damaged(path, "it is another kind of index file")
	}
	s = &sealed{path: path, f: f, size: word(1), release: func() error { return nil }}
	for i := range s.Meta {
		s.Meta[i] = word(2 + i)
	}
	blocks := (s.size + blockBytes - 1) / blockBytes
	if s.size > 1<<46 || uint64(info.Size()) != s.size+8*blocks+uint64(footBytes) {
		return nil, damaged(path, "its length is not what it says")
	}
	raw := make([]byte, 8*blocks)
	if _, err := f.ReadAt(raw, int64(s.size)); err != nil {
		return nil, cannot(path, "read", err)
	}
	if xxh3.Hash(raw) != word(2+footMeta) {
		return nil, damaged(path, "its checksums do not fit")
	}
	s.sums = make([]uint64, blocks)
	for i := range s.sums {
		s.sums[i] = binary.LittleEndian.Uint64(raw[8*i:])
	}
	s.seen = make([]atomic.Uint64, (blocks+63)/64)
	if s.bytes, s.release, err = mapped(f, int(s.size)); err != nil {
		return nil, cannot(path, "mapped", err)
	}
	if s.release == nil {
		s.release = func() error { return nil }
	}
	return s, nil
}

// Close gives everything back.
func (s *sealed) Close() error { return errors.Join(s.release(), s.f.Close()) }

// view is n bytes of the payload, verified.
func (s *sealed) view(at, n uint64) ([]byte, error) {
	if at > s.size || n > s.size-at {
		return nil, damaged(s.path, "it points outside itself")
	}
	if n == 0 {
		return nil, nil
	}
	first, last := at/blockBytes, (at+n-1)/blockBytes
	if s.bytes == nil {
		return s.read(at, n, first, last)
	}
	for b := first; b <= last; b++ {
		if s.seen[b/64].Load()&(1<<(b%64)) == 0 {
			if xxh3.Hash(s.bytes[b*blockBytes:min((b+1)*blockBytes, s.size)]) != s.sums[b] {
				return nil, damaged(s.path, fmt.Sprintf("block %d does not fit its checksum", b))
			}
			s.seen[b/64].Or(1 << (b % 64))
		}
	}
	return s.bytes[at : at+n : at+n], nil
}

// read is view where files are not mapped.
func (s *sealed) read(at, n, first, last uint64) ([]byte, error) {
	from, to := first*blockBytes, min((last+1)*blockBytes, s.size)
	buf := make([]byte, to-from)
	if _, err := s.f.ReadAt(buf, int64(from)); err != nil && !errors.Is(err, io.EOF) {
		return nil, cannot(s.path, "read", err)
	}
	for b := first; b <= last; b++ {
		if xxh3.Hash(buf[(b-first)*blockBytes:min((b-first+1)*blockBytes, to-from)]) != s.sums[b] {
			return nil, damaged(s.path, fmt.Sprintf("block %d does not fit its checksum", b))
		}
	}
	return buf[at-from : at-from+n], nil
}

// verify reads every block.
func (s *sealed) verify() error {
	const part = 64 * blockBytes
	for at := uint64(0); at < s.size; at += part {
		if _, err := s.view(at, min(part, s.size-at)); err != nil {
			return err
		}
	}
	return nil
}

// damaged is the error of a file that cannot be trusted any more.
func damaged(path, why string) error {
	return &record.Error{Code: record.CodeInvalid, Where: filepath.Base(path),
		Message: "damaged: " + why + "; make the index again with: bonafide index build"}
}

func cannot(path, what string, err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return &record.Error{Code: record.CodeUnavailable, Where: filepath.Base(path), Message: "cannot be " + what, Err: err}
}

// syncDir makes renames in a folder last.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return cannot(dir, "opened", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, os.ErrInvalid) {
		return cannot(dir, "synced", err)
	}
	return nil
}
