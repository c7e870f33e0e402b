// Package synthetic makes a workspace that looks like a month of the region: referrals, the submissions of its
// providers in the many shapes in which providers really send them, and a natural share of every kind of
// mistake. It serves the demo, trials and benchmarks. No person in it exists: the citizen service numbers are
// from the range that is kept for tests.
//
// A workspace is planned first and written afterwards. The plan (clients, referrals, visits and the mistakes
// in them) is small enough to hold a million records in memory; the files are streamed from it, a few at once.
// The same options give the same files, byte for byte.
//
// To add a mistake of one row: give it a share in rowMistakes, with what makes a visit fit for it, and say in
// mistakes_rows.go how it shows. To add a mistake of a whole referral: add a scenario in mistakes_referrals.go. To add a way in which
// providers send: add it to ways.go.
package synthetic
