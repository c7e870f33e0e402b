package ijw

import "strconv"

// Kind is the kind of a message, by the number that the standard names it with.
type Kind int

// The kinds that pxq knows, in the numbers of iJw.
const (
	JW301 Kind = 301 // assignment (toewijzing)
	JW323 Kind = 323 // declaration
	JW325 Kind = 325 // answer to a declaration
)

// MaxBytes is the largest message that may be sent (OP179).
const MaxBytes = 25 << 20

// The namespaces of iJw 3.2. Most elements are of the message's own, what stands inside the composed data types (CDT_…)
// is of the shared one.
const (
	SharedSpace = release + "basisschema/schema"
	release     = "http://www.istandaarden.nl/ijw/3_2/"
)

// messages tells for each kind the name in its namespace and its message code (COD002).
var messages = map[Kind]struct{ name, code string }{
	JW301: {"jw301", "436"},
	JW323: {"jw323", "490"},
	JW325: {"jw325", "491"},
}

// String gives the kind as the field names it, JW323.
func (k Kind) String() string { return "JW" + strconv.Itoa(int(k)) }

// Space gives the namespace of the kind's own elements.
func (k Kind) Space() string { return release + messages[k].name + "/schema" }

// Code gives the BerichtCode of the kind, 490 for a JW323.
func (k Kind) Code() string { return messages[k].code }

// The version and subversion that every message of iJw 3.2 bears.
const (
	Version    = "3"
	Subversion = "2"
)

// Header is the header of a message that came in or goes out to be answered. The message code and version are the same
// for all of a kind.
type Header struct {
	Sender         string // Afzender: AGB code in a JW323, CBS code of the municipality in a JW301
	Receiver       string // Ontvanger: the other of the two
	Identification Identification
	Schema         SchemaVersion
}

// Identification names a message: 1 to 12 characters, as written, and its date (dagtekening).
type Identification struct {
	ID    string
	Dated Day
}

// SchemaVersion names the schemas that a message was made with, each as x.y.z.
type SchemaVersion struct{ Shared, Message string }

// OurSchemas is the version of the schemas that our own messages name.
var OurSchemas = SchemaVersion{"1.0.0", "1.0.0"}
