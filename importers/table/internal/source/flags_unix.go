//go:build unix

package source

import "syscall"

// withoutWaiting opens a pipe without waiting for who writes to it, and no link.
const withoutWaiting = syscall.O_NONBLOCK | syscall.O_NOFOLLOW
