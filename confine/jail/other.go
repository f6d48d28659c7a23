//go:build !linux

package jail

import (
	"os"
	"os/exec"
	"runtime/debug"
)

// Run starts cmd and waits for it. Outside Linux no lock is given from here.
func Run(cmd *exec.Cmd, more []string, started func()) (held []string, err error) {
	if len(more) > 0 {
		return nil, ErrUnlocked
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	started()
	return nil, cmd.Wait()
}

// Lock bounds the memory the runtime asks for; the child's own watch and the
// parent's clock do the rest. No lock of the system is held.
func Lock(l Limits) (held []string) {
	debug.SetMemoryLimit(int64(l.Data) * 3 / 4)
	debug.SetMaxStack(64 << 20)
	debug.SetTraceback("none")
	os.Clearenv()
	return nil
}

// Become is not given outside Linux: a foreign program is only run locked.
func Become(l Limits, path string, args []string) error {
	return ErrUnlocked
}
