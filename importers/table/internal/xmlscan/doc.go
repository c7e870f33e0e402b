// Package xmlscan cuts the XML of a workbook into tokens and checks on the way
// that it is well formed: a sheet of which a part is silently skipped is a
// loss of rows, and rows are money.
//
// It knows what spreadsheet programs write of XML and refuses the rest: a
// document type, with the entities that could make a small file enormous,
// other encodings than UTF-8 and UTF-16, tags and nesting beyond any use. The
// memory it needs does not grow with the document.
//
// Names are compared by their local part where that cannot be mistaken;
// attributes keep their prefix.
package xmlscan
