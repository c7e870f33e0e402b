package words

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
)

// WriteFindings returns findings as a JSON array of [code, field, values …], the field by its word, which is "" for none;
// "" for no findings. The period of the run is not stored.
func WriteFindings(findings []billing.Finding) string {
	if len(findings) == 0 {
		return ""
	}
	text := make([]byte, 0, 64*len(findings))
	for i, finding := range findings {
		text = append(text, separator(i)...)
		text = append(text, '[')
		text = appendString(text, finding.Code.String())
		text = append(text, ',')
		text = appendString(text, finding.Field.Word())
		for _, value := range finding.WithoutPeriod().Values {
			text = append(text, ',')
			text = appendString(text, value)
		}
		text = append(text, ']')
	}
	return string(append(text, ']'))
}

// separator returns what precedes the i-th element of a list.
func separator(i int) string {
	if i == 0 {
		return "["
	}
	return ","
}

// Findings reads findings, for a run of the given period.
func Findings(text string, period billing.Period) ([]billing.Finding, error) {
	if text == "" {
		return nil, nil
	}
	rows, ok := plainLists(text)
	if !ok {
		if err := json.Unmarshal([]byte(text), &rows); err != nil {
			return nil, fmt.Errorf("stored findings: %w", err)
		}
	}
	findings := make([]billing.Finding, len(rows))
	for i, row := range rows {
		if len(row) < 2 {
			return nil, fmt.Errorf("stored findings: %q", text)
		}
		code, err := Code(row[0])
		if err != nil {
			return nil, err
		}
		field, ok := billing.ParseField(row[1])
		if !ok {
			return nil, unknown("kolom", "column", row[1])
		}
		finding := billing.Finding{Code: code, Field: field}
		if len(row) > 2 {
			finding.Values = row[2:]
		}
		findings[i] = finding.WithPeriod(period)
	}
	return findings, nil
}

// plainLists reads a JSON array of arrays of strings without escapes or non-ASCII characters, as nearly all findings are: a
// report may read a million of them. Ok is false for any other text.
func plainLists(text string) (lists [][]string, ok bool) {
	for separator := byte('['); ; separator = ',' {
		list, rest, ok := plainList(text, separator)
		if !ok {
			return nil, false
		}
		if lists, text = append(lists, list), rest; text == "]" {
			return lists, true
		}
	}
}

// plainList reads the array that follows a separator.
func plainList(text string, separator byte) (list []string, rest string, ok bool) {
	if len(text) < 2 || text[0] != separator || text[1] != '[' {
		return nil, "", false
	}
	text = text[2:]
	for {
		if text == "" || text[0] != '"' {
			return nil, "", false
		}
		end := strings.IndexByte(text[1:], '"') + 1
		if end == 0 || end+1 >= len(text) || !isPlain(text[1:end]) {
			return nil, "", false
		}
		list, rest = append(list, text[1:end]), text[end+2:]
		switch text[end+1] {
		case ']':
			return list, rest, true
		case ',':
			text = rest
		default:
			return nil, "", false
		}
	}
}

// isPlain reports whether a JSON string holds neither escapes nor non-ASCII characters.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '\\' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// CodesOf returns the codes of findings, sorted, without duplicates and joined by a space.
func CodesOf(findings []billing.Finding) string {
	if len(findings) == 0 {
		return ""
	}
	codes := make([]string, len(findings))
	for i, finding := range findings {
		codes[i] = finding.Code.String()
	}
	slices.Sort(codes)
	return strings.Join(slices.Compact(codes), " ")
}

// WriteTexts returns texts as a JSON array; "" for none.
func WriteTexts(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	var written []byte
	for i, text := range texts {
		written = append(written, separator(i)...)
		written = appendString(written, text)
	}
	return string(append(written, ']'))
}

// Texts reads a JSON array of texts.
func Texts(text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	var texts []string
	if err := json.Unmarshal([]byte(text), &texts); err != nil {
		return nil, fmt.Errorf("stored texts: %w", err)
	}
	return texts, nil
}

const hexadecimal = "0123456789abcdef"

// appendString appends a text as JSON. It does not use encoding/json, which inspects its argument by reflection: it is
// called for every value of every finding.
func appendString(to []byte, text string) []byte {
	to = append(to, '"')
	for i, r := range text {
		switch {
		case r == '"' || r == '\\':
			to = append(to, '\\', byte(r))
		case r < ' ':
			to = append(to, '\\', 'u', '0', '0', hexadecimal[r>>4], hexadecimal[r&15])
		case r == utf8.RuneError:
			to = utf8.AppendRune(to, r) // also replaces a byte that is not UTF-8
		default:
			to = append(to, text[i:i+utf8.RuneLen(r)]...)
		}
	}
	return append(to, '"')
}
