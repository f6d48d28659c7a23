//go:build linux && (amd64 || arm64)

package jail

import (
	"errors"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// What the Go runtime needs after start, and no more: memory, locks, time,
// threads of its own, signals to itself, the two streams. Everything else
// fails; what no reader ever has a reason to try ends the process, so that the
// parent can say that it was tried.
var allowed = []uintptr{
	unix.SYS_READ, unix.SYS_WRITE, unix.SYS_CLOSE,
	unix.SYS_MUNMAP, unix.SYS_MADVISE, unix.SYS_BRK, unix.SYS_MREMAP,
	unix.SYS_FUTEX, unix.SYS_NANOSLEEP, unix.SYS_CLOCK_NANOSLEEP, unix.SYS_CLOCK_GETTIME, unix.SYS_GETTIMEOFDAY,
	unix.SYS_SCHED_YIELD, unix.SYS_SCHED_GETAFFINITY, unix.SYS_GETPID, unix.SYS_GETTID,
	unix.SYS_RT_SIGACTION, unix.SYS_RT_SIGPROCMASK, unix.SYS_RT_SIGRETURN, unix.SYS_SIGALTSTACK,
	unix.SYS_EXIT, unix.SYS_EXIT_GROUP, unix.SYS_SET_ROBUST_LIST, unix.SYS_RSEQ, unix.SYS_GETRANDOM, unix.SYS_RESTART_SYSCALL,
	unix.SYS_GETRUSAGE,
	// Timers of the runtime; without a file to watch they lead nowhere.
	unix.SYS_EPOLL_CREATE1, unix.SYS_EPOLL_CTL, unix.SYS_EPOLL_PWAIT, unix.SYS_EVENTFD2,
}

var fatal = []uintptr{
	unix.SYS_SOCKET, unix.SYS_SOCKETPAIR, unix.SYS_CONNECT, unix.SYS_BIND, unix.SYS_LISTEN, unix.SYS_ACCEPT, unix.SYS_ACCEPT4,
	unix.SYS_SENDTO, unix.SYS_SENDMSG, unix.SYS_SENDMMSG,
	unix.SYS_EXECVE, unix.SYS_EXECVEAT, unix.SYS_PTRACE, unix.SYS_PROCESS_VM_READV, unix.SYS_PROCESS_VM_WRITEV,
	unix.SYS_MOUNT, unix.SYS_UMOUNT2, unix.SYS_PIVOT_ROOT, unix.SYS_CHROOT, unix.SYS_SETNS, unix.SYS_UNSHARE,
	unix.SYS_BPF, unix.SYS_PERF_EVENT_OPEN, unix.SYS_USERFAULTFD, unix.SYS_KEYCTL, unix.SYS_ADD_KEY, unix.SYS_REQUEST_KEY,
	unix.SYS_IO_URING_SETUP, unix.SYS_INIT_MODULE, unix.SYS_FINIT_MODULE, unix.SYS_KEXEC_LOAD, unix.SYS_OPEN_BY_HANDLE_AT,
	unix.SYS_PIDFD_OPEN, unix.SYS_PIDFD_GETFD, unix.SYS_PIDFD_SEND_SIGNAL, unix.SYS_KILL, unix.SYS_RT_SIGQUEUEINFO, unix.SYS_RT_TGSIGQUEUEINFO,
	unix.SYS_SETUID, unix.SYS_SETGID, unix.SYS_REBOOT, unix.SYS_SWAPON, unix.SYS_MEMFD_CREATE,
}

const (
	retAllow = 0x7fff0000
	retKill  = 0x80000000
	retErrno = 0x00050000

	offNumber = 0
	offArch   = 4
	offArg0   = 16
	offArg2   = 32

	cloneThread = unix.CLONE_VM | unix.CLONE_FS | unix.CLONE_FILES | unix.CLONE_SIGHAND | unix.CLONE_THREAD
)

// filterReader is the list for our own readers.
func filterReader() error { return filter(false) }

// filterProgram is the list for a program that is not ours: it may start, and
// open and read what Landlock lets it; what is fatal stays so, execve apart.
func filterProgram() error { return filter(true) }

// readsFiles is what a C program needs beside: its loader maps libraries, it
// looks at files and reads them. Nothing here changes a file.
var readsFiles = []uintptr{
	unix.SYS_EXECVE, unix.SYS_MMAP, unix.SYS_MPROTECT, unix.SYS_OPENAT, unix.SYS_PREAD64, unix.SYS_READV, unix.SYS_WRITEV, unix.SYS_LSEEK,
	unix.SYS_FSTAT, unix.SYS_STATX, unix.SYS_FACCESSAT, unix.SYS_FACCESSAT2, unix.SYS_READLINKAT, unix.SYS_GETDENTS64, unix.SYS_STATFS, unix.SYS_FSTATFS,
	unix.SYS_FCNTL, unix.SYS_IOCTL, unix.SYS_FADVISE64, unix.SYS_DUP, unix.SYS_PRLIMIT64, unix.SYS_SET_TID_ADDRESS, unix.SYS_SYSINFO, unix.SYS_UNAME, unix.SYS_GETCWD,
	unix.SYS_GETUID, unix.SYS_GETEUID, unix.SYS_GETGID, unix.SYS_GETEGID, unix.SYS_CLOCK_GETRES, unix.SYS_GETPPID,
}

func filter(foreign bool) error {
	var p []unix.SockFilter
	stmt := func(code uint16, k uint32) { p = append(p, unix.SockFilter{Code: code, K: k}) }
	jump := func(code uint16, k uint32, yes, no uint8) {
		p = append(p, unix.SockFilter{Code: code, Jt: yes, Jf: no, K: k})
	}
	load := func(at uint32) { stmt(unix.BPF_LD|unix.BPF_W|unix.BPF_ABS, at) }
	ret := func(v uint32) { stmt(unix.BPF_RET|unix.BPF_K, v) }
	const is, any, atLeast = unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K, unix.BPF_JMP | unix.BPF_JGE | unix.BPF_K

	load(offArch)
	jump(is, auditArch, 1, 0)
	ret(retKill)
	load(offNumber)
	jump(atLeast, 0x40000000, 0, 1) // the x32 numbers
	ret(retKill)
	list := append([]uintptr(nil), allowed...)
	if foreign {
		list = append(append(list, readsFiles...), readsFilesHere...)
	}
	for _, n := range list {
		jump(is, uint32(n), 0, 1)
		ret(retAllow)
	}
	for _, n := range append(append([]uintptr(nil), fatal...), fatalHere...) {
		if foreign && n == unix.SYS_EXECVE {
			continue
		}
		jump(is, uint32(n), 0, 1)
		ret(retKill)
	}
	// Memory that can be run is never made anew: mmap and mprotect without
	// PROT_EXEC only.
	for _, n := range []uintptr{unix.SYS_MMAP, unix.SYS_MPROTECT} {
		jump(is, uint32(n), 0, 4)
		load(offArg2)
		jump(any, unix.PROT_EXEC, 0, 1)
		ret(retErrno | uint32(unix.EPERM))
		ret(retAllow)
	}
	// A thread, never a process.
	jump(is, uint32(unix.SYS_CLONE), 0, 5)
	load(offArg0)
	stmt(unix.BPF_ALU|unix.BPF_AND|unix.BPF_K, cloneThread)
	jump(is, cloneThread, 0, 1)
	ret(retAllow)
	ret(retKill)
	jump(is, uint32(unix.SYS_CLONE3), 0, 1)
	ret(retErrno | uint32(unix.ENOSYS))
	// Signals to itself only: the runtime stops its threads with them.
	jump(is, uint32(unix.SYS_TGKILL), 0, 4)
	load(offArg0)
	jump(is, uint32(os.Getpid()), 0, 1)
	ret(retAllow)
	ret(retKill)
	ret(retErrno | uint32(unix.EPERM))

	program := unix.SockFprog{Len: uint16(len(p)), Filter: &p[0]}
	// TSYNC: every thread of the process, those that are already there too.
	r, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return errno
	}
	if r != 0 {
		return errors.New("a thread could not be locked")
	}
	return nil
}
