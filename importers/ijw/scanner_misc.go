package ijw

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
)

// beginning is how many bytes are examined to recognise a file.
const beginning = 64

// otherEncodings are the beginnings of files in other encodings, with or without a byte order mark. UTF-32 comes before
// UTF-16, whose marks are prefixes of its marks.
var otherEncodings = []struct{ mark, name string }{
	{"\xff\xfe\x00\x00", "UTF-32"}, {"<\x00\x00\x00", "UTF-32"}, {"\x00\x00\xfe\xff", "UTF-32"}, {"\x00\x00\x00<", "UTF-32"},
	{"\xfe\xff", "UTF-16"}, {"\xff\xfe", "UTF-16"}, {"\x00<", "UTF-16"}, {"<\x00", "UTF-16"},
	{"Lo\xa7\x94", "EBCDIC"},
}

// begin examines the first bytes: it skips a byte order mark, refuses other encodings and anything that is not XML, and reads
// the XML declaration.
func (s *scanner) begin() error {
	if _, err := s.need(beginning); err != nil {
		return err
	}
	first := s.buf[:min(s.end, beginning)] // no more, so that the result does not depend on the sizes of reads
	for _, other := range otherEncodings {
		if bytes.HasPrefix(first, []byte(other.mark)) {
			return otherEncoding(other.name)
		}
	}
	length := len(first)
	first = bytes.TrimPrefix(first, []byte("\ufeff"))
	s.pos = length - len(first)
	blank := len(first) - len(bytes.TrimLeft(first, " \t\r\n"))
	switch {
	case len(first) == 0:
		return refuse(NotXML, text("het bestand is leeg. Maak het bericht opnieuw aan.", "the file is empty. Create the message again."))
	case blank < len(first) && first[blank] != '<':
		return refuse(NotXML, text("dit is geen XML-bestand. Een iJw-bericht is XML; lever het bestand aan zoals het is aangemaakt, niet ingepakt of versleuteld.",
			"this is not an XML file. An iJw message is XML; submit the file as it was created, not zipped or encrypted."))
	}
	if declared, err := s.at("<?xml"); err != nil || !declared {
		return err
	}
	return s.xmlDeclaration()
}

func otherEncoding(name string) *Refusal {
	return refuse(WrongEncoding, text("de tekencodering is %s, en een iJw-bericht is in UTF-8. Maak het bericht opnieuw aan in UTF-8.",
		"the encoding is %s, but an iJw message is in UTF-8. Create the message again in UTF-8."), billing.Mask(name))
}

// declarationForm matches the part of an XML declaration between <?xml and ?>.
var declarationForm = regexp.MustCompile(`^[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"([^"<&]*)"|'([^'<&]*)')` +
	`(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?` +
	`(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*$`)

// declarationMax is the maximum length of an XML declaration.
const declarationMax = 1 << 10

// xmlDeclaration reads the XML declaration at the start of the document, unless it is another instruction.
func (s *scanner) xmlDeclaration() error {
	if _, err := s.need(declarationMax); err != nil {
		return err
	}
	piece := s.buf[s.pos+len("<?xml") : min(s.end, s.pos+declarationMax)]
	if len(piece) > 0 && !isBlank(piece[0]) && piece[0] != '?' {
		return nil // an instruction whose name begins with xml
	}
	end := bytes.Index(piece, []byte("?>"))
	if end < 0 {
		return malformed(brokenDeclaration)
	}
	found := declarationForm.FindSubmatch(piece[:end])
	if found == nil {
		return malformed(brokenDeclaration)
	}
	if version := string(found[1]) + string(found[2]); version != "1.0" {
		return refuse(WrongEncoding, text("dit is XML %s, en een iJw-bericht is XML 1.0. Maak het bericht opnieuw aan.",
			"this is XML %s, but an iJw message is XML 1.0. Create the message again."), billing.Mask(version))
	}
	if encoding := string(found[3]) + string(found[4]); encoding != "" && !strings.EqualFold(encoding, "utf-8") {
		return otherEncoding(encoding)
	}
	s.line += bytes.Count(piece[:end], []byte("\n"))
	s.pos += len("<?xml") + end + len("?>")
	return nil
}

// declaration reads markup that begins with <!: a comment or a CDATA section. It refuses a document type.
func (s *scanner) declaration() error {
	if comment, err := s.at("<!--"); err != nil || comment {
		if err != nil {
			return err
		}
		s.pos += len("<!--")
		return s.skip("--", brokenComment)
	}
	if section, err := s.at("<![CDATA["); err != nil || section {
		if err != nil {
			return err
		}
		return s.section()
	}
	if doctype, err := s.at("<!DOCTYPE"); err != nil || doctype {
		return orRefusal(err, refuse(HasDoctype, text("het bericht heeft een documenttype (DOCTYPE), en dat mag niet. Verwijder het.",
			"the message has a document type (DOCTYPE), which is not allowed. Remove it.")))
	}
	return malformed(brokenTag)
}

// instruction skips a processing instruction.
func (s *scanner) instruction() error {
	s.pos += len("<?")
	from := 0
	for {
		if more, err := s.need(from + 1); err != nil || !more {
			return orBroken(err, brokenCutOff)
		}
		if c := s.buf[s.pos+from]; isBlank(c) || c == '?' {
			break
		}
		from++
	}
	target := s.buf[s.pos : s.pos+from]
	switch {
	case bytes.EqualFold(target, []byte("xml")):
		return malformed(brokenDeclaration)
	case !isName(target):
		return malformed(brokenComment)
	}
	s.pos += from
	if s.buf[s.pos] == '?' {
		if over, err := s.at("?>"); err != nil || !over {
			return orBroken(err, brokenComment)
		}
	}
	return s.skip("?", brokenComment)
}

// skip skips everything up to and including the mark followed by >. The mark -- must not occur elsewhere in a comment.
func (s *scanner) skip(mark string, broken billing.Text) error {
	collect, kept := s.collect, len(s.text)
	s.collect = true
	defer func() { s.collect, s.text = collect, s.text[:kept] }()
	for {
		if more, err := s.need(1); err != nil || !more {
			return orBroken(err, brokenCutOff)
		}
		s.text = s.text[:kept]
		if s.buf[s.pos] == mark[0] {
			if over, err := s.at(mark + ">"); err != nil || over {
				s.pos += len(mark) + 1
				return err
			}
			if forbidden, err := s.at(mark); err != nil || forbidden && len(mark) > 1 {
				return orBroken(err, broken)
			}
			s.pos++
			continue
		}
		if c := s.buf[s.pos]; c == '\n' || c == '\r' {
			if err := s.lineEnd(); err != nil {
				return err
			}
		} else if c >= ' ' && c < utf8.RuneSelf {
			s.pos++
		} else if err := s.rune(); err != nil {
			return err
		}
	}
}

// orBroken returns err if it is not nil, else the refusal of broken XML.
func orBroken(err error, what billing.Text) error {
	if err != nil {
		return err
	}
	return malformed(what)
}

// orRefusal returns err if it is not nil, else the refusal.
func orRefusal(err error, refusal *Refusal) error {
	if err != nil {
		return err
	}
	return refusal
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
