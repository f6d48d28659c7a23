//go:build unix

package confine

import (
	"os"
	"syscall"
)

const (
	forbidden = syscall.SIGSYS
	killed    = syscall.SIGKILL
)

// signalled is the signal that ended a process, 0 for none.
func signalled(s *os.ProcessState) syscall.Signal {
	if w, ok := s.Sys().(syscall.WaitStatus); ok && w.Signaled() {
		return w.Signal()
	}
	return 0
}
