//go:build !unix

package source

// withoutWaiting is 0 on systems without pipes in folders; Open detects links by comparing before and after.
const withoutWaiting = 0
