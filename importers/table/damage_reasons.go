package table

import (
	"archive/zip"
	"errors"
	"io"

	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
)

// The ways in which a sheet or another part breaks the rules of workbooks, in
// addition to those of XML.
const (
	otherRoot       xmlscan.Reason = "other-root"
	notWorksheet    xmlscan.Reason = "not-worksheet"
	noSheetData     xmlscan.Reason = "no-sheet-data"
	secondSheetData xmlscan.Reason = "second-sheet-data"
	badRowNumber    xmlscan.Reason = "bad-row-number"
	badRowOrder     xmlscan.Reason = "bad-row-order"
	badCellAddress  xmlscan.Reason = "bad-cell-address"
	badCellRow      xmlscan.Reason = "bad-cell-row"
	badCellOrder    xmlscan.Reason = "bad-cell-order"
	badCellType     xmlscan.Reason = "bad-cell-type"
	badCellStyle    xmlscan.Reason = "bad-cell-style"
	secondValue     xmlscan.Reason = "second-value"
	badTextNumber   xmlscan.Reason = "bad-text-number"
	notTexts        xmlscan.Reason = "not-texts"
	badRepeat       xmlscan.Reason = "bad-repeat"
)

// damageReasons are the texts of all reasons why the XML of a part is damaged.
var damageReasons = map[xmlscan.Reason]phrase{
	xmlscan.CutOff:             {"de inhoud houdt te vroeg op", "the content ends too early"},
	xmlscan.TokenTooLong:       {"een tekst of tag is te lang", "a text or tag is too long"},
	xmlscan.Mismatch:           {"een eindtag hoort niet bij de begintag", "an end tag does not match its start tag"},
	xmlscan.BadName:            {"een naam ontbreekt of is ongeldig", "a name is missing or not valid"},
	xmlscan.BadTag:             {"een tag is ongeldig", "a tag is not valid"},
	xmlscan.Unquoted:           {"een attribuut heeft geen aanhalingstekens", "an attribute is not quoted"},
	xmlscan.DuplicateAttribute: {"een attribuut staat er twee keer", "an attribute appears twice"},
	xmlscan.TooManyAttributes:  {"een tag heeft te veel attributen", "a tag has too many attributes"},
	xmlscan.TooDeep:            {"de elementen zijn te diep genest", "the elements are nested too deeply"},
	xmlscan.AfterEnd:           {"er staan gegevens na het einde", "there is data after the end"},
	xmlscan.OutsideRoot:        {"er staat tekst voor het begin of na het einde", "there is text before the beginning or after the end"},
	xmlscan.BadDeclaration:     {"de XML-declaratie staat op de verkeerde plaats", "the XML declaration is in the wrong place"},
	xmlscan.BadEncoding:        {"het is geen XML 1.0 in UTF-8 of UTF-16", "it is not XML 1.0 in UTF-8 or UTF-16"},
	xmlscan.DocumentType:       {"er staat een documenttype in, dat hoort niet in een werkmap", "it has a document type, which does not belong in a workbook"},
	xmlscan.BadComment:         {"een opmerking is ongeldig", "a comment is not valid"},
	xmlscan.LessThan:           {"er staat een < in een attribuut", "there is a < in an attribute"},
	xmlscan.SectionEnd:         {"er staat ]]> in de tekst", "there is ]]> in the text"},
	xmlscan.ControlCharacter:   {"er staat een teken in dat niet is toegestaan", "it contains a character that is not allowed"},
	xmlscan.NotUTF8:            {"er staat een byte in die geen geldige tekst is", "it contains a byte that is not valid text"},
	xmlscan.BadReference:       {"een & staat los of verwijst naar een onbekend teken", "an & stands alone or refers to an unknown character"},
	xmlscan.StrayText:          {"er staat tekst buiten de cellen", "there is text outside the cells"},
	xmlscan.StrayElement:       {"er staat een onbekend element tussen de rijen of cellen", "there is an unknown element among the rows or cells"},

	otherRoot:            {"het begint met een ander element dan verwacht", "it begins with a different element than expected"},
	notWorksheet:         {"dit is geen werkblad", "this is not a worksheet"},
	noSheetData:          {"de rijen ontbreken", "the rows are missing"},
	secondSheetData:      {"de rijen staan er twee keer", "the rows appear twice"},
	badRowNumber:         {"een rijnummer is ongeldig", "a row number is not valid"},
	badRowOrder:          {"de rijnummers lopen niet op", "the row numbers do not ascend"},
	badCellAddress:       {"een celadres is ongeldig of ligt voorbij kolom XFD", "a cell reference is not valid or lies beyond column XFD"},
	badCellRow:           {"een celadres hoort bij een andere rij", "a cell reference belongs to another row"},
	badCellOrder:         {"de cellen staan niet op volgorde of dubbel", "the cells are out of order or repeated"},
	badCellType:          {"een cel heeft een onbekende soort", "a cell has an unknown type"},
	badCellStyle:         {"een cel heeft een opmaak die niet bestaat", "a cell has a style that does not exist"},
	secondValue:          {"een cel heeft twee waarden", "a cell has two values"},
	badTextNumber:        {"een cel verwijst naar een tekst die niet bestaat", "a cell refers to a text that does not exist"},
	notTexts:             {"dit is geen lijst van teksten", "this is not a list of texts"},
	badRepeat:            {"het aantal herhalingen van een rij of cel is ongeldig", "the number of repetitions of a row or cell is not valid"},
	xmlscan.BadNamespace: {"een voorvoegsel verandert halverwege van betekenis", "a prefix changes its meaning halfway"},
}

// What can be wrong with a part of a zip; %s is its name.
var (
	partMissing  = phrase{"onderdeel %s ontbreekt", "part %s is missing"}
	partTwice    = phrase{"onderdeel %s staat er twee keer in", "part %s appears twice"}
	partOverlaps = phrase{"onderdeel %s ligt over een ander onderdeel heen", "part %s overlaps another part"}
	partCutOff   = phrase{"onderdeel %s houdt te vroeg op", "part %s ends too early"}
	partTooLarge = phrase{"onderdeel %s is te groot", "part %s is too large"}
	partChecksum = phrase{"het controlegetal van onderdeel %s klopt niet", "the checksum of part %s is wrong"}
	partPacking  = phrase{"onderdeel %s is ingepakt op een manier die in een werkmap niet voorkomt", "part %s is compressed in a way that workbooks do not use"}
	partSizes    = phrase{"de grootte van onderdeel %s is anders dan de inhoudsopgave zegt", "the size of part %s is not what the table of contents says"}
	partBroken   = phrase{"onderdeel %s kan niet worden uitgepakt", "part %s cannot be unpacked"}
	partNoSheet  = phrase{"onderdeel %s noemt een blad dat er niet is", "part %s names a sheet that does not exist"}
	partTwoNames = phrase{"twee bladen verwijzen naar onderdeel %s", "two sheets refer to part %s"}
)

// zipReason describes a decompression error of a part.
func zipReason(err error) phrase {
	switch {
	case errors.Is(err, zip.ErrChecksum):
		return partChecksum
	case errors.Is(err, io.ErrUnexpectedEOF):
		return partCutOff
	case errors.Is(err, zip.ErrAlgorithm):
		return partPacking
	case errors.Is(err, zip.ErrFormat):
		return partSizes
	}
	return partBroken
}

// zipProblem converts an error of listing the parts of a zip into a problem.
func zipProblem(err error) error {
	if isFromFile(err) {
		return err
	}
	reason := phrase{"de inhoudsopgave kan niet worden gelezen", "its table of contents cannot be read"}
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		reason = phrase{"het bestand houdt te vroeg op", "the file ends too early"}
	case errors.Is(err, zip.ErrFormat):
		reason = phrase{"de inhoudsopgave ontbreekt of klopt niet", "its table of contents is missing or wrong"}
	}
	return newProblem("damaged-zip", reason)
}
