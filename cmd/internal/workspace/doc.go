// Package workspace is the application: everything that can be done with a workspace, for whichever front asks. It
// reads the settings and the contract book, knows the folders, and wires the reader of files, the store, the rules
// and the workbooks together.
//
// What it gives back is data: a summary, the story of a record, a comparison. A front writes that for its readers. A
// [Problem] says by facts why something was not done, and [Progress] is told how far a long piece of work is. Nothing
// here prints, asks, or ends the program.
//
// A [Folder] is a workspace on disk; a [Workspace] is one whose database is open.
package workspace
