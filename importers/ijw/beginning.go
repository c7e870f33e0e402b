package ijw

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// otherEncodings are the beginnings of files in other encodings, with or without a byte order mark. UTF-32 comes before
// UTF-16, whose marks are prefixes of its marks.
var otherEncodings = []struct{ mark, name string }{
	{"\xff\xfe\x00\x00", "UTF-32"}, {"<\x00\x00\x00", "UTF-32"}, {"\x00\x00\xfe\xff", "UTF-32"}, {"\x00\x00\x00<", "UTF-32"},
	{"\xfe\xff", "UTF-16"}, {"\xff\xfe", "UTF-16"}, {"\x00<", "UTF-16"}, {"<\x00", "UTF-16"},
	{"Lo\xa7\x94", "EBCDIC"},
}

// declarationMax is the maximum length of an XML declaration.
const declarationMax = 1 << 10

// blanks are the characters that XML regards as white space.
const blanks = " \t\r\n"

// checkBeginning examines the first bytes of a document: it refuses other encodings than UTF-8, anything that is not XML, and
// an XML declaration that is not valid. It returns a reader of the whole document.
func checkBeginning(source io.Reader) (io.Reader, error) {
	whole := bufio.NewReaderSize(source, len("\ufeff<?xml")+declarationMax)
	first, err := whole.Peek(whole.Size())
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	for _, other := range otherEncodings {
		if bytes.HasPrefix(first, []byte(other.mark)) {
			return nil, otherEncoding(other.name)
		}
	}
	first = bytes.TrimPrefix(first, []byte("\ufeff"))
	content := bytes.TrimLeft(first, blanks)
	switch {
	case len(first) == 0:
		return nil, refuse(NotXML, text("het bestand is leeg. Maak het bericht opnieuw aan.", "the file is empty. Create the message again."))
	case len(content) > 0 && content[0] != '<':
		return nil, refuse(NotXML, text("dit is geen XML-bestand. Een iJw-bericht is XML; lever het bestand aan zoals het is aangemaakt, niet ingepakt of versleuteld.",
			"this is not an XML file. An iJw message is XML; submit the file as it was created, not zipped or encrypted."))
	}
	if rest, found := bytes.CutPrefix(first, []byte("<?xml")); found {
		return whole, checkDeclaration(rest)
	}
	return whole, nil
}

func otherEncoding(name string) *Refusal {
	return refuse(WrongEncoding, text("de tekencodering is %s, en een iJw-bericht is in UTF-8. Maak het bericht opnieuw aan in UTF-8.",
		"the encoding is %s, but an iJw message is in UTF-8. Create the message again in UTF-8."), billing.Mask(name))
}

// declarationForm matches the part of an XML declaration between <?xml and ?>.
var declarationForm = regexp.MustCompile(`^[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"([^"<&]*)"|'([^'<&]*)')` +
	`(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?` +
	`(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*$`)

// checkDeclaration checks an XML declaration from <?xml on, unless it is another instruction.
func checkDeclaration(piece []byte) error {
	piece = piece[:min(len(piece), declarationMax)]
	if len(piece) > 0 && !strings.ContainsRune(blanks+"?", rune(piece[0])) {
		return nil // an instruction whose name begins with xml
	}
	end := bytes.Index(piece, []byte("?>"))
	var found [][]byte
	if end >= 0 {
		found = declarationForm.FindSubmatch(piece[:end])
	}
	if found == nil {
		refusal := malformed(brokenDeclaration)
		refusal.Line = 1
		return refusal
	}
	if version := string(found[1]) + string(found[2]); version != "1.0" {
		return refuse(WrongEncoding, text("dit is XML %s, en een iJw-bericht is XML 1.0. Maak het bericht opnieuw aan.",
			"this is XML %s, but an iJw message is XML 1.0. Create the message again."), billing.Mask(version))
	}
	if encoding := string(found[3]) + string(found[4]); encoding != "" && !strings.EqualFold(encoding, "utf-8") {
		return otherEncoding(encoding)
	}
	return nil
}
