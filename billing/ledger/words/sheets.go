package words

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// sheetKinds are the stored words for the kinds of sheet.
var sheetKinds = map[billing.SheetKind]string{
	billing.NoSheet: "", billing.SubmissionSheet: "submission", billing.ReferralSheet: "referrals", billing.DecisionSheet: "decisions",
}

// sheet is the stored form of a sheet summary.
type sheet struct {
	Name           string         `json:"name"`
	Kind           string         `json:"kind"`
	Skipped        string         `json:"skipped,omitempty"`
	HeadingRow     int            `json:"heading_row"`
	Columns        map[string]int `json:"columns,omitempty"` // number of the column, counted from 1, by the word of its field
	UnknownColumns []string       `json:"unknown_columns,omitempty"`
	Rows           int            `json:"rows"`
	Totals         int            `json:"totals"`
	Empty          int            `json:"empty"`
	HiddenRows     int            `json:"hidden_rows"`
	StruckRows     int            `json:"struck_rows,omitempty"`
}

// WriteSheets returns the sheet summaries of a file as a JSON array.
func WriteSheets(sheets []billing.SheetSummary) (string, error) {
	kept := make([]sheet, len(sheets))
	for i := range sheets {
		s := &sheets[i]
		kept[i] = sheet{s.Name, sheetKinds[s.Kind], s.Skipped, s.HeadingRow, nil, s.UnknownColumns, s.Rows, s.Totals, s.Empty, s.HiddenRows, s.StruckRows}
		for field, column := range s.Columns {
			if column == 0 {
				continue
			}
			if kept[i].Columns == nil {
				kept[i].Columns = make(map[string]int)
			}
			kept[i].Columns[billing.Field(field).Word()] = column
		}
	}
	text, err := json.Marshal(kept)
	return string(text), err
}

// Sheets reads the sheet summaries of a file.
func Sheets(text string) ([]billing.SheetSummary, error) {
	var kept []sheet
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return nil, fmt.Errorf("stored sheets: %w", err)
	}
	sheets := make([]billing.SheetSummary, len(kept))
	for i := range kept {
		k := &kept[i]
		s := billing.SheetSummary{
			Name: k.Name, Skipped: k.Skipped, HeadingRow: k.HeadingRow, UnknownColumns: k.UnknownColumns, Rows: k.Rows, Totals: k.Totals,
			Empty: k.Empty, HiddenRows: k.HiddenRows, StruckRows: k.StruckRows,
		}
		var err error
		if s.Kind, err = sheetKind(k.Kind); err != nil {
			return nil, err
		}
		for word, column := range k.Columns {
			field, ok := billing.ParseField(word)
			if !ok || field == billing.NoField {
				return nil, unknown("kolom", "column", word)
			}
			s.Columns[field] = column
		}
		sheets[i] = s
	}
	return sheets, nil
}

func sheetKind(word string) (billing.SheetKind, error) {
	for kind, kept := range sheetKinds {
		if kept == word {
			return kind, nil
		}
	}
	return billing.NoSheet, unknown("soort blad", "kind of sheet", word)
}

// referralFields are the stored words for the columns of a referral file.
var referralFields = [billing.ReferralFieldsEnd]string{
	"number", "bsn", "birth_date", "municipality", "provider", "product", "category", "start", "end", "volume", "unit", "frequency", "budget",
	"referrer", "assigned", "status", "coordination_point", "own_placement", "extended_to", "extended_youth_care", "continues_to",
	"declared_before", "amount_before",
}

// template is the word for all columns that the template had when schema 2 was introduced, as most files have them. Columns
// added later are not among them.
const template = "template"

var templateFields = func() (given uint32) {
	for word := range strings.FieldsSeq("number bsn birth_date municipality provider product category start end volume unit frequency budget referrer " +
		"assigned status coordination_point own_placement extended_to extended_youth_care continues_to declared_before amount_before") {
		given |= 1 << slices.Index(referralFields[:], word)
	}
	return given
}()

// WriteReferralFields returns the columns that a referral file had, given as a bit for each, as words joined by a space.
func WriteReferralFields(given uint32) string {
	var present []string
	if given&templateFields == templateFields {
		present, given = append(present, template), given&^templateFields
	}
	for field, word := range referralFields {
		if given&(1<<field) != 0 {
			present = append(present, word)
		}
	}
	return strings.Join(present, " ")
}

// ReferralFields reads the columns that a referral file had: a bit for each.
func ReferralFields(text string) (given uint32, err error) {
	for word := range strings.FieldsSeq(text) {
		field := slices.Index(referralFields[:], word)
		switch {
		case word == template:
			given |= templateFields
		case field < 0:
			return 0, unknown("kolom van toewijzingen", "column of referrals", word)
		default:
			given |= 1 << field
		}
	}
	return given, nil
}
