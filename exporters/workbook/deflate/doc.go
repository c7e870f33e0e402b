// Package deflate packs the rows of a sheet as RFC 1951 has it. A general packer looks for what it saw before at every
// byte; this one is told where the values of cells stand. All else in a row is as in the row above it or in the cell
// before it, and a value is mostly that of the row above, or one that stood in a row shortly before.
package deflate
