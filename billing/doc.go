// Package billing holds the words and the arithmetic of a P*Q declaration: records, referrals, the contract
// book, judging, lines and the difference with what was declared before.
//
// It is pure: data in, verdicts and lines out. It knows no files, SQL, spreadsheets or clock; the same data
// always give the same result. The rules themselves are in billing/rules, one small function each; this
// package says in which order they are judged and what their findings do to a record.
//
// Money is whole cents, time is hundredths of a minute, day-parts are hundredths of a day-part. Amounts are
// rounded in one place only: Price.Times.
//
// The words, as the field uses them:
//
//	zorgregel              Record          toewijzing, beschikking   Referral
//	aanlevering            Submission      declaratieregel           Line
//	aanbieder              Provider        gemeente, gebied          Municipality, Area
//	perceel, segment       Segment         tarief                    Price
//	dagdeel                Daypart         budgetplafond             Ceiling
//	declaratieperiode      Period          besluit                   Decision
//	akkoord, uitval        Accepted, Held  afgewezen, wacht          Rejected, Pending
package billing
