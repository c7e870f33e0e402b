// Package uitval plans uitval.xlsx, in which controllers see every hold that needs a decision and fill in what they decide;
// rejects and signals are on separate sheets. A Workbook collects rows and signals (uitval.go); holds.go has the columns of
// the holds, stakes.go the amounts at stake, and copied_signals.go copies signals from the workbook of an earlier run.
package uitval
