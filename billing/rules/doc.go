// Package rules is the catalogue: every check on a record, one small function each, with its code, severity,
// source and texts beside it.
//
// To add a rule: take the next free code of its family in package billing, write the rule in the file of the
// family, put it into All, add its table test, and regenerate the list in RULES.md. A code never changes
// meaning, and a rule that is not in the region's agreements is off until the policy turns it on.
package rules
