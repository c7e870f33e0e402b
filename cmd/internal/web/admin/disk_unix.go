//go:build unix

package admin

import "syscall"

// freeSpace returns the number of bytes that this process may still write to the disk of a folder.
func freeSpace(folder string) (int64, error) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return 0, err
	}
	return int64(disk.Bavail) * int64(disk.Bsize), nil //nolint:gosec // a disk is not that large
}
