//go:build !unix

package source

// withoutWaiting is nothing where a folder holds no pipes; links are found by looking before and after.
const withoutWaiting = 0
