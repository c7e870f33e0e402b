// Package rules is the catalogue of rules: every check on a record, one small function each, together with its code,
// severity, source and texts. [All] returns them in judging order; package billing applies them. [Message] and
// [Remedy] write the texts of a finding.
//
// The lists of rules stand by family: row.go (F), identity.go (U), referral.go (R), contract.go (C), price.go (P),
// duration.go (D), segment.go (S), age.go (A), time.go (T), plausibility.go (L), volume.go (V) and message.go (J).
//
// To add a rule: take the next free code of its family in package billing, write the rule in the list of the family's
// file with every number it uses in billing.Policy, add rows to the family's table test and the code to the end of
// testdata/codes.txt, and regenerate RULES.md with go test ./billing/rules -update. A code never changes meaning and
// is never removed.
package rules
