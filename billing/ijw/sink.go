package ijw

// Sink receives what is read of a message. If it returns an error, reading stops and the reader returns that error.
type Sink interface {
	// Declaration receives the header and the declaration of a JW323, once, before its clients.
	Declaration(Header, Declaration) error
	// Client receives the next client of a JW323. It may keep it.
	Client(*Client) error
	// Assigned receives a JW301.
	Assigned(*Message301) error
}

// File is a message as it came in.
type File struct {
	Kind    Kind
	Name    string // base name of the file
	SHA256  string // of Content, hexadecimal
	Content []byte
}
