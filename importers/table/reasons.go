package table

// The ways in which the XML of a workbook can be broken.
var (
	reasonCutOff             = phrase{"de inhoud houdt te vroeg op", "the content ends too early"}
	reasonTokenTooLong       = phrase{"een tekst of tag is te lang", "a text or tag is too long"}
	reasonMismatch           = phrase{"een eindtag hoort niet bij de begintag", "an end tag does not match its start tag"}
	reasonName               = phrase{"een naam ontbreekt of is ongeldig", "a name is missing or not valid"}
	reasonTag                = phrase{"een tag is ongeldig", "a tag is not valid"}
	reasonUnquoted           = phrase{"een attribuut heeft geen aanhalingstekens", "an attribute is not quoted"}
	reasonDuplicateAttribute = phrase{"een attribuut staat er twee keer", "an attribute stands there twice"}
	reasonTooManyAttributes  = phrase{"een tag heeft te veel attributen", "a tag has too many attributes"}
	reasonTooDeep            = phrase{"de elementen zijn te diep genest", "the elements are nested too deeply"}
	reasonAfterEnd           = phrase{"er staan gegevens na het einde", "there is data after the end"}
	reasonOutside            = phrase{"er staat tekst buiten het blad", "there is text outside the sheet"}
	reasonDeclaration        = phrase{"de XML-declaratie staat op de verkeerde plaats", "the XML declaration is in the wrong place"}
	reasonEncoding           = phrase{"het is geen XML 1.0 in UTF-8 of UTF-16", "it is not XML 1.0 in UTF-8 or UTF-16"}
	reasonDocumentType       = phrase{"er staat een documenttype in, dat hoort niet in een werkmap", "it has a document type, which does not belong in a workbook"}
	reasonComment            = phrase{"een opmerking is ongeldig", "a comment is not valid"}
	reasonLessThan           = phrase{"er staat een < in een attribuut", "there is a < in an attribute"}
	reasonSectionEnd         = phrase{"er staat ]]> in de tekst", "there is ]]> in the text"}
	reasonControl            = phrase{"er staat een teken in dat niet is toegestaan", "it has a character that is not allowed"}
	reasonNotUTF8            = phrase{"er staat een byte in die geen geldige tekst is", "it has a byte that is no valid text"}
	reasonReference          = phrase{"een & staat los of verwijst naar een onbekend teken", "an & stands alone or refers to an unknown character"}

	reasonNotWorksheet     = phrase{"dit is geen werkblad", "this is not a worksheet"}
	reasonNoSheetData      = phrase{"de rijen ontbreken", "the rows are missing"}
	reasonSecondSheetData  = phrase{"de rijen staan er twee keer", "the rows are there twice"}
	reasonStrayElement     = phrase{"er staat een onbekend element tussen de rijen of cellen", "there is an unknown element among the rows or cells"}
	reasonStrayText        = phrase{"er staat tekst buiten de cellen", "there is text outside the cells"}
	reasonRowNumber        = phrase{"een rijnummer is ongeldig", "a row number is not valid"}
	reasonRowOrder         = phrase{"de rijnummers lopen niet op", "the row numbers do not ascend"}
	reasonCellReference    = phrase{"een celadres is ongeldig", "a cell reference is not valid"}
	reasonCellRow          = phrase{"een celadres hoort bij een andere rij", "a cell reference belongs to another row"}
	reasonCellOrder        = phrase{"de cellen staan niet op volgorde of dubbel", "the cells are out of order or repeated"}
	reasonCellType         = phrase{"een cel heeft een onbekende soort", "a cell has an unknown type"}
	reasonCellStyle        = phrase{"een cel heeft een opmaak die niet bestaat", "a cell has a style that does not exist"}
	reasonSecondValue      = phrase{"een cel heeft twee waarden", "a cell has two values"}
	reasonSharedIndex      = phrase{"een cel verwijst naar een tekst die niet bestaat", "a cell refers to a text that does not exist"}
	reasonNotSharedStrings = phrase{"dit is geen lijst van teksten", "this is not a list of texts"}
)
