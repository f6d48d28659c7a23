// Package jail locks a process in before it touches hostile bytes: limits on
// memory, time and files, no network, no new program, no new file. A lock that
// this machine cannot give is named, never passed over in silence.
//
// The locks come from two sides. Start, in the parent, gives the child its own
// user, network and process namespaces where they may be had, and a Landlock
// domain before its first instruction. Lock, in the child, sets the limits and
// the list of system calls before the first hostile byte is read.
//
// To add an operating system: a pair of files start_<os>.go and lock_<os>.go
// that says which locks it has.
package jail

import "errors"

// ErrUnlocked: a program that is not ours is never run without its locks.
var ErrUnlocked = errors.New("a lock is missing")

// Lock names, as reports print them.
const (
	LockMemory     = "memory limit"
	LockCPU        = "processor time limit"
	LockFiles      = "no file can be written"
	LockCore       = "no memory dump"
	LockSyscalls   = "system calls by allow-list" // seccomp
	LockPaths      = "no file can be opened"      // Landlock
	LockNamespaces = "own network and process namespace"
	LockPrivileges = "no new privileges"
	LockParent     = "dies with its parent"
)

// All is every lock, in the order in which reports print them.
var all = []string{LockMemory, LockCPU, LockFiles, LockCore, LockSyscalls, LockPaths, LockNamespaces, LockPrivileges, LockParent}

// All is every lock there is on the best machine.
func All() []string { return append([]string(nil), all...) }

// Limits bound one child.
type Limits struct {
	CPUSeconds uint64
	Address    uint64 // bytes of address space; Go reserves much that it never uses
	Data       uint64 // bytes of private memory that can be written
}

// Default is what one file may use.
func Default() Limits {
	return Limits{CPUSeconds: 10, Address: 2 << 30, Data: 768 << 20}
}
