package ijw

// Sink takes what is read of messages. An error of it ends the reading and is given back as it is.
type Sink interface {
	// Declaration takes the header and the declaration of a JW323, once, before its clients.
	Declaration(Header, Declaration) error
	// Client takes the next client of a JW323, which is then the sink's own.
	Client(*Client) error
	// Assigned takes a JW301.
	Assigned(*Message301) error
}

// File is a message as it came in.
type File struct {
	Kind    Kind
	Name    string // base name of the file
	SHA256  string // of Content, hexadecimal
	Content []byte
}
