// Package value turns what the files of spreadsheet programs store into what a
// person sees in a cell: numbers, dates, times, durations and texts. It knows
// nothing of files.
package value
