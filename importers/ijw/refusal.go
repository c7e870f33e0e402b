package ijw

import (
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
)

// Reason identifies why a file is refused.
type Reason string

// The reasons.
const (
	Unreadable    Reason = "unreadable"     // reading the file failed
	TooLarge      Reason = "too-large"      // more than 25 × 1024² bytes
	NotXML        Reason = "not-xml"        // empty, or not XML at all
	WrongEncoding Reason = "wrong-encoding" // not UTF-8, or not XML 1.0
	HasDoctype    Reason = "doctype"        // a document type
	HasEntity     Reason = "entity"         // an entity that is not predefined in XML
	Malformed     Reason = "malformed"      // broken XML
	OtherMessage  Reason = "other-message"  // a message of another kind or version, or no message
	WrongElement  Reason = "wrong-element"  // an element in the wrong place, or a missing one
	WrongValue    Reason = "wrong-value"    // a value that the schema does not allow
	WrongContent  Reason = "wrong-content"  // text or an attribute where none belongs
)

// Refusal explains why a file is not taken in, addressed to the person who has to correct it. It never contains a BSN or
// other personal data.
type Refusal struct {
	Reason         Reason
	File           string // as the caller named it; "" if the message was not read from a file
	Rule           string // rule of the standard, "" if none: CS015, CS025, CS319
	Path           string // of the element, such as Bericht/Declaratie/Clienten/Client[2]/Bsn; "" if outside the message
	Line           int    // in the file, from 1; 0 if the refusal concerns the file as a whole
	Dutch, English string // the text, without the place

	cause error
}

// Error returns the English text with the place.
func (r *Refusal) Error() string { return r.In("en") }

// Unwrap returns the underlying error of the system, or nil.
func (r *Refusal) Unwrap() error { return r.cause }

// In returns the text with the place in a language: "nl" for Dutch, English otherwise.
func (r *Refusal) In(language string) string {
	line, text := "line", r.English
	if language == "nl" {
		line, text = "regel", r.Dutch
	}
	var place []string
	if r.File != "" {
		place = append(place, r.File)
	}
	if r.Line > 0 {
		place = append(place, fmt.Sprintf("%s %d", line, r.Line))
	}
	if r.Path != "" {
		place = append(place, r.Path)
	}
	if len(place) == 0 {
		return text
	}
	return strings.Join(place, ", ") + ": " + text
}

// refuse returns a refusal, with its text formatted by billing.Texts.
func refuse(reason Reason, text billing.Text, arguments ...any) *Refusal {
	text = billing.Texts(text.Dutch, text.English, arguments...)
	return &Refusal{Reason: reason, Dutch: text.Dutch, English: text.English}
}

func text(dutch, english string) billing.Text { return billing.Text{Dutch: dutch, English: english} }

// malformed returns the refusal of broken XML.
func malformed(what billing.Text) *Refusal {
	return refuse(Malformed, text("het bestand is beschadigd of geen geldige XML: %s. Maak het bericht opnieuw aan.",
		"the file is damaged or is not valid XML: %s. Create the message again."), what)
}

// The ways in which XML can be broken that only namespaces and the beginning of a message add.
var (
	brokenPrefix      = text("een voorvoegsel is niet of verkeerd aan een naamruimte verbonden", "a prefix is not bound to a namespace, or to the wrong one")
	brokenTwice       = text("een attribuut staat er twee keer", "an attribute appears twice")
	brokenDeclaration = text("de XML-declaratie is ongeldig of staat niet vooraan", "the XML declaration is not valid or is not at the beginning")
)

// broken has the texts of the other ways.
var broken = func() map[xmlscan.Reason]billing.Text {
	tag := text("een tag is ongeldig of te lang", "a tag is not valid or too long")
	attribute := text("een attribuut is ongeldig", "an attribute is not valid")
	after := text("er staan gegevens voor of na het bericht", "there are data before or after the message")
	return map[xmlscan.Reason]billing.Text{
		xmlscan.CutOff:             text("de inhoud houdt te vroeg op", "the content ends too early"),
		xmlscan.TokenTooLong:       tag,
		xmlscan.Mismatch:           text("een eindtag hoort niet bij de begintag", "an end tag does not match its start tag"),
		xmlscan.BadName:            text("een naam ontbreekt of is ongeldig", "a name is missing or not valid"),
		xmlscan.BadTag:             tag,
		xmlscan.Unquoted:           attribute,
		xmlscan.DuplicateAttribute: brokenTwice,
		xmlscan.TooManyAttributes:  attribute,
		xmlscan.TooDeep:            tag,
		xmlscan.AfterEnd:           after,
		xmlscan.OutsideRoot:        after,
		xmlscan.BadDeclaration:     brokenDeclaration,
		xmlscan.BadEncoding:        brokenDeclaration,
		xmlscan.BadComment:         text("een opmerking of instructie is ongeldig", "a comment or instruction is not valid"),
		xmlscan.LessThan:           attribute,
		xmlscan.SectionEnd:         text("er staat ]]> in de tekst", "there is ]]> in the text"),
		xmlscan.ControlCharacter:   text("er staat een teken in dat niet is toegestaan", "it contains a character that is not allowed"),
		xmlscan.NotUTF8:            text("er staat een byte in die geen UTF-8 is", "it contains a byte that is not UTF-8"),
		xmlscan.BadReference:       text("een & staat los of verwijst naar een teken dat niet is toegestaan", "an & is on its own or refers to a character that is not allowed"),
	}
}()
