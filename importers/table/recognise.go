package table

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"strings"
)

const (
	formatXLSX = "xlsx"
	formatCSV  = "csv"
)

const headBytes = 4096

// recognise tells from its content what a file is: a zip that may be a
// workbook ("xlsx") or text that may be CSV ("csv"). Anything else is a
// problem that names what it is.
func recognise(content io.ReaderAt, size int64) (string, error) {
	head := make([]byte, min(size, headBytes))
	n, err := content.ReadAt(head, 0)
	if err != nil && !(errors.Is(err, io.EOF) && n == len(head)) {
		return "", err
	}
	starts := func(mark string) bool { return bytes.HasPrefix(head, []byte(mark)) }
	switch {
	case isBlankText(head) && size <= headBytes:
		return "", newProblem("empty-file")
	case starts("PK\x03\x04"), starts("PK\x05\x06"), starts("PK\x07\x08"):
		return formatXLSX, nil
	case starts("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"):
		return "", compoundProblem(content, size)
	case starts("%PDF-"):
		return "", newProblem("pdf")
	case starts("{\\rtf"), starts("\x1F\x8B"), starts("7z\xBC\xAF\x27\x1C"), starts("Rar!"),
		starts("\x89PNG"), starts("\xFF\xD8\xFF"), starts("GIF8"), starts("SQLite format 3"):
		return "", newProblem("unknown-kind")
	case starts("\x09\x00\x04\x00"), starts("\x09\x02\x06\x00"), starts("\x09\x04\x06\x00"), starts("\x09\x08"):
		return "", newProblem("old-xls") // the bare streams of Excel 2 to 5
	}
	if err := markupProblem(head); err != nil {
		return "", err
	}
	return formatCSV, nil
}

// isBlankText says whether there is nothing but space in text.
func isBlankText(head []byte) bool {
	return len(bytes.Trim(withoutMark(head), " \t\r\n\x00\x1A")) == 0
}

func withoutMark(head []byte) []byte {
	for _, mark := range [][]byte{bomUTF8, bomUTF16LE, bomUTF16BE} {
		head = bytes.TrimPrefix(head, mark)
	}
	return head
}

// markupProblem refuses HTML and XML, which other programs like to save under
// the name of a workbook.
func markupProblem(head []byte) error {
	text := strings.ToLower(strings.ReplaceAll(string(withoutMark(head)), "\x00", ""))
	text = strings.TrimLeft(text, " \t\r\n")
	if !strings.HasPrefix(text, "<") {
		return nil
	}
	isHTML := strings.Contains(text, "<html") || strings.Contains(text, "<!doctype html")
	switch {
	case strings.HasPrefix(text, "<?xml") && strings.Contains(text, "urn:schemas-microsoft-com:office:spreadsheet") && !isHTML:
		return newProblem("xml-spreadsheet")
	case isHTML, strings.HasPrefix(text, "<table"), strings.HasPrefix(text, "<style"), strings.HasPrefix(text, "<meta"),
		strings.HasPrefix(text, "<head"), strings.HasPrefix(text, "<body"), strings.HasPrefix(text, "<div"), strings.HasPrefix(text, "<center"):
		return newProblem("html")
	case len(text) > 1 && (text[1] == '?' || text[1] == '!' || startsName(text[1])) && strings.Contains(text, ">"):
		return newProblem("xml")
	}
	return nil
}

// checkName compares what a file is with what its name says.
func checkName(name, format string) error {
	extension := strings.ToLower(filepath.Ext(name))
	switch extension {
	case ".xlsx", ".xlsm", ".xltx", ".xltm":
		if format == formatXLSX {
			return nil
		}
	case ".csv", ".txt", ".tsv", ".tab":
		if format == formatCSV {
			return nil
		}
	case ".xls", ".xlsb", ".xlt", ".ods", ".doc", ".docx", ".pdf", ".htm", ".html", ".xml", ".json", ".zip", ".rtf", ".ppt", ".pptx":
	default:
		return nil // the name says nothing
	}
	if format == formatXLSX {
		return newProblem("workbook-not-csv", extension)
	}
	return newProblem("text-not-workbook", extension)
}
