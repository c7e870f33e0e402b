//go:build unix

package source

import "syscall"

// withoutWaiting opens a pipe without waiting for a writer, and does not follow a link.
const withoutWaiting = syscall.O_NONBLOCK | syscall.O_NOFOLLOW
