// Package meter says what a run of a benchmark cost its process.
package meter

import (
	"syscall"
	"time"
)

// Processor is the processor time this process was given, 0 where the system
// does not say; where a machine is shared it says more than the clock.
func Processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Peak is the most memory this process had, in bytes, 0 where the system does
// not say.
func Peak() int64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return int64(u.Maxrss) * 1024
}
