// Package ijw holds the national messages of iJw 3.2 as plain data, and the rules of the standard that need no store:
// the assignment (JW301), the declaration (JW323) and the answer to a declaration (JW325).
//
// A message that was read keeps, next to every value, the text as it was written, with its white space, signs and leading
// zeros, because an answer repeats what it answers. Amounts are whole cents, volumes whole units.
//
// The standard judges a declaration on four levels. Level 1 is the schema, checked by importers/ijw; a file that breaks it
// is refused and has no answer. Level 2 is judged inside the message by [Judge]; if one of its rules is broken, the answer
// is a header with 0001. Levels 3 and 4 need earlier messages, referrals and the contract book; checks on them that need
// only a few values are functions here. [Message323.ResultsOf] collects the result of each prestatie, and
// [Message323.Answer] makes the answer from these.
//
// The terms of the standard:
//
//	heenbericht     Message301, Message323     retourbericht      Answer325
//	prestatie       Prestatie                  toegewezen product Assignment
//	retourcode      ReturnCode                 dagtekening        Identification.Dated
//	debet, credit   Debit, Credit              eenheid            Unit
//	toewijzing      referral, as in package billing
package ijw
