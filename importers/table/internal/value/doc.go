// Package value converts the values stored in workbooks (numbers, dates, times,
// durations and texts) to what a person sees in a cell. [FormatOf] and [BuiltIn]
// classify number formats, and the Append functions convert values. It does not
// read files.
package value
