// Package yearly writes the yearly production statement: a workbook for the region, for each municipality and for each
// provider, of the care of one calendar year in closed periods.
package yearly
