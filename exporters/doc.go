// Package exporters groups the packages that write what pxq produces; it has no code of its own. Read workbook first, then
// layout and month in reports.
//
//	reports    the workbooks for people: of a period (regio, gemeente, uitval and retour), and of a year
//	tables     the exports for other programs: CSV and JSON
//	ijw        the national messages: declarations (JW323), answers (JW325) and referrals (JW301)
//	templates  the workbooks that people fill in
//	shown      how rows, findings and lines are shown, in tables and workbooks alike
//	workbook   how all workbooks look, and how they are written
package exporters
