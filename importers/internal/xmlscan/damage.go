package xmlscan

// Reason identifies a violation of the rules of XML. Packages table and ijw have
// the texts for users; table adds reasons for the rules of workbooks.
type Reason string

// The ways in which a document can be broken.
const (
	CutOff             Reason = "cut-off"             // the content ends too early
	TokenTooLong       Reason = "token-too-long"      // a tag, comment or text
	Mismatch           Reason = "mismatch"            // an end tag of another element
	BadName            Reason = "bad-name"            // missing, not valid or too long
	BadTag             Reason = "bad-tag"             // its inside is no list of attributes
	Unquoted           Reason = "unquoted"            // the value of an attribute
	DuplicateAttribute Reason = "duplicate-attribute" // twice in one tag
	TooManyAttributes  Reason = "too-many-attributes" // in one tag
	TooDeep            Reason = "too-deep"            // elements inside each other
	AfterEnd           Reason = "after-end"           // an element after the root's end
	OutsideRoot        Reason = "outside-root"        // text before or after the root
	BadDeclaration     Reason = "bad-declaration"     // the XML declaration in the wrong place
	BadEncoding        Reason = "bad-encoding"        // not XML 1.0 in UTF-8 or UTF-16
	DocumentType       Reason = "document-type"       // <!DOCTYPE, with or without entities
	BadComment         Reason = "bad-comment"         // -- inside it
	LessThan           Reason = "less-than"           // < in an attribute
	SectionEnd         Reason = "section-end"         // ]]> in text
	ControlCharacter   Reason = "control-character"   // a character that XML does not allow
	NotUTF8            Reason = "not-utf8"            // a byte that is not valid text
	BadReference       Reason = "bad-reference"       // a lone & or an unknown entity
	StrayText          Reason = "stray-text"          // text where only elements are allowed
	StrayElement       Reason = "stray-element"       // an element where it is not allowed
	BadNamespace       Reason = "bad-namespace"       // a prefix that changes its meaning
)

// Reasons are all of the above.
var Reasons = []Reason{
	CutOff, TokenTooLong, Mismatch, BadName, BadTag, Unquoted, DuplicateAttribute, TooManyAttributes, TooDeep, AfterEnd, OutsideRoot,
	BadDeclaration, BadEncoding, DocumentType, BadComment, LessThan, SectionEnd, ControlCharacter, NotUTF8, BadReference, StrayText, StrayElement, BadNamespace,
}

// Damage is the error of a document that breaks the rules.
type Damage struct {
	Offset int64 // of the byte, from 0, in the document as UTF-8
	Reason Reason
	Entity string // for BadReference: the name of an entity that is not predefined; "" for another fault
}

// Error returns the reason.
func (d *Damage) Error() string { return string(d.Reason) }
