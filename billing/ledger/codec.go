package ledger

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
)

// encodeFindings writes findings as a JSON array of [code, field, values …]; nothing for none.
func encodeFindings(findings []billing.Finding) string {
	if len(findings) == 0 {
		return ""
	}
	rows := make([][]any, len(findings))
	for i, finding := range findings {
		rows[i] = []any{finding.Code.String(), int(finding.Field)}
		for _, value := range finding.Values {
			rows[i] = append(rows[i], value)
		}
	}
	text, _ := json.Marshal(rows) // strings and small numbers always can be written
	return string(text)
}

func decodeFindings(text string) ([]billing.Finding, error) {
	if text == "" {
		return nil, nil
	}
	var rows [][]any
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		return nil, fmt.Errorf("stored findings: %w", err)
	}
	findings := make([]billing.Finding, len(rows))
	for i, row := range rows {
		if len(row) < 2 {
			return nil, fmt.Errorf("stored findings: %q", text)
		}
		code, _ := row[0].(string)
		field, _ := row[1].(float64)
		findings[i] = billing.Finding{Code: billing.ParseCode(code), Field: billing.Field(field)}
		for _, value := range row[2:] {
			word, _ := value.(string)
			findings[i].Values = append(findings[i].Values, word)
		}
	}
	return findings, nil
}

// Codes writes the codes of findings, each once, sorted and joined by a space.
func Codes(findings []billing.Finding) string {
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

func encodeStrings(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	encoded, _ := json.Marshal(texts)
	return string(encoded)
}

func decodeStrings(text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	var texts []string
	err := json.Unmarshal([]byte(text), &texts)
	return texts, err
}

func encodeDecimal(number *decimal.Decimal) string {
	if number == nil {
		return ""
	}
	return number.String()
}

func decodeDecimal(text string) (*decimal.Decimal, error) {
	if text == "" {
		return nil, nil
	}
	number, err := decimal.NewFromString(text)
	if err != nil {
		return nil, fmt.Errorf("stored number: %w", err)
	}
	return &number, nil
}

func encodeCodes(codes []billing.Code) string {
	words := make([]string, len(codes))
	for i, code := range codes {
		words[i] = code.String()
	}
	return strings.Join(words, " ")
}

func decodeCodes(text string) []billing.Code {
	var codes []billing.Code
	for word := range strings.FieldsSeq(text) {
		codes = append(codes, billing.ParseCode(word))
	}
	return codes
}

func flag(is bool) int {
	if is {
		return 1
	}
	return 0
}
