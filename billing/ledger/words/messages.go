package words

import (
	"encoding/json"
	"fmt"
)

// MessageFinding is the stored form of a finding about a message.
type MessageFinding struct {
	Code    string   `json:"code"`
	Values  []string `json:"values,omitempty"`
	Client  int      `json:"client,omitempty"`
	Part    int      `json:"prestatie,omitempty"`
	Line    int      `json:"line,omitempty"`
	Element string   `json:"element,omitempty"`
}

// WriteMessageFindings returns findings about a message as JSON; "" for none.
func WriteMessageFindings(findings []MessageFinding) (string, error) {
	if len(findings) == 0 {
		return "", nil
	}
	text, err := json.Marshal(findings)
	return string(text), err
}

// MessageFindings reads findings about a message.
func MessageFindings(text string) (findings []MessageFinding, err error) {
	if text == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(text), &findings); err != nil {
		return nil, fmt.Errorf("stored findings of a message: %w", err)
	}
	return findings, nil
}
