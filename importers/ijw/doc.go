// Package ijw reads incoming national messages: assignments (JW301) and declarations (JW323) of iJw 3.2. [Read] reads a
// message into a [Sink]; [Read301] and [Read323] read it into memory.
//
// A message is money here, so it is read whole or refused whole (level 1 of the standard). The order, presence and number of
// its elements, the form of its values and its code lists must follow the schemas. All of XML is allowed (any prefix, default
// namespaces, comments, CDATA, xsi attributes, a byte order mark), except a document type, custom entities, encodings other
// than UTF-8, names beyond ASCII, and more than 25 × 1024² bytes. What stops a file is a [Refusal], with the path and line of the element, what
// was found and what was expected, in Dutch and English.
//
// A declaration is streamed, the header first and then client by client, so memory does not grow with the message. A Refusal
// can come after any number of clients, even after the last; the caller then discards what the sink has received.
//
// The files beginning.go, scanner.go and namespaces.go read XML, reader.go checks it against the schema; schema.go, types.go and shared.go
// describe the schemas as tables, and message301.go and message323.go add where each value is stored. To read one more
// element, add it there.
package ijw
