package jail

import (
	"errors"
	"os"
	"runtime/debug"
	"slices"

	"golang.org/x/sys/unix"
)

// Lock locks the calling process for good and returns the locks that hold. It
// must be called before any hostile byte is read.
func Lock(l Limits) (held []string) {
	runtimeLimits(l)
	return lock(l, filterReader)
}

// Become turns the calling process, locked, into another program that is not
// ours: limits as ever, no network, no other process; it may open what the
// parent let it. It returns only when it fails.
func Become(l Limits, path string, args []string) error {
	if held := lock(l, filterProgram); !slices.Contains(held, LockSyscalls) || !slices.Contains(held, LockMemory) {
		return errors.New("a lock is missing: a foreign program is not run without it")
	}
	return unix.Exec(path, args, nil)
}

func lock(l Limits, filter func() error) (held []string) {
	set := func(name string, which int, value uint64) {
		if unix.Setrlimit(which, &unix.Rlimit{Cur: value, Max: value}) == nil {
			held = append(held, name)
		}
	}
	set("", unix.RLIMIT_NOFILE, 32)
	held = held[:0]
	if unix.Setrlimit(unix.RLIMIT_AS, &unix.Rlimit{Cur: l.Address, Max: l.Address}) == nil {
		set(LockMemory, unix.RLIMIT_DATA, l.Data)
	}
	set(LockCPU, unix.RLIMIT_CPU, l.CPUSeconds)
	set(LockFiles, unix.RLIMIT_FSIZE, 0)
	set(LockCore, unix.RLIMIT_CORE, 0)
	if unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0) != nil {
		held = without(held, LockCore)
	}
	if unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == nil {
		held = append(held, LockPrivileges)
	}
	if filter() == nil {
		held = append(held, LockSyscalls)
	}
	return held
}

func runtimeLimits(l Limits) {
	// The collector works harder long before the kernel says no.
	debug.SetMemoryLimit(int64(l.Data) * 3 / 4)
	debug.SetMaxStack(64 << 20)
	debug.SetTraceback("none") // a trace would carry bytes of the file
	os.Clearenv()
}

func without(list []string, s string) (out []string) {
	for _, v := range list {
		if v != s {
			out = append(out, v)
		}
	}
	return out
}
