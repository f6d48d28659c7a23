//go:build unix

package index

import (
	"os"
	"syscall"
)

// mapped is a whole file in the address space; the system keeps of it in memory what is used.
func mapped(f *os.File, size int) (bytes []byte, release func() error, err error) {
	if size == 0 {
		return nil, func() error { return nil }, nil
	}
	m, err := syscall.Mmap(int(f.Fd()), 0, size, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, nil, err
	}
	return m, func() error { return syscall.Munmap(m) }, nil
}

// lockFile keeps a second writer out until the file is closed.
func lockFile(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }
