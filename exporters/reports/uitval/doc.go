// Package uitval plans uitval.xlsx, in which controllers see every hold that asks for a decision, and fill in what they
// decide; rejects and signals stand on sheets of their own.
package uitval
