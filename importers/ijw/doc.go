// Package ijw reads the national messages that come in: assignments (JW301) and declarations (JW323) of iJw 3.2.
//
// A message is money here, so it is read whole or refused whole (level 1 of the standard): the order, the presence and the
// number of its elements, the form of its values and its code lists are those of the schemas, and everything XML allows is
// allowed: any prefix, default namespaces, comments, CDATA, xsi attributes, a byte order mark. Not allowed, though XML
// would: a document type and entities of its own, another encoding than UTF-8, more than 25 × 1024² bytes. What stops a
// file is a [Refusal], with the path of the element, its line, what was found and what was expected, in Dutch and English.
//
// A declaration streams: its header first, then each client by itself, so memory does not grow with the message. A Refusal
// can come after any number of clients, also after the last; the caller then takes back what the sink was given.
//
// scanner.go and its neighbours are the XML, schema.go and its neighbours the schemas as tables, message301.go and
// message323.go say where values go. To read one more element, add it there.
package ijw
