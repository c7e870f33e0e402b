package ijw

import "strconv"

// Kind is the kind of a message: its number in the standard.
type Kind int

// The kinds that pxq knows.
const (
	JW301 Kind = 301 // assignment (toewijzing)
	JW323 Kind = 323 // declaration
	JW325 Kind = 325 // answer to a declaration
)

// MaxBytes is the largest message that may be sent (OP179).
const MaxBytes = 25 << 20

// The namespaces of iJw 3.2. Most elements are in the namespace of the message, those inside composed data types (CDT_…) in
// the shared one.
const (
	SharedSpace = release + "basisschema/schema"
	release     = "http://www.istandaarden.nl/ijw/3_2/"
)

// messages holds for each kind the name in its namespace and its message code (COD002).
var messages = map[Kind]struct{ name, code string }{
	JW301: {"jw301", "436"},
	JW323: {"jw323", "490"},
	JW325: {"jw325", "491"},
}

// String returns the usual name of the kind, JW323.
func (k Kind) String() string { return "JW" + strconv.Itoa(int(k)) }

// Space returns the namespace of the elements of the kind.
func (k Kind) Space() string { return release + messages[k].name + "/schema" }

// Code returns the BerichtCode of the kind, 490 for a JW323.
func (k Kind) Code() string { return messages[k].code }

// The version and subversion in every message of iJw 3.2.
const (
	Version    = "3"
	Subversion = "2"
)

// Header is the header of a message. It leaves out the message code and version, which are the same for all messages of
// a kind.
type Header struct {
	Sender         string // Afzender: AGB code in a JW323, CBS code of the municipality in a JW301
	Receiver       string // Ontvanger: the other of the two
	Identification Identification
	Schema         SchemaVersion
}

// Identification identifies a message, by an ID of 1 to 12 characters, as written, and its date (dagtekening).
type Identification struct {
	ID    string
	Dated Day
}

// SchemaVersion holds the versions of the schemas that a message was made with, each as x.y.z.
type SchemaVersion struct{ Shared, Message string }

// OurSchemas are the versions of the schemas in messages that pxq makes.
var OurSchemas = SchemaVersion{"1.0.0", "1.0.0"}
