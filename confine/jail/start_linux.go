package jail

import (
	"debug/elf"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Run starts cmd locked in and waits for it. started is called once it runs.
// It returns the locks given from this side.
//
// The child is started by a thread that has put itself under the same Landlock
// domain; the thread is thrown away afterwards. It lives as long as the child,
// since the kernel ties "dies with its parent" to it.
//
// more are files and folders that this child may read and run besides itself.
func Run(cmd *exec.Cmd, more []string, started func()) (held []string, err error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // never unlocked: the thread ends here
		held, err = run(cmd, more, started)
	}()
	<-done
	return held, err
}

func run(cmd *exec.Cmd, more []string, started func()) (held []string, err error) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
	held = append(held, LockParent)
	if namespaces() {
		cmd.SysProcAttr.Cloneflags = ownNamespaces
		held = append(held, LockNamespaces)
	}
	if landlock(cmd.Path, more) == nil {
		held = append(held, LockPaths)
	} else if len(more) > 0 {
		return held, ErrUnlocked
	}
	if err := cmd.Start(); err != nil {
		return held, err
	}
	started()
	return held, cmd.Wait()
}

// namespaces says, after one trial, whether this machine lets us have our own.
// The trial names a program that does not exist: where that is the complaint,
// the namespaces were given.
var namespaces = sync.OnceValue(func() bool {
	_, err := os.StartProcess("/proc/self/no such program", []string{"trial"}, &os.ProcAttr{Sys: &syscall.SysProcAttr{Cloneflags: ownNamespaces}})
	return errors.Is(err, syscall.ENOENT)
})

const ownNamespaces = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET | syscall.CLONE_NEWIPC | syscall.CLONE_NEWPID

// landlock puts the calling thread, and what it starts, into a domain that may
// read nothing but the program itself, the libraries its loader needs, and more.
func landlock(program string, more []string) error {
	abi, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 {
		return errno
	}
	attr := unix.LandlockRulesetAttr{Handled_access_fs: 1<<13 - 1} // ABI 1: everything there was
	if abi >= 2 {
		attr.Handled_access_fs |= unix.LANDLOCK_ACCESS_FS_REFER
	}
	if abi >= 3 {
		attr.Handled_access_fs |= unix.LANDLOCK_ACCESS_FS_TRUNCATE
	}
	size := uintptr(8) // the structure grew with the versions
	if abi >= 4 {
		attr.Handled_access_net = unix.LANDLOCK_ACCESS_NET_BIND_TCP | unix.LANDLOCK_ACCESS_NET_CONNECT_TCP
		size = 16
	}
	if abi >= 5 {
		attr.Handled_access_fs |= unix.LANDLOCK_ACCESS_FS_IOCTL_DEV
	}
	if abi >= 6 {
		attr.Scoped = unix.LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | unix.LANDLOCK_SCOPE_SIGNAL
		size = 24
	}
	set, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&attr)), size, 0)
	if errno != 0 {
		return errno
	}
	defer unix.Close(int(set))
	allow := func(path string, access uint64) error {
		fd, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
		if err != nil {
			return err
		}
		defer unix.Close(fd)
		rule := unix.LandlockPathBeneathAttr{Allowed_access: access, Parent_fd: int32(fd)}
		if _, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, set, unix.LANDLOCK_RULE_PATH_BENEATH, uintptr(unsafe.Pointer(&rule)), 0, 0, 0); errno != 0 {
			return errno
		}
		return nil
	}
	const run = unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_READ_FILE
	if err := allow(program, run); err != nil {
		return err
	}
	// The streams of the child that lead nowhere.
	if err := allow(os.DevNull, unix.LANDLOCK_ACCESS_FS_READ_FILE|unix.LANDLOCK_ACCESS_FS_WRITE_FILE); err != nil {
		return err
	}
	for _, path := range more {
		access := uint64(run)
		if info, err := os.Stat(path); err != nil {
			continue // what is not there cannot be read
		} else if info.IsDir() {
			access |= unix.LANDLOCK_ACCESS_FS_READ_DIR
		}
		if err := allow(path, access); err != nil {
			return err
		}
	}
	if dynamic(program) {
		for _, dir := range []string{"/lib", "/lib64", "/usr/lib", "/usr/lib64"} {
			allow(dir, run|unix.LANDLOCK_ACCESS_FS_READ_DIR)
		}
		allow("/etc/ld.so.cache", unix.LANDLOCK_ACCESS_FS_READ_FILE)
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	if _, _, errno := unix.Syscall(unix.SYS_LANDLOCK_RESTRICT_SELF, set, 0, 0); errno != 0 {
		return errno
	}
	return nil
}

// dynamic: the program needs a loader. When it cannot be told, it is taken to.
func dynamic(program string) bool {
	f, err := elf.Open(program)
	if err != nil {
		return true
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			return true
		}
	}
	return false
}
