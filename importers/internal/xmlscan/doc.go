// Package xmlscan splits the XML of a workbook or a message into tokens and checks
// that it is well formed: silently skipping part of it would lose rows, and rows
// are money. A [Scanner] reads tokens, a [Named] resolves namespace prefixes, and a
// [Damage] is the error of broken XML.
//
// It accepts the subset of XML that programs write and refuses the rest: a document
// type, whose entities could make a small file enormous, encodings other than UTF-8
// and UTF-16, names that are not in ASCII, and excessively long tags or deep
// nesting. Memory does not grow with the document.
//
// Names of elements come without their prefix, which is unambiguous in an xlsx
// workbook; names of attributes keep theirs.
package xmlscan
