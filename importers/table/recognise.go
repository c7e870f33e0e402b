package table

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/importers/table/internal/compound"
	"github.com/pxq-nl/pxq/importers/table/internal/csvtext"
)

const headBytes = 4096

// recognise reports whether the content is a zip, which may be a workbook, or
// else text, which may be CSV. It returns a problem that names the kind of file
// if it is neither.
func recognise(content io.ReaderAt, size int64) (isZip bool, err error) {
	head := make([]byte, min(size, headBytes))
	n, err := content.ReadAt(head, 0)
	if err != nil && !(errors.Is(err, io.EOF) && n == len(head)) {
		return false, err
	}
	starts := func(marks ...string) bool {
		return slices.ContainsFunc(marks, func(mark string) bool { return bytes.HasPrefix(head, []byte(mark)) })
	}
	switch {
	case isBlankText(head) && size <= headBytes:
		return false, newProblem("empty-file")
	case starts("PK\x03\x04", "PK\x05\x06", "PK\x07\x08"):
		return true, nil
	case starts(compound.Signature):
		return false, compoundProblem(content, size)
	case starts("%PDF-"):
		return false, newProblem("pdf")
	case starts("{\\rtf", "\x1F\x8B", "7z\xBC\xAF\x27\x1C", "Rar!", "\x89PNG", "\xFF\xD8\xFF", "GIF8", "SQLite format 3"):
		return false, newProblem("unknown-kind")
	case starts("\x09\x00\x04\x00", "\x09\x02\x06\x00", "\x09\x04\x06\x00", "\x09\x08"):
		return false, newProblem("old-xls") // the bare streams of Excel 2 to 5
	case starts("From: ", "Return-Path: ", "Received: ", "MIME-Version: "):
		return false, newProblem("message")
	}
	return false, markupProblem(head)
}

// compoundProblem returns the problem of an old Office file, or of another kind
// of file in the same container format.
func compoundProblem(content io.ReaderAt, size int64) error {
	kind, err := compound.Look(content, size)
	if err != nil {
		return err
	}
	codes := map[compound.Kind]string{
		compound.OldWorkbook: "old-xls", compound.Message: "message", compound.Rights: "rights",
		compound.Password: "encrypted", compound.DefaultPassword: "default-password",
	}
	if code, known := codes[kind]; known {
		return newProblem(code)
	}
	return newProblem("old-office")
}

// isBlankText reports whether the text is empty or only white space, NUL and end-of-file characters.
func isBlankText(head []byte) bool {
	return len(bytes.Trim(csvtext.WithoutMark(head), " \t\r\n\x00\x1A")) == 0
}

// markupProblem returns the problem of HTML or XML, which other programs often
// save under the name of a workbook; nil if the text is neither.
func markupProblem(head []byte) error {
	text := strings.ToLower(strings.ReplaceAll(string(csvtext.WithoutMark(head)), "\x00", ""))
	text = strings.TrimLeft(text, " \t\r\n")
	if !strings.HasPrefix(text, "<") {
		return nil
	}
	isHTML := strings.Contains(text, "<html") || strings.Contains(text, "<!doctype html")
	starts := func(marks ...string) bool {
		return slices.ContainsFunc(marks, func(mark string) bool { return strings.HasPrefix(text, mark) })
	}
	switch {
	case starts("<?xml") && strings.Contains(text, "urn:schemas-microsoft-com:office:spreadsheet") && !isHTML:
		return newProblem("xml-spreadsheet")
	case starts("<?xml", "<office:") && strings.Contains(text, "urn:oasis:names:tc:opendocument") && !isHTML:
		return newProblem("flat-ods")
	case isHTML, starts("<table", "<style", "<meta", "<head", "<body", "<div", "<center"):
		return newProblem("html")
	case len(text) > 1 && (text[1] == '?' || text[1] == '!' || text[1] >= 'a' && text[1] <= 'z' || text[1] == '_') && strings.Contains(text, ">"):
		return newProblem("xml")
	}
	return nil
}

// workbookFormat returns the format of the workbook in a zip, or a problem that says what else the zip is.
func workbookFormat(c *container) (string, error) {
	switch {
	case c.has("[Content_Types].xml"):
		return formatXLSX, nil
	case c.has("xl/workbook.xml"):
		return "", partProblem("[Content_Types].xml", partMissing)
	case c.has("Index/Document.iwa"), c.has("Index.zip"), c.has("index.apxl"):
		return "", newProblem("numbers")
	}
	kind, err := documentType(c)
	switch {
	case err != nil:
		return "", err
	case strings.HasPrefix(kind, documentTypes+"spreadsheet"):
		return formatODS, nil
	case strings.HasPrefix(kind, documentTypes), strings.HasPrefix(kind, "application/vnd.sun.xml"):
		return "", newProblem("other-document")
	}
	return "", newProblem("other-zip")
}

// extensions maps the extension of a file name to the format that it promises.
var extensions = map[string]string{
	".xlsx": formatXLSX, ".xlsm": formatXLSX, ".xltx": formatXLSX, ".xltm": formatXLSX,
	".ods": formatODS, ".ots": formatODS,
	".csv": formatCSV, ".txt": formatCSV, ".tsv": formatCSV, ".tab": formatCSV,
}

// HasReadableName reports whether a file name has the extension of a workbook or
// a CSV file, such as .xlsx, .ods or .csv.
func HasReadableName(name string) bool {
	format, known := extensions[strings.ToLower(filepath.Ext(name))]
	return known && (format != formatCSV || strings.EqualFold(filepath.Ext(name), ".csv"))
}

// checkName returns a problem if the extension of the name contradicts the format.
func checkName(name, format string) error {
	extension := strings.ToLower(filepath.Ext(name))
	promised, known := extensions[extension]
	switch extension {
	case ".xls", ".xlsb", ".xlt", ".fods", ".numbers", ".doc", ".docx", ".pdf", ".htm", ".html", ".xml", ".json", ".zip", ".rtf", ".ppt", ".pptx", ".msg", ".eml":
		known = true
	}
	if !known || promised == format {
		return nil // the extension agrees or promises nothing
	}
	code := map[string]string{formatXLSX: "workbook-not-csv", formatODS: "ods-other-name", formatCSV: "text-not-workbook"}[format]
	return newProblem(code, extension)
}
