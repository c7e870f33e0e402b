//go:build unix

package limits

import "syscall"

// allowed returns the number of files that this process may have open and its address space in bytes; the largest number
// means that there is no limit.
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
