// Package rules is the catalogue: every check on a record, one small function each, with its code, severity,
// source and texts beside it.
//
// To add a rule: take the next free code of its family in package billing, write the rule in the list of the family's
// file with every number it uses in billing.Policy, add rows to the family's table test and the code to the end of
// testdata/codes.txt, and write RULES.md anew with go test ./billing/rules -update. A code never changes meaning and
// never goes.
package rules
