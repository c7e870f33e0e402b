//go:build unix

package limits

import "syscall"

// allowed returns how many files this process may have open, and how many bytes of address space it may use; the largest
// number for what has no limit.
func allowed() (files, memory uint64) {
	return soft(syscall.RLIMIT_NOFILE), soft(syscall.RLIMIT_AS)
}

func soft(resource int) uint64 {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(resource, &limit); err != nil {
		return ^uint64(0)
	}
	return limit.Cur
}
