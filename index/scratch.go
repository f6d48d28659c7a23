// Package index keeps on disk what link may not touch: keys and, for tables larger than memory, the
// working data of a linkage run. It decides nothing about people. To add a kind of
// file: one file named for what it holds, opened, bounded and removed in one place.
package index

import (
	"fmt"
	"os"
	"sync"
	"syscall"
	"unsafe"
)

// Scratch is room in mapped temporary files: the system keeps of it in memory what is used and what fits. The files have
// no name any more once they are open, so nothing is left behind, whatever happens.
type Scratch struct {
	mu   sync.Mutex
	dir  string
	maps [][]byte
	free []byte // rest of the newest mapping
}

const scratchPiece = 256 << 20

// NewScratch uses the given folder, or the system's for temporary files when it is empty.
func NewScratch(dir string) *Scratch { return &Scratch{dir: dir} }

// Bytes returns n zeroed bytes that stay valid until Close.
func (s *Scratch) Bytes(n int) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	const align = 8
	n8 := (n + align - 1) / align * align
	if n8 > len(s.free) {
		size := max(n8, scratchPiece)
		m, err := mapNew(s.dir, size)
		if err != nil {
			return nil, err
		}
		s.maps = append(s.maps, m)
		s.free = m
	}
	out := s.free[:n:n]
	s.free = s.free[n8:]
	return out, nil
}

// Words is Bytes for 32-bit numbers.
func (s *Scratch) Words(n int) ([]uint32, error) {
	b, err := s.Bytes(n * 4)
	if err != nil || n == 0 {
		return nil, err
	}
	return unsafe.Slice((*uint32)(unsafe.Pointer(unsafe.SliceData(b))), n), nil
}

func mapNew(dir string, size int) ([]byte, error) {
	f, err := os.CreateTemp(dir, "bonafide-scratch-")
	if err != nil {
		return nil, fmt.Errorf("index: scratch: %w", err)
	}
	defer f.Close()
	os.Remove(f.Name())
	if err := f.Truncate(int64(size)); err != nil {
		return nil, fmt.Errorf("index: scratch: %w", err)
	}
	m, err := syscall.Mmap(int(f.Fd()), 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		return nil, fmt.Errorf("index: scratch: %w", err)
	}
	return m, nil
}

// Close gives all room back. What was handed out must not be used afterwards.
func (s *Scratch) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var first error
	for _, m := range s.maps {
		if err := syscall.Munmap(m); err != nil && first == nil {
			first = err
		}
	}
	s.maps, s.free = nil, nil
	return first
}
