package store

import (
	"os"
	"syscall"
)

// setAside takes real blocks for a file, not a hole.
func setAside(f *os.File, size int64) error { return syscall.Fallocate(int(f.Fd()), 0, 0, size) }

// room is how many bytes a folder's disk has left for us.
func room(dir string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}
