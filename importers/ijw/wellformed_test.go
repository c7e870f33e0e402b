package ijw_test

import (
	"strings"
	"testing"

	importer "github.com/pxq-nl/pxq/importers/ijw"
)

// Files that are not XML, and XML that is not supported.
func TestNotXML(t *testing.T) {
	message := sample(t, "jw323")
	body := message[strings.Index(message, "\n")+1:]
	for _, test := range []struct {
		name, message string
		reason        importer.Reason
		line          int
	}{
		{"empty", "", importer.NotXML, 0},
		{"a byte order mark alone", "\ufeff", importer.NotXML, 0},
		{"blank", " \n ", importer.Malformed, 2},
		{"a zip file", "PK\x03\x04abc", importer.NotXML, 0},
		{"a table", "Regelnummer;AGB-code\n", importer.NotXML, 0},
		{"JSON", "\n{}", importer.NotXML, 0},
		{"nothing but zeros", "\x00\x00\x00\x00", importer.NotXML, 0},

		{"UTF-16 with a mark", "\xff\xfe<\x00?\x00", importer.WrongEncoding, 0},
		{"UTF-16 the other way", "\xfe\xff\x00<\x00?", importer.WrongEncoding, 0},
		{"UTF-16 without a mark", "<\x00?\x00x\x00", importer.WrongEncoding, 0},
		{"EBCDIC", "Lo\xa7\x94\x93", importer.WrongEncoding, 0},
		{"declared ISO-8859-1", `<?xml version="1.0" encoding="ISO-8859-1"?>` + body, importer.WrongEncoding, 0},
		{"declared Windows-1252", `<?xml version='1.0' encoding='windows-1252'?>` + body, importer.WrongEncoding, 0},
		{"declared US-ASCII", `<?xml version="1.0" encoding="US-ASCII"?>` + body, importer.WrongEncoding, 0},
		{"XML 1.1", `<?xml version="1.1" encoding="UTF-8"?>` + body, importer.WrongEncoding, 0},
		{"Windows-1252 in UTF-8", strings.Replace(message, ">R1<", ">R\xe9<", 1), importer.Malformed, 35},

		{"a document type", `<?xml version="1.0"?>` + "\n<!DOCTYPE jw323:Bericht>\n" + body, importer.HasDoctype, 2},
		{"a document type with entities", `<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z SYSTEM "file:///etc/passwd">]>` + body, importer.HasDoctype, 1},
		{"an entity", strings.Replace(message, ">R1<", ">&x;<", 1), importer.HasEntity, 35},
		{"an entity of HTML", strings.Replace(message, ">R1<", ">&eacute;<", 1), importer.HasEntity, 35},
		{"an entity in an attribute", strings.Replace(message, "<jw323:Header>", `<jw323:Header a="&x;">`, 1), importer.HasEntity, 3},
	} {
		if refusal := refused(t, test.message); refusal == nil || refusal.Reason != test.reason || refusal.Line != test.line {
			t.Errorf("%s: %v", test.name, refusal)
		}
	}
}

// The refusal of a message in another encoding names the encoding.
func TestOtherEncodings(t *testing.T) {
	for start, name := range map[string]string{
		"\xff\xfe<\x00?\x00": "UTF-16", "\xfe\xff\x00<\x00?": "UTF-16", "<\x00?\x00x\x00": "UTF-16", "\x00<\x00?": "UTF-16",
		"\xff\xfe\x00\x00<\x00\x00\x00": "UTF-32", "\x00\x00\xfe\xff\x00\x00\x00<": "UTF-32", "<\x00\x00\x00?\x00\x00\x00": "UTF-32", "\x00\x00\x00<": "UTF-32",
		"Lo\xa7\x94\x93": "EBCDIC", `<?xml version="1.0" encoding="ISO-8859-1"?><a/>`: "ISO-8859-1",
	} {
		if refusal := refused(t, start); refusal == nil || !strings.HasPrefix(refusal.In("nl"), "de tekencodering is "+name+", en een ") {
			t.Errorf("%q: %v", start, refusal)
		}
	}
}

// Broken XML is refused, with the line where it breaks.
func TestMalformed(t *testing.T) {
	message := sample(t, "jw323")
	for _, test := range []struct{ name, old, fresh string }{
		{"a bare &", ">R1<", ">R&1<"},
		{"a & at the end of a value", ">R1<", ">R&<"},
		{"a reference without ;", ">R1<", ">&amp<"},
		{"a reference to no character", ">R1<", ">&#0;<"},
		{"a reference to a control character", ">R1<", ">&#x1;<"},
		{"a reference to a surrogate", ">R1<", ">&#xD800;<"},
		{"a reference with a sign", ">R1<", ">&#+65;<"},
		{"a reference with a big X", ">R1<", ">&#X41;<"},
		{"an empty reference", ">R1<", ">&#;<"},
		{"a reference too large", ">R1<", ">&#99999999;<"},
		{"a control character", ">R1<", ">R\x01<"},
		{"U+FFFF", ">R1<", ">R\uffff<"},
		{"]]>", ">R1<", ">]]><"},
		{"a bare <", ">R1<", ">R<1<"},
		{"a section left open", ">R1<", "><![CDATA[R1<"},
		{"a comment left open", ">R1<", "><!-- <"},
		{"-- in a comment", ">R1<", "><!-- a -- b -->R1<"},
		{"a comment that ends in --->", ">R1<", "><!-- a --->R1<"},
		{"an instruction left open", ">R1<", "><?a <"},
		{"an instruction without a name", ">R1<", "><? a?><"},
		{"an instruction with a wrong name", ">R1<", "><?1a ?><"},
		{"a declaration inside", ">R1<", `><?xml version="1.0"?><`},
		{"something with !", ">R1<", "><!ELEMENT a><"},
		{"another end tag", "</ijw:ReferentieNummer>", "</ijw:ReferentieNummr>"},
		{"an end tag with another prefix", "</ijw:ReferentieNummer>", "</jw323:ReferentieNummer>"},
		{"an end tag with more", "</ijw:ReferentieNummer>", "</ijw:ReferentieNummer a>"},
		{"an end tag with a blank first", "</ijw:ReferentieNummer>", "</ ijw:ReferentieNummer>"},
		{"no quotes", "<ijw:ReferentieNummer>", "<ijw:ReferentieNummer a=b>"},
		{"an attribute without a value", "<ijw:ReferentieNummer>", "<ijw:ReferentieNummer a>"},
		{"an attribute twice", "<ijw:ReferentieNummer>", `<ijw:ReferentieNummer a="1" a="2">`},
		{"an attribute twice by its namespace", "<ijw:ReferentieNummer>", `<ijw:ReferentieNummer xmlns:p="u" xmlns:q="u" p:a="1" q:a="2">`},
		{"attributes without a blank", "<ijw:ReferentieNummer>", `<ijw:ReferentieNummer a="1"b="2">`},
		{"a < in an attribute", "<ijw:ReferentieNummer>", `<ijw:ReferentieNummer a="<">`},
		{"a stray /", "<ijw:ReferentieNummer>", `<ijw:ReferentieNummer / >`},
		{"a prefix that is not bound", "<ijw:ReferentieNummer>", `<abc:ReferentieNummer>`},
		{"two colons", "<ijw:ReferentieNummer>", `<ijw:Referentie:Nummer>`},
		{"a prefix without name", "<ijw:ReferentieNummer>", `<ijw:>`},
		{"a prefix bound to nothing", "<ijw:ReferentieNummer>", `<ijw:ReferentieNummer xmlns:p="">`},
		{"the prefix xmlns", "<ijw:ReferentieNummer>", `<ijw:ReferentieNummer xmlns:xmlns="u">`},
		{"the prefix xml for another", "<ijw:ReferentieNummer>", `<ijw:ReferentieNummer xmlns:xml="u">`},
		{"a prefix with a wrong name", "<ijw:ReferentieNummer>", `<ijw:ReferentieNummer xmlns:1="u">`},
		{"a name that begins with a digit", "<ijw:ReferentieNummer>", `<1ReferentieNummer>`},
		{"too many attributes", "<ijw:ReferentieNummer>", "<ijw:ReferentieNummer" + strings.Repeat(` a="b"`, 100) + ">"},
		{"a tag without end", "<ijw:ReferentieNummer>", "<ijw:ReferentieNummer a='"},
	} {
		if refusal := refused(t, swap(t, message, test.old, test.fresh)); refusal == nil || refusal.Reason != importer.Malformed || refusal.Line < 35 {
			t.Errorf("%s: %v", test.name, refusal)
		}
	}
	for name, broken := range map[string]string{
		"a blank before the declaration":  " " + message,
		"text after the message":          message + "x",
		"a second message":                message + message[strings.Index(message, "\n")+1:],
		"a section after the message":     message + "<![CDATA[ ]]>",
		"a reference after the message":   message + "&#32;",
		"a declaration without version":   strings.Replace(message, ` version="1.0"`, "", 1),
		"a declaration with a wrong part": strings.Replace(message, `?>`, ` a="b"?>`, 1),
		"a < at the end":                  message + "<",
		"an end tag too many":             message + "</jw323:Bericht>",
	} {
		if refusal := refused(t, broken); refusal == nil || refusal.Reason != importer.Malformed || refusal.Line == 0 {
			t.Errorf("%s: %v", name, refusal)
		}
	}
}

// A message that is cut off anywhere is refused.
func TestCutOff(t *testing.T) {
	message := strings.TrimRight(sample(t, "jw323"), "\n")
	for end := range message {
		if refusal := refused(t, message[:end]); refusal == nil {
			t.Fatalf("taken in when cut off after %d bytes", end)
		}
	}
}
